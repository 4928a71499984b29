/* skep step: lets a task, or all, go on by so many instructions or turns, and tells how that ended. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/interrupt.h"
#include "programs/skep/object.h"
#include "programs/skep/place.h"

enum { KEEPALIVE_MS = 2000 };
static const char step_done[] = "step.done";

struct answer {
    json_int_t ticket;
    json_t *event; /* NULL: it has not come */
};

static void hear(void *context, json_t *event) {
    struct answer *answer = context;
    bool is_it =
        strcmp(object_text(event, "event"), step_done) == 0 && object_number(event, "ticket") == answer->ticket;
    if (is_it && !answer->event) answer->event = json_incref(event);
}

/* Whoever does not want to wait longer stops the hive, pauses the task or interrupts this; then the step goes on. */
static int wait_for(struct remote *remote, struct answer *answer) {
    interrupt_catch();
    while (!answer->event) {
        enum status status = link_hear(&remote->link, KEEPALIVE_MS);
        if (interrupt_exit() != 0) return command_note("the step goes on; skep clock manual ends it"), interrupt_exit();
        int code = status == ST_TIMEOUT ? remote_order(remote, "session.keepalive", NULL) : EXIT_DONE;
        if (code != EXIT_DONE) return code;
        if (status != ST_OK && status != ST_AGAIN && status != ST_TIMEOUT) return remote_broken(remote);
    }
    return EXIT_DONE;
}

static void tell(const json_t *event, bool turns, struct artifact_view *view) {
    char place[PLACE_BYTES];
    uint32_t pc = (uint32_t)object_number(event, "pc");
    const char *end = object_text(event, "end");
    int64_t pid = (int64_t)object_number(event, "pid");
    printf("%s after %" PRId64 " %s", end, (int64_t)object_number(event, "done"), turns ? "turns" : "instructions");
    if (pid != 0) printf("; task %" PRId64 " at word %" PRIu32, pid, pc);
    if (pid != 0 && view && strcmp(end, "ended") != 0) {
        place_text(view, pc, place);
        printf(", %s", place);
    }
    putchar('\n');
}

/* Subscribed before it is asked, so that the answer cannot come unheard. */
static int step(struct remote *remote, json_t *parameters, bool turns, struct artifact_view *view) {
    struct answer answer = {.ticket = -1};
    json_int_t kinds = (json_int_t)1 << event_named(step_done)->number;
    json_t *result;
    int code = remote_order(remote, "event.subscribe",
                            json_pack("{s:s, s:I}", "since", "18446744073709551615", "kinds", kinds));
    if (code != EXIT_DONE) return json_decref(parameters), code;
    code = remote_call(remote, json_object_get(parameters, "pid") ? "task.step" : "clock.step", parameters, &result);
    if (code != EXIT_DONE) return code;
    answer.ticket = object_number(result, "ticket");
    json_decref(result);
    remote->link.listener = (struct link_listener){.event = hear, .context = &answer};
    code = wait_for(remote, &answer);
    remote->link.listener = (struct link_listener){0};
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_incref(answer.event));
    else if (code == EXIT_DONE)
        tell(answer.event, turns, view);
    json_decref(answer.event);
    return code;
}

static bool read_count(const char *word, uint32_t *count) {
    uint64_t value = 0;
    const char *at = word;
    for (; *at >= '0' && *at <= '9' && value <= INT32_MAX; at++) value = value * 10 + (uint64_t)(*at - '0');
    *count = (uint32_t)value;
    return at > word && *at == '\0' && value > 0 && value <= INT32_MAX;
}

int command_step(int argc, char **argv) {
    static struct remote remote;
    static struct artifact_view view;
    struct remote_options given = {0};
    struct command_words words;
    const char *artifact = NULL;
    uint32_t pid = 0, count = 1;
    bool turns = false;
    const struct command_option options[] = {
        REMOTE_OPTIONS(given), {"--turns", OPTION_FLAG, &turns}, {"--artifact", OPTION_TEXT, &artifact}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    bool all = words.count > 0 && strcmp(words.word[0], "all") == 0;
    bool good = words.count == 1 || words.count == 2;
    if (good && !all) good = read_count(words.word[0], &pid);
    if (good && words.count == 2) good = read_count(words.word[1], &count);
    if (!good) return command_fail(EXIT_USAGE, "step takes a pid or all, and how many; see: skep help step");
    int code = artifact ? place_open(artifact, &view) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    code = remote_open(&remote, &given, false, false);
    if (code == EXIT_DONE) {
        json_t *parameters = json_pack("{s:I, s:b}", "count", (json_int_t)count, "turns", turns);
        if (!all) json_object_set_new(parameters, "pid", json_integer((json_int_t)pid));
        code = step(&remote, parameters, turns, artifact ? &view : NULL);
        remote_close(&remote);
    }
    if (artifact) artifact_view_close(&view);
    return code;
}
