/* listing: bytecode as text, one line a word, from the generated tables. Knows no files, no artifacts and no DWARF:
 * whoever has names and source lines hands them over. Takes any words, verified or not; what has no meaning is shown as
 * a number.
 *
 * A word's text is `mnemonic operand, operand, ...`, the operands in the order of the row's fields (spec/isa_table.md):
 * registers by name, offsets as the byte offset that applies, targets as `index <function+words>`, frames in bytes. */
#ifndef SKEP_TOOLCHAIN_LISTING_LISTING_H
#define SKEP_TOOLCHAIN_LISTING_LISTING_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/vm/vm.h"

/* Where a word comes from in the source. */
struct listing_place {
    const char *file; /* NULL: not known */
    uint32_t line;
    const char *text; /* the line itself, without its end; NULL when the file is not at hand */
};

/* What is to be listed. All of it belongs to the caller. */
struct listing {
    const struct vm_program *program;
    const char *const *names;           /* one per function row, NULL where not known; or NULL */
    const struct listing_place *places; /* one per word; or NULL */
};

#define LISTING_NONE UINT32_MAX
enum { LISTING_WORD_BYTES = 256, LISTING_NAME_BYTES = 96 };

/* First word of a function row, and the word after its last one. Any row number is safe. */
uint32_t listing_function_entry(const struct vm_program *program, uint32_t row);
uint32_t listing_function_end(const struct vm_program *program, uint32_t row);
/* The row of the function that holds the word, or LISTING_NONE. */
uint32_t listing_function_of(const struct vm_program *program, uint32_t word);
/* The name of a row: the one handed over, else "function_N". */
void listing_function_name(const struct listing *listing, uint32_t row, char to[LISTING_NAME_BYTES]);

/* One word as text, cut where `to` ends. A word outside the program gives "". */
void listing_word(const struct listing *listing, uint32_t word, char to[LISTING_WORD_BYTES]);

/* The words [first, end) as lines: a header before each function, the source line before its first word when places are
 * there. */
void listing_write(const struct listing *listing, uint32_t first, uint32_t end, FILE *to);

#endif
