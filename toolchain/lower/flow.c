#include "toolchain/lower/flow.h"

#include <elf.h>
#include <string.h>

enum { CALL_CLOBBERS = 0xfce2 }; /* ra, t0 to t2, a0 to a5 */

struct state *state_at_entry(struct lower *l) {
    struct state *state = POOL_ARRAY(&l->pool, struct state, 1);
    state->reg[REGISTER_ZERO].kind = VALUE_NUMBER;
    state->reg[REGISTER_RA].kind = VALUE_RETURN;
    state->reg[REGISTER_SP].kind = VALUE_STACK;
    return state;
}

void state_copy(struct lower *l, struct state *to, const struct state *from) {
    struct slot *slots = to->slots;
    uint32_t capacity = to->slot_capacity;
    if (capacity < from->slot_count) {
        capacity = 2 * from->slot_count;
        slots = POOL_ARRAY(&l->pool, struct slot, capacity);
    }
    *to = *from;
    to->slots = slots;
    to->slot_capacity = capacity;
    if (from->slot_count) memcpy(slots, from->slots, from->slot_count * sizeof *slots);
}

static bool same(const struct value *a, const struct value *b) {
    return a->kind == b->kind && a->base == b->base && a->number == b->number && a->floor == b->floor;
}

static struct slot *slot_find(const struct state *state, uint32_t base, int32_t offset) {
    for (uint32_t i = 0; i < state->slot_count; i++)
        if (state->slots[i].base == base && state->slots[i].offset == offset) return &state->slots[i];
    return NULL;
}

bool state_join(struct state *into, const struct state *other) {
    bool changed = false;
    for (unsigned r = 0; r < VM_REGISTERS; r++) {
        if (into->reg[r].kind == VALUE_UNKNOWN || same(&into->reg[r], &other->reg[r])) continue;
        into->reg[r] = (struct value){0};
        changed = true;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < into->slot_count; i++) {
        const struct slot *mine = &into->slots[i], *its = slot_find(other, mine->base, mine->offset);
        if (its && same(&mine->value, &its->value)) into->slots[kept++] = *mine;
    }
    changed |= kept != into->slot_count;
    into->slot_count = kept;
    return changed;
}

static void slots_store(struct lower *l, struct state *state, const struct value *at, int32_t offset, unsigned bytes,
                        const struct value *value) {
    if (at->kind != VALUE_STACK) return;
    int32_t low = (int32_t)((uint32_t)at->number + (uint32_t)offset);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < state->slot_count; i++) {
        const struct slot *slot = &state->slots[i];
        int64_t distance = (int64_t)low - slot->offset;
        if (slot->base != at->base || distance <= -(int64_t)bytes || distance >= 4) state->slots[kept++] = *slot;
    }
    state->slot_count = kept;
    if (bytes != 4 || (value->kind != VALUE_RETURN && value->kind != VALUE_STACK)) return;
    if (kept == state->slot_capacity) {
        struct state wider = {.slot_capacity = 0};
        state->slot_capacity = 0;
        wider = *state;
        wider.slots = POOL_ARRAY(&l->pool, struct slot, 2 * kept + 8);
        if (kept) memcpy(wider.slots, state->slots, kept * sizeof *wider.slots);
        wider.slot_capacity = 2 * kept + 8;
        *state = wider;
    }
    state->slots[state->slot_count++] = (struct slot){at->base, low, *value};
}

static struct value number_of(uint32_t number) { return (struct value){VALUE_NUMBER, 0, (int32_t)number, 0}; }
static struct value address_kind(enum value_kind kind, uint32_t address) {
    return (struct value){(uint8_t)kind, 0, (int32_t)address, 0};
}
static struct value stack_moved(struct value stack, uint32_t by) {
    stack.number = (int32_t)((uint32_t)stack.number + by);
    return stack;
}
static bool in_text(const struct lower *l, const struct value *v) {
    return v->kind == VALUE_ADDRESS && text_at(l, (uint32_t)v->number);
}

