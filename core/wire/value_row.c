#include "core/wire/value_row.h"

#include "core/base/bytes.h"
#include "core/wire/row_text.h"
#include "profile.h"

enum { FLAGS = VALUE_READ_ONLY | VALUE_PERSISTENT | VALUE_STICKY | VALUE_PIN };

static bool is_float(uint8_t type) { return type == VALUE_F32 || type == VALUE_F16; }

/* Exponent all ones and a fraction: of a binary32, or of a binary16. */
static bool is_nan(uint8_t type, uint32_t bits) {
    if (type == VALUE_F16) return (bits & 0x7fff) > 0x7c00;
    return type == VALUE_F32 && (bits & 0x7fffffff) > 0x7f800000;
}

static bool is_of_type(uint8_t type, uint32_t bits) {
    if (type == VALUE_BOOL) return bits <= 1;
    if (type == VALUE_F16 && bits > 0xffff) return false;
    return !is_nan(type, bits);
}

/* Larger for a larger number of the type; the two zeros are one. */
static int64_t order_of(uint8_t type, uint32_t bits) {
    if (type == VALUE_I32) return (int32_t)bits;
    if (!is_float(type)) return (int64_t)bits;
    uint32_t sign = type == VALUE_F16 ? 0x8000 : 0x80000000;
    return bits & sign ? -(int64_t)(bits & ~sign) : (int64_t)bits;
}

static bool has_range(const struct value_row *row) { return row->minimum != 0 || row->maximum != 0; }

bool value_row_allows(const struct value_row *row, uint32_t bits) {
    if (!is_of_type(row->type, bits)) return false;
    if (!has_range(row)) return true;
    int64_t order = order_of(row->type, bits);
    return order >= order_of(row->type, row->minimum) && order <= order_of(row->type, row->maximum);
}

static const char *fault_of(const uint8_t *bytes, const struct value_row *row) {
    if (row->type >= VALUE_TYPES) return PROFILE_WORDS("a value's type is not bool, i32, f32 or f16");
    if (row->flags & ~FLAGS) return PROFILE_WORDS("a value has a flag that does not exist");
    if (row->read_level >= LEVELS || row->write_level >= LEVELS) return PROFILE_WORDS("a value's level is not 0 to 3");
    if (load_le16(bytes + 6) != 0) return PROFILE_WORDS("a reserved field of a value is not zero");
    if (!is_of_type(row->type, row->minimum) || !is_of_type(row->type, row->maximum))
        return PROFILE_WORDS("a value's range is not of its type");
    if (order_of(row->type, row->minimum) > order_of(row->type, row->maximum))
        return PROFILE_WORDS("a value's range is empty");
    if (!value_row_allows(row, row->initial)) return PROFILE_WORDS("a value's initial value is not in its range");
    if (!is_of_type(row->type, row->epsilon) || order_of(row->type, row->epsilon) < 0)
        return PROFILE_WORDS("a value's epsilon is no distance");
    if (row->pin != 0 && (row->flags & VALUE_PIN) == 0) return PROFILE_WORDS("a value has a PIN and no flag for it");
    if (!row_text_is_name(row->name, ROW_NAME_BYTES, ROW_NAME_MAX))
        return PROFILE_WORDS("a value's name is not 1 to 12 letters, digits, '_', '-', '.', then zeros");
    if (!row_text_is_line(row->unit, VALUE_UNIT_BYTES))
        return PROFILE_WORDS("a value's unit is not at most 7 printable bytes, then zeros");
    return NULL;
}

enum status value_row_decode(const uint8_t bytes[VALUE_ROW_BYTES], struct value_row *row, const char **reason) {
    *row = (struct value_row){.id = load_le16(bytes),
                              .type = bytes[2],
                              .flags = bytes[3],
                              .read_level = bytes[4],
                              .write_level = bytes[5],
                              .rate_ms = load_le32(bytes + 8),
                              .initial = load_le32(bytes + 12),
                              .minimum = load_le32(bytes + 16),
                              .maximum = load_le32(bytes + 20),
                              .epsilon = load_le32(bytes + 24),
                              .pin = load_le32(bytes + 28),
                              .name = bytes + 32,
                              .unit = bytes + 48};
    *reason = fault_of(bytes, row);
    return *reason ? ST_CORRUPT : ST_OK;
}

const char *value_rows_check(const uint8_t *rows, uint32_t count, uint32_t *at) {
    struct value_row row;
    const char *reason;
    for (*at = 0; *at < count * VALUE_ROW_BYTES; *at += VALUE_ROW_BYTES) {
        if (value_row_decode(rows + *at, &row, &reason) != ST_OK) return reason;
    }
    return NULL;
}
