/* The verifier: spec/verifier.md says what it promises and why one pass is enough. It is written to be small and quick
 * on a microcontroller: the state is a handful of numbers, each word is looked at once, in order. */
#include "core/vm/vm.h"
#include "core/vm/words.h"

/* Apart from the loop over the words, which then has the registers for itself. */
#define APART __attribute__((noinline))

enum { ROW_ENTRY = 0, ROW_FRAME = 4, ROW_DEPTH = 6, ROW_CALLS = 8, ROW_ZERO = 10, CALL_BYTES = 2 };

/* The function that is being read. */
struct state {
    const struct vm_program *program;
    struct vm_verdict *verdict;
    const uint8_t *row;  /* its row of the function table */
    uint32_t entry, end; /* its words */
    uint32_t run_start;  /* first word of the uncharged run */
    uint32_t run_words;  /* what the run's ENTRY or CHARGE says */
    uint32_t farthest;   /* farthest target of the forward branches so far */
    uint32_t at;         /* the word that is looked at */
    uint32_t flags;      /* of all rows so far */
};

static const uint8_t *function_row(const struct vm_program *program, uint32_t index) {
    return program->functions + (size_t)index * VM_FUNCTION_BYTES;
}

/* The row that begins with `key`, or NULL, among `count` rows of VM_FUNCTION_BYTES that begin with 32 bits, or of
 * CALL_BYTES that are 16. Rows ascend (of functions the part read so far was checked; were the rest out of order, the
 * search could miss, and refuse, what a later check refuses anyway). */
static const uint8_t *find_row(const uint8_t *rows, uint32_t count, uint32_t row_bytes, uint32_t key) {
    while (count != 0) {
        const uint8_t *const middle = rows + (size_t)(count / 2) * row_bytes;
        const uint32_t found = row_bytes == CALL_BYTES ? load_host16(middle) : load_host32(middle);
        if (found == key) return middle;
        if (found < key) rows = middle + row_bytes;
        count = found < key ? count - count / 2 - 1 : count / 2;
    }
    return NULL;
}

/* Sizes and the tables that are read without order: before any word is looked at. */
static enum vm_refusal check_program(const struct vm_program *program) {
    if (program->code_words < 2 || program->code_words > VM_CODE_WORDS_MAX) return VM_REFUSED_SIZE;
    if (program->function_count == 0 || program->function_count >= program->code_words) return VM_REFUSED_SIZE;
    if (program->entry_function >= program->function_count) return VM_REFUSED_SIZE;
    if (program->read_only_bytes > ISA_CODE_BASE - ISA_RO_BASE - VM_PAD_BYTES) return VM_REFUSED_SIZE;
    if (program->call_count > 1u << 12) return VM_REFUSED_SIZE;
    for (uint32_t i = 0, last = 0; i < program->call_count; i++) {
        const uint32_t call = load_host16(program->calls + CALL_BYTES * (size_t)i);
        if (call > 0xfff || (i != 0 && call <= last)) return VM_REFUSED_CALL;
        last = call;
    }
    return VM_ACCEPTED;
}

/* Opens the function of row `index`, which must begin where the one before it ended. */
static enum vm_refusal open_function(struct state *state, uint32_t index) {
    const struct vm_program *const program = state->program;
    const uint8_t *const row = function_row(program, index);
    const uint32_t entry = state->at = state->end;
    const uint32_t end =
        index + 1 < program->function_count ? load_host32(row + VM_FUNCTION_BYTES + ROW_ENTRY) : program->code_words;
    if (load_host32(row + ROW_ENTRY) != entry || end <= entry || end > program->code_words) return VM_REFUSED_FUNCTION;
    const uint32_t word = program->code[entry], op = word & 0xff, frame = load_host16(row + ROW_FRAME);
    if (op < OP_ENTRY0 || op > OP_ENTRY2) return VM_REFUSED_FUNCTION;
    if (frame < FIELD_ENTRY_BYTES(word) / 4 || load_host16(row + ROW_ZERO) != 0) return VM_REFUSED_FUNCTION;
    if (load_host16(row + ROW_DEPTH) < frame) return VM_REFUSED_DEPTH;
    if (word & isa_reserved[ISA_FORM_entry]) return VM_REFUSED_RESERVED;
    state->row = row;
    state->entry = state->run_start = state->farthest = entry;
    state->end = end;
    state->run_words = FIELD_RUN(word);
    return VM_ACCEPTED;
}

