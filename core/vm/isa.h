/* GENERATED from spec/isa.json by tools/generate/isa.py. Do not edit. */
#ifndef SKEP_CORE_VM_ISA_H
#define SKEP_CORE_VM_ISA_H

#include <stdint.h>

enum {
    ISA_RAM_BASE = 0x00000400,
    ISA_RO_BASE = 0x10000000,
    ISA_CODE_BASE = 0x40000000,
    ISA_VERSION = 1,
};

/* X(code, NAME, form, fields written as a mask of a=1 b=2 c=4 .., uses float, ends a function, meaning) */
#define ISA_OPS(X) \
    X(0x01, STOP,        none,        0,  0, 1, "leave vm_run with the stop 'return'; stands at word 0 of every program and nowhere else") \
    X(0x02, TRAP,        u16,         0,  0, 1, "trap UNREACHABLE with detail imm") \
    X(0x03, HCALL,       u12,         0,  0, 0, "leave vm_run with the stop 'call' and call number imm; execution goes on at the next word") \
    X(0x04, BREAK,       u16,         0,  0, 0, "leave vm_run with the stop 'break' and code imm; execution goes on at the next word") \
    X(0x05, SETJMP,      none,        0,  0, 0, "fill the 32-byte buffer at a0 (section 7), then a0 = 0") \
    X(0x06, LONGJMP,     none,        0,  0, 1, "check the buffer at a0 (section 7) and go on after its SETJMP with a0 = a1 == 0 ? 1 : a1") \
    X(0x07, CHARGE,      u12,         0,  0, 0, "charge imm: the words from here to the next CHARGE or the end of the function") \
    X(0x08, ENTRY0,      entry,       0,  0, 0, "function entry: sp -= 4*frame") \
    X(0x09, ENTRY1,      entry,       0,  0, 0, "function entry: sp -= 4*frame; mem32[sp+4*frame-8] = s0") \
    X(0x0a, ENTRY2,      entry,       0,  0, 0, "function entry: sp -= 4*frame; mem32[sp+4*frame-8] = s0; mem32[sp+4*frame-12] = s1") \
    X(0x0c, RET,         none,        0,  0, 1, "pop the return stack and go there") \
    X(0x0d, RET0,        frame,       0,  0, 1, "sp += 4*frame; then as RET") \
    X(0x0e, RET1,        frame,       0,  0, 1, "s0 = mem32[sp+4*frame-8]; sp += 4*frame; then as RET") \
    X(0x0f, RET2,        frame,       0,  0, 1, "s0 = mem32[sp+4*frame-8]; s1 = mem32[sp+4*frame-12]; sp += 4*frame; then as RET") \
    X(0x10, CALL,        call,        0,  0, 0, "push the next word's index on the return stack; go to the function entry at next + disp") \
    X(0x11, CALLR,       b,           0,  0, 0, "check that b is the code address of an entry marked as taken; push the next word's index; go there") \
    X(0x12, TAIL,        call,        0,  0, 1, "go to the function entry at next + disp") \
    X(0x13, TAILR,       b,           0,  0, 1, "check that b is the code address of an entry marked as taken; go there") \
    X(0x14, J,           jump,        0,  0, 1, "go forward to next + disp") \
    X(0x15, JB,          back,        0,  0, 1, "go back to next - disp") \
    X(0x16, JF,          jump,        0,  0, 1, "go forward to next + disp, across CHARGE words") \
    X(0x17, SWITCH,      b_n,         0,  0, 0, "if b < imm (unsigned), go to next + b, else to next + imm; the imm words that follow are J, JB or JF") \
    X(0x18, BEQ,         branch,      0,  0, 0, "if a == b, go forward to next + disp") \
    X(0x19, BNE,         branch,      0,  0, 0, "if a != b, go forward to next + disp") \
    X(0x1a, BLT,         branch,      0,  0, 0, "if a < b (signed), go forward to next + disp") \
    X(0x1b, BGE,         branch,      0,  0, 0, "if a >= b (signed), go forward to next + disp") \
    X(0x1c, BLTU,        branch,      0,  0, 0, "if a < b (unsigned), go forward to next + disp") \
    X(0x1d, BGEU,        branch,      0,  0, 0, "if a >= b (unsigned), go forward to next + disp") \
    X(0x1e, BEQ_B,       branch_back, 0,  0, 0, "if a == b, go back to next - disp") \
    X(0x1f, BNE_B,       branch_back, 0,  0, 0, "if a != b, go back to next - disp") \
    X(0x20, BLT_B,       branch_back, 0,  0, 0, "if a < b (signed), go back to next - disp") \
    X(0x21, BGE_B,       branch_back, 0,  0, 0, "if a >= b (signed), go back to next - disp") \
    X(0x22, BLTU_B,      branch_back, 0,  0, 0, "if a < b (unsigned), go back to next - disp") \
    X(0x23, BGEU_B,      branch_back, 0,  0, 0, "if a >= b (unsigned), go back to next - disp") \
    X(0x24, ADDBNE,      add_branch,  1,  0, 0, "a += inc; then, if a != b, go back to next - disp; b is read after the addition") \
    X(0x25, ADDBLT,      add_branch,  1,  0, 0, "a += inc; then, if a < b (signed), go back to next - disp; b is read after the addition") \
    X(0x26, ADDBGE,      add_branch,  1,  0, 0, "a += inc; then, if a >= b (signed), go back to next - disp; b is read after the addition") \
    X(0x27, ADDBLTU,     add_branch,  1,  0, 0, "a += inc; then, if a < b (unsigned), go back to next - disp; b is read after the addition") \
    X(0x28, ADDBGEU,     add_branch,  1,  0, 0, "a += inc; then, if a >= b (unsigned), go back to next - disp; b is read after the addition") \
    X(0x30, LI,          a_i20,       1,  0, 0, "a = imm") \
    X(0x31, LUI16,       a_i16,       1,  0, 0, "a = imm << 16") \
    X(0x32, MOV,         a_b,         1,  0, 0, "a = b") \
    X(0x33, ADDI,        a_b_i16,     1,  0, 0, "a = b + imm") \
    X(0x34, SLTI,        a_b_i16,     1,  0, 0, "a = b < imm (signed)") \
    X(0x35, SLTIU,       a_b_i16,     1,  0, 0, "a = b < imm (unsigned, imm sign-extended first)") \
    X(0x36, XORI,        a_b_i16,     1,  0, 0, "a = b ^ imm") \
    X(0x37, ORI,         a_b_i16,     1,  0, 0, "a = b | imm") \
    X(0x38, ANDI,        a_b_i16,     1,  0, 0, "a = b & imm") \
    X(0x39, SLLI,        a_b_k5,      1,  0, 0, "a = b << k") \
    X(0x3a, SRLI,        a_b_k5,      1,  0, 0, "a = b >> k (unsigned)") \
    X(0x3b, SRAI,        a_b_k5,      1,  0, 0, "a = b >> k (signed)") \
    X(0x3c, RORI,        a_b_k5,      1,  0, 0, "a = b rotated right by k") \
    X(0x3d, BSETI,       a_b_k5,      1,  0, 0, "a = b | 1 << k") \
    X(0x3e, BCLRI,       a_b_k5,      1,  0, 0, "a = b & ~(1 << k)") \
    X(0x3f, BINVI,       a_b_k5,      1,  0, 0, "a = b ^ 1 << k") \
    X(0x40, BEXTI,       a_b_k5,      1,  0, 0, "a = b >> k & 1") \
    X(0x41, UBFX,        a_b_k5_w5,   1,  0, 0, "a = (b >> k) & (2^(width) - 1); k + width <= 32") \
    X(0x42, SBFX,        a_b_k5_w5,   1,  0, 0, "the width bits of b from bit k, sign-extended; k + width <= 32") \
    X(0x43, CLZ,         a_b,         1,  0, 0, "a = number of leading zeros of b (32 for 0)") \
    X(0x44, CTZ,         a_b,         1,  0, 0, "a = number of trailing zeros of b (32 for 0)") \
    X(0x45, CPOP,        a_b,         1,  0, 0, "a = number of ones in b") \
    X(0x46, SEXTB,       a_b,         1,  0, 0, "a = b's low 8 bits, sign-extended") \
    X(0x47, SEXTH,       a_b,         1,  0, 0, "a = b's low 16 bits, sign-extended") \
    X(0x48, ZEXTH,       a_b,         1,  0, 0, "a = b & 0xffff") \
    X(0x49, REV8,        a_b,         1,  0, 0, "a = b with its bytes reversed") \
    X(0x4a, ORCB,        a_b,         1,  0, 0, "each byte of a = 0xff where b's byte is not zero, else 0") \
    X(0x4b, LI_RO,       a_u20,       1,  0, 0, "a = 0x10000000 + imm: an address in the read-only window") \
    X(0x4c, ADD,         a_b_c,       1,  0, 0, "a = b + c") \
    X(0x4d, SUB,         a_b_c,       1,  0, 0, "a = b - c") \
    X(0x4e, SLL,         a_b_c,       1,  0, 0, "a = b << (c & 31)") \
    X(0x4f, SLT,         a_b_c,       1,  0, 0, "a = b < c (signed)") \
    X(0x50, SLTU,        a_b_c,       1,  0, 0, "a = b < c (unsigned)") \
    X(0x51, XOR,         a_b_c,       1,  0, 0, "a = b ^ c") \
    X(0x52, SRL,         a_b_c,       1,  0, 0, "a = b >> (c & 31) (unsigned)") \
    X(0x53, SRA,         a_b_c,       1,  0, 0, "a = b >> (c & 31) (signed)") \
    X(0x54, OR,          a_b_c,       1,  0, 0, "a = b | c") \
    X(0x55, AND,         a_b_c,       1,  0, 0, "a = b & c") \
    X(0x56, MUL,         a_b_c,       1,  0, 0, "a = low 32 bits of b * c") \
    X(0x57, MULH,        a_b_c,       1,  0, 0, "a = high 32 bits of b * c (signed, signed)") \
    X(0x58, MULHSU,      a_b_c,       1,  0, 0, "a = high 32 bits of b * c (signed, unsigned)") \
    X(0x59, MULHU,       a_b_c,       1,  0, 0, "a = high 32 bits of b * c (unsigned)") \
    X(0x5a, DIV,         a_b_c,       1,  0, 0, "a = b / c (signed, towards zero; -2^31 / -1 = -2^31); c == 0 traps DIVIDE") \
    X(0x5b, DIVU,        a_b_c,       1,  0, 0, "a = b / c (unsigned); c == 0 traps DIVIDE") \
    X(0x5c, REM,         a_b_c,       1,  0, 0, "a = b - (b / c) * c (signed; -2^31 % -1 = 0); c == 0 traps DIVIDE") \
    X(0x5d, REMU,        a_b_c,       1,  0, 0, "a = b % c (unsigned); c == 0 traps DIVIDE") \
    X(0x5e, ANDN,        a_b_c,       1,  0, 0, "a = b & ~c") \
    X(0x5f, ORN,         a_b_c,       1,  0, 0, "a = b | ~c") \
    X(0x60, XNOR,        a_b_c,       1,  0, 0, "a = ~(b ^ c)") \
    X(0x61, MIN,         a_b_c,       1,  0, 0, "a = the smaller of b, c (signed)") \
    X(0x62, MAX,         a_b_c,       1,  0, 0, "a = the larger of b, c (signed)") \
    X(0x63, MINU,        a_b_c,       1,  0, 0, "a = the smaller of b, c (unsigned)") \
    X(0x64, MAXU,        a_b_c,       1,  0, 0, "a = the larger of b, c (unsigned)") \
    X(0x65, ROL,         a_b_c,       1,  0, 0, "a = b rotated left by c & 31") \
    X(0x66, ROR,         a_b_c,       1,  0, 0, "a = b rotated right by c & 31") \
    X(0x67, BSET,        a_b_c,       1,  0, 0, "a = b | 1 << (c & 31)") \
    X(0x68, BCLR,        a_b_c,       1,  0, 0, "a = b & ~(1 << (c & 31))") \
    X(0x69, BINV,        a_b_c,       1,  0, 0, "a = b ^ 1 << (c & 31)") \
    X(0x6a, BEXT,        a_b_c,       1,  0, 0, "a = b >> (c & 31) & 1") \
    X(0x6b, SH1ADD,      a_b_c,       1,  0, 0, "a = (b << 1) + c") \
    X(0x6c, SH2ADD,      a_b_c,       1,  0, 0, "a = (b << 2) + c") \
    X(0x6d, SH3ADD,      a_b_c,       1,  0, 0, "a = (b << 3) + c") \
    X(0x6e, CZEQZ,       a_b_c,       1,  0, 0, "a = c == 0 ? 0 : b") \
    X(0x6f, CZNEZ,       a_b_c,       1,  0, 0, "a = c != 0 ? 0 : b") \
    X(0x70, ADD_SLL,     a_b_c_k5,    1,  0, 0, "a = b + (c << k)") \
    X(0x71, SUB_SLL,     a_b_c_k5,    1,  0, 0, "a = b - (c << k)") \
    X(0x72, XOR_SLL,     a_b_c_k5,    1,  0, 0, "a = b ^ (c << k)") \
    X(0x73, OR_SLL,      a_b_c_k5,    1,  0, 0, "a = b | (c << k)") \
    X(0x74, ADD_SRL,     a_b_c_k5,    1,  0, 0, "a = b + (c >> k) (unsigned)") \
    X(0x75, XOR_SRL,     a_b_c_k5,    1,  0, 0, "a = b ^ (c >> k) (unsigned)") \
    X(0x76, OR_SRL,      a_b_c_k5,    1,  0, 0, "a = b | (c >> k) (unsigned)") \
    X(0x77, AND_SRL,     a_b_c_k5,    1,  0, 0, "a = b & (c >> k) (unsigned)") \
    X(0x78, ADD_SRA,     a_b_c_k5,    1,  0, 0, "a = b + (c >> k) (signed)") \
    X(0x79, XOR_ROR,     a_b_c_k5,    1,  0, 0, "a = b ^ (c rotated right by k)") \
    X(0x7a, FSHL,        a_b_c_k5,    1,  0, 0, "a = (b << k) | (c >> (32 - k)) (unsigned); k = 0 gives b") \
    X(0x7b, ADD3,        a_b_c_d,     1,  0, 0, "a = b + c + d") \
    X(0x7c, XOR3,        a_b_c_d,     1,  0, 0, "a = b ^ c ^ d") \
    X(0x7d, MADD,        a_b_c_d,     1,  0, 0, "a = d + b * c") \
    X(0x7e, MSUB,        a_b_c_d,     1,  0, 0, "a = d - b * c") \
    X(0x7f, MOV2,        a_b_c_d,     5,  0, 0, "a = b; c = d, both read before either is written") \
    X(0x80, LB,          a_b_o16,     1,  0, 0, "a = mem8[ea], sign-extended; ea = b + off") \
    X(0x81, LBU,         a_b_o16,     1,  0, 0, "a = mem8[ea]; ea = b + off") \
    X(0x82, LH,          a_b_o16,     1,  0, 0, "a = mem16[ea], sign-extended; ea = b + off") \
    X(0x83, LHU,         a_b_o16,     1,  0, 0, "a = mem16[ea]; ea = b + off") \
    X(0x84, LW,          a_b_o16,     1,  0, 0, "a = mem32[ea]; ea = b + off") \
    X(0x85, SB,          a_b_o16,     0,  0, 0, "mem8[ea] = a; ea = b + off") \
    X(0x86, SH,          a_b_o16,     0,  0, 0, "mem16[ea] = a; ea = b + off") \
    X(0x87, SW,          a_b_o16,     0,  0, 0, "mem32[ea] = a; ea = b + off") \
    X(0x88, LB_P,        a_b_o8_n8,   3,  0, 0, "a = mem8[ea], sign-extended; b += inc; ea = b + off with b before the addition") \
    X(0x89, LBU_P,       a_b_o8_n8,   3,  0, 0, "a = mem8[ea]; b += inc; ea = b + off with b before the addition") \
    X(0x8a, LH_P,        a_b_o8_n8,   3,  0, 0, "a = mem16[ea], sign-extended; b += inc; ea = b + off with b before the addition") \
    X(0x8b, LHU_P,       a_b_o8_n8,   3,  0, 0, "a = mem16[ea]; b += inc; ea = b + off with b before the addition") \
    X(0x8c, LW_P,        a_b_o8_n8,   3,  0, 0, "a = mem32[ea]; b += inc; ea = b + off with b before the addition") \
    X(0x8d, SB_P,        a_b_o8_n8,   2,  0, 0, "mem8[ea] = a; b += inc; ea = b + off with b before the addition") \
    X(0x8e, SH_P,        a_b_o8_n8,   2,  0, 0, "mem16[ea] = a; b += inc; ea = b + off with b before the addition") \
    X(0x8f, SW_P,        a_b_o8_n8,   2,  0, 0, "mem32[ea] = a; b += inc; ea = b + off with b before the addition") \
    X(0x90, LB_X,        a_b_c_o12,   1,  0, 0, "a = mem8[ea], sign-extended; ea = b + (c << 0) + off") \
    X(0x91, LBU_X,       a_b_c_o12,   1,  0, 0, "a = mem8[ea]; ea = b + (c << 0) + off") \
    X(0x92, LH_X,        a_b_c_o12,   1,  0, 0, "a = mem16[ea], sign-extended; ea = b + (c << 1) + off") \
    X(0x93, LHU_X,       a_b_c_o12,   1,  0, 0, "a = mem16[ea]; ea = b + (c << 1) + off") \
    X(0x94, LW_X,        a_b_c_o12,   1,  0, 0, "a = mem32[ea]; ea = b + (c << 2) + off") \
    X(0x95, SB_X,        a_b_c_o12,   0,  0, 0, "mem8[ea] = a; ea = b + (c << 0) + off") \
    X(0x96, SH_X,        a_b_c_o12,   0,  0, 0, "mem16[ea] = a; ea = b + (c << 1) + off") \
    X(0x97, SW_X,        a_b_c_o12,   0,  0, 0, "mem32[ea] = a; ea = b + (c << 2) + off") \
    X(0x98, LH_A,        a_b_c_o12,   1,  0, 0, "a = mem16[ea], sign-extended; ea = b + c + off") \
    X(0x99, LHU_A,       a_b_c_o12,   1,  0, 0, "a = mem16[ea]; ea = b + c + off") \
    X(0x9a, LW_A,        a_b_c_o12,   1,  0, 0, "a = mem32[ea]; ea = b + c + off") \
    X(0x9b, SH_A,        a_b_c_o12,   0,  0, 0, "mem16[ea] = a; ea = b + c + off") \
    X(0x9c, SW_A,        a_b_c_o12,   0,  0, 0, "mem32[ea] = a; ea = b + c + off") \
    X(0x9d, LWPAIR,      a_b_c_o12,   5,  0, 0, "a = mem32[ea]; c = mem32[ea + 4]; ea = b + off with b before either write") \
    X(0x9e, SWPAIR,      a_b_c_o12,   0,  0, 0, "mem32[ea] = a; mem32[ea + 4] = c; ea = b + off; both or neither") \
    X(0xa0, BCOPY,       a_b_c,       7,  0, 0, "copy c bytes from b to a as memmove does, in steps of at most 16384 bytes (section 6)") \
    X(0xa1, BFILL,       a_b_c,       5,  0, 0, "fill c bytes at a with b's low byte, in steps of at most 16384 bytes (section 6)") \
    X(0xa2, BCMP,        a_b_c_d,     15, 0, 0, "compare d bytes at b and c, in steps (section 6); a = first differing byte of b minus that of c, or 0") \
    X(0xa3, BFIND,       a_b_c,       5,  0, 0, "look for b's low byte in c bytes at a, in steps (section 6); a = its address and c = bytes from there on, or c = 0") \
    X(0xa4, SELECT,      a_b_c_d,     1,  0, 0, "a = d != 0 ? b : c") \
    X(0xa8, ADD64,       a_b_c_d_e_f, 3,  0, 0, "(b:a) = (d:c) + (f:e)") \
    X(0xa9, SUB64,       a_b_c_d_e_f, 3,  0, 0, "(b:a) = (d:c) - (f:e)") \
    X(0xaa, XOR64,       a_b_c_d_e_f, 3,  0, 0, "(b:a) = (d:c) ^ (f:e)") \
    X(0xab, AND64,       a_b_c_d_e_f, 3,  0, 0, "(b:a) = (d:c) & (f:e)") \
    X(0xac, OR64,        a_b_c_d_e_f, 3,  0, 0, "(b:a) = (d:c) | (f:e)") \
    X(0xad, SLLI64,      a_b_c_d_k6,  3,  0, 0, "(b:a) = (d:c) << k") \
    X(0xae, SRLI64,      a_b_c_d_k6,  3,  0, 0, "(b:a) = (d:c) >> k (unsigned)") \
    X(0xaf, SRAI64,      a_b_c_d_k6,  3,  0, 0, "(b:a) = (d:c) >> k (signed)") \
    X(0xb0, ROLI64,      a_b_c_d_k6,  3,  0, 0, "(b:a) = (d:c) rotated left by k") \
    X(0xb1, MULU64,      a_b_c_d,     3,  0, 0, "(b:a) = c * d (unsigned)") \
    X(0xb2, MULS64,      a_b_c_d,     3,  0, 0, "(b:a) = c * d (signed)") \
    X(0xb3, ADC,         a_b_c_d_e,   1,  0, 0, "a = b + c + (d < e) (unsigned compare)") \
    X(0xb4, SBC,         a_b_c_d_e,   1,  0, 0, "a = b - c - (d < e) (unsigned compare)") \
    X(0xb5, SLT64,       a_b_c_d_e,   1,  0, 0, "a = (c:b) < (e:d) (signed)") \
    X(0xb6, SLTU64,      a_b_c_d_e,   1,  0, 0, "a = (c:b) < (e:d) (unsigned)") \
    X(0xc0, FADD_S,      a_b_c,       1,  1, 0, "binary32: a = b + c") \
    X(0xc1, FSUB_S,      a_b_c,       1,  1, 0, "binary32: a = b - c") \
    X(0xc2, FMUL_S,      a_b_c,       1,  1, 0, "binary32: a = b * c") \
    X(0xc3, FDIV_S,      a_b_c,       1,  1, 0, "binary32: a = b / c") \
    X(0xc4, FMIN_S,      a_b_c,       1,  1, 0, "binary32: a = minimum of b, c; -0 < +0; a number wins over a NaN") \
    X(0xc5, FMAX_S,      a_b_c,       1,  1, 0, "binary32: a = maximum of b, c; -0 < +0; a number wins over a NaN") \
    X(0xc6, FEQ_S,       a_b_c,       1,  1, 0, "binary32: a = b == c (0 for NaN)") \
    X(0xc7, FLT_S,       a_b_c,       1,  1, 0, "binary32: a = b < c (0 for NaN)") \
    X(0xc8, FLE_S,       a_b_c,       1,  1, 0, "binary32: a = b <= c (0 for NaN)") \
    X(0xc9, FSGNJ_S,     a_b_c,       1,  1, 0, "binary32: a = b with c's sign bit") \
    X(0xca, FSGNJN_S,    a_b_c,       1,  1, 0, "binary32: a = b with the inverse of c's sign bit") \
    X(0xcb, FSGNJX_S,    a_b_c,       1,  1, 0, "binary32: a = b, its sign bit xored with c's") \
    X(0xcc, FMADD_S,     a_b_c_d,     1,  1, 0, "binary32: a = b * c + d, rounded once") \
    X(0xcd, FMSUB_S,     a_b_c_d,     1,  1, 0, "binary32: a = b * c - d, rounded once") \
    X(0xce, FNMSUB_S,    a_b_c_d,     1,  1, 0, "binary32: a = -(b * c) + d, rounded once") \
    X(0xcf, FNMADD_S,    a_b_c_d,     1,  1, 0, "binary32: a = -(b * c) - d, rounded once") \
    X(0xd0, FSQRT_S,     a_b,         1,  1, 0, "binary32: a = square root of b") \
    X(0xd1, FCLASS_S,    a_b,         1,  1, 0, "binary32: a = class of b, one bit of ten (section 8)") \
    X(0xd2, FCVT_W_S,    a_b_rm,      1,  1, 0, "binary32: a = b as int32, rounded by rm, saturated; NaN gives 2^31-1") \
    X(0xd3, FCVT_WU_S,   a_b_rm,      1,  1, 0, "binary32: a = b as uint32, rounded by rm, saturated; NaN gives 2^32-1") \
    X(0xd4, FCVT_F_W_S,  a_b_rm,      1,  1, 0, "binary32: a = b (int32) as float, rounded by rm") \
    X(0xd5, FCVT_F_WU_S, a_b_rm,      1,  1, 0, "binary32: a = b (uint32) as float, rounded by rm") \
    X(0xd6, FADD_H,      a_b_c,       1,  1, 0, "binary16: a = b + c") \
    X(0xd7, FSUB_H,      a_b_c,       1,  1, 0, "binary16: a = b - c") \
    X(0xd8, FMUL_H,      a_b_c,       1,  1, 0, "binary16: a = b * c") \
    X(0xd9, FDIV_H,      a_b_c,       1,  1, 0, "binary16: a = b / c") \
    X(0xda, FMIN_H,      a_b_c,       1,  1, 0, "binary16: a = minimum of b, c; -0 < +0; a number wins over a NaN") \
    X(0xdb, FMAX_H,      a_b_c,       1,  1, 0, "binary16: a = maximum of b, c; -0 < +0; a number wins over a NaN") \
    X(0xdc, FEQ_H,       a_b_c,       1,  1, 0, "binary16: a = b == c (0 for NaN)") \
    X(0xdd, FLT_H,       a_b_c,       1,  1, 0, "binary16: a = b < c (0 for NaN)") \
    X(0xde, FLE_H,       a_b_c,       1,  1, 0, "binary16: a = b <= c (0 for NaN)") \
    X(0xdf, FSGNJ_H,     a_b_c,       1,  1, 0, "binary16: a = b with c's sign bit") \
    X(0xe0, FSGNJN_H,    a_b_c,       1,  1, 0, "binary16: a = b with the inverse of c's sign bit") \
    X(0xe1, FSGNJX_H,    a_b_c,       1,  1, 0, "binary16: a = b, its sign bit xored with c's") \
    X(0xe2, FMADD_H,     a_b_c_d,     1,  1, 0, "binary16: a = b * c + d, rounded once") \
    X(0xe3, FMSUB_H,     a_b_c_d,     1,  1, 0, "binary16: a = b * c - d, rounded once") \
    X(0xe4, FNMSUB_H,    a_b_c_d,     1,  1, 0, "binary16: a = -(b * c) + d, rounded once") \
    X(0xe5, FNMADD_H,    a_b_c_d,     1,  1, 0, "binary16: a = -(b * c) - d, rounded once") \
    X(0xe6, FSQRT_H,     a_b,         1,  1, 0, "binary16: a = square root of b") \
    X(0xe7, FCLASS_H,    a_b,         1,  1, 0, "binary16: a = class of b, one bit of ten (section 8)") \
    X(0xe8, FCVT_W_H,    a_b_rm,      1,  1, 0, "binary16: a = b as int32, rounded by rm, saturated; NaN gives 2^31-1") \
    X(0xe9, FCVT_WU_H,   a_b_rm,      1,  1, 0, "binary16: a = b as uint32, rounded by rm, saturated; NaN gives 2^32-1") \
    X(0xea, FCVT_F_W_H,  a_b_rm,      1,  1, 0, "binary16: a = b (int32) as float, rounded by rm") \
    X(0xeb, FCVT_F_WU_H, a_b_rm,      1,  1, 0, "binary16: a = b (uint32) as float, rounded by rm") \
    X(0xec, FCVT_S_H,    a_b,         1,  1, 0, "a = binary16 b as binary32") \
    X(0xed, FCVT_H_S,    a_b,         1,  1, 0, "a = binary32 b as binary16, nearest even")

