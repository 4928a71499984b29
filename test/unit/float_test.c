/* The float arithmetic against the exact one, where rounding is hardest: near ties, in subnormals, at overflow. */
#include "core/vm/float.h"

#include <math.h>

#include "test/unit/check.h"

static uint64_t random_state = 1;
static uint32_t random_bits(void) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 32);
}

/* A float with few ones in its significand, so that sums and products often lie on or beside a tie. */
static uint32_t sparse_float(void) {
    const uint32_t sign = random_bits() & FLOAT_SIGN,
                   exponent = random_bits() % 4 == 0 ? random_bits() % 30 : 100 + random_bits() % 54;
    const uint32_t fraction = 1u << random_bits() % 24 | 1u << random_bits() % 24 | (random_bits() % 2 != 0);
    return sign | exponent << 23 | (fraction & 0x007fffffu);
}

/* As the dispatch loop has it: quick where that is safe. */
static uint32_t fused(uint32_t b, uint32_t c, uint32_t d) {
    float quick;
    return float_fused_fast(b, c, d, &quick) ? float_raw(quick) : float_fused(b, c, d);
}

static void a_fused_sum_is_rounded_once(void) {
    for (unsigned i = 0; i < 4000000; i++) {
        const uint32_t b = sparse_float(), c = sparse_float(), d = sparse_float();
        const float want = fmaf(float_value(b), float_value(c), float_value(d));
        const uint32_t got = fused(b, c, d);
        if (i % 16 == 0) CHECK_EQ(got, float_fused(b, c, d));
        if (float_bits(want) == got) continue;
        CHECK_EQ(float_bits(want), got);
        printf("  fused %08x %08x %08x\n", b, c, d);
        return;
    }
}

static void known_ties_of_the_fused_sum(void) {
    /* 2^-149 beside half of it: the double sum is a tie of the subnormal float, the exact one is not */
    CHECK_EQ(0x00000002, fused(0x00000001, 0x3f000001, 0x00000001));
    CHECK_EQ(0x00000002, fused(0x00000001, 0x3f000000, 0x00000001));
    CHECK_EQ(0x00000001, fused(0x00000001, 0x3effffff, 0x00000001));
    CHECK_EQ(FLOAT_NAN, fused(0x7f800000, 0, 0));
    CHECK_EQ(FLOAT_NAN, fused(0x7f800000, 0, FLOAT_NAN));
    CHECK_EQ(FLOAT_NAN, fused(0x7f800000, 0x3f800000, 0xff800000));
    CHECK_EQ(0x7f800000, fused(0x7f7fffff, 0x40000000, 0));
    CHECK_EQ(0x00000000, fused(0x3f800000, 0x3f800000, 0xbf800000));
    CHECK_EQ(0x80000000, fused(0x80000000, 0x3f800000, 0x80000000));
}

/* The exact value of a finite half, in units of 2^-24. */
static int64_t half_units(uint32_t half) {
    const uint32_t exponent = half >> 10 & 31, fraction = half & 0x3ff;
    const int64_t magnitude = exponent == 0 ? fraction : (int64_t)(fraction | 0x400) << (exponent - 1);
    return half & HALF_SIGN ? -magnitude : magnitude;
}

__extension__ typedef __int128 exact; /* in units of 2^-48 */

static exact distance(exact value, uint32_t half) {
    const exact difference = value - (exact)half_units(half) * (1 << 24);
    return difference < 0 ? -difference : difference;
}

/* Is `half` the value rounded to nearest, ties to even? Infinity stands for 2^16, the next value that half does not
 * have. */
static bool is_nearest(exact value, uint32_t half) {
    const uint32_t magnitude = half & 0x7fff;
    if (magnitude > 0x7c00) return false;
    const exact here = distance(value, half);
    for (int step = -1; step <= 1; step += 2) {
        if ((magnitude == 0 && step < 0) || (magnitude == 0x7c00 && step > 0)) continue;
        const exact there = distance(value, half + (uint32_t)step);
        if (magnitude == 0x7c00 && value >= 0 && value > (exact)half_units(0x7c00) * (1 << 24)) continue;
        if (magnitude == 0x7c00 && value < 0 && -value > (exact)half_units(0x7c00) * (1 << 24)) continue;
        if (there < here || (there == here && (half & 1))) return false;
    }
    return true;
}

