#include "programs/skep/list.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "programs/skep/interrupt.h"

int list_again(struct remote *remote, bool again, int (*print)(struct remote *remote, const void *context),
               const void *context) {
    if (!again) return print(remote, context);
    bool is_screen = isatty(STDOUT_FILENO) && !remote->options.json;
    interrupt_catch();
    for (bool first = true;; first = false) {
        if (is_screen)
            fputs("\033[H\033[2J", stdout);
        else if (!first && !remote->options.json)
            putchar('\n');
        int code = print(remote, context);
        if (fflush(stdout) != 0) code = command_fail(EXIT_CANNOT_WRITE, "standard output cannot be written");
        if (code != EXIT_DONE) return code;
        if (interrupt_exit() == 0) nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
        if (interrupt_exit() != 0) return interrupt_exit();
    }
}

/* What is to be shown. */
struct wanted {
    const struct list *list;
    const char *only;
};

static bool is_wanted(const struct wanted *wanted, const json_t *row) {
    char text[TABLE_CELL_BYTES];
    if (!wanted->only) return true;
    wanted->list->cell(row, 0, text);
    if (strcmp(text, wanted->only) == 0) return true;
    wanted->list->cell(row, wanted->list->count - 1, text);
    return strcmp(text, wanted->only) == 0;
}

static void keep_wanted(const struct wanted *wanted, json_t *rows) {
    for (size_t i = json_array_size(rows); i-- > 0;) {
        json_t *row = json_array_get(rows, i);
        if (!is_wanted(wanted, row))
            json_array_remove(rows, i);
        else if (wanted->list->add)
            wanted->list->add(row);
    }
}

struct cells {
    const struct list *list;
    const json_t *rows;
};

static void cell(const void *context, size_t row, size_t column, char to[TABLE_CELL_BYTES]) {
    const struct cells *cells = context;
    cells->list->cell(json_array_get(cells->rows, row), column, to);
}

static int print(struct remote *remote, const void *context) {
    const struct wanted *wanted = context;
    const struct list *list = wanted->list;
    json_t *rows = json_array();
    int code = remote_list(remote, list->operation, list->key, rows);
    if (code == EXIT_DONE) keep_wanted(wanted, rows);
    if (code == EXIT_DONE && wanted->only && json_array_size(rows) == 0)
        code = command_fail(EXIT_HIVE, "the hive has no \"%s\"; without a name, all are listed", wanted->only);
    if (code == EXIT_DONE && remote->options.json)
        remote_print(json_pack("{s:s, s:s, s:O}", "operation", list->operation, "status", "OK",
                               operation_named(list->operation)->list, rows));
    else if (code == EXIT_DONE)
        table_print(list->column, list->count, cell, &(struct cells){list, rows}, json_array_size(rows));
    json_decref(rows);
    return code;
}

int list_show(struct remote *remote, const struct list *list, const char *only, bool again) {
    return list_again(remote, again, print, &(struct wanted){list, only});
}
