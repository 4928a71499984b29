/* trap_reason: a trap in words: what happened, and what to do about it. Pure text from numbers; any are safe. */
#ifndef SKEP_PROGRAMS_SKEP_TRAP_REASON_H
#define SKEP_PROGRAMS_SKEP_TRAP_REASON_H

#include "core/wire/artifact.h"
#include "programs/skep/trap_report.h"

enum { TRAP_REASON_BYTES = 256 };

struct trap_reason {
    char text[TRAP_REASON_BYTES];   /* "null pointer: a load of 4 bytes at address 0x0000000c" */
    char advice[TRAP_REASON_BYTES]; /* "the pointer is NULL, or ..." */
    bool stack_overflow;            /* then nothing that lies on the stack can be read from the frame */
};

/* `program` and `manifest` are the artifact's; both NULL when it is not at hand. `function` is the one that trapped, as
 * far as it is known. */
struct trap_reason trap_reason_of(const struct trap_facts *facts, const struct vm_program *program,
                                  const struct artifact_manifest *manifest, const char *function);

#endif
