/* GENERATED from spec/isa.json by tools/generate/isa.py. Do not edit. */
#include <stddef.h>

#include "core/vm/isa.h"

const struct isa_form_info isa_form_table[ISA_FORMS] = {
    [ISA_FORM_none] = {0xffffff00u, 0, {{"", 0, 0, 0}}},
    [ISA_FORM_u16] = {0x0000ff00u, 1, {{"imm", 16, 16, ISA_KIND_uimm}}},
    [ISA_FORM_u12] = {0xf000ff00u, 1, {{"imm", 16, 12, ISA_KIND_uimm}}},
    [ISA_FORM_entry] = {0x80000000u, 3, {{"run", 8, 12, ISA_KIND_run}, {"frame", 20, 10, ISA_KIND_frame}, {"taken", 30, 1, ISA_KIND_flag}}},
    [ISA_FORM_call] = {0x00000000u, 1, {{"disp", 8, 24, ISA_KIND_call}}},
    [ISA_FORM_b] = {0xffff0f00u, 1, {{"b", 12, 4, ISA_KIND_reg}}},
    [ISA_FORM_jump] = {0x00000000u, 1, {{"disp", 8, 24, ISA_KIND_forward}}},
    [ISA_FORM_back] = {0x00000000u, 1, {{"disp", 8, 24, ISA_KIND_back}}},
    [ISA_FORM_b_n] = {0x00000f00u, 2, {{"b", 12, 4, ISA_KIND_reg}, {"imm", 16, 16, ISA_KIND_count}}},
    [ISA_FORM_branch] = {0x00000000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"disp", 16, 16, ISA_KIND_forward}}},
    [ISA_FORM_branch_back] = {0x00000000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"disp", 16, 16, ISA_KIND_back}}},
    [ISA_FORM_add_branch] = {0x00000000u, 4, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"inc", 16, 4, ISA_KIND_simm}, {"disp", 20, 12, ISA_KIND_back}}},
    [ISA_FORM_a_b_k5_w5] = {0xe0e00000u, 4, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"k", 16, 5, ISA_KIND_shift}, {"width", 24, 5, ISA_KIND_width}}},
    [ISA_FORM_a_b_rm] = {0xfff80000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"rm", 16, 3, ISA_KIND_rounding}}},
    [ISA_FORM_frame] = {0xfc00ff00u, 1, {{"frame", 16, 10, ISA_KIND_frame}}},
    [ISA_FORM_a_i16] = {0x0000f000u, 2, {{"a", 8, 4, ISA_KIND_reg}, {"imm", 16, 16, ISA_KIND_simm}}},
    [ISA_FORM_a_i20] = {0x00000000u, 2, {{"a", 8, 4, ISA_KIND_reg}, {"imm", 12, 20, ISA_KIND_simm}}},
    [ISA_FORM_a_u20] = {0x00000000u, 2, {{"a", 8, 4, ISA_KIND_reg}, {"imm", 12, 20, ISA_KIND_uimm}}},
    [ISA_FORM_a_b] = {0xffff0000u, 2, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}}},
    [ISA_FORM_a_b_i16] = {0x00000000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"imm", 16, 16, ISA_KIND_simm}}},
    [ISA_FORM_a_b_k5] = {0xffe00000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"k", 16, 5, ISA_KIND_shift}}},
    [ISA_FORM_a_b_c] = {0xfff00000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}}},
    [ISA_FORM_a_b_c_d] = {0xff000000u, 4, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}, {"d", 20, 4, ISA_KIND_reg}}},
    [ISA_FORM_a_b_c_d_e] = {0xf0000000u, 5, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}, {"d", 20, 4, ISA_KIND_reg}, {"e", 24, 4, ISA_KIND_reg}}},
    [ISA_FORM_a_b_c_d_e_f] = {0x00000000u, 6, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}, {"d", 20, 4, ISA_KIND_reg}, {"e", 24, 4, ISA_KIND_reg}, {"f", 28, 4, ISA_KIND_reg}}},
    [ISA_FORM_a_b_c_d_k6] = {0xc0000000u, 5, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}, {"d", 20, 4, ISA_KIND_reg}, {"k", 24, 6, ISA_KIND_shift}}},
    [ISA_FORM_a_b_c_k5] = {0xfe000000u, 4, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}, {"k", 20, 5, ISA_KIND_shift}}},
    [ISA_FORM_a_b_o16] = {0x00000000u, 3, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"off", 16, 16, ISA_KIND_offset}}},
    [ISA_FORM_a_b_o8_n8] = {0x00000000u, 4, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"inc", 16, 8, ISA_KIND_simm}, {"off", 24, 8, ISA_KIND_simm}}},
    [ISA_FORM_a_b_c_o12] = {0x00000000u, 4, {{"a", 8, 4, ISA_KIND_reg}, {"b", 12, 4, ISA_KIND_reg}, {"c", 16, 4, ISA_KIND_reg}, {"off", 20, 12, ISA_KIND_offset}}},
};

