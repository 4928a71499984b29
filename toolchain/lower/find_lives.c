/* find-lives: which registers each block needs and leaves. A direct call needs what its callee reads, and a return what
 * some caller goes on with, so the whole program is solved at once, from nothing upwards. */
#include "toolchain/lower/lower_ir.h"

enum { MASK_RESULTS = 1u << REGISTER_A0 | 1u << (REGISTER_A0 + 1) };

static uint32_t live_before(const struct function *f, const struct block *block, uint32_t live) {
    for (uint32_t o = block->op_count; o-- > 0;) {
        const struct op *op = &block->ops[o];
        live = (live & ~op_writes(op)) | op_reads(op);
        if (op->target != NOTHING) live |= f->blocks[op->target].live_in;
    }
    return live;
}

/* Not what branches need: live_before adds that where they are. */
static uint32_t live_after(const struct function *f, uint32_t index) {
    const struct block *block = &f->blocks[index];
    uint32_t live = 0;
    bool ends = false;
    for (uint32_t o = 0; o < block->op_count; o++) {
        const struct op *op = &block->ops[o];
        for (int32_t k = 0; op->targets && k < op->imm; k++)
            if (op->targets[k] != SWITCH_DEFAULT) live |= f->blocks[op->targets[k]].live_in;
        ends = op_ends(op->code);
    }
    if (!ends && index + 1 < f->block_count) live |= block[1].live_in;
    return live;
}

static bool solve_blocks(struct function *f) {
    bool changed_ever = false;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t b = f->block_count; b-- > 0;) {
            struct block *block = &f->blocks[b];
            block->live_out = live_after(f, b);
            uint32_t live = live_before(f, block, block->live_out);
            changed |= live != block->live_in;
            block->live_in = live;
        }
        changed_ever |= changed;
    }
    return changed_ever;
}

static bool is_return(uint8_t code) { return code >= OP_RET && code <= OP_RET2; }

static void note_results(struct function *f) {
    for (uint32_t b = 0; b < f->block_count; b++)
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++)
            if (is_return(f->blocks[b].ops[o].code)) f->blocks[b].ops[o].live = f->results;
}

/* Tells callees what of their results is wanted; true if that is news to one. */
static bool want_results(struct function *f) {
    bool news = false;
    for (uint32_t b = 0; b < f->block_count; b++) {
        const struct block *block = &f->blocks[b];
        uint32_t live = block->live_out;
        for (uint32_t o = block->op_count; o-- > 0;) {
            const struct op *op = &block->ops[o];
            uint32_t wanted = op->code == OP_CALL ? live & MASK_RESULTS : op->code == OP_TAIL ? f->results : 0;
            if (wanted & ~(wanted ? op->function->results : 0)) {
                op->function->results |= wanted;
                news = true;
            }
            live = (live & ~op_writes(op)) | op_reads(op);
            if (op->target != NOTHING) live |= f->blocks[op->target].live_in;
        }
    }
    return news;
}

static bool solve_function(struct function *f) {
    note_results(f);
    bool changed = solve_blocks(f);
    uint32_t live = f->block_count ? f->blocks[0].live_in : 0;
    live = (live & ~op_writes(&f->entry_op)) | op_reads(&f->entry_op);
    f->live_in = live;
    return want_results(f) || changed;
}

void find_function_lives(struct function *f) {
    for (uint32_t b = 0; b < f->block_count; b++) {
        f->blocks[b].live_in = 0;
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) f->blocks[b].ops[o].live = 0;
    }
    note_results(f);
    solve_blocks(f);
    for (uint32_t b = 0; b < f->block_count; b++)
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) {
            struct op *op = &f->blocks[b].ops[o];
            if (op->target != NOTHING) op->live = f->blocks[op->target].live_in;
        }
}

/* What is called through a pointer, or by the host, may have to give both; a debugger shows them in any case. */
void find_lives(struct lower *l) {
    for (uint32_t i = 0; i < l->function_count; i++) {
        struct function *f = &l->functions[i];
        f->results = f->taken || f == l->entry || l->options->debug ? MASK_RESULTS : 0;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = l->function_count; i-- > 0;)
            if (l->functions[i].reached) changed |= solve_function(&l->functions[i]);
    }
}
