/* Patterns on single operands: known numbers, copies, additions before a load or store, and what nobody reads. */
#include "toolchain/lower/window.h"

/* The row that takes its last operand as an immediate. */
static const struct {
    uint8_t plain, immediate;
    bool commutes, shifts; /* shifts: the number goes to k, modulo 32 */
} immediates[] = {
    {OP_ADD, OP_ADDI, true, false},   {OP_AND, OP_ANDI, true, false},   {OP_OR, OP_ORI, true, false},
    {OP_XOR, OP_XORI, true, false},   {OP_SLT, OP_SLTI, false, false},  {OP_SLTU, OP_SLTIU, false, false},
    {OP_SLL, OP_SLLI, false, true},   {OP_SRL, OP_SRLI, false, true},   {OP_SRA, OP_SRAI, false, true},
    {OP_ROR, OP_RORI, false, true},   {OP_BSET, OP_BSETI, false, true}, {OP_BCLR, OP_BCLRI, false, true},
    {OP_BINV, OP_BINVI, false, true}, {OP_BEXT, OP_BEXTI, false, true},
};

/* The number that `reg` holds when `at` reads it. */
static bool known_number(const struct window *w, uint32_t at, unsigned reg, int32_t *number) {
    *number = 0;
    if (reg == REGISTER_ZERO) return true;
    int32_t producer = producer_of(w, at, reg);
    if (producer == NOTHING) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    if (p->half || (p->code != OP_LI && !(p->code == OP_LUI16 && p->imm == 0))) return false;
    if (!same_statement(w, p, op_at(w, at))) return false;
    *number = p->imm;
    return true;
}

static bool fold_last(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    int32_t number;
    for (unsigned i = 0; i < sizeof immediates / sizeof *immediates; i++) {
        if (immediates[i].plain != op->code) continue;
        unsigned value = 1, other = 2;
        if (!known_number(w, at, op->reg[other], &number)) {
            if (!immediates[i].commutes || !known_number(w, at, op->reg[value], &number)) return false;
            value = 2, other = 1;
        }
        struct op made = op_like(op, immediates[i].immediate, op->reg[0], op->reg[value], 0, 0);
        made.imm = number;
        if (immediates[i].shifts) made.k = number & 31;
        return replace(w, at, made);
    }
    return false;
}

/* LUI16 and ADDI as one, where the number is short or an address in the read-only window. */
static bool fold_halves(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    int32_t producer = producer_of(w, at, op->reg[1]);
    if (producer == NOTHING) return false;
    const struct op *high = op_at(w, (uint32_t)producer);
    if (high->code != OP_LUI16 || high->half || !same_statement(w, high, op)) return false;
    uint32_t number = ((uint32_t)high->imm << 16) + (uint32_t)op->imm;
    struct op made = op_like(op, OP_LI, op->reg[0], 0, 0, 0);
    if (high->first < made.first) made.first = high->first;
    made.imm = (int32_t)number;
    if (replace(w, at, made)) return true;
    made.code = OP_LI_RO;
    made.imm = (int32_t)(number - ISA_RO_BASE);
    return replace(w, at, made);
}

/* LUI16 and two ADDI, which is what lui and addi of a long number were selected as: the halves are cut anew. */
static bool fold_thirds(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    unsigned reg = op->reg[1];
    int32_t middle = sole_producer_of(w, at, reg);
    if (middle == NOTHING) return false;
    const struct op *m = op_at(w, (uint32_t)middle);
    if (m->code != OP_ADDI || m->half || m->reg[1] != reg) return false;
    int32_t first = sole_producer_of(w, (uint32_t)middle, reg);
    if (first == NOTHING) return false;
    struct op *high = op_at(w, (uint32_t)first);
    if (high->code != OP_LUI16 || high->half || !same_statement(w, high, op)) return false;
    uint32_t number = ((uint32_t)high->imm << 16) + (uint32_t)m->imm + (uint32_t)op->imm;
    struct op made = *op;
    made.imm = (int16_t)number;
    if (made.imm == 0) made.code = OP_MOV;
    if (!replace(w, at, made)) return false;
    high->imm = (int16_t)((number + 0x8000) >> 16);
    remove_at(w, (uint32_t)middle);
    return true;
}

