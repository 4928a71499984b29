#include "device/executive/format.h"

#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/decimal.h"

enum { TEXT_CHUNK = 64, INTEGER_DIGITS_MAX = 22, HEX_DIGITS = 13 };

/* A conversion specification, taken apart. */
struct field {
    bool left, plus, space, alternate, zero;
    uint32_t width;
    int precision; /* below 0: none */
    char length;   /* 'H' hh, 'h', 'l', 'L' ll; 0 none */
    char conversion;
};

/* ---- writing */

static void put(struct format_part *part, char c) {
    uint32_t index = part->length++;
    if (index >= part->skip && index - part->skip < part->capacity) part->to[index - part->skip] = (uint8_t)c;
}

static void put_many(struct format_part *part, char c, uint32_t count) {
    while (count-- > 0) put(part, c);
}

static void put_text(struct format_part *part, const char *text, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) put(part, text[i]);
}

/* What stands around the digits of a number: blanks, prefix ("-", "0x", ..), zeros; the rest after the digits. */
static void put_before(struct format_part *part, const struct field *field, const char *prefix, uint32_t digits,
                       bool zeros) {
    uint32_t length = (uint32_t)strlen(prefix) + digits;
    uint32_t fill = field->width > length ? field->width - length : 0;
    if (!field->left && !zeros) put_many(part, ' ', fill);
    put_text(part, prefix, (uint32_t)strlen(prefix));
    if (!field->left && zeros) put_many(part, '0', fill);
}

static void put_after(struct format_part *part, const struct field *field) {
    if (field->left && part->length < field->width) put_many(part, ' ', field->width - part->length);
}

/* ---- reading the guest */

enum status format_text_length(const struct vm *vm, uint32_t address, uint32_t most, uint32_t *length) {
    uint32_t done = 0;
    while (done < most) {
        uint32_t chunk = most - done < TEXT_CHUNK ? most - done : TEXT_CHUNK;
        const uint8_t *bytes = vm_memory_read(vm, address + done, chunk);
        while (!bytes && chunk > 1) bytes = vm_memory_read(vm, address + done, chunk /= 2);
        if (!bytes) return ST_RANGE;
        const uint8_t *end = memchr(bytes, 0, chunk);
        if (end) {
            *length = done + (uint32_t)(end - bytes);
            return ST_OK;
        }
        done += chunk;
    }
    *length = most;
    return ST_INVALID;
}

static enum status take_word(const struct vm *vm, struct format *format, uint32_t *value) {
    const uint8_t *bytes = vm_memory_read(vm, format->arguments, 4);
    if (!bytes) return ST_RANGE;
    *value = load_le32(bytes);
    format->arguments += 4;
    return ST_OK;
}

static enum status take_long(const struct vm *vm, struct format *format, uint64_t *value) {
    const uint8_t *bytes = vm_memory_read(vm, format->arguments, 8);
    if (!bytes) return ST_RANGE;
    *value = load_le64(bytes);
    format->arguments += 8;
    return ST_OK;
}

static enum status next_character(const struct vm *vm, struct format *format, char *c) {
    const uint8_t *byte = vm_memory_read(vm, format->text, 1);
    if (!byte) return ST_RANGE;
    *c = (char)*byte;
    format->text++;
    return ST_OK;
}

/* ---- taking a specification apart */

/* A decimal number or a star; *given says whether there was one. `c` is the character after it. */
static enum status take_number(const struct vm *vm, struct format *format, char *c, int32_t *number, bool *given) {
    *given = false;
    *number = 0;
    if (*c == '*') {
        *given = true;
        uint32_t word;
        enum status status = take_word(vm, format, &word);
        if (status != ST_OK) return status;
        *number = (int32_t)word;
        return next_character(vm, format, c);
    }
    while (*c >= '0' && *c <= '9') {
        *given = true;
        *number = *number * 10 + (*c - '0');
        if (*number > FORMAT_FIELD_MAX) return ST_INVALID;
        enum status status = next_character(vm, format, c);
        if (status != ST_OK) return status;
    }
    return ST_OK;
}

static bool take_flag(struct field *field, char c) {
    switch (c) {
    case '-': return field->left = true;
    case '+': return field->plus = true;
    case ' ': return field->space = true;
    case '#': return field->alternate = true;
    case '0': return field->zero = true;
    default: return false;
    }
}

