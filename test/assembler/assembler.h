/* assembler: programs for tests, written as text, and words printed as that text.
 *
 * A statement is a row of spec/isa_table.md with its operands in the order of the form's fields; statements end at a
 * newline or a semicolon, and # begins a comment: li a0, 10; loop: addi a0, a0, -1; bne a0, zero, loop; ret The text
 * starts in function `main` unless it starts with another one. Word 0 (STOP), ENTRY words with their run, and the
 * function table with its depths are added. It encodes whatever fits the fields, sensible or not: judging is the
 * verifier's job.
 *
 *   name:                  a label; branch, jump and call operands are a label or the field's number
 *   func NAME [key=N ..]   begins a function. keys: frame and saves (0..2) of the ENTRY word, taken, run; row_frame,
 * depth and calls of the table's row. What is not given is computed set REG, N             two words: any 32-bit
 * number, or @NAME, the code address of a label charge                 without an operand: the right one .word N .entry
 * NAME  .declare N  (a host call that is declared though not used) .raw                   at the start: no STOP and no
 * function are added A branch or J to a label behind it becomes the backward row. Offsets are in bytes as the program
 * sees them, widths 1 to 32. */
#ifndef SKEP_TEST_ASSEMBLER_ASSEMBLER_H
#define SKEP_TEST_ASSEMBLER_ASSEMBLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/vm/vm.h"

enum {
    ASSEMBLY_WORDS_MAX = 8192,
    ASSEMBLY_FUNCTIONS_MAX = 128,
    ASSEMBLY_CALLS_MAX = 128,
    ASSEMBLY_ERROR_BYTES = 160,
    ASSEMBLY_LINE_BYTES = 96, /* holds any printed word */
};

struct assembly {
    uint32_t words[ASSEMBLY_WORDS_MAX];
    uint32_t word_count;
    uint8_t functions[ASSEMBLY_FUNCTIONS_MAX * VM_FUNCTION_BYTES];
    uint32_t function_count, entry_function;
    uint8_t calls[ASSEMBLY_CALLS_MAX * 2];
    uint32_t call_count;
    char error[ASSEMBLY_ERROR_BYTES]; /* what was wrong, and in which statement; empty when nothing was */
};

/* False with out->error filled when the text is wrong. */
bool assemble(const char *text, struct assembly *out);

/* The program as the VM takes it. `read_only` is followed by VM_PAD_BYTES zero bytes; NULL when read_only_bytes is 0.
 * It points into the assembly. */
struct vm_program assembly_program(const struct assembly *assembly, const uint8_t *read_only, uint32_t read_only_bytes);

/* One word as a statement that assembles to it again; .word where no row fits. */
void assembly_print_word(uint32_t word, char to[ASSEMBLY_LINE_BYTES]);

/* A function row or a call number as it lies in the program. */
struct assembly_row {
    uint32_t entry;
    uint16_t frame, depth, calls, zero;
};
struct assembly_row assembly_row_get(const uint8_t *functions, uint32_t index);
void assembly_row_put(uint8_t *functions, uint32_t index, struct assembly_row row);

/* Opcode with that lower-case name, or -1. */
int assembly_opcode(const char *name);

#endif
