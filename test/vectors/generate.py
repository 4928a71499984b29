#!/usr/bin/env python3
"""Writes the vector files of the rows whose meaning is arithmetic: test/vectors/rows/NAME.txt.

The expectations come from the formulas here, in Python's unbounded integers and exact fractions, written from
spec/isa_table.md; nothing is recorded from an interpreter. Rows of control flow and block operations are written by
hand. With --check, says which files differ."""
import os
import sys

import float_rows
import memory_rows
from vector_file import EDGES, FEW, M, PAIRS, ROWS, begin, binary, files, halves, signed, three, unary

IMMEDIATES = [0, 1, -1, 2, 0x7f, 0xff, 0x5555, 0x7fff, -0x8000, -0x7fff]


def rotated_right(x, k):
    k %= 32
    return (x >> k | x << (32 - k)) & M


def truncated(b, c):
    """Division that rounds towards zero."""
    quotient = abs(b) // abs(c)
    return quotient if (b < 0) == (c < 0) else -quotient


# Rows with two sources.

BINARY = {
    "add": lambda b, c: b + c,
    "sub": lambda b, c: b - c,
    "sll": lambda b, c: b << (c & 31),
    "slt": lambda b, c: int(signed(b) < signed(c)),
    "sltu": lambda b, c: int(b < c),
    "xor": lambda b, c: b ^ c,
    "srl": lambda b, c: b >> (c & 31),
    "sra": lambda b, c: signed(b) >> (c & 31),
    "or": lambda b, c: b | c,
    "and": lambda b, c: b & c,
    "mul": lambda b, c: b * c,
    "mulh": lambda b, c: signed(b) * signed(c) >> 32,
    "mulhsu": lambda b, c: signed(b) * c >> 32,
    "mulhu": lambda b, c: b * c >> 32,
    "div": lambda b, c: truncated(signed(b), signed(c)),
    "divu": lambda b, c: b // c,
    "rem": lambda b, c: signed(b) - truncated(signed(b), signed(c)) * signed(c),
    "remu": lambda b, c: b % c,
    "andn": lambda b, c: b & ~c,
    "orn": lambda b, c: b | ~c,
    "xnor": lambda b, c: ~(b ^ c),
    "min": lambda b, c: min(signed(b), signed(c)),
    "max": lambda b, c: max(signed(b), signed(c)),
    "minu": min,
    "maxu": max,
    "rol": lambda b, c: rotated_right(b, 32 - (c & 31)),
    "ror": lambda b, c: rotated_right(b, c & 31),
    "bset": lambda b, c: b | 1 << (c & 31),
    "bclr": lambda b, c: b & ~(1 << (c & 31)),
    "binv": lambda b, c: b ^ 1 << (c & 31),
    "bext": lambda b, c: b >> (c & 31) & 1,
    "sh1add": lambda b, c: 2 * b + c,
    "sh2add": lambda b, c: 4 * b + c,
    "sh3add": lambda b, c: 8 * b + c,
    "czeqz": lambda b, c: 0 if c == 0 else b,
    "cznez": lambda b, c: 0 if c != 0 else b,
}


# Rows with one source.

UNARY = {
    "mov": lambda b: b,
    "clz": lambda b: 32 - b.bit_length(),
    "ctz": lambda b: (b & -b).bit_length() - 1 if b else 32,
    "cpop": lambda b: bin(b).count("1"),
    "sextb": lambda b: signed(b, 8),
    "sexth": lambda b: signed(b, 16),
    "zexth": lambda b: b & 0xffff,
    "rev8": lambda b: int.from_bytes(b.to_bytes(4, "little"), "big"),
    "orcb": lambda b: sum(0xff << 8 * i for i in range(4) if b >> 8 * i & 0xff),
}


# Immediates and shift counts.

