/* The end of a counting loop: an addition and the branch back become one. */
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
