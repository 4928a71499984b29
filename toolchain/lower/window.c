#include "toolchain/lower/window.h"

bool is_load(uint8_t code) { return code >= OP_LB && code <= OP_LW; }
bool is_store(uint8_t code) { return code >= OP_SB && code <= OP_SW; }

bool is_pure(uint8_t code) {
    bool divides = code >= OP_DIV && code <= OP_REMU;
    bool computes = code >= OP_LI && code <= OP_MOV2 && !divides;
    bool wide = code >= OP_ADD64 && code <= OP_SLTU64;
    bool floats = code >= OP_FADD_S && code <= OP_FCVT_H_S;
    return computes || wide || floats || code == OP_SELECT;
}

static bool is_memory(uint8_t code) { return code >= OP_LB && code <= OP_SWPAIR; }
bool writes_memory(uint8_t code) {
    return is_store(code) || (code >= OP_SB_P && code <= OP_SW_P) || (code >= OP_SB_X && code <= OP_SW_X) ||
           code == OP_SH_A || code == OP_SW_A || code == OP_SWPAIR;
}

bool is_barrier(const struct op *op) {
    if (op->target != NOTHING) return true;
    switch (op->code) {
    case OP_HCALL:
    case OP_BREAK:
    case OP_SETJMP:
    case OP_LONGJMP:
    case OP_CALL:
    case OP_CALLR:
    case OP_TAIL:
    case OP_TAILR:
    case OP_BCOPY:
    case OP_BFILL:
    case OP_BCMP:
    case OP_BFIND: return true;
    default: return false;
    }
}

unsigned access_bytes(uint8_t code) {
    switch (code) {
    case OP_LB:
    case OP_LBU:
    case OP_SB: return 1;
    case OP_LH:
    case OP_LHU:
    case OP_SH: return 2;
    default: return 4;
    }
}

bool is_dead_after(const struct window *w, uint32_t at, unsigned reg) {
    uint32_t mask = 1u << reg;
    for (uint32_t o = at + 1; o < w->block->op_count; o++) {
        if (op_reads(op_at(w, o)) & mask) return false;
        if (op_writes(op_at(w, o)) & mask) return true;
    }
    return !(w->block->live_out & mask);
}

int32_t producer_of(const struct window *w, uint32_t at, unsigned reg) {
    if (reg == REGISTER_ZERO) return NOTHING;
    for (uint32_t o = at; o-- > 0 && at - o < WINDOW_OPS;)
        if (op_writes(op_at(w, o)) & 1u << reg) return (int32_t)o;
    return NOTHING;
}

static unsigned times_read(const struct op *op, unsigned reg) {
    const struct isa_op_info *info = &isa_op_table[op->code];
    const struct isa_form_info *form = &isa_form_table[info->form];
    unsigned times = 0;
    for (unsigned i = 0; i < form->field_count; i++) {
        unsigned letter = (unsigned)(form->field[i].name[0] - 'a');
        if (form->field[i].kind == ISA_KIND_reg && !(info->flags >> letter & 1)) times += op->reg[letter] == reg;
    }
    return times;
}

int32_t sole_producer_of(const struct window *w, uint32_t at, unsigned reg) {
    int32_t producer = producer_of(w, at, reg);
    if (producer == NOTHING || times_read(op_at(w, at), reg) != 1) return NOTHING;
    for (uint32_t o = (uint32_t)producer + 1; o < at; o++)
        if (op_reads(op_at(w, o)) & 1u << reg) return NOTHING;
    if (!(op_writes(op_at(w, at)) & 1u << reg) && !is_dead_after(w, at, reg)) return NOTHING;
    return producer;
}

bool unwritten_between(const struct window *w, uint32_t first, uint32_t end, uint32_t mask) {
    for (uint32_t o = first + 1; o < end; o++)
        if (op_writes(op_at(w, o)) & mask) return false;
    return true;
}

bool untouched_between(const struct window *w, uint32_t first, uint32_t end, uint32_t mask) {
    for (uint32_t o = first + 1; o < end; o++)
        if ((op_writes(op_at(w, o)) | op_reads(op_at(w, o))) & mask) return false;
    return true;
}

