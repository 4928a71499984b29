#include "core/base/bytes.h"

#include <string.h>

struct reader reader_of(const void *bytes, size_t length) { return (struct reader){.bytes = bytes, .length = length}; }

const uint8_t *take_bytes(struct reader *in, size_t length) {
    if (in->bad || length > in->length - in->offset) {
        in->bad = true;
        return NULL;
    }
    const uint8_t *at = in->bytes + in->offset;
    in->offset += length;
    return at;
}

uint8_t take_u8(struct reader *in) {
    const uint8_t *at = take_bytes(in, 1);
    return at ? at[0] : 0;
}

uint16_t take_u16(struct reader *in) {
    const uint8_t *at = take_bytes(in, 2);
    return at ? load_le16(at) : 0;
}

uint32_t take_u32(struct reader *in) {
    const uint8_t *at = take_bytes(in, 4);
    return at ? load_le32(at) : 0;
}

uint64_t take_u64(struct reader *in) {
    const uint8_t *at = take_bytes(in, 8);
    return at ? load_le64(at) : 0;
}

struct writer writer_of(void *bytes, size_t capacity) { return (struct writer){.bytes = bytes, .capacity = capacity}; }

void put_bytes(struct writer *out, const void *bytes, size_t length) {
    if (out->full || length > out->capacity - out->length) {
        out->full = true;
        return;
    }
    if (length > 0) memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

void put_u8(struct writer *out, uint8_t value) { put_bytes(out, &value, 1); }

void put_u16(struct writer *out, uint16_t value) {
    uint8_t wire[2];
    store_le16(wire, value);
    put_bytes(out, wire, sizeof wire);
}

void put_u32(struct writer *out, uint32_t value) {
    uint8_t wire[4];
    store_le32(wire, value);
    put_bytes(out, wire, sizeof wire);
}

void put_u64(struct writer *out, uint64_t value) {
    uint8_t wire[8];
    store_le64(wire, value);
    put_bytes(out, wire, sizeof wire);
}

size_t text_length(const char *text) {
    size_t length = 0;
    while (text[length] != '\0') length++;
    return length;
}

bool text_equal(const char *a, const char *b) {
    while (*a != '\0' && *a == *b) a++, b++;
    return *a == *b;
}
