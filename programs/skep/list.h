/* list: what the commands that list what a hive has share: all rows of an operation as a table that fits the terminal,
 * or as a line of JSON; once, or again each second. */
#ifndef SKEP_PROGRAMS_SKEP_LIST_H
#define SKEP_PROGRAMS_SKEP_LIST_H

#include "programs/skep/remote.h"
#include "programs/skep/table.h"

struct list {
    const char *operation, *key; /* as remote_list wants them */
    const struct table_column *column;
    size_t count; /* of columns; the last one is the name */
    void (*cell)(const json_t *row, size_t column, char to[TABLE_CELL_BYTES]);
    void (*add)(json_t *row); /* members for JSON that the hive does not say; NULL: none */
};

/* The rows that `only` names, by the first or the last column; NULL: all. None of that name is said as an error. */
int list_show(struct remote *remote, const struct list *list, const char *only, bool again);

/* Calls back each second until it is interrupted or the call fails; once, if not `again`. On a terminal each answer
 * takes the place of the one before; elsewhere an empty line parts them. */
int list_again(struct remote *remote, bool again, int (*print)(struct remote *remote, const void *context),
               const void *context);

#endif
