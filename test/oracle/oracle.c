#include "test/oracle/oracle.h"

#include <string.h>

#include "core/base/bytes.h"
#include "test/oracle/float.h"
#include "test/oracle/integer.h"

enum { SP = 2, S0 = 8, S1 = 9, A0 = 10, A1 = 11, PUSHED_INDEX_BITS = 20, JUMP_CHARGE = 4095, JUMP_MARK_LAST = 4095 };

/* What a row led to. GO: on to pc. Anything else leaves oracle_run. */
enum outcome { GO, LEAVE_CALL, LEAVE_BREAK, LEAVE_RETURN, LEAVE_TRAP };

/* The fields of a word, all of them taken out whether its form has them or not. */
struct fields {
    uint32_t a, b, c, d, e, f;
    uint32_t k5, k20, k6, width, rm;
    uint32_t imm20, imm16, imm12, frame, frame_entry, run, forward24, forward16, inc_off;
    int32_t simm20, simm16, off16, off12, off8, inc8, inc4, call24;
    uint32_t back24, back16, back12;
};

static uint32_t bits(uint32_t word, unsigned high, unsigned low) {
    return (uint32_t)(((uint64_t)word >> low) & (((uint64_t)1 << (high - low + 1)) - 1));
}

static int32_t signed_bits(uint32_t word, unsigned high, unsigned low) {
    int64_t value = bits(word, high, low), span = (int64_t)1 << (high - low + 1);
    return (int32_t)(value >= span / 2 ? value - span : value);
}

static struct fields fields_of(uint32_t word) {
    return (struct fields){
        .a = bits(word, 11, 8),
        .b = bits(word, 15, 12),
        .c = bits(word, 19, 16),
        .d = bits(word, 23, 20),
        .e = bits(word, 27, 24),
        .f = bits(word, 31, 28),
        .k5 = bits(word, 20, 16),
        .k20 = bits(word, 24, 20),
        .k6 = bits(word, 29, 24),
        .width = bits(word, 28, 24) + 1,
        .rm = bits(word, 18, 16),
        .imm20 = bits(word, 31, 12),
        .simm20 = signed_bits(word, 31, 12),
        .imm16 = bits(word, 31, 16),
        .imm12 = bits(word, 27, 16),
        .frame = bits(word, 25, 16),
        .frame_entry = bits(word, 29, 20),
        .run = bits(word, 19, 8),
        .forward24 = bits(word, 31, 8),
        .forward16 = bits(word, 31, 16),
        .simm16 = signed_bits(word, 31, 16),
        .off16 = signed_bits(word, 31, 16) + ISA_RAM_BASE,
        .off12 = signed_bits(word, 31, 20) + ISA_RAM_BASE,
        .off8 = signed_bits(word, 31, 24),
        .inc8 = signed_bits(word, 23, 16),
        .inc4 = signed_bits(word, 19, 16),
        .call24 = signed_bits(word, 31, 8),
        .back24 = bits(word, 31, 8),
        .back16 = bits(word, 31, 16),
        .back12 = bits(word, 31, 20),
    };
}

void oracle_init(struct oracle *oracle, const struct vm_program *program, void *ram, uint32_t ram_bytes,
                 uint32_t *return_stack, uint32_t return_entries) {
    *oracle = (struct oracle){.program = program,
                              .ram = ram,
                              .ram_bytes = ram_bytes,
                              .return_stack = return_stack,
                              .return_entries = return_entries};
    memset(ram, 0, ram_bytes + VM_PAD_BYTES);
}

void oracle_enter(struct oracle *oracle, uint32_t entry) {
    oracle->return_stack[oracle->return_depth++] = 0;
    oracle->pc = entry;
}

static enum outcome trapped(struct oracle *o, enum vm_trap trap, uint64_t detail) {
    o->trap = trap;
    o->trap_detail = (uint32_t)detail;
    return LEAVE_TRAP;
}

static void charge(struct oracle *o, int64_t words) {
    int64_t left = o->fuel - words;
    o->charged = true;
    o->fuel = (int32_t)(left < INT32_MIN ? INT32_MIN : left);
}

/* Memory, section 3. Addresses are had in 64 bits and wrapped here. */
enum window { WINDOW_NONE, WINDOW_RAM, WINDOW_READ_ONLY };

static enum window window_of(const struct oracle *o, uint32_t address) {
    if (address >= ISA_RAM_BASE && address < (uint64_t)ISA_RAM_BASE + o->ram_bytes) return WINDOW_RAM;
    if (address >= ISA_RO_BASE && address < (uint64_t)ISA_RO_BASE + o->program->read_only_bytes)
        return WINDOW_READ_ONLY;
    return WINDOW_NONE;
}

static uint64_t window_end(const struct oracle *o, enum window window) {
    return window == WINDOW_RAM         ? (uint64_t)ISA_RAM_BASE + o->ram_bytes
           : window == WINDOW_READ_ONLY ? (uint64_t)ISA_RO_BASE + o->program->read_only_bytes
                                        : 0;
}

/* The byte itself; the address lies in a window or in the eight bytes after it. */
static uint8_t byte_at(const struct oracle *o, uint64_t address) {
    return address >= ISA_RO_BASE ? o->program->read_only[address - ISA_RO_BASE] : o->ram[address - ISA_RAM_BASE];
}

