/* lay-out: gives every block its place, and pays for long functions (spec/isa.md section 4): a run of more than 4095
 * words is cut by CHARGE words, which forward branches do not pass; those that would become JF, or a branch around one.
 */
#include "toolchain/lower/lower_ir.h"

static bool is_branch(uint8_t code) { return code >= OP_BEQ && code <= OP_BGEU; }
static bool is_add_branch(uint8_t code) { return code >= OP_ADDBNE && code <= OP_ADDBGEU; }

/* Where each op lies, counted from the function's entry. `charge` says that a CHARGE word lies before the op. */
struct place {
    uint32_t word;
    bool charge, is_long;
};

struct layout {
    struct lower *l;
    struct function *f;
    struct place *places; /* one for each op, blocks in order */
    uint32_t *first;      /* of each block: index of its first place */
    uint32_t *charges;    /* words of the CHARGEs, ascending */
    uint32_t charge_count;
    uint32_t words;
};

static uint32_t words_of(const struct op *op, const struct place *place) {
    if (op->code == OP_SWITCH) return 1 + (uint32_t)op->imm;
    return place->is_long ? 2 : 1;
}

/* Places everything, with a CHARGE wherever the next op would make a run too long. */
static void place_all(struct layout *layout) {
    uint32_t word = 1, run = 1, p = 0;
    layout->charge_count = 0;
    for (uint32_t b = 0; b < layout->f->block_count; b++) {
        const struct block *block = &layout->f->blocks[b];
        layout->first[b] = p;
        for (uint32_t o = 0; o < block->op_count; o++, p++) {
            struct place *place = &layout->places[p];
            uint32_t words = words_of(&block->ops[o], place);
            place->charge = run + words > VM_RUN_WORDS_MAX;
            if (place->charge) {
                layout->charges[layout->charge_count++] = word++;
                run = 1;
            }
            place->word = word;
            word += words;
            run += words;
        }
    }
    layout->words = word;
}

/* Where a block begins: at the CHARGE before its first op, if there is one, because that must be paid. */
static uint32_t block_word(const struct layout *layout, uint32_t b) {
    for (; b < layout->f->block_count; b++) {
        if (layout->f->blocks[b].op_count == 0) continue;
        const struct place *place = &layout->places[layout->first[b]];
        return place->charge ? place->word - 1 : place->word;
    }
    return layout->words;
}

/* Whether a CHARGE lies between a word and a later target; one at the target itself is not passed. */
static bool passes_charge(const struct layout *layout, uint32_t from, uint32_t target) {
    for (uint32_t c = 0; c < layout->charge_count; c++)
        if (layout->charges[c] > from && layout->charges[c] < target) return true;
    return false;
}

static bool needs_long(const struct layout *layout, const struct op *op, const struct place *place) {
    if (op->target == NOTHING || !(is_branch(op->code) || is_add_branch(op->code))) return false;
    uint32_t target = block_word(layout, (uint32_t)op->target);
    if (target > place->word) return is_add_branch(op->code) || passes_charge(layout, place->word, target);
    return place->word + 1 - target > (is_add_branch(op->code) ? 0xfffu : 0xffffu);
}

/* Makes branches longer until all reach; one that is long stays long, so this ends. */
static void settle(struct layout *layout) {
    for (bool changed = true; changed;) {
        changed = false;
        place_all(layout);
        uint32_t p = 0;
        for (uint32_t b = 0; b < layout->f->block_count; b++) {
            const struct block *block = &layout->f->blocks[b];
            for (uint32_t o = 0; o < block->op_count; o++, p++) {
                struct place *place = &layout->places[p];
                if (place->is_long || !needs_long(layout, &block->ops[o], place)) continue;
                place->is_long = changed = true;
            }
        }
    }
}

static uint8_t opposite(uint8_t branch) {
    switch (branch) {
    case OP_BEQ: return OP_BNE;
    case OP_BNE: return OP_BEQ;
    case OP_BLT: return OP_BGE;
    case OP_BGE: return OP_BLT;
    case OP_BLTU: return OP_BGEU;
    default: return OP_BLTU;
    }
}

/* A jump from `word` to a block, as J, JB or JF. */
static struct op make_jump(const struct layout *layout, const struct op *like, uint32_t word, uint32_t target) {
    struct op jump = op_make(OP_J, like->first);
    jump.last = like->last;
    if (target <= word) {
        jump.code = OP_JB;
        jump.imm = (int32_t)(word + 1 - target);
    } else {
        if (passes_charge(layout, word, target)) jump.code = OP_JF;
        jump.imm = (int32_t)(target - word - 1);
    }
    return jump;
}

