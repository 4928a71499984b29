#include "core/vm/float.h"

/* value / 2^cut, rounded. A cut of more than 31 must leave nothing but "something was there": value below 2^30. */
static uint32_t shift_rounded(uint32_t value, uint32_t cut, enum float_rounding rounding, bool negative) {
    if (cut == 0) return value;
    if (cut > 31) cut = 31;
    const uint32_t kept = value >> cut, half = 1u << (cut - 1), lost = value & (2 * half - 1);
    bool up = false;
    switch (rounding) {
    case FLOAT_NEAREST: up = lost > half - (kept & 1); break;
    case FLOAT_TOWARDS_ZERO: break;
    case FLOAT_DOWN: up = negative && lost != 0; break;
    case FLOAT_UP: up = !negative && lost != 0; break;
    case FLOAT_NEAREST_AWAY: up = lost >= half; break;
    }
    return kept + up;
}

/* The two formats: bits of the fraction, the largest exponent field, the exponent's bias, the sign's place. */
struct format {
    uint8_t fraction, exponent_max, bias, sign;
};
static const struct format format_float = {23, 255, 127, 31}, format_half = {10, 31, 15, 15};

/* The value magnitude * 2^scale in a format, overflow and subnormals as IEEE 754 has them. A magnitude of 2^30 or more
 * needs a scale of 0. */
static uint32_t encode(const struct format *format, bool negative, uint32_t magnitude, int scale,
                       enum float_rounding rounding) {
    const uint32_t sign = (uint32_t)negative << format->sign;
    if (magnitude == 0) return sign;
    const int top = 31 - __builtin_clz(magnitude);
    int exponent = top + scale + format->bias; /* the field, were it unlimited */
    int cut = top - format->fraction;          /* bits below the last kept one */
    if (exponent < 1) {
        cut += 1 - exponent;
        exponent = 1;
    }
    const uint32_t kept = cut <= 0 ? magnitude << -cut : shift_rounded(magnitude, (uint32_t)cut, rounding, negative);
    /* A kept value of 2^(fraction+1), or one that a subnormal was rounded up to, carries into the exponent by itself.
     */
    const uint32_t bits = ((uint32_t)(exponent - 1) << format->fraction) + kept;
    const uint32_t infinity = (uint32_t)format->exponent_max << format->fraction;
    if (bits < infinity) return sign | bits;
    /* Overflow is to infinity, unless rounding goes towards zero on this side. */
    const bool to_largest = rounding == FLOAT_TOWARDS_ZERO || rounding == (negative ? FLOAT_UP : FLOAT_DOWN);
    return sign | (infinity - to_largest);
}

uint32_t float_class_of(uint32_t bits, uint32_t unit) {
    const bool negative = bits >> 31;
    const uint32_t magnitude = bits & ~FLOAT_SIGN, infinity = FLOAT_SIGN - unit;
    if (magnitude > infinity) return bits & unit >> 1 ? 1u << 9 : 1u << 8;
    const int from_zero = (magnitude != 0) + (magnitude >= unit) + (magnitude == infinity);
    return 1u << (negative ? 3 - from_zero : 4 + from_zero);
}

/* The magnitude of a float that is not NaN, rounded to an integer; what is too large comes out as the largest. */
static uint32_t rounded_magnitude(uint32_t b, enum float_rounding rounding) {
    const int exponent = (int)(b >> 23 & 255);
    const uint32_t significand = (b & 0x007fffffu) | (exponent != 0 ? 0x00800000u : 0);
    const int shift = exponent - 127 - 23;
    if (shift > 8) return UINT32_MAX;
    return shift >= 0 ? significand << shift : shift_rounded(significand, (uint32_t)-shift, rounding, b >> 31);
}

uint32_t float_to_integer(uint32_t b, bool is_signed, enum float_rounding rounding) {
    const uint32_t negative = b >> 31, largest = UINT32_MAX >> is_signed;
    if (float_is_nan(b)) return largest;
    const uint32_t bound = is_signed ? largest + negative : largest * (1 - negative);
    const uint32_t magnitude = rounded_magnitude(b, rounding), value = magnitude > bound ? bound : magnitude;
    return negative ? 0u - value : value;
}

static uint32_t encode_integer(const struct format *format, uint32_t b, bool is_signed, enum float_rounding rounding) {
    const bool negative = is_signed && b >> 31;
    return encode(format, negative, negative ? 0u - b : b, 0, rounding);
}
uint32_t float_from_integer(uint32_t b, bool is_signed, enum float_rounding rounding) {
    return encode_integer(&format_float, b, is_signed, rounding);
}
uint32_t half_from_integer(uint32_t b, bool is_signed, enum float_rounding rounding) {
    return half_extend(encode_integer(&format_half, b, is_signed, rounding));
}

uint32_t half_to_float(uint32_t b) {
    const uint32_t sign = b << 16 & FLOAT_SIGN, exponent = b >> 10 & 31, fraction = b & 0x3ff;
    if (exponent == 31) return fraction != 0 ? FLOAT_NAN : sign | 0x7f800000u;
    if (exponent == 0) return encode(&format_float, sign != 0, fraction, -24, FLOAT_NEAREST);
    return sign | (exponent + 127 - 15) << 23 | fraction << 13;
}

uint32_t half_from_float(uint32_t b) {
    if (float_is_nan(b)) return HALF_NAN;
    /* Infinity is encoded like 2^128, which overflows; a float's subnormal is far below half's smallest and gives zero.
     */
    const uint32_t exponent = b >> 23 & 255, significand = (b & 0x007fffffu) | 0x00800000u;
    return half_extend(encode(&format_half, b >> 31, significand, (int)exponent - 127 - 23, FLOAT_NEAREST));
}

/* Rounding to odd: an inexact sum whose last bit is even takes the neighbour on the error's side. Rounding that once
 * more to a format at least two bits shorter gives what one rounding of the exact sum gives. The error of a sum rounded
 * to nearest is itself a value of the format (Knuth's two-sum), so both functions below have it exactly. */
static uint32_t sum_once(double product, double addend) {
    const double sum = product + addend;
    if (sum != sum) return FLOAT_NAN;
    const double part = sum - product;
    const double error = (product - (sum - part)) + (addend - part);
    uint64_t bits;
    __builtin_memcpy(&bits, &sum, sizeof bits);
    if (error != 0 && (bits & 1) == 0) bits += (error > 0) == (sum > 0) ? 1 : UINT64_MAX;
    double odd;
    __builtin_memcpy(&odd, &bits, sizeof odd);
    return float_raw((float)odd);
}

uint32_t float_fused(uint32_t b, uint32_t c, uint32_t d) {
    if (FLOAT_FUSES) return float_bits(__builtin_fmaf(float_value(b), float_value(c), float_value(d)));
    return sum_once((double)float_value(b) * (double)float_value(c), (double)float_value(d));
}

uint32_t half_fused(uint32_t b, uint32_t c, uint32_t d) {
    const float product = float_value(half_to_float(b)) * float_value(half_to_float(c));
    const float addend = float_value(half_to_float(d));
    const float sum = product + addend;
    uint32_t bits = float_raw(sum);
    const float part = sum - product;
    const float error = (product - (sum - part)) + (addend - part);
    /* An infinite sum's error is NaN: neither above nor below zero. */
    if ((error > 0 || error < 0) && (bits & 1) == 0) bits += (error > 0) == (sum > 0) ? 1 : UINT32_MAX;
    return half_from_float(bits);
}
