/* differential: one program on all three interpreters in step, compared at every stop: registers, memory, return stack,
 * pc, fuel, trap. */
#ifndef SKEP_TEST_ORACLE_DIFFERENTIAL_H
#define SKEP_TEST_ORACLE_DIFFERENTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/vm/vm.h"

enum { DIFFERENCE_BYTES = 200 };

/* What happened over many runs, so that a test can see that it tested something. */
struct differential_counts {
    uint64_t executed[256]; /* by opcode */
    uint64_t stops[VM_STOP_TRAP + 1], traps[VM_TRAP_JUMP + 1];
};

/* Runs an accepted program; the seed decides its registers, memory, return stack and slices of fuel. False where the
 * interpreters differ, or where more words were executed than were paid for; `difference` says how. counts may be NULL.
 */
bool differential_run(const struct vm_program *program, uint64_t seed, struct differential_counts *counts,
                      char difference[DIFFERENCE_BYTES]);

#endif