#define ISA_ENUM(code, name, form, written, uses_float, ends, meaning) OP_##name = (code),
enum isa_op { ISA_OPS(ISA_ENUM) };
#undef ISA_ENUM

/* X(code): the opcode values without a row. */
#define ISA_HOLES(X) \
    X(0x00) X(0x0b) X(0x29) X(0x2a) X(0x2b) X(0x2c) X(0x2d) X(0x2e) X(0x2f) X(0x9f) \
    X(0xa5) X(0xa6) X(0xa7) X(0xb7) X(0xb8) X(0xb9) X(0xba) X(0xbb) X(0xbc) X(0xbd) \
    X(0xbe) X(0xbf) X(0xee) X(0xef) X(0xf0) X(0xf1) X(0xf2) X(0xf3) X(0xf4) X(0xf5) \
    X(0xf6) X(0xf7) X(0xf8) X(0xf9) X(0xfa) X(0xfb) X(0xfc) X(0xfd) X(0xfe) X(0xff)

enum isa_form {
    ISA_FORM_none,
    ISA_FORM_u16,
    ISA_FORM_u12,
    ISA_FORM_entry,
    ISA_FORM_call,
    ISA_FORM_b,
    ISA_FORM_jump,
    ISA_FORM_back,
    ISA_FORM_b_n,
    ISA_FORM_branch,
    ISA_FORM_branch_back,
    ISA_FORM_add_branch,
    ISA_FORM_a_b_k5_w5,
    ISA_FORM_a_b_rm,
    ISA_FORM_frame,
    ISA_FORM_a_i16,
    ISA_FORM_a_i20,
    ISA_FORM_a_u20,
    ISA_FORM_a_b,
    ISA_FORM_a_b_i16,
    ISA_FORM_a_b_k5,
    ISA_FORM_a_b_c,
    ISA_FORM_a_b_c_d,
    ISA_FORM_a_b_c_d_e,
    ISA_FORM_a_b_c_d_e_f,
    ISA_FORM_a_b_c_d_k6,
    ISA_FORM_a_b_c_k5,
    ISA_FORM_a_b_o16,
    ISA_FORM_a_b_o8_n8,
    ISA_FORM_a_b_c_o12,
    ISA_FORMS
};
enum { ISA_FORMS_CHECKED = 14 }; /* from this form on, any value of a field that is no register is good */