static bool load(const struct oracle *o, int64_t wide_address, unsigned bytes, uint64_t *value) {
    uint32_t address = (uint32_t)wide_address;
    if (window_of(o, address) == WINDOW_NONE) return false;
    *value = 0;
    for (unsigned i = 0; i < bytes; i++) *value |= (uint64_t)byte_at(o, (uint64_t)address + i) << 8 * i;
    return true;
}

static bool can_store(const struct oracle *o, int64_t wide_address) {
    return window_of(o, (uint32_t)wide_address) == WINDOW_RAM;
}

static void store(struct oracle *o, int64_t wide_address, unsigned bytes, uint64_t value) {
    uint32_t address = (uint32_t)wide_address;
    for (unsigned i = 0; i < bytes; i++) o->ram[(uint64_t)address - ISA_RAM_BASE + i] = (uint8_t)(value >> 8 * i);
}

/* A whole range in one window, the eight bytes after it not counted; touching nothing is always good. */
static bool range_good(const struct oracle *o, uint32_t address, uint64_t length, bool writes) {
    if (length == 0) return true;
    enum window window = window_of(o, address);
    if (window == WINDOW_NONE || (writes && window != WINDOW_RAM)) return false;
    return address + length <= window_end(o, window);
}

/* Functions, section 5. */
static enum outcome push(struct oracle *o, uint32_t index) {
    if (o->return_depth == o->return_entries) return trapped(o, VM_TRAP_CALL_DEPTH, o->return_entries);
    o->return_stack[o->return_depth++] = index;
    return GO;
}

static enum outcome pop(struct oracle *o) {
    o->pc = o->return_stack[--o->return_depth] & ((1u << PUSHED_INDEX_BITS) - 1);
    return GO;
}

static bool is_taken_entry(const struct oracle *o, uint32_t value, uint32_t *index) {
    if (value < ISA_CODE_BASE || value % 4 != 0) return false;
    *index = (value - ISA_CODE_BASE) / 4;
    if (*index >= o->program->code_words) return false;
    uint32_t word = o->program->code[*index], code = word & 0xff;
    return (code == OP_ENTRY0 || code == OP_ENTRY1 || code == OP_ENTRY2) && (word >> 30 & 1);
}

static enum outcome enter(struct oracle *o, const struct fields *x, unsigned saved) {
    int64_t old_sp = o->reg[SP];
    if (saved >= 1 && !can_store(o, old_sp - 8)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)(old_sp - 8));
    if (saved >= 2 && !can_store(o, old_sp - 12)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)(old_sp - 12));
    if (saved >= 1) store(o, old_sp - 8, 4, o->reg[S0]);
    if (saved >= 2) store(o, old_sp - 12, 4, o->reg[S1]);
    o->reg[SP] = (uint32_t)(old_sp - 4 * (int64_t)x->frame_entry);
    charge(o, x->run);
    return GO;
}

static enum outcome leave(struct oracle *o, const struct fields *x, unsigned saved) {
    int64_t old_sp = (int64_t)o->reg[SP] + 4 * (int64_t)x->frame;
    uint64_t s0 = o->reg[S0], s1 = o->reg[S1];
    if (saved >= 1 && !load(o, old_sp - 8, 4, &s0)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)(old_sp - 8));
    if (saved >= 2 && !load(o, old_sp - 12, 4, &s1)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)(old_sp - 12));
    o->reg[S0] = (uint32_t)s0;
    o->reg[S1] = (uint32_t)s1;
    o->reg[SP] = (uint32_t)old_sp;
    return pop(o);
}

/* SETJMP and LONGJMP, section 7. */
static enum outcome set_jump(struct oracle *o, uint32_t next) {
    uint32_t buffer = o->reg[A0];
    if (!range_good(o, buffer, VM_JUMP_BUFFER_BYTES, true)) return trapped(o, VM_TRAP_MEMORY, buffer);
    uint32_t *top = &o->return_stack[o->return_depth - 1];
    uint32_t mark = *top >> PUSHED_INDEX_BITS;
    if (mark == 0) {
        o->jump_mark = o->jump_mark == JUMP_MARK_LAST ? 1 : o->jump_mark + 1;
        mark = o->jump_mark;
        *top |= mark << PUSHED_INDEX_BITS;
    }
    const uint32_t words[] = {o->reg[S0], o->reg[S1], o->reg[SP], next, o->return_depth, mark, 0, 0};
    for (uint32_t i = 0; i < 8; i++) store(o, (int64_t)buffer + 4 * i, 4, words[i]);
    o->reg[A0] = 0;
    return GO;
}

