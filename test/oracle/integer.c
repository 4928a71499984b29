#include "test/oracle/integer.h"

uint64_t shift_left(uint64_t value, uint32_t count) { return value * ((uint64_t)1 << count); }
uint64_t shift_right(uint64_t value, uint32_t count) { return value / ((uint64_t)1 << count); }

/* Rounds down, as an arithmetic shift does, without shifting a negative number. */
uint64_t shift_right_signed(int64_t value, uint32_t count) {
    return value >= 0 ? (uint64_t)value >> count : ~(~(uint64_t)value >> count);
}

uint32_t rotate_right(uint32_t value, uint32_t count) {
    uint64_t twice = (uint64_t)value << 32 | value;
    return (uint32_t)(twice >> count);
}

uint64_t rotate_left_64(uint64_t value, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) value = value << 1 | value >> 63;
    return value;
}

uint32_t leading_zeros(uint32_t value) {
    uint32_t count = 0;
    while (count < 32 && !(value >> (31 - count) & 1)) count++;
    return count;
}

uint32_t trailing_zeros(uint32_t value) {
    uint32_t count = 0;
    while (count < 32 && !(value >> count & 1)) count++;
    return count;
}

uint32_t ones(uint32_t value) {
    uint32_t count = 0;
    for (int i = 0; i < 32; i++) count += value >> i & 1;
    return count;
}

uint32_t bytes_set(uint32_t value) {
    uint32_t result = 0;
    for (int i = 0; i < 4; i++)
        if (value >> 8 * i & 0xff) result |= 0xffu << 8 * i;
    return result;
}

uint32_t bytes_reversed(uint32_t value) {
    return value << 24 | (value << 8 & 0xff0000) | (value >> 8 & 0xff00) | value >> 24;
}