static uint32_t random_half(void) {
    const uint32_t bits = random_bits() & 0xffff;
    return (bits & 0x7c00) == 0x7c00 ? bits & 0x83ff : bits; /* finite */
}

static void a_half_fused_sum_is_rounded_once(void) {
    for (unsigned i = 0; i < 2000000; i++) {
        const uint32_t b = random_half(), c = random_half(), d = random_half();
        const exact value = (exact)half_units(b) * half_units(c) + (exact)half_units(d) * (1 << 24);
        const uint32_t got = half_fused(b, c, d);
        const bool rounded_once = is_nearest(value, got & 0xffff) && got == half_extend(got);
        if (rounded_once) continue;
        CHECK(rounded_once);
        printf("  half fused %04x %04x %04x: %08x\n", b, c, d, got);
        return;
    }
    CHECK_EQ(HALF_NAN, half_fused(0x7c00, 0, 0x3c00));
    CHECK_EQ(0x7c00, half_fused(0x7c00, 0x3c00, 0x3c00));
    CHECK_EQ(HALF_NAN, half_fused(0x7c00, 0x3c00, 0xfc00));
}

static void every_half_survives_the_way_through_float(void) {
    for (uint32_t half = 0; half < 0x10000; half++) {
        const bool nan = (half & 0x7fff) > 0x7c00;
        CHECK_EQ(nan ? HALF_NAN : half_extend(half), half_from_float(half_to_float(half)));
        if (!nan && (half & 0x7fff) != 0x7c00)
            CHECK(float_value(half_to_float(half)) == (float)half_units(half) * 0x1p-24f);
    }
}

/* Between two neighbouring halves: just below, on and just above the middle. */
static void floats_round_to_the_nearest_half(void) {
    for (uint32_t half = 0; half < 0x7c00; half++) {
        const float low = float_value(half_to_float(half));
        const float high = half + 1 == 0x7c00 ? 65536.0f : float_value(half_to_float(half + 1));
        const uint32_t middle = float_raw((low + high) / 2), even = half + (half & 1);
        CHECK_EQ(half, half_from_float(middle - 1));
        CHECK_EQ(even, half_from_float(middle));
        CHECK_EQ(half + 1, half_from_float(middle + 1));
        CHECK_EQ(half_extend(even | HALF_SIGN), half_from_float(middle | FLOAT_SIGN));
    }
}

static void conversions_round_and_saturate(void) {
    static const struct {
        float value;
        int32_t want[5]; /* by rounding */
    } cases[] = {
        {2.5f, {2, 2, 2, 3, 3}},
        {-2.5f, {-2, -2, -3, -2, -3}},
        {3.5f, {4, 3, 3, 4, 4}},
        {0.49999997f, {0, 0, 0, 1, 0}},
        {-0.5f, {0, 0, -1, 0, -1}},
        {2147483520.0f, {2147483520, 2147483520, 2147483520, 2147483520, 2147483520}},
        {2147483648.0f, {INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX}},
        {-2147483648.0f, {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN}},
        {-1e30f, {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN}},
        {0x1p-149f, {0, 0, 0, 1, 0}},
        {-INFINITY, {INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN, INT32_MIN}},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++)
        for (unsigned rounding = 0; rounding < 5; rounding++)
            CHECK_EQ(cases[i].want[rounding],
                     (int32_t)float_to_integer(float_raw(cases[i].value), true, (enum float_rounding)rounding));
    CHECK_EQ(INT32_MAX, float_to_integer(0xffc00000, true, FLOAT_NEAREST));
    CHECK_EQ(UINT32_MAX, float_to_integer(0xffc00000, false, FLOAT_NEAREST));
    CHECK_EQ(UINT32_MAX, float_to_integer(float_raw(4294967296.0f), false, FLOAT_TOWARDS_ZERO));
    CHECK_EQ(4294967040, float_to_integer(float_raw(4294967040.0f), false, FLOAT_UP));
    CHECK_EQ(0, float_to_integer(float_raw(-0.5f), false, FLOAT_DOWN));
    CHECK_EQ(1, float_to_integer(float_raw(0.5f), false, FLOAT_NEAREST_AWAY));
}