static enum outcome long_jump(struct oracle *o) {
    uint32_t buffer = o->reg[A0], result = o->reg[A1] == 0 ? 1 : o->reg[A1];
    uint64_t word[6];
    if (!range_good(o, buffer, VM_JUMP_BUFFER_BYTES, true)) return trapped(o, VM_TRAP_JUMP, buffer);
    for (int i = 0; i < 6; i++) load(o, (int64_t)buffer + 4 * i, 4, &word[i]);
    uint64_t index = word[3], depth = word[4], mark = word[5];
    bool good = index < o->program->code_words && index >= 1 && (o->program->code[index - 1] & 0xff) == OP_SETJMP &&
                depth >= 1 && depth <= o->return_depth && mark != 0 &&
                o->return_stack[depth - 1] >> PUSHED_INDEX_BITS == mark;
    if (!good) return trapped(o, VM_TRAP_JUMP, buffer);
    o->reg[S0] = (uint32_t)word[0];
    o->reg[S1] = (uint32_t)word[1];
    o->reg[SP] = (uint32_t)word[2];
    o->return_depth = (uint32_t)depth;
    o->reg[A0] = result;
    o->pc = (uint32_t)index;
    charge(o, JUMP_CHARGE);
    return GO;
}

/* Block operations, section 6. Each does one step; `again` keeps pc where it is. */
static uint64_t step_of(uint64_t length) { return length < VM_BLOCK_STEP_BYTES ? length : VM_BLOCK_STEP_BYTES; }

static void block_done(struct oracle *o, uint64_t n, uint64_t left) {
    charge(o, (int64_t)((n + 3) / 4));
    if (left > 0) o->pc--;
}

static enum outcome block_copy(struct oracle *o, const struct fields *x) {
    uint64_t a = o->reg[x->a], b = o->reg[x->b], length = o->reg[x->c], n = step_of(length);
    bool from_start = a <= b || a >= b + length;
    uint32_t to = (uint32_t)(from_start ? a : a + length - n), from = (uint32_t)(from_start ? b : b + length - n);
    if (!range_good(o, to, n, true)) return trapped(o, VM_TRAP_MEMORY, to);
    if (!range_good(o, from, n, false)) return trapped(o, VM_TRAP_MEMORY, from);
    uint8_t buffer[VM_BLOCK_STEP_BYTES];
    for (uint64_t i = 0; i < n; i++) buffer[i] = byte_at(o, from + i);
    for (uint64_t i = 0; i < n; i++) o->ram[to - ISA_RAM_BASE + i] = buffer[i];
    if (from_start) {
        o->reg[x->a] = (uint32_t)(a + n);
        o->reg[x->b] = (uint32_t)(b + n);
    }
    o->reg[x->c] = (uint32_t)(length - n);
    block_done(o, n, length - n);
    return GO;
}

static enum outcome block_fill(struct oracle *o, const struct fields *x) {
    uint32_t a = o->reg[x->a], length = o->reg[x->c];
    uint8_t value = (uint8_t)o->reg[x->b];
    uint64_t n = step_of(length);
    if (!range_good(o, a, n, true)) return trapped(o, VM_TRAP_MEMORY, a);
    for (uint64_t i = 0; i < n; i++) o->ram[a - ISA_RAM_BASE + i] = value;
    o->reg[x->a] = (uint32_t)(a + n);
    o->reg[x->c] = (uint32_t)(length - n);
    block_done(o, n, length - n);
    return GO;
}

static enum outcome block_compare(struct oracle *o, const struct fields *x) {
    uint32_t b = o->reg[x->b], c = o->reg[x->c], length = o->reg[x->d];
    uint64_t n = step_of(length);
    if (!range_good(o, b, n, false)) return trapped(o, VM_TRAP_MEMORY, b);
    if (!range_good(o, c, n, false)) return trapped(o, VM_TRAP_MEMORY, c);
    for (uint64_t i = 0; i < n; i++) {
        int32_t difference = (int32_t)byte_at(o, b + i) - (int32_t)byte_at(o, c + i);
        if (difference == 0) continue;
        o->reg[x->a] = (uint32_t)difference;
        o->reg[x->d] = 0;
        block_done(o, n, 0);
        return GO;
    }
    o->reg[x->a] = 0;
    o->reg[x->b] = (uint32_t)(b + n);
    o->reg[x->c] = (uint32_t)(c + n);
    o->reg[x->d] = (uint32_t)(length - n);
    block_done(o, n, length - n);
    return GO;
}

static enum outcome block_find(struct oracle *o, const struct fields *x) {
    uint32_t a = o->reg[x->a], length = o->reg[x->c];
    uint8_t value = (uint8_t)o->reg[x->b];
    uint64_t n = step_of(length), end = window_end(o, window_of(o, a)), room = end > a ? end - a : 0;
    if (n > room) n = room;
    if (n == 0 && length != 0) return trapped(o, VM_TRAP_MEMORY, a);
    for (uint64_t i = 0; i < n; i++) {
        if (byte_at(o, a + i) != value) continue;
        o->reg[x->a] = (uint32_t)(a + i);
        o->reg[x->c] = (uint32_t)(length - i);
        block_done(o, n, 0);
        return GO;
    }
    o->reg[x->a] = (uint32_t)(a + n);
    o->reg[x->c] = (uint32_t)(length - n);
    block_done(o, n, length - n);
    return GO;
}

/* Loads and stores of every addressing form: `bytes`, then whether a load extends the sign. */
static enum outcome load_row(struct oracle *o, uint32_t to, int64_t address, unsigned bytes, bool is_signed) {
    uint64_t value;
    if (!load(o, address, bytes, &value)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)address);
    if (is_signed && value >> (8 * bytes - 1)) value |= UINT64_MAX << 8 * bytes;
    o->reg[to] = (uint32_t)value;
    return GO;
}

