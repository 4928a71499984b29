/* vm: runs one verified guest program inside memory that the caller hands over.
 *
 * The VM owns no clock, no I/O and no heap, and calls nothing above it: it runs until it must stop, and says why. The
 * caller decides what to do next. What a word means is in spec/isa.md; what makes a program acceptable in
 * spec/verifier.md. Source of all formats: spec/isa.json, spec/isa.md. The host must be little-endian: code is executed
 * where it lies. */
#ifndef SKEP_CORE_VM_VM_H
#define SKEP_CORE_VM_VM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/vm/isa.h"

enum {
    VM_REGISTERS = 16,
    VM_CALL_ARGUMENTS_MAX = 6,
    VM_PAD_BYTES = 8, /* follow both windows, so that one compare serves every access width */
    VM_CODE_WORDS_MAX = 1 << 20,
    VM_FUNCTION_BYTES = 12, /* a row of the function table, spec/isa.md section 5 */
    VM_UNBOUNDED = 0xffff,  /* in a function row: bounded by the stack's limit only */
    VM_RUN_WORDS_MAX = 4095,
    VM_BLOCK_STEP_BYTES = 16384,
    VM_JUMP_BUFFER_BYTES = 32,
};

/* A program as it lies in the artifact; nothing in here is written. `code` is 4-byte aligned. */
struct vm_program {
    const uint32_t *code;
    uint32_t code_words;
    const uint8_t *functions; /* function_count rows of VM_FUNCTION_BYTES */
    uint32_t function_count;
    const uint8_t *read_only; /* read_only_bytes, then VM_PAD_BYTES zero bytes that are readable too */
    uint32_t read_only_bytes;
    const uint8_t *calls; /* host calls declared: call_count little-endian u16, ascending, no duplicates */
    uint32_t call_count;
    uint32_t entry_function; /* row of the function that starts the program */
};

enum vm_refusal {
    VM_ACCEPTED = 0,
    VM_REFUSED_SIZE,     /* no code, too many words, or tables that do not fit them */
    VM_REFUSED_OPCODE,   /* an opcode value without a row, STOP outside word 0 or missing there */
    VM_REFUSED_RESERVED, /* bits that no field covers are set */
    VM_REFUSED_REGISTER, /* zero is written, or one register twice */
    VM_REFUSED_FIELD,    /* an immediate outside what its row allows */
    VM_REFUSED_TARGET,   /* a branch leaves its function or meets its entry */
    VM_REFUSED_CALLEE,   /* a call target is no entry */
    VM_REFUSED_SWITCH,   /* the words after SWITCH are not all jumps inside the function */
    VM_REFUSED_END,      /* a function can run past its last word */
    VM_REFUSED_FUNCTION, /* the function table is out of order, or disagrees with an entry word */
    VM_REFUSED_DEPTH,    /* a row's depth or calls is less than its callees need */
    VM_REFUSED_FUEL,     /* an uncharged run is longer than it says, or a branch passes a CHARGE */
    VM_REFUSED_CALL,     /* a host call that is not declared; or the declaration is not ascending */
};

/* What verification found. On refusal `word` says where; the rest is valid on acceptance. */
struct vm_verdict {
    enum vm_refusal refusal;
    uint32_t word;
    uint32_t stack_bytes;    /* worst stack of the entry function; UINT32_MAX: bounded by limit */
    uint32_t return_entries; /* worst return stack of the entry function, without vm_enter's own entry; UINT32_MAX: by
                                limit */
    uint32_t run_words;      /* longest uncharged run */
    uint64_t call_groups;    /* bit g: a call of group g (call number >> 6) is used */
    bool uses_float;
};

/* Accepts or refuses a program: one pass over the words, fixed memory, no recursion. ST_OK or ST_REFUSED; the verdict
 * says the rest. Precondition: the pointers cover the sizes that the program states; nothing changes while it runs. */
enum status vm_verify(const struct vm_program *program, struct vm_verdict *verdict);
const char *vm_refusal_text(enum vm_refusal refusal);

enum vm_stop { VM_STOP_BUDGET, VM_STOP_CALL, VM_STOP_BREAK, VM_STOP_RETURN, VM_STOP_TRAP };

enum vm_trap {
    VM_TRAP_NONE = 0,
    VM_TRAP_UNREACHABLE,
    VM_TRAP_MEMORY,
    VM_TRAP_DIVIDE,
    VM_TRAP_CALL_TARGET,
    VM_TRAP_CALL_DEPTH,
    VM_TRAP_JUMP,
};
const char *vm_trap_text(enum vm_trap trap);

