#include "toolchain/lower/decode.h"

#include "core/vm/isa.h"

struct row {
    uint32_t mask, match;
    uint8_t op, shape;
};

/* clang-format off */
#define OPCODE(opcode, o, shape)          {0x0000007f, (opcode), (o), (shape)}
#define FUNCT3(opcode, f3, o, shape)      {0x0000707f, (f3) << 12 | (opcode), (o), (shape)}
#define FUNCT7(opcode, f7, f3, o, shape)  {0xfe00707f, (uint32_t)(f7) << 25 | (f3) << 12 | (opcode), (o), (shape)}
#define FUNCT12(opcode, f12, f3, o, shape) {0xfff0707f, (uint32_t)(f12) << 20 | (f3) << 12 | (opcode), (o), (shape)}
#define ROUNDED(f7, o, shape)             {0xfe00007f, (uint32_t)(f7) << 25 | 0x53, (o), (shape)}
#define ROUNDED12(f7, rs2, o, shape)      {0xfff0007f, (uint32_t)(f7) << 25 | (rs2) << 20 | 0x53, (o), (shape)}
#define FUSED(opcode, format, o)          {0x0600007f, (uint32_t)(format) << 25 | (opcode), (o), SHAPE_FOUR_ROUNDED}
/* The operations that binary32 (format 0) and binary16 (format 2) share. */
#define FLOAT(format, S)                                          \
    ROUNDED(0x00 | (format), OP_FADD_##S, SHAPE_THREE_ROUNDED),   \
    ROUNDED(0x04 | (format), OP_FSUB_##S, SHAPE_THREE_ROUNDED),   \
    ROUNDED(0x08 | (format), OP_FMUL_##S, SHAPE_THREE_ROUNDED),   \
    ROUNDED(0x0c | (format), OP_FDIV_##S, SHAPE_THREE_ROUNDED),   \
    ROUNDED12(0x2c | (format), 0, OP_FSQRT_##S, SHAPE_TWO_ROUNDED), \
    FUNCT7(0x53, 0x10 | (format), 0, OP_FSGNJ_##S, SHAPE_THREE),  \
    FUNCT7(0x53, 0x10 | (format), 1, OP_FSGNJN_##S, SHAPE_THREE), \
    FUNCT7(0x53, 0x10 | (format), 2, OP_FSGNJX_##S, SHAPE_THREE), \
    FUNCT7(0x53, 0x14 | (format), 0, OP_FMIN_##S, SHAPE_THREE),   \
    FUNCT7(0x53, 0x14 | (format), 1, OP_FMAX_##S, SHAPE_THREE),   \
    FUNCT7(0x53, 0x50 | (format), 0, OP_FLE_##S, SHAPE_THREE),    \
    FUNCT7(0x53, 0x50 | (format), 1, OP_FLT_##S, SHAPE_THREE),    \
    FUNCT7(0x53, 0x50 | (format), 2, OP_FEQ_##S, SHAPE_THREE),    \
    ROUNDED12(0x60 | (format), 0, OP_FCVT_W_##S, SHAPE_CONVERT),  \
    ROUNDED12(0x60 | (format), 1, OP_FCVT_WU_##S, SHAPE_CONVERT), \
    ROUNDED12(0x68 | (format), 0, OP_FCVT_F_W_##S, SHAPE_CONVERT), \
    ROUNDED12(0x68 | (format), 1, OP_FCVT_F_WU_##S, SHAPE_CONVERT), \
    FUNCT12(0x53, (0x70 | (format)) << 5, 1, OP_FCLASS_##S, SHAPE_TWO), \
    FUSED(0x43, (format), OP_FMADD_##S),                          \
    FUSED(0x47, (format), OP_FMSUB_##S),                          \
    FUSED(0x4b, (format), OP_FNMSUB_##S),                         \
    FUSED(0x4f, (format), OP_FNMADD_##S)

static const struct row rows[] = {
    OPCODE(0x37, 0, SHAPE_LUI),
    OPCODE(0x17, 0, SHAPE_AUIPC),
    OPCODE(0x6f, 0, SHAPE_JAL),
    FUNCT3(0x67, 0, 0, SHAPE_JALR),
    FUNCT3(0x63, 0, OP_BEQ, SHAPE_BRANCH),
    FUNCT3(0x63, 1, OP_BNE, SHAPE_BRANCH),
    FUNCT3(0x63, 4, OP_BLT, SHAPE_BRANCH),
    FUNCT3(0x63, 5, OP_BGE, SHAPE_BRANCH),
    FUNCT3(0x63, 6, OP_BLTU, SHAPE_BRANCH),
    FUNCT3(0x63, 7, OP_BGEU, SHAPE_BRANCH),
    FUNCT3(0x03, 0, OP_LB, SHAPE_LOAD),
    FUNCT3(0x03, 1, OP_LH, SHAPE_LOAD),
    FUNCT3(0x03, 2, OP_LW, SHAPE_LOAD),
    FUNCT3(0x03, 4, OP_LBU, SHAPE_LOAD),
    FUNCT3(0x03, 5, OP_LHU, SHAPE_LOAD),
    FUNCT3(0x23, 0, OP_SB, SHAPE_STORE),
    FUNCT3(0x23, 1, OP_SH, SHAPE_STORE),
    FUNCT3(0x23, 2, OP_SW, SHAPE_STORE),

    FUNCT3(0x13, 0, OP_ADDI, SHAPE_IMMEDIATE),
    FUNCT3(0x13, 2, OP_SLTI, SHAPE_IMMEDIATE),
    FUNCT3(0x13, 3, OP_SLTIU, SHAPE_IMMEDIATE),
    FUNCT3(0x13, 4, OP_XORI, SHAPE_IMMEDIATE),
    FUNCT3(0x13, 6, OP_ORI, SHAPE_IMMEDIATE),
    FUNCT3(0x13, 7, OP_ANDI, SHAPE_IMMEDIATE),
    FUNCT7(0x13, 0x00, 1, OP_SLLI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x00, 5, OP_SRLI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x20, 5, OP_SRAI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x30, 5, OP_RORI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x14, 1, OP_BSETI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x24, 1, OP_BCLRI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x34, 1, OP_BINVI, SHAPE_SHIFT),
    FUNCT7(0x13, 0x24, 5, OP_BEXTI, SHAPE_SHIFT),
    FUNCT12(0x13, 0x600, 1, OP_CLZ, SHAPE_TWO),
    FUNCT12(0x13, 0x601, 1, OP_CTZ, SHAPE_TWO),
    FUNCT12(0x13, 0x602, 1, OP_CPOP, SHAPE_TWO),
    FUNCT12(0x13, 0x604, 1, OP_SEXTB, SHAPE_TWO),
    FUNCT12(0x13, 0x605, 1, OP_SEXTH, SHAPE_TWO),
    FUNCT12(0x13, 0x698, 5, OP_REV8, SHAPE_TWO),
    FUNCT12(0x13, 0x287, 5, OP_ORCB, SHAPE_TWO),
    FUNCT12(0x33, 0x080, 4, OP_ZEXTH, SHAPE_TWO),

    FUNCT7(0x33, 0x00, 0, OP_ADD, SHAPE_THREE),
    FUNCT7(0x33, 0x20, 0, OP_SUB, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 1, OP_SLL, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 2, OP_SLT, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 3, OP_SLTU, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 4, OP_XOR, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 5, OP_SRL, SHAPE_THREE),
    FUNCT7(0x33, 0x20, 5, OP_SRA, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 6, OP_OR, SHAPE_THREE),
    FUNCT7(0x33, 0x00, 7, OP_AND, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 0, OP_MUL, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 1, OP_MULH, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 2, OP_MULHSU, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 3, OP_MULHU, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 4, OP_DIV, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 5, OP_DIVU, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 6, OP_REM, SHAPE_THREE),
    FUNCT7(0x33, 0x01, 7, OP_REMU, SHAPE_THREE),
    FUNCT7(0x33, 0x20, 7, OP_ANDN, SHAPE_THREE),
    FUNCT7(0x33, 0x20, 6, OP_ORN, SHAPE_THREE),
    FUNCT7(0x33, 0x20, 4, OP_XNOR, SHAPE_THREE),
    FUNCT7(0x33, 0x05, 4, OP_MIN, SHAPE_THREE),
    FUNCT7(0x33, 0x05, 6, OP_MAX, SHAPE_THREE),
    FUNCT7(0x33, 0x05, 5, OP_MINU, SHAPE_THREE),
    FUNCT7(0x33, 0x05, 7, OP_MAXU, SHAPE_THREE),
    FUNCT7(0x33, 0x30, 1, OP_ROL, SHAPE_THREE),
    FUNCT7(0x33, 0x30, 5, OP_ROR, SHAPE_THREE),
    FUNCT7(0x33, 0x14, 1, OP_BSET, SHAPE_THREE),
    FUNCT7(0x33, 0x24, 1, OP_BCLR, SHAPE_THREE),
    FUNCT7(0x33, 0x34, 1, OP_BINV, SHAPE_THREE),
    FUNCT7(0x33, 0x24, 5, OP_BEXT, SHAPE_THREE),
    FUNCT7(0x33, 0x10, 2, OP_SH1ADD, SHAPE_THREE),
    FUNCT7(0x33, 0x10, 4, OP_SH2ADD, SHAPE_THREE),
    FUNCT7(0x33, 0x10, 6, OP_SH3ADD, SHAPE_THREE),
    FUNCT7(0x33, 0x07, 5, OP_CZEQZ, SHAPE_THREE),
    FUNCT7(0x33, 0x07, 7, OP_CZNEZ, SHAPE_THREE),

    FLOAT(0, S),
    FLOAT(2, H),
    ROUNDED12(0x20, 2, OP_FCVT_S_H, SHAPE_TWO),
    ROUNDED12(0x22, 0, OP_FCVT_H_S, SHAPE_TWO_ROUNDED),

    FUNCT3(0x0f, 0, 0, SHAPE_NOTHING),
    {0xffffffff, 0x00100073, OP_BREAK, SHAPE_BREAK},
    {0xffffffff, 0xc0001073, OP_TRAP, SHAPE_TRAP},
    {0x000fffff, 0x0000000b, OP_HCALL, SHAPE_HOST_CALL},
    {0x000fffff, 0x0000100b, 0, SHAPE_SPECIAL},
    {0xffffffff, 0x0000002b, OP_BCOPY, SHAPE_BLOCK},
    {0xffffffff, 0x0000102b, OP_BFILL, SHAPE_BLOCK},
    {0xffffffff, 0x0000202b, OP_BCMP, SHAPE_BLOCK},
    {0xffffffff, 0x0000302b, OP_BFIND, SHAPE_BLOCK},
};
/* clang-format on */

static int32_t sign_extend(uint32_t value, unsigned bits) {
    uint32_t sign = 1u << (bits - 1);
    return (int32_t)((value ^ sign) - sign);
}

static int32_t immediate_of(uint32_t w, uint8_t shape) {
    switch (shape) {
    case SHAPE_LUI:
    case SHAPE_AUIPC: return (int32_t)(w & 0xfffff000);
    case SHAPE_JAL:
        return sign_extend((w >> 31) << 20 | (w & 0xff000) | (w >> 20 & 1) << 11 | (w >> 21 & 0x3ff) << 1, 21);
    case SHAPE_BRANCH:
        return sign_extend((w >> 31) << 12 | (w >> 7 & 1) << 11 | (w >> 25 & 0x3f) << 5 | (w >> 8 & 15) << 1, 13);
    case SHAPE_STORE: return sign_extend((w >> 25) << 5 | (w >> 7 & 31), 12);
    case SHAPE_SHIFT: return (int32_t)(w >> 20 & 31);
    case SHAPE_HOST_CALL:
    case SHAPE_SPECIAL: return (int32_t)(w >> 20);
    default: return sign_extend(w >> 20, 12);
    }
}

struct instruction decode_instruction(uint32_t word) {
    struct instruction i = {.word = word};
    for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++) {
        if ((word & row->mask) != row->match) continue;
        i.shape = row->shape;
        i.op = row->op;
        i.rd = word >> 7 & 31;
        i.rs1 = word >> 15 & 31;
        i.rs2 = word >> 20 & 31;
        i.rs3 = (uint8_t)(word >> 27);
        i.rounding = word >> 12 & 7;
        i.imm = immediate_of(word, row->shape);
        if (!instruction_has_rd(&i)) i.rd = 0;
        if (!instruction_has_rs1(&i)) i.rs1 = 0;
        if (!instruction_has_rs2(&i)) i.rs2 = 0;
        if (i.shape != SHAPE_FOUR_ROUNDED) i.rs3 = 0;
        return i;
    }
    return i;
}

bool instruction_has_rd(const struct instruction *i) {
    switch (i->shape) {
    case SHAPE_UNKNOWN:
    case SHAPE_BRANCH:
    case SHAPE_STORE:
    case SHAPE_NOTHING:
    case SHAPE_BREAK:
    case SHAPE_TRAP:
    case SHAPE_HOST_CALL:
    case SHAPE_SPECIAL:
    case SHAPE_BLOCK: return false;
    default: return true;
    }
}

bool instruction_has_rs1(const struct instruction *i) {
    switch (i->shape) {
    case SHAPE_LUI:
    case SHAPE_AUIPC:
    case SHAPE_JAL: return false;
    default: return instruction_has_rd(i) || i->shape == SHAPE_BRANCH || i->shape == SHAPE_STORE;
    }
}

bool instruction_has_rs2(const struct instruction *i) {
    switch (i->shape) {
    case SHAPE_BRANCH:
    case SHAPE_STORE:
    case SHAPE_THREE:
    case SHAPE_THREE_ROUNDED:
    case SHAPE_FOUR_ROUNDED: return true;
    default: return false;
    }
}

const char *instruction_fault(uint32_t word) {
    if ((word & 3) != 3) return "a compressed instruction; compile without the C extension";
    switch (word & 0x7f) {
    case 0x73:
        if (word == 0x00000073) return "ecall; a guest calls its host through the functions of skep.h";
        return "an instruction on a control and status register, which a sandboxed guest does not have";
    case 0x2f: return "an atomic memory instruction; compile without the A extension";
    case 0x0f: return "fence.i; a guest cannot write its own code";
    case 0x07:
    case 0x27: return "a load or store of a float register; compile for Zfinx, floats in integer registers";
    default:
        return "a word that is no instruction of RV32EM with Zba, Zbb, Zbs, Zicond, Zfinx and Zhinx; "
               "compile for that architecture";
    }
}
