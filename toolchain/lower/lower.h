/* lower: turns a linked RV32E ELF into verified Skep bytecode. Owns the ELF reading and all that is known of RISC-V;
 * knows nothing of artifacts, keys or files on disk other than its input.
 *
 * The passes, in order, are the table in lower.c; the last one is the device's own verifier. Output is a function of
 * the input bytes and options alone. Source: docs/LOWERING.md. */
#ifndef SKEP_TOOLCHAIN_LOWER_LOWER_H
#define SKEP_TOOLCHAIN_LOWER_LOWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/vm/vm.h"

struct lower_options {
    bool debug;     /* fuse nothing across line starts */
    bool no_fusion; /* one word per instruction where possible: for tests and for reading */
};

/* One function of the output, in code order. Strings live as long as the program. */
struct lower_function {
    const char *name;
    uint32_t entry, end; /* word indices, end exclusive */
    uint32_t elf_address, elf_bytes;
    uint32_t frame_bytes, stack_bytes, return_entries; /* UINT32_MAX: bounded by limit */
    bool taken;
};

/* Word index -> ELF address of the first instruction that the word stands for, ascending by word. `last` is the address
 * of the last instruction fused into it (equal to first when none was). */
struct lower_map_entry {
    uint32_t word, first, last;
};

struct lower_program {
    uint32_t *words;
    uint32_t word_count;
    struct lower_function *functions;
    uint32_t function_count, entry_function;
    uint8_t *function_table; /* wire rows, function_count * VM_FUNCTION_BYTES */
    uint16_t *calls;         /* host calls used, ascending */
    uint32_t call_count;
    uint8_t *read_only; /* read_only_bytes, then VM_PAD_BYTES zero bytes */
    uint32_t read_only_bytes;
    uint8_t *data; /* initial contents from data_address */
    uint32_t data_address, data_bytes;
    uint8_t *values; /* the section .skep.values as it is */
    uint32_t values_bytes;
    uint8_t *commands; /* .skep.commands, likewise */
    uint32_t commands_bytes;
    uint8_t *mailboxes; /* .skep.mailboxes */
    uint32_t mailboxes_bytes;
    uint32_t stack_bytes, ram_bytes; /* as the linker script laid them out: symbols __stack_bytes, __ram_end */
    struct lower_map_entry *map;
    uint32_t map_count;
    struct vm_verdict verdict;
};

enum { LOWER_MESSAGE_BYTES = 512 };

/* Lowers the ELF in memory. On refusal (ST_REFUSED, ST_CORRUPT) `message` says what, in which function, at which source
 * file and line if the ELF has DWARF, and what to do instead; *out is untouched. */
enum status lower_elf(const void *elf, size_t bytes, const struct lower_options *options, struct lower_program *out,
                      char message[LOWER_MESSAGE_BYTES]);
void lower_free(struct lower_program *program);

#endif
