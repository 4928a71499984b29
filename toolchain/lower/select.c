/* select: one bytecode word for each instruction where there is one, in basic blocks. Nothing is made clever here; fuse
 * does that.
 *
 * Addresses become numbers: of data as linked, of functions when words have their places (op.half), of labels inside a
 * function the label's number, which SWITCH takes. The high part is rounded to 64 KiB, since immediates have 16 bits,
 * not 12. */
#include <elf.h>
#include <string.h>

#include "toolchain/lower/flow.h"

/* Ops of the block being made. */
struct emitter {
    struct lower *l;
    struct op *ops;
    uint32_t count, capacity;
    uint32_t address; /* of the instruction at hand */
};

struct op op_make(uint8_t code, uint32_t address) {
    return (struct op){.code = code, .target = NOTHING, .first = address, .last = address};
}

static struct op *emit(struct emitter *e, uint8_t code) {
    if (e->count == e->capacity) {
        uint32_t capacity = e->capacity ? 2 * e->capacity : 64;
        struct op *ops = POOL_ARRAY(&e->l->pool, struct op, capacity);
        if (e->count) memcpy(ops, e->ops, e->count * sizeof *ops);
        e->ops = ops;
        e->capacity = capacity;
    }
    e->ops[e->count] = op_make(code, e->address);
    return &e->ops[e->count++];
}

static struct op *emit_registers(struct emitter *e, uint8_t code, unsigned a, unsigned b, unsigned c) {
    struct op *op = emit(e, code);
    op->reg[0] = (uint8_t)a;
    op->reg[1] = (uint8_t)b;
    op->reg[2] = (uint8_t)c;
    return op;
}

static void emit_add(struct emitter *e, unsigned rd, unsigned rs, int32_t imm) {
    if (rd == REGISTER_ZERO || (rd == rs && imm == 0)) return;
    if (rs == REGISTER_ZERO)
        emit_registers(e, OP_LI, rd, 0, 0)->imm = imm;
    else if (imm == 0)
        emit_registers(e, OP_MOV, rd, rs, 0);
    else
        emit_registers(e, OP_ADDI, rd, rs, 0)->imm = imm;
}

/* A 32-bit number: one word when it is short or one half is enough. */
static void emit_number(struct emitter *e, unsigned rd, uint32_t number) {
    int32_t low = (int16_t)number;
    uint32_t high = (number - (uint32_t)low) >> 16;
    if (rd == REGISTER_ZERO) return;
    struct op whole = op_make(OP_LI, e->address);
    whole.imm = (int32_t)number;
    if (op_fits(&whole)) {
        emit_add(e, rd, REGISTER_ZERO, whole.imm);
        return;
    }
    emit_registers(e, OP_LUI16, rd, 0, 0)->imm = (int16_t)high;
    if (low) emit_add(e, rd, rd, low);
}

/* What a relocated half holds. */
struct half {
    struct function *function; /* not NULL: its code address, known later */
    uint32_t number;
};

static struct half half_of(struct lower *l, const struct elf_relocation *r) {
    if (r->type == R_RISCV_PCREL_LO12_I || r->type == R_RISCV_PCREL_LO12_S) r = relocation_of_high(l, r);
    const struct elf_symbol *s = symbol_of(l, r);
    uint32_t value = relocation_value(l, r);
    bool tls = r->type == R_RISCV_TPREL_HI20 || r->type == R_RISCV_TPREL_LO12_I || r->type == R_RISCV_TPREL_LO12_S;
    if (tls) return (struct half){NULL, l->elf.tls_base + value};
    if (s->section != l->elf.text) return (struct half){NULL, value};
    struct code_value code = code_value_of(l, r);
    return (struct half){code.label ? NULL : code.function, code.label};
}

static int32_t low_of(uint32_t number) { return (int16_t)number; }
static int32_t high_of(uint32_t number) { return (int16_t)((number + 0x8000) >> 16); }

static void emit_high(struct emitter *e, unsigned rd, const struct elf_relocation *r) {
    struct half half = half_of(e->l, r);
    if (rd == REGISTER_ZERO) return;
    struct op *op = emit_registers(e, OP_LUI16, rd, 0, 0);
    op->imm = high_of(half.number);
    op->function = half.function;
    if (half.function) op->half = HALF_HIGH;
}

/* A load or store. Its immediate reaches from -31744 to 33791 only, so the rare rest needs an addition before it; gp is
 * free. */
static void emit_memory(struct emitter *e, const struct instruction *i, int32_t offset, struct function *function) {
    unsigned a = i->shape == SHAPE_STORE ? i->rs2 : i->rd, base = i->rs1;
    if (i->shape == SHAPE_LOAD && a == REGISTER_ZERO) a = REGISTER_GP; /* loaded for its trap alone */
    struct op test = op_make(i->op, e->address);
    test.imm = offset;
    if (!op_fits(&test)) {
        emit_add(e, REGISTER_GP, base, offset < 0 ? -ISA_RAM_BASE : ISA_RAM_BASE);
        offset += offset < 0 ? ISA_RAM_BASE : -ISA_RAM_BASE;
        base = REGISTER_GP;
    }
    struct op *op = emit_registers(e, i->op, a, base, 0);
    op->imm = offset;
    op->function = function;
    if (function) op->half = HALF_LOW;
}