/* Rows of which one number is enough to make them simpler. */
static bool fold_simple(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    struct op made = op_like(op, OP_LI, op->reg[0], 0, 0, 0), copy = op_like(op, OP_MOV, op->reg[0], op->reg[1], 0, 0);
    int32_t number;
    if (op->half) return false;
    switch (op->code) {
    case OP_MOV:
        if (!known_number(w, at, op->reg[1], &number)) return false;
        made.imm = number;
        return replace(w, at, made);
    case OP_ADDI:
        if (op->imm == 0) return replace(w, at, copy);
        if (!known_number(w, at, op->reg[1], &number)) return fold_halves(w, at) || fold_thirds(w, at);
        made.imm = number + op->imm;
        return replace(w, at, made);
    case OP_SLLI:
        if (!known_number(w, at, op->reg[1], &number) || number < 0 || op->k > 15) return false;
        made.imm = (int32_t)((uint32_t)number << op->k);
        return replace(w, at, made);
    case OP_SUB:
        if (!known_number(w, at, op->reg[2], &number)) return false;
        made = op_like(op, OP_ADDI, op->reg[0], op->reg[1], 0, 0);
        made.imm = -number;
        return replace(w, at, made);
    case OP_ORI:
    case OP_XORI:
        if (op->imm == 0) return replace(w, at, copy);
        if (op->reg[1] != REGISTER_ZERO) return false;
        made.imm = op->imm;
        return replace(w, at, made);
    default: return false;
    }
}

/* An access through a known number, as the first 32 KiB of RAM are reached. */
static bool fold_base(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    int32_t number;
    if (op->half || op->reg[1] == REGISTER_ZERO || !known_number(w, at, op->reg[1], &number)) return false;
    struct op made = *op;
    made.reg[1] = REGISTER_ZERO;
    made.imm += number;
    return replace(w, at, made);
}

static bool fold_zero(struct window *w, uint32_t at) {
    struct op made = *op_at(w, at);
    const struct isa_op_info *info = &isa_op_table[made.code];
    const struct isa_form_info *form = &isa_form_table[info->form];
    bool changed = false;
    int32_t number;
    if (made.code == OP_CALLR || made.code == OP_TAILR || made.code == OP_SWITCH || info->form == ISA_FORM_entry)
        return false;
    if (made.code >= OP_BCOPY && made.code <= OP_BFIND) return false;
    for (unsigned i = 0; i < form->field_count; i++) {
        unsigned letter = (unsigned)(form->field[i].name[0] - 'a');
        if (form->field[i].kind != ISA_KIND_reg || info->flags >> letter & 1) continue;
        if (made.reg[letter] == REGISTER_ZERO || !known_number(w, at, made.reg[letter], &number) || number) continue;
        made.reg[letter] = REGISTER_ZERO;
        changed = true;
    }
    return changed && replace(w, at, made);
}

bool fold_constant(struct window *w, uint32_t at) {
    uint8_t code = op_at(w, at)->code;
    if (is_load(code) || is_store(code)) return fold_base(w, at) || fold_zero(w, at);
    return fold_last(w, at) || fold_simple(w, at) || fold_zero(w, at);
}

bool fold_copy(struct window *w, uint32_t at) {
    struct op made = *op_at(w, at);
    const struct isa_op_info *info = &isa_op_table[made.code];
    const struct isa_form_info *form = &isa_form_table[info->form];
    if (made.code >= OP_BCOPY && made.code <= OP_BFIND) return false; /* reads what it writes */
    for (unsigned i = 0; i < form->field_count; i++) {
        unsigned letter = (unsigned)(form->field[i].name[0] - 'a');
        if (form->field[i].kind != ISA_KIND_reg || info->flags >> letter & 1) continue;
        int32_t producer = producer_of(w, at, made.reg[letter]);
        if (producer == NOTHING || op_at(w, (uint32_t)producer)->code != OP_MOV) continue;
        const struct op *copy = op_at(w, (uint32_t)producer);
        if (copy->reg[1] == copy->reg[0] || !same_statement(w, copy, op_at(w, at))) continue;
        if (!unwritten_between(w, (uint32_t)producer, at, 1u << copy->reg[1])) continue;
        made.reg[letter] = copy->reg[1];
        return replace(w, at, made);
    }
    return false;
}

