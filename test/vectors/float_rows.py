"""Rows of binary32 and binary16."""
from fractions import Fraction

from exact_float import (HALF, SINGLE, added, class_of, compared, converted, divided, extreme, fused, multiplied,
                         square_root, to_integer)
from vector_file import EDGES, M, begin, binary, signed, three, unary

SAMPLES = {
    SINGLE: [0, 0x80000000, 0x3f800000, 0xbf800000, 0x40400000, 0x3eaaaaab, 1, 0x80000001, 0x007fffff, 0x00800000,
             0x80800001, 0x7f7fffff, 0xff7fffff,
             0x7f800000, 0xff800000, 0x7fc00000, 0xffc12345, 0x7f800001, 0xff812345, 0x4b800001, 0x33800000,
             0x34000001, 0xc2f6e979],
    HALF: [0, 0x8000, 0x3c00, 0xbc00, 0x4200, 0x3555, 1, 0x8001, 0x03ff, 0x0400, 0x8401, 0x7bff, 0xfbff, 0x7c00,
           0xfc00, 0x7e00, 0xff23, 0x7c01, 0xfd23,
           0x6801, 0x1000, 0x1401, 0xd7b6],
}


def floats():
    for f in (SINGLE, HALF):
        h = "_" + f.suffix
        samples, mask = SAMPLES[f], (f.sign << 1) - 1
        pairs = [(b, c) for b in samples for c in samples][::2]
        if f is HALF:  # the upper half of an operand is ignored
            pairs = [(b | 0xabcd0000, c | 0x1234ffff & 0xffff0000) for b, c in pairs]
        def cut(function):
            return lambda *operands: function(*(x & mask for x in operands))
        near = [(b, c) for i, b in enumerate(samples) for c in samples[i % 3::3]]
        few = samples[::4]
        binary("fadd" + h, cut(lambda b, c: added(f, b, c, False)), pairs, few)
        binary("fsub" + h, cut(lambda b, c: added(f, b, c, True)), pairs, few)
        binary("fmul" + h, cut(lambda b, c: multiplied(f, b, c)), pairs, few)
        binary("fdiv" + h, cut(lambda b, c: divided(f, b, c)), pairs, few)
        binary("fmin" + h, cut(lambda b, c: extreme(f, b, c, False)), pairs, few)
        binary("fmax" + h, cut(lambda b, c: extreme(f, b, c, True)), pairs, few)
        binary("feq" + h, cut(lambda b, c: compared(f, b, c, lambda x, y: x == y)), near, few)
        binary("flt" + h, cut(lambda b, c: compared(f, b, c, lambda x, y: x < y)), near, few)
        binary("fle" + h, cut(lambda b, c: compared(f, b, c, lambda x, y: x <= y)), near, few)
        binary("fsgnj" + h, cut(lambda b, c: f.register(b & ~f.sign | c & f.sign)), near, few)
        binary("fsgnjn" + h, cut(lambda b, c: f.register(b & ~f.sign | ~c & f.sign)), near, few)
        binary("fsgnjx" + h, cut(lambda b, c: f.register(b ^ c & f.sign)), near, few)
        triples = [(samples[i], samples[(5 * i + j) % len(samples)], samples[(7 * i + 3 * j) % len(samples)])
                   for i in range(len(samples)) for j in range(len(samples))][::3]
        one_up = (f.bias << (f.precision - 1)) + 1
        square = multiplied(f, one_up, one_up) & mask
        triples += [(one_up, one_up, square ^ f.sign), (one_up, one_up ^ f.sign, square)]
        triples += [(f.infinity, 0, f.nan), (0, f.infinity, 1), (f.infinity, 0, f.sign | f.infinity)]
        triples += [(f.infinity - 1, f.infinity - 1, f.infinity), (f.infinity - 1, 3, f.sign | f.infinity)]
        three("fmadd" + h, cut(lambda b, c, d: fused(f, b, c, d, False, False)), triples)
        three("fmsub" + h, cut(lambda b, c, d: fused(f, b, c, d, False, True)), triples)
        three("fnmsub" + h, cut(lambda b, c, d: fused(f, b, c, d, True, False)), triples)
        three("fnmadd" + h, cut(lambda b, c, d: fused(f, b, c, d, True, True)), triples)
        roots = samples + [x + 1 & mask for x in samples] + [0x40000000 & mask, f.infinity - 1, 3]
        unary("fsqrt" + h, cut(lambda b: square_root(f, b)), roots)
        unary("fclass" + h, cut(lambda b: class_of(f, b)), samples)
        conversions(f, h, cut)
    unary("fcvt_s_h", lambda b: converted(HALF, SINGLE, b & 0xffff),
          SAMPLES[HALF] + [x | 0x12340000 for x in SAMPLES[HALF]])
    ties = [0x477fefff, 0x477ff000, 0xc77ff000, 0x3f801000, 0x3f803000, 0x33000000, 0x33000001, 0x33800000,
            0x387fe000, 0x38000fff, 0x387ff000]
    unary("fcvt_h_s", lambda b: converted(SINGLE, HALF, b), SAMPLES[SINGLE] + ties)


