/* Patterns on computations: bit fields, shifted operands, sums of three, products, and 64-bit arithmetic from its
 * halves. */
#include "toolchain/lower/window.h"

/* Width of a mask of low ones, or 0. */
static int32_t ones(int32_t mask) {
    uint32_t m = (uint32_t)mask;
    if (m == 0 || (m & (m + 1)) != 0) return 0;
    return 32 - __builtin_clz(m);
}

static bool make_field(struct window *w, uint32_t producer, uint32_t at, bool is_signed, int32_t k, int32_t width) {
    const struct op *op = op_at(w, at);
    struct op made = op_like(op, is_signed ? OP_SBFX : OP_UBFX, op->reg[0], op_at(w, producer)->reg[1], 0, 0);
    made.k = k;
    made.width = width;
    return width >= 1 && k + width <= 32 && combine(w, producer, at, made);
}

bool fuse_field(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    if (op->code != OP_SRLI && op->code != OP_SRAI && op->code != OP_ANDI && op->code != OP_SEXTB &&
        op->code != OP_SEXTH && op->code != OP_ZEXTH)
        return false;
    int32_t producer = sole_producer_of(w, at, op->reg[1]);
    if (producer == NOTHING) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    uint32_t from = (uint32_t)producer;
    bool right = p->code == OP_SRLI || p->code == OP_SRAI;
    int32_t rest = 32 - p->k, width = op->code == OP_ANDI ? ones(op->imm) : op->code == OP_SEXTB ? 8 : 16;
    switch (op->code) {
    case OP_SRLI:
    case OP_SRAI:
        if (p->code == OP_ZEXTH && op->k < 16) return make_field(w, from, at, false, op->k, 16 - op->k);
        if (p->code != OP_SLLI || op->k < p->k) return false;
        return make_field(w, from, at, op->code == OP_SRAI, op->k - p->k, 32 - op->k);
    case OP_ANDI:
    case OP_ZEXTH:
        if (!right || width == 0) return false;
        if (width > rest && p->code == OP_SRAI) return false;
        return make_field(w, from, at, false, p->k, width < rest ? width : rest);
    default: return right && width <= rest && make_field(w, from, at, true, p->k, width);
    }
}

static const struct {
    uint8_t consumer, producer, fused;
} shifted[] = {
    {OP_ADD, OP_SLLI, OP_ADD_SLL}, {OP_SUB, OP_SLLI, OP_SUB_SLL}, {OP_XOR, OP_SLLI, OP_XOR_SLL},
    {OP_OR, OP_SLLI, OP_OR_SLL},   {OP_ADD, OP_SRLI, OP_ADD_SRL}, {OP_XOR, OP_SRLI, OP_XOR_SRL},
    {OP_OR, OP_SRLI, OP_OR_SRL},   {OP_AND, OP_SRLI, OP_AND_SRL}, {OP_ADD, OP_SRAI, OP_ADD_SRA},
    {OP_XOR, OP_RORI, OP_XOR_ROR},
};

bool fuse_shift(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    for (unsigned side = 2; side > (op->code == OP_SUB ? 1u : 0u); side--) {
        for (unsigned i = 0; i < sizeof shifted / sizeof *shifted; i++) {
            if (shifted[i].consumer != op->code) continue;
            int32_t producer = sole_producer_of(w, at, op->reg[side]);
            if (producer == NOTHING || op_at(w, (uint32_t)producer)->code != shifted[i].producer) continue;
            const struct op *p = op_at(w, (uint32_t)producer);
            struct op made = op_like(op, shifted[i].fused, op->reg[0], op->reg[3 - side], p->reg[1], 0);
            made.k = p->k;
            if (combine(w, (uint32_t)producer, at, made)) return true;
        }
    }
    return false;
}