/* A number or a data address: what a comparison can be decided on before the program runs. */
static bool is_known(const struct lower *l, const struct value *v) {
    return v->kind == VALUE_NUMBER || (v->kind == VALUE_ADDRESS && !in_text(l, v));
}

static struct value add_values(const struct lower *l, struct value a, struct value b) {
    if (a.kind == VALUE_NUMBER && b.kind == VALUE_NUMBER) return number_of((uint32_t)a.number + (uint32_t)b.number);
    if (a.kind == VALUE_NUMBER) {
        struct value swap = a;
        a = b, b = swap;
    }
    if (b.kind == VALUE_NUMBER && b.number == 0) return a;
    if (a.kind == VALUE_STACK && b.kind == VALUE_NUMBER) return stack_moved(a, (uint32_t)b.number);
    if (b.kind == VALUE_HIGH || in_text(l, &b) ||
        (b.kind == VALUE_ADDRESS && a.kind != VALUE_HIGH && !in_text(l, &a))) {
        struct value swap = a;
        a = b, b = swap;
    }
    if (a.kind == VALUE_HIGH) return a.base ? (struct value){0} : (struct value){VALUE_HIGH, 1, a.number, 0};
    if (in_text(l, &a)) return address_kind(VALUE_OFFSET, b.kind == VALUE_ENTRY ? (uint32_t)b.number : 0);
    if (a.kind == VALUE_ADDRESS) return b.kind == VALUE_ENTRY ? b : address_kind(VALUE_TABLE, (uint32_t)a.number);
    return (struct value){0};
}

static struct value shifted_value(const struct value *v, unsigned by) {
    return v->kind == VALUE_NUMBER ? number_of((uint32_t)v->number << by) : (struct value){0};
}

static uint32_t number_immediate(uint8_t op, uint32_t x, uint32_t imm) {
    switch (op) {
    case OP_SLLI: return x << (imm & 31);
    case OP_SRLI: return x >> (imm & 31);
    case OP_SRAI: return (uint32_t)((int32_t)x >> (imm & 31));
    case OP_BSETI: return x | 1u << (imm & 31);
    case OP_XORI: return x ^ imm;
    case OP_ORI: return x | imm;
    default: return x & imm; /* OP_ANDI */
    }
}

/* What an instruction of a shape with rd computes, when it can be known; loads and relocations are elsewhere. */
static struct value computed_value(const struct lower *l, const struct state *s, const struct instruction *i,
                                   uint32_t address) {
    struct value a = s->reg[i->rs1], b = s->reg[i->rs2];
    switch (i->op) {
    case OP_ADDI: return add_values(l, a, number_of((uint32_t)i->imm));
    case OP_ADD: return add_values(l, a, b);
    case OP_SUB:
        if (b.kind == VALUE_NUMBER) return add_values(l, a, number_of(0u - (uint32_t)b.number));
        if (is_known(l, &a) && is_known(l, &b)) return number_of((uint32_t)a.number - (uint32_t)b.number);
        if (a.kind == VALUE_STACK && i->rd == REGISTER_SP)
            return (struct value){VALUE_STACK, address, 0, FLOOR_UNKNOWN};
        return (struct value){0};
    case OP_SH1ADD:
    case OP_SH2ADD:
    case OP_SH3ADD:
        a = shifted_value(&a, i->op - OP_SH1ADD + 1u);
        return a.kind == VALUE_UNKNOWN && b.kind == VALUE_STACK ? a : add_values(l, a, b);
    case OP_ANDI:
        if (a.kind == VALUE_STACK && i->imm < 0) {
            bool known = a.floor != FLOOR_UNKNOWN && a.number > -(1 << 24) && a.number < 1 << 24;
            return (struct value){VALUE_STACK, address, 0, known ? a.floor - a.number - i->imm : FLOOR_UNKNOWN};
        }
        /* fall through */
    case OP_SLLI:
    case OP_SRLI:
    case OP_SRAI:
    case OP_BSETI:
    case OP_XORI:
    case OP_ORI:
        if (a.kind == VALUE_NUMBER) return number_of(number_immediate(i->op, (uint32_t)a.number, (uint32_t)i->imm));
        return (struct value){0};
    default: return (struct value){0};
    }
}