/* One guest. The caller may read all of it between runs and write reg and fuel. */
struct vm {
    uint32_t reg[VM_REGISTERS];
    uint32_t pc;   /* word index; after a trap the word that trapped, else the next to execute */
    int32_t fuel;  /* words left; below zero is a debt (spec/isa.md section 4) */
    uint32_t call; /* after VM_STOP_CALL: the call's number; after VM_STOP_BREAK: its code */
    uint32_t trap; /* enum vm_trap; valid after VM_STOP_TRAP */
    uint32_t trap_detail;

    /* below: set by vm_init, private to core/vm */
    uint8_t *ram;       /* guest address ISA_RAM_BASE */
    uint32_t ram_bytes; /* without the pad */
    const uint32_t *code;
    uint32_t code_words;
    const uint8_t *read_only;
    uint32_t read_only_bytes;
    uint32_t *return_stack;
    uint32_t return_depth, return_entries;
    uint32_t jump_mark; /* the last number given by SETJMP */
};

/* Sets up `vm` over memory that outlives it: ram of ram_bytes + VM_PAD_BYTES, and a return stack of return_entries
 * words. Registers, RAM and pad are zeroed; the stack pointer, reg[2], is the caller's to set. The program must have
 * been accepted by vm_verify and must not change while the VM lives. Nothing runs before vm_enter. Precondition:
 * ram_bytes < ISA_RO_BASE - ISA_RAM_BASE, return_entries >= 1. */
void vm_init(struct vm *vm, const struct vm_program *program, void *ram, uint32_t ram_bytes, uint32_t *return_stack,
             uint32_t return_entries);

/* Makes the function whose entry is word `entry` the next to run, its return being VM_STOP_RETURN.
 * ST_INVALID when the word is no entry, ST_FULL when the return stack has no room. */
enum status vm_enter(struct vm *vm, uint32_t entry);

/* Runs until it must stop; with fuel below zero that is at once (VM_STOP_BUDGET). vm->fuel is spent; the caller refills
 * it. Never fails: whatever the guest did is a stop. After VM_STOP_RETURN, pc stays at word 0. */
enum vm_stop vm_run(struct vm *vm);

/* The same for at most *words words, one by one; leaves there what is left of them. VM_STOP_BUDGET: they or the fuel
 * are used up. Words that trapped do not count. */
enum vm_stop vm_run_words(struct vm *vm, uint32_t *words);

/* What vm_call sets aside; the caller keeps it until vm_call_end. */
struct vm_saved {
    uint32_t reg[VM_REGISTERS];
    uint32_t pc, return_depth;
};

/* Calls a guest function at a wait point (after VM_STOP_CALL, BUDGET or RETURN): sets the present state aside, places
 * up to VM_CALL_ARGUMENTS_MAX arguments in a0.. and enters the function at code address `target` (its entry must be
 * marked as taken). Ends with VM_STOP_RETURN, the result in a0; then vm_call_end brings the former state back. Calls
 * nest. ST_INVALID: no such function. ST_FULL: no room on the return stack. Nothing changed in either case. A guest
 * that leaves the called function by a longjmp runs on where that leads; vm_call_end is safe then too, and what the
 * guest gets is its own affair. */
enum status vm_call(struct vm *vm, uint32_t target, const uint32_t *arguments, size_t count, struct vm_saved *saved);
void vm_call_end(struct vm *vm, const struct vm_saved *saved);

/* Guest memory as the host sees it. NULL unless [address, address + length) lies in RAM (or, for reading, in the
 * read-only window); the sum is checked in 64 bits. A length of 0 gives a non-NULL pointer for any address. */
uint8_t *vm_memory_write(struct vm *vm, uint32_t address, uint32_t length);
const uint8_t *vm_memory_read(const struct vm *vm, uint32_t address, uint32_t length);

/* The checking interpreter: the same results as vm_run, one word at a time, with breakpoints, watches and a step
 * limit (1 traces). A breakpoint stops before its word, a watch after the word that touched its bytes. Only debugged
 * tasks use it. */
enum vm_event { VM_EVENT_NONE, VM_EVENT_BREAKPOINT, VM_EVENT_WATCH, VM_EVENT_STEPS };
struct vm_watch {
    uint32_t address, length;
    bool reads, writes;
};
struct vm_debug {
    const uint32_t *breakpoints; /* word indices */
    uint32_t breakpoint_count;
    const struct vm_watch *watches;
    uint32_t watch_count;
    uint64_t step_limit; /* stop with VM_STOP_BREAK after so many words of this run; 0: none */
    bool skip_first;     /* do not stop at a breakpoint on the first word: how one goes on from it */

    enum vm_event event;  /* after VM_STOP_BREAK: why; NONE means a BREAK word */
    uint32_t event_index; /* which breakpoint or watch */
    uint64_t steps;       /* words executed, in all */
};
enum vm_stop vm_run_checked(struct vm *vm, struct vm_debug *debug);

#endif
