/* decode: one RV32 instruction word into fields, for the instructions that guests may use. Knows encodings, not what an
 * instruction is for. Source: the RISC-V unprivileged specification; rows in decode.c. */
#ifndef SKEP_TOOLCHAIN_LOWER_DECODE_H
#define SKEP_TOOLCHAIN_LOWER_DECODE_H

#include <stdbool.h>
#include <stdint.h>

enum shape {
    SHAPE_UNKNOWN, /* not in the table: refused when reached */
    SHAPE_LUI,
    SHAPE_AUIPC,
    SHAPE_JAL,
    SHAPE_JALR,
    SHAPE_BRANCH, /* op rs1, rs2, imm */
    SHAPE_LOAD,
    SHAPE_STORE,
    SHAPE_IMMEDIATE,   /* op rd, rs1, imm */
    SHAPE_SHIFT,       /* op rd, rs1, imm (0 to 31) */
    SHAPE_TWO,         /* op rd, rs1 */
    SHAPE_TWO_ROUNDED, /* the same with a rounding mode that must be the nearest even or dynamic */
    SHAPE_CONVERT,     /* op rd, rs1, any static rounding mode in imm */
    SHAPE_THREE,       /* op rd, rs1, rs2 */
    SHAPE_THREE_ROUNDED,
    SHAPE_FOUR_ROUNDED, /* op rd, rs1, rs2, rs3 */
    SHAPE_NOTHING,      /* fence */
    SHAPE_BREAK,
    SHAPE_TRAP,      /* unimp */
    SHAPE_HOST_CALL, /* custom-0, imm is the number */
    SHAPE_SPECIAL,   /* custom-0, imm is enum special */
    SHAPE_BLOCK,     /* custom-1: an operation on memory, registers are fixed */
};
enum special { SPECIAL_SETJMP, SPECIAL_LONGJMP, SPECIAL_TRAP, SPECIAL_BREAK };

struct instruction {
    uint32_t word;
    uint8_t shape, op; /* enum shape; the bytecode's op when there is exactly one */
    uint8_t rd, rs1, rs2, rs3, rounding;
    int32_t imm;
};

struct instruction decode_instruction(uint32_t word);
/* Whether rd, rs1 .. are registers that the instruction has. */
bool instruction_has_rd(const struct instruction *i);
bool instruction_has_rs1(const struct instruction *i);
bool instruction_has_rs2(const struct instruction *i);
/* Why a word of SHAPE_UNKNOWN is refused, and what to do: a sentence fragment. */
const char *instruction_fault(uint32_t word);

#endif