/* Writing sp says how deep the frame is. */
static void note_frame(struct function *f, const struct value *sp) {
    if (f->frame_bytes == NOTHING) return;
    int64_t depth = (int64_t)sp->floor - sp->number;
    if (sp->kind != VALUE_STACK || sp->floor == FLOOR_UNKNOWN || depth >= 4 * VM_UNBOUNDED)
        f->frame_bytes = NOTHING;
    else if (depth > f->frame_bytes)
        f->frame_bytes = (int32_t)depth;
}

static void set_register(struct function *f, struct state *state, unsigned rd, struct value value) {
    if (rd == REGISTER_ZERO) return;
    state->reg[rd] = value;
    if (rd == REGISTER_SP) note_frame(f, &value);
}

static bool is_low(uint32_t type) {
    return type == R_RISCV_LO12_I || type == R_RISCV_LO12_S || type == R_RISCV_PCREL_LO12_I ||
           type == R_RISCV_PCREL_LO12_S;
}

static uint32_t upper_half(uint32_t address) { return (address + 0x8000) >> 16; }

/* The address behind a low part. Its high part was rounded to 64 KiB, so both must agree on that. */
static uint32_t low_address(struct lower *l, const struct state *state, const struct text_word *word) {
    const struct elf_relocation *r = word->relocation;
    if (r->type == R_RISCV_PCREL_LO12_I || r->type == R_RISCV_PCREL_LO12_S) r = relocation_of_high(l, r);
    uint32_t address = relocation_value(l, r);
    const struct value *base = &state->reg[word->instruction.rs1];
    if (base->kind == VALUE_HIGH && !text_at(l, address) && upper_half((uint32_t)base->number) != upper_half(address))
        refuse(l, word->relocation->address,
               "%s lies across a multiple of 32 KiB and is reached through one high part; align it to its size",
               symbol_of(l, r)->name);
    return address;
}

static bool holds_return_in_arguments(const struct state *state) {
    for (unsigned r = REGISTER_A0; r <= REGISTER_A5; r++)
        if (state->reg[r].kind == VALUE_RETURN) return true;
    return false;
}

static void check_escape(struct lower *l, const struct state *state, uint32_t address) {
    if (holds_return_in_arguments(state))
        refuse(l, address,
               "the return address is used as a value; there is none in the bytecode, so do without "
               "__builtin_return_address");
}

/* Leaving the function: the return address is where it came in, and sp too. */
static bool can_leave(const struct state *state) {
    const struct value *sp = &state->reg[REGISTER_SP];
    return state->reg[REGISTER_RA].kind == VALUE_RETURN && sp->kind == VALUE_STACK && sp->base == 0 && sp->number == 0;
}

static void after_call(struct state *state) {
    for (unsigned r = 0; r < VM_REGISTERS; r++)
        if (CALL_CLOBBERS >> r & 1) state->reg[r] = (struct value){0};
    state->reg[REGISTER_RA].kind = VALUE_LINK;
}

static struct flow flow_tail(struct lower *l, const struct state *state, uint32_t address, struct function *g) {
    if (!can_leave(state))
        refuse(l, address,
               "jumps to %s without having restored ra and sp, so it is no tail call; if this is a cold part of "
               "a function, compile with -fno-reorder-blocks-and-partition",
               g->name);
    check_escape(l, state, address);
    return (struct flow){.kind = FLOW_TAIL, .function = g};
}

