/* decimal: a binary64 number as decimal digits, exactly: all of its up to 309 + 1074 digits, in fixed memory. */
#ifndef SKEP_DEVICE_EXECUTIVE_DECIMAL_H
#define SKEP_DEVICE_EXECUTIVE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DECIMAL_WORD_DIGITS = 9,
    DECIMAL_INTEGER_WORDS = 35,   /* 2^1024 has 309 digits */
    DECIMAL_FRACTION_WORDS = 120, /* 2^-1074 has 1074 */
    DECIMAL_WORDS = DECIMAL_INTEGER_WORDS + DECIMAL_FRACTION_WORDS,
};

/* Words of nine digits, the most significant first; the point is after word DECIMAL_INTEGER_WORDS - 1. */
struct decimal {
    uint32_t word[DECIMAL_WORDS];
    int first, last; /* words outside of these are zero */
};

/* The absolute value of a finite number given as its bits. */
void decimal_of(struct decimal *decimal, uint64_t bits);
/* Rounds to a multiple of 10^position: to nearest, ties to even. */
void decimal_round(struct decimal *decimal, int position);
/* The exponent of ten of the first digit that is not zero; 0 for zero. */
int decimal_top(const struct decimal *decimal);
/* The same of the last digit that is not zero. */
int decimal_bottom(const struct decimal *decimal);
/* The digit that counts 10^position, 0 to 9. */
unsigned decimal_digit(const struct decimal *decimal, int position);

#endif