/* A run ends before `next`: is it as short as it said, and passed by no branch? */
static enum vm_refusal close_run(struct state *state, uint32_t next) {
    const uint32_t words = next - state->run_start;
    if (words > state->run_words || state->farthest > next) return VM_REFUSED_FUEL;
    if (state->run_words > state->verdict->run_words) state->verdict->run_words = state->run_words;
    return VM_ACCEPTED;
}

static enum vm_refusal check_forward(struct state *state, uint32_t next, uint32_t disp) {
    if (disp >= state->end - next) return VM_REFUSED_TARGET;
    if (next + disp > state->farthest) state->farthest = next + disp;
    return VM_ACCEPTED;
}

static enum vm_refusal check_back(const struct state *state, uint32_t next, uint32_t disp) {
    if (disp == 0) return VM_REFUSED_FIELD;
    return disp >= next - state->entry ? VM_REFUSED_TARGET : VM_ACCEPTED;
}

/* What a direct call needs of the caller's row: its own part plus the callee's, where 0xffff stands for "no bound". */
static bool covers(uint32_t bound, uint32_t own, uint32_t needs) {
    return bound == VM_UNBOUNDED || (needs != VM_UNBOUNDED && own + needs <= bound);
}

static enum vm_refusal check_call(const struct state *state, uint32_t target, bool is_tail) {
    const struct vm_program *const program = state->program;
    const uint8_t *const callee = find_row(program->functions, program->function_count, VM_FUNCTION_BYTES, target);
    if (callee == NULL) return VM_REFUSED_CALLEE;
    const uint32_t frame = is_tail ? 0 : load_host16(state->row + ROW_FRAME), entries = is_tail ? 0 : 1;
    if (!covers(load_host16(state->row + ROW_DEPTH), frame, load_host16(callee + ROW_DEPTH))) return VM_REFUSED_DEPTH;
    if (!covers(load_host16(state->row + ROW_CALLS), entries, load_host16(callee + ROW_CALLS))) return VM_REFUSED_DEPTH;
    return VM_ACCEPTED;
}

static enum vm_refusal check_unbounded(const struct state *state) {
    const bool unbounded =
        load_host16(state->row + ROW_DEPTH) == VM_UNBOUNDED && load_host16(state->row + ROW_CALLS) == VM_UNBOUNDED;
    return unbounded ? VM_ACCEPTED : VM_REFUSED_DEPTH;
}

static enum vm_refusal check_host_call(struct state *state, uint32_t call) {
    const struct vm_program *const program = state->program;
    if (find_row(program->calls, program->call_count, CALL_BYTES, call) == NULL) return VM_REFUSED_CALL;
    state->verdict->call_groups |= 1ull << (call >> 6);
    return VM_ACCEPTED;
}

/* Opcodes that a form alone does not judge. */
static enum vm_refusal check_formless(struct state *state, uint32_t word, uint32_t next) {
    switch (word & 0xff) {
    case OP_STOP: return VM_REFUSED_OPCODE;
    case OP_LONGJMP: return check_unbounded(state);
    case OP_HCALL: return check_host_call(state, FIELD_U12(word));
    case OP_CHARGE: {
        const enum vm_refusal refusal = close_run(state, next - 1);
        state->run_start = next - 1;
        state->run_words = FIELD_U12(word);
        return refusal;
    }
    default: return VM_ACCEPTED;
    }
}

