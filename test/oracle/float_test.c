/* The oracle's float against this machine's own, which is IEEE 754 too: many random pairs, half of them near the edges.
 */
#include <fenv.h>
#include <math.h>

#include "test/oracle/float.h"
#include "test/unit/check.h"

static uint64_t state = 0x9e3779b97f4a7c15;
static uint32_t random_32(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16);
}

/* Any pattern, or one with few bits, or one whose exponent is near another's so that sums cancel. */
static uint32_t random_single(uint32_t near) {
    uint32_t any = random_32();
    switch (random_32() % 6) {
    case 0: return any & 0x80000007;                            /* zeros and tiny subnormals */
    case 1: return 0x7f7ffff8 + any % 16 + (any & 0x80000000);  /* largest, infinity, NaNs */
    case 2: return (near & 0xff800000) ^ (any & 0x807fffff);    /* as big as the other */
    case 3: return (near + (any % 5 - 2)) ^ (any & 0x80000000); /* almost the other */
    case 4: return (any & 0x807fffff) | (100 + any % 50) << 23; /* ordinary */
    default: return any;
    }
}

static float as_float(uint32_t pattern) {
    float value;
    memcpy(&value, &pattern, sizeof value);
    return value;
}
static uint32_t as_pattern(float value) {
    if (value != value) return 0x7fc00000;
    uint32_t pattern;
    memcpy(&pattern, &value, sizeof pattern);
    return pattern;
}

enum { ROUNDS = 200000 };

static void single_agrees_with_the_hardware(void) {
    for (int i = 0; i < ROUNDS && check_failures < 5; i++) {
        uint32_t b = random_32() % 2 ? random_single(0x3f800000) : random_32(), c = random_single(b),
                 d = random_single(b);
        volatile float x = as_float(b), y = as_float(c), z = as_float(d);
        CHECK_EQ(as_pattern(x + y), oracle_add(ORACLE_SINGLE, b, c, false));
        CHECK_EQ(as_pattern(x - y), oracle_add(ORACLE_SINGLE, b, c, true));
        CHECK_EQ(as_pattern(x * y), oracle_multiply(ORACLE_SINGLE, b, c));
        CHECK_EQ(as_pattern(x / y), oracle_divide(ORACLE_SINGLE, b, c));
        CHECK_EQ(as_pattern(sqrtf(x)), oracle_square_root(ORACLE_SINGLE, b));
        CHECK_EQ(as_pattern(fmaf(x, y, z)), oracle_multiply_add(ORACLE_SINGLE, b, c, d, false, false));
        CHECK_EQ(as_pattern(fmaf(-x, y, -z)), oracle_multiply_add(ORACLE_SINGLE, b, c, d, true, true));
        CHECK_EQ(x < y, oracle_less(ORACLE_SINGLE, b, c));
        CHECK_EQ(x == y, oracle_equal(ORACLE_SINGLE, b, c));
    }
}

/* A product near a rounding boundary of the sum is where a multiply-add that rounds twice goes wrong. */
static void multiply_add_rounds_once(void) {
    for (int i = 0; i < ROUNDS && check_failures < 5; i++) {
        uint32_t b = 0x3f800000 | (random_32() & 0x7fffff), c = 0x3f800000 | (random_32() & 0x7fffff);
        uint32_t d = as_pattern(-(as_float(b) * as_float(c))) + random_32() % 3 - 1;
        volatile float x = as_float(b), y = as_float(c), z = as_float(d);
        CHECK_EQ(as_pattern(fmaf(x, y, z)), oracle_multiply_add(ORACLE_SINGLE, b, c, d, false, false));
        d = random_single(b);
        z = as_float(d);
        CHECK_EQ(as_pattern(fmaf(x, y, -z)), oracle_multiply_add(ORACLE_SINGLE, b, c, d, false, true));
    }
}

static const int modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};