static void emit_low(struct emitter *e, const struct text_word *word) {
    const struct instruction *i = &word->instruction;
    struct half half = half_of(e->l, word->relocation);
    int32_t low = low_of(half.number);
    if (i->shape != SHAPE_IMMEDIATE) {
        emit_memory(e, i, low, half.function);
        return;
    }
    if (!half.function) {
        emit_add(e, i->rd, i->rs1, low);
        return;
    }
    struct op *op = emit_registers(e, OP_ADDI, i->rd, i->rs1, 0);
    op->function = half.function;
    op->half = HALF_LOW;
}

static void emit_three(struct emitter *e, const struct instruction *i) {
    bool copies = i->op == OP_ADD || i->op == OP_OR || i->op == OP_XOR;
    if (i->rd == REGISTER_ZERO) return;
    if (copies && i->rs1 == REGISTER_ZERO) {
        emit_add(e, i->rd, i->rs2, 0);
        return;
    }
    if ((copies || i->op == OP_SUB) && i->rs2 == REGISTER_ZERO) {
        emit_add(e, i->rd, i->rs1, 0);
        return;
    }
    if (i->op == OP_FSGNJ_S && i->rs1 == i->rs2) {
        emit_add(e, i->rd, i->rs1, 0);
        return;
    }
    struct op *op = emit_registers(e, i->op, i->rd, i->rs1, i->rs2);
    op->reg[3] = i->rs3;
}

static void emit_block_operation(struct emitter *e, uint8_t code) {
    if (code != OP_BCMP) {
        emit_registers(e, code, REGISTER_A0, REGISTER_A0 + 1, REGISTER_A0 + 2);
        return;
    }
    struct op *op = emit_registers(e, code, REGISTER_A0 + 3, REGISTER_A0, REGISTER_A0 + 1);
    op->reg[3] = REGISTER_A0 + 2;
}

static void emit_special(struct emitter *e, const struct instruction *i) {
    if (i->imm == SPECIAL_SETJMP) emit(e, OP_SETJMP);
    if (i->imm == SPECIAL_BREAK) emit(e, OP_BREAK);
}

/* An instruction after which comes the next. */
static void emit_plain(struct emitter *e, const struct text_word *word) {
    const struct instruction *i = &word->instruction;
    const struct elf_relocation *r = word->relocation;
    switch (i->shape) {
    case SHAPE_LUI:
    case SHAPE_AUIPC:
        if (r)
            emit_high(e, i->rd, r);
        else
            emit_number(e, i->rd, (uint32_t)i->imm);
        break;
    case SHAPE_LOAD:
    case SHAPE_STORE:
        if (r)
            emit_low(e, word);
        else
            emit_memory(e, i, i->imm, NULL);
        break;
    case SHAPE_IMMEDIATE:
        if (r)
            emit_low(e, word);
        else if (i->op == OP_ADDI)
            emit_add(e, i->rd, i->rs1, i->imm);
        else if (i->rd)
            emit_registers(e, i->op, i->rd, i->rs1, 0)->imm = i->imm;
        break;
    case SHAPE_SHIFT:
        if (i->rd) emit_registers(e, i->op, i->rd, i->rs1, 0)->k = i->imm;
        break;
    case SHAPE_CONVERT:
        if (i->rd) emit_registers(e, i->op, i->rd, i->rs1, 0)->k = i->rounding == 7 ? 0 : i->rounding;
        break;
    case SHAPE_TWO:
    case SHAPE_TWO_ROUNDED:
        if (i->rd) emit_registers(e, i->op, i->rd, i->rs1, 0);
        break;
    case SHAPE_THREE:
    case SHAPE_THREE_ROUNDED:
    case SHAPE_FOUR_ROUNDED:
        if (r) /* TPREL_ADD: the high part is an address already */
            emit_add(e, i->rd, i->rs1, 0);
        else
            emit_three(e, i);
        break;
    case SHAPE_BREAK: emit(e, OP_BREAK); break;
    case SHAPE_HOST_CALL: emit(e, OP_HCALL)->imm = i->imm; break;
    case SHAPE_SPECIAL: emit_special(e, i); break;
    case SHAPE_BLOCK: emit_block_operation(e, i->op); break;
    default: break; /* fence */
    }
}

/* The table that the label was taken from, for fuse. */
static void list_table(struct lower *l, const struct function *f, uint32_t table, struct op *op) {
    uint32_t count = flow_table(l, f, table, NULL, VM_RUN_WORDS_MAX / 2);
    uint32_t *blocks = POOL_ARRAY(&l->pool, uint32_t, count);
    flow_table(l, f, table, blocks, count);
    for (uint32_t k = 0; k < count; k++) blocks[k] = block_at(f, blocks[k]);
    op->table = blocks;
    op->table_count = count;
}

