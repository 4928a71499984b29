/* bytes: little-endian loads and stores at any alignment, and a reader and a writer that cannot leave their buffer.
 *
 * The reader keeps its first fault: parse straight through, then ask `bad` once. After a fault every take gives 0. */
#ifndef SKEP_CORE_BASE_BYTES_H
#define SKEP_CORE_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline uint16_t load_le16(const uint8_t *from) { return (uint16_t)(from[0] | from[1] << 8); }
static inline uint32_t load_le32(const uint8_t *from) {
    return (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}
static inline uint64_t load_le64(const uint8_t *from) { return load_le32(from) | (uint64_t)load_le32(from + 4) << 32; }
static inline void store_le16(uint8_t *to, uint16_t value) {
    to[0] = (uint8_t)value;
    to[1] = (uint8_t)(value >> 8);
}
static inline void store_le32(uint8_t *to, uint32_t value) {
    store_le16(to, (uint16_t)value);
    store_le16(to + 2, (uint16_t)(value >> 16));
}
static inline void store_le64(uint8_t *to, uint64_t value) {
    store_le32(to, (uint32_t)value);
    store_le32(to + 4, (uint32_t)(value >> 32));
}

struct reader {
    const uint8_t *bytes;
    size_t length, offset;
    bool bad; /* something was taken past the end */
};

struct reader reader_of(const void *bytes, size_t length);
/* The next `length` bytes in place, or NULL (and bad) when there are fewer. */
const uint8_t *take_bytes(struct reader *in, size_t length);
uint8_t take_u8(struct reader *in);
uint16_t take_u16(struct reader *in);
uint32_t take_u32(struct reader *in);
uint64_t take_u64(struct reader *in);

struct writer {
    uint8_t *bytes;
    size_t capacity, length;
    bool full; /* something did not fit; length no longer grows */
};

struct writer writer_of(void *bytes, size_t capacity);
void put_bytes(struct writer *out, const void *bytes, size_t length);
void put_u8(struct writer *out, uint8_t value);
void put_u16(struct writer *out, uint16_t value);
void put_u32(struct writer *out, uint32_t value);
void put_u64(struct writer *out, uint64_t value);

/* Texts that end with a NUL. A C library's functions for them are made for long ones, and are as large. */
size_t text_length(const char *text);
bool text_equal(const char *a, const char *b);

#endif