static enum status take_width_and_precision(const struct vm *vm, struct format *format, struct field *field, char *c) {
    int32_t number;
    bool given;
    enum status status = take_number(vm, format, c, &number, &given);
    if (status != ST_OK) return status;
    if (number < 0) field->left = true;
    field->width = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;
    if (field->width > FORMAT_FIELD_MAX) return ST_INVALID;
    field->precision = -1;
    if (*c != '.') return ST_OK;
    status = next_character(vm, format, c);
    if (status == ST_OK) status = take_number(vm, format, c, &number, &given);
    if (status != ST_OK) return status;
    if (number > FORMAT_FIELD_MAX) return ST_INVALID;
    field->precision = number;
    return ST_OK;
}

static enum status take_length(const struct vm *vm, struct format *format, struct field *field, char *c) {
    static const char lengths[] = "hljzt";
    if (*c == '\0' || !strchr(lengths, *c)) return ST_OK;
    char first = *c;
    enum status status = next_character(vm, format, c);
    field->length = first == 'j' ? 'L' : first == 'h' || first == 'l' ? first : 0;
    if (status != ST_OK || *c != first || field->length == 0 || first == 'j') return status;
    field->length = first == 'h' ? 'H' : 'L';
    return next_character(vm, format, c);
}

static enum status take_field(const struct vm *vm, struct format *format, struct field *field) {
    char c;
    *field = (struct field){.precision = -1};
    enum status status = next_character(vm, format, &c);
    while (status == ST_OK && take_flag(field, c)) status = next_character(vm, format, &c);
    if (status == ST_OK) status = take_width_and_precision(vm, format, field, &c);
    if (status == ST_OK) status = take_length(vm, format, field, &c);
    field->conversion = c;
    return status;
}

/* ---- integers */

static const char *sign_of(const struct field *field, bool negative) {
    return negative ? "-" : field->plus ? "+" : field->space ? " " : "";
}

/* Digits of `value`, last first. */
static uint32_t digits_of(uint64_t value, unsigned base, const char *figures, char *to) {
    uint32_t count = 0;
    for (; value >> 32 != 0; value /= base) to[count++] = figures[value % base];
    for (uint32_t low = (uint32_t)value; low != 0; low /= base) to[count++] = figures[low % base];
    return count;
}

static void put_integer(struct format_part *part, const struct field *field, const char *sign, uint64_t value) {
    bool upper = field->conversion == 'X', hex = upper || field->conversion == 'x' || field->conversion == 'p';
    unsigned base = hex ? 16 : field->conversion == 'o' ? 8 : 10;
    char digits[INTEGER_DIGITS_MAX];
    uint32_t count = digits_of(value, base, upper ? "0123456789ABCDEF" : "0123456789abcdef", digits);
    uint32_t least = field->precision < 0 ? 1 : (uint32_t)field->precision;
    if (base == 8 && field->alternate && least <= count) least = count + 1;
    uint32_t length = count < least ? least : count;
    bool prefixed = field->conversion == 'p' || (hex && field->alternate && value != 0);
    const char *prefix = prefixed ? (upper ? "0X" : "0x") : sign;
    put_before(part, field, prefix, length, field->zero && field->precision < 0);
    put_many(part, '0', length - count);
    while (count > 0) put(part, digits[--count]);
    put_after(part, field);
}

static enum status format_signed(const struct vm *vm, struct format *format, const struct field *field,
                                 struct format_part *part) {
    uint64_t value;
    uint32_t word;
    enum status status = field->length == 'L' ? take_long(vm, format, &value) : take_word(vm, format, &word);
    if (status != ST_OK) return status;
    if (field->length == 'H') word = (uint32_t)(int32_t)(int8_t)word;
    if (field->length == 'h') word = (uint32_t)(int32_t)(int16_t)word;
    if (field->length != 'L') value = (uint64_t)(int64_t)(int32_t)word;
    bool negative = value >> 63 != 0;
    put_integer(part, field, sign_of(field, negative), negative ? 0 - value : value);
    return ST_OK;
}

static enum status format_unsigned(const struct vm *vm, struct format *format, const struct field *field,
                                   struct format_part *part) {
    uint64_t value;
    uint32_t word;
    enum status status = field->length == 'L' ? take_long(vm, format, &value) : take_word(vm, format, &word);
    if (status != ST_OK) return status;
    if (field->length == 'H') word &= 0xff;
    if (field->length == 'h') word &= 0xffff;
    if (field->length != 'L') value = word;
    put_integer(part, field, "", value);
    return ST_OK;
}

/* ---- characters and strings */

enum { UTF8_BYTES_MAX = 4 };