IMMEDIATE = {
    "addi": lambda b, i: b + i,
    "slti": lambda b, i: int(signed(b) < i),
    "sltiu": lambda b, i: int(b < (i & M)),
    "xori": lambda b, i: b ^ (i & M),
    "ori": lambda b, i: b | (i & M),
    "andi": lambda b, i: b & (i & M),
}
SHIFT = {
    "slli": lambda b, k: b << k,
    "srli": lambda b, k: b >> k,
    "srai": lambda b, k: signed(b) >> k,
    "rori": rotated_right,
    "bseti": lambda b, k: b | 1 << k,
    "bclri": lambda b, k: b & ~(1 << k),
    "binvi": lambda b, k: b ^ 1 << k,
    "bexti": lambda b, k: b >> k & 1,
}
SHIFTED = {
    "add_sll": lambda b, c, k: b + (c << k),
    "sub_sll": lambda b, c, k: b - (c << k),
    "xor_sll": lambda b, c, k: b ^ (c << k & M),
    "or_sll": lambda b, c, k: b | (c << k & M),
    "add_srl": lambda b, c, k: b + (c >> k),
    "xor_srl": lambda b, c, k: b ^ c >> k,
    "or_srl": lambda b, c, k: b | c >> k,
    "and_srl": lambda b, c, k: b & c >> k,
    "add_sra": lambda b, c, k: b + (signed(c) >> k),
    "xor_ror": lambda b, c, k: b ^ rotated_right(c, k),
    "fshl": lambda b, c, k: (b << 32 | c) << k >> 32,
}


def immediates():
    for row, meaning in IMMEDIATE.items():
        out = begin(row)
        for imm in IMMEDIATES:
            out.case(f"{row} by {imm}", f"code {row} a0, a1, {imm}; ret")
            for b in EDGES + [imm & M, (imm - 1) & M, (imm + 1) & M]:
                out.attempt({"a1": b}, {"a0": meaning(b, imm)})
        out.case("source and result in one register", f"code {row} a0, a0, -3; ret")
        for b in FEW:
            out.attempt({"a0": b}, {"a0": meaning(b, -3)})
        out.case("the result in zero is refused", f"code {row} zero, a1, 1; ret", "refuse register 2")
    out = begin("li")
    for imm in IMMEDIATES + [0x7ffff, -0x80000, 0x12345, -0x12345, 0x8000, 0xffff, -0x8001]:
        out.case(f"li {imm}", f"code li a0, {imm}; ret", "reg a0=0x1234", f"want a0=0x{imm & M:x}", "spent 3")
    out.case("the result in zero is refused", "code li zero, 1; ret", "refuse register 2")
    out = begin("li_ro")
    for imm in (0, 1, 2, 0x7ffff, 0x80000, 0xfffff, 0x12345):
        out.case(f"li_ro {imm}", f"code li_ro a0, {imm}; ret", f"want a0=0x{0x10000000 + imm:x}", "spent 3")
    out.case("what it makes is an address that loads take", "read_only 11 22 33 44 55",
             "code li_ro a0, 1; lw a1, a0, 0; ret", "want a0=0x10000001 a1=0x55443322")
    out.case("the result in zero is refused", "code li_ro zero, 1; ret", "refuse register 2")
    out = begin("lui16")
    for imm in IMMEDIATES:
        out.case(f"lui16 {imm}", f"code lui16 a0, {imm}; ret", f"want a0=0x{(imm & 0xffff) << 16:x}", "spent 3")
    out.case("the result in zero is refused", "code lui16 zero, 1; ret", "refuse register 2")


