/* skep display: the operator's page of a hive. */
#include <stdio.h>
#include <string.h>

#include "device/display/status_page.h"
#include "programs/skep/object.h"

static void print_page(const char *page) {
    for (size_t at = 0; at < strlen(page); at += STATUS_PAGE_COLUMNS) printf("%.*s\n", STATUS_PAGE_COLUMNS, page + at);
    fflush(stdout);
}

static int show(struct remote *remote) {
    json_t *result;
    int code = remote_call(remote, "hive.page", NULL, &result);
    if (code != EXIT_DONE) return code;
    if (remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "hive.page", "status", "OK", "result", result));
    else
        print_page(object_text(result, "page"));
    json_decref(result);
    return EXIT_DONE;
}

int command_display(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 0) return command_fail(EXIT_USAGE, "display takes no words; see: skep help display");
    int code = remote_open(&remote, &given, true, false);
    if (code != EXIT_DONE) return code;
    code = show(&remote);
    remote_close(&remote);
    return code;
}