/* SWITCH over all labels, whose numbers begin with 1: entry 0 goes where a number that is no label goes. */
static void emit_labels(struct emitter *e, const struct function *f, const struct flow *flow, unsigned rs) {
    struct lower *l = e->l;
    uint32_t *targets = POOL_ARRAY(&l->pool, uint32_t, f->label_count + 1);
    targets[0] = SWITCH_DEFAULT;
    for (uint32_t k = 0; k < f->label_count; k++) targets[k + 1] = block_at(f, f->labels[k]);
    struct op *op = emit_registers(e, OP_SWITCH, 0, rs, 0);
    op->imm = (int32_t)f->label_count + 1;
    op->targets = targets;
    if (flow->table) list_table(l, f, flow->table, op);
    if (flow->may_tail)
        emit_registers(e, OP_TAILR, 0, rs, 0);
    else
        emit(e, OP_TRAP);
}

static void emit_flow(struct emitter *e, const struct function *f, const struct flow *flow,
                      const struct text_word *word) {
    const struct instruction *i = &word->instruction;
    switch ((enum flow_kind)flow->kind) {
    case FLOW_NEXT: emit_plain(e, word); break;
    case FLOW_DROP: break;
    case FLOW_BRANCH: emit_registers(e, i->op, i->rs1, i->rs2, 0)->target = (int32_t)block_at(f, flow->target); break;
    case FLOW_JUMP: emit(e, OP_J)->target = (int32_t)block_at(f, flow->target); break;
    case FLOW_CALL: emit(e, OP_CALL)->function = flow->function; break;
    case FLOW_CALL_END:
        emit(e, OP_CALL)->function = flow->function;
        emit(e, OP_TRAP);
        break;
    case FLOW_CALL_INDIRECT: emit_registers(e, OP_CALLR, 0, i->rs1, 0); break;
    case FLOW_SETJMP: emit(e, OP_SETJMP); break;
    case FLOW_TAIL: emit(e, OP_TAIL)->function = flow->function; break;
    case FLOW_TAIL_INDIRECT: emit_registers(e, OP_TAILR, 0, i->rs1, 0); break;
    case FLOW_RETURN: emit(e, OP_RET); break;
    case FLOW_LABELS: emit_labels(e, f, flow, i->rs1); break;
    case FLOW_TRAP: emit(e, OP_TRAP); break;
    case FLOW_LONGJMP: emit(e, OP_LONGJMP); break;
    }
}

static bool goes_on(const struct emitter *e) { return e->count == 0 || !op_ends(e->ops[e->count - 1].code); }

static void select_block(struct lower *l, struct function *f, struct block *block, struct state *state) {
    struct emitter e = {.l = l};
    state_copy(l, state, block->state);
    for (uint32_t address = block->address; address < block->end && !l->refused;) {
        e.address = address;
        struct flow flow = flow_step(l, f, state, address);
        emit_flow(&e, f, &flow, text_at(l, address));
        if (!goes_on(&e)) break;
        address = flow.next;
    }
    if (goes_on(&e) && block->end == f->end) {
        struct function *g = function_at(l, f->end);
        e.address = f->end - 4;
        if (falls_through(text_at(l, e.address)) && g && g->address == f->end)
            emit(&e, OP_TAIL)->function = g;
        else
            emit(&e, OP_TRAP);
    }
    block->ops = e.ops;
    block->op_count = e.count;
}

static const uint32_t *renumber(struct lower *l, const uint32_t *blocks, uint32_t count, const uint32_t *kept) {
    if (!blocks) return NULL;
    uint32_t *renumbered = POOL_ARRAY(&l->pool, uint32_t, count);
    for (uint32_t k = 0; k < count; k++) renumbered[k] = blocks[k] == SWITCH_DEFAULT ? SWITCH_DEFAULT : kept[blocks[k]];
    return renumbered;
}

/* Drops the blocks that nothing reaches, so that each block that goes on goes on in the next of the list. */
static void keep_reached(struct lower *l, struct function *f) {
    uint32_t *kept = POOL_ARRAY(&l->pool, uint32_t, f->block_count), count = 0;
    for (uint32_t b = 0; b < f->block_count; b++) {
        kept[b] = count;
        if (f->blocks[b].reached) f->blocks[count++] = f->blocks[b];
    }
    f->block_count = count;
    for (uint32_t b = 0; b < count; b++) {
        for (uint32_t o = 0; o < f->blocks[b].op_count; o++) {
            struct op *op = &f->blocks[b].ops[o];
            if (op->target != NOTHING) op->target = (int32_t)kept[op->target];
            op->targets = renumber(l, op->targets, (uint32_t)(op->targets ? op->imm : 0), kept);
            op->table = renumber(l, op->table, op->table_count, kept);
        }
    }
}

void select_ops(struct lower *l) {
    struct state state = {.slot_count = 0};
    for (uint32_t i = 0; i < l->function_count && !l->refused; i++) {
        struct function *f = &l->functions[i];
        if (!f->reached) continue;
        for (uint32_t b = 0; b < f->block_count && !l->refused; b++)
            if (f->blocks[b].reached) select_block(l, f, &f->blocks[b], &state);
        f->entry_op = op_make(OP_ENTRY0, f->address);
        keep_reached(l, f);
    }
}