static enum outcome store_row(struct oracle *o, uint32_t from, int64_t address, unsigned bytes) {
    if (!can_store(o, address)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)address);
    store(o, address, bytes, o->reg[from]);
    return GO;
}

static enum outcome load_step(struct oracle *o, const struct fields *x, unsigned bytes, bool is_signed) {
    uint32_t base = o->reg[x->b];
    enum outcome outcome = load_row(o, x->a, (int64_t)base + x->off8, bytes, is_signed);
    if (outcome == GO) o->reg[x->b] = (uint32_t)((int64_t)base + x->inc8);
    return outcome;
}

static enum outcome store_step(struct oracle *o, const struct fields *x, unsigned bytes) {
    uint32_t base = o->reg[x->b];
    enum outcome outcome = store_row(o, x->a, (int64_t)base + x->off8, bytes);
    if (outcome == GO) o->reg[x->b] = (uint32_t)((int64_t)base + x->inc8);
    return outcome;
}

static int64_t address_16(const struct oracle *o, const struct fields *x) { return (int64_t)o->reg[x->b] + x->off16; }
static int64_t address_indexed(const struct oracle *o, const struct fields *x, unsigned scale) {
    return (int64_t)o->reg[x->b] + ((int64_t)o->reg[x->c] << scale) + x->off12;
}

static enum outcome load_pair(struct oracle *o, const struct fields *x) {
    int64_t address = (int64_t)o->reg[x->b] + x->off12;
    uint64_t value;
    if (!load(o, address, 8, &value)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)address);
    o->reg[x->a] = (uint32_t)value;
    o->reg[x->c] = (uint32_t)(value >> 32);
    return GO;
}

static enum outcome store_pair(struct oracle *o, const struct fields *x) {
    int64_t address = (int64_t)o->reg[x->b] + x->off12;
    if (!can_store(o, address)) return trapped(o, VM_TRAP_MEMORY, (uint64_t)address);
    store(o, address, 8, (uint64_t)o->reg[x->c] << 32 | o->reg[x->a]);
    return GO;
}

/* Branches. */
static enum outcome forward_if(struct oracle *o, bool taken, uint32_t distance) {
    if (taken) o->pc += distance;
    return GO;
}

static enum outcome back_if(struct oracle *o, bool taken, uint32_t distance) {
    if (!taken) return GO;
    o->pc -= distance;
    charge(o, distance);
    return GO;
}

static enum outcome put(struct oracle *o, uint32_t to, uint64_t value) {
    o->reg[to] = (uint32_t)value;
    return GO;
}

static enum outcome put_pair(struct oracle *o, const struct fields *x, uint64_t value) {
    o->reg[x->a] = (uint32_t)value;
    o->reg[x->b] = (uint32_t)(value >> 32);
    return GO;
}

/* Signed and unsigned division by c, which is not 0. */
static uint64_t divided(uint32_t code, uint32_t b, uint32_t c) {
    int64_t sb = (int32_t)b, sc = (int32_t)c;
    if (code == OP_DIV) return (uint64_t)(sb / sc); /* 64 bits hold -2^31 / -1 */
    if (code == OP_REM) return (uint64_t)(sb % sc);
    return code == OP_DIVU ? b / c : b % c;
}

/* The rows in the order of the table, one line each. `b`, `c`, `d` are register values as they were before the row. */
static enum outcome row_of(struct oracle *o, uint32_t word, uint32_t next) {
    const struct fields fields = fields_of(word), *x = &fields;
    const uint32_t a = o->reg[x->a], b = o->reg[x->b], c = o->reg[x->c], d = o->reg[x->d], e = o->reg[x->e];
    const int64_t sa = (int32_t)a, sb = (int32_t)b, sc = (int32_t)c, sd = (int32_t)d;
    const uint64_t cb = (uint64_t)c << 32 | b, dc = (uint64_t)d << 32 | c, ed = (uint64_t)e << 32 | d;
    const uint64_t fe = (uint64_t)o->reg[x->f] << 32 | e;
    const uint32_t by = c & 31, added = (uint32_t)(sa + x->inc4);
    /* ADDB rows compare with b as it is after the addition, which matters where b is a. */
    const uint32_t b_after = x->a == x->b ? added : b;
    const enum oracle_rounding rm = (enum oracle_rounding)x->rm;
    uint32_t index = 0;