bool fold_address(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    if (op->half || !(is_load(op->code) || is_store(op->code) || op->code == OP_ADDI)) return false;
    unsigned base = op->reg[1];
    int32_t producer = producer_of(w, at, base);
    if (producer == NOTHING) return false;
    const struct op *p = op_at(w, (uint32_t)producer);
    if (p->code != OP_ADDI || p->half) return false;
    struct op made = *op;
    made.reg[1] = p->reg[1];
    made.imm += p->imm;
    if (sole_producer_of(w, at, base) == producer) return combine(w, (uint32_t)producer, at, made);
    if (p->reg[1] != REGISTER_SP || base == REGISTER_SP || !same_statement(w, p, op)) return false;
    return unwritten_between(w, (uint32_t)producer, at, 1u << REGISTER_SP) && replace(w, at, made);
}

bool retarget_copy(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    if (op->code != OP_MOV) return false;
    if (op->reg[0] == op->reg[1]) return remove_at(w, at), true;
    int32_t producer = sole_producer_of(w, at, op->reg[1]);
    if (producer == NOTHING) return false;
    struct op made = *op_at(w, (uint32_t)producer);
    if (!is_pure(made.code) && !is_load(made.code)) return false;
    if ((isa_op_table[made.code].flags & ISA_FLAG_WRITES) != 1) return false;
    made.reg[0] = op->reg[0];
    return combine(w, (uint32_t)producer, at, made);
}

/* Changes every field through which an op reads `from` to `to`. */
static void rename_reads(struct op *op, unsigned from, unsigned to) {
    if (op->code == OP_NOTHING) return;
    const struct isa_op_info *info = &isa_op_table[op->code];
    const struct isa_form_info *form = &isa_form_table[info->form];
    for (unsigned i = 0; i < form->field_count; i++) {
        unsigned letter = (unsigned)(form->field[i].name[0] - 'a');
        bool read = form->field[i].kind == ISA_KIND_reg && !(info->flags >> letter & 1);
        if (read && op->reg[letter] == from) op->reg[letter] = (uint8_t)to;
    }
}

/* Whether an op can read `to` instead of `from`: it names it in a field, rather than by convention as a call does. */
static bool can_rename(const struct op *op, unsigned from) {
    struct op renamed = *op;
    if (!(op_reads(op) >> from & 1)) return true;
    if (op->code >= OP_BCOPY && op->code <= OP_BFIND) return false;
    rename_reads(&renamed, from, REGISTER_ZERO);
    return !(op_reads(&renamed) >> from & 1);
}

/* Where the last reader of `from` behind a copy to `to` is, if all of them can read `to`; `at` itself when there is
 * none. NOTHING: some cannot. */
static int32_t last_renamed(const struct window *w, uint32_t at, unsigned from, unsigned to) {
    uint32_t last = at;
    bool same = true;
    for (uint32_t o = at + 1; o < w->block->op_count; o++) {
        const struct op *op = op_at(w, o);
        if (op_reads(op) >> from & 1) {
            if (!same || !can_rename(op, from)) return NOTHING;
            last = o;
        }
        if (op_writes(op) >> from & 1) return (int32_t)last;
        if (op_writes(op) >> to & 1) same = false;
    }
    return w->block->live_out >> from & 1 ? NOTHING : (int32_t)last;
}

bool rename_value(struct window *w, uint32_t at, unsigned other) {
    unsigned own = op_at(w, at)->reg[0];
    int32_t last = last_renamed(w, at, own, other);
    if (last == NOTHING) return false;
    for (uint32_t o = at + 1; o <= (uint32_t)last; o++) rename_reads(op_at(w, o), own, other);
    return true;
}

