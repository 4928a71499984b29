/* dwarf_source: what dwarf.c and dwarf_locals.c share. */
#ifndef SKEP_TOOLCHAIN_SYMBOLS_DWARF_SOURCE_H
#define SKEP_TOOLCHAIN_SYMBOLS_DWARF_SOURCE_H

#include <elfutils/libdw.h>

#include "toolchain/symbols/dwarf.h"

struct dwarf_function {
    uint32_t address, bytes; /* bytes 0: up to the next one */
    const char *name;
};

struct dwarf_source {
    char *bytes;
    Elf *elf;
    Dwarf *dwarf; /* NULL without -g */
    struct dwarf_function *functions;
    size_t function_count;
    Dwarf_Die *units;
    size_t unit_count;
};

/* Every scope at an address, innermost first, up to the unit; to be freed. Returns how many, 0 for none. */
int dwarf_scopes(const struct dwarf_source *source, uint32_t address, Dwarf_Die **scopes);

#endif