def shifts():
    for row, meaning in SHIFT.items():
        out = begin(row)
        for k in range(32):
            out.case(f"{row} by {k}", f"code {row} a0, a1, {k}; ret")
            for b in (0, 1, 0x80000000, 0xffffffff, 0xdeadbeef, 0x12345678):
                out.attempt({"a1": b}, {"a0": meaning(b, k)})
        out.case("source and result in one register", f"code {row} a0, a0, 7; ret")
        out.attempt({"a0": 0xdeadbeef}, {"a0": meaning(0xdeadbeef, 7)})
        out.case("the result in zero is refused", f"code {row} zero, a1, 1; ret", "refuse register 2")
    for row, meaning in SHIFTED.items():
        out = begin(row)
        for k in range(32):
            out.case(f"{row} by {k}", f"code {row} a0, a1, a2, {k}; ret")
            for b, c in ((0, 0xdeadbeef), (0xdeadbeef, 0x92345678), (M, M), (0x80000000, 0x80000000), (0x7fffffff, 1)):
                out.attempt({"a1": b, "a2": c}, {"a0": meaning(b, c, k)})
        for sources in (("a0", "a1"), ("a1", "a0")):
            out.case("the result over " + sources[sources.index("a0")],
                     f"code {row} a0, {sources[0]}, {sources[1]}, 9; ret")
            out.attempt(dict(zip(sources, (0xdeadbeef, 0x92345678))), {"a0": meaning(0xdeadbeef, 0x92345678, 9)})
        out.case("the result in zero is refused", f"code {row} zero, a1, a2, 1; ret", "refuse register 2")
    for row in ("ubfx", "sbfx"):
        out = begin(row)
        widths = (1, 2, 8, 15, 16, 17, 24, 31, 32)
        for k, width in [(k, w) for k in (0, 1, 7, 8, 15, 16, 30, 31) for w in widths if k + w <= 32]:
            out.case(f"{width} bits from bit {k}", f"code {row} a0, a1, {k}, {width}; ret")
            for b in (0, M, 0xdeadbeef, 0x12345678, 0x80000000):
                field = b >> k & ((1 << width) - 1)
                out.attempt({"a1": b}, {"a0": field if row == "ubfx" else signed(field, width)})
        for k, width in ((1, 32), (31, 2), (16, 17)):
            out.case(f"{width} bits from bit {k} are refused", f"code {row} a0, a1, {k}, {width}; ret",
                     "refuse field 2")
        out.case("source and result in one register", f"code {row} a0, a0, 4, 8; ret")
        out.attempt({"a0": 0xdeadbeef}, {"a0": 0xee if row == "ubfx" else -18})
        out.case("the result in zero is refused", f"code {row} zero, a1, 0, 1; ret", "refuse register 2")


# Three sources, and pairs of registers.

THREE = {
    "add3": lambda b, c, d: b + c + d,
    "xor3": lambda b, c, d: b ^ c ^ d,
    "madd": lambda b, c, d: d + b * c,
    "msub": lambda b, c, d: d - b * c,
    "select": lambda b, c, d: b if d & M else c,
}
TRIPLES = [(1, 2, 3), (M, M, M), (M, 1, 0), (0x80000000, 0x80000000, 1), (0x7fffffff, 2, 0x80000000),
           (0xdeadbeef, 0x12345678, 0x9abcdef0), (0, 0, 0), (0, M, 5), (65537, 65535, 0xfffffffe),
           (48271, 1000000007, 123456789)]

def mov2():
    out = begin("mov2")
    out.case("two moves", "code mov2 a0, a1, a2, a3; ret")
    for b, d in PAIRS[::4]:
        out.attempt({"a1": b, "a3": d, "a0": 1, "a2": 2}, {"a0": b, "a2": d})
    out.case("an exchange: both are read before either is written", "code mov2 a0, a1, a1, a0; ret")
    for b, d in PAIRS[::7]:
        out.attempt({"a1": b, "a0": d}, {"a0": b, "a1": d})
    out.case("one source for both", "code mov2 a0, a0, a1, a0; ret")
    out.attempt({"a0": 5, "a1": 6}, {"a0": 5, "a1": 5})
    out.case("zero as a source", "code mov2 a0, zero, a1, zero; ret")
    out.attempt({"a0": 5, "a1": 6}, {"a0": 0, "a1": 0})
    out.case("one result for both is refused", "code mov2 a0, a1, a0, a2; ret", "refuse register 2")
    out.case("the first result in zero is refused", "code mov2 zero, a1, a2, a3; ret", "refuse register 2")
    out.case("the second result in zero is refused", "code mov2 a0, a1, zero, a3; ret", "refuse register 2")