/* A character as UTF-8; gives its bytes, 0 when there is no such character. */
static uint32_t utf8_of(uint32_t character, char bytes[UTF8_BYTES_MAX]) {
    if (character > 0x10ffff || (character >= 0xd800 && character < 0xe000)) return 0;
    if (character < 0x80) {
        bytes[0] = (char)character;
        return 1;
    }
    const uint32_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (uint32_t i = length; i-- > 1; character >>= 6) bytes[i] = (char)(0x80 | (character & 0x3f));
    bytes[0] = (char)(0xf00u >> length | character);
    return length;
}

static void put_padded(struct format_part *part, const struct field *field, const char *text, uint32_t length) {
    if (!field->left && length < field->width) put_many(part, ' ', field->width - length);
    put_text(part, text, length);
    put_after(part, field);
}

static enum status format_character(const struct vm *vm, struct format *format, const struct field *field,
                                    struct format_part *part) {
    uint32_t word;
    enum status status = take_word(vm, format, &word);
    if (status != ST_OK) return status;
    char bytes[UTF8_BYTES_MAX] = {(char)word};
    const uint32_t length = field->length == 'l' ? utf8_of(word, bytes) : 1;
    if (length == 0) return ST_INVALID;
    put_padded(part, field, bytes, length);
    return ST_OK;
}

/* One wide character of a string, as bytes; *length 0 at its end. */
static enum status take_wide(const struct vm *vm, uint32_t address, char bytes[UTF8_BYTES_MAX], uint32_t *length) {
    const uint8_t *character = vm_memory_read(vm, address, 4);
    if (!character) return ST_RANGE;
    *length = load_le32(character) == 0 ? 0 : utf8_of(load_le32(character), bytes);
    return *length == 0 && load_le32(character) != 0 ? ST_INVALID : ST_OK;
}

/* %ls: whole characters, as many as the precision has room for. The first pass only measures. */
static enum status format_wide_string(const struct vm *vm, uint32_t address, const struct field *field,
                                      struct format_part *part) {
    const uint32_t most = field->precision < 0 ? FORMAT_FIELD_MAX : (uint32_t)field->precision;
    char bytes[UTF8_BYTES_MAX];
    uint32_t total = 0, count = 0, length = 0;
    for (;; count++, total += length) {
        if (total == most && field->precision >= 0) break;
        const enum status status = take_wide(vm, address + 4 * count, bytes, &length);
        if (status != ST_OK) return status;
        if (length == 0 || (total + length > most && field->precision >= 0)) break;
        if (total + length > most) return ST_INVALID;
    }
    if (!field->left && total < field->width) put_many(part, ' ', field->width - total);
    for (uint32_t i = 0; i < count; i++) {
        const enum status status = take_wide(vm, address + 4 * i, bytes, &length);
        if (status != ST_OK) return status;
        put_text(part, bytes, length);
    }
    put_after(part, field);
    return ST_OK;
}

/* The next part of a string that has no padding. */
static enum status format_string_part(const struct vm *vm, struct format *format, struct format_part *part) {
    uint32_t length;
    enum status status = format_text_length(vm, format->string, FORMAT_STRING_PIECE, &length);
    if (status == ST_RANGE) return status;
    put_text(part, (const char *)vm_memory_read(vm, format->string, length), length);
    format->string = status == ST_OK ? 0 : format->string + length;
    return ST_OK;
}

static enum status format_string(const struct vm *vm, struct format *format, const struct field *field,
                                 struct format_part *part) {
    uint32_t address, length;
    enum status status = field->length == 0 || field->length == 'l' ? take_word(vm, format, &address) : ST_INVALID;
    if (status != ST_OK) return status;
    static const char null[] = "(null)";
    if (address == 0) {
        uint32_t shown = field->precision < 0 || field->precision >= (int)strlen(null) ? (uint32_t)strlen(null) : 0;
        put_padded(part, field, null, shown);
        return ST_OK;
    }
    if (field->length == 'l') return format_wide_string(vm, address, field, part);
    uint32_t most = field->precision < 0 ? field->width : (uint32_t)field->precision;
    if (format_text_length(vm, address, most, &length) == ST_RANGE) return ST_RANGE;
    if (field->precision < 0 && length >= field->width) {
        format->string = address;
        return format_string_part(vm, format, part);
    }
    put_padded(part, field, (const char *)vm_memory_read(vm, address, length), length);
    return ST_OK;
}

/* ---- floating point */

static bool is_upper(const struct field *field) { return field->conversion >= 'A' && field->conversion <= 'Z'; }

