#include "programs/skep/trap_reason.h"

#include <inttypes.h>
#include <string.h>

enum { REGISTER_SP = 2, NEAR_BYTES = 4096 };

/* How a row reaches memory, in words. */
struct access {
    const char *text;
    bool is_store;
};
#define LOAD(bytes)  {"a load of " bytes, false}
#define STORE(bytes) {"a store of " bytes, true}
static const struct access accesses[256] = {
    [OP_LB] = LOAD("1 byte"),
    [OP_LBU] = LOAD("1 byte"),
    [OP_LB_P] = LOAD("1 byte"),
    [OP_LBU_P] = LOAD("1 byte"),
    [OP_LB_X] = LOAD("1 byte"),
    [OP_LBU_X] = LOAD("1 byte"),
    [OP_LH] = LOAD("2 bytes"),
    [OP_LHU] = LOAD("2 bytes"),
    [OP_LH_P] = LOAD("2 bytes"),
    [OP_LHU_P] = LOAD("2 bytes"),
    [OP_LH_X] = LOAD("2 bytes"),
    [OP_LHU_X] = LOAD("2 bytes"),
    [OP_LH_A] = LOAD("2 bytes"),
    [OP_LHU_A] = LOAD("2 bytes"),
    [OP_LW] = LOAD("4 bytes"),
    [OP_LW_P] = LOAD("4 bytes"),
    [OP_LW_X] = LOAD("4 bytes"),
    [OP_LW_A] = LOAD("4 bytes"),
    [OP_LWPAIR] = LOAD("8 bytes"),
    [OP_SB] = STORE("1 byte"),
    [OP_SB_P] = STORE("1 byte"),
    [OP_SB_X] = STORE("1 byte"),
    [OP_SH] = STORE("2 bytes"),
    [OP_SH_P] = STORE("2 bytes"),
    [OP_SH_X] = STORE("2 bytes"),
    [OP_SH_A] = STORE("2 bytes"),
    [OP_SW] = STORE("4 bytes"),
    [OP_SW_P] = STORE("4 bytes"),
    [OP_SW_X] = STORE("4 bytes"),
    [OP_SW_A] = STORE("4 bytes"),
    [OP_SWPAIR] = STORE("8 bytes"),
    [OP_ENTRY0] = {"a push on entry of a function", true},
    [OP_ENTRY1] = {"a push on entry of a function", true},
    [OP_ENTRY2] = {"a push on entry of a function", true},
    [OP_RET0] = {"a pop on leaving a function", false},
    [OP_RET1] = {"a pop on leaving a function", false},
    [OP_RET2] = {"a pop on leaving a function", false},
    [OP_BCOPY] = {"a copy (memcpy, memmove or a struct)", true},
    [OP_BFILL] = {"a fill (memset)", true},
    [OP_BCMP] = {"a comparison (memcmp)", false},
    [OP_BFIND] = {"a search (memchr or strlen)", false},
    [OP_SETJMP] = {"setjmp's buffer", true},
};
#undef LOAD
#undef STORE

/* The stack grows down to ISA_RAM_BASE and, when that is not enough, below it or around zero. */
static bool stack_overflowed(const struct trap_facts *facts, uint32_t word) {
    uint32_t sp = facts->reg[REGISTER_SP], op = word & 0xff;
    if (op == OP_ENTRY0 || op == OP_ENTRY1 || op == OP_ENTRY2) sp -= 4 * isa_bits(word, 20, 10);
    return (int32_t)sp < ISA_RAM_BASE;
}