WIDE = [0, 1, M, 1 << 32, 1 << 63, (1 << 63) - 1, (1 << 64) - 1, 0xdeadbeef12345678, 0x00000001ffffffff,
        0x8000000080000000]
WIDE_BINARY = {
    "add64": lambda x, y: x + y,
    "sub64": lambda x, y: x - y,
    "xor64": lambda x, y: x ^ y,
    "and64": lambda x, y: x & y,
    "or64": lambda x, y: x | y,
}
WIDE_SHIFT = {
    "slli64": lambda x, k: x << k,
    "srli64": lambda x, k: x >> k,
    "srai64": lambda x, k: signed(x, 64) >> k,
    "roli64": lambda x, k: x << k | x >> (64 - k),
}


def pairs_of_registers():
    for row, meaning in WIDE_BINARY.items():
        out = begin(row)
        out.case(row + " in six registers", f"code {row} a0, a1, a2, a3, a4, a5; ret")
        for x in WIDE:
            for y in WIDE[::2] + [WIDE[7]]:
                out.attempt({**halves("a2", "a3", x), **halves("a4", "a5", y)}, halves("a0", "a1", meaning(x, y)))
        for name, code, x_at, y_at in (("over the first source", "a0, a1, a0, a1, a2, a3", ("a0", "a1"), ("a2", "a3")),
                                       ("over the second source", "a0, a1, a2, a3, a0, a1", ("a2", "a3"), ("a0", "a1")),
                                       ("over the first source with its halves exchanged", "a1, a0, a0, a1, a2, a3",
                                        ("a0", "a1"), ("a2", "a3"))):
            out.case("the result " + name, f"code {row} {code}; ret")
            low, high = code.split(", ")[:2]
            for x, y in zip(WIDE, reversed(WIDE)):
                out.attempt({**halves(*x_at, x), **halves(*y_at, y)}, halves(low, high, meaning(x, y)))
        out.case("both halves of the result in one register are refused", f"code {row} a0, a0, a2, a3, a4, a5; ret",
                 "refuse register 2")
        out.case("the low half in zero is refused", f"code {row} zero, a1, a2, a3, a4, a5; ret", "refuse register 2")
        out.case("the high half in zero is refused", f"code {row} a0, zero, a2, a3, a4, a5; ret", "refuse register 2")
    for row, meaning in WIDE_SHIFT.items():
        out = begin(row)
        for k in range(64):
            out.case(f"{row} by {k}", f"code {row} a0, a1, a2, a3, {k}; ret")
            for x in (0xdeadbeef12345678, 1, 1 << 63, (1 << 64) - 1):
                out.attempt(halves("a2", "a3", x), halves("a0", "a1", meaning(x, k)))
        for low, high in (("a0", "a1"), ("a1", "a0")):
            for k in (5, 32, 37):
                out.case(f"the result in {low} and {high}, over the source, by {k}",
                         f"code {row} {low}, {high}, a0, a1, {k}; ret")
                out.attempt(halves("a0", "a1", 0xdeadbeef12345678), halves(low, high, meaning(0xdeadbeef12345678, k)))
        out.case("both halves in one register are refused", f"code {row} a0, a0, a2, a3, 1; ret", "refuse register 2")
    for row, meaning in (("mulu64", lambda c, d: c * d), ("muls64", lambda c, d: signed(c) * signed(d))):
        out = begin(row)
        out.case(row + " a0, a1, a2, a3", f"code {row} a0, a1, a2, a3; ret")
        for c, d in PAIRS:
            out.attempt({"a2": c, "a3": d}, halves("a0", "a1", meaning(c, d)))
        for low, high in (("a0", "a1"), ("a1", "a0")):
            out.case(f"the result in {low} and {high}, over the sources", f"code {row} {low}, {high}, a0, a1; ret")
            for c, d in PAIRS[::7]:
                out.attempt({"a0": c, "a1": d}, halves(low, high, meaning(c, d)))
        out.case("both halves in one register are refused", f"code {row} a0, a0, a2, a3; ret", "refuse register 2")
    for row, meaning in (("adc", lambda b, c, d, e: b + c + (d < e)), ("sbc", lambda b, c, d, e: b - c - (d < e))):
        out = begin(row)
        out.case(row + " in five registers", f"code {row} a0, a1, a2, a3, a4; ret")
        for b, c in PAIRS[::3]:
            for d, e in ((0, 0), (0, 1), (1, 0), (M, 0), (0, M), (0x7fffffff, 0x80000000), (0x80000000, 0x7fffffff)):
                out.attempt({"a1": b, "a2": c, "a3": d, "a4": e}, {"a0": meaning(b, c, d, e)})
        out.case("the result over the compared register", f"code {row} a3, a1, a2, a3, a4; ret")
        out.attempt({"a1": 5, "a2": 7, "a3": 1, "a4": 2}, {"a3": meaning(5, 7, 1, 2)})
        out.case("the result in zero is refused", f"code {row} zero, a1, a2, a3, a4; ret", "refuse register 2")
    for row, meaning in (("slt64", lambda x, y: int(signed(x, 64) < signed(y, 64))),
                         ("sltu64", lambda x, y: int(x < y))):
        out = begin(row)
        out.case(row + " in five registers", f"code {row} a0, a1, a2, a3, a4; ret")
        for x in WIDE:
            for y in WIDE:
                out.attempt({"a0": 9, **halves("a1", "a2", x), **halves("a3", "a4", y)}, {"a0": meaning(x, y)})
        out.case("the result over a source", f"code {row} a0, a0, a1, a2, a3; ret")
        out.attempt({**halves("a0", "a1", 5), **halves("a2", "a3", 6)}, {"a0": 1})
        out.case("the result in zero is refused", f"code {row} zero, a1, a2, a3, a4; ret", "refuse register 2")


