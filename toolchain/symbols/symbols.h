/* symbols: from a bytecode word back to the source it was made from: function, file, line, the calls that were inlined
 * there, and the variables in scope. Reads the contents of NAME.elf and NAME.map, which `skep build` writes beside
 * NAME.cvm1; opens no files.
 *
 * Contents that belong to another build are refused, never used. Without -g there are function names only; what is not
 * known is NULL or 0. Any bytes are safe. Text handed out lives as long as the symbols. */
#ifndef SKEP_TOOLCHAIN_SYMBOLS_SYMBOLS_H
#define SKEP_TOOLCHAIN_SYMBOLS_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum { SYMBOLS_BUILD_ID_BYTES = 16, SYMBOLS_FRAMES_MAX = 32, SYMBOLS_MESSAGE_BYTES = 512, SYMBOLS_VALUE_BYTES = 96 };

struct symbols;

/* What lies beside an artifact. */
struct symbols_files {
    const void *elf, *map;
    size_t elf_bytes, map_bytes;
};

/* Opens what belongs to the artifact whose first signed_bytes bytes are `head` and whose manifest holds `build_id`. On
 * anything but ST_OK *out is NULL and `message` says which file, what is wrong and what to do: ST_VERSION it belongs to
 * another build, ST_CORRUPT its bytes make no sense. The bytes may go away afterwards. Precondition: signed_bytes >=
 * ARTIFACT_HEADER_BYTES. */
enum status symbols_open(const struct symbols_files *files, const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES],
                         const void *head, size_t signed_bytes, struct symbols **out,
                         char message[SYMBOLS_MESSAGE_BYTES]);

/* The same without a check of the build id. ST_CORRUPT or ST_OK. */
enum status symbols_of(const struct symbols_files *files, struct symbols **out);
void symbols_close(struct symbols *symbols);

/* ELF address of the first instruction that a word stands for. A word without one of its own gets that of the word
 * before it in `function_entry`'s function. False when there is none. */
bool symbols_address(const struct symbols *symbols, uint32_t word, uint32_t function_entry, uint32_t *address);

/* Where an ELF address is in the source. `function` is what it was inlined from, if it was. */
struct symbols_frame {
    const char *function;
    const char *file; /* as the compiler was given it */
    uint32_t line, column;
    bool is_inlined; /* its code lies in the next frame's function */
};

/* The frames at an ELF address, innermost first; the last one is the function that the code belongs to. Returns how
 * many, at most SYMBOLS_FRAMES_MAX; 0 when nothing at all is known. */
size_t symbols_frames(const struct symbols *symbols, uint32_t address, struct symbols_frame frames[SYMBOLS_FRAMES_MAX]);

/* What a stopped guest holds, to read variables from. */
struct symbols_state {
    const uint32_t *reg; /* sixteen */
    const uint8_t *ram;  /* from ISA_RAM_BASE; NULL when not at hand */
    uint32_t ram_bytes;
    const uint8_t *read_only; /* from ISA_RO_BASE */
    uint32_t read_only_bytes;
};

struct symbols_local {
    const char *name;
    char type[SYMBOLS_VALUE_BYTES];
    char value[SYMBOLS_VALUE_BYTES]; /* "" when the compiler kept none here, or it cannot be read */
};

/* Parameters and variables in scope at an address, innermost scope first. Returns how many were written. */
size_t symbols_locals(const struct symbols *symbols, uint32_t address, const struct symbols_state *state,
                      struct symbols_local *locals, size_t capacity);

#endif
