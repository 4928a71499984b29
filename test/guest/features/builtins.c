#include "feature.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static const uint32_t values[] = {0, 1, 2, 3, 0x80000000u, 0xffffffffu, 0x12345678u, 0xff00, 0x7fffffff, 12345};

static uint32_t rotate(uint32_t value, unsigned by) { return value << (by & 31) | value >> (-by & 31); }
static uint32_t clamp(int32_t value, int32_t low, int32_t high) {
    return (uint32_t)(value < low ? low : value > high ? high : value);
}

static uint32_t mixture(uint32_t a, uint32_t b) {
    uint32_t sum = a ? (uint32_t)__builtin_clz(a) * 100 + (uint32_t)__builtin_ctz(a) : 7;
    sum = sum * 31 + (uint32_t)__builtin_popcount(a) + __builtin_bswap32(b);
    sum = sum * 31 + (a & ~b) + (a | ~b) + ~(a ^ b) + rotate(a, b) + rotate(a, 7);
    sum = sum * 31 + (a >> (b & 31) & 1) + (a | 1u << (b & 31)) + (a & ~(1u << (b & 31))) + (a ^ 1u << (b & 31));
    sum = sum * 31 + clamp((int32_t)a, -5, 1000) + (a < b ? a : b) + (a > b ? a : b);
    sum = sum * 31 + (uint32_t)(int8_t)a + (uint32_t)(int16_t)b + (uint16_t)a + (uint8_t)b;
    sum = sum * 31 + ((uint32_t)((uint64_t)a * b >> 32)) + (uint32_t)((int64_t)(int32_t)a * (int32_t)b >> 32);
    sum = sum * 31 + (a << 1) + b + (a << 2) + b + (a << 3) + b + (a >> 5 & 0x1f) + (uint32_t)((int32_t)(a << 3) >> 20);
    if (b != 0) sum = sum * 31 + a / b + a % b;
    if (b != 0 && !(a == 0x80000000u && b == 0xffffffffu))
        sum = sum * 31 + (uint32_t)((int32_t)a / (int32_t)b) + (uint32_t)((int32_t)a % (int32_t)b);
    return sum + a / 7 + a % 10 + (uint32_t)((int32_t)a / 8) + (uint32_t)((int32_t)a % 16);
}

void feature_builtins(void) {
    for (int i = 0; i < 10; i++) {
        uint32_t sum = 0;
        for (int j = 0; j < 10; j++) sum = sum * 17 + mixture(values[i], values[j]);
        int32_t result;
        bool overflow = __builtin_add_overflow((int32_t)values[i], 0x40000000, &result);
        bool product = __builtin_mul_overflow((int32_t)values[i], 3, &result);
        printf("%08x %d%d %d\n", (unsigned)sum, overflow, product, __builtin_parity(values[i]));
    }
}
