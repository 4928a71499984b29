#include "device/executive/decimal.h"

#include <stddef.h>
#include <string.h>

enum {
    WORD = 1000000000,
    UNITS = DECIMAL_INTEGER_WORDS - 1, /* the word left of the point */
    MANTISSA_BITS = 52,
    EXPONENT_BIAS = 1075, /* of the mantissa as an integer */
    DOUBLE_BITS = 29,     /* WORD << 29 plus a carry is below 2^64 */
    HALVE_BITS = 9,       /* WORD is a multiple of 2^9 */
};

static const uint32_t power_of_ten[DECIMAL_WORD_DIGITS] = {1,      10,      100,      1000,     10000,
                                                           100000, 1000000, 10000000, 100000000};

static void times_power_of_two(struct decimal *decimal, int bits) {
    while (bits > 0) {
        int step = bits < DOUBLE_BITS ? bits : DOUBLE_BITS;
        uint32_t carry = 0;
        for (int i = decimal->last; i >= decimal->first; i--) {
            uint64_t value = ((uint64_t)decimal->word[i] << step) + carry;
            carry = (uint32_t)(value / WORD);
            decimal->word[i] = (uint32_t)(value - (uint64_t)carry * WORD);
        }
        if (carry > 0) decimal->word[--decimal->first] = carry;
        bits -= step;
    }
}

static void over_power_of_two(struct decimal *decimal, int bits) {
    while (bits > 0) {
        int step = bits < HALVE_BITS ? bits : HALVE_BITS;
        uint32_t carry = 0;
        for (int i = decimal->first; i <= decimal->last; i++) {
            uint32_t value = decimal->word[i];
            decimal->word[i] = (value >> step) + carry;
            carry = (WORD >> step) * (value & ((1u << step) - 1));
        }
        if (carry > 0) decimal->word[++decimal->last] = carry;
        while (decimal->first < decimal->last && decimal->word[decimal->first] == 0) decimal->first++;
        bits -= step;
    }
}

void decimal_of(struct decimal *decimal, uint64_t bits) {
    memset(decimal, 0, sizeof *decimal);
    uint64_t mantissa = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
    int exponent = (int)(bits >> MANTISSA_BITS & 0x7ff);
    if (exponent == 0)
        exponent = 1;
    else
        mantissa |= (uint64_t)1 << MANTISSA_BITS;
    exponent -= EXPONENT_BIAS;
    while (exponent < 0 && (mantissa & 1) == 0 && mantissa != 0) {
        mantissa >>= 1;
        exponent++;
    }
    decimal->word[UNITS] = (uint32_t)(mantissa % WORD);
    decimal->word[UNITS - 1] = (uint32_t)(mantissa / WORD);
    decimal->first = UNITS - 1;
    decimal->last = UNITS;
    if (mantissa == 0) return;
    if (exponent > 0) times_power_of_two(decimal, exponent);
    if (exponent < 0) over_power_of_two(decimal, -exponent);
}

/* Which word holds 10^position; may lie outside the array. */
static int word_of(int position) {
    int words =
        position >= 0 ? position / DECIMAL_WORD_DIGITS : -((-position + DECIMAL_WORD_DIGITS - 1) / DECIMAL_WORD_DIGITS);
    return UNITS - words;
}

static int position_of(int word) { return (UNITS - word) * DECIMAL_WORD_DIGITS; }

static uint32_t word_at(const struct decimal *decimal, int index) {
    return index < decimal->first || index > decimal->last ? 0 : decimal->word[index];
}

unsigned decimal_digit(const struct decimal *decimal, int position) {
    int index = word_of(position);
    return word_at(decimal, index) / power_of_ten[position - position_of(index)] % 10;
}

static bool any_after(const struct decimal *decimal, int index) {
    for (int i = index + 1; i <= decimal->last; i++) {
        if (i >= decimal->first && decimal->word[i] != 0) return true;
    }
    return false;
}

/* Below 0, 0 or above 0: what is right of 10^position is less than half of it, half, or more. */
static int against_half(const struct decimal *decimal, int index, uint32_t unit) {
    uint32_t tail = word_at(decimal, index) % unit, half = unit / 2;
    if (unit == 1) {
        index++;
        tail = word_at(decimal, index);
        half = WORD / 2;
    }
    if (tail != half) return tail < half ? -1 : 1;
    return any_after(decimal, index) ? 1 : 0;
}

void decimal_round(struct decimal *decimal, int position) {
    int index = word_of(position);
    if (index > decimal->last) return;
    uint32_t unit = power_of_ten[position - position_of(index)];
    int order = against_half(decimal, index, unit);
    bool up = order > 0 || (order == 0 && decimal_digit(decimal, position) % 2 == 1);
    if (index < decimal->first) {
        if (index < 0) return;
        memset(&decimal->word[index], 0, (size_t)(decimal->first - index) * sizeof *decimal->word);
        decimal->first = index;
    }
    decimal->word[index] -= decimal->word[index] % unit;
    decimal->last = index;
    if (!up) return;
    decimal->word[index] += unit;
    while (decimal->word[index] >= WORD) {
        decimal->word[index] -= WORD;
        if (--index < decimal->first) decimal->word[decimal->first = index] = 0;
        decimal->word[index]++;
    }
}

int decimal_top(const struct decimal *decimal) {
    int index = decimal->first;
    while (index <= decimal->last && decimal->word[index] == 0) index++;
    if (index > decimal->last) return 0;
    int position = position_of(index);
    for (uint32_t value = decimal->word[index]; value >= 10; value /= 10) position++;
    return position;
}

int decimal_bottom(const struct decimal *decimal) {
    int index = decimal->last;
    while (index >= decimal->first && decimal->word[index] == 0) index--;
    if (index < decimal->first) return 0;
    int position = position_of(index);
    for (uint32_t value = decimal->word[index]; value % 10 == 0; value /= 10) position++;
    return position;
}
