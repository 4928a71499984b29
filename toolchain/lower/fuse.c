/* fuse: ops that together do what one row does become that row. Works inside a basic block on who made which value and
 * who reads it, so what is fused need not be adjacent. The patterns are a table, tried in its order until none applies.
 */
#include <string.h>

#include "toolchain/lower/window.h"

enum { ROUNDS_MAX = 8 };

/* Patterns of one stage are tried until none of them changes anything; a later stage sees what the earlier ones left.
 */
static const struct {
    const char *name;
    pattern *run;
    unsigned stage;
} patterns[] = {
    {"constant", fold_constant, 0}, /* an operand that is a known number becomes an immediate, or register zero */
    {"copy", fold_copy, 0},         /* reads the original instead of a copy */
    {"follow", follow_copy, 0},     /* the same where the original has moved on by a known number */
    {"address", fold_address, 0},   /* an addition before a load or store goes into its offset */
    {"retarget", retarget_copy, 0}, /* the value is made where it is copied to */
    {"rename", rename_copied, 0},   /* and read under the copy's name everywhere */
    {"swap", swap_copied, 0},       /* where the original is needed once the loop ends: it is copied back there */
    {"dead", drop_dead, 0},         /* what nobody reads any more */
    {"compare", fuse_compare, 1},   /* SLT64, SLTU64 */
    {"select", fuse_select, 1},
    {"field", fuse_field, 1},     /* UBFX, SBFX */
    {"index", fuse_index, 1},     /* LW_X, LW_A .. */
    {"scale", fuse_scale, 1},     /* LW_X of LW_A and the shift of its index */
    {"product", fuse_product, 1}, /* MADD, MSUB, MULU64, MULS64 */
    {"shift", fuse_shift, 1},     /* ADD_SLL .. XOR_ROR */
    {"funnel", fuse_funnel, 1},   /* FSHL */
    {"sum", fuse_sum, 1},         /* ADD3, XOR3 */
    {"carry", fuse_carry, 1},     /* ADC, SBC */
    {"rename again", rename_copied, 2},
    {"table", fuse_table, 2},         /* SWITCH by the index of a table of labels, not by what lies in it */
    {"wide", fuse_wide, 2},           /* ADD64, SUB64, ROLI64 .. from their halves */
    {"increment", fuse_increment, 3}, /* LW_P .. */
    {"sink", sink_result, 4},         /* what is needed only once a loop ends is computed there */
    {"loop", fuse_loop, 4},           /* ADDBNE .. */
    {"dead again", drop_dead, 4},
    {"pair", fuse_pair, 4},           /* LWPAIR, SWPAIR */
    {"moves", fuse_moves, 4},         /* MOV2 */
    {"wide-pair", fuse_wide_pair, 4}, /* XOR64, AND64, OR64 of any two that are independent */
};
enum { PATTERNS = sizeof patterns / sizeof *patterns, STAGES = 5 };

static void compact(struct block *block) {
    uint32_t kept = 0;
    for (uint32_t o = 0; o < block->op_count; o++)
        if (block->ops[o].code != OP_NOTHING) block->ops[kept++] = block->ops[o];
    block->op_count = kept;
}

static bool sweep(struct window *w, unsigned which) {
    bool changed = false;
    for (uint32_t at = 0; at < w->block->op_count; at++)
        while (op_at(w, at)->code != OP_NOTHING && patterns[which].run(w, at)) changed = true;
    if (changed) compact(w->block);
    return changed;
}

static void fuse_block(struct window *w, unsigned first, unsigned end) {
    for (unsigned stage = first; stage < end; stage++) {
        bool changed = true;
        for (unsigned round = 0; changed && round < ROUNDS_MAX; round++) {
            changed = false;
            for (unsigned p = 0; p < PATTERNS; p++)
                if (patterns[p].stage == stage) changed |= sweep(w, p);
        }
    }
}

/* A block that nothing jumps to becomes the end of the one before it, branches and all. */
static void join_blocks(struct lower *l, struct function *f) {
    for (uint32_t b = 0, next; b < f->block_count; b = next) {
        uint32_t count = f->blocks[b].op_count;
        for (next = b + 1; next < f->block_count && !f->blocks[next].entered; next++) {
            const struct block *last = &f->blocks[next - 1];
            if (last->op_count && op_ends(last->ops[last->op_count - 1].code)) break;
            count += f->blocks[next].op_count;
        }
        if (next == b + 1) continue;
        struct block *joined = &f->blocks[b];
        struct op *ops = POOL_ARRAY(&l->pool, struct op, count);
        count = 0;
        for (uint32_t part = b; part < next; part++) {
            const struct block *block = &f->blocks[part];
            if (block->op_count) memcpy(ops + count, block->ops, block->op_count * sizeof *ops);
            count += block->op_count;
            f->blocks[part].op_count = 0;
        }
        joined->ops = ops;
        joined->op_count = count;
        joined->live_out = f->blocks[next - 1].live_out;
    }
}

/* A jump to where the block would go anyway. */
static void drop_jumps(struct function *f) {
    for (uint32_t b = 0; b < f->block_count; b++) {
        struct block *block = &f->blocks[b];
        if (block->op_count == 0 || block->ops[block->op_count - 1].code != OP_J) continue;
        uint32_t target = (uint32_t)block->ops[block->op_count - 1].target, next = b + 1;
        while (next < target && f->blocks[next].op_count == 0) next++;
        if (next == target) block->op_count--;
    }
}

/* A jump to a block that only leaves the function leaves it itself. */
static void leave_at_once(struct function *f) {
    for (uint32_t b = 0; b < f->block_count; b++) {
        struct block *block = &f->blocks[b];
        if (block->op_count == 0 || block->ops[block->op_count - 1].code != OP_J) continue;
        struct op *jump = &block->ops[block->op_count - 1];
        const struct block *target = &f->blocks[jump->target];
        if (target->op_count != 1 || !op_ends(target->ops[0].code) || target->ops[0].target != NOTHING) continue;
        struct op leave = target->ops[0];
        leave.first = jump->first;
        leave.last = jump->last;
        *jump = leave;
    }
}

static void fuse_function(struct lower *l, struct function *f, unsigned first, unsigned end) {
    for (uint32_t b = 0; b < f->block_count; b++) {
        struct window w = {l, f, &f->blocks[b], b};
        fuse_block(&w, first, end);
        compact(w.block);
    }
}

void fuse_ops(struct lower *l) {
    if (l->options->no_fusion) return;
    for (uint32_t i = 0; i < l->function_count; i++) {
        struct function *f = &l->functions[i];
        if (!f->reached) continue;
        join_blocks(l, f);
        find_function_lives(f);
        fuse_function(l, f, 0, 1);
        if (!l->options->debug) hoist_loops(l, f);
        fuse_function(l, f, 1, STAGES);
        drop_jumps(f);
        if (!l->options->debug) leave_at_once(f);
    }
}