static void integers_round_in_every_direction(void) {
    static const uint32_t odd = 0x01000001; /* a tie between 2^24 and 2^24 + 2 */
    static const uint32_t want[5] = {0x4b800000, 0x4b800000, 0x4b800000, 0x4b800001, 0x4b800001};
    static const uint32_t want_negative[5] = {0xcb800000, 0xcb800000, 0xcb800001, 0xcb800000, 0xcb800001};
    static const uint32_t want_half[5] = {0x7c00, 0x7bff, 0x7bff, 0x7c00, 0x7c00};
    for (unsigned i = 0; i < 5; i++) {
        const enum float_rounding rounding = (enum float_rounding)i;
        CHECK_EQ(want[i], float_from_integer(odd, true, rounding));
        CHECK_EQ(want[i], float_from_integer(odd, false, rounding));
        CHECK_EQ(want_negative[i], float_from_integer(0u - odd, true, rounding));
        CHECK_EQ(want_half[i], half_from_integer(65520, false, rounding));
        CHECK_EQ(0x7bff, half_from_integer(65504, false, rounding));
        CHECK_EQ(0xcf000000, float_from_integer(0x80000000u, true, rounding));
        CHECK_EQ(0, float_from_integer(0, true, rounding));
    }
    for (unsigned i = 0; i < 1000000; i++) {
        const uint32_t value = random_bits() >> random_bits() % 32;
        CHECK_EQ(float_raw((float)value), float_from_integer(value, false, FLOAT_NEAREST));
        CHECK_EQ(float_raw((float)(int32_t)value), float_from_integer(value, true, FLOAT_NEAREST));
    }
}

static void zeros_have_an_order_and_numbers_beat_nan(void) {
    CHECK_EQ(0x80000000, float_minimum(0, 0x80000000));
    CHECK_EQ(0x80000000, float_minimum(0x80000000, 0));
    CHECK_EQ(0, float_maximum(0x80000000, 0));
    CHECK_EQ(0x3f800000, float_minimum(0x7f800001, 0x3f800000));
    CHECK_EQ(0x3f800000, float_maximum(0x3f800000, 0xffc12345));
    CHECK_EQ(FLOAT_NAN, float_maximum(0xffc12345, 0x7f800001));
}

static void classes_are_one_bit_of_ten(void) {
    static const uint32_t of_float[10] = {0xff800000, 0x80800000, 0x807fffff, 0x80000000, 0,
                                          1,          0x00800000, 0x7f800000, 0x7f800001, 0xffc00000};
    static const uint32_t of_half[10] = {0xfc00, 0x8400, 0x83ff, 0x8000, 0, 1, 0x0400, 0x7c00, 0x7c01, 0xfe00};
    for (unsigned i = 0; i < 10; i++) {
        CHECK_EQ(1 << i, float_class(of_float[i]));
        CHECK_EQ(1 << i, half_class(of_half[i] | 0xabcd0000u));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_fused_sum_is_rounded_once),       TEST(known_ties_of_the_fused_sum),
        TEST(a_half_fused_sum_is_rounded_once),  TEST(every_half_survives_the_way_through_float),
        TEST(floats_round_to_the_nearest_half),  TEST(conversions_round_and_saturate),
        TEST(integers_round_in_every_direction), TEST(zeros_have_an_order_and_numbers_beat_nan),
        TEST(classes_are_one_bit_of_ten),
    };
    return CHECK_RUN(tests);
}