/* The one field through which an op writes a register that it does not read by that field too; 6: there is none. */
static unsigned written_field(const struct op *op, unsigned reg) {
    bool plain = is_pure(op->code) || is_load(op->code) || op->code == OP_LWPAIR;
    for (unsigned letter = 0; plain && letter < 6; letter++)
        if (isa_op_table[op->code].flags >> letter & 1 && op->reg[letter] == reg) return letter;
    return 6;
}

/* A producer of `from` that can make `to` instead, where it is or at the copy; what reads the value meanwhile is
 * renamed. */
static bool produce_as(struct window *w, uint32_t at, uint32_t last, unsigned from, unsigned to) {
    int32_t producer = producer_of(w, at, from);
    if (producer == NOTHING) return false;
    uint32_t p = (uint32_t)producer;
    struct op made = *op_at(w, p);
    unsigned field = written_field(&made, from);
    if (field == 6 || !same_statement(w, &made, op_at(w, last))) return false;
    if (op_writes(&made) >> to & 1) return false;
    bool alone = (op_writes(&made) & ~(1u << from)) == 0;
    bool stays = untouched_between(w, p, at, 1u << to);
    for (uint32_t o = p + 1; o < at; o++) stays = stays && can_rename(op_at(w, o), from);
    bool sinks = alone && untouched_between(w, p, at, 1u << from) && unwritten_between(w, p, at, op_reads(&made)) &&
                 memory_free_between(w, p, at, &made);
    if (!stays && !sinks) return false;
    made.reg[field] = (uint8_t)to;
    for (uint32_t o = p + 1; o <= last; o++)
        if (o != at) rename_reads(op_at(w, o), from, to);
    remove_at(w, stays ? at : p);
    *op_at(w, stays ? p : at) = made;
    return true;
}

/* t = ..; uses of t; a = t; uses of t, that end here: t is given up and a used throughout. */
bool rename_copied(struct window *w, uint32_t at) {
    const struct op *copy = op_at(w, at);
    if (copy->code != OP_MOV || copy->reg[0] == copy->reg[1]) return false;
    unsigned from = copy->reg[1], to = copy->reg[0];
    int32_t last = last_renamed(w, at, from, to);
    return last != NOTHING && produce_as(w, at, (uint32_t)last, from, to);
}

/* The branch back behind `at` that does not need `reg`, if nothing up to it writes `mask`. */
static int32_t branch_back(const struct window *w, uint32_t at, unsigned reg, uint32_t mask) {
    for (uint32_t o = at + 1; o < w->block->op_count && o - at < WINDOW_OPS; o++) {
        const struct op *op = op_at(w, o);
        if (op_writes(op) & mask) return NOTHING;
        if (op->target == NOTHING) continue;
        bool back = (uint32_t)op->target <= w->index && !op_ends(op->code);
        return back && !(op->live >> reg & 1) ? (int32_t)o : NOTHING;
    }
    return NOTHING;
}

/* Puts an op behind another, and what is between in front of it. */
static void move_behind(struct window *w, uint32_t at, uint32_t behind, struct op op) {
    for (uint32_t o = at; o < behind; o++) *op_at(w, o) = *op_at(w, o + 1);
    *op_at(w, behind) = op;
}

/* The same where t is needed once the loop ends: there it is copied back. */
bool swap_copied(struct window *w, uint32_t at) {
    const struct op *copy = op_at(w, at);
    if (copy->code != OP_MOV || copy->reg[0] == copy->reg[1] || w->l->options->debug) return false;
    unsigned from = copy->reg[1], to = copy->reg[0];
    int32_t branch = branch_back(w, at, from, 1u << from | 1u << to);
    if (branch == NOTHING) return false;
    for (uint32_t o = at + 1; o <= (uint32_t)branch; o++)
        if (!can_rename(op_at(w, o), from)) return false;
    struct op back = op_like(copy, OP_MOV, from, to, 0, 0);
    if (!produce_as(w, at, (uint32_t)branch, from, to)) return false;
    if (op_at(w, at)->code != OP_NOTHING) { /* the producer is here now: its old place is free */
        while (op_at(w, at)->code != OP_NOTHING) at--;
    }
    move_behind(w, at, (uint32_t)branch, back);
    return true;
}

/* What an op that copies or adds becomes behind one that moves its source on by a known number; false: it cannot
 * follow. */