static struct flow flow_call(struct lower *l, struct function *f, struct state *state, uint32_t address,
                             struct function *g) {
    check_escape(l, state, address);
    struct flow flow = {.kind = FLOW_CALL, .function = g};
    const struct text_word *first = text_at(l, g->address);
    if (first->instruction.shape == SHAPE_SPECIAL && first->instruction.imm == SPECIAL_SETJMP) {
        flow.kind = FLOW_SETJMP;
    } else if (!g->returns) {
        flow.kind = FLOW_CALL_END;
        f->stopped = true;
    }
    after_call(state);
    return flow;
}

/* A jump or call with a known target. */
static struct flow flow_direct(struct lower *l, struct function *f, struct state *state, uint32_t address, unsigned rd,
                               uint32_t target) {
    if (rd == REGISTER_ZERO && target >= f->address && target < f->end)
        return (struct flow){.kind = FLOW_JUMP, .target = target};
    struct function *g = function_at(l, target);
    if (rd > REGISTER_RA) {
        refuse(l, address,
               "links through another register than ra; compile with -mno-outline -mno-save-restore, and link "
               "the release archives of the library");
    } else if (!g || g->address != target) {
        refuse(l, address, "%s to 0x%x, which is no function's start", rd ? "a call" : "a jump", target);
    } else {
        return rd == REGISTER_ZERO ? flow_tail(l, state, address, g) : flow_call(l, f, state, address, g);
    }
    return (struct flow){.kind = FLOW_TRAP};
}

/* What may be at a place of a table: a label of f, by a relocation. */
static const struct elf_relocation *label_at(const struct lower *l, const struct function *f, uint32_t place) {
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        if (i == l->elf.text || place < s->address || place - s->address >= s->bytes || !s->relocation_count) continue;
        uint32_t low = 0, high = s->relocation_count;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            if (s->relocations[middle].address < place)
                low = middle + 1;
            else
                high = middle;
        }
        const struct elf_relocation *r = &s->relocations[low];
        if (low == s->relocation_count || r->address != place) continue;
        uint32_t target = relocation_value(l, r);
        return target >= f->address && target < f->end ? r : NULL;
    }
    return NULL;
}

static bool begins_table(const struct lower *l, uint32_t place) {
    for (uint32_t i = 0; i < l->elf.symbol_count; i++) {
        const struct elf_symbol *s = &l->elf.symbols[i];
        if (s->value == place && s->section && s->section != ELF_ABSOLUTE && s->name[0] && s->section != l->elf.text)
            return true;
    }
    return false;
}

uint32_t flow_table(struct lower *l, const struct function *f, uint32_t table, uint32_t *addresses, uint32_t capacity) {
    uint32_t count = 0;
    if (!begins_table(l, table)) return 0; /* an address before a table's start, which an index brings into it */
    for (const struct elf_relocation *r; (r = label_at(l, f, table + 4 * count)) != NULL; count++) {
        if (count == capacity || (count && begins_table(l, table + 4 * count))) break;
        if (addresses) addresses[count] = relocation_value(l, r);
    }
    return count;
}

