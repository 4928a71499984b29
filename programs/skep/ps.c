#include <inttypes.h>
#include <stdio.h>

#include "programs/skep/remote.h"

static int64_t number(const json_t *task, const char *name) {
    return (int64_t)json_integer_value(json_object_get(task, name));
}
static const char *text(const json_t *task, const char *name) {
    const char *found = json_string_value(json_object_get(task, name));
    return found ? found : "?";
}

/* Name last, because it has no bound that fits a column. */
static void print_row(const json_t *task) {
    printf("%5" PRId64 "  %-15s  %-9s  %14" PRId64 "  %9" PRId64 "  %8" PRId64 "  %6" PRId64 "  %s\n",
           number(task, "pid"), text(task, "state"), text(task, "end"), number(task, "words"),
           number(task, "ram_bytes"), number(task, "restarts"), number(task, "locked_by"), text(task, "name"));
}

/* One list may not hold all: the next one begins behind its last. */
static int take_all(struct remote *remote, json_t *tasks) {
    for (json_int_t after = 0;;) {
        json_t *result;
        int code = remote_call(remote, "task.list", json_pack("{s:I}", "after", after), &result);
        if (code != EXIT_DONE) return code;
        json_t *some = json_object_get(result, "tasks");
        size_t count = json_array_size(some);
        if (count > 0) after = json_integer_value(json_object_get(json_array_get(some, count - 1), "pid"));
        json_array_extend(tasks, some);
        json_decref(result);
        if (count == 0) return EXIT_DONE;
    }
}

int command_ps(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 0) return command_fail(EXIT_USAGE, "ps takes no words; see: skep help ps");
    int code = remote_open(&remote, &given, true, false);
    if (code != EXIT_DONE) return code;
    json_t *tasks = json_array();
    code = take_all(&remote, tasks);
    remote_close(&remote);
    if (code == EXIT_DONE && given.json) {
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "task.list", "status", "OK", "tasks", tasks));
    } else if (code == EXIT_DONE) {
        size_t index;
        json_t *task;
        printf("%5s  %-15s  %-9s  %14s  %9s  %8s  %6s  %s\n", "PID", "STATE", "LAST END", "WORDS", "RAM", "RESTARTS",
               "LOCKED", "NAME");
        json_array_foreach(tasks, index, task) print_row(task);
    }
    json_decref(tasks);
    return code;
}