static bool steps(const struct op *op, unsigned source, int32_t *by) {
    if (!(op_writes(op) >> source & 1)) return true;
    bool adds = op->code == OP_ADDI && !op->half && op->reg[1] == source;
    bool moves = op->code >= OP_LB_P && op->code <= OP_SW_P && op->reg[1] == source &&
                 (op->reg[0] != source || op->code >= OP_SB_P);
    bool counts = op->code >= OP_ADDBNE && op->code <= OP_ADDBGEU;
    *by += adds ? op->imm : op->k;
    return adds || moves || counts;
}

/* A value that is needed only once the loop ends is made there. */
bool sink_result(struct window *w, uint32_t at) {
    struct op op = *op_at(w, at);
    if (w->l->options->debug || !is_pure(op.code) || (isa_op_table[op.code].flags & ISA_FLAG_WRITES) != 1) return false;
    unsigned result = op.reg[0];
    int32_t branch = branch_back(w, at, result, 1u << result);
    if (branch == NOTHING || !untouched_between(w, at, (uint32_t)branch + 1, 1u << result)) return false;
    if ((op.code == OP_MOV || op.code == OP_ADDI) && !op.half && op.reg[1] != result) {
        int32_t by = 0;
        for (uint32_t o = at + 1; o <= (uint32_t)branch; o++)
            if (!steps(op_at(w, o), op.reg[1], &by)) return false;
        op.imm = (op.code == OP_ADDI ? op.imm : 0) - by;
        op.code = op.imm ? OP_ADDI : OP_MOV;
        if (!op_fits(&op)) return false;
    } else if (!unwritten_between(w, at, (uint32_t)branch + 1, op_reads(&op))) {
        return false;
    }
    move_behind(w, at, (uint32_t)branch, op);
    return true;
}

/* Whether an op can read `to` less `distance` instead of `from`. */
static bool can_follow(const struct op *op, unsigned from, int32_t distance, unsigned to, struct op *made) {
    *made = *op;
    if (distance == 0 && can_rename(op, from)) {
        rename_reads(made, from, to);
        return true;
    }
    if (op->half || !(is_load(op->code) || is_store(op->code) || op->code == OP_ADDI) || op->reg[1] != from)
        return false;
    if (is_store(op->code) && op->reg[0] == from) return false;
    made->reg[1] = (uint8_t)to;
    made->imm -= distance;
    return op_fits(made);
}

/* c = p; p += n; uses of c as an address, that end here: they use p less n. The first time around only looks whether
 * all can. */
static bool follow_all(struct window *w, uint32_t at, bool apply) {
    unsigned from = op_at(w, at)->reg[0], to = op_at(w, at)->reg[1];
    int32_t distance = 0;
    bool known = true;
    for (uint32_t o = at + 1; o < w->block->op_count; o++) {
        struct op *op = op_at(w, o), made;
        if (op_reads(op) >> from & 1) {
            if (!known || !can_follow(op, from, distance, to, &made)) return false;
            if (!same_statement(w, op_at(w, at), op)) return false;
            if (apply) *op = made;
        }
        if (op_writes(op) >> from & 1) return true;
        if (!(op_writes(op) >> to & 1)) continue;
        known = known && op->code == OP_ADDI && !op->half && op->reg[1] == to;
        distance += known ? op->imm : 0;
    }
    return !(w->block->live_out >> from & 1);
}

bool follow_copy(struct window *w, uint32_t at) {
    const struct op *copy = op_at(w, at);
    if (copy->code != OP_MOV || copy->reg[0] == copy->reg[1] || copy->reg[1] == REGISTER_ZERO) return false;
    if (!follow_all(w, at, false)) return false;
    follow_all(w, at, true);
    remove_at(w, at);
    return true;
}

bool drop_dead(struct window *w, uint32_t at) {
    const struct op *op = op_at(w, at);
    if (!is_pure(op->code)) return false;
    uint32_t written = op_writes(op);
    for (unsigned reg = 1; reg < VM_REGISTERS; reg++)
        if (written >> reg & 1 && !is_dead_after(w, at, reg)) return false;
    remove_at(w, at);
    return true;
}
