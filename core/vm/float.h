/* float: binary32 and binary16 arithmetic on bit patterns, the same on every host (spec/isa.md section 8).
 *
 * The functions here are inline because the dispatch loop is made of them; those in float.c are for the rare rows. They
 * lean on the C float being IEEE 754 binary32 in its default environment: nearest even, subnormals kept, no excess
 * precision. */
#ifndef SKEP_CORE_VM_FLOAT_H
#define SKEP_CORE_VM_FLOAT_H

#include <float.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

_Static_assert(FLT_EVAL_METHOD == 0, "float arithmetic must round to binary32 at once: use SSE, not x87");
_Static_assert(FLT_RADIX == 2 && FLT_MANT_DIG == 24 && DBL_MANT_DIG == 53, "float must be binary32, double binary64");

#define FLOAT_NAN  0x7fc00000u
#define HALF_NAN   0x7e00u
#define FLOAT_SIGN 0x80000000u
#define HALF_SIGN  0x8000u

/* Values of the rows' rm field. */
enum float_rounding { FLOAT_NEAREST, FLOAT_TOWARDS_ZERO, FLOAT_DOWN, FLOAT_UP, FLOAT_NEAREST_AWAY };

static inline float float_value(uint32_t bits) {
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}
static inline uint32_t float_raw(float value) {
    uint32_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return bits;
}
/* A result of arithmetic: whatever NaN the host made becomes the canonical one. */
static inline uint32_t float_bits(float value) {
    return __builtin_expect(value != value, 0) ? FLOAT_NAN : float_raw(value);
}

static inline bool float_is_nan(uint32_t bits) { return (bits & ~FLOAT_SIGN) > 0x7f800000u; }
/* The smaller of b and c when `flip` is 0, the larger when it is FLOAT_SIGN. */
static inline uint32_t float_choose(uint32_t b, uint32_t c, uint32_t flip) {
    if (float_is_nan(b)) return float_is_nan(c) ? FLOAT_NAN : c;
    if (float_is_nan(c)) return b;
    const float x = float_value(b ^ flip), y = float_value(c ^ flip);
    if (x == y) return ((b ^ flip) | (c ^ flip)) ^ flip; /* the same, or zeros, of which the negative one is smaller */
    return x < y ? b : c;
}
static inline uint32_t float_minimum(uint32_t b, uint32_t c) { return float_choose(b, c, 0); }
static inline uint32_t float_maximum(uint32_t b, uint32_t c) { return float_choose(b, c, FLOAT_SIGN); }

/* Does the host multiply and add with one rounding, in one instruction? */
#ifdef __FP_FAST_FMAF
enum { FLOAT_FUSES = 1 };
#else
enum { FLOAT_FUSES = 0 };
#endif

/* b * c + d rounded once; false when that takes float_fused, as for NaN. Without the host's help: the product of two
 * floats is exact in a double; rounding the sum twice differs from rounding it once only where the first rounding can
 * land on a tie of the second: bits 28..0 being 0x10000000, or the result so small that a float keeps fewer bits. */
static inline bool float_fused_fast(uint32_t b, uint32_t c, uint32_t d, float *result) {
    if (FLOAT_FUSES) {
        *result = __builtin_fmaf(float_value(b), float_value(c), float_value(d));
        return *result == *result;
    }
    const double sum = (double)float_value(b) * (double)float_value(c) + (double)float_value(d);
    uint64_t bits;
    __builtin_memcpy(&bits, &sum, sizeof bits);
    *result = (float)sum;
    return sum == sum && (bits & 0x1fffffff) != 0x10000000 && (bits >> 52 & 0x7ff) > 1023 - 126;
}
/* The same for all operands. */
uint32_t float_fused(uint32_t b, uint32_t c, uint32_t d);

/* The frequent conversions inline: towards zero for values in range, nearest even from integers. */
static inline bool float_fits_int32(uint32_t b) {
    return float_value(b) > -2147483648.0f && float_value(b) < 2147483648.0f;
}
static inline bool float_fits_uint32(uint32_t b) { return float_value(b) > -1.0f && float_value(b) < 4294967296.0f; }

uint32_t float_to_integer(uint32_t b, bool is_signed, enum float_rounding rounding);
uint32_t float_from_integer(uint32_t b, bool is_signed, enum float_rounding rounding);
/* The class of a value whose sign is in bit 31 and the lowest bit of whose exponent is `unit`. */
uint32_t float_class_of(uint32_t bits, uint32_t unit);
static inline uint32_t float_class(uint32_t b) { return float_class_of(b, 0x00800000u); }

/* binary16 values are in the low half; results have their sign copied into the upper half. */
static inline uint32_t half_class(uint32_t b) { return float_class_of(b << 16, 0x04000000u); }
uint32_t half_to_float(uint32_t b);
uint32_t half_from_float(uint32_t b);
uint32_t half_from_integer(uint32_t b, bool is_signed, enum float_rounding rounding);
uint32_t half_fused(uint32_t b, uint32_t c, uint32_t d);

static inline uint32_t half_extend(uint32_t bits) { return (uint32_t)(int32_t)(int16_t)(uint16_t)bits; }

#endif
