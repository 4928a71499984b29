/* skep sched: how the tasks of a hive had their turns, and who got the processor from whom. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "programs/skep/list.h"
#include "programs/skep/object.h"
#include "programs/skep/result.h"

enum {
    PID,
    STATE,
    PRIORITY,
    TURNS,
    SWITCHES,
    PREEMPTIONS,
    WAITS,
    THROTTLES,
    LONGEST,
    WORDS,
    NAME,
    COLUMN_COUNT,
    PRIORITY_NONE = 256
};
static const struct table_column columns[COLUMN_COUNT] = {
    [PID] = {"PID", 5, 0, true},
    [STATE] = {"STATE", 8, 3, false},
    [PRIORITY] = {"PRI", 3, 4, true},
    [TURNS] = {"TURNS", 8, 1, true},
    [SWITCHES] = {"SWITCHES", 8, 5, true},
    [PREEMPTIONS] = {"PREEMPTED", 9, 6, true},
    [WAITS] = {"WAITS", 8, 7, true},
    [THROTTLES] = {"THROTTLED", 9, 9, true},
    [LONGEST] = {"LONGEST us", 10, 2, true},
    [WORDS] = {"WORDS", 12, 8, true},
    [NAME] = {"NAME", 12, 0, false},
};
static const char *const members[COLUMN_COUNT] = {
    [PID] = "pid",           [STATE] = "state",
    [PRIORITY] = "priority", [TURNS] = "turns",
    [SWITCHES] = "switches", [PREEMPTIONS] = "preemptions",
    [WAITS] = "waits",       [THROTTLES] = "throttles",
    [WORDS] = "words",       [LONGEST] = "longest_wait_us",
    [NAME] = "name",
};

static void cell(const json_t *task, size_t column, char to[TABLE_CELL_BYTES]) {
    if (columns[column].to_the_right)
        snprintf(to, TABLE_CELL_BYTES, "%" PRId64, (int64_t)object_number(task, members[column]));
    else
        snprintf(to, TABLE_CELL_BYTES, "%s", object_text(task, members[column]));
}

static int totals(struct remote *remote) {
    json_t *result;
    int code = remote_call(remote, "schedule.totals", NULL, &result);
    if (code != EXIT_DONE) return code;
    if (remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "schedule.totals", "status", "OK", "result", result));
    else
        printf("%" PRId64 " turns, %" PRId64 " switches, %" PRId64 " words; %" PRId64 " switches are remembered\n",
               (int64_t)object_number(result, "turns"), (int64_t)object_number(result, "switches"),
               (int64_t)object_number(result, "words"), (int64_t)object_number(result, "kept"));
    json_decref(result);
    return EXIT_DONE;
}

static int show(struct remote *remote, const void *context) {
    static const struct list tasks = {
        .operation = "schedule.list", .key = "pid", .column = columns, .count = COLUMN_COUNT, .cell = cell};
    (void)context;
    int code = list_show(remote, &tasks, NULL, false);
    return code == EXIT_DONE ? totals(remote) : code;
}

static int trace(struct remote *remote) {
    json_t *rows = json_array();
    int code = remote_list(remote, "schedule.trace", "number", rows);
    json_t *result = json_pack("{s:o}", "switches", rows);
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "schedule.trace", "status", "OK", "switches", rows));
    else if (code == EXIT_DONE && json_array_size(rows) > 0)
        result_print(operation_named("schedule.trace"), result);
    else if (code == EXIT_DONE)
        command_note("no switch is remembered; --keep N has the hive remember the newest N");
    json_decref(result);
    return code;
}

static int set_priority(struct remote *remote, json_int_t pid, uint64_t priority) {
    return remote_order(remote, "task.priority", json_pack("{s:I, s:I}", "pid", pid, "priority", (json_int_t)priority));
}

int command_sched(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    uint64_t keep = UINT64_MAX, priority = PRIORITY_NONE;
    bool again = false, traces = false;
    char *end = NULL;
    const struct command_option options[] = {REMOTE_OPTIONS(given),
                                             {"--watch", OPTION_FLAG, &again},
                                             {"--trace", OPTION_FLAG, &traces},
                                             {"--keep", OPTION_NUMBER, &keep},
                                             {"--priority", OPTION_NUMBER, &priority}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    json_int_t pid = words.count == 1 ? strtoll(words.word[0], &end, 10) : 0;
    bool keeps = keep != UINT64_MAX;
    if (words.count > 1 || (words.count == 1 && (*end != '\0' || pid <= 0 || pid > UINT32_MAX)) ||
        (words.count == 1) != (priority < PRIORITY_NONE) || priority > PRIORITY_NONE)
        return command_fail(EXIT_USAGE, "sched takes a pid with --priority 0..255, or neither; see: skep help sched");
    if (keeps && keep > UINT32_MAX) return command_fail(EXIT_USAGE, "--keep is below 2^32");
    int code = remote_open(&remote, &given, !keeps && pid == 0, false);
    if (code != EXIT_DONE) return code;
    if (keeps) code = remote_order(&remote, "schedule.keep", json_pack("{s:I}", "records", (json_int_t)keep));
    if (code == EXIT_DONE && pid != 0) code = set_priority(&remote, pid, priority);
    if (code == EXIT_DONE) code = traces ? trace(&remote) : list_again(&remote, again, show, NULL);
    remote_close(&remote);
    return code;
}
