/* analyse: cuts each function into blocks and runs flow through them until nothing changes. Learns which blocks are
 * reached, which functions return, and refuses what flow refuses.
 *
 * A function is taken not to return until a path to a return is found, so code behind calls of exit and the like is
 * never looked at: compilers leave nothing sensible there. */
#include "toolchain/lower/flow.h"

static void mark_leader(struct lower *l, const struct function *f, uint32_t address) {
    if (address >= f->address && address < f->end) text_at(l, address)->leader = true;
}

static void mark_leaders(struct lower *l, const struct function *f) {
    mark_leader(l, f, f->address);
    for (uint32_t k = 0; k < f->label_count; k++) mark_leader(l, f, f->labels[k]);
    for (uint32_t address = f->address; address < f->end; address += 4) {
        const struct text_word *word = text_at(l, address);
        const struct instruction *i = &word->instruction;
        if (i->shape == SHAPE_BRANCH || i->shape == SHAPE_JAL) {
            uint32_t target = address + (uint32_t)i->imm;
            if (target % 4 == 0) mark_leader(l, f, target);
        }
        if (flow_ends_block(word)) mark_leader(l, f, address + 4);
    }
}

static void make_blocks(struct lower *l, struct function *f) {
    mark_leaders(l, f);
    uint32_t count = 0;
    for (uint32_t address = f->address; address < f->end; address += 4) count += text_at(l, address)->leader;
    f->blocks = POOL_ARRAY(&l->pool, struct block, count);
    for (uint32_t address = f->address; address < f->end; address += 4) {
        if (text_at(l, address)->leader) {
            if (text_at(l, address)->paired) refuse(l, address, "something jumps between the two halves of a call");
            f->blocks[f->block_count++].address = address;
        }
        f->blocks[f->block_count - 1].end = address + 4;
    }
}

uint32_t block_at(const struct function *f, uint32_t address) {
    uint32_t low = 0, high = f->block_count;
    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;
        if (f->blocks[middle].address <= address)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Blocks whose start is known better than when they were last run. */
struct worklist {
    uint32_t *list;
    bool *queued;
    uint32_t count;
};

static void propagate(struct lower *l, struct function *f, struct worklist *work, uint32_t target,
                      const struct state *state, bool jump) {
    if (target < f->address || target >= f->end) return;
    uint32_t index = block_at(f, target);
    struct block *block = &f->blocks[index];
    bool changed = !block->reached;
    if (jump) block->entered = true;
    if (changed) {
        block->reached = true;
        block->state = POOL_ARRAY(&l->pool, struct state, 1);
        state_copy(l, block->state, state);
    } else {
        changed = state_join(block->state, state);
    }
    if (changed && !work->queued[index]) {
        work->queued[index] = true;
        work->list[work->count++] = index;
    }
}

/* What the end of a step means for the rest of the function; true when the block goes on. */
static bool follow(struct lower *l, struct function *f, struct worklist *work, const struct flow *flow,
                   const struct state *state) {
    switch ((enum flow_kind)flow->kind) {
    case FLOW_NEXT:
    case FLOW_DROP:
    case FLOW_CALL:
    case FLOW_CALL_INDIRECT:
    case FLOW_SETJMP: return true;
    case FLOW_BRANCH: propagate(l, f, work, flow->target, state, true); return true;
    case FLOW_JUMP: propagate(l, f, work, flow->target, state, true); return false;
    case FLOW_LABELS:
        for (uint32_t k = 0; k < f->label_count; k++) propagate(l, f, work, f->labels[k], state, true);
        f->returns |= flow->may_tail;
        return false;
    case FLOW_TAIL:
        f->returns |= flow->function->returns;
        f->stopped |= !flow->function->returns;
        return false;
    case FLOW_TAIL_INDIRECT:
    case FLOW_RETURN: f->returns = true; return false;
    case FLOW_CALL_END:
    case FLOW_TRAP:
    case FLOW_LONGJMP: return false;
    }
    return false;
}

/* A function whose last instruction is an ordinary one goes on in the function behind it. */
static void follow_end(struct lower *l, struct function *f, const struct state *state) {
    struct function *g = function_at(l, f->end);
    if (!falls_through(text_at(l, f->end - 4)) || !g || g->address != f->end) return;
    const struct value *sp = &state->reg[REGISTER_SP];
    if (state->reg[REGISTER_RA].kind != VALUE_RETURN || sp->kind != VALUE_STACK || sp->base || sp->number) {
        refuse(l, f->end - 4, "runs into %s with a frame of its own; end it with a jump", g->name);
        return;
    }
    f->returns |= g->returns;
    f->stopped |= !g->returns;
}

static void run_block(struct lower *l, struct function *f, struct worklist *work, struct block *block,
                      struct state *state) {
    state_copy(l, state, block->state);
    for (uint32_t address = block->address; address < block->end && !l->refused;) {
        struct flow flow = flow_step(l, f, state, address);
        if (l->refused || !follow(l, f, work, &flow, state)) return;
        address = flow.next;
    }
    if (block->end < f->end)
        propagate(l, f, work, block->end, state, false);
    else
        follow_end(l, f, state);
}

static void analyse_function(struct lower *l, struct function *f, const struct state *entry) {
    struct worklist work = {POOL_ARRAY(&l->pool, uint32_t, f->block_count), POOL_ARRAY(&l->pool, bool, f->block_count),
                            0};
    for (uint32_t b = 0; b < f->block_count; b++) f->blocks[b].reached = f->blocks[b].entered = false;
    f->stopped = false;
    f->frame_bytes = 0;
    propagate(l, f, &work, f->address, entry, false);
    struct state state = {.slot_count = 0};
    while (work.count && !l->refused) {
        uint32_t index = work.list[--work.count];
        work.queued[index] = false;
        run_block(l, f, &work, &f->blocks[index], &state);
    }
}

void analyse(struct lower *l) {
    const struct state *entry = state_at_entry(l);
    for (uint32_t i = 0; i < l->function_count && !l->refused; i++) {
        struct function *f = &l->functions[i];
        if (!f->reached) continue;
        make_blocks(l, f);
        f->stopped = true;
    }
    for (bool changed = true; changed && !l->refused;) {
        changed = false;
        for (uint32_t i = l->function_count; i-- > 0 && !l->refused;) {
            struct function *f = &l->functions[i];
            if (!f->reached || !f->stopped) continue;
            bool returned = f->returns;
            analyse_function(l, f, entry);
            changed |= f->returns != returned;
        }
    }
}
