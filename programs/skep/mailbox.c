#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/list.h"
#include "programs/skep/object.h"

enum { PID, USED, CAPACITY, SENT, LOST, READERS, NAME, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
    [PID] = {"PID", 5, 0, true},     [USED] = {"USED", 6, 1, true}, [CAPACITY] = {"CAPACITY", 8, 4, true},
    [SENT] = {"SENT", 8, 2, true},   [LOST] = {"LOST", 6, 3, true}, [READERS] = {"READERS", 7, 5, true},
    [NAME] = {"NAME", 12, 0, false},
};
static const char *const members[NAME] = {
    [PID] = "pid", [USED] = "used", [CAPACITY] = "capacity", [SENT] = "sent", [LOST] = "lost", [READERS] = "readers",
};

static void cell(const json_t *row, size_t column, char to[TABLE_CELL_BYTES]) {
    if (column == NAME)
        object_mailbox_text(row, to);
    else
        snprintf(to, TABLE_CELL_BYTES, "%" PRId64, (int64_t)object_number(row, members[column]));
}

int command_mailbox(int argc, char **argv) {
    static const struct list mailboxes = {
        .operation = "mailbox.list", .key = "slot", .column = columns, .count = COLUMN_COUNT, .cell = cell};
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    bool again = false;
    const struct command_option options[] = {REMOTE_OPTIONS(given), {"--watch", OPTION_FLAG, &again}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count < 1 || words.count > 2 || strcmp(words.word[0], "ls") != 0)
        return command_fail(EXIT_USAGE, "mailbox takes ls [MAILBOX]; see: skep help mailbox");
    int code = remote_open(&remote, &given, true, false);
    if (code != EXIT_DONE) return code;
    code = list_show(&remote, &mailboxes, words.count == 2 ? words.word[1] : NULL, again);
    remote_close(&remote);
    return code;
}
