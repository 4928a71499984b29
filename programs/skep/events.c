#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/link/lines.h"
#include "programs/skep/event_line.h"
#include "programs/skep/interrupt.h"
#include "programs/skep/remote.h"
#include "programs/skep/terminal.h"

enum { ACKNOWLEDGE_EVERY = 64, KEEPALIVE_MS = 10000 };

struct watch {
    struct remote *remote;
    struct terminal terminal;
    const struct command_words *names; /* of events to tell; none: all */
    uint64_t told, limit;              /* limit 0: none */
    json_int_t last;                   /* sequence number */
    json_int_t acknowledged;
};

static bool is_wanted(const struct watch *watch, const json_t *event) {
    const char *name = json_string_value(json_object_get(event, "event"));
    for (size_t i = 0; i < watch->names->count; i++)
        if (name && strcmp(name, watch->names->word[i]) == 0) return true;
    return watch->names->count == 0;
}

static void hear_event(void *context, json_t *event) {
    struct watch *watch = context;
    json_int_t sequence = json_integer_value(json_object_get(event, "sequence"));
    if (watch->limit != 0 && watch->told == watch->limit) return;
    if (sequence > 0) watch->last = watch->remote->told = sequence;
    if (!is_wanted(watch, event)) return;
    watch->told++;
    if (watch->remote->options.json) {
        remote_print(json_incref(event));
    } else {
        event_line_print(event, stdout);
        fflush(stdout);
    }
}

static void hear_console(void *context, const struct link_output *output) {
    struct watch *watch = context;
    if (watch->remote->options.json) {
        remote_print(lines_console(output));
        return;
    }
    if (output->lost > 0) command_note("%u bytes of console output came too fast to be shown", output->lost);
    for (size_t i = 0; i < output->length; i++) terminal_put(&watch->terminal, output->bytes[i], stdout);
    fflush(stdout);
}

static int acknowledge(struct watch *watch) {
    if (watch->last == watch->acknowledged) return EXIT_DONE;
    watch->acknowledged = watch->last;
    return remote_order(watch->remote, "event.acknowledge", json_pack("{s:I}", "sequence", watch->acknowledged));
}

/* Until `until` was told, if `once`; else for ever. */
static int follow(struct watch *watch, bool once, json_int_t until) {
    int code = EXIT_DONE;
    while (code == EXIT_DONE && !(once && watch->last >= until) && !(watch->limit && watch->told == watch->limit)) {
        enum status status = link_hear(&watch->remote->link, KEEPALIVE_MS);
        if (interrupt_exit() != 0) return interrupt_exit();
        if (status == ST_TIMEOUT)
            code = remote_order(watch->remote, "session.keepalive", NULL);
        else if (status != ST_OK && status != ST_AGAIN)
            return remote_broken(watch->remote);
        if (watch->last - watch->acknowledged >= ACKNOWLEDGE_EVERY) code = acknowledge(watch);
    }
    return code == EXIT_DONE ? acknowledge(watch) : code;
}

static int watch_hive(struct remote *remote, const struct command_words *names, uint64_t since, uint64_t limit,
                      bool once) {
    struct watch watch = {.remote = remote, .names = names, .limit = limit};
    json_t *result;
    char since_text[24];
    snprintf(since_text, sizeof since_text, "%" PRIu64, since);
    remote->link.listener = (struct link_listener){hear_event, remote->borrowed ? NULL : hear_console, &watch};
    int code = remote_call(remote, "event.subscribe", json_pack("{s:s}", "since", since_text), &result);
    if (code != EXIT_DONE) return code;
    json_int_t until = json_integer_value(json_object_get(result, "next_sequence")) - 1;
    json_decref(result);
    if (since == UINT64_MAX || (json_int_t)since > until) since = (uint64_t)until;
    watch.last = watch.acknowledged = (json_int_t)since;
    return follow(&watch, once, until);
}

int command_events(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t since = 0, limit = 0;
    bool once = false, console = false, owner = false;
    const struct command_option options[] = {
        REMOTE_OPTIONS(given),          {"--since", OPTION_NUMBER, &since},   {"--count", OPTION_COUNT, &limit},
        {"--once", OPTION_FLAG, &once}, {"--console", OPTION_FLAG, &console}, {"--owner", OPTION_FLAG, &owner},
    };
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    for (size_t i = 0; i < words.count; i++)
        if (!event_named(words.word[i]))
            return command_fail(EXIT_USAGE, "no event \"%s\"; docs/EVENTS.md lists them", words.word[i]);
    int code = remote_open(&remote, &given, !owner, console);
    if (code != EXIT_DONE) return code;
    code = watch_hive(&remote, &words, since, limit, once);
    remote_close(&remote);
    return code;
}