/* The slots are read here and, as jumps, each in its turn; no slot is a SWITCH, so no word is read more than twice. */
static enum vm_refusal check_switch(struct state *state, uint32_t word, uint32_t next) {
    const uint32_t slots = FIELD_U16(word);
    if (slots == 0) return VM_REFUSED_FIELD;
    if (slots >= state->end - next) return VM_REFUSED_SWITCH;
    for (uint32_t slot = next; slot < next + slots; slot++) {
        const uint32_t op = state->program->code[slot] & 0xff;
        if (op >= OP_J && op <= OP_JF) continue;
        state->at = slot;
        return VM_REFUSED_SWITCH;
    }
    return VM_ACCEPTED;
}
_Static_assert(OP_J + 1 == OP_JB && OP_JB + 1 == OP_JF, "a slot's opcode is one of three in a row");

/* Rows that leave the function, or that the verifier knows by name. */
APART static enum vm_refusal check_control(struct state *state, uint32_t form, uint32_t word, uint32_t next) {
    switch (form) {
    case ISA_FORM_none:
    case ISA_FORM_u16:
    case ISA_FORM_u12: return check_formless(state, word, next);
    case ISA_FORM_entry: return VM_REFUSED_FUNCTION;
    case ISA_FORM_call: return check_call(state, next + (uint32_t)FIELD_CALL24(word), (word & 0xff) == OP_TAIL);
    case ISA_FORM_b: return check_unbounded(state);
    case ISA_FORM_b_n: return check_switch(state, word, next);
    default: return VM_ACCEPTED;
    }
}

static bool ends(uint32_t word) { return isa_op_table[word & 0xff].flags & ISA_FLAG_ENDS; }

/* Rows with a field that not every value is good for: first the frequent ones, which need nothing but the function's
 * bounds. */
APART static enum vm_refusal check_fields(struct state *state, uint32_t word, uint32_t next) {
    const uint32_t form = isa_op_table[word & 0xff].form;
    if (next == state->end && !ends(word)) return VM_REFUSED_END;
    switch (form) {
    case ISA_FORM_jump:
        if ((word & 0xff) == OP_JF) return FIELD_DISP24(word) < state->end - next ? VM_ACCEPTED : VM_REFUSED_TARGET;
        return check_forward(state, next, FIELD_DISP24(word));
    case ISA_FORM_branch: return check_forward(state, next, FIELD_DISP16(word));
    case ISA_FORM_back: return check_back(state, next, FIELD_DISP24(word));
    case ISA_FORM_branch_back: return check_back(state, next, FIELD_DISP16(word));
    case ISA_FORM_add_branch: return check_back(state, next, FIELD_DISP12(word));
    case ISA_FORM_a_b_k5_w5: return FIELD_SHIFT5(word) + FIELD_WIDTH(word) <= 32 ? VM_ACCEPTED : VM_REFUSED_FIELD;
    case ISA_FORM_a_b_rm: return FIELD_ROUNDING(word) <= 4 ? VM_ACCEPTED : VM_REFUSED_FIELD;
    default: return check_control(state, form, word, next);
    }
}

/* No row writes zero, nor one register through two fields. */
APART static enum vm_refusal check_written(uint32_t written, uint32_t word) {
    uint32_t seen = 1; /* register zero */
    for (uint32_t fields = word >> 8; written != 0; written >>= 1, fields >>= 4) {
        if ((written & 1) == 0) continue;
        const uint32_t bit = 1u << (fields & 15);
        if (seen & bit) return VM_REFUSED_REGISTER;
        seen |= bit;
    }
    return VM_ACCEPTED;
}

/* The words behind the entry. Most write a alone or nothing and have no field that could be wrong: they stay in this
 * loop. An opcode without a row cannot pass: the table says of it that it writes a and that all its bits are reserved.
 */