/* (x << k) with (y >> (32 - k)) in the other operand. The two never overlap, so that adding is as good as or. */
bool fuse_funnel(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    bool left = op->code == OP_OR_SLL || op->code == OP_ADD_SLL || op->code == OP_XOR_SLL;
    bool right = op->code == OP_OR_SRL || op->code == OP_ADD_SRL || op->code == OP_XOR_SRL;
    if ((!left && !right) || op->k == 0) return false;
    int32_t producer = sole_producer_of(w, at, op->reg[1]);
    if (producer == NOTHING) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    if (p->code != (left ? OP_SRLI : OP_SLLI) || p->k + op->k != 32) return false;
    struct op made = op_like(op, OP_FSHL, op->reg[0], left ? op->reg[2] : p->reg[1], left ? p->reg[1] : op->reg[2], 0);
    made.k = left ? op->k : p->k;
    return combine(w, (uint32_t)producer, at, made);
}

/* A consumer whose operand `side` is made by `code`, as one row with four registers. */
static bool fuse_four(struct window *w, uint32_t at, unsigned side, uint8_t code, uint8_t fused) {
    const struct op *op = op_at(w, at);
    int32_t producer = sole_producer_of(w, at, op->reg[side]);
    if (producer == NOTHING || op_at(w, (uint32_t)producer)->code != code) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    unsigned other = op->reg[3 - side];
    struct op made = op_like(op, fused, op->reg[0], p->reg[1], p->reg[2], other);
    return combine(w, (uint32_t)producer, at, made);
}

bool fuse_sum(struct window *w, uint32_t at) {
    uint8_t code = op_at(w, at)->code, fused = code == OP_ADD ? OP_ADD3 : OP_XOR3;
    if (code != OP_ADD && code != OP_XOR) return false;
    return fuse_four(w, at, 1, code, fused) || fuse_four(w, at, 2, code, fused);
}

/* An op before `at` with this code and these operands, none of which changes on the way, and which `at` does not read.
 */
static int32_t find_partner(const struct window *w, uint32_t at, uint8_t code, unsigned b, unsigned c) {
    uint32_t sources = 1u << b | 1u << c;
    const struct op *op = op_at(w, at);
    for (uint32_t o = at; o-- > 0 && at - o < WINDOW_OPS;) {
        const struct op *other = op_at(w, o);
        bool straight = other->reg[1] == b && other->reg[2] == c;
        bool crossed =
            other->reg[1] == c && other->reg[2] == b && (code == OP_MUL || code == OP_MULHU || code == OP_MULH);
        if (other->code == code && (straight || crossed) && !(op_writes(other) & op_reads(op))) return (int32_t)o;
        if (op_writes(other) & sources) return NOTHING;
    }
    return NOTHING;
}

/* The other half of a product. */
static bool fuse_double(struct window *w, uint32_t at) {
    static const struct {
        uint8_t this, other, fused;
    } halves[] = {{OP_MULHU, OP_MUL, OP_MULU64},
                  {OP_MULH, OP_MUL, OP_MULS64},
                  {OP_MUL, OP_MULHU, OP_MULU64},
                  {OP_MUL, OP_MULH, OP_MULS64}};
    const struct op *op = op_at(w, at);
    for (unsigned i = 0; i < sizeof halves / sizeof *halves; i++) {
        if (op->code != halves[i].this) continue;
        int32_t partner = find_partner(w, at, halves[i].other, op->reg[1], op->reg[2]);
        if (partner == NOTHING) continue;
        unsigned mine = op->reg[0], its = op_at(w, (uint32_t)partner)->reg[0];
        bool low = op->code == OP_MUL;
        struct op made = op_like(op, halves[i].fused, low ? mine : its, low ? its : mine, op->reg[1], op->reg[2]);
        if (combine(w, (uint32_t)partner, at, made)) return true;
    }
    return false;
}

bool fuse_product(struct window *w, uint32_t at) {
    uint8_t code = op_at(w, at)->code;
    if (code == OP_ADD) return fuse_four(w, at, 1, OP_MUL, OP_MADD) || fuse_four(w, at, 2, OP_MUL, OP_MADD);
    if (code == OP_SUB) return fuse_four(w, at, 2, OP_MUL, OP_MSUB);
    return fuse_double(w, at);
}