const char *isa_op_name(uint8_t code) {
    switch (code) {
    case OP_STOP: return "stop";
    case OP_TRAP: return "trap";
    case OP_HCALL: return "hcall";
    case OP_BREAK: return "break";
    case OP_SETJMP: return "setjmp";
    case OP_LONGJMP: return "longjmp";
    case OP_CHARGE: return "charge";
    case OP_ENTRY0: return "entry0";
    case OP_ENTRY1: return "entry1";
    case OP_ENTRY2: return "entry2";
    case OP_RET: return "ret";
    case OP_RET0: return "ret0";
    case OP_RET1: return "ret1";
    case OP_RET2: return "ret2";
    case OP_CALL: return "call";
    case OP_CALLR: return "callr";
    case OP_TAIL: return "tail";
    case OP_TAILR: return "tailr";
    case OP_J: return "j";
    case OP_JB: return "jb";
    case OP_JF: return "jf";
    case OP_SWITCH: return "switch";
    case OP_BEQ: return "beq";
    case OP_BNE: return "bne";
    case OP_BLT: return "blt";
    case OP_BGE: return "bge";
    case OP_BLTU: return "bltu";
    case OP_BGEU: return "bgeu";
    case OP_BEQ_B: return "beq_b";
    case OP_BNE_B: return "bne_b";
    case OP_BLT_B: return "blt_b";
    case OP_BGE_B: return "bge_b";
    case OP_BLTU_B: return "bltu_b";
    case OP_BGEU_B: return "bgeu_b";
    case OP_ADDBNE: return "addbne";
    case OP_ADDBLT: return "addblt";
    case OP_ADDBGE: return "addbge";
    case OP_ADDBLTU: return "addbltu";
    case OP_ADDBGEU: return "addbgeu";
    case OP_LI: return "li";
    case OP_LUI16: return "lui16";
    case OP_MOV: return "mov";
    case OP_ADDI: return "addi";
    case OP_SLTI: return "slti";
    case OP_SLTIU: return "sltiu";
    case OP_XORI: return "xori";
    case OP_ORI: return "ori";
    case OP_ANDI: return "andi";
    case OP_SLLI: return "slli";
    case OP_SRLI: return "srli";
    case OP_SRAI: return "srai";
    case OP_RORI: return "rori";
    case OP_BSETI: return "bseti";
    case OP_BCLRI: return "bclri";
    case OP_BINVI: return "binvi";
    case OP_BEXTI: return "bexti";
    case OP_UBFX: return "ubfx";
    case OP_SBFX: return "sbfx";
    case OP_CLZ: return "clz";
    case OP_CTZ: return "ctz";
    case OP_CPOP: return "cpop";
    case OP_SEXTB: return "sextb";
    case OP_SEXTH: return "sexth";
    case OP_ZEXTH: return "zexth";
    case OP_REV8: return "rev8";
    case OP_ORCB: return "orcb";
    case OP_LI_RO: return "li_ro";
    case OP_ADD: return "add";
    case OP_SUB: return "sub";
    case OP_SLL: return "sll";
    case OP_SLT: return "slt";
    case OP_SLTU: return "sltu";
    case OP_XOR: return "xor";
    case OP_SRL: return "srl";
    case OP_SRA: return "sra";
    case OP_OR: return "or";
    case OP_AND: return "and";
    case OP_MUL: return "mul";
    case OP_MULH: return "mulh";
    case OP_MULHSU: return "mulhsu";
    case OP_MULHU: return "mulhu";
    case OP_DIV: return "div";
    case OP_DIVU: return "divu";
    case OP_REM: return "rem";
    case OP_REMU: return "remu";
    case OP_ANDN: return "andn";
    case OP_ORN: return "orn";
    case OP_XNOR: return "xnor";
    case OP_MIN: return "min";
    case OP_MAX: return "max";
    case OP_MINU: return "minu";
    case OP_MAXU: return "maxu";
    case OP_ROL: return "rol";
    case OP_ROR: return "ror";
    case OP_BSET: return "bset";
    case OP_BCLR: return "bclr";
    case OP_BINV: return "binv";
    case OP_BEXT: return "bext";
    case OP_SH1ADD: return "sh1add";
    case OP_SH2ADD: return "sh2add";
    case OP_SH3ADD: return "sh3add";
    case OP_CZEQZ: return "czeqz";
    case OP_CZNEZ: return "cznez";
    case OP_ADD_SLL: return "add_sll";
    case OP_SUB_SLL: return "sub_sll";
    case OP_XOR_SLL: return "xor_sll";
    case OP_OR_SLL: return "or_sll";
    case OP_ADD_SRL: return "add_srl";
    case OP_XOR_SRL: return "xor_srl";
    case OP_OR_SRL: return "or_srl";
    case OP_AND_SRL: return "and_srl";
    case OP_ADD_SRA: return "add_sra";
    case OP_XOR_ROR: return "xor_ror";
    case OP_FSHL: return "fshl";
    case OP_ADD3: return "add3";
    case OP_XOR3: return "xor3";
    case OP_MADD: return "madd";
    case OP_MSUB: return "msub";
    case OP_MOV2: return "mov2";
    case OP_LB: return "lb";
    case OP_LBU: return "lbu";
    case OP_LH: return "lh";
    case OP_LHU: return "lhu";
    case OP_LW: return "lw";
    case OP_SB: return "sb";
    case OP_SH: return "sh";
    case OP_SW: return "sw";
    case OP_LB_P: return "lb_p";
    case OP_LBU_P: return "lbu_p";
    case OP_LH_P: return "lh_p";
    case OP_LHU_P: return "lhu_p";
    case OP_LW_P: return "lw_p";
    case OP_SB_P: return "sb_p";
    case OP_SH_P: return "sh_p";
    case OP_SW_P: return "sw_p";
    case OP_LB_X: return "lb_x";
    case OP_LBU_X: return "lbu_x";
    case OP_LH_X: return "lh_x";
    case OP_LHU_X: return "lhu_x";
    case OP_LW_X: return "lw_x";
    case OP_SB_X: return "sb_x";
    case OP_SH_X: return "sh_x";
    case OP_SW_X: return "sw_x";
    case OP_LH_A: return "lh_a";
    case OP_LHU_A: return "lhu_a";
    case OP_LW_A: return "lw_a";
    case OP_SH_A: return "sh_a";
    case OP_SW_A: return "sw_a";
    case OP_LWPAIR: return "lwpair";
    case OP_SWPAIR: return "swpair";
    case OP_BCOPY: return "bcopy";
    case OP_BFILL: return "bfill";
    case OP_BCMP: return "bcmp";
    case OP_BFIND: return "bfind";
    case OP_SELECT: return "select";
    case OP_ADD64: return "add64";
    case OP_SUB64: return "sub64";
    case OP_XOR64: return "xor64";
    case OP_AND64: return "and64";
    case OP_OR64: return "or64";
    case OP_SLLI64: return "slli64";
    case OP_SRLI64: return "srli64";
    case OP_SRAI64: return "srai64";
    case OP_ROLI64: return "roli64";
    case OP_MULU64: return "mulu64";
    case OP_MULS64: return "muls64";
    case OP_ADC: return "adc";
    case OP_SBC: return "sbc";
    case OP_SLT64: return "slt64";
    case OP_SLTU64: return "sltu64";
    case OP_FADD_S: return "fadd_s";
    case OP_FSUB_S: return "fsub_s";
    case OP_FMUL_S: return "fmul_s";
    case OP_FDIV_S: return "fdiv_s";
    case OP_FMIN_S: return "fmin_s";
    case OP_FMAX_S: return "fmax_s";
    case OP_FEQ_S: return "feq_s";
    case OP_FLT_S: return "flt_s";
    case OP_FLE_S: return "fle_s";
    case OP_FSGNJ_S: return "fsgnj_s";
    case OP_FSGNJN_S: return "fsgnjn_s";
    case OP_FSGNJX_S: return "fsgnjx_s";
    case OP_FMADD_S: return "fmadd_s";
    case OP_FMSUB_S: return "fmsub_s";
    case OP_FNMSUB_S: return "fnmsub_s";
    case OP_FNMADD_S: return "fnmadd_s";
    case OP_FSQRT_S: return "fsqrt_s";
    case OP_FCLASS_S: return "fclass_s";
    case OP_FCVT_W_S: return "fcvt_w_s";
    case OP_FCVT_WU_S: return "fcvt_wu_s";
    case OP_FCVT_F_W_S: return "fcvt_f_w_s";
    case OP_FCVT_F_WU_S: return "fcvt_f_wu_s";
    case OP_FADD_H: return "fadd_h";
    case OP_FSUB_H: return "fsub_h";
    case OP_FMUL_H: return "fmul_h";
    case OP_FDIV_H: return "fdiv_h";
    case OP_FMIN_H: return "fmin_h";
    case OP_FMAX_H: return "fmax_h";
    case OP_FEQ_H: return "feq_h";
    case OP_FLT_H: return "flt_h";
    case OP_FLE_H: return "fle_h";
    case OP_FSGNJ_H: return "fsgnj_h";
    case OP_FSGNJN_H: return "fsgnjn_h";
    case OP_FSGNJX_H: return "fsgnjx_h";
    case OP_FMADD_H: return "fmadd_h";
    case OP_FMSUB_H: return "fmsub_h";
    case OP_FNMSUB_H: return "fnmsub_h";
    case OP_FNMADD_H: return "fnmadd_h";
    case OP_FSQRT_H: return "fsqrt_h";
    case OP_FCLASS_H: return "fclass_h";
    case OP_FCVT_W_H: return "fcvt_w_h";
    case OP_FCVT_WU_H: return "fcvt_wu_h";
    case OP_FCVT_F_W_H: return "fcvt_f_w_h";
    case OP_FCVT_F_WU_H: return "fcvt_f_wu_h";
    case OP_FCVT_S_H: return "fcvt_s_h";
    case OP_FCVT_H_S: return "fcvt_h_s";
    default: return NULL;
    }
}

const char *isa_register_name(unsigned number) {
    static const char *const names[] = {"zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5"};
    return number < 16 ? names[number] : "?";
}
