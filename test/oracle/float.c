#include "test/oracle/float.h"

#include <stddef.h>

/* A finite value of a format is mantissa * 2^exponent with mantissa < 2^precision and lowest <= exponent <= highest. */
struct format {
    int precision, lowest, highest;
    unsigned bits;
    uint32_t nan;
};
static const struct format formats[] = {
    [ORACLE_SINGLE] = {24, -149, 104, 32, 0x7fc00000},
    [ORACLE_HALF] = {11, -24, 5, 16, 0x7e00},
};

enum kind { ZERO, FINITE, INFINITE, NOT_A_NUMBER };
struct number {
    enum kind kind;
    bool negative, quiet;
    uint64_t mantissa;
    int exponent;
};

static uint32_t mask_of(const struct format *f) { return f->bits == 32 ? UINT32_MAX : 0xffff; }
static uint32_t sign_of(const struct format *f) { return 1u << (f->bits - 1); }
static uint32_t infinity_of(const struct format *f) { return (sign_of(f) - 1) & ~((1u << (f->precision - 1)) - 1); }

/* A result as it stands in a register. */
static uint32_t settled(const struct format *f, uint32_t pattern) {
    return f->bits == 16 && pattern & 0x8000 ? pattern | 0xffff0000 : pattern;
}

static struct number unpack(const struct format *f, uint32_t pattern) {
    pattern &= mask_of(f);
    unsigned fraction_bits = (unsigned)f->precision - 1;
    uint32_t fraction = pattern & ((1u << fraction_bits) - 1), field = (pattern & (sign_of(f) - 1)) >> fraction_bits;
    uint32_t top_field = infinity_of(f) >> fraction_bits;
    struct number n = {FINITE, (pattern & sign_of(f)) != 0, false, fraction, f->lowest};
    if (field == top_field) {
        n.kind = fraction ? NOT_A_NUMBER : INFINITE;
        n.quiet = (fraction >> (fraction_bits - 1)) != 0;
    } else if (field > 0) {
        n.mantissa |= (uint64_t)1 << fraction_bits;
        n.exponent += (int)field - 1;
    } else if (fraction == 0) {
        n.kind = ZERO;
    }
    return n;
}

/* Whether kept.rest is rounded away from zero, where rest is compared with one half. */
static bool rounds_away(enum oracle_rounding rounding, bool negative, bool odd, bool rest, int against_half) {
    switch (rounding) {
    case ORACLE_NEAREST_EVEN: return against_half > 0 || (against_half == 0 && odd);
    case ORACLE_NEAREST_AWAY: return against_half >= 0;
    case ORACLE_TOWARDS_ZERO: return false;
    case ORACLE_DOWN: return negative && rest;
    case ORACLE_UP: return !negative && rest;
    }
    return false;
}

/* mantissa / 2^shift as a whole number; `more`: the true value is larger by less than one. shift >= 1 where `more`. */
static uint64_t shifted(uint64_t mantissa, bool more, int shift, enum oracle_rounding rounding, bool negative) {
    if (shift <= 0) return mantissa << -shift;
    uint64_t kept = shift > 63 ? 0 : mantissa >> shift;
    uint64_t rest = shift > 63 ? mantissa : mantissa & (((uint64_t)1 << shift) - 1);
    int against_half = -1;
    if (shift <= 63) {
        uint64_t half = (uint64_t)1 << (shift - 1);
        against_half = rest > half || (rest == half && more) ? 1 : rest == half ? 0 : -1;
    }
    return kept + rounds_away(rounding, negative, kept & 1, rest || more, against_half);
}

static uint32_t overflow(const struct format *f, bool negative, enum oracle_rounding rounding) {
    bool to_infinity = rounding == ORACLE_NEAREST_EVEN || rounding == ORACLE_NEAREST_AWAY ||
                       (rounding == ORACLE_DOWN && negative) || (rounding == ORACLE_UP && !negative);
    uint32_t magnitude = to_infinity ? infinity_of(f) : infinity_of(f) - 1;
    return settled(f, magnitude | (negative ? sign_of(f) : 0));
}

/* The format's value for (mantissa + something below one if `more`) * 2^exponent. mantissa < 2^62; at least 2^26 where
 * `more`. */
