/* Patterns on what ends a block: counting loops, whose addition and branch back become one, and tables of labels. */
#include "toolchain/lower/window.h"

enum { LOOP_WORDS_MAX = 4095 };

/* At most so many words lie between the start of a block and the end of this one; every op takes two at most. */
static uint32_t words_back(const struct window *w, uint32_t target) {
    uint32_t words = 2;
    for (uint32_t b = target; b <= w->index; b++) {
        const struct block *block = &w->f->blocks[b];
        for (uint32_t o = 0; o < block->op_count; o++)
            words += block->ops[o].code == OP_SWITCH ? 2 + (uint32_t)block->ops[o].imm : 3;
    }
    return words;
}

/* Whether an addition to `reg` may move down over an op: one that does not read it, or has it as a base. */
static bool bears(const struct op *op, unsigned reg, int32_t by) {
    if (!((op_reads(op) | op_writes(op)) >> reg & 1)) return true;
    if (op_writes(op) >> reg & 1 || op->half || !(is_load(op->code) || is_store(op->code))) return false;
    if (is_store(op->code) && op->reg[0] == reg) return false;
    struct op made = *op;
    made.imm += by;
    return op_fits(&made);
}

static uint8_t counting(uint8_t branch) {
    switch (branch) {
    case OP_BNE: return OP_ADDBNE;
    case OP_BLT: return OP_ADDBLT;
    case OP_BGE: return OP_ADDBGE;
    case OP_BLTU: return OP_ADDBLTU;
    case OP_BGEU: return OP_ADDBGEU;
    default: return OP_NOTHING;
    }
}

static bool fuse_count(struct window *w, uint32_t at, unsigned counter, unsigned limit) {
    const struct op *branch = op_at(w, at);
    int32_t producer = producer_of(w, at, counter);
    if (producer == NOTHING) return false;
    const struct op add = *op_at(w, (uint32_t)producer);
    if (add.code != OP_ADDI || add.half || add.reg[1] != counter || !same_statement(w, &add, branch)) return false;
    struct op made = op_like(branch, counting(branch->code), counter, limit, 0, 0);
    made.k = add.imm;
    made.imm = 1; /* the displacement comes later */
    made.target = branch->target;
    made.live = branch->live;
    made.first = add.first < made.first ? add.first : made.first;
    for (uint32_t o = (uint32_t)producer + 1; o < at; o++)
        if (!bears(op_at(w, o), counter, add.imm)) return false;
    if (!replace(w, at, made)) return false;
    for (uint32_t o = (uint32_t)producer + 1; o < at; o++)
        if (op_reads(op_at(w, o)) >> counter & 1) op_at(w, o)->imm += add.imm;
    remove_at(w, (uint32_t)producer);
    return true;
}

bool fuse_loop(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    if (op->target == NOTHING || (uint32_t)op->target > w->index || counting(op->code) == OP_NOTHING) return false;
    if (words_back(w, (uint32_t)op->target) > LOOP_WORDS_MAX) return false;
    if (fuse_count(w, at, op->reg[0], op->reg[1])) return true;
    return op->code == OP_BNE && fuse_count(w, at, op->reg[1], op->reg[0]);
}

/* The index of the table that the SWITCH's operand was loaded from, and the ops that this takes. */
static bool find_index(const struct window *w, uint32_t at, uint32_t *load, int32_t *scale, unsigned *index) {
    int32_t producer = sole_producer_of(w, at, op_at(w, at)->reg[1]);
    *scale = NOTHING;
    if (producer == NOTHING) return false;
    *load = (uint32_t)producer;
    const struct op *p = op_at(w, *load);
    if (p->code == OP_LW_X) {
        *index = p->reg[2];
        return true;
    }
    if (p->code != OP_LW) return false;
    *scale = sole_producer_of(w, *load, p->reg[1]);
    if (*scale == NOTHING || op_at(w, (uint32_t)*scale)->code != OP_SH2ADD) return false;
    *index = op_at(w, (uint32_t)*scale)->reg[1];
    return true;
}

/* flow has proven that the operand was loaded from the table, at a place that is the table's start plus one index. */
bool fuse_table(struct window *w, uint32_t at) {
    struct op made = *op_at(w, at);
    uint32_t load, first;
    int32_t scale;
    unsigned index;
    if (made.code != OP_SWITCH || made.table_count == 0 || !find_index(w, at, &load, &scale, &index)) return false;
    first = scale == NOTHING ? load : (uint32_t)scale;
    if (!same_statement(w, op_at(w, first), &made)) return false;
    for (uint32_t o = first; o < at; o++)
        if (o != load && (int32_t)o != scale && op_writes(op_at(w, o)) >> index & 1) return false;
    if (op_at(w, first)->first < made.first) made.first = op_at(w, first)->first;
    made.reg[1] = (uint8_t)index;
    made.targets = made.table;
    made.imm = (int32_t)made.table_count;
    made.table_count = 0;
    if (!replace(w, at, made)) return false;
    remove_at(w, load);
    if (scale != NOTHING) remove_at(w, (uint32_t)scale);
    return true;
}
