/* Patterns on loads and stores: an index in the address, a pointer that moves on, two neighbours at once. */
#include "toolchain/lower/window.h"

bool fuse_index(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    if (op->half || !(is_load(op->code) || is_store(op->code))) return false;
    int32_t producer = sole_producer_of(w, at, op->reg[1]);
    if (producer == NOTHING) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    unsigned bytes = access_bytes(op->code), base = p->reg[1], index = p->reg[2];
    uint8_t code = (uint8_t)(op->code + (OP_LB_X - OP_LB)); /* rows of both kinds are in the same order */
    if (p->code == OP_ADD && bytes > 1) {
        static const uint8_t unscaled[] = {[OP_LH - OP_LB] = OP_LH_A,
                                           [OP_LHU - OP_LB] = OP_LHU_A,
                                           [OP_LW - OP_LB] = OP_LW_A,
                                           [OP_SH - OP_LB] = OP_SH_A,
                                           [OP_SW - OP_LB] = OP_SW_A};
        code = unscaled[op->code - OP_LB];
    } else if ((p->code == OP_SH1ADD && bytes == 2) || (p->code == OP_SH2ADD && bytes == 4)) {
        base = p->reg[2], index = p->reg[1];
    } else if (p->code != OP_ADD) {
        return false;
    }
    struct op made = op_like(op, code, op->reg[0], base, index, 0);
    made.imm = op->imm;
    return combine(w, (uint32_t)producer, at, made);
}

/* The index of an unscaled access that was shifted by what the scaled one shifts by. */
bool fuse_scale(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    static const struct {
        uint8_t plain, scaled, shift;
    } rows[] = {{OP_LH_A, OP_LH_X, 1},
                {OP_LHU_A, OP_LHU_X, 1},
                {OP_LW_A, OP_LW_X, 2},
                {OP_SH_A, OP_SH_X, 1},
                {OP_SW_A, OP_SW_X, 2}};
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].plain != op->code) continue;
        for (unsigned side = 1; side <= 2; side++) {
            int32_t producer = sole_producer_of(w, at, op->reg[side]);
            if (producer == NOTHING) continue;
            const struct op *p = op_at(w, (uint32_t)producer);
            if (p->code != OP_SLLI || p->k != rows[i].shift) continue;
            struct op made = op_like(op, rows[i].scaled, op->reg[0], op->reg[3 - side], p->reg[1], 0);
            made.imm = op->imm;
            if (combine(w, (uint32_t)producer, at, made)) return true;
        }
    }
    return false;
}

static bool reads_only_as_base(const struct op *op, unsigned reg) {
    if (op->half || !(is_load(op->code) || is_store(op->code)) || op->reg[1] != reg) return false;
    return !(is_store(op->code) && op->reg[0] == reg);
}

/* Whether an addition to `reg` may move over an op that reads it as a base, its offset changing by `by`. */
static bool shift_offset(const struct op *op, unsigned reg, int32_t by, struct op *made) {
    if (!reads_only_as_base(op, reg) || op_writes(op) & 1u << reg) return false;
    *made = *op;
    made->imm += by;
    return op_fits(made);
}

static bool increment_fits(const struct op *access, const struct op *add, int32_t offset, struct op *made) {
    unsigned base = add->reg[0];
    if (access->half || !(is_load(access->code) || is_store(access->code)) || access->reg[1] != base) return false;
    if (is_load(access->code) && access->reg[0] == base) return false;
    *made = op_like(access, (uint8_t)(access->code + (OP_LB_P - OP_LB)), access->reg[0], base, 0, 0);
    made->imm = offset;
    made->k = add->imm;
    return op_fits(made);
}

/* Applies `by` to the offsets between two places; they were seen to bear it. */
static void shift_between(struct window *w, uint32_t first, uint32_t end, unsigned reg, int32_t by) {
    for (uint32_t o = first + 1; o < end; o++) {
        struct op made;
        if (op_reads(op_at(w, o)) >> reg & 1 && shift_offset(op_at(w, o), reg, by, &made)) *op_at(w, o) = made;
    }
}

