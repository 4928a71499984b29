/* oracle: runs a verified program the naive way, one row of spec/isa_table.md at a time, in 64-bit arithmetic with
 * every check spelt out.
 *
 * Written from spec/isa.md and spec/isa_table.md alone, so that it and core/vm have no mistake in common. Slow; for
 * tests only. */
#ifndef SKEP_TEST_ORACLE_ORACLE_H
#define SKEP_TEST_ORACLE_ORACLE_H

#include <stdint.h>

#include "core/vm/vm.h"

struct oracle {
    uint32_t reg[VM_REGISTERS];
    uint32_t pc;
    int32_t fuel;
    uint32_t call;              /* number after VM_STOP_CALL, code after VM_STOP_BREAK */
    uint32_t trap, trap_detail; /* after VM_STOP_TRAP */

    const struct vm_program *program;
    uint8_t *ram; /* ram_bytes, then VM_PAD_BYTES */
    uint32_t ram_bytes;
    uint32_t *return_stack;
    uint32_t return_depth, return_entries;
    uint32_t jump_mark;
    uint64_t words;   /* executed so far, for checking that fuel bounds them */
    uint64_t *counts; /* of words executed, by opcode; may be NULL */
    bool charged;     /* the present row has charged */
};

/* As vm_init and vm_enter; the entry is the program's, marked by the caller as `entry`. */
void oracle_init(struct oracle *oracle, const struct vm_program *program, void *ram, uint32_t ram_bytes,
                 uint32_t *return_stack, uint32_t return_entries);
void oracle_enter(struct oracle *oracle, uint32_t entry);
enum vm_stop oracle_run(struct oracle *oracle);

/* As vm_call and vm_call_end. */
enum status oracle_call(struct oracle *oracle, uint32_t target, const uint32_t *arguments, size_t count,
                        struct vm_saved *saved);
void oracle_call_end(struct oracle *oracle, const struct vm_saved *saved);

#endif