static struct flow flow_register(struct lower *l, struct function *f, struct state *state, const struct instruction *i,
                                 uint32_t address) {
    struct value target = state->reg[i->rs1];
    if (i->imm != 0) {
        refuse(l, address, "jumps to a register plus an offset, which only assembly does; write it in C");
    } else if (i->rd == REGISTER_RA) {
        check_escape(l, state, address);
        after_call(state);
        return (struct flow){.kind = FLOW_CALL_INDIRECT};
    } else if (i->rd != REGISTER_ZERO) {
        refuse(l, address, "links through another register than ra; compile with -mno-outline -mno-save-restore");
    } else if (target.kind == VALUE_RETURN) {
        const struct value *sp = &state->reg[REGISTER_SP];
        check_escape(l, state, address);
        if (sp->kind != VALUE_STACK || sp->base != 0 || sp->number != 0)
            refuse(l, address,
                   "returns without having restored sp; compile with a frame pointer or without inline assembly "
                   "that moves sp");
        return (struct flow){.kind = FLOW_RETURN};
    } else if (target.kind == VALUE_OFFSET && !(target.number && label_at(l, f, (uint32_t)target.number))) {
        refuse(l, address,
               "a computed goto through label differences that the compiler has folded into plain numbers; use a "
               "table of label addresses");
    } else if (f->label_count) {
        bool by_table = target.kind == VALUE_ENTRY && label_at(l, f, (uint32_t)target.number);
        return (struct flow){.kind = FLOW_LABELS,
                             .may_tail = !by_table && can_leave(state) && i->rs1 != REGISTER_RA,
                             .table = by_table ? (uint32_t)target.number : 0};
    } else if (i->rs1 != REGISTER_RA && can_leave(state)) {
        check_escape(l, state, address);
        return (struct flow){.kind = FLOW_TAIL_INDIRECT};
    } else {
        refuse(l, address,
               "jumps to a computed address that is neither its return address nor a label nor, with ra and sp "
               "restored, a function; write it in C, and compile with -mno-save-restore");
    }
    return (struct flow){.kind = FLOW_TRAP};
}

static bool check_registers(struct lower *l, const struct text_word *word, uint32_t address) {
    const struct instruction *i = &word->instruction;
    if (i->rd >= VM_REGISTERS || i->rs1 >= VM_REGISTERS || i->rs2 >= VM_REGISTERS || i->rs3 >= VM_REGISTERS) {
        refuse(l, address, "uses a register beyond x15; compile for RV32E with -mabi=ilp32e");
        return false;
    }
    bool tls = word->relocation && word->relocation->type == R_RISCV_TPREL_ADD;
    uint32_t named = 1u << i->rd | 1u << i->rs1 | (tls ? 0 : 1u << i->rs2) | 1u << i->rs3;
    if (named & (1u << REGISTER_GP | 1u << REGISTER_TP)) {
        refuse(l, address, "uses %s, which belongs to the translator; thread-local variables need no set-up here",
               named & 1u << REGISTER_GP ? "gp" : "tp");
        return false;
    }
    return true;
}

/* The return address may be stored to the frame, loaded from it and copied; each of these is dropped. Anything else is
 * refused. */
static bool moves_return(struct lower *l, struct state *state, const struct instruction *i, uint32_t address) {
    const struct value *a = &state->reg[i->rs1], *b = &state->reg[i->rs2], *c = &state->reg[i->rs3];
    if (i->shape == SHAPE_STORE && i->op == OP_SW && b->kind == VALUE_RETURN && a->kind == VALUE_STACK) return true;
    if (i->shape == SHAPE_LOAD && i->op == OP_LW && a->kind == VALUE_STACK) {
        const struct slot *slot = slot_find(state, a->base, (int32_t)((uint32_t)a->number + (uint32_t)i->imm));
        return slot && slot->value.kind == VALUE_RETURN;
    }
    if (i->op == OP_ADDI && i->imm == 0 && a->kind == VALUE_RETURN) return true;
    bool reads = instruction_has_rs1(i) && i->shape != SHAPE_JALR;
    if ((reads && a->kind == VALUE_RETURN) || b->kind == VALUE_RETURN || c->kind == VALUE_RETURN)
        refuse(l, address,
               "the return address is used as a value; there is none in the bytecode, so do without "
               "__builtin_return_address");
    if ((reads && a->kind == VALUE_LINK) || b->kind == VALUE_LINK || c->kind == VALUE_LINK)
        refuse(l, address, "reads ra after a call; a call leaves nothing there");
    return false;
}

