#include "core/vm/float.h"

/* Is a value to be rounded away from zero, given the bits cut off: `half` is the first of them, `rest` whether any other is set. */
static bool rounds_up(enum float_rounding rounding, bool negative, bool odd, bool half, bool rest) {
    switch (rounding) {
    case FLOAT_NEAREST: return half && (rest || odd);
    case FLOAT_TOWARDS_ZERO: return false;
    case FLOAT_DOWN: return negative && (half || rest);
    case FLOAT_UP: return !negative && (half || rest);
    case FLOAT_NEAREST_AWAY: return half;
    }
    return false;
}

/* value / 2^cut, rounded. cut is 0 to 63. */
static uint32_t shift_rounded(uint64_t value, unsigned cut, enum float_rounding rounding, bool negative) {
    if (cut == 0) return (uint32_t)value;
    const uint32_t kept = (uint32_t)(value >> cut);
    const bool half = value >> (cut - 1) & 1, rest = (value & ((1ull << (cut - 1)) - 1)) != 0;
    return kept + rounds_up(rounding, negative, kept & 1, half, rest);
}

/* The two formats: bits of the fraction, the largest exponent field, the exponent's bias, the sign's place. */
struct format {
    uint8_t fraction, exponent_max, bias, sign;
};
static const struct format format_float = {23, 255, 127, 31}, format_half = {10, 31, 15, 15};

/* The value magnitude * 2^scale in a format, overflow and subnormals as IEEE 754 has them. magnitude below 2^32. */
static uint32_t encode(const struct format *format, bool negative, uint32_t magnitude, int scale,
                       enum float_rounding rounding) {
    const uint32_t sign = (uint32_t)negative << format->sign;
    if (magnitude == 0) return sign;
    const int top = 31 - __builtin_clz(magnitude);
    int exponent = top + scale + (int)format->bias; /* the field, were it unlimited */
    int cut = top - (int)format->fraction;          /* bits below the last kept one */
    if (exponent < 1) {
        cut += 1 - exponent;
        exponent = 1;
    }
    if (cut > 40) cut = 40; /* all of it is far below the last bit: only that something is there counts */
    const uint32_t kept = cut <= 0 ? magnitude << -cut : shift_rounded(magnitude, (unsigned)cut, rounding, negative);
    /* A kept value of 2^(fraction+1), or one that a subnormal was rounded up to, carries into the exponent by itself. */
    const uint32_t bits = ((uint32_t)(exponent - 1) << format->fraction) + kept;
    const uint32_t infinity = (uint32_t)format->exponent_max << format->fraction;
    if (bits < infinity) return sign | bits;
    const bool to_infinity = rounding == FLOAT_NEAREST || rounding == FLOAT_NEAREST_AWAY ||
                             (rounding == FLOAT_DOWN && negative) || (rounding == FLOAT_UP && !negative);
    return sign | (to_infinity ? infinity : infinity - 1);
}

uint32_t float_class(uint32_t b) {
    const bool negative = b >> 31;
    const uint32_t magnitude = b & ~FLOAT_SIGN;
    if (magnitude > 0x7f800000u) return b & 0x00400000u ? 1u << 9 : 1u << 8;
    if (magnitude == 0x7f800000u) return negative ? 1u << 0 : 1u << 7;
    if (magnitude >= 0x00800000u) return negative ? 1u << 1 : 1u << 6;
    if (magnitude != 0) return negative ? 1u << 2 : 1u << 5;
    return negative ? 1u << 3 : 1u << 4;
}

/* The magnitude of a float that is not NaN, rounded to an integer; at least 2^32 comes out as UINT64_MAX. */
static uint64_t rounded_magnitude(uint32_t b, enum float_rounding rounding) {
    const bool negative = b >> 31;
    const int exponent = (int)(b >> 23 & 255);
    const uint32_t significand = (b & 0x007fffffu) | (exponent != 0 ? 0x00800000u : 0);
    const int shift = (exponent != 0 ? exponent : 1) - 127 - 23;
    if (shift > 8) return UINT64_MAX;
    if (shift >= 0) return (uint64_t)significand << shift;
    return shift_rounded(significand, shift < -40 ? 40u : (unsigned)-shift, rounding, negative);
}

uint32_t float_to_int32(uint32_t b, enum float_rounding rounding) {
    if (float_is_nan(b)) return INT32_MAX;
    const uint64_t magnitude = rounded_magnitude(b, rounding);
    if (b >> 31) return magnitude >= 0x80000000u ? 0x80000000u : 0u - (uint32_t)magnitude;
    return magnitude > INT32_MAX ? INT32_MAX : (uint32_t)magnitude;
}

