/* skep config: the settings of a hive. */
#include <stdio.h>
#include <string.h>

#include "programs/skep/list.h"
#include "programs/skep/object.h"

enum { NAME, RESTART, VALUE, COLUMN_COUNT };
static const struct table_column columns[COLUMN_COUNT] = {
    [NAME] = {"SETTING", 10, 0, false}, [RESTART] = {"RESTART", 7, 1, false}, [VALUE] = {"VALUE", 12, 0, false}};

static void cell(const json_t *row, size_t column, char to[TABLE_CELL_BYTES]) {
    const char *restart = json_is_true(json_object_get(row, "restart")) ? "needed" : "";
    snprintf(to, TABLE_CELL_BYTES, "%s",
             column == NAME      ? object_text(row, "name")
             : column == RESTART ? restart
                                 : object_text(row, "value"));
}

static int list_all(struct remote *remote) {
    static const struct list settings = {
        .operation = "config.list", .key = "number", .column = columns, .count = COLUMN_COUNT, .cell = cell};
    return list_show(remote, &settings, NULL, false);
}

static int get(struct remote *remote, const char *name) {
    json_t *result;
    int code = remote_call(remote, "config.get", json_pack("{s:s}", "name", name), &result);
    if (code != EXIT_DONE) return code;
    if (remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "config.get", "status", "OK", "result", result));
    else
        puts(object_text(result, "value"));
    json_decref(result);
    return EXIT_DONE;
}

static int set(struct remote *remote, const char *name, const char *value) {
    int code = remote_order(remote, "config.set", json_pack("{s:s, s:s}", "name", name, "value", value));
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_pack("{s:s, s:s}", "operation", "config.set", "status", "OK"));
    return code;
}

int command_config(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const char *verb = words.count > 0 ? words.word[0] : "";
    const bool sets = strcmp(verb, "set") == 0 && words.count == 3, gets = strcmp(verb, "get") == 0 && words.count == 2;
    if (!sets && !gets && !(strcmp(verb, "ls") == 0 && words.count == 1))
        return command_fail(EXIT_USAGE, "config takes ls, get SETTING or set SETTING TEXT; see: skep help config");
    int code = remote_open(&remote, &given, !sets, false);
    if (code != EXIT_DONE) return code;
    code = sets ? set(&remote, words.word[1], words.word[2]) : gets ? get(&remote, words.word[1]) : list_all(&remote);
    remote_close(&remote);
    return code;
}
