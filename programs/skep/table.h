/* table: rows for people, no wider than the terminal. What does not fit: first columns are left out, the one of the
 * highest `rank` first, then the last column is cut. */
#ifndef SKEP_PROGRAMS_SKEP_TABLE_H
#define SKEP_PROGRAMS_SKEP_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum { TABLE_COLUMNS_MAX = 16, TABLE_CELL_BYTES = 512 };

struct table_column {
    const char *title;
    size_t width;  /* at least; of the last column: the least that is of use */
    unsigned rank; /* 0: is never left out */
    bool to_the_right;
};
struct table {
    const struct table_column *column;
    size_t count;
    size_t last_width; /* of the last column; 0: no bound */
    bool is_shown[TABLE_COLUMNS_MAX];
};

/* COLUMNS of the environment; else the terminal's width, if stdout is one; else 0: no bound. */
size_t table_terminal_width(void);
/* A whole table, its columns as wide as what stands in them. */
void table_print(const struct table_column *columns, size_t count,
                 void (*cell)(const void *context, size_t row, size_t column, char to[TABLE_CELL_BYTES]),
                 const void *context, size_t rows);

/* The same row by row, when the widths are known before: chooses the columns for `width`, 0: any, and prints their
 * titles. */
void table_begin(struct table *table, const struct table_column *columns, size_t count, size_t width);
void table_row(const struct table *table, const char *const *cells);

#endif
