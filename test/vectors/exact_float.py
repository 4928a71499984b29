"""binary32 and binary16 in exact fractions: every result is had exactly and rounded once. Patterns are as
registers hold them: a binary16 result has its sign in the upper half (spec/isa.md section 8)."""
from fractions import Fraction
from math import isqrt

M = 0xffffffff


class Format:
    def __init__(self, suffix, precision, exponent_bits):
        self.suffix, self.precision = suffix, precision
        self.width = precision + exponent_bits
        self.bias = (1 << (exponent_bits - 1)) - 1
        self.sign = 1 << (self.width - 1)
        self.infinity = ((1 << exponent_bits) - 1) << (precision - 1)
        self.nan = self.infinity | 1 << (precision - 2)
        self.lowest = 1 - self.bias - (precision - 1)  # exponent of the last bit of a subnormal

    def is_nan(self, x):
        return x & (self.sign - 1) > self.infinity

    def is_infinite(self, x):
        return x & (self.sign - 1) == self.infinity

    def value(self, x):
        field, fraction = (x & (self.sign - 1)) >> (self.precision - 1), x & ((1 << (self.precision - 1)) - 1)
        if field:
            fraction |= 1 << (self.precision - 1)
            field -= 1
        magnitude = Fraction(fraction) * Fraction(2) ** (self.lowest + field)
        return -magnitude if x & self.sign else magnitude

    def register(self, pattern):
        return pattern | 0xffff0000 if self.width == 16 and pattern & self.sign else pattern

    def rounded(self, value, negative_zero=False, rm=0):
        """The pattern nearest to a fraction."""
        sign = self.sign if value < 0 or (value == 0 and negative_zero) else 0
        if value == 0:
            return self.register(sign)
        magnitude, last = abs(value), self.lowest
        while magnitude >= Fraction(2) ** (last + self.precision):
            last += 1
        whole = round_fraction(magnitude / Fraction(2) ** last, rm, bool(sign))
        if whole == 1 << self.precision:
            whole, last = whole >> 1, last + 1
        pattern = whole if whole < 1 << (self.precision - 1) else ((last - self.lowest) << (self.precision - 1)) + whole
        if pattern >= self.infinity:
            away = rm in (0, 4) or (rm == 2 and sign) or (rm == 3 and not sign)
            pattern = self.infinity if away else self.infinity - 1
        return self.register(sign | pattern)


def round_fraction(x, rm, negative):
    """A non-negative fraction to a whole number; `negative` is the sign it stands for."""
    whole, rest = x.numerator // x.denominator, x - x.numerator // x.denominator
    if rm == 0:
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2)
    elif rm == 4:
        up = rest >= Fraction(1, 2)
    else:
        up = rest > 0 and ((rm == 2 and negative) or (rm == 3 and not negative))
    return whole + int(up)


SINGLE, HALF = Format("s", 24, 8), Format("h", 11, 5)


def fused(f, b, c, d, negate_product, negate_d):
    if f.is_nan(b) or f.is_nan(c) or f.is_nan(d):
        return f.nan
    product_negative = bool((b ^ c) & f.sign) != negate_product
    d_negative = bool(d & f.sign) != negate_d
    zero_b, zero_c = f.value(b) == 0, f.value(c) == 0
    if (f.is_infinite(b) and zero_c) or (f.is_infinite(c) and zero_b):
        return f.nan
    if f.is_infinite(b) or f.is_infinite(c):
        if f.is_infinite(d) and d_negative != product_negative:
            return f.nan
        return f.register(f.infinity | (f.sign if product_negative else 0))
    if f.is_infinite(d):
        return f.register(f.infinity | (f.sign if d_negative else 0))
    product = abs(f.value(b) * f.value(c)) * (-1 if product_negative else 1)
    addend = abs(f.value(d)) * (-1 if d_negative else 1)
    both_negative_zero = product == 0 and addend == 0 and product_negative and d_negative
    return f.rounded(product + addend, both_negative_zero)


def added(f, b, c, negate):
    one = f.bias << (f.precision - 1)
    return fused(f, b, one, c, False, negate)


def multiplied(f, b, c):
    if f.is_nan(b) or f.is_nan(c):
        return f.nan
    sign = (b ^ c) & f.sign
    if f.is_infinite(b) or f.is_infinite(c):
        other = c if f.is_infinite(b) else b
        return f.nan if other & (f.sign - 1) == 0 else f.register(sign | f.infinity)
    return f.rounded(f.value(b) * f.value(c), bool(sign))


def divided(f, b, c):
    if f.is_nan(b) or f.is_nan(c) or (f.is_infinite(b) and f.is_infinite(c)):
        return f.nan
    sign = (b ^ c) & f.sign
    if f.is_infinite(b):
        return f.register(sign | f.infinity)
    if f.is_infinite(c):
        return f.register(sign)
    if f.value(c) == 0:
        return f.nan if f.value(b) == 0 else f.register(sign | f.infinity)
    return f.rounded(f.value(b) / f.value(c), bool(sign))


def square_root(f, b):
    if f.is_nan(b):
        return f.nan
    if b & (f.sign - 1) == 0:
        return f.register(b & f.sign)
    if b & f.sign:
        return f.nan
    if f.is_infinite(b):
        return f.infinity
    # far more bits than any format, then a half more where the root is not exact: rounds as the true root does
    scaled = f.value(b) * Fraction(4) ** 200
    root = isqrt(scaled.numerator // scaled.denominator)
    exact = root * root == scaled
    return f.rounded((root + (0 if exact else Fraction(1, 2))) / Fraction(2) ** 200)


def extreme(f, b, c, largest):
    if f.is_nan(b) and f.is_nan(c):
        return f.nan
    if f.is_nan(b) or f.is_nan(c):
        return f.register(c if f.is_nan(b) else b)
    def key(x):
        return -1 - (x & (f.sign - 1)) if x & f.sign else x
    return f.register((max if largest else min)((b, c), key=key))


def compared(f, b, c, test):
    if f.is_nan(b) or f.is_nan(c):
        return 0
    def number(x):
        return (-1 if x & f.sign else 1) * Fraction(2) ** 4000 if f.is_infinite(x) else f.value(x)
    return int(test(number(b), number(c)))


def class_of(f, b):
    negative, magnitude, hidden = bool(b & f.sign), b & (f.sign - 1), 1 << (f.precision - 1)
    if magnitude > f.infinity:
        return 1 << 9 if magnitude & hidden >> 1 else 1 << 8
    order = [4, 5, 6, 7] if not negative else [3, 2, 1, 0]
    return 1 << order[0 if magnitude == 0 else 1 if magnitude < hidden else 2 if magnitude < f.infinity else 3]


def to_integer(f, b, is_signed, rm):
    low, high = (-(1 << 31), (1 << 31) - 1) if is_signed else (0, M)
    if f.is_nan(b):
        return high
    negative = bool(b & f.sign)
    if f.is_infinite(b):
        return low if negative else high
    whole = round_fraction(abs(f.value(b)), rm, negative)
    return max(low, min(high, -whole if negative else whole))


def converted(source, target, b):
    if source.is_nan(b):
        return target.nan
    sign = target.sign if b & source.sign else 0
    if source.is_infinite(b):
        return target.register(target.infinity | sign)
    return target.rounded(source.value(b), bool(sign))
