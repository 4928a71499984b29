/* skep profile: what the tasks of a hive use; and where their words go. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/require.h"
#include "programs/skep/interrupt.h"
#include "programs/skep/list.h"
#include "programs/skep/object.h"
#include "programs/skep/place.h"
#include "programs/skep/profile_view.h"

enum {
    VIEWS_MAX = 16,
    PERIOD_WORDS = 997, /* a prime, so that no loop of the program keeps step with it */
    LOOK_MS = 1000,
    KEEPALIVE_MS = 2000,
};

struct profiling {
    struct remote remote;
    struct artifact_view view[VIEWS_MAX];
    size_t view_count;
    uint64_t period_words, ms;
    bool lines;
};

/* ---- what tasks use */

enum { PID, WORDS, CALLS, REFUSED, MESSAGES, LOG, RAM, STACK, STACK_USED, DEPTH, DEPTH_USED, NAME, COLUMN_COUNT };
static const struct table_column columns[COLUMN_COUNT] = {
    [PID] = {"PID", 5, 0, true},          [WORDS] = {"WORDS", 12, 1, true},      [CALLS] = {"CALLS", 8, 2, true},
    [REFUSED] = {"REFUSED", 7, 11, true}, [MESSAGES] = {"MESSAGES", 8, 6, true}, [LOG] = {"LOG", 8, 7, true},
    [RAM] = {"RAM", 7, 5, true},          [STACK] = {"STACK", 6, 4, true},       [STACK_USED] = {"USED", 6, 3, true},
    [DEPTH] = {"DEPTH", 5, 9, true},      [DEPTH_USED] = {"USED", 5, 8, true},   [NAME] = {"NAME", 12, 0, false},
};
static const char *const members[COLUMN_COUNT] = {
    [PID] = "pid",
    [WORDS] = "words",
    [CALLS] = "calls",
    [REFUSED] = "calls_refused",
    [MESSAGES] = "messages",
    [LOG] = "log_bytes",
    [RAM] = "ram_bytes",
    [STACK] = "stack_bytes",
    [STACK_USED] = "stack_used",
    [DEPTH] = "return_entries",
    [DEPTH_USED] = "return_used",
    [NAME] = "name",
};

static void cell(const json_t *task, size_t column, char to[TABLE_CELL_BYTES]) {
    if (column == NAME)
        snprintf(to, TABLE_CELL_BYTES, "%s", object_text(task, members[column]));
    else
        snprintf(to, TABLE_CELL_BYTES, "%" PRId64, (int64_t)object_number(task, members[column]));
}
static const struct list uses = {
    .operation = "profile.use", .key = "pid", .column = columns, .count = COLUMN_COUNT, .cell = cell};

/* ---- samples */

/* Whoever interrupts it sees what came so far. */
static int look(struct profiling *profiling) {
    struct timespec now, end;
    interrupt_catch();
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += (time_t)(profiling->ms / 1000);
    end.tv_nsec += (long)(profiling->ms % 1000) * 1000000;
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        int64_t left_ms = (end.tv_sec - now.tv_sec) * 1000 + (end.tv_nsec - now.tv_nsec) / 1000000;
        if (left_ms <= 0 || interrupt_exit() != 0) return EXIT_DONE;
        enum status status = link_hear(&profiling->remote.link, left_ms < KEEPALIVE_MS ? (int)left_ms : KEEPALIVE_MS);
        int code = status == ST_TIMEOUT ? remote_order(&profiling->remote, "session.keepalive", NULL) : EXIT_DONE;
        if (code != EXIT_DONE) return code;
        bool broken = status != ST_OK && status != ST_AGAIN && status != ST_TIMEOUT;
        if (broken && interrupt_exit() == 0) return remote_broken(&profiling->remote);
    }
}

static const struct artifact_view *view_of(const struct profiling *profiling, uint32_t build) {
    for (size_t i = 0; i < profiling->view_count; i++) {
        const uint8_t *id = profiling->view[i].artifact.manifest.build_id;
        if (((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]) == build)
            return &profiling->view[i];
    }
    return NULL;
}