static uint32_t rounded(const struct format *f, bool negative, uint64_t mantissa, bool more, int exponent,
                        enum oracle_rounding rounding) {
    int length = 0;
    while (length < 64 && mantissa >> length) length++;
    int target = exponent + length - f->precision;
    if (target < f->lowest) target = f->lowest;
    uint64_t kept = shifted(mantissa, more, target - exponent, rounding, negative);
    if (kept >> f->precision) {
        kept >>= 1;
        target++;
    }
    if (target > f->highest) return overflow(f, negative, rounding);
    uint32_t hidden = 1u << (f->precision - 1);
    uint32_t field = kept < hidden ? 0 : (uint32_t)(target - f->lowest + 1);
    uint32_t pattern = field << (f->precision - 1) | ((uint32_t)kept & (hidden - 1));
    return settled(f, pattern | (negative ? sign_of(f) : 0));
}

static uint32_t zero(const struct format *f, bool negative) { return settled(f, negative ? sign_of(f) : 0); }
static uint32_t infinity(const struct format *f, bool negative) {
    return settled(f, infinity_of(f) | (negative ? sign_of(f) : 0));
}

/* Whole numbers of LIMBS * 32 bits in units of 2^UNIT: hold any product of two values and any sum of such, exactly. */
enum { LIMBS = 20, UNIT = -298 };
struct big {
    uint32_t limb[LIMBS];
};

static struct big big_of(uint64_t mantissa, int exponent) {
    struct big big = {{0}};
    int at = exponent - UNIT;
    for (int bit = 0; bit < 64; bit++)
        if (mantissa >> bit & 1) big.limb[(at + bit) / 32] |= 1u << (at + bit) % 32;
    return big;
}

static int big_compare(const struct big *a, const struct big *b) {
    for (int i = LIMBS; i-- > 0;)
        if (a->limb[i] != b->limb[i]) return a->limb[i] > b->limb[i] ? 1 : -1;
    return 0;
}

static struct big big_sum(const struct big *a, const struct big *b) {
    struct big sum;
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)a->limb[i] + b->limb[i];
        sum.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return sum;
}

static struct big big_difference(const struct big *a, const struct big *b) {
    struct big difference;
    int64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (int64_t)a->limb[i] - b->limb[i];
        difference.limb[i] = (uint32_t)carry;
        carry = carry < 0 ? -1 : 0;
    }
    return difference;
}

static uint32_t big_rounded(const struct format *f, bool negative, const struct big *big) {
    int top = LIMBS * 32 - 1;
    while (top > 0 && !(big->limb[top / 32] >> top % 32 & 1)) top--;
    int low = top < 59 ? 0 : top - 59;
    uint64_t mantissa = 0;
    bool more = false;
    for (int bit = top; bit >= low; bit--) mantissa = mantissa << 1 | (big->limb[bit / 32] >> bit % 32 & 1);
    for (int bit = 0; bit < low; bit++) more = more || (big->limb[bit / 32] >> bit % 32 & 1);
    return rounded(f, negative, mantissa, more, low + UNIT, ORACLE_NEAREST_EVEN);
}

static uint32_t exact_sum(const struct format *f, const struct number *a, const struct number *b) {
    struct big x = big_of(a->mantissa, a->exponent), y = big_of(b->mantissa, b->exponent), sum;
    if (a->negative == b->negative) {
        sum = big_sum(&x, &y);
        return big_rounded(f, a->negative, &sum);
    }
    int order = big_compare(&x, &y);
    if (order == 0) return zero(f, false);
    sum = order > 0 ? big_difference(&x, &y) : big_difference(&y, &x);
    return big_rounded(f, order > 0 ? a->negative : b->negative, &sum);
}

/* a + b where a may be an exact product, whose mantissa is twice as long. */
static uint32_t sum(const struct format *f, const struct number *a, const struct number *b) {
    if (a->kind == NOT_A_NUMBER || b->kind == NOT_A_NUMBER) return f->nan;
    if (a->kind == INFINITE && b->kind == INFINITE && a->negative != b->negative) return f->nan;
    if (a->kind == INFINITE) return infinity(f, a->negative);
    if (b->kind == INFINITE) return infinity(f, b->negative);
    if (a->kind == ZERO && b->kind == ZERO) return zero(f, a->negative && b->negative);
    return exact_sum(f, a, b);
}

