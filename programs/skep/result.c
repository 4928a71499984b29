#include "programs/skep/result.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "programs/skep/table.h"

/* ---- telling */

static void cell_text(const json_t *value, char to[TABLE_CELL_BYTES]) {
    if (json_is_string(value))
        snprintf(to, TABLE_CELL_BYTES, "%s", json_string_value(value));
    else if (json_is_boolean(value))
        snprintf(to, TABLE_CELL_BYTES, "%s", json_is_true(value) ? "true" : "false");
    else
        snprintf(to, TABLE_CELL_BYTES, "%" PRId64, (int64_t)json_integer_value(value));
}

static void print_fields(const struct operation_fields *fields, const json_t *result) {
    char text[TABLE_CELL_BYTES];
    for (size_t i = 0; i < fields->count; i++) {
        cell_text(json_object_get(result, fields->field[i].name), text);
        printf("%-16s  %s\n", fields->field[i].name, text);
    }
}

/* The field that names a row for people comes last, where it may be cut; else the order is the table's, and the later
 * ones are the first to be left out. */
static size_t order_fields(const struct operation_fields *fields, const struct operation_field **ordered) {
    size_t count = 0, name = fields->count;
    for (size_t i = 0; i < fields->count; i++)
        if (fields->field[i].type == TYPE_TEXT && name == fields->count) name = i;
    for (size_t i = 0; i < fields->count && count + 1 < TABLE_COLUMNS_MAX; i++)
        if (i != name) ordered[count++] = &fields->field[i];
    if (name < fields->count) ordered[count++] = &fields->field[name];
    return count;
}

struct rows {
    const struct operation_field *const *field;
    const json_t *list;
};

static void list_cell(const void *context, size_t row, size_t column, char to[TABLE_CELL_BYTES]) {
    const struct rows *rows = context;
    cell_text(json_object_get(json_array_get(rows->list, row), rows->field[column]->name), to);
}

static void print_list(const struct operation_name *row, const json_t *list) {
    const struct operation_field *ordered[TABLE_COLUMNS_MAX];
    struct table_column column[TABLE_COLUMNS_MAX];
    size_t count = order_fields(&row->result, ordered);
    for (size_t i = 0; i < count; i++)
        column[i] = (struct table_column){ordered[i]->name, 0, (unsigned)i,
                                          ordered[i]->type != TYPE_TEXT && !ordered[i]->values};
    if (count > 0) table_print(column, count, list_cell, &(struct rows){ordered, list}, json_array_size(list));
}

void result_print(const struct operation_name *row, const json_t *result) {
    if (row->list)
        print_list(row, json_object_get(result, row->list));
    else
        print_fields(&row->result, result);
}

/* ---- asking */

static const struct operation_field *find(const struct operation_fields *fields, const char *word, size_t length) {
    for (size_t i = 0; i < fields->count; i++)
        if (strlen(fields->field[i].name) == length && strncmp(fields->field[i].name, word, length) == 0)
            return &fields->field[i];
    return NULL;
}

/* NULL: it is none of that type. */
static json_t *read_value(const struct operation_field *field, const char *text) {
    char *end;
    if (field->type == TYPE_BOOL)
        return strcmp(text, "true") == 0 ? json_true() : strcmp(text, "false") == 0 ? json_false() : NULL;
    bool is_name = field->values && (text[0] < '0' || text[0] > '9');
    if (field->type == TYPE_TEXT || field->type == TYPE_BYTES || is_name) return json_string(text);
    if (field->type == TYPE_U64) return json_string(text); /* JSON cannot hold all of them */
    errno = 0;
    long long number = strtoll(text, &end, 0);
    return end != text && *end == '\0' && errno == 0 ? json_integer(number) : NULL;
}

static void list_names(const struct operation_name *row, char *to, size_t bytes) {
    snprintf(to, bytes, "%s takes: %s", row->name, row->parameters.count ? "" : "nothing");
    for (size_t i = 0; i < row->parameters.count; i++) {
        size_t length = strlen(to);
        snprintf(to + length, bytes - length, "%s%s=", i ? " " : "", row->parameters.field[i].name);
    }
}

json_t *result_parameters(const struct operation_name *row, const char *const *words, size_t count,
                          char message[RESULT_MESSAGE_BYTES]) {
    json_t *parameters = json_object();
    for (size_t i = 0; i < count; i++) {
        const char *equals = strchr(words[i], '=');
        const struct operation_field *field =
            equals ? find(&row->parameters, words[i], (size_t)(equals - words[i])) : NULL;
        json_t *value = field ? read_value(field, equals + 1) : NULL;
        if (value) {
            json_object_set_new(parameters, field->name, value);
            continue;
        }
        int length = snprintf(message, RESULT_MESSAGE_BYTES, "\"%.80s\": ", words[i]);
        if (field)
            snprintf(message + length, RESULT_MESSAGE_BYTES - (size_t)length, "%s wants %s", field->name,
                     field->type == TYPE_BOOL ? "true or false" : "a whole number");
        else
            list_names(row, message + length, RESULT_MESSAGE_BYTES - (size_t)length);
        json_decref(parameters);
        return NULL;
    }
    return parameters;
}
