#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/object.h"

static void print_row(const json_t *row) {
    char name[OBJECT_MAILBOX_BYTES];
    object_mailbox_text(row, name);
    printf("%-32s  %5" PRId64 "  %5" PRId64 "/%-5" PRId64 "  %10" PRId64 "  %10" PRId64 "  %7" PRId64 "\n", name,
           (int64_t)object_number(row, "pid"), (int64_t)object_number(row, "used"),
           (int64_t)object_number(row, "capacity"), (int64_t)object_number(row, "sent"),
           (int64_t)object_number(row, "lost"), (int64_t)object_number(row, "readers"));
}

int command_mailbox(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1 || strcmp(words.word[0], "ls") != 0)
        return command_fail(EXIT_USAGE, "mailbox takes ls; see: skep help mailbox");
    int code = remote_open(&remote, &given, true, false);
    if (code != EXIT_DONE) return code;
    json_t *mailboxes = json_array(), *row;
    size_t index;
    code = remote_list(&remote, "mailbox.list", "slot", mailboxes);
    remote_close(&remote);
    if (code == EXIT_DONE && given.json) {
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "mailbox.list", "status", "OK", "mailboxes", mailboxes));
    } else if (code == EXIT_DONE) {
        printf("%-32s  %5s  %11s  %10s  %10s  %7s\n", "NAME", "PID", "USED       ", "SENT", "LOST", "READERS");
        json_array_foreach(mailboxes, index, row) print_row(row);
    }
    json_decref(mailboxes);
    return code;
}
