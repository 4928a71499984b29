/* dwarf: the part of an ELF file that symbols need, behind elfutils: only the files named dwarf include its
 * headers. Addresses are those of the ELF. Text lives as long as the source. */
#ifndef SKEP_TOOLCHAIN_SYMBOLS_DWARF_H
#define SKEP_TOOLCHAIN_SYMBOLS_DWARF_H

#include "toolchain/symbols/symbols.h"

struct dwarf_source;

/* NULL when it is no 32-bit RISC-V ELF, or memory ran out. Keeps a copy of the bytes. */
struct dwarf_source *dwarf_source_open(const void *elf, size_t bytes);
void dwarf_source_close(struct dwarf_source *source);

/* The function symbol that covers the address, or NULL. */
const char *dwarf_function_name(const struct dwarf_source *source, uint32_t address);
/* As symbols_frames, from debugging information alone. */
size_t dwarf_frames(struct dwarf_source *source, uint32_t address, struct symbols_frame frames[SYMBOLS_FRAMES_MAX]);
size_t dwarf_locals(const struct dwarf_source *source, uint32_t address, const struct symbols_state *state,
                    struct symbols_local *locals, size_t capacity);

#endif