uint32_t float_to_uint32(uint32_t b, enum float_rounding rounding) {
    if (float_is_nan(b)) return UINT32_MAX;
    if (b >> 31) return 0;
    const uint64_t magnitude = rounded_magnitude(b, rounding);
    return magnitude > UINT32_MAX ? UINT32_MAX : (uint32_t)magnitude;
}

uint32_t float_from_int32(uint32_t b, enum float_rounding rounding) {
    return encode(&format_float, b >> 31, b >> 31 ? 0u - b : b, 0, rounding);
}
uint32_t float_from_uint32(uint32_t b, enum float_rounding rounding) {
    return encode(&format_float, false, b, 0, rounding);
}
uint32_t half_from_int32(uint32_t b, enum float_rounding rounding) {
    return half_extend(encode(&format_half, b >> 31, b >> 31 ? 0u - b : b, 0, rounding));
}
uint32_t half_from_uint32(uint32_t b, enum float_rounding rounding) {
    return half_extend(encode(&format_half, false, b, 0, rounding));
}

uint32_t half_to_float(uint32_t b) {
    const bool negative = b >> 15 & 1;
    const uint32_t exponent = b >> 10 & 31, fraction = b & 0x3ff;
    if (exponent == 31) return fraction != 0 ? FLOAT_NAN : (uint32_t)negative << 31 | 0x7f800000u;
    if (exponent == 0) return encode(&format_float, negative, fraction, -24, FLOAT_NEAREST);
    return (uint32_t)negative << 31 | (exponent + 127 - 15) << 23 | fraction << 13;
}

uint32_t half_from_float(uint32_t b) {
    if (float_is_nan(b)) return HALF_NAN;
    const uint32_t exponent = b >> 23 & 255;
    if (exponent == 255) return half_extend(b >> 16 & HALF_SIGN) | 0x7c00u;
    if (exponent == 0) return half_extend(b >> 16 & HALF_SIGN); /* far below half's smallest subnormal */
    return half_extend(
        encode(&format_half, b >> 31, (b & 0x007fffffu) | 0x00800000u, (int)exponent - 127 - 23, FLOAT_NEAREST));
}

uint32_t half_class(uint32_t b) {
    const bool negative = b >> 15 & 1;
    const uint32_t magnitude = b & 0x7fffu;
    if (magnitude > 0x7c00u) return b & 0x0200u ? 1u << 9 : 1u << 8;
    if (magnitude == 0x7c00u) return negative ? 1u << 0 : 1u << 7;
    if (magnitude >= 0x0400u) return negative ? 1u << 1 : 1u << 6;
    if (magnitude != 0) return negative ? 1u << 2 : 1u << 5;
    return negative ? 1u << 3 : 1u << 4;
}

/* Rounding to odd: an inexact sum whose last bit is even takes the neighbour on the error's side. Rounding that once more to a
 * format at least two bits shorter gives what one rounding of the exact sum gives. The error of a sum rounded to nearest is
 * itself a value of the format (Knuth's two-sum), so both functions below compute it exactly. */
uint32_t float_fused_exact(double product, double addend) {
    const double sum = product + addend;
    if (sum != sum) return FLOAT_NAN;
    const double part = sum - product;
    const double error = (product - (sum - part)) + (addend - part);
    uint64_t bits;
    memcpy(&bits, &sum, sizeof bits);
    if (error != 0 && (bits & 1) == 0) bits += (error > 0) == (sum > 0) ? 1 : UINT64_MAX;
    double odd;
    memcpy(&odd, &bits, sizeof odd);
    return float_raw((float)odd);
}

static bool float_is_infinite(float value) { return (float_raw(value) & ~FLOAT_SIGN) == 0x7f800000u; }

uint32_t half_fused(uint32_t b, uint32_t c, uint32_t d) {
    const float product = float_value(half_to_float(b)) * float_value(half_to_float(c));
    const float addend = float_value(half_to_float(d));
    const float sum = product + addend;
    if (sum != sum) return HALF_NAN;
    if (float_is_infinite(sum)) return half_from_float(float_raw(sum));
    const float part = sum - product;
    const float error = (product - (sum - part)) + (addend - part);
    uint32_t bits = float_raw(sum);
    if (error != 0 && (bits & 1) == 0) bits += (error > 0) == (sum > 0) ? 1 : UINT32_MAX;
    return half_from_float(bits);
}
