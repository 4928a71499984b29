#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "programs/skep/interrupt.h"
#include "programs/skep/remote.h"
#include "programs/skep/table.h"

static int64_t number(const json_t *task, const char *name) {
    return (int64_t)json_integer_value(json_object_get(task, name));
}
static const char *text(const json_t *task, const char *name) {
    const char *found = json_string_value(json_object_get(task, name));
    return found ? found : "?";
}

enum { PID, STATE, LAST_END, WORDS, RAM, RESTARTS, LOCKED, NAME, COLUMN_COUNT, NUMBER_BYTES = 24 };

/* Name last, because it has no bound that fits a column. */
static const struct table_column columns[COLUMN_COUNT] = {
    [PID] = {"PID", 5, 0, true},       [STATE] = {"STATE", 15, 1, false}, [LAST_END] = {"LAST END", 9, 4, false},
    [WORDS] = {"WORDS", 14, 2, true},  [RAM] = {"RAM", 9, 3, true},       [RESTARTS] = {"RESTARTS", 8, 5, true},
    [LOCKED] = {"LOCKED", 6, 6, true}, [NAME] = {"NAME", 12, 0, false},
};

static void print_task(const struct table *table, const json_t *task) {
    static const struct {
        size_t column;
        const char *member;
    } numbers[] = {{PID, "pid"}, {WORDS, "words"}, {RAM, "ram_bytes"}, {RESTARTS, "restarts"}, {LOCKED, "locked_by"}};
    char digits[COLUMN_COUNT][NUMBER_BYTES];
    const char *cells[COLUMN_COUNT];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        size_t column = numbers[i].column;
        snprintf(digits[column], NUMBER_BYTES, "%" PRId64, number(task, numbers[i].member));
        cells[column] = digits[column];
    }
    cells[STATE] = text(task, "state");
    cells[LAST_END] = text(task, "end");
    cells[NAME] = text(task, "name");
    table_row(table, cells);
}

static void print_table(const json_t *tasks) {
    struct table table;
    size_t index;
    json_t *task;
    table_begin(&table, columns, COLUMN_COUNT, table_terminal_width());
    json_array_foreach(tasks, index, task) print_task(&table, task);
}

static int print_all(struct remote *remote) {
    json_t *tasks = json_array();
    int code = remote_list(remote, "task.list", "pid", tasks);
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", "task.list", "status", "OK", "tasks", tasks));
    else if (code == EXIT_DONE)
        print_table(tasks);
    json_decref(tasks);
    return code;
}

/* On a terminal each table takes the place of the one before; elsewhere an empty line parts them. */
static int watch(struct remote *remote) {
    bool is_screen = isatty(STDOUT_FILENO) && !remote->options.json;
    interrupt_catch();
    for (bool first = true;; first = false) {
        if (is_screen)
            fputs("\033[H\033[2J", stdout);
        else if (!first && !remote->options.json)
            putchar('\n');
        int code = print_all(remote);
        if (fflush(stdout) != 0) code = command_fail(EXIT_CANNOT_WRITE, "standard output cannot be written");
        if (code != EXIT_DONE) return code;
        if (interrupt_exit() == 0) nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
        if (interrupt_exit() != 0) return interrupt_exit();
    }
}

int command_ps(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    bool again = false;
    const struct command_option options[] = {REMOTE_OPTIONS(given), {"--watch", OPTION_FLAG, &again}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 0) return command_fail(EXIT_USAGE, "ps takes no words; see: skep help ps");
    int code = remote_open(&remote, &given, true, false);
    if (code != EXIT_DONE) return code;
    code = again ? watch(&remote) : print_all(&remote);
    remote_close(&remote);
    return code;
}
