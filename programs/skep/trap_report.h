/* trap_report: says for people, or as JSON for programs, why a guest trapped and where in its source.
 *
 * The caller hands over what the VM held when it stopped; the report reads the artifact and, when they lie beside it
 * and belong to it, NAME.elf and NAME.map. What is missing is said in the report and the rest is printed: no artifact,
 * no sidecar, no -g are all fine. Never fails, writes nothing but the report, and takes the facts as they are: any
 * numbers are safe. */
#ifndef SKEP_PROGRAMS_SKEP_TRAP_REPORT_H
#define SKEP_PROGRAMS_SKEP_TRAP_REPORT_H

#include <stdint.h>
#include <stdio.h>

#include "core/vm/vm.h"

/* A stopped guest, as vm.h numbers it. */
struct trap_facts {
    const char *artifact_path; /* NAME.cvm1; NULL when there is no file */
    const char *task;          /* what the board calls the task; NULL: the artifact's name */
    uint32_t trap;             /* enum vm_trap */
    uint32_t detail;           /* vm->trap_detail */
    uint32_t pc;               /* index of the word that trapped */
    uint32_t reg[VM_REGISTERS];
    const uint32_t *return_stack; /* oldest entry first, as it lies in memory; marks may be set */
    uint32_t return_depth;        /* entries */
    const uint8_t *ram; /* guest RAM from ISA_RAM_BASE, for the local variables; NULL when it is not at hand */
    uint32_t ram_bytes;
};

void trap_report_print(const struct trap_facts *facts, FILE *to);

/* One object on one line, with a newline behind it:
 * {"task", "trap", "reason", "advice", "detail", "word", "function", "file", "line", "frames": [{"word", "function",
 * "file", "line", "column", "inlined"}], "registers": {name: value}, "locals": [{"name", "type", "value"}], "notes":
 * [text]}; what is not known is null. Innermost frame first. */
void trap_report_json(const struct trap_facts *facts, FILE *to);

#endif
