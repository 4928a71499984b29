/* hoist: what a loop computes anew each time from registers that it does not change is computed once before it, and so
 * is what it loads anew from a place in its frame.
 * Compilers have too few registers to do so themselves; gp, tp and often ra are free here.
 *
 * A loop is a header and all blocks up to the last that jumps back to it, if nothing from outside jumps in: then it is
 * only entered by running into the header from the block before, where the computation can be put. */
#include <string.h>

#include "toolchain/lower/window.h"

struct loop {
    uint32_t header, end; /* blocks, end inclusive */
    uint32_t written;     /* by any of its ops */
    uint32_t twice;       /* by more than one */
};

/* Of each block, the first and the last block that jump to it. */
struct sources {
    uint32_t *first, *last;
};

static void note_source(struct sources *sources, uint32_t target, uint32_t from) {
    if (target == SWITCH_DEFAULT) return;
    if (from < sources->first[target]) sources->first[target] = from;
    if (from > sources->last[target]) sources->last[target] = from;
}

static struct sources find_sources(struct lower *l, const struct function *f) {
    struct sources sources = {POOL_ARRAY(&l->pool, uint32_t, f->block_count),
                              POOL_ARRAY(&l->pool, uint32_t, f->block_count)};
    for (uint32_t b = 0; b < f->block_count; b++) sources.first[b] = UINT32_MAX;
    for (uint32_t b = 0; b < f->block_count; b++)
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) {
            const struct op *op = &f->blocks[b].ops[o];
            if (op->target != NOTHING) note_source(&sources, (uint32_t)op->target, b);
            for (int32_t k = 0; op->targets && k < op->imm; k++) note_source(&sources, op->targets[k], b);
            for (uint32_t k = 0; op->table && k < op->table_count; k++) note_source(&sources, op->table[k], b);
        }
    return sources;
}

static bool goes_on(const struct block *block) {
    return block->op_count == 0 || !op_ends(block->ops[block->op_count - 1].code);
}

/* The loop of a header, or false when there is none that can be hoisted from. */
static bool find_loop(const struct function *f, const struct sources *sources, uint32_t header, struct loop *loop) {
    *loop = (struct loop){.header = header, .end = sources->last[header]};
    if (sources->first[header] == UINT32_MAX || sources->last[header] < header) return false;
    if (!goes_on(&f->blocks[header - 1])) return false;
    for (uint32_t b = header; b <= loop->end; b++) {
        bool entered = sources->first[b] != UINT32_MAX;
        if (entered && (sources->first[b] < header || sources->last[b] > loop->end)) return false;
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) {
            uint32_t written = op_writes(&f->blocks[b].ops[o]);
            loop->twice |= loop->written & written;
            loop->written |= written;
        }
    }
    return true;
}

/* A register that the loop keeps from now on lives all through it. */
static void keep_alive(struct function *f, const struct loop *loop, unsigned reg) {
    uint32_t mask = 1u << reg;
    f->blocks[loop->header - 1].live_out |= mask;
    for (uint32_t b = loop->header; b <= loop->end; b++) {
        struct block *block = &f->blocks[b];
        block->live_in |= mask;
        block->live_out |= mask;
        for (uint32_t o = 0; o < block->op_count; o++)
            if (block->ops[o].target != NOTHING) block->ops[o].live |= mask;
    }
}

static void append(struct lower *l, struct block *block, struct op op) {
    struct op *ops = POOL_ARRAY(&l->pool, struct op, block->op_count + 1);
    if (block->op_count) memcpy(ops, block->ops, block->op_count * sizeof *ops);
    ops[block->op_count] = op;
    block->ops = ops;
    block->op_count++;
}

static bool is_invariant(const struct loop *loop, const struct op *op) {
    if (!is_pure(op->code) || (isa_op_table[op->code].flags & ISA_FLAG_WRITES) != 1) return false;
    return !(op_reads(op) & loop->written) && op->code != OP_MOV;
}

/* Whether an op may write any of the four bytes at sp + offset. */
static bool may_write(const struct op *op, int32_t offset) {
    if (op->target != NOTHING) return false; /* a branch */
    if (is_barrier(op)) return true;
    if (!writes_memory(op->code)) return false;
    const bool pair = op->code == OP_SWPAIR;
    if (op->reg[1] != REGISTER_SP || !(is_store(op->code) || pair)) return true;
    const int32_t bytes = pair ? 8 : (int32_t)access_bytes(op->code);
    return op->imm < offset + 4 && offset < op->imm + bytes;
}

/* A load from the frame that gives the same each time around. Only of blocks that run whenever the loop is entered: a
 * load may trap. */
static bool is_fixed_load(const struct function *f, const struct loop *loop, const struct op *op) {
    if (op->code != OP_LW || op->reg[1] != REGISTER_SP || loop->written >> REGISTER_SP & 1) return false;
    for (uint32_t b = loop->header; b <= loop->end; b++)
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++)
            if (may_write(&f->blocks[b].ops[o], op->imm)) return false;
    return true;
}