static void conversions_agree_in_every_rounding_the_hardware_has(void) {
    for (int i = 0; i < ROUNDS && check_failures < 5; i++) {
        uint32_t b = random_32() % 3 ? (random_32() & 0x807fffff) | (120 + random_32() % 42) << 23 : random_32();
        volatile double x = as_float(b);
        volatile int32_t number = (int32_t)b; /* volatile: converted where it stands, under the rounding set there */
        volatile uint32_t natural = b;
        for (int rm = 0; rm < 4; rm++) {
            fesetround(modes[rm]);
            volatile double whole = rint(x);
            volatile float from = (float)number, from_unsigned = (float)natural;
            fesetround(FE_TONEAREST);
            enum oracle_rounding rounding = (enum oracle_rounding)rm;
            int64_t want = x != x              ? INT32_MAX
                           : whole > INT32_MAX ? INT32_MAX
                           : whole < INT32_MIN ? INT32_MIN
                                               : (int64_t)whole;
            CHECK_EQ((uint32_t)want, oracle_to_integer(ORACLE_SINGLE, b, true, rounding));
            want = x != x ? UINT32_MAX : whole > UINT32_MAX ? UINT32_MAX : whole < 0 ? 0 : (int64_t)whole;
            CHECK_EQ(want, oracle_to_integer(ORACLE_SINGLE, b, false, rounding));
            CHECK_EQ(as_pattern(from), oracle_from_integer(ORACLE_SINGLE, b, true, rounding));
            CHECK_EQ(as_pattern(from_unsigned), oracle_from_integer(ORACLE_SINGLE, b, false, rounding));
        }
        CHECK_EQ(roundf(as_float(b)) >= 0x1p31f || as_float(b) != as_float(b) ? INT32_MAX
                 : roundf(as_float(b)) < -0x1p31f                             ? INT32_MIN
                                                                              : (int32_t)roundf(as_float(b)),
                 (int32_t)oracle_to_integer(ORACLE_SINGLE, b, true, ORACLE_NEAREST_AWAY));
    }
}

/* The value of a binary16 pattern in double, which holds every one of them and every product of two. */
static double half_value(uint32_t h) {
    int field = h >> 10 & 31;
    double magnitude = field == 31 ? (h & 0x3ff ? NAN : INFINITY)
                       : field     ? ldexp((h & 0x3ff) | 0x400, field - 25)
                                   : ldexp(h & 0x3ff, -24);
    return h & 0x8000 ? -magnitude : magnitude;
}

/* The nearest binary16 of a double, found by looking at both neighbours. */
static uint32_t half_nearest(double value) {
    uint32_t sign = signbit(value) ? 0x8000 : 0, low = 0, high = 0x7c00;
    if (value != value) return 0x7e00;
    double magnitude = fabs(value);
    if (magnitude >= 65520) return sign | 0x7c00;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (half_value(middle) <= magnitude)
            low = middle;
        else
            high = middle;
    }
    double up = (high == 0x7c00 ? 65536 : half_value(high)) - magnitude, down = magnitude - half_value(low);
    return sign | (up < down || (up == down && low % 2) ? high : low);
}

static uint32_t extended(uint32_t half) { return half & 0x8000 ? half | 0xffff0000 : half; }

/* Sums and products of two halves are exact in double; a quotient or root of them is never so near a tie that double
 * misleads. */
static void half_agrees_with_double_rounded_once(void) {
    for (int i = 0; i < ROUNDS && check_failures < 5; i++) {
        uint32_t b = random_32(), c = random_32() % 2 ? random_32() : b ^ (random_32() & 0x8007), d = random_32();
        double x = half_value(b), y = half_value(c);
        CHECK_EQ(extended(half_nearest(x + y)), oracle_add(ORACLE_HALF, b, c, false));
        CHECK_EQ(extended(half_nearest(x * y)), oracle_multiply(ORACLE_HALF, b, c));
        CHECK_EQ(extended(half_nearest(x / y)), oracle_divide(ORACLE_HALF, b, c));
        CHECK_EQ(extended(half_nearest(x * y + half_value(d))),
                 oracle_multiply_add(ORACLE_HALF, b, c, d, false, false));
        CHECK_EQ(extended(half_nearest(as_float(d))), oracle_convert(ORACLE_SINGLE, ORACLE_HALF, d));
    }
}

static void every_half_converts_exactly_and_back(void) {
    for (uint32_t h = 0; h < 0x10000 && check_failures < 5; h++) {
        double value = half_value(h);
        CHECK_EQ(as_pattern((float)value), oracle_convert(ORACLE_HALF, ORACLE_SINGLE, h));
        CHECK_EQ(extended(half_nearest(value)), oracle_convert(ORACLE_SINGLE, ORACLE_HALF, as_pattern((float)value)));
        CHECK_EQ(extended(half_nearest(sqrt(value))), oracle_square_root(ORACLE_HALF, h));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(single_agrees_with_the_hardware),
        TEST(multiply_add_rounds_once),
        TEST(conversions_agree_in_every_rounding_the_hardware_has),
        TEST(half_agrees_with_double_rounded_once),
        TEST(every_half_converts_exactly_and_back),
    };
    return CHECK_RUN(tests);
}
