#include <inttypes.h>
#include <stdio.h>

#include "programs/skep/list.h"
#include "programs/skep/object.h"

enum { PID, STATE, LAST_END, WORDS, RAM, RESTARTS, LOCKED, NAME, COLUMN_COUNT };

/* Name last, because it has no bound that fits a column. */
static const struct table_column columns[COLUMN_COUNT] = {
    [PID] = {"PID", 5, 0, true},       [STATE] = {"STATE", 8, 1, false}, [LAST_END] = {"LAST END", 8, 4, false},
    [WORDS] = {"WORDS", 10, 2, true},  [RAM] = {"RAM", 7, 3, true},      [RESTARTS] = {"RESTARTS", 8, 5, true},
    [LOCKED] = {"LOCKED", 6, 6, true}, [NAME] = {"NAME", 12, 0, false},
};
static const char *const members[COLUMN_COUNT] = {
    [PID] = "pid",       [STATE] = "state",       [LAST_END] = "end",     [WORDS] = "words",
    [RAM] = "ram_bytes", [RESTARTS] = "restarts", [LOCKED] = "locked_by", [NAME] = "name",
};

static void cell(const json_t *task, size_t column, char to[TABLE_CELL_BYTES]) {
    if (columns[column].to_the_right)
        snprintf(to, TABLE_CELL_BYTES, "%" PRId64, (int64_t)object_number(task, members[column]));
    else
        snprintf(to, TABLE_CELL_BYTES, "%s", object_text(task, members[column]));
}

int command_ps(int argc, char **argv) {
    static const struct list tasks = {
        .operation = "task.list", .key = "pid", .column = columns, .count = COLUMN_COUNT, .cell = cell};
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    bool again = false;
    const struct command_option options[] = {REMOTE_OPTIONS(given), {"--watch", OPTION_FLAG, &again}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 0) return command_fail(EXIT_USAGE, "ps takes no words; see: skep help ps");
    int code = remote_open(&remote, &given, true, false);
    if (code != EXIT_DONE) return code;
    code = list_show(&remote, &tasks, NULL, again);
    remote_close(&remote);
    return code;
}
