/* The assembly dispatch loop against the portable one, on the Cortex-M4 itself: random verified programs, after every
 * stop the whole state. Every opcode must have been executed, or the test says which one was not. */
#include <stdbool.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "core/vm/interpret.h"
#include "device/port/mps2_an386/semihosting.h"

/* interpret_goto.c, under another name. */
int portable_interpret(struct vm *vm, bool once);

enum {
    CODE_WORDS = 48,
    FUNCTIONS = 2,
    RAM_BYTES = 1024,
    READ_ONLY_BYTES = 128,
    RETURN_ENTRIES = 5,
    CALLS = 4,
    ROUNDS = 3000,
    STOPS = 12
};

struct machine {
    struct vm vm;
    uint32_t stack[RETURN_ENTRIES];
    uint8_t ram[RAM_BYTES + VM_PAD_BYTES];
};
static struct machine fast, portable;
static uint32_t code[CODE_WORDS];
static uint8_t functions[FUNCTIONS * VM_FUNCTION_BYTES], calls[2 * CALLS], read_only[READ_ONLY_BYTES + VM_PAD_BYTES];
static const struct vm_program program = {
    .code = code,
    .code_words = CODE_WORDS,
    .functions = functions,
    .function_count = FUNCTIONS,
    .read_only = read_only,
    .read_only_bytes = READ_ONLY_BYTES,
    .calls = calls,
    .call_count = CALLS,
};
static uint32_t seen[256], seed = 1;

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    (void)file;
    semihosting_print(expression);
    semihosting_exit((uint32_t)line);
}

static uint32_t random_bits(void) {
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}
static uint32_t below(uint32_t limit) { return random_bits() % limit; }

static uint32_t interesting_value(void) {
    static const uint32_t values[] = {0,          1,          0xffffffff, 0x7fffffff, 0x80000000, 0x7fc00000,
                                      0x7f800000, 0xff800000, 0x00000001, 0x807fffff, 0x7f800001, 0x3f800000,
                                      0xbf800000, 0x4f000000, 0xcf000001, 0x7c00,     0x3c00,     0xfe01,
                                      31,         32,         0x3fffffff};
    switch (below(8)) {
    case 0: return values[below(sizeof values / sizeof values[0])];
    case 1:
    case 2: return ISA_RAM_BASE - 8 + below(RAM_BYTES + 16);
    case 3: return ISA_RO_BASE - 4 + below(READ_ONLY_BYTES + 8);
    case 4: return ISA_CODE_BASE + below(4 * CODE_WORDS + 8);
    case 5: return 0x3f000000 + (random_bits() & 0x80ffffff);
    case 6: return below(64);
    default: return random_bits();
    }
}

static uint32_t field_value(const struct isa_field *field) {
    const uint32_t mask = field->bits == 32 ? ~0u : (1u << field->bits) - 1;
    switch (field->kind) {
    case ISA_KIND_offset: return (below(80) - 1024u + (below(4) == 0 ? below(1024) : 0)) & mask;
    case ISA_KIND_forward: return below(6);
    case ISA_KIND_back: return 1 + below(8);
    case ISA_KIND_rounding: return below(5);
    case ISA_KIND_run: return CODE_WORDS;
    case ISA_KIND_frame: return below(8);
    case ISA_KIND_count: return 1 + below(3);
    case ISA_KIND_simm: return (below(3) ? below(64) - 32 : random_bits()) & mask;
    default: return random_bits() & mask;
    }
}

static uint32_t random_word(enum isa_op op) {
    const struct isa_form_info *form = &isa_form_table[isa_op_table[op].form];
    uint32_t word = op;
    for (uint32_t i = 0; i < form->field_count; i++) word |= field_value(&form->field[i]) << form->field[i].low;
    return word & ~form->reserved;
}

static enum isa_op random_op(void) {
    for (;;) {
        const uint32_t op = below(256);
        if (isa_op_table[op].form == ISA_FORMS || op == OP_STOP) continue;
        const bool ends = (isa_op_table[op].flags & ISA_FLAG_ENDS) || (op >= OP_ENTRY0 && op <= OP_ENTRY2);
        if (!ends || below(6) == 0) return (enum isa_op)op;
    }
}

/* Changes a word that the verifier refused into something that it may accept. */
static void repair(uint32_t last_of_first, uint32_t tries, const struct vm_verdict *verdict) {
    const uint32_t at = verdict->word;
    require(at > 0 && at < CODE_WORDS);
    const uint32_t op = code[at] & 0xff;
    if (at == last_of_first || at == CODE_WORDS - 1)
        code[at] = OP_RET;
    else if (verdict->refusal == VM_REFUSED_SWITCH && op != OP_SWITCH)
        code[at] = OP_J;
    else if (tries > 2 * CODE_WORDS)
        code[at] = random_word(OP_MOV) | 0xa00;
    else if (op == OP_CALL || op == OP_TAIL)
        code[at] = op | ((below(2) ? 1 : last_of_first + 1) - at - 1) << 8;
    else if (op == OP_HCALL)
        code[at] = OP_HCALL | below(CALLS) << 22;
    else if (op == OP_SWITCH && at + 3 < CODE_WORDS && at + 3 != last_of_first) {
        code[at] = (code[at] & 0xffff) | 2u << 16;
        code[at + 1] = OP_J | below(2) << 8;
        code[at + 2] = OP_JB | 2u << 8;
    } else
        code[at] = random_word(below(2) ? random_op() : OP_LW) | 0xa00;
}