static void memory_reason(const struct trap_facts *facts, const struct vm_program *program, uint32_t word,
                          const struct artifact_manifest *manifest, struct trap_reason *reason) {
    const char *access = accesses[word & 0xff].text ? accesses[word & 0xff].text : "an access";
    uint32_t address = facts->detail, ram_end = ISA_RAM_BASE + (manifest ? manifest->ram_bytes : 0);
    uint32_t into_read_only = address - ISA_RO_BASE, into_code = address - ISA_CODE_BASE;
#define REASON(...) snprintf(reason->text, sizeof reason->text, __VA_ARGS__)
#define ADVICE(...) snprintf(reason->advice, sizeof reason->advice, __VA_ARGS__)
    reason->stack_overflow = stack_overflowed(facts, word);
    if (reason->stack_overflow) {
        REASON("stack overflow: %s at address 0x%08" PRIx32 ", sp is 0x%08" PRIx32 " and the stack ends at 0x%08x",
               access, address, facts->reg[REGISTER_SP], (unsigned)ISA_RAM_BASE);
        ADVICE("look for endless recursion or large local arrays; if the program needs more than its %" PRIu32
               " bytes, raise stack in skep.toml",
               manifest ? manifest->stack_bytes : 0);
    } else if (address < ISA_RAM_BASE) {
        REASON("null pointer: %s at address 0x%08" PRIx32, access, address);
        ADVICE("a pointer is NULL here%s", address ? "; the address is the offset of the member or element" : "");
    } else if (program && into_read_only < program->read_only_bytes && accesses[word & 0xff].is_store) {
        REASON("write to read-only data: %s at address 0x%08" PRIx32, access, address);
        ADVICE("string literals and const objects cannot be changed: copy them to an array first");
    } else if (program && into_read_only - program->read_only_bytes < NEAR_BYTES) {
        REASON("past the end of read-only data: %s at address 0x%08" PRIx32, access, address);
        ADVICE("an index or a length is too large for a const array or string");
    } else if (program && into_code < program->code_words * 4) {
        REASON("code is no data: %s at address 0x%08" PRIx32, access, address);
        ADVICE("a function pointer is used as a pointer to data here");
    } else if (manifest && address - ram_end < NEAR_BYTES) {
        REASON("past the end of memory: %s at address 0x%08" PRIx32 ", which ends at 0x%08" PRIx32, access, address,
               ram_end);
        ADVICE("an index or a length is too large; or the program needs more heap than skep.toml gives it");
    } else {
        REASON("wild pointer: %s at address 0x%08" PRIx32 ", where the program has no memory", access, address);
        ADVICE("a pointer was not set, was overwritten, or a length or index is far too large");
    }
#undef REASON
#undef ADVICE
}

static struct trap_reason call_target_reason(const struct trap_facts *facts) {
    struct trap_reason reason = {0};
    if (facts->detail == 0) {
        snprintf(reason.text, sizeof reason.text, "call through a null function pointer");
        snprintf(reason.advice, sizeof reason.advice, "the function pointer was not set: check it before the call");
        return reason;
    }
    snprintf(reason.text, sizeof reason.text, "call of 0x%08" PRIx32 ", which is no function", facts->detail);
    snprintf(reason.advice, sizeof reason.advice,
             "the function pointer was not set, or was overwritten by something that wrote past its end");
    return reason;
}

/* The C library's abort is a function with a TRAP word in it; compilers put one where they hold that nothing goes on.
 */
static struct trap_reason unreachable_reason(const char *function) {
    if (function && strcmp(function, "abort") == 0)
        return (struct trap_reason){.text = "abort was called",
                                    .advice = "look at its caller below, and at what the program printed last: a "
                                              "failed assert, a call that was refused, "
                                              "or "
                                              "its own decision"};
    return (struct trap_reason){.text = "code that must not be reached",
                                .advice = "a function that must return a value and does not, __builtin_trap, or code "
                                          "that is undefined in C, which the "
                                          "compiler left out; -O0 and -Wall show which"};
}

struct trap_reason trap_reason_of(const struct trap_facts *facts, const struct vm_program *program,
                                  const struct artifact_manifest *manifest, const char *function) {
    struct trap_reason reason = {0};
    uint32_t word = program && facts->pc < program->code_words ? program->code[facts->pc] : 0;
    switch ((enum vm_trap)facts->trap) {
    case VM_TRAP_NONE: return (struct trap_reason){.text = "no trap", .advice = "nothing"};
    case VM_TRAP_UNREACHABLE: return unreachable_reason(function);
    case VM_TRAP_MEMORY: memory_reason(facts, program, word, manifest, &reason); return reason;
    case VM_TRAP_DIVIDE:
        return (struct trap_reason){.text = "division by zero", .advice = "check the divisor before dividing"};
    case VM_TRAP_CALL_TARGET: return call_target_reason(facts);
    case VM_TRAP_CALL_DEPTH:
        snprintf(reason.text, sizeof reason.text,
                 "calls nested too deep: all %" PRIu32 " entries of the return stack are used", facts->detail);
        snprintf(reason.advice, sizeof reason.advice,
                 "look for endless recursion in the call stack; if the depth is meant, raise stack in skep.toml");
        return reason;
    case VM_TRAP_JUMP:
        snprintf(reason.text, sizeof reason.text, "longjmp to a place that is gone (buffer at 0x%08" PRIx32 ")",
                 facts->detail);
        snprintf(reason.advice, sizeof reason.advice,
                 "the function that called setjmp has returned, or the buffer was never filled or was overwritten");
        return reason;
    }
    snprintf(reason.text, sizeof reason.text, "trap number %" PRIu32, facts->trap);
    return reason;
}