/* A sum of which one part is a carry: b + c + (d < e). */
bool fuse_carry(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    unsigned last = op->code == OP_ADD3 ? 3 : op->code == OP_ADD ? 2 : 0;
    for (unsigned side = 1; side <= last; side++) {
        int32_t producer = sole_producer_of(w, at, op->reg[side]);
        if (producer == NOTHING || op_at(w, (uint32_t)producer)->code != OP_SLTU) continue;
        const struct op *p = op_at(w, (uint32_t)producer);
        unsigned b = side == 1 ? op->reg[2] : op->reg[1];
        unsigned c = last == 2 ? REGISTER_ZERO : side == 3 ? op->reg[2] : op->reg[3];
        struct op made = op_like(op, OP_ADC, op->reg[0], b, c, p->reg[1]);
        made.reg[4] = p->reg[2];
        if (combine(w, (uint32_t)producer, at, made)) return true;
    }
    return false;
}

/* ADC with the sum whose carry it takes. */
static bool fuse_add64(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    unsigned low = op->reg[3], part = op->reg[4];
    int32_t producer = producer_of(w, at, low);
    if (producer == NOTHING) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    if (p->code != OP_ADD || part == low || (part != p->reg[1] && part != p->reg[2])) return false;
    if (op->reg[1] == low || op->reg[2] == low || op->reg[0] == low) return false;
    if (!unwritten_between(w, (uint32_t)producer, at, 1u << part)) return false;
    struct op made = op_like(op, OP_ADD64, low, op->reg[0], p->reg[1], op->reg[1]);
    made.reg[4] = p->reg[2];
    made.reg[5] = op->reg[2];
    return combine(w, (uint32_t)producer, at, made);
}

/* A difference in halves: low = d - e, borrow = d < e, high = b - c - borrow, in any order that keeps the values. */
struct difference {
    uint32_t low, borrow, inner; /* places; the outer subtraction is the consumer */
};

static bool is_part(const struct difference *d, uint32_t o) { return o == d->low || o == d->borrow || o == d->inner; }

static bool parts_sink(const struct window *w, const struct difference *d, uint32_t at) {
    const struct op *low = op_at(w, d->low), *borrow = op_at(w, d->borrow), *inner = op_at(w, d->inner);
    uint32_t compared = 1u << borrow->reg[1] | 1u << borrow->reg[2];
    uint32_t upper = 1u << inner->reg[1] | 1u << inner->reg[2];
    uint32_t result = 1u << low->reg[0];
    uint32_t first = d->low < d->borrow ? d->low : d->borrow;
    const struct op *earlier = op_at(w, first);
    if (op_writes(earlier) & compared) return false; /* the later one would have compared something else */
    for (uint32_t o = first + 1; o < at; o++) {
        if (is_part(d, o)) continue;
        const struct op *op = op_at(w, o);
        if (op_writes(op) & compared & ~1u) return false;
        if (o > d->inner && op_writes(op) & upper & ~1u) return false;
        if (o > d->low && (op_writes(op) | op_reads(op)) & result) return false;
    }
    for (uint32_t o = d->inner + 1; o < first; o++)
        if (op_writes(op_at(w, o)) & upper & ~1u) return false;
    return !(upper & result);
}

static bool is_low_half(const struct op *low, const struct op *borrow) {
    return low->code == OP_SUB && low->reg[1] == borrow->reg[1] && low->reg[2] == borrow->reg[2];
}

/* The low half may also come behind the high one, if it can move up to it. */
static int32_t find_low_half(const struct window *w, uint32_t at, uint32_t inner, const struct op *borrow) {
    uint32_t compared = 1u << borrow->reg[1] | 1u << borrow->reg[2];
    for (uint32_t o = at; o-- > 0 && at - o < WINDOW_OPS;)
        if (o != inner && is_low_half(op_at(w, o), borrow)) return (int32_t)o;
    for (uint32_t o = at; o < w->block->op_count && o - at < WINDOW_OPS; o++) {
        const struct op *op = op_at(w, o);
        if (o != at && is_low_half(op, borrow))
            return untouched_between(w, at, o, 1u << op->reg[0]) ? (int32_t)o : NOTHING;
        if (op_writes(op) & compared) return NOTHING;
    }
    return NOTHING;
}

