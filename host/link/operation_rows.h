/* GENERATED from spec/operations.json by tools/generate/operations.py. Do not edit. */
/* operation_rows: the operations of spec/operations.json and the events of spec/events.json by name, for programs
 * that speak to a hive. */
#ifndef SKEP_HOST_LINK_OPERATION_ROWS_H
#define SKEP_HOST_LINK_OPERATION_ROWS_H

#include <stddef.h>
#include <stdint.h>

enum { OPERATION_ROWS_PROTOCOL = 1 };

enum operation_type { TYPE_U8, TYPE_U16, TYPE_U32, TYPE_U64, TYPE_I32, TYPE_BOOL, TYPE_TEXT, TYPE_BYTES };
struct operation_field {
    const char *name;
    enum operation_type type;
    uint32_t min, max;         /* of a number, if max is not 0; of text and bytes: length */
    const char *const *values; /* names of a number's values, up to NULL; NULL: it is a number */
};
struct operation_fields {
    size_t count;
    const struct operation_field *field;
};
struct operation_name {
    uint16_t number;
    const char *name, *right, *text;
    struct operation_fields parameters, result;
    const char *list; /* what the result's rows are; NULL: it is no list */
};
struct event_name {
    uint8_t number;
    const char *name, *text;
    struct operation_fields fields;
};

/* In the order of their numbers, up to one without a name. */
extern const struct operation_name operation_names[];
extern const struct event_name event_names[];
extern const char *const operation_reasons[];      /* by number, up to NULL */
extern const char *const operation_reason_texts[]; /* the same, in words */

/* NULL: there is none. */
const struct operation_name *operation_named(const char *name);
const struct operation_name *operation_numbered(uint32_t number);
const struct event_name *event_numbered(uint32_t number);
const struct event_name *event_named(const char *name);

#endif