/* Word 0 is STOP; the functions share the rest, each ending in a return. False: could not be made acceptable. */
static bool make_program(void) {
    code[0] = OP_STOP;
    for (uint32_t i = 1; i < CODE_WORDS; i++) code[i] = random_word(random_op());
    const uint32_t second = CODE_WORDS / 2, entries[FUNCTIONS] = {1, second};
    for (uint32_t f = 0; f < FUNCTIONS; f++) {
        code[entries[f]] = random_word((enum isa_op)(OP_ENTRY0 + below(3))) | 1u << 30;
        store_le32(functions + f * VM_FUNCTION_BYTES, entries[f]);
        memset(functions + f * VM_FUNCTION_BYTES + 4, 0xff, 6);
        memset(functions + f * VM_FUNCTION_BYTES + 10, 0, 2);
    }
    code[second - 1] = random_word((enum isa_op)(OP_RET + below(4)));
    code[CODE_WORDS - 1] = random_word((enum isa_op)(OP_RET + below(4)));
    struct vm_verdict verdict;
    for (uint32_t tries = 0; tries < 4 * CODE_WORDS; tries++) {
        if (vm_verify(&program, &verdict) == ST_OK) return true;
        repair(second - 1, tries, &verdict);
    }
    return false;
}

static void start(struct machine *machine) {
    vm_init(&machine->vm, &program, machine->ram, RAM_BYTES, machine->stack, RETURN_ENTRIES);
    require(vm_enter(&machine->vm, 1) == ST_OK);
}
static void seed_both(void) {
    start(&fast);
    for (uint32_t i = 1; i < VM_REGISTERS; i++) fast.vm.reg[i] = interesting_value();
    if (below(4)) fast.vm.reg[2] = ISA_RAM_BASE + 128 + 4 * below(64);
    for (uint32_t i = 0; i < sizeof fast.ram; i++) fast.ram[i] = (uint8_t)random_bits();
    for (uint32_t i = 0; i < READ_ONLY_BYTES; i++) read_only[i] = (uint8_t)random_bits();
    start(&portable);
    memcpy(portable.vm.reg, fast.vm.reg, sizeof fast.vm.reg);
    memcpy(portable.ram, fast.ram, sizeof fast.ram);
}

/* What differs between the two, or NULL. */
static const char *difference(int stop_fast, int stop_portable) {
    if (stop_fast != stop_portable) return "stop";
    if (memcmp(fast.vm.reg, portable.vm.reg, sizeof fast.vm.reg) != 0) return "registers";
    if (fast.vm.pc != portable.vm.pc) return "pc";
    if (fast.vm.fuel != portable.vm.fuel) return "fuel";
    if (fast.vm.return_depth != portable.vm.return_depth) return "return depth";
    if (memcmp(fast.stack, portable.stack, 4 * fast.vm.return_depth) != 0) return "return stack";
    if (memcmp(fast.ram, portable.ram, sizeof fast.ram) != 0) return "memory";
    if ((stop_fast == VM_STOP_CALL || stop_fast == VM_STOP_BREAK) && fast.vm.call != portable.vm.call) return "call";
    if (stop_fast == VM_STOP_TRAP &&
        (fast.vm.trap != portable.vm.trap || fast.vm.trap_detail != portable.vm.trap_detail))
        return "trap";
    return NULL;
}

static void report(const char *what, uint32_t round, uint32_t word) {
    semihosting_print("differ in ");
    semihosting_print(what);
    semihosting_print(", round ");
    semihosting_print_hex(round);
    semihosting_print(", word ");
    semihosting_print_hex(word);
    semihosting_print("\nindex: fast, portable: ");
    semihosting_print_hex(fast.vm.pc);
    semihosting_print(" ");
    semihosting_print_hex(portable.vm.pc);
    for (uint32_t i = 0; i < VM_REGISTERS; i++) {
        semihosting_print("\n");
        semihosting_print_hex(fast.vm.reg[i]);
        semihosting_print(" ");
        semihosting_print_hex(portable.vm.reg[i]);
    }
    semihosting_print("\n");
    semihosting_exit(1);
}

/* One word at a time, so that a difference names its word, or until a stop. */
static void run_both(uint32_t round, bool once) {
    for (uint32_t stops = 0; stops < (once ? 8u * STOPS : STOPS); stops++) {
        fast.vm.fuel = portable.vm.fuel = (int32_t)below(100);
        const uint32_t word = code[portable.vm.pc];
        const int stop_portable = portable_interpret(&portable.vm, once), stop_fast = vm_interpret(&fast.vm, once);
        if (once) seen[word & 0xff]++;
        const char *what = difference(stop_fast, stop_portable);
        if (what) report(what, round, word);
        if (stop_fast == VM_STOP_TRAP || stop_fast == VM_STOP_RETURN) return;
    }
}

int main(void) {
    for (uint32_t i = 0; i < CALLS; i++) store_le16(calls + 2 * i, (uint16_t)(i * 64));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        while (!make_program()) {
        }
        for (uint32_t once = 0; once < 2; once++) {
            seed_both();
            run_both(round, once);
        }
    }
    uint32_t missing = 0;
    for (uint32_t op = 0; op < 256; op++) {
        if (isa_op_table[op].form == ISA_FORMS || seen[op] > 0) continue;
        missing++;
        semihosting_print("never executed: opcode ");
        semihosting_print_hex(op);
        semihosting_print("\n");
    }
    semihosting_print(missing ? "" : "both interpreters agree\n");
    semihosting_exit(missing ? 1 : 0);
}