static void run_memory(struct lower *l, struct function *f, struct state *state, const struct text_word *word) {
    const struct instruction *i = &word->instruction;
    struct value base = state->reg[i->rs1], loaded = {0};
    const struct elf_relocation *r = word->relocation;
    bool low = r && is_low(r->type);
    uint32_t address = low ? low_address(l, state, word) : 0;
    if (i->shape == SHAPE_STORE) {
        unsigned bytes = i->op == OP_SW ? 4 : i->op == OP_SH ? 2 : 1;
        slots_store(l, state, &base, i->imm, bytes, &state->reg[i->rs2]);
        return;
    }
    if (i->op == OP_LW && base.kind == VALUE_STACK && !low) {
        const struct slot *slot = slot_find(state, base.base, (int32_t)((uint32_t)base.number + (uint32_t)i->imm));
        if (slot) loaded = slot->value;
    } else if (i->op == OP_LW && base.kind == VALUE_TABLE) {
        loaded = address_kind(VALUE_ENTRY, (uint32_t)base.number + (uint32_t)i->imm);
    } else if (i->op == OP_LW && base.kind == VALUE_HIGH && base.base && low) {
        loaded = address_kind(VALUE_ENTRY, address);
    }
    set_register(f, state, i->rd, loaded);
}

/* An instruction that only computes. */
static void run_computation(struct lower *l, struct function *f, struct state *state, const struct text_word *word,
                            uint32_t address) {
    const struct instruction *i = &word->instruction;
    const struct elf_relocation *r = word->relocation;
    if (i->shape == SHAPE_LUI || i->shape == SHAPE_AUIPC) {
        if (r && (r->type == R_RISCV_HI20 || r->type == R_RISCV_PCREL_HI20))
            set_register(f, state, i->rd, address_kind(VALUE_HIGH, relocation_value(l, r)));
        else if (r) /* thread-local: its low parts say where */
            set_register(f, state, i->rd, (struct value){0});
        else if (i->shape == SHAPE_AUIPC)
            refuse(l, address, "forms a code address without a relocation; link with ld.lld-19 --emit-relocs");
        else
            set_register(f, state, i->rd, number_of((uint32_t)i->imm));
    } else if (r && is_low(r->type)) {
        struct value base = state->reg[i->rs1];
        bool indexed = base.kind == VALUE_HIGH && base.base;
        set_register(f, state, i->rd, address_kind(indexed ? VALUE_TABLE : VALUE_ADDRESS, low_address(l, state, word)));
    } else if (r) {
        set_register(f, state, i->rd, (struct value){0});
    } else {
        set_register(f, state, i->rd, computed_value(l, state, i, address));
    }
}

static bool rounds_as_it_should(const struct instruction *i) {
    switch (i->shape) {
    case SHAPE_TWO_ROUNDED:
    case SHAPE_THREE_ROUNDED:
    case SHAPE_FOUR_ROUNDED: return i->rounding == 0 || i->rounding == 7;
    case SHAPE_CONVERT: return i->rounding <= 4 || i->rounding == 7;
    default: return true;
    }
}

static struct flow flow_special(struct lower *l, struct state *state, const struct instruction *i, uint32_t address) {
    switch (i->imm) {
    case SPECIAL_SETJMP:
    case SPECIAL_BREAK: break;
    case SPECIAL_LONGJMP: return (struct flow){.kind = FLOW_LONGJMP};
    case SPECIAL_TRAP: return (struct flow){.kind = FLOW_TRAP};
    default:
        refuse(l, address, "operation %d of the guest library is unknown here; use the guest library of this version",
               (int)i->imm);
        return (struct flow){.kind = FLOW_TRAP};
    }
    state->reg[REGISTER_A0] = (struct value){0};
    return (struct flow){.kind = FLOW_NEXT};
}

static bool compares(uint8_t branch, uint32_t a, uint32_t b) {
    switch (branch) {
    case OP_BEQ: return a == b;
    case OP_BNE: return a != b;
    case OP_BLT: return (int32_t)a < (int32_t)b;
    case OP_BGE: return (int32_t)a >= (int32_t)b;
    case OP_BLTU: return a < b;
    default: return a >= b;
    }
}

