#include "programs/skep/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/base/require.h"

enum { GAP = 2, COLUMNS_MOST = 100000 };
static const char cut_mark[] = "...";

size_t table_terminal_width(void) {
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long width = columns ? strtol(columns, NULL, 10) : 0;
    if (width > 0 && width < COLUMNS_MOST) return (size_t)width;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) return size.ws_col;
    return 0;
}

/* Of all shown columns but the last, with the gaps behind them. */
static size_t width_before_last(const struct table *table) {
    size_t width = 0;
    for (size_t i = 0; i + 1 < table->count; i++)
        if (table->is_shown[i]) width += table->column[i].width + GAP;
    return width;
}

/* False: none is left that may go. */
static bool leave_one_out(struct table *table) {
    size_t worst = table->count;
    for (size_t i = 0; i + 1 < table->count; i++)
        if (table->is_shown[i] && table->column[i].rank > 0 &&
            (worst == table->count || table->column[i].rank > table->column[worst].rank))
            worst = i;
    if (worst == table->count) return false;
    table->is_shown[worst] = false;
    return true;
}

void table_begin(struct table *table, const struct table_column *columns, size_t count, size_t width) {
    const char *titles[TABLE_COLUMNS_MAX];
    require(count > 0 && count <= TABLE_COLUMNS_MAX);
    *table = (struct table){.column = columns, .count = count};
    for (size_t i = 0; i < count; i++) {
        table->is_shown[i] = true;
        titles[i] = columns[i].title;
    }
    if (width > 0) {
        while (width_before_last(table) + columns[count - 1].width > width && leave_one_out(table)) {
        }
        size_t before = width_before_last(table);
        table->last_width = before < width ? width - before : 1;
    }
    table_row(table, titles);
}

/* Cut, but not inside a character of UTF-8. Every character counts as its bytes: too short is better than too long. */
static void print_last(const char *text, size_t width) {
    size_t length = strlen(text), mark = sizeof cut_mark - 1;
    if (width == 0 || length <= width) {
        puts(text);
        return;
    }
    size_t room = width > mark ? width - mark : width;
    while (room > 0 && ((unsigned char)text[room] & 0xc0) == 0x80) room--;
    printf("%.*s%s\n", (int)room, text, width > mark ? cut_mark : "");
}

void table_row(const struct table *table, const char *const *cells) {
    for (size_t i = 0; i + 1 < table->count; i++)
        if (table->is_shown[i])
            printf("%*s%*s", (table->column[i].to_the_right ? 1 : -1) * (int)table->column[i].width, cells[i], GAP, "");
    print_last(cells[table->count - 1], table->last_width);
}

/* What a guest says must not command the terminal: control characters of both sets become question marks. */
static void clean(char *text) {
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        bool is_second_set = at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0;
        if (is_second_set) at[1] = '?';
        if (is_second_set || *at < ' ' || *at == 0x7f) *at = '?';
    }
}

void table_print(const struct table_column *columns, size_t count,
                 void (*cell)(const void *context, size_t row, size_t column, char to[TABLE_CELL_BYTES]),
                 const void *context, size_t rows) {
    struct table_column wide[TABLE_COLUMNS_MAX];
    char text[TABLE_COLUMNS_MAX][TABLE_CELL_BYTES];
    const char *cells[TABLE_COLUMNS_MAX];
    struct table table;
    require(count > 0 && count <= TABLE_COLUMNS_MAX);
    for (size_t i = 0; i < count; i++) {
        wide[i] = columns[i];
        cells[i] = text[i];
        if (strlen(wide[i].title) > wide[i].width) wide[i].width = strlen(wide[i].title);
        for (size_t row = 0; row < rows && i + 1 < count; row++) {
            cell(context, row, i, text[i]);
            if (strlen(text[i]) > wide[i].width) wide[i].width = strlen(text[i]);
        }
    }
    table_begin(&table, wide, count, table_terminal_width());
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < count; i++) {
            cell(context, row, i, text[i]);
            clean(text[i]);
        }
        table_row(&table, cells);
    }
}