/* The samples of one task: prints them, or adds a row to `tasks`. */
static void tell_task(const struct profiling *profiling, const json_t *task, const json_t *places, json_t *tasks) {
    struct profile_sample *samples = calloc(json_array_size(places) + 1, sizeof *samples);
    struct profile_view profile;
    size_t index, count = 0;
    json_t *place;
    require(samples != NULL);
    json_array_foreach(places, index, place) {
        if (object_number(place, "pid") != object_number(task, "pid")) continue;
        samples[count++] =
            (struct profile_sample){(uint32_t)object_number(place, "pc"), (uint32_t)object_number(place, "samples")};
    }
    const struct artifact_view *view = view_of(profiling, (uint32_t)object_number(task, "build"));
    profile_view_make(&profile, samples, count, view, profiling->lines);
    if (tasks && count > 0)
        json_array_append_new(tasks, json_pack("{s:O, s:O, s:I, s:o}", "pid", json_object_get(task, "pid"), "name",
                                               json_object_get(task, "name"), "samples", (json_int_t)profile.samples,
                                               "places", profile_view_json(&profile)));
    if (!tasks && count > 0) {
        printf("task %" PRId64 ", %s: %" PRIu64 " samples\n", (int64_t)object_number(task, "pid"),
               object_text(task, "name"), profile.samples);
        profile_view_print(&profile, stdout);
    }
    profile_view_free(&profile);
    free(samples);
}

static int tell(struct profiling *profiling) {
    struct remote *remote = &profiling->remote;
    json_t *facts = NULL, *tasks = json_array(), *places = json_array(), *told = json_array(), *task;
    size_t index;
    int code = remote_call(remote, "profile.get", NULL, &facts);
    if (code == EXIT_DONE) code = remote_list(remote, "profile.use", "pid", tasks);
    if (code == EXIT_DONE) code = remote_list(remote, "profile.read", "slot", places);
    if (code == EXIT_DONE) {
        json_array_foreach(tasks, index, task) tell_task(profiling, task, places, remote->options.json ? told : NULL);
        int64_t lost = (int64_t)object_number(facts, "lost");
        if (remote->options.json)
            remote_print(json_pack("{s:s, s:s, s:O, s:O}", "operation", "profile.read", "status", "OK", "profile",
                                   facts, "tasks", told));
        else if (object_number(facts, "samples") == 0)
            command_note("no task used %" PRIu64 " words in that time", profiling->period_words);
        if (lost > 0) command_note("%" PRId64 " samples fell on places for which there was no room", lost);
    }
    json_decref(facts);
    json_decref(tasks);
    json_decref(places);
    json_decref(told);
    return code;
}

static int sample(struct profiling *profiling, json_int_t pid) {
    struct remote *remote = &profiling->remote;
    int code = remote_order(remote, "profile.start",
                            json_pack("{s:I, s:I}", "pid", pid, "period_words", (json_int_t)profiling->period_words));
    if (code == EXIT_DONE) code = look(profiling);
    if (code == EXIT_DONE) code = remote_order(remote, "profile.stop", NULL);
    return code == EXIT_DONE ? tell(profiling) : code;
}

static int open_all(struct profiling *profiling, const struct command_words *words) {
    int code = EXIT_DONE;
    if (words->count > VIEWS_MAX + 1)
        return command_fail(EXIT_USAGE, "profile looks into %d artifacts at most", VIEWS_MAX);
    for (size_t i = 1; i < words->count && code == EXIT_DONE; i++) {
        code = place_open(words->word[i], &profiling->view[profiling->view_count]);
        if (code == EXIT_DONE) profiling->view_count++;
    }
    return code;
}

int command_profile(int argc, char **argv) {
    static struct profiling profiling;
    struct remote_options given = {0};
    struct command_words words;
    bool again = false;
    char *end = NULL;
    profiling = (struct profiling){.period_words = PERIOD_WORDS, .ms = LOOK_MS};
    const struct command_option options[] = {REMOTE_OPTIONS(given),
                                             {"--period", OPTION_COUNT, &profiling.period_words},
                                             {"--ms", OPTION_COUNT, &profiling.ms},
                                             {"--lines", OPTION_FLAG, &profiling.lines},
                                             {"--watch", OPTION_FLAG, &again}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    bool samples = words.count > 0, all = samples && strcmp(words.word[0], "all") == 0;
    json_int_t pid = samples && !all ? strtoll(words.word[0], &end, 10) : 0;
    if (samples && !all && (*end != '\0' || pid <= 0 || pid > UINT32_MAX))
        return command_fail(EXIT_USAGE, "profile takes a pid or all, and artifacts; see: skep help profile");
    if (profiling.period_words > INT32_MAX || profiling.ms > INT32_MAX)
        return command_fail(EXIT_USAGE, "--period and --ms are below 2^31");
    int code = open_all(&profiling, &words);
    if (code == EXIT_DONE) code = remote_open(&profiling.remote, &given, !samples, false);
    if (code == EXIT_DONE) {
        code = samples ? sample(&profiling, pid) : list_show(&profiling.remote, &uses, NULL, again);
        remote_close(&profiling.remote);
    }
    for (size_t i = 0; i < profiling.view_count; i++) artifact_view_close(&profiling.view[i]);
    return code;
}