enum isa_kind {
    ISA_KIND_reg,
    ISA_KIND_simm,
    ISA_KIND_uimm,
    ISA_KIND_offset,
    ISA_KIND_forward,
    ISA_KIND_back,
    ISA_KIND_call,
    ISA_KIND_shift,
    ISA_KIND_width,
    ISA_KIND_rounding,
    ISA_KIND_run,
    ISA_KIND_frame,
    ISA_KIND_flag,
    ISA_KIND_count,
};

enum { ISA_FIELDS_MAX = 6 };

struct isa_field {
    char name[6];
    uint8_t low, bits, kind; /* enum isa_kind */
};
struct isa_form_info {
    uint32_t reserved; /* bits that must be zero */
    uint8_t field_count;
    struct isa_field field[ISA_FIELDS_MAX];
};
enum { ISA_FLAG_WRITES = 0x3f, ISA_FLAG_FLOAT = 0x40, ISA_FLAG_ENDS = 0x80 };
struct isa_op_info {
    uint8_t form; /* enum isa_form; ISA_FORMS: no such opcode */
    uint8_t flags;
};

extern const struct isa_op_info isa_op_table[256];
/* Bits of each form that must be zero. An opcode without a row has form ISA_FORMS, all bits reserved,
 * and writes a. */
extern const uint32_t isa_reserved[ISA_FORMS + 1];

/* Below: for tools and listings; devices do not link it. isa_op_name is NULL where there is no row. */
extern const struct isa_form_info isa_form_table[ISA_FORMS];
const char *isa_op_name(uint8_t code);
const char *isa_register_name(unsigned number);

static inline uint32_t isa_bits(uint32_t word, unsigned low, unsigned bits) {
    return word >> low & ((1u << bits) - 1u);
}
static inline int32_t isa_signed_bits(uint32_t word, unsigned low, unsigned bits) {
    uint32_t value = isa_bits(word, low, bits), sign = 1u << (bits - 1);
    return (int32_t)((value ^ sign) - sign);
}

#endif