static void put_exponent(struct format_part *part, char mark, int exponent, uint32_t least) {
    char digits[INTEGER_DIGITS_MAX];
    uint32_t count = digits_of((uint64_t)(exponent < 0 ? -exponent : exponent), 10, "0123456789", digits);
    put(part, mark);
    put(part, exponent < 0 ? '-' : '+');
    if (count < least) put_many(part, '0', least - count);
    while (count > 0) put(part, digits[--count]);
}

static uint32_t exponent_length(int exponent) { return exponent > 99 || exponent < -99 ? 5 : 4; }

static void put_fixed(struct format_part *part, const struct field *field, const char *sign,
                      const struct decimal *decimal, int precision) {
    int top = decimal_top(decimal);
    if (top < 0) top = 0;
    bool point = precision > 0 || field->alternate;
    put_before(part, field, sign, (uint32_t)(top + 1 + precision) + point, field->zero);
    for (int i = top; i >= 0; i--) put(part, (char)('0' + decimal_digit(decimal, i)));
    if (point) put(part, '.');
    for (int i = 1; i <= precision; i++) put(part, (char)('0' + decimal_digit(decimal, -i)));
    put_after(part, field);
}

static void put_scientific(struct format_part *part, const struct field *field, const char *sign,
                           const struct decimal *decimal, int precision) {
    int top = decimal_top(decimal);
    bool point = precision > 0 || field->alternate;
    uint32_t length = 1 + (uint32_t)precision + point + exponent_length(top);
    put_before(part, field, sign, length, field->zero);
    put(part, (char)('0' + decimal_digit(decimal, top)));
    if (point) put(part, '.');
    for (int i = 1; i <= precision; i++) put(part, (char)('0' + decimal_digit(decimal, top - i)));
    put_exponent(part, is_upper(field) ? 'E' : 'e', top, 2);
    put_after(part, field);
}

/* %g: as many digits as `precision` says, in whichever of the two styles is shorter. */
static void put_general(struct format_part *part, const struct field *field, const char *sign, struct decimal *decimal,
                        int precision) {
    if (precision == 0) precision = 1;
    decimal_round(decimal, decimal_top(decimal) - precision + 1);
    int top = decimal_top(decimal), bottom = decimal_bottom(decimal);
    bool fixed = top >= -4 && top < precision;
    int digits = fixed ? precision - 1 - top : precision - 1;
    int needed = fixed ? -bottom : top - bottom;
    if (!field->alternate && digits > needed) digits = needed < 0 ? 0 : needed;
    if (fixed)
        put_fixed(part, field, sign, decimal, digits);
    else
        put_scientific(part, field, sign, decimal, digits);
}

/* %a: 0x1.8p+1. The 52 bits after the point are rounded to `precision` digits. */
static void put_hexadecimal(struct format_part *part, const struct field *field, bool negative, uint64_t bits) {
    const char *figures = is_upper(field) ? "0123456789ABCDEF" : "0123456789abcdef";
    uint64_t mantissa = bits & (((uint64_t)1 << 52) - 1);
    int exponent = (int)(bits >> 52 & 0x7ff) - 1023;
    if (exponent == -1023)
        exponent = mantissa == 0 ? 0 : -1022;
    else
        mantissa |= (uint64_t)1 << 52;
    int digits = HEX_DIGITS;
    if (field->precision < 0) {
        while (digits > 0 && (mantissa >> 4 * (HEX_DIGITS - digits) & 0xf) == 0) digits--;
    } else if (field->precision < HEX_DIGITS) {
        digits = field->precision;
        int drop = 4 * (HEX_DIGITS - digits);
        uint64_t unit = (uint64_t)1 << drop, tail = mantissa & (unit - 1);
        mantissa -= tail;
        if (tail > unit / 2 || (tail == unit / 2 && (mantissa & unit) != 0)) mantissa += unit;
    }
    uint32_t zeros = field->precision > digits ? (uint32_t)(field->precision - digits) : 0;
    bool point = digits > 0 || zeros > 0 || field->alternate;
    int size = exponent < 0 ? -exponent : exponent;
    uint32_t length = 1 + point + (uint32_t)digits + zeros + 3 + (size > 9) + (size > 99) + (size > 999);
    const char *sign = sign_of(field, negative);
    char prefix[4] = {sign[0], '0', is_upper(field) ? 'X' : 'x', '\0'};
    put_before(part, field, sign[0] ? prefix : prefix + 1, length, field->zero);
    put(part, figures[mantissa >> 52]);
    if (point) put(part, '.');
    for (int i = 1; i <= digits; i++) put(part, figures[mantissa >> 4 * (HEX_DIGITS - i) & 0xf]);
    put_many(part, '0', zeros);
    put_exponent(part, is_upper(field) ? 'P' : 'p', exponent, 1);
    put_after(part, field);
}

