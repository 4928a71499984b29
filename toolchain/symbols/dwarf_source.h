/* dwarf_source: what the dwarf files share; private to them. */
#ifndef SKEP_TOOLCHAIN_SYMBOLS_DWARF_SOURCE_H
#define SKEP_TOOLCHAIN_SYMBOLS_DWARF_SOURCE_H

#include <elfutils/libdw.h>

#include "toolchain/symbols/dwarf.h"

enum { DWARF_DEPTH_MAX = 64 };

struct dwarf_function {
    uint32_t address, bytes; /* bytes 0: up to the next one */
    const char *name;
};

/* A stretch of code and the function that it belongs to. */
struct dwarf_code {
    uint32_t low, high; /* high is exclusive */
    Dwarf_Die unit, die;
};

/* A name that stands nowhere in the file as a whole. */
struct dwarf_name {
    struct dwarf_name *next;
    char text[];
};

struct dwarf_source {
    char *bytes;
    Elf *elf;
    Dwarf *dwarf; /* NULL without -g */
    struct dwarf_function *functions;
    size_t function_count;
    Dwarf_Die *units;
    size_t unit_count;
    struct dwarf_code *code; /* ascending by low */
    size_t code_count;
    struct dwarf_name *names;
};

/* Where an address is: its unit, and its scopes from the innermost block to the function. */
struct dwarf_place {
    Dwarf_Die unit, scope[DWARF_DEPTH_MAX];
    int count;
};

/* Fills source->code from its units. */
void dwarf_collect_code(struct dwarf_source *source);
/* False when no function that has debugging information covers the address. */
bool dwarf_place_of(const struct dwarf_source *source, uint32_t address, struct dwarf_place *place);

/* A function's name with those of its class and namespaces, as C++ writes them; NULL when it has none. */
const char *dwarf_full_name(struct dwarf_source *source, Dwarf_Die *unit, Dwarf_Die *function);
void dwarf_forget_names(struct dwarf_source *source);

#endif