/* Two plain accesses through one unchanged register that cannot meet. */
static bool are_apart(const struct op *a, const struct op *b) {
    bool plain = (is_load(a->code) || is_store(a->code)) && (is_load(b->code) || is_store(b->code));
    if (!plain || a->half || b->half || a->reg[1] != b->reg[1]) return false;
    return a->imm + (int32_t)access_bytes(a->code) <= b->imm || b->imm + (int32_t)access_bytes(b->code) <= a->imm;
}

bool memory_free_between(const struct window *w, uint32_t first, uint32_t end, const struct op *op) {
    if (!is_memory(op->code)) return true;
    uint32_t base = 1u << op->reg[1];
    for (uint32_t o = first + 1; o < end; o++) {
        const struct op *other = op_at(w, o);
        if (is_barrier(other)) return false;
        if (op_writes(other) & base) base = 0; /* from here on the same register is another address */
        if (!is_memory(other->code) || !(writes_memory(op->code) || writes_memory(other->code))) continue;
        if (!base || !are_apart(op, other)) return false;
    }
    return true;
}

bool same_statement(const struct window *w, const struct op *a, const struct op *b) {
    if (!w->l->options->debug) return true;
    uint32_t low = a->first < b->first ? a->first : b->first, high = a->last > b->last ? a->last : b->last;
    for (uint32_t address = low + 4; address <= high; address += 4) {
        const struct text_word *word = text_at(w->l, address);
        if (!word || word->line_start) return false;
    }
    return true;
}

static void take_addresses(struct op *made, const struct op *a, const struct op *b) {
    made->first = a->first < b->first ? a->first : b->first;
    made->last = a->last > b->last ? a->last : b->last;
}

/* Only rows' own registers are checked by the verifier: none is zero, none written twice. */
static bool writes_well(const struct op *op) {
    const struct isa_op_info *info = &isa_op_table[op->code];
    uint32_t seen = 1;
    for (unsigned letter = 0; letter < 6; letter++) {
        if (!(info->flags >> letter & 1)) continue;
        if (seen >> op->reg[letter] & 1) return false;
        seen |= 1u << op->reg[letter];
    }
    return true;
}

bool combine(struct window *w, uint32_t producer, uint32_t consumer, struct op made) {
    const struct op *p = op_at(w, producer), *c = op_at(w, consumer);
    if (!op_fits(&made) || !writes_well(&made) || !same_statement(w, p, c)) return false;
    take_addresses(&made, p, c);
    uint32_t produced = op_writes(p);
    bool sinks = unwritten_between(w, producer, consumer, op_reads(p)) &&
                 memory_free_between(w, producer, consumer, p) &&
                 untouched_between(w, producer, consumer, produced & op_writes(&made));
    bool rises = unwritten_between(w, producer, consumer, op_reads(c) & ~produced) &&
                 untouched_between(w, producer, consumer, op_writes(c)) &&
                 memory_free_between(w, producer, consumer, c) && c->target == NOTHING && !op_ends(c->code);
    if (!sinks && !rises) return false;
    *op_at(w, sinks ? consumer : producer) = made;
    remove_at(w, sinks ? producer : consumer);
    return true;
}

bool replace(struct window *w, uint32_t at, struct op made) {
    if (!op_fits(&made) || !writes_well(&made)) return false;
    *op_at(w, at) = made;
    return true;
}

void remove_at(struct window *w, uint32_t at) {
    struct op *op = op_at(w, at);
    *op = (struct op){.code = OP_NOTHING, .target = NOTHING, .first = op->first, .last = op->last};
}

struct op op_like(const struct op *from, uint8_t code, unsigned a, unsigned b, unsigned c, unsigned d) {
    struct op op = op_make(code, from->first);
    op.last = from->last;
    op.reg[0] = (uint8_t)a;
    op.reg[1] = (uint8_t)b;
    op.reg[2] = (uint8_t)c;
    op.reg[3] = (uint8_t)d;
    return op;
}