# Branches.

CONDITIONS = {
    "beq": lambda a, b: a == b,
    "bne": lambda a, b: a != b,
    "blt": lambda a, b: signed(a) < signed(b),
    "bge": lambda a, b: signed(a) >= signed(b),
    "bltu": lambda a, b: a < b,
    "bgeu": lambda a, b: a >= b,
}


def branches():
    for row, meaning in CONDITIONS.items():
        out = begin(row)
        out.case("forward, over two words",
                 f"code {row} a0, a1, there; addi t0, t0, 1; addi t0, t0, 1; there: addi t1, t1, 1; ret")
        for a, b in PAIRS:
            out.attempt({"a0": a, "a1": b}, {"t0": 0 if meaning(a, b) else 2, "t1": 1, "spent": 6})
        out.case("to the next word", f"code {row} a0, a1, 0; ret")
        out.attempt({"a0": 1, "a1": 1}, {"spent": 3})
        out.case("one register against itself", f"code {row} a0, a0, there; addi t0, t0, 1; there: ret")
        out.attempt({"a0": M}, {"t0": 0 if meaning(5, 5) else 1})
        out.case("past the function's end is refused", f"code {row} a0, a1, 1; ret; func other; ret", "refuse target 2")
        out.case("far past the code's end is refused", f"code {row} a0, a1, 65535; ret", "refuse target 2")

        out = begin(row + "_b")
        out.case("back by three words, then on",
                 f"code j test; body: addi t0, t0, 1; ret; test: {row}_b a0, a1, body; ret")
        for a, b in PAIRS:
            # the entry's run is 6 words; taken pays 3 more
            out.attempt({"a0": a, "a1": b}, {"t0": 1, "spent": 9} if meaning(a, b) else {"spent": 6})
        out.case("to itself until the fuel ends", "fuel 20", f"code here: {row}_b a0, a1, here; ret")
        taken = (1, 1) if meaning(1, 1) else (0, 1)
        out.attempt({"a0": taken[0], "a1": taken[1]}, "budget 2 21")  # 3 for the entry, then 18 times 1
        out.case("to the function's entry is refused", f"code {row}_b a0, a1, 2; ret", "refuse target 2")
        out.case("before the function is refused", f"code ret; func other; {row}_b a0, a1, 4; ret", "refuse target 4")
        out.case("by nothing is refused", f"code {row}_b a0, a1, 0; ret", "refuse field 2")