static struct number product(const struct number *a, const struct number *b) {
    struct number p = {FINITE, a->negative != b->negative, true, a->mantissa * b->mantissa, a->exponent + b->exponent};
    bool nan = a->kind == NOT_A_NUMBER || b->kind == NOT_A_NUMBER || (a->kind == ZERO && b->kind == INFINITE) ||
               (a->kind == INFINITE && b->kind == ZERO);
    if (nan)
        p.kind = NOT_A_NUMBER;
    else if (a->kind == INFINITE || b->kind == INFINITE)
        p.kind = INFINITE;
    else if (a->kind == ZERO || b->kind == ZERO)
        p.kind = ZERO;
    if (p.kind != FINITE) p.mantissa = 0, p.exponent = 0;
    return p;
}

uint32_t oracle_multiply_add(enum oracle_format format, uint32_t b, uint32_t c, uint32_t d, bool negate_product,
                             bool negate_d) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b), y = unpack(f, c), z = unpack(f, d);
    struct number p = product(&x, &y);
    p.negative = p.negative != negate_product;
    z.negative = z.negative != negate_d;
    return sum(f, &p, &z);
}

uint32_t oracle_add(enum oracle_format format, uint32_t b, uint32_t c, bool negate_c) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b), y = unpack(f, c);
    y.negative = y.negative != negate_c;
    return sum(f, &x, &y);
}

uint32_t oracle_multiply(enum oracle_format format, uint32_t b, uint32_t c) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b), y = unpack(f, c);
    struct number p = product(&x, &y);
    if (p.kind == NOT_A_NUMBER) return f->nan;
    if (p.kind == INFINITE) return infinity(f, p.negative);
    if (p.kind == ZERO) return zero(f, p.negative);
    return rounded(f, p.negative, p.mantissa, false, p.exponent, ORACLE_NEAREST_EVEN);
}

/* Makes the mantissa 24 bits long without changing the value. */
static void normalise(struct number *n) {
    while (n->mantissa && !(n->mantissa >> 23)) {
        n->mantissa <<= 1;
        n->exponent--;
    }
}

uint32_t oracle_divide(enum oracle_format format, uint32_t b, uint32_t c) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b), y = unpack(f, c);
    bool negative = x.negative != y.negative;
    if (x.kind == NOT_A_NUMBER || y.kind == NOT_A_NUMBER) return f->nan;
    if (x.kind == y.kind && x.kind != FINITE) return f->nan; /* 0 / 0, infinity / infinity */
    if (x.kind == INFINITE || y.kind == ZERO) return infinity(f, negative);
    if (x.kind == ZERO || y.kind == INFINITE) return zero(f, negative);
    normalise(&x);
    normalise(&y);
    uint64_t quotient = (x.mantissa << 36) / y.mantissa, rest = (x.mantissa << 36) % y.mantissa;
    return rounded(f, negative, quotient, rest != 0, x.exponent - y.exponent - 36, ORACLE_NEAREST_EVEN);
}

uint32_t oracle_square_root(enum oracle_format format, uint32_t b) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b);
    if (x.kind == ZERO) return zero(f, x.negative);
    if (x.kind == NOT_A_NUMBER || x.negative) return f->nan;
    if (x.kind == INFINITE) return infinity(f, false);
    normalise(&x);
    if (x.exponent % 2) {
        x.mantissa <<= 1;
        x.exponent--;
    }
    uint64_t square = x.mantissa << 36, root = 0;
    for (uint64_t bit = (uint64_t)1 << 31; bit; bit >>= 1)
        if ((root | bit) * (root | bit) <= square) root |= bit;
    return rounded(f, false, root, root * root != square, (x.exponent - 36) / 2, ORACLE_NEAREST_EVEN);
}

/* -1, 0 or 1 as b is less than, equal to or greater than c, neither being a NaN; zeros are equal. */
static int order_of(const struct number *b, const struct number *c) {
    if (b->kind == ZERO && c->kind == ZERO) return 0;
    bool b_below = b->negative && b->kind != ZERO, c_below = c->negative && c->kind != ZERO;
    if (b_below != c_below) return b_below ? -1 : 1;
    int magnitude;
    if (b->kind == INFINITE || c->kind == INFINITE) {
        magnitude = (b->kind == INFINITE) - (c->kind == INFINITE);
    } else {
        struct big x = big_of(b->mantissa, b->exponent), y = big_of(c->mantissa, c->exponent);
        magnitude = big_compare(&x, &y);
    }
    return b_below ? -magnitude : magnitude;
}