/* The addition at `at` moves up to an access before it. */
static bool increment_before(struct window *w, uint32_t at, const struct op *add) {
    unsigned reg = add->reg[0];
    struct op made, shifted;
    for (uint32_t o = at; o-- > 0 && at - o < WINDOW_OPS;) {
        const struct op *op = op_at(w, o);
        if (!same_statement(w, op, add)) return false;
        if (!((op_reads(op) | op_writes(op)) >> reg & 1)) continue;
        if (increment_fits(op, add, op->imm, &made)) {
            made.last = add->last > made.last ? add->last : made.last;
            shift_between(w, o, at, reg, -add->imm);
            *op_at(w, o) = made;
            remove_at(w, at);
            return true;
        }
        if (op->target != NOTHING || !shift_offset(op, reg, -add->imm, &shifted)) return false;
    }
    return false;
}

/* The addition at `at` moves down to an access behind it, which then reads the old value. */
static bool increment_after(struct window *w, uint32_t at, const struct op *add) {
    unsigned reg = add->reg[0];
    struct op made, shifted;
    for (uint32_t o = at + 1; o < w->block->op_count && o - at < WINDOW_OPS; o++) {
        const struct op *op = op_at(w, o);
        if (!same_statement(w, op, add)) return false;
        if (!((op_reads(op) | op_writes(op)) >> reg & 1)) continue;
        if (is_store(op->code) && op->reg[0] == reg) return false; /* it would store the old value */
        if (increment_fits(op, add, op->imm + add->imm, &made)) {
            made.first = add->first < made.first ? add->first : made.first;
            shift_between(w, at, o, reg, add->imm);
            *op_at(w, o) = made;
            remove_at(w, at);
            return true;
        }
        if (!shift_offset(op, reg, add->imm, &shifted)) return false;
    }
    return false;
}

bool fuse_increment(struct window *w, uint32_t at) {
    const struct op add = *op_at(w, at);
    if (add.code != OP_ADDI || add.half || add.reg[0] != add.reg[1] || add.reg[0] == REGISTER_SP) return false;
    return increment_before(w, at, &add) || increment_after(w, at, &add);
}

bool fuse_moves(struct window *w, uint32_t at) {
    const struct op *second = op_at(w, at);
    for (uint32_t o = at; second->code == OP_MOV && o-- > 0 && at - o < WINDOW_OPS / 4;) {
        const struct op *first = op_at(w, o);
        if (op_writes(first) >> second->reg[1] & 1) return false;
        if (first->code != OP_MOV) continue;
        struct op made = op_like(first, OP_MOV2, first->reg[0], first->reg[1], second->reg[0], second->reg[1]);
        if (combine(w, o, at, made)) return true;
    }
    return false;
}

/* Two words next to each other, through the same register. */
bool fuse_pair(struct window *w, uint32_t at) {
    const struct op *second = op_at(w, at);
    if (second->half || (second->code != OP_LW && second->code != OP_SW)) return false;
    unsigned base = second->reg[1];
    for (uint32_t o = at; o-- > 0 && at - o < WINDOW_OPS / 4;) {
        const struct op *first = op_at(w, o);
        bool matches = first->code == second->code && !first->half && first->reg[1] == base;
        if (matches && (first->imm + 4 == second->imm || second->imm + 4 == first->imm)) {
            if (first->code == OP_LW && (first->reg[0] == base || first->reg[0] == second->reg[0])) return false;
            const struct op *low = first->imm < second->imm ? first : second, *high = low == first ? second : first;
            struct op made =
                op_like(low, second->code == OP_LW ? OP_LWPAIR : OP_SWPAIR, low->reg[0], base, high->reg[0], 0);
            made.imm = low->imm;
            if (combine(w, o, at, made)) return true;
        }
        if (op_writes(first) >> base & 1) return false;
    }
    return false;
}
