/* operation_fields: parameters, results and events on the wire, by rows that say where each field lies in its struct.
 * The rows are generated (operation_table.h). Source: spec/operations.md section 1. */
#ifndef SKEP_DEVICE_EXECUTIVE_OPERATION_FIELDS_H
#define SKEP_DEVICE_EXECUTIVE_OPERATION_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/bytes.h"

/* What a field is, beside a number of 1, 2, 4 or 8 bytes. */
enum operation_kind {
    FIELD_TEXT = 16, /* of a parameter: char[most + 1]; of a result: const char * */
    FIELD_BYTES,     /* const uint8_t *, into the request, and behind it uint16_t, how many */
    FIELD_KIND = 31,
    FIELD_NOT_ZERO = 32, /* added: the number is not 0 */
};
struct operation_field {
    uint8_t kind;  /* enum operation_kind, or the size of a number */
    uint8_t at;    /* in the struct */
    uint16_t most; /* the largest number, 0: any; of text and bytes the length */
};
struct operation_fields {
    uint16_t first; /* in the table that goes with it */
    uint8_t count;
};

/* Takes all of them. Gives the index of the first that is outside its bounds, or `count`. What is taken means nothing
 * when the reader is bad. */
uint32_t operation_take_fields(struct reader *in, const struct operation_field *fields, uint32_t count, void *to);
void operation_put_fields(struct writer *out, const struct operation_field *fields, uint32_t count, const void *from);
/* A number of at most four bytes. */
uint32_t operation_field_number(const struct operation_field *field, const void *from);

#endif