static bool fuse_sub64(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    int32_t inner = sole_producer_of(w, at, op->reg[1]), borrow = sole_producer_of(w, at, op->reg[2]);
    if (inner == NOTHING || borrow == NOTHING) return false;
    const struct op *i = op_at(w, (uint32_t)inner), *b = op_at(w, (uint32_t)borrow);
    if (i->code != OP_SUB || b->code != OP_SLTU) return false;
    int32_t place = find_low_half(w, at, (uint32_t)inner, b);
    if (place == NOTHING) return false;
    const struct op *low = op_at(w, (uint32_t)place);
    bool behind = (uint32_t)place > at;
    struct difference d = {behind ? (uint32_t)borrow : (uint32_t)place, (uint32_t)borrow, (uint32_t)inner};
    if (low->reg[0] == op->reg[0] || !same_statement(w, low, op) || !same_statement(w, b, op)) return false;
    if (!parts_sink(w, &d, at)) return false;
    struct op made = op_like(op, OP_SUB64, low->reg[0], op->reg[0], low->reg[1], i->reg[1]);
    made.reg[4] = low->reg[2];
    made.reg[5] = i->reg[2];
    made.first = low->first < made.first ? low->first : made.first;
    if (!replace(w, at, made)) return false;
    remove_at(w, (uint32_t)place);
    remove_at(w, d.borrow);
    remove_at(w, d.inner);
    return true;
}

/* Shifts of a pair of registers: one half is FSHL, the other FSHL or a plain shift. */
static bool fuse_shift64(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    for (uint32_t o = at; o-- > 0 && at - o < WINDOW_OPS;) {
        const struct op *other = op_at(w, o);
        if (op_writes(other) & op_reads(op)) return false;
        const struct op *funnel = op->code == OP_FSHL ? op : other, *plain = funnel == op ? other : op;
        if (funnel->code != OP_FSHL || funnel->k == 0) continue;
        unsigned high = funnel->reg[1], low = funnel->reg[2];
        struct op made;
        if (plain->code == OP_FSHL && plain->reg[1] == low && plain->reg[2] == high && plain->k == funnel->k)
            made = op_like(op, OP_ROLI64, funnel->reg[0], plain->reg[0], high, low);
        else if (plain->code == OP_SLLI && plain->reg[1] == low && plain->k == funnel->k)
            made = op_like(op, OP_SLLI64, plain->reg[0], funnel->reg[0], low, high);
        else if ((plain->code == OP_SRLI || plain->code == OP_SRAI) && plain->reg[1] == high &&
                 plain->k == 32 - funnel->k)
            made =
                op_like(op, plain->code == OP_SRLI ? OP_SRLI64 : OP_SRAI64, funnel->reg[0], plain->reg[0], low, high);
        else
            continue;
        made.k = plain->code == OP_FSHL ? funnel->k : plain->k;
        if (combine(w, o, at, made)) return true;
    }
    return false;
}

bool fuse_wide(struct window *w, uint32_t at) {
    switch (op_at(w, at)->code) {
    case OP_ADC: return fuse_add64(w, at);
    case OP_SUB: return fuse_sub64(w, at);
    case OP_FSHL:
    case OP_SLLI:
    case OP_SRLI:
    case OP_SRAI: return fuse_shift64(w, at);
    default: return false;
    }
}

bool fuse_wide_pair(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    uint8_t fused = op->code == OP_XOR ? OP_XOR64 : op->code == OP_AND ? OP_AND64 : op->code == OP_OR ? OP_OR64 : 0;
    for (uint32_t o = at; fused && o-- > 0 && at - o < WINDOW_OPS / 2;) {
        const struct op *other = op_at(w, o);
        if (op_writes(other) & op_reads(op)) return false;
        if (other->code != op->code) continue;
        struct op made = op_like(other, fused, other->reg[0], op->reg[0], other->reg[1], op->reg[1]);
        made.reg[4] = other->reg[2];
        made.reg[5] = op->reg[2];
        if (combine(w, o, at, made)) return true;
    }
    return false;
}