    switch ((enum isa_op)(word & 0xff)) {
    case OP_STOP: o->pc = 0; return LEAVE_RETURN;
    case OP_TRAP: return trapped(o, VM_TRAP_UNREACHABLE, x->imm16);
    case OP_HCALL: o->call = x->imm12; return LEAVE_CALL;
    case OP_BREAK: o->call = x->imm16; return LEAVE_BREAK;
    case OP_SETJMP: return set_jump(o, next);
    case OP_LONGJMP: return long_jump(o);
    case OP_CHARGE: charge(o, x->imm12); return GO;
    case OP_ENTRY0: return enter(o, x, 0);
    case OP_ENTRY1: return enter(o, x, 1);
    case OP_ENTRY2: return enter(o, x, 2);
    case OP_RET: return pop(o);
    case OP_RET0: return leave(o, x, 0);
    case OP_RET1: return leave(o, x, 1);
    case OP_RET2: return leave(o, x, 2);
    case OP_CALL: o->pc = (uint32_t)((int64_t)next + x->call24); return push(o, next);
    case OP_CALLR:
        if (!is_taken_entry(o, b, &index)) return trapped(o, VM_TRAP_CALL_TARGET, b);
        o->pc = index;
        return push(o, next);
    case OP_TAIL: o->pc = (uint32_t)((int64_t)next + x->call24); return GO;
    case OP_TAILR:
        if (!is_taken_entry(o, b, &index)) return trapped(o, VM_TRAP_CALL_TARGET, b);
        o->pc = index;
        return GO;
    case OP_J: return forward_if(o, true, x->forward24);
    case OP_JB: return back_if(o, true, x->back24);
    case OP_JF: charge(o, JUMP_CHARGE); return forward_if(o, true, x->forward24);
    case OP_SWITCH: return forward_if(o, true, b < x->imm16 ? b : x->imm16);
    case OP_BEQ: return forward_if(o, a == b, x->forward16);
    case OP_BNE: return forward_if(o, a != b, x->forward16);
    case OP_BLT: return forward_if(o, sa < sb, x->forward16);
    case OP_BGE: return forward_if(o, sa >= sb, x->forward16);
    case OP_BLTU: return forward_if(o, a < b, x->forward16);
    case OP_BGEU: return forward_if(o, a >= b, x->forward16);
    case OP_BEQ_B: return back_if(o, a == b, x->back16);
    case OP_BNE_B: return back_if(o, a != b, x->back16);
    case OP_BLT_B: return back_if(o, sa < sb, x->back16);
    case OP_BGE_B: return back_if(o, sa >= sb, x->back16);
    case OP_BLTU_B: return back_if(o, a < b, x->back16);
    case OP_BGEU_B: return back_if(o, a >= b, x->back16);
    case OP_ADDBNE: put(o, x->a, added); return back_if(o, added != b_after, x->back12);
    case OP_ADDBLT: put(o, x->a, added); return back_if(o, (int32_t)added < (int32_t)b_after, x->back12);
    case OP_ADDBGE: put(o, x->a, added); return back_if(o, (int32_t)added >= (int32_t)b_after, x->back12);
    case OP_ADDBLTU: put(o, x->a, added); return back_if(o, added < b_after, x->back12);
    case OP_ADDBGEU: put(o, x->a, added); return back_if(o, added >= b_after, x->back12);

    case OP_LI: return put(o, x->a, (uint32_t)x->simm20);
    case OP_LI_RO: return put(o, x->a, (uint64_t)ISA_RO_BASE + x->imm20);
    case OP_LUI16: return put(o, x->a, (uint64_t)x->imm16 << 16);
    case OP_MOV: return put(o, x->a, b);
    case OP_ADDI: return put(o, x->a, (uint64_t)(sb + x->simm16));
    case OP_SLTI: return put(o, x->a, sb < x->simm16);
    case OP_SLTIU: return put(o, x->a, b < (uint32_t)x->simm16);
    case OP_XORI: return put(o, x->a, b ^ (uint32_t)x->simm16);
    case OP_ORI: return put(o, x->a, b | (uint32_t)x->simm16);
    case OP_ANDI: return put(o, x->a, b & (uint32_t)x->simm16);
    case OP_SLLI: return put(o, x->a, shift_left(b, x->k5));
    case OP_SRLI: return put(o, x->a, shift_right(b, x->k5));
    case OP_SRAI: return put(o, x->a, shift_right_signed(sb, x->k5));
    case OP_RORI: return put(o, x->a, rotate_right(b, x->k5));
    case OP_BSETI: return put(o, x->a, b | shift_left(1, x->k5));
    case OP_BCLRI: return put(o, x->a, b & ~shift_left(1, x->k5));
    case OP_BINVI: return put(o, x->a, b ^ shift_left(1, x->k5));
    case OP_BEXTI: return put(o, x->a, shift_right(b, x->k5) % 2);
    case OP_UBFX: return put(o, x->a, shift_right(b, x->k5) % shift_left(1, x->width));
    case OP_SBFX: {
        uint64_t field = shift_right(b, x->k5) % shift_left(1, x->width), half = shift_left(1, x->width - 1);
        return put(o, x->a, field >= half ? field - 2 * half : field);
    }
    case OP_CLZ: return put(o, x->a, leading_zeros(b));
    case OP_CTZ: return put(o, x->a, trailing_zeros(b));
    case OP_CPOP: return put(o, x->a, ones(b));
    case OP_SEXTB: return put(o, x->a, b % 256 < 128 ? b % 256 : b % 256 - 256);
    case OP_SEXTH: return put(o, x->a, b % 65536 < 32768 ? b % 65536 : b % 65536 - 65536);
    case OP_ZEXTH: return put(o, x->a, b % 65536);
    case OP_REV8: return put(o, x->a, bytes_reversed(b));
    case OP_ORCB: return put(o, x->a, bytes_set(b));
    case OP_ADD: return put(o, x->a, (uint64_t)b + c);
    case OP_SUB: return put(o, x->a, (uint64_t)b - c);
    case OP_SLL: return put(o, x->a, shift_left(b, by));
    case OP_SLT: return put(o, x->a, sb < sc);
    case OP_SLTU: return put(o, x->a, b < c);
    case OP_XOR: return put(o, x->a, b ^ c);
    case OP_SRL: return put(o, x->a, shift_right(b, by));
    case OP_SRA: return put(o, x->a, shift_right_signed(sb, by));
    case OP_OR: return put(o, x->a, b | c);
    case OP_AND: return put(o, x->a, b & c);
    case OP_MUL: return put(o, x->a, (uint64_t)b * c);
    case OP_MULH: return put(o, x->a, shift_right_signed(sb * sc, 32));
    case OP_MULHSU: return put(o, x->a, shift_right_signed(sb * (int64_t)c, 32));
    case OP_MULHU: return put(o, x->a, (uint64_t)b * c >> 32);
    case OP_DIV:
    case OP_DIVU:
    case OP_REM:
    case OP_REMU: return c == 0 ? trapped(o, VM_TRAP_DIVIDE, 0) : put(o, x->a, divided(word & 0xff, b, c));
    case OP_ANDN: return put(o, x->a, b & ~c);
    case OP_ORN: return put(o, x->a, b | ~c);
    case OP_XNOR: return put(o, x->a, ~(b ^ c));
    case OP_MIN: return put(o, x->a, sb < sc ? b : c);
    case OP_MAX: return put(o, x->a, sb > sc ? b : c);
    case OP_MINU: return put(o, x->a, b < c ? b : c);
    case OP_MAXU: return put(o, x->a, b > c ? b : c);
    case OP_ROL: return put(o, x->a, rotate_right(b, (32 - by) % 32));
    case OP_ROR: return put(o, x->a, rotate_right(b, by));
    case OP_BSET: return put(o, x->a, b | shift_left(1, by));
    case OP_BCLR: return put(o, x->a, b & ~shift_left(1, by));
    case OP_BINV: return put(o, x->a, b ^ shift_left(1, by));
    case OP_BEXT: return put(o, x->a, shift_right(b, by) % 2);
    case OP_SH1ADD: return put(o, x->a, 2 * (uint64_t)b + c);
    case OP_SH2ADD: return put(o, x->a, 4 * (uint64_t)b + c);
    case OP_SH3ADD: return put(o, x->a, 8 * (uint64_t)b + c);
    case OP_CZEQZ: return put(o, x->a, c == 0 ? 0 : b);
    case OP_CZNEZ: return put(o, x->a, c != 0 ? 0 : b);
    case OP_ADD_SLL: return put(o, x->a, b + shift_left(c, x->k20));
    case OP_SUB_SLL: return put(o, x->a, b - shift_left(c, x->k20));
    case OP_XOR_SLL: return put(o, x->a, b ^ shift_left(c, x->k20));
    case OP_OR_SLL: return put(o, x->a, b | shift_left(c, x->k20));
    case OP_ADD_SRL: return put(o, x->a, b + shift_right(c, x->k20));
    case OP_XOR_SRL: return put(o, x->a, b ^ shift_right(c, x->k20));
    case OP_OR_SRL: return put(o, x->a, b | shift_right(c, x->k20));
    case OP_AND_SRL: return put(o, x->a, b & shift_right(c, x->k20));
    case OP_ADD_SRA: return put(o, x->a, b + shift_right_signed(sc, x->k20));
    case OP_XOR_ROR: return put(o, x->a, b ^ rotate_right(c, x->k20));
    case OP_FSHL: return put(o, x->a, shift_left(b, x->k20) | shift_right(c, 32 - x->k20));
    case OP_ADD3: return put(o, x->a, (uint64_t)b + c + d);
    case OP_XOR3: return put(o, x->a, b ^ c ^ d);
    case OP_SELECT: return put(o, x->a, d != 0 ? b : c);
    case OP_MOV2: o->reg[x->a] = b; return put(o, x->c, d);
    case OP_MADD: return put(o, x->a, d + (uint64_t)b * c);
    case OP_MSUB: return put(o, x->a, d - (uint64_t)b * c);

    case OP_LB: return load_row(o, x->a, address_16(o, x), 1, true);
    case OP_LBU: return load_row(o, x->a, address_16(o, x), 1, false);
    case OP_LH: return load_row(o, x->a, address_16(o, x), 2, true);
    case OP_LHU: return load_row(o, x->a, address_16(o, x), 2, false);
    case OP_LW: return load_row(o, x->a, address_16(o, x), 4, false);
    case OP_SB: return store_row(o, x->a, address_16(o, x), 1);
    case OP_SH: return store_row(o, x->a, address_16(o, x), 2);
    case OP_SW: return store_row(o, x->a, address_16(o, x), 4);
    case OP_LB_P: return load_step(o, x, 1, true);
    case OP_LBU_P: return load_step(o, x, 1, false);
    case OP_LH_P: return load_step(o, x, 2, true);
    case OP_LHU_P: return load_step(o, x, 2, false);
    case OP_LW_P: return load_step(o, x, 4, false);
    case OP_SB_P: return store_step(o, x, 1);
    case OP_SH_P: return store_step(o, x, 2);
    case OP_SW_P: return store_step(o, x, 4);
    case OP_LB_X: return load_row(o, x->a, address_indexed(o, x, 0), 1, true);
    case OP_LBU_X: return load_row(o, x->a, address_indexed(o, x, 0), 1, false);
    case OP_LH_X: return load_row(o, x->a, address_indexed(o, x, 1), 2, true);
    case OP_LHU_X: return load_row(o, x->a, address_indexed(o, x, 1), 2, false);
    case OP_LW_X: return load_row(o, x->a, address_indexed(o, x, 2), 4, false);
    case OP_SB_X: return store_row(o, x->a, address_indexed(o, x, 0), 1);
    case OP_SH_X: return store_row(o, x->a, address_indexed(o, x, 1), 2);
    case OP_SW_X: return store_row(o, x->a, address_indexed(o, x, 2), 4);
    case OP_LH_A: return load_row(o, x->a, address_indexed(o, x, 0), 2, true);
    case OP_LHU_A: return load_row(o, x->a, address_indexed(o, x, 0), 2, false);
    case OP_LW_A: return load_row(o, x->a, address_indexed(o, x, 0), 4, false);
    case OP_SH_A: return store_row(o, x->a, address_indexed(o, x, 0), 2);
    case OP_SW_A: return store_row(o, x->a, address_indexed(o, x, 0), 4);
    case OP_LWPAIR: return load_pair(o, x);
    case OP_SWPAIR: return store_pair(o, x);

    case OP_BCOPY: return block_copy(o, x);
    case OP_BFILL: return block_fill(o, x);
    case OP_BCMP: return block_compare(o, x);
    case OP_BFIND: return block_find(o, x);

    case OP_ADD64: return put_pair(o, x, dc + fe);
    case OP_SUB64: return put_pair(o, x, dc - fe);
    case OP_XOR64: return put_pair(o, x, dc ^ fe);
    case OP_AND64: return put_pair(o, x, dc & fe);
    case OP_OR64: return put_pair(o, x, dc | fe);
    case OP_SLLI64: return put_pair(o, x, shift_left(dc, x->k6));
    case OP_SRLI64: return put_pair(o, x, shift_right(dc, x->k6));
    case OP_SRAI64: return put_pair(o, x, shift_right_signed((int64_t)dc, x->k6));
    case OP_ROLI64: return put_pair(o, x, rotate_left_64(dc, x->k6));
    case OP_MULU64: return put_pair(o, x, (uint64_t)c * d);
    case OP_MULS64: return put_pair(o, x, (uint64_t)(sc * sd));
    case OP_ADC: return put(o, x->a, (uint64_t)b + c + (d < e));
    case OP_SBC: return put(o, x->a, (uint64_t)b - c - (d < e));
    case OP_SLT64: return put(o, x->a, (int64_t)cb < (int64_t)ed);
    case OP_SLTU64: return put(o, x->a, cb < ed);

    case OP_FADD_S: return put(o, x->a, oracle_add(ORACLE_SINGLE, b, c, false));
    case OP_FSUB_S: return put(o, x->a, oracle_add(ORACLE_SINGLE, b, c, true));
    case OP_FMUL_S: return put(o, x->a, oracle_multiply(ORACLE_SINGLE, b, c));
    case OP_FDIV_S: return put(o, x->a, oracle_divide(ORACLE_SINGLE, b, c));
    case OP_FMIN_S: return put(o, x->a, oracle_extreme(ORACLE_SINGLE, b, c, false));
    case OP_FMAX_S: return put(o, x->a, oracle_extreme(ORACLE_SINGLE, b, c, true));
    case OP_FEQ_S: return put(o, x->a, oracle_equal(ORACLE_SINGLE, b, c));
    case OP_FLT_S: return put(o, x->a, oracle_less(ORACLE_SINGLE, b, c));
    case OP_FLE_S: return put(o, x->a, oracle_less(ORACLE_SINGLE, b, c) || oracle_equal(ORACLE_SINGLE, b, c));
    case OP_FSGNJ_S: return put(o, x->a, oracle_sign(ORACLE_SINGLE, b, c, 0));
    case OP_FSGNJN_S: return put(o, x->a, oracle_sign(ORACLE_SINGLE, b, c, 1));
    case OP_FSGNJX_S: return put(o, x->a, oracle_sign(ORACLE_SINGLE, b, c, 2));
    case OP_FMADD_S: return put(o, x->a, oracle_multiply_add(ORACLE_SINGLE, b, c, d, false, false));
    case OP_FMSUB_S: return put(o, x->a, oracle_multiply_add(ORACLE_SINGLE, b, c, d, false, true));
    case OP_FNMSUB_S: return put(o, x->a, oracle_multiply_add(ORACLE_SINGLE, b, c, d, true, false));
    case OP_FNMADD_S: return put(o, x->a, oracle_multiply_add(ORACLE_SINGLE, b, c, d, true, true));
    case OP_FSQRT_S: return put(o, x->a, oracle_square_root(ORACLE_SINGLE, b));
    case OP_FCLASS_S: return put(o, x->a, oracle_class(ORACLE_SINGLE, b));
    case OP_FCVT_W_S: return put(o, x->a, oracle_to_integer(ORACLE_SINGLE, b, true, rm));
    case OP_FCVT_WU_S: return put(o, x->a, oracle_to_integer(ORACLE_SINGLE, b, false, rm));
    case OP_FCVT_F_W_S: return put(o, x->a, oracle_from_integer(ORACLE_SINGLE, b, true, rm));
    case OP_FCVT_F_WU_S: return put(o, x->a, oracle_from_integer(ORACLE_SINGLE, b, false, rm));

    case OP_FADD_H: return put(o, x->a, oracle_add(ORACLE_HALF, b, c, false));
    case OP_FSUB_H: return put(o, x->a, oracle_add(ORACLE_HALF, b, c, true));
    case OP_FMUL_H: return put(o, x->a, oracle_multiply(ORACLE_HALF, b, c));
    case OP_FDIV_H: return put(o, x->a, oracle_divide(ORACLE_HALF, b, c));
    case OP_FMIN_H: return put(o, x->a, oracle_extreme(ORACLE_HALF, b, c, false));
    case OP_FMAX_H: return put(o, x->a, oracle_extreme(ORACLE_HALF, b, c, true));
    case OP_FEQ_H: return put(o, x->a, oracle_equal(ORACLE_HALF, b, c));
    case OP_FLT_H: return put(o, x->a, oracle_less(ORACLE_HALF, b, c));
    case OP_FLE_H: return put(o, x->a, oracle_less(ORACLE_HALF, b, c) || oracle_equal(ORACLE_HALF, b, c));
    case OP_FSGNJ_H: return put(o, x->a, oracle_sign(ORACLE_HALF, b, c, 0));
    case OP_FSGNJN_H: return put(o, x->a, oracle_sign(ORACLE_HALF, b, c, 1));
    case OP_FSGNJX_H: return put(o, x->a, oracle_sign(ORACLE_HALF, b, c, 2));
    case OP_FMADD_H: return put(o, x->a, oracle_multiply_add(ORACLE_HALF, b, c, d, false, false));
    case OP_FMSUB_H: return put(o, x->a, oracle_multiply_add(ORACLE_HALF, b, c, d, false, true));
    case OP_FNMSUB_H: return put(o, x->a, oracle_multiply_add(ORACLE_HALF, b, c, d, true, false));
    case OP_FNMADD_H: return put(o, x->a, oracle_multiply_add(ORACLE_HALF, b, c, d, true, true));
    case OP_FSQRT_H: return put(o, x->a, oracle_square_root(ORACLE_HALF, b));
    case OP_FCLASS_H: return put(o, x->a, oracle_class(ORACLE_HALF, b));
    case OP_FCVT_W_H: return put(o, x->a, oracle_to_integer(ORACLE_HALF, b, true, rm));
    case OP_FCVT_WU_H: return put(o, x->a, oracle_to_integer(ORACLE_HALF, b, false, rm));
    case OP_FCVT_F_W_H: return put(o, x->a, oracle_from_integer(ORACLE_HALF, b, true, rm));
    case OP_FCVT_F_WU_H: return put(o, x->a, oracle_from_integer(ORACLE_HALF, b, false, rm));

    case OP_FCVT_S_H: return put(o, x->a, oracle_convert(ORACLE_HALF, ORACLE_SINGLE, b));
    case OP_FCVT_H_S: return put(o, x->a, oracle_convert(ORACLE_SINGLE, ORACLE_HALF, b));
    }
    return trapped(o, VM_TRAP_UNREACHABLE, word); /* no accepted program has such a word */
}