static void put_finite(struct format_part *part, const struct field *field, const char *sign, uint64_t bits) {
    struct decimal decimal;
    decimal_of(&decimal, bits);
    int precision = field->precision < 0 ? 6 : field->precision;
    switch (field->conversion | 0x20) {
    case 'f':
        decimal_round(&decimal, -precision);
        put_fixed(part, field, sign, &decimal, precision);
        return;
    case 'e':
        decimal_round(&decimal, decimal_top(&decimal) - precision);
        put_scientific(part, field, sign, &decimal, precision);
        return;
    default: put_general(part, field, sign, &decimal, precision); return;
    }
}

static enum status format_float(const struct vm *vm, struct format *format, const struct field *field,
                                struct format_part *part) {
    uint64_t bits;
    enum status status = field->length == 0 || field->length == 'l' ? take_long(vm, format, &bits) : ST_INVALID;
    if (status != ST_OK) return status;
    bool negative = bits >> 63 != 0;
    bits &= ~((uint64_t)1 << 63);
    const uint64_t infinity = (uint64_t)0x7ff << 52;
    if (bits < infinity) {
        if ((field->conversion | 0x20) == 'a')
            put_hexadecimal(part, field, negative, bits);
        else
            put_finite(part, field, sign_of(field, negative), bits);
        return ST_OK;
    }
    const char *name = bits == infinity ? (is_upper(field) ? "INF" : "inf") : (is_upper(field) ? "NAN" : "nan");
    put_before(part, field, sign_of(field, negative), 3, false);
    put_text(part, name, 3);
    put_after(part, field);
    return ST_OK;
}

/* ---- pieces */

/* %n: stores how long the text is so far. */
static enum status store_length(struct vm *vm, struct format *format, const struct field *field) {
    uint32_t address;
    enum status status = take_word(vm, format, &address);
    if (status != ST_OK) return status;
    const uint32_t bytes = field->length == 'H' ? 1 : field->length == 'h' ? 2 : field->length == 'L' ? 8 : 4;
    uint8_t *to = vm_memory_write(vm, address, bytes);
    if (!to) return ST_RANGE;
    uint8_t wire[8];
    store_le64(wire, format->length);
    memcpy(to, wire, bytes);
    return ST_OK;
}

static enum status format_conversion(struct vm *vm, struct format *format, struct format_part *part) {
    struct field field;
    enum status status = take_field(vm, format, &field);
    if (status != ST_OK) return status;
    switch (field.conversion) {
    case '%': put(part, '%'); return ST_OK;
    case 'd':
    case 'i': return format_signed(vm, format, &field, part);
    case 'p':
    case 'u':
    case 'o':
    case 'x':
    case 'X': return format_unsigned(vm, format, &field, part);
    case 'c': return format_character(vm, format, &field, part);
    case 's': return format_string(vm, format, &field, part);
    case 'n': return store_length(vm, format, &field);
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': return format_float(vm, format, &field, part);
    default: return ST_INVALID;
    }
}

/* Characters up to the next conversion, the end, or the end of a chunk. */
static enum status format_plain(const struct vm *vm, struct format *format, struct format_part *part) {
    for (uint32_t i = 0; i < TEXT_CHUNK; i++) {
        const uint8_t *byte = vm_memory_read(vm, format->text, 1);
        if (!byte) return ST_RANGE;
        if (*byte == '%' || *byte == '\0') return ST_OK;
        put(part, (char)*byte);
        format->text++;
    }
    return ST_OK;
}

enum status format_piece(struct vm *vm, struct format *format, struct format_part *part, bool *done) {
    struct format next = *format;
    part->length = 0;
    *done = false;
    enum status status;
    if (next.string != 0) {
        status = format_string_part(vm, &next, part);
    } else {
        char c;
        status = next_character(vm, &next, &c);
        if (status != ST_OK) return status;
        *done = c == '\0';
        if (*done) return ST_OK;
        if (c == '%') {
            status = format_conversion(vm, &next, part);
        } else {
            next.text--;
            status = format_plain(vm, &next, part);
        }
    }
    next.length += part->length;
    if (status == ST_OK) *format = next;
    return status;
}