def conversions(f, h, cut):
    def pattern(x):
        return f.rounded(Fraction(x)) & ((f.sign << 1) - 1)
    values = [pattern(x) for x in (0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.25, -0.25, 0.75, -0.75, -1, 100.5, 2047.5)]
    values += [pattern(x) for x in (2**31, -2**31, 2**31 - 128, -2**31 - 256, 2**32, 2**32 - 256, 2**33,
                                    -2**33)] + SAMPLES[f]
    for row, is_signed in (("fcvt_w" + h, True), ("fcvt_wu" + h, False)):
        out = begin(row)
        for rm in range(5):
            out.case(f"rounding {rm}", f"code {row} a0, a1, {rm}; ret")
            for b in values:
                out.attempt({"a1": b if f is SINGLE else b | 0x77770000}, {"a0": to_integer(f, b, is_signed, rm)})
        rounding_refused(out, row)
    integers = EDGES + [3, 16777215, 16777216, 16777217, 16777219, 33554433, 0x7fffffbf, 0x7fffffc0, 0xffffff7f,
                        0xffffff80, 2047, 2048, 2049, 2051, 4098,
                        65503, 65504, 65519, 65520, 65535, -16777217 & M, -2049 & M, -65520 & M, -65519 & M]
    for row, is_signed in (("fcvt_f_w" + h, True), ("fcvt_f_wu" + h, False)):
        out = begin(row)
        for rm in range(5):
            out.case(f"rounding {rm}", f"code {row} a0, a1, {rm}; ret")
            for b in integers:
                out.attempt({"a1": b}, {"a0": f.rounded(Fraction(signed(b) if is_signed else b), False, rm)})
        rounding_refused(out, row)


def rounding_refused(out, row):
    for rm in (5, 6, 7):
        out.case(f"rounding {rm} is refused", f"code {row} a0, a1, {rm}; ret", "refuse field 2")
    out.case("the result in zero is refused", f"code {row} zero, a1, 0; ret", "refuse register 2")
    out.case("source and result in one register", f"code {row} a0, a0, 1; ret")
    out.attempt({"a0": 0}, {"a0": 0})


def facts():
    """What is known without these formulas, so that they cannot all be wrong together."""
    assert divided(SINGLE, 0x3f800000, 0x40400000) == 0x3eaaaaab
    assert square_root(SINGLE, 0x40000000) == 0x3fb504f3
    assert added(SINGLE, 0x3dcccccd, 0x3e4ccccd, False) == 0x3e99999a
    assert multiplied(SINGLE, 0x7f7fffff, 0x40000000) == 0x7f800000
    assert square_root(HALF, 0x4000) == 0x3da8 and divided(HALF, 0x3c00, 0x4200) == 0x3555
    assert HALF.rounded(Fraction(65520)) == 0x7c00 and HALF.rounded(Fraction(65519)) == 0x7bff
