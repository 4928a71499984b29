/* shape-frames: what compilers write at the start and end of functions becomes ENTRY0..2 and RET0..2, where it has the
 * usual shape: frame of N bytes, s0 at N-8, s1 at N-12 (N-4 was ra's). */
#include "toolchain/lower/lower_ir.h"

enum { FRAME_UNITS_MAX = 1023 };

static bool is_sp_addition(const struct op *op, bool down) {
    if (op->code != OP_ADDI || op->half || op->reg[0] != REGISTER_SP || op->reg[1] != REGISTER_SP) return false;
    int32_t bytes = down ? -op->imm : op->imm;
    return bytes > 0 && bytes % 4 == 0 && bytes / 4 <= FRAME_UNITS_MAX;
}

static bool is_frame_access(const struct op *op, uint8_t code, unsigned reg, int32_t offset) {
    return op->code == code && !op->half && op->reg[0] == reg && op->reg[1] == REGISTER_SP && op->imm == offset;
}

static bool is_store(uint8_t code) { return code == OP_SB || code == OP_SH || code == OP_SW; }

static void remove_op(struct block *block, uint32_t at) {
    for (uint32_t o = at; o + 1 < block->op_count; o++) block->ops[o] = block->ops[o + 1];
    block->op_count--;
}

/* The place of the store of a saved register that may move up to the entry: nothing before it writes the register or
 * sp, goes elsewhere, or could read the slot. NOTHING if there is none. */
static int32_t find_save(const struct block *block, uint32_t from, unsigned reg, int32_t offset) {
    for (uint32_t o = from; o < block->op_count; o++) {
        const struct op *op = &block->ops[o];
        if (is_frame_access(op, OP_SW, reg, offset)) return (int32_t)o;
        if (op_writes(op) & (1u << reg | 1u << REGISTER_SP)) return NOTHING;
        if (is_store(op->code) && op->reg[1] == REGISTER_SP) continue;
        if (op->code != OP_MOV && op->code != OP_LI && op->code != OP_LUI16 && op->code != OP_ADDI) return NOTHING;
    }
    return NOTHING;
}

static void extend(struct op *into, const struct op *from) {
    if (from->last > into->last) into->last = from->last;
    if (from->first < into->first) into->first = from->first;
}

static void shape_entry(struct function *f) {
    struct block *block = &f->blocks[0];
    if (block->entered || block->address != f->address || block->op_count == 0) return;
    if (!is_sp_addition(&block->ops[0], true)) return;
    struct op *entry = &f->entry_op;
    int32_t bytes = -block->ops[0].imm;
    extend(entry, &block->ops[0]);
    entry->imm = bytes / 4;
    remove_op(block, 0);
    int32_t s0 = find_save(block, 0, REGISTER_S0, bytes - 8);
    if (s0 == NOTHING) return;
    entry->code = OP_ENTRY1;
    extend(entry, &block->ops[s0]);
    remove_op(block, (uint32_t)s0);
    int32_t s1 = find_save(block, (uint32_t)s0, REGISTER_S1, bytes - 12);
    if (s1 == NOTHING) return;
    entry->code = OP_ENTRY2;
    extend(entry, &block->ops[s1]);
    remove_op(block, (uint32_t)s1);
}

/* The place of the load of a saved register that may move down to the return: nothing behind it uses the register or
 * stores to where a slot could be. */
static int32_t find_restore(const struct block *block, uint32_t end, unsigned reg, int32_t offset) {
    for (uint32_t o = end; o-- > 0;) {
        const struct op *op = &block->ops[o];
        if (is_frame_access(op, OP_LW, reg, offset)) return (int32_t)o;
        if ((op_writes(op) | op_reads(op)) & 1u << reg || op_writes(op) & 1u << REGISTER_SP) return NOTHING;
        if (op->code == OP_CALL || op->code == OP_CALLR || op->code == OP_SETJMP || op->code == OP_HCALL)
            return NOTHING;
    }
    return NOTHING;
}

static void shape_return(struct block *block) {
    if (block->op_count < 2 || block->ops[block->op_count - 1].code != OP_RET) return;
    uint32_t sp = block->op_count - 1;
    while (sp-- > 0)
        if ((op_reads(&block->ops[sp]) | op_writes(&block->ops[sp])) & 1u << REGISTER_SP) break;
    if (sp >= block->op_count || !is_sp_addition(&block->ops[sp], false)) return;
    int32_t bytes = block->ops[sp].imm;
    struct op ret = block->ops[block->op_count - 1];
    extend(&ret, &block->ops[sp]);
    ret.code = OP_RET0;
    ret.imm = bytes / 4;
    uint32_t end = sp; /* restores lie before the addition: afterwards sp is another */
    remove_op(block, sp);
    int32_t s0 = find_restore(block, end, REGISTER_S0, bytes - 8);
    bool late = false;
    for (uint32_t o = end; o + 1 < block->op_count; o++)
        late |= ((op_reads(&block->ops[o]) | op_writes(&block->ops[o])) & (1u << REGISTER_S0 | 1u << REGISTER_S1)) != 0;
    if (s0 != NOTHING && !late) {
        ret.code = OP_RET1;
        extend(&ret, &block->ops[s0]);
        remove_op(block, (uint32_t)s0);
        int32_t s1 = find_restore(block, end - 1, REGISTER_S1, bytes - 12);
        if (s1 != NOTHING) {
            ret.code = OP_RET2;
            extend(&ret, &block->ops[s1]);
            remove_op(block, (uint32_t)s1);
        }
    }
    block->ops[block->op_count - 1] = ret;
}

void shape_frames(struct lower *l) {
    for (uint32_t i = 0; i < l->function_count; i++) {
        struct function *f = &l->functions[i];
        if (!f->reached) continue;
        shape_entry(f);
        for (uint32_t b = 0; b < f->block_count; b++) shape_return(&f->blocks[b]);
    }
}
