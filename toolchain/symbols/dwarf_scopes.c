/* Scopes at an address. libdw has a search of its own, but it does not look into namespaces. */
#include <dwarf.h>
#include <stdlib.h>
#include <string.h>

#include "toolchain/symbols/dwarf_source.h"

/* Damaged files can make trees that are endless; sound ones stay far below. */
enum { NODES_MAX = 1 << 22 };

static bool add_code(struct dwarf_source *source, const struct dwarf_code *code) {
    if ((source->code_count & (source->code_count - 1)) == 0) {
        size_t capacity = source->code_count ? source->code_count * 2 : 1;
        struct dwarf_code *more = realloc(source->code, capacity * sizeof *more);
        if (!more) return false;
        source->code = more;
    }
    source->code[source->code_count++] = *code;
    return true;
}

static void add_function(struct dwarf_source *source, Dwarf_Die *unit, Dwarf_Die *function) {
    Dwarf_Addr base, low, high;
    for (ptrdiff_t at = 0; (at = dwarf_ranges(function, at, &base, &low, &high)) > 0;) {
        if (low >= high || high > UINT32_MAX) continue;
        const struct dwarf_code code = {(uint32_t)low, (uint32_t)high, *unit, *function};
        if (!add_code(source, &code)) return;
    }
}

static bool holds_functions(int tag) {
    return tag == DW_TAG_namespace || tag == DW_TAG_class_type || tag == DW_TAG_structure_type ||
           tag == DW_TAG_union_type;
}

static void collect(struct dwarf_source *source, Dwarf_Die *unit, Dwarf_Die *parent, int depth, uint32_t *nodes) {
    Dwarf_Die child;
    if (depth == DWARF_DEPTH_MAX || dwarf_child(parent, &child) != 0) return;
    do {
        int tag = dwarf_tag(&child);
        if (tag == DW_TAG_subprogram)
            add_function(source, unit, &child);
        else if (holds_functions(tag))
            collect(source, unit, &child, depth + 1, nodes);
    } while (++*nodes < NODES_MAX && dwarf_siblingof(&child, &child) == 0);
}

static int by_low(const void *left, const void *right) {
    const struct dwarf_code *a = left, *b = right;
    return a->low < b->low ? -1 : a->low > b->low;
}

void dwarf_collect_code(struct dwarf_source *source) {
    uint32_t nodes = 0;
    for (size_t i = 0; i < source->unit_count; i++) collect(source, &source->units[i], &source->units[i], 0, &nodes);
    if (source->code_count > 0) qsort(source->code, source->code_count, sizeof *source->code, by_low);
}

static struct dwarf_code *code_at(const struct dwarf_source *source, uint32_t address) {
    size_t low = 0, high = source->code_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->code[middle].low <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && address < source->code[low - 1].high ? &source->code[low - 1] : NULL;
}

/* The child scope that covers the address. */
static bool step_inside(Dwarf_Die *scope, uint32_t address, uint32_t *nodes) {
    Dwarf_Die child;
    if (dwarf_child(scope, &child) != 0) return false;
    do {
        int tag = dwarf_tag(&child);
        if (tag != DW_TAG_lexical_block && tag != DW_TAG_inlined_subroutine) continue;
        if (dwarf_haspc(&child, address) != 1) continue;
        *scope = child;
        return true;
    } while (++*nodes < NODES_MAX && dwarf_siblingof(&child, &child) == 0);
    return false;
}

bool dwarf_place_of(const struct dwarf_source *source, uint32_t address, struct dwarf_place *place) {
    struct dwarf_code *code = code_at(source, address);
    place->count = 0;
    if (!code) return false;
    place->unit = code->unit;
    Dwarf_Die chain[DWARF_DEPTH_MAX], scope = code->die;
    uint32_t nodes = 0;
    int depth = 0;
    do chain[depth++] = scope;
    while (depth < DWARF_DEPTH_MAX && step_inside(&scope, address, &nodes));
    while (depth > 0) place->scope[place->count++] = chain[--depth];
    return true;
}
