/* Choices without branches, which clang makes of CZEQZ, CZNEZ and OR: condition ? p : q becomes SELECT. Among them the
 * comparison of 64-bit numbers: differ = high1 ^ high2;  by_high = high1 < high2;  by_low = low1 < low2;  result =
 * differ ? by_high : by_low Six words become SLT64 or SLTU64. */
#include "toolchain/lower/window.h"

enum { PARTS = 5 };

struct comparison {
    uint32_t parts[PARTS]; /* places: CZEQZ, CZNEZ, by_high, by_low, differ */
};

static const struct op *part(const struct window *w, const struct comparison *c, unsigned i) {
    return op_at(w, c->parts[i]);
}

static bool is_part(const struct comparison *c, uint32_t o) {
    for (unsigned i = 0; i < PARTS; i++)
        if (c->parts[i] == o) return true;
    return false;
}

/* The producer of an operand, wanted with a code; false when it has another. */
static bool find_part(const struct window *w, uint32_t at, unsigned reg, uint8_t code, uint32_t *place) {
    int32_t producer = sole_producer_of(w, at, reg);
    if (producer == NOTHING || op_at(w, (uint32_t)producer)->code != code) return false;
    *place = (uint32_t)producer;
    return true;
}

/* The two halves of the choice: what is taken when the condition is not zero, and when it is. */
static bool find_choice(const struct window *w, uint32_t at, struct comparison *c) {
    const struct op *op = op_at(w, at);
    unsigned first = op->reg[1], second = op->reg[2];
    if (!find_part(w, at, first, OP_CZEQZ, &c->parts[0])) {
        unsigned swap = first;
        first = second, second = swap;
        if (!find_part(w, at, first, OP_CZEQZ, &c->parts[0])) return false;
    }
    return find_part(w, at, second, OP_CZNEZ, &c->parts[1]);
}

static bool find_parts(const struct window *w, uint32_t at, struct comparison *c) {
    if (!find_choice(w, at, c)) return false;
    const struct op *if_differ = part(w, c, 0), *if_same = part(w, c, 1);
    int32_t differ = producer_of(w, c->parts[0], if_differ->reg[2]);
    if (if_differ->reg[2] != if_same->reg[2] || differ == NOTHING) return false;
    c->parts[4] = (uint32_t)differ;
    if (producer_of(w, c->parts[1], if_same->reg[2]) != differ || part(w, c, 4)->code != OP_XOR) return false;
    if (!find_part(w, c->parts[0], if_differ->reg[1], OP_SLT, &c->parts[2]) &&
        !find_part(w, c->parts[0], if_differ->reg[1], OP_SLTU, &c->parts[2]))
        return false;
    return find_part(w, c->parts[1], if_same->reg[1], OP_SLTU, &c->parts[3]);
}

/* Whether all operands are still what the parts saw, at the place of the last op, once the parts are gone; and nobody
 * else reads what the parts made. */
static bool parts_vanish(const struct window *w, const struct comparison *c, uint32_t at) {
    const struct op *high = part(w, c, 2), *low = part(w, c, 3), *differ = part(w, c, 4);
    uint32_t sources = op_reads(high) | op_reads(low), first = at;
    if (op_reads(differ) != op_reads(high)) return false;
    for (unsigned i = 2; i < PARTS; i++) first = c->parts[i] < first ? c->parts[i] : first;
    uint32_t written = 0;
    for (uint32_t o = first; o < at; o++) {
        const struct op *op = op_at(w, o);
        if (!is_part(c, o)) {
            if (op_writes(op) & sources || op_reads(op) >> differ->reg[0] & 1) return false;
            continue;
        }
        bool compares = o == c->parts[2] || o == c->parts[3] || o == c->parts[4];
        if (compares && op_reads(op) & written) return false;
        written |= op_writes(op);
    }
    return op_at(w, at)->reg[0] == differ->reg[0] || is_dead_after(w, at, differ->reg[0]);
}

bool fuse_compare(struct window *w, uint32_t at) {
    struct comparison c;
    const struct op *op = op_at(w, at);
    if (op->code != OP_OR || !find_parts(w, at, &c) || !parts_vanish(w, &c, at)) return false;
    const struct op *high = part(w, &c, 2), *low = part(w, &c, 3);
    struct op made =
        op_like(op, high->code == OP_SLT ? OP_SLT64 : OP_SLTU64, op->reg[0], low->reg[1], high->reg[1], low->reg[2]);
    made.reg[4] = high->reg[2];
    for (unsigned i = 0; i < PARTS; i++) {
        if (!same_statement(w, part(w, &c, i), op)) return false;
        if (part(w, &c, i)->first < made.first) made.first = part(w, &c, i)->first;
    }
    if (!replace(w, at, made)) return false;
    for (unsigned i = 0; i < PARTS; i++) remove_at(w, c.parts[i]);
    return true;
}

bool fuse_select(struct window *w, uint32_t at) {
    struct comparison c;
    const struct op *op = op_at(w, at);
    if (op->code != OP_OR || !find_choice(w, at, &c)) return false;
    const struct op *yes = part(w, &c, 0), *no = part(w, &c, 1);
    if (yes->reg[2] != no->reg[2] || !same_statement(w, yes, op) || !same_statement(w, no, op)) return false;
    bool yes_first = c.parts[0] < c.parts[1];
    uint32_t sources = op_reads(yes) | op_reads(no), first = yes_first ? c.parts[0] : c.parts[1];
    if (op_writes(yes_first ? yes : no) & op_reads(yes_first ? no : yes)) return false;
    for (uint32_t o = first; o < at; o++)
        if (o != c.parts[0] && o != c.parts[1] && op_writes(op_at(w, o)) & sources) return false;
    struct op made = op_like(op, OP_SELECT, op->reg[0], yes->reg[1], no->reg[1], yes->reg[2]);
    uint32_t address = yes->first < no->first ? yes->first : no->first;
    if (address < made.first) made.first = address;
    if (!replace(w, at, made)) return false;
    remove_at(w, c.parts[0]);
    remove_at(w, c.parts[1]);
    return true;
}