uint32_t oracle_extreme(enum oracle_format format, uint32_t b, uint32_t c, bool largest) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b), y = unpack(f, c);
    b = settled(f, b & mask_of(f));
    c = settled(f, c & mask_of(f));
    if (x.kind == NOT_A_NUMBER && y.kind == NOT_A_NUMBER) return f->nan;
    if (x.kind == NOT_A_NUMBER) return c;
    if (y.kind == NOT_A_NUMBER) return b;
    int order = order_of(&x, &y);
    if (order == 0) order = (int)y.negative - (int)x.negative; /* -0 < +0 */
    return (largest ? order >= 0 : order <= 0) ? b : c;
}

bool oracle_equal(enum oracle_format format, uint32_t b, uint32_t c) {
    struct number x = unpack(&formats[format], b), y = unpack(&formats[format], c);
    return x.kind != NOT_A_NUMBER && y.kind != NOT_A_NUMBER && order_of(&x, &y) == 0;
}

bool oracle_less(enum oracle_format format, uint32_t b, uint32_t c) {
    struct number x = unpack(&formats[format], b), y = unpack(&formats[format], c);
    return x.kind != NOT_A_NUMBER && y.kind != NOT_A_NUMBER && order_of(&x, &y) < 0;
}

uint32_t oracle_sign(enum oracle_format format, uint32_t b, uint32_t c, int how) {
    const struct format *f = &formats[format];
    uint32_t own = b & sign_of(f), other = c & sign_of(f);
    uint32_t sign = how == 0 ? other : how == 1 ? other ^ sign_of(f) : own ^ other;
    return settled(f, (b & (sign_of(f) - 1)) | sign);
}

uint32_t oracle_class(enum oracle_format format, uint32_t b) {
    const struct format *f = &formats[format];
    struct number x = unpack(f, b);
    bool subnormal = x.kind == FINITE && !(x.mantissa >> (f->precision - 1));
    switch (x.kind) {
    case NOT_A_NUMBER: return x.quiet ? 1u << 9 : 1u << 8;
    case INFINITE: return x.negative ? 1u << 0 : 1u << 7;
    case ZERO: return x.negative ? 1u << 3 : 1u << 4;
    case FINITE: break;
    }
    if (subnormal) return x.negative ? 1u << 2 : 1u << 5;
    return x.negative ? 1u << 1 : 1u << 6;
}

uint32_t oracle_to_integer(enum oracle_format format, uint32_t b, bool is_signed, enum oracle_rounding rounding) {
    struct number x = unpack(&formats[format], b);
    int64_t low = is_signed ? INT32_MIN : 0, high = is_signed ? INT32_MAX : UINT32_MAX;
    if (x.kind == NOT_A_NUMBER) return (uint32_t)high;
    if (x.kind == INFINITE || (x.kind == FINITE && x.exponent > 20)) return (uint32_t)(x.negative ? low : high);
    if (x.kind == ZERO) return 0;
    int64_t value = (int64_t)shifted(x.mantissa, false, -x.exponent, rounding, x.negative);
    if (x.negative) value = -value;
    return (uint32_t)(value < low ? low : value > high ? high : value);
}

uint32_t oracle_from_integer(enum oracle_format format, uint32_t b, bool is_signed, enum oracle_rounding rounding) {
    int64_t value = is_signed ? (int64_t)(int32_t)b : (int64_t)b;
    if (value == 0) return 0;
    return rounded(&formats[format], value < 0, (uint64_t)(value < 0 ? -value : value), false, 0, rounding);
}

uint32_t oracle_convert(enum oracle_format from, enum oracle_format to, uint32_t b) {
    struct number x = unpack(&formats[from], b);
    const struct format *f = &formats[to];
    switch (x.kind) {
    case NOT_A_NUMBER: return f->nan;
    case INFINITE: return infinity(f, x.negative);
    case ZERO: return zero(f, x.negative);
    case FINITE: break;
    }
    return rounded(f, x.negative, x.mantissa, false, x.exponent, ORACLE_NEAREST_EVEN);
}