/* A register that no word of the function uses and that the loop's calls leave alone. */
static unsigned find_free(const struct function *f, const struct loop *loop) {
    static const uint8_t candidates[] = {REGISTER_GP, REGISTER_TP, REGISTER_RA};
    for (unsigned i = 0; i < sizeof candidates; i++)
        if (!((f->used | loop->written) >> candidates[i] & 1)) return candidates[i];
    return REGISTER_ZERO;
}

static uint32_t registers_used(const struct function *f) {
    uint32_t used = 0;
    for (uint32_t b = 0; b < f->block_count; b++)
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) {
            const struct op *op = &f->blocks[b].ops[o];
            bool calls = op->code == OP_CALL || op->code == OP_CALLR || op->code == OP_SETJMP;
            used |= op_reads(op) | (calls ? 0 : op_writes(op));
        }
    return used;
}

/* Moves the op at a place before the loop, under its own name if nothing else there writes it, else under a free one.
 */
static bool hoist_op(struct window *w, struct loop *loop, uint32_t at) {
    struct op op = *op_at(w, at);
    struct block *before = &w->f->blocks[loop->header - 1];
    unsigned own = op.reg[0];
    bool keeps = !(loop->twice >> own & 1) && !(w->f->blocks[loop->header].live_in >> own & 1);
    if (!keeps) {
        unsigned other = find_free(w->f, loop);
        if (other == REGISTER_ZERO || !rename_value(w, at, other)) return false;
        op.reg[0] = (uint8_t)other;
        w->f->used |= 1u << other;
        own = other;
    } else {
        loop->written &= ~(1u << own);
    }
    keep_alive(w->f, loop, own);
    remove_at(w, at);
    append(w->l, before, op);
    return true;
}

/* Blocks that run each time around: the header and the last. */
static bool hoist_block(struct lower *l, struct function *f, struct loop *loop, uint32_t b) {
    struct window w = {l, f, &f->blocks[b], b};
    bool changed = false;
    for (uint32_t at = 0; at < w.block->op_count; at++) {
        const struct op *op = op_at(&w, at);
        if (op->code == OP_NOTHING) continue;
        if (is_invariant(loop, op) || (b == loop->header && is_fixed_load(f, loop, op)))
            changed |= hoist_op(&w, loop, at);
    }
    return changed;
}

/* The outermost loop around this one, in which nothing writes a register either. */
static struct loop outermost(const struct function *f, const struct sources *sources, const struct loop *loop,
                             unsigned reg) {
    struct loop found = *loop, around;
    for (uint32_t header = loop->header; header-- > 1;) {
        if (sources->last[header] < loop->end || !find_loop(f, sources, header, &around)) continue;
        if (!(around.written >> reg & 1)) found = around;
    }
    return found;
}

/* (a >> k) == 0 is a < 2^k, and 2^k can wait in a free register. */
static bool hoist_limit(struct lower *l, struct function *f, const struct sources *sources, struct loop *loop,
                        uint32_t b) {
    struct window w = {l, f, &f->blocks[b], b};
    for (uint32_t at = 0; at < w.block->op_count; at++) {
        struct op made = *op_at(&w, at);
        if ((made.code != OP_BEQ && made.code != OP_BNE) || made.reg[1] != REGISTER_ZERO) continue;
        int32_t producer = sole_producer_of(&w, at, made.reg[0]);
        unsigned limit = find_free(f, loop);
        if (producer == NOTHING || limit == REGISTER_ZERO) continue;
        const struct op *shift = op_at(&w, (uint32_t)producer);
        if (shift->code != OP_SRLI || shift->k < 1) continue;
        int32_t k = shift->k;
        struct op load = op_like(&made, k < 19 ? OP_LI : OP_LUI16, limit, 0, 0, 0);
        load.imm = k < 19 ? 1 << k : (int16_t)(1u << (k - 16));
        made.code = made.code == OP_BEQ ? OP_BLTU : OP_BGEU;
        made.reg[0] = shift->reg[1];
        made.reg[1] = (uint8_t)limit;
        if (!combine(&w, (uint32_t)producer, at, made)) continue;
        f->used |= 1u << limit;
        struct loop outer = outermost(f, sources, loop, limit);
        keep_alive(f, &outer, limit);
        append(l, &f->blocks[outer.header - 1], load);
        return true;
    }
    return false;
}

/* Inner loops first, as they begin last: what leaves them may leave the outer ones too. */
void hoist_loops(struct lower *l, struct function *f) {
    struct sources sources = find_sources(l, f);
    bool changed = false;
    f->used = registers_used(f);
    for (uint32_t header = f->block_count; header-- > 1;) {
        struct loop loop;
        if (!find_loop(f, &sources, header, &loop)) continue;
        changed |= hoist_block(l, f, &loop, header);
        if (loop.end != header) changed |= hoist_block(l, f, &loop, loop.end);
        changed |= hoist_limit(l, f, &sources, &loop, loop.end);
    }
    if (changed) find_function_lives(f);
}