/* Writes ops with their final displacements into the function's list of words to encode. */
struct sink {
    struct op *ops;
    uint32_t count;
};
static void put(struct sink *sink, struct op op) { sink->ops[sink->count++] = op; }

static void put_branch(const struct layout *layout, struct sink *sink, struct op op, const struct place *place) {
    uint32_t target = block_word(layout, (uint32_t)op.target);
    if (place->is_long) {
        struct op jump = make_jump(layout, &op, place->word + 1, target);
        op.code = opposite(op.code);
        op.imm = 1;
        put(sink, op);
        put(sink, jump);
    } else if (target > place->word) {
        op.imm = (int32_t)(target - place->word - 1);
        put(sink, op);
    } else {
        op.code = is_add_branch(op.code) ? op.code : (uint8_t)(op.code + (OP_BEQ_B - OP_BEQ));
        op.imm = (int32_t)(place->word + 1 - target);
        put(sink, op);
    }
}

static void put_switch(const struct layout *layout, struct sink *sink, const struct op *op, const struct place *place) {
    put(sink, *op);
    for (int32_t k = 0; k < op->imm; k++) {
        uint32_t word = place->word + 1 + (uint32_t)k;
        uint32_t target =
            op->targets[k] == SWITCH_DEFAULT ? place->word + 1 + (uint32_t)op->imm : block_word(layout, op->targets[k]);
        put(sink, make_jump(layout, op, word, target));
    }
}

static void put_all(const struct layout *layout, struct sink *sink) {
    struct function *f = layout->f;
    uint32_t p = 0, charge = 0;
    f->entry_op.k = (int32_t)(layout->charge_count ? layout->charges[0] : layout->words);
    f->entry_op.width = f->taken;
    put(sink, f->entry_op);
    for (uint32_t b = 0; b < f->block_count; b++) {
        f->blocks[b].word = f->entry + sink->count;
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++, p++) {
            const struct op *op = &f->blocks[b].ops[o];
            const struct place *place = &layout->places[p];
            if (place->charge) {
                struct op pay = op_make(OP_CHARGE, op->first);
                uint32_t next = ++charge < layout->charge_count ? layout->charges[charge] : layout->words;
                pay.imm = (int32_t)(next - layout->charges[charge - 1]);
                put(sink, pay);
            }
            if (op->code == OP_SWITCH)
                put_switch(layout, sink, op, place);
            else if (is_branch(op->code) || is_add_branch(op->code))
                put_branch(layout, sink, *op, place);
            else if (op->code == OP_J)
                put(sink, make_jump(layout, op, place->word, block_word(layout, (uint32_t)op->target)));
            else
                put(sink, *op);
        }
    }
}

static void lay_out_function(struct lower *l, struct function *f) {
    uint32_t ops = 0, words = 1;
    for (uint32_t b = 0; b < f->block_count; b++) {
        ops += f->blocks[b].op_count;
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) {
            const struct op *op = &f->blocks[b].ops[o];
            words += op->code == OP_SWITCH ? 2 + (uint32_t)op->imm : 3;
            if (op->code == OP_SWITCH && op->imm > VM_RUN_WORDS_MAX - 2) {
                refuse(l, op->first, "a switch of more than %d entries; split it", VM_RUN_WORDS_MAX - 2);
                return;
            }
        }
    }
    struct layout layout = {.l = l, .f = f};
    layout.places = POOL_ARRAY(&l->pool, struct place, ops);
    layout.first = POOL_ARRAY(&l->pool, uint32_t, f->block_count);
    layout.charges = POOL_ARRAY(&l->pool, uint32_t, ops);
    settle(&layout);
    struct sink sink = {POOL_ARRAY(&l->pool, struct op, words), 0};
    f->entry = l->word_count;
    put_all(&layout, &sink);
    f->words = sink.ops;
    f->word_end = f->entry + sink.count;
    l->word_count = f->word_end;
}

void lay_out(struct lower *l) {
    l->word_count = 1; /* STOP */
    uint32_t index = 0;
    for (uint32_t i = 0; i < l->function_count && !l->refused; i++) {
        struct function *f = &l->functions[i];
        if (!f->reached) continue;
        f->index = index++;
        lay_out_function(l, f);
        if (l->word_count > VM_CODE_WORDS_MAX)
            refuse(l, f->address, "the program has more than %d words of bytecode", VM_CODE_WORDS_MAX);
    }
}
