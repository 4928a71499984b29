/* value_row: how a value is declared: 56 bytes in an artifact or in a guest's read-only window. Source: spec/value.md
 * section 1. */
#ifndef SKEP_CORE_WIRE_VALUE_ROW_H
#define SKEP_CORE_WIRE_VALUE_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"

enum { VALUE_ROW_BYTES = 56, VALUE_NAME_MAX = 12, VALUE_NAME_BYTES = 16, VALUE_UNIT_BYTES = 8 };

enum value_type { VALUE_BOOL, VALUE_I32, VALUE_F32, VALUE_F16, VALUE_TYPES };
enum value_flag { VALUE_READ_ONLY = 1, VALUE_PERSISTENT = 2, VALUE_STICKY = 4, VALUE_PIN = 8 };
enum value_level { LEVEL_PUBLIC, LEVEL_USER, LEVEL_ADMIN, LEVEL_FACTORY, LEVELS };

struct value_row {
    uint16_t id; /* group << 8 | number */
    uint8_t type, flags, read_level, write_level;
    uint32_t rate_ms, initial, minimum, maximum, epsilon, pin;
    const uint8_t *name, *unit; /* in the row, VALUE_NAME_BYTES and VALUE_UNIT_BYTES */
};

/* ST_CORRUPT: what is wrong, for people, in *reason. */
enum status value_row_decode(const uint8_t bytes[VALUE_ROW_BYTES], struct value_row *row, const char **reason);

/* Each of `count` rows: NULL, or what is wrong with one, and at which byte it begins. */
const char *value_rows_check(const uint8_t *rows, uint32_t count, uint32_t *at);

/* Whether the bits are a value of the row's type and in its range. */
bool value_row_allows(const struct value_row *row, uint32_t bits);

#endif