/* A branch that can go one way only is none: so an empty list of constructors calls nothing. */
static struct flow flow_branch(struct lower *l, const struct function *f, const struct state *state,
                               const struct instruction *i, uint32_t address) {
    uint32_t target = address + (uint32_t)i->imm;
    const struct value *a = &state->reg[i->rs1], *b = &state->reg[i->rs2];
    if (target < f->address || target >= f->end || text_at(l, target)->paired)
        refuse(l, address, "branches out of its function");
    if (!is_known(l, a) || !is_known(l, b)) return (struct flow){.kind = FLOW_BRANCH, .target = target};
    if (!compares(i->op, (uint32_t)a->number, (uint32_t)b->number)) return (struct flow){.kind = FLOW_DROP};
    return (struct flow){.kind = FLOW_JUMP, .target = target};
}

static struct flow flow_of_shape(struct lower *l, struct function *f, struct state *state, uint32_t address) {
    const struct text_word *word = text_at(l, address);
    const struct instruction *i = &word->instruction;
    switch (i->shape) {
    case SHAPE_UNKNOWN: refuse(l, address, "%s", instruction_fault(i->word)); return (struct flow){.kind = FLOW_TRAP};
    case SHAPE_TRAP: return (struct flow){.kind = FLOW_TRAP};
    case SHAPE_JAL: return flow_direct(l, f, state, address, i->rd, address + (uint32_t)i->imm);
    case SHAPE_JALR: return flow_register(l, f, state, i, address);
    case SHAPE_BRANCH: return flow_branch(l, f, state, i, address);
    case SHAPE_SPECIAL: return flow_special(l, state, i, address);
    case SHAPE_HOST_CALL:
    case SHAPE_BLOCK:
        for (unsigned r = REGISTER_A0; r <= REGISTER_A5; r++) state->reg[r] = (struct value){0};
        break;
    case SHAPE_LOAD:
    case SHAPE_STORE: run_memory(l, f, state, word); break;
    case SHAPE_NOTHING:
    case SHAPE_BREAK: break;
    default: run_computation(l, f, state, word, address);
    }
    return (struct flow){.kind = FLOW_NEXT};
}

static bool is_call_pair(const struct text_word *word) {
    return word->relocation && (word->relocation->type == R_RISCV_CALL || word->relocation->type == R_RISCV_CALL_PLT);
}

struct flow flow_step(struct lower *l, struct function *f, struct state *state, uint32_t address) {
    const struct text_word *word = text_at(l, address);
    const struct instruction *i = &word->instruction;
    struct flow flow = {.kind = FLOW_TRAP};
    uint32_t next = address + 4;
    if (!check_registers(l, word, address)) {
        flow.kind = FLOW_TRAP;
    } else if (is_call_pair(word)) {
        const struct elf_relocation *r = word->relocation;
        next = address + 8;
        if (symbol_of(l, r)->section != 0) /* else weak and undefined: nobody gets here */
            flow = flow_direct(l, f, state, address, word[1].instruction.rd, relocation_value(l, r));
    } else if (!rounds_as_it_should(i)) {
        refuse(l, address, "a float operation with a rounding mode of its own; only conversions have one here");
    } else {
        bool drop = moves_return(l, state, i, address);
        flow = flow_of_shape(l, f, state, address);
        if (drop) flow.kind = FLOW_DROP;
    }
    flow.next = next;
    return flow;
}

bool flow_ends_block(const struct text_word *word) {
    if (is_call_pair(word)) return false; /* the block may end here, but what follows is no entry */
    switch (word->instruction.shape) {
    case SHAPE_JAL: return word->instruction.rd == REGISTER_ZERO;
    case SHAPE_JALR: return word->instruction.rd == REGISTER_ZERO && !word->paired;
    case SHAPE_BRANCH:
    case SHAPE_UNKNOWN:
    case SHAPE_TRAP: return true;
    default: return false;
    }
}
