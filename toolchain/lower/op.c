/* One op: its word, whether its fields hold what it says, and the registers that it reads and writes. All from the rows
 * of the bytecode's table, but for what only the ABI knows: calls, returns, host calls. */
#include "core/base/require.h"
#include "toolchain/lower/lower_ir.h"

enum {
    MASK_SAVED = 1u << REGISTER_S0 | 1u << REGISTER_S1 | 1u << REGISTER_SP,
    MASK_ARGUMENTS = 0xfc00,
    MASK_RESULTS = 0x0c00,
    MASK_CLOBBERED = 0xfcfa, /* all but zero, sp, s0, s1 */
};

/* What a field of a row holds. Names of fields: isa.json. */
static int32_t field_value(const struct op *op, const struct isa_field *field) {
    switch (field->name[0]) {
    case 'd':
        if (field->name[1]) return op->imm; /* disp */
        return op->reg[3];
    case 'a': return op->reg[0];
    case 'b': return op->reg[1];
    case 'c': return op->reg[2];
    case 'e': return op->reg[4];
    case 'f':
        if (field->name[1]) return op->imm; /* frame */
        return op->reg[5];
    case 'i':
        if (field->name[1] == 'n') return op->k; /* inc */
        return op->imm;                          /* imm */
    case 'o': return op->imm;                    /* off */
    case 'k': return op->k;
    case 'r': return op->k;            /* rm, run */
    case 'w': return op->width;        /* width */
    case 't': return op->width;        /* taken */
    default: require(false); return 0; /* a field of isa.json that this file does not know */
    }
}

/* As stored, and whether it fits. */
static bool field_fits(const struct op *op, const struct isa_field *field, uint32_t *stored) {
    int32_t value = field_value(op, field);
    bool is_signed = field->kind == ISA_KIND_simm || field->kind == ISA_KIND_offset || field->kind == ISA_KIND_call;
    if (field->kind == ISA_KIND_offset && __builtin_sub_overflow(value, ISA_RAM_BASE, &value)) return false;
    if (field->kind == ISA_KIND_width) value--;
    *stored = (uint32_t)value & ((1u << field->bits) - 1);
    int32_t low = is_signed ? -(1 << (field->bits - 1)) : 0;
    int32_t high = is_signed ? (1 << (field->bits - 1)) - 1 : (1 << field->bits) - 1;
    if ((field->kind == ISA_KIND_back || field->kind == ISA_KIND_count) && value == 0) return false;
    return value >= low && value <= high;
}

bool op_fits(const struct op *op) {
    const struct isa_form_info *form = &isa_form_table[isa_op_table[op->code].form];
    uint32_t stored;
    for (unsigned i = 0; i < form->field_count; i++)
        if (!field_fits(op, &form->field[i], &stored)) return false;
    return true;
}

uint32_t op_encode(const struct op *op) {
    const struct isa_form_info *form = &isa_form_table[isa_op_table[op->code].form];
    uint32_t word = op->code, stored;
    for (unsigned i = 0; i < form->field_count; i++) {
        require(field_fits(op, &form->field[i], &stored));
        word |= stored << form->field[i].low;
    }
    return word;
}

static uint32_t register_fields(const struct op *op, uint32_t *written) {
    const struct isa_op_info *info = &isa_op_table[op->code];
    const struct isa_form_info *form = &isa_form_table[info->form];
    uint32_t read = 0;
    *written = 0;
    for (unsigned i = 0; i < form->field_count; i++) {
        if (form->field[i].kind != ISA_KIND_reg) continue;
        unsigned letter = (unsigned)(form->field[i].name[0] - 'a');
        if (info->flags >> letter & 1)
            *written |= 1u << op->reg[letter];
        else
            read |= 1u << op->reg[letter];
    }
    return read;
}

/* Registers that a row both reads and writes through one field. */
static uint32_t read_and_written(const struct op *op) {
    switch (op->code) {
    case OP_ADDBNE:
    case OP_ADDBLT:
    case OP_ADDBGE:
    case OP_ADDBLTU:
    case OP_ADDBGEU: return 1u << op->reg[0];
    case OP_LB_P:
    case OP_LBU_P:
    case OP_LH_P:
    case OP_LHU_P:
    case OP_LW_P:
    case OP_SB_P:
    case OP_SH_P:
    case OP_SW_P: return 1u << op->reg[1];
    case OP_BCOPY:
    case OP_BFILL:
    case OP_BFIND: return 1u << op->reg[0] | 1u << op->reg[1] | 1u << op->reg[2];
    case OP_BCMP: return 1u << op->reg[1] | 1u << op->reg[2] | 1u << op->reg[3];
    default: return 0;
    }
}

uint32_t op_reads(const struct op *op) {
    if (op->code == 0) return 0; /* removed by fuse */
    uint32_t written, read = register_fields(op, &written) | read_and_written(op) | op->live;
    switch (op->code) {
    case OP_HCALL: read |= MASK_ARGUMENTS; break;
    case OP_SETJMP: read |= MASK_SAVED | 1u << REGISTER_A0; break;
    case OP_LONGJMP: read |= MASK_RESULTS; break;
    case OP_CALL: read |= (op->function->live_in & ~(uint32_t)MASK_SAVED) | 1u << REGISTER_SP; break;
    case OP_TAIL: read |= op->function->live_in | MASK_SAVED; break;
    case OP_CALLR: read |= MASK_ARGUMENTS | 1u << REGISTER_T2 | 1u << REGISTER_SP; break;
    case OP_TAILR: read |= MASK_ARGUMENTS | 1u << REGISTER_T2 | MASK_SAVED; break;
    case OP_RET: read |= MASK_SAVED; break; /* and the results that callers want: op->live */
    case OP_RET0: read |= MASK_SAVED; break;
    case OP_RET1: read |= 1u << REGISTER_SP | 1u << REGISTER_S1; break;
    case OP_RET2: read |= 1u << REGISTER_SP; break;
    case OP_ENTRY0: read |= 1u << REGISTER_SP; break;
    case OP_ENTRY1: read |= 1u << REGISTER_SP | 1u << REGISTER_S0; break;
    case OP_ENTRY2: read |= MASK_SAVED; break;
    default: break;
    }
    return read & ~1u;
}

uint32_t op_writes(const struct op *op) {
    if (op->code == 0) return 0;
    uint32_t written;
    (void)register_fields(op, &written);
    switch (op->code) {
    case OP_HCALL: written |= MASK_RESULTS; break;
    case OP_CALL:
    case OP_CALLR:
    case OP_SETJMP: written |= MASK_CLOBBERED; break;
    case OP_ENTRY0:
    case OP_ENTRY1:
    case OP_ENTRY2:
    case OP_RET0: written |= 1u << REGISTER_SP; break;
    case OP_RET1: written |= 1u << REGISTER_SP | 1u << REGISTER_S0; break;
    case OP_RET2: written |= MASK_SAVED; break;
    default: break;
    }
    return written;
}