APART static enum vm_refusal check_words(struct state *state) {
    const uint32_t *const code = state->program->code;
    uint32_t flags = 0;
    for (uint32_t index = state->entry + 1; index < state->end; index++) {
        const uint32_t word = code[index];
        const uint32_t form = isa_op_table[word & 0xff].form, row_flags = isa_op_table[word & 0xff].flags;
        const uint32_t written = row_flags & ISA_FLAG_WRITES;
        enum vm_refusal refusal = VM_ACCEPTED;
        flags |= row_flags;
        if (word & isa_reserved[form])
            refusal = VM_REFUSED_RESERVED;
        else if (written == 1 && FIELD_A(word) == 0)
            refusal = VM_REFUSED_REGISTER;
        else if (written > 1)
            refusal = check_written(written, word);
        if (refusal == VM_ACCEPTED && form < ISA_FORMS_CHECKED) refusal = check_fields(state, word, index + 1);
        if (refusal == VM_ACCEPTED) continue;
        if (state->at < index) state->at = index;
        return form == ISA_FORMS ? VM_REFUSED_OPCODE : refusal;
    }
    state->flags |= flags;
    state->at = state->end - 1;
    return ends(code[state->end - 1]) ? close_run(state, state->end) : VM_REFUSED_END;
}

static enum vm_refusal check_function(struct state *state, uint32_t index) {
    const enum vm_refusal refusal = open_function(state, index);
    return refusal == VM_ACCEPTED ? check_words(state) : refusal;
}

static enum vm_refusal check_code(struct state *state) {
    const enum vm_refusal refusal = check_program(state->program);
    if (refusal != VM_ACCEPTED) return refusal;
    if (state->program->code[0] != OP_STOP) return VM_REFUSED_OPCODE;
    for (uint32_t i = 0; i < state->program->function_count; i++) {
        const enum vm_refusal found = check_function(state, i);
        if (found != VM_ACCEPTED) return found;
    }
    return VM_ACCEPTED;
}

/* In units; the wire's "no bound" becomes the verdict's. */
static uint32_t bound_of(uint32_t value, uint32_t unit) { return value == VM_UNBOUNDED ? UINT32_MAX : value * unit; }

enum status vm_verify(const struct vm_program *program, struct vm_verdict *verdict) {
    struct state state = {.program = program, .verdict = verdict, .end = 1};
    *verdict = (struct vm_verdict){0};
    verdict->refusal = check_code(&state);
    verdict->word = verdict->refusal != VM_ACCEPTED ? state.at : 0;
    verdict->uses_float = state.flags & ISA_FLAG_FLOAT;
    if (verdict->refusal != VM_ACCEPTED) return ST_REFUSED;
    const uint8_t *const row = function_row(program, program->entry_function);
    verdict->stack_bytes = bound_of(load_host16(row + ROW_DEPTH), 4);
    verdict->return_entries = bound_of(load_host16(row + ROW_CALLS), 1);
    return ST_OK;
}

const char *vm_refusal_text(enum vm_refusal refusal) {
    switch (refusal) {
    case VM_ACCEPTED: return "accepted";
    case VM_REFUSED_SIZE: return "sizes do not fit";
    case VM_REFUSED_OPCODE: return "no such opcode";
    case VM_REFUSED_RESERVED: return "reserved bits are set";
    case VM_REFUSED_REGISTER: return "writes zero, or a register twice";
    case VM_REFUSED_FIELD: return "operand out of range";
    case VM_REFUSED_TARGET: return "branch leaves its function";
    case VM_REFUSED_CALLEE: return "call to no function";
    case VM_REFUSED_SWITCH: return "switch without its jumps";
    case VM_REFUSED_END: return "runs past its end";
    case VM_REFUSED_FUNCTION: return "function table is wrong";
    case VM_REFUSED_DEPTH: return "needs more stack or calls";
    case VM_REFUSED_FUEL: return "run longer than paid for";
    case VM_REFUSED_CALL: return "host calls not as declared";
    }
    return "?";
}