ADD_CONDITIONS = {"addbne": "bne", "addblt": "blt", "addbge": "bge", "addbltu": "bltu", "addbgeu": "bgeu"}


def add_branches():
    for row, condition in ADD_CONDITIONS.items():
        meaning = CONDITIONS[condition]
        out = begin(row)
        for inc in (1, -1, 7, -8, 2, 0):
            out.case(f"a loop that adds {inc}", "fuel 100",
                     f"code body: addi t0, t0, 1; {row} a0, a1, {inc}, body; ret")
            for a, b in ((0, 5), (5, 0), (0, 0), (M, 2), (0x7ffffff0, 0x80000003), (0x80000003, 0x7ffffff0), (14, 0),
                         (0, 14), (0xfffffff2, 0)):
                rounds, value, spent = 0, a, 4
                while True:
                    rounds += 1
                    value = (value + inc) & M
                    if not meaning(value, b):
                        break
                    spent += 2
                    if spent > 100:
                        break
                if spent > 100:
                    out.attempt({"a0": a, "a1": b}, f"budget 2 {spent} a0=0x{value:x} t0={rounds}")
                else:
                    out.attempt({"a0": a, "a1": b}, {"a0": value, "t0": rounds, "spent": spent})
        out.case("against itself b is read after the addition", "fuel 10",
                 f"code body: addi t0, t0, 1; {row} a0, a0, 1, body; ret")
        if meaning(1, 1):
            out.attempt({"a0": 7}, "budget 2 12 a0=11 t0=4")
        else:
            out.attempt({"a0": 7}, {"a0": 8, "t0": 1, "spent": 4})
        out.case("against zero", f"code body: addi t0, t0, 1; {row} a0, zero, -1, body; ret")
        if condition == "bne":
            out.attempt({"a0": 3}, {"a0": 0, "t0": 3, "spent": 8})
        elif condition in ("bge",):
            out.attempt({"a0": 2}, {"a0": M, "t0": 3, "spent": 8})
        elif condition in ("blt", "bltu"):
            out.attempt({"a0": 3}, {"a0": 2, "t0": 1, "spent": 4})
        else:
            out.lines = out.lines[:-2]
        out.case("a sum in zero is refused", f"code {row} zero, a1, 1, 1; ret", "refuse register 2")
        out.case("to the function's entry is refused", f"code {row} a0, a1, 1, 2; ret", "refuse target 2")
        out.case("by nothing is refused", f"code {row} a0, a1, 1, 0; ret", "refuse field 2")




def main():
    float_rows.facts()
    os.makedirs(ROWS, exist_ok=True)
    for row, meaning in BINARY.items():
        binary(row, meaning, PAIRS, FEW)
    for row, meaning in UNARY.items():
        unary(row, meaning, EDGES + [1 << k for k in range(32)] + [0x00800080, 0x01000001])
    for row, meaning in THREE.items():
        three(row, meaning, TRIPLES)
    for part in (mov2, immediates, shifts, pairs_of_registers, branches, add_branches, memory_rows.memory,
                 float_rows.floats):
        part()
    check = sys.argv[1:] == ["--check"]
    return 0 if all([f.write(check) for f in files]) else 1


if __name__ == "__main__":
    sys.exit(main())