enum vm_stop oracle_run(struct oracle *o) {
    if (o->fuel < 0) return VM_STOP_BUDGET;
    for (;;) {
        uint32_t at = o->pc;
        o->charged = false;
        o->pc = at + 1;
        if (o->counts) o->counts[o->program->code[at] & 0xff]++;
        enum outcome outcome = row_of(o, o->program->code[at], at + 1);
        o->words += outcome != LEAVE_TRAP;
        switch (outcome) {
        case GO: break;
        case LEAVE_CALL: return VM_STOP_CALL;
        case LEAVE_BREAK: return VM_STOP_BREAK;
        case LEAVE_RETURN: return VM_STOP_RETURN;
        case LEAVE_TRAP: o->pc = at; return VM_STOP_TRAP;
        }
        if (o->charged && o->fuel < 0) return VM_STOP_BUDGET;
    }
}

enum status oracle_call(struct oracle *o, uint32_t target, const uint32_t *arguments, size_t count,
                        struct vm_saved *saved) {
    uint32_t entry;
    if (count > VM_CALL_ARGUMENTS_MAX || !is_taken_entry(o, target, &entry)) return ST_INVALID;
    if (o->return_depth == o->return_entries) return ST_FULL;
    memcpy(saved->reg, o->reg, sizeof o->reg);
    saved->pc = o->pc;
    saved->return_depth = o->return_depth;
    for (size_t i = 0; i < count; i++) o->reg[A0 + i] = arguments[i];
    oracle_enter(o, entry);
    return ST_OK;
}

void oracle_call_end(struct oracle *o, const struct vm_saved *saved) {
    memcpy(o->reg, saved->reg, sizeof o->reg);
    o->pc = saved->pc;
    o->return_depth = saved->return_depth;
}
