#include <dwarf.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/vm/isa.h"
#include "toolchain/symbols/dwarf_source.h"

/* The last one because a damaged tree can be endless. */
enum { TYPE_DEPTH_MAX = 8, GUEST_REGISTERS = 16, CHILDREN_MAX = 10000 };

/* Where a variable is. Anything that needs more than this (pieces, entry values, arithmetic) counts as not there. */
struct place {
    enum { PLACE_NONE, PLACE_MEMORY, PLACE_VALUE } kind;
    uint32_t value; /* the address, or the value itself */
};

static struct place place_none(void) { return (struct place){PLACE_NONE, 0}; }

static const uint8_t *guest_bytes(const struct symbols_state *state, uint32_t address, size_t length) {
    uint32_t into_ram = address - ISA_RAM_BASE, into_read_only = address - ISA_RO_BASE;
    if (state->ram && into_ram < state->ram_bytes && length <= state->ram_bytes - into_ram)
        return state->ram + into_ram;
    if (state->read_only && into_read_only < state->read_only_bytes &&
        length <= state->read_only_bytes - into_read_only)
        return state->read_only + into_read_only;
    return NULL;
}

static bool type_of(Dwarf_Die *die, Dwarf_Die *type) {
    Dwarf_Attribute attribute;
    return dwarf_attr_integrate(die, DW_AT_type, &attribute) && dwarf_formref_die(&attribute, type);
}

/* The type behind typedefs and qualifiers. */
static bool bare_type(Dwarf_Die *die, Dwarf_Die *bare) {
    Dwarf_Die next = *die;
    for (int depth = 0; depth < TYPE_DEPTH_MAX; depth++) {
        int tag = dwarf_tag(&next);
        *bare = next;
        if (tag != DW_TAG_typedef && tag != DW_TAG_const_type && tag != DW_TAG_volatile_type) return true;
        if (!type_of(bare, &next)) return false;
    }
    return false;
}

static void add_text(char to[SYMBOLS_VALUE_BYTES], const char *text) {
    size_t length = strlen(to);
    snprintf(to + length, SYMBOLS_VALUE_BYTES - length, "%s", text);
}

static void write_type(Dwarf_Die *type, int depth, char to[SYMBOLS_VALUE_BYTES]) {
    const char *prefix = "", *suffix = "", *name = dwarf_diename(type);
    switch (dwarf_tag(type)) {
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type: suffix = dwarf_tag(type) == DW_TAG_pointer_type ? " *" : " &"; break;
    case DW_TAG_array_type: suffix = "[]"; break;
    case DW_TAG_const_type: prefix = "const "; break;
    case DW_TAG_volatile_type: prefix = "volatile "; break;
    case DW_TAG_structure_type: add_text(to, "struct "); break;
    case DW_TAG_union_type: add_text(to, "union "); break;
    case DW_TAG_enumeration_type: add_text(to, "enum "); break;
    case DW_TAG_subroutine_type: add_text(to, "function"); return;
    default: break;
    }
    if (!*prefix && !*suffix) {
        add_text(to, name ? name : "(no name)");
        return;
    }
    Dwarf_Die inner;
    add_text(to, prefix);
    if (depth == TYPE_DEPTH_MAX)
        add_text(to, "...");
    else if (type_of(type, &inner))
        write_type(&inner, depth + 1, to);
    else
        add_text(to, "void");
    add_text(to, suffix);
}

/* The frame base of the function that holds the variable: clang names a register, gcc the frame address of the unwind
 * tables. */
static bool frame_base(const struct dwarf_source *source, Dwarf_Die *function, uint32_t address,
                       const struct symbols_state *state, uint32_t *base) {
    Dwarf_Attribute attribute;
    Dwarf_Op *ops;
    size_t count;
    if (!dwarf_attr_integrate(function, DW_AT_frame_base, &attribute)) return false;
    if (dwarf_getlocation_addr(&attribute, address, &ops, &count, 1) != 1 || count != 1) return false;
    if (ops[0].atom >= DW_OP_reg0 && ops[0].atom < DW_OP_reg0 + GUEST_REGISTERS) {
        *base = state->reg[ops[0].atom - DW_OP_reg0];
        return true;
    }
    if (ops[0].atom != DW_OP_call_frame_cfa) return false;
    Dwarf_CFI *unwind = dwarf_getcfi(source->dwarf);
    Dwarf_Frame *frame = NULL;
    if (!unwind || dwarf_cfi_addrframe(unwind, address, &frame) != 0) return false;
    bool known = dwarf_frame_cfa(frame, &ops, &count) == 0 && count == 1 && ops[0].atom == DW_OP_bregx &&
                 ops[0].number < GUEST_REGISTERS;
    if (known) *base = state->reg[ops[0].number] + (uint32_t)ops[0].number2;
    free(frame);
    return known;
}

static struct place place_of_op(const struct dwarf_source *source, Dwarf_Die *function, uint32_t address,
                                const struct symbols_state *state, const Dwarf_Op *op) {
    uint32_t base = 0;
    if (op->atom >= DW_OP_reg0 && op->atom < DW_OP_reg0 + GUEST_REGISTERS)
        return (struct place){PLACE_VALUE, state->reg[op->atom - DW_OP_reg0]};
    if (op->atom >= DW_OP_breg0 && op->atom < DW_OP_breg0 + GUEST_REGISTERS)
        return (struct place){PLACE_MEMORY, state->reg[op->atom - DW_OP_breg0] + (uint32_t)op->number};
    if (op->atom == DW_OP_addr) return (struct place){PLACE_MEMORY, (uint32_t)op->number};
    if (op->atom == DW_OP_fbreg && function && frame_base(source, function, address, state, &base))
        return (struct place){PLACE_MEMORY, base + (uint32_t)op->number};
    return place_none();
}

static bool is_constant(const Dwarf_Op *op, uint32_t *value) {
    if (op->atom >= DW_OP_lit0 && op->atom <= DW_OP_lit31)
        *value = (uint32_t)op->atom - DW_OP_lit0;
    else if (op->atom >= DW_OP_const1u && op->atom <= DW_OP_consts)
        *value = (uint32_t)op->number;
    else
        return false;
    return true;
}

static struct place place_of(const struct dwarf_source *source, Dwarf_Die *function, Dwarf_Die *variable,
                             uint32_t address, const struct symbols_state *state) {
    Dwarf_Attribute attribute;
    Dwarf_Op *ops;
    size_t count;
    Dwarf_Sword constant;
    if (dwarf_attr_integrate(variable, DW_AT_const_value, &attribute) && dwarf_formsdata(&attribute, &constant) == 0)
        return (struct place){PLACE_VALUE, (uint32_t)constant};
    if (!dwarf_attr_integrate(variable, DW_AT_location, &attribute)) return place_none();
    if (dwarf_getlocation_addr(&attribute, address, &ops, &count, 1) != 1 || count == 0) return place_none();
    if (count == 1) return place_of_op(source, function, address, state, &ops[0]);
    if (count != 2 || ops[1].atom != DW_OP_stack_value) return place_none();
    uint32_t value;
    if (is_constant(&ops[0], &value)) return (struct place){PLACE_VALUE, value};
    struct place place = place_of_op(source, function, address, state, &ops[0]);
    if (place.kind == PLACE_MEMORY) place.kind = PLACE_VALUE;
    return place;
}

static void write_pointer(Dwarf_Die *pointer, uint32_t value, const struct symbols_state *state,
                          char to[SYMBOLS_VALUE_BYTES]) {
    enum { SHOWN = 32 };
    Dwarf_Die target, bare;
    Dwarf_Word encoding = 0;
    Dwarf_Attribute attribute;
    int length = snprintf(to, SYMBOLS_VALUE_BYTES, "0x%08" PRIx32, value);
    if (!type_of(pointer, &target) || !bare_type(&target, &bare) || dwarf_tag(&bare) != DW_TAG_base_type) return;
    if (!dwarf_attr(&bare, DW_AT_encoding, &attribute) || dwarf_formudata(&attribute, &encoding) != 0) return;
    if (encoding != DW_ATE_signed_char && encoding != DW_ATE_unsigned_char) return;
    char text[SHOWN + 1];
    size_t count = 0;
    const uint8_t *byte;
    while (count < SHOWN && (byte = guest_bytes(state, value + (uint32_t)count, 1)) && *byte >= ' ' && *byte < 0x7f)
        text[count++] = (char)*byte;
    text[count] = '\0';
    if (count > 0)
        snprintf(to + length, SYMBOLS_VALUE_BYTES - (size_t)length, " \"%s\"%s", text, count == SHOWN ? "..." : "");
}

static void write_integer(uint64_t bits, int bytes, bool is_signed, char to[SYMBOLS_VALUE_BYTES]) {
    int unused = 64 - 8 * bytes;
    if (is_signed)
        snprintf(to, SYMBOLS_VALUE_BYTES, "%" PRId64, (int64_t)(bits << unused) >> unused);
    else
        snprintf(to, SYMBOLS_VALUE_BYTES, "%" PRIu64, bits);
}

static void write_float(uint64_t bits, int bytes, char to[SYMBOLS_VALUE_BYTES]) {
    uint32_t low = (uint32_t)bits;
    float single;
    double wide;
    memcpy(&single, &low, sizeof single);
    memcpy(&wide, &bits, sizeof wide);
    if (bytes == 4)
        snprintf(to, SYMBOLS_VALUE_BYTES, "%.9g", (double)single);
    else if (bytes == 8)
        snprintf(to, SYMBOLS_VALUE_BYTES, "%.17g", wide);
}

static void write_base(Dwarf_Die *type, uint64_t bits, int bytes, char to[SYMBOLS_VALUE_BYTES]) {
    Dwarf_Attribute attribute;
    Dwarf_Word encoding = 0;
    if (!dwarf_attr(type, DW_AT_encoding, &attribute) || dwarf_formudata(&attribute, &encoding) != 0) return;
    switch (encoding) {
    case DW_ATE_boolean: snprintf(to, SYMBOLS_VALUE_BYTES, "%s", bits ? "true" : "false"); return;
    case DW_ATE_float: write_float(bits, bytes, to); return;
    case DW_ATE_signed: write_integer(bits, bytes, true, to); return;
    case DW_ATE_unsigned: write_integer(bits, bytes, false, to); return;
    case DW_ATE_signed_char:
    case DW_ATE_unsigned_char:
        write_integer(bits, bytes, encoding == DW_ATE_signed_char, to);
        if (bits >= ' ' && bits < 0x7f) {
            char quoted[] = {' ', '\'', (char)bits, '\'', '\0'};
            add_text(to, quoted);
        }
        return;
    default: return;
    }
}

static void write_enumerator(Dwarf_Die *type, uint64_t bits, int bytes, char to[SYMBOLS_VALUE_BYTES]) {
    Dwarf_Die child;
    size_t children = 0;
    uint64_t mask = bytes == 8 ? UINT64_MAX : ((uint64_t)1 << 8 * bytes) - 1;
    write_integer(bits, bytes, true, to);
    if (dwarf_child(type, &child) != 0) return;
    do {
        Dwarf_Attribute attribute;
        Dwarf_Sword value;
        if (dwarf_tag(&child) != DW_TAG_enumerator || !dwarf_attr(&child, DW_AT_const_value, &attribute)) continue;
        if (dwarf_formsdata(&attribute, &value) != 0 || ((uint64_t)value & mask) != bits) continue;
        const char *name = dwarf_diename(&child);
        if (name) snprintf(to, SYMBOLS_VALUE_BYTES, "%s", name);
        return;
    } while (++children < CHILDREN_MAX && dwarf_siblingof(&child, &child) == 0);
}

static void write_value(Dwarf_Die *type, struct place place, const struct symbols_state *state,
                        char to[SYMBOLS_VALUE_BYTES]) {
    Dwarf_Die bare;
    if (place.kind == PLACE_NONE || !bare_type(type, &bare)) return;
    int tag = dwarf_tag(&bare), bytes = dwarf_bytesize(&bare);
    if (tag == DW_TAG_pointer_type || tag == DW_TAG_reference_type) bytes = 4;
    if (tag != DW_TAG_base_type && tag != DW_TAG_enumeration_type && bytes != 4) tag = 0;
    if (tag == 0 || tag == DW_TAG_structure_type || tag == DW_TAG_union_type || tag == DW_TAG_array_type) {
        if (place.kind == PLACE_MEMORY) snprintf(to, SYMBOLS_VALUE_BYTES, "at 0x%08" PRIx32, place.value);
        return;
    }
    if (bytes < 1 || bytes > 8 || (place.kind == PLACE_VALUE && bytes > 4)) return;
    uint64_t bits = place.value;
    if (place.kind == PLACE_MEMORY) {
        const uint8_t *from = guest_bytes(state, place.value, (size_t)bytes);
        if (!from) return;
        bits = 0;
        for (int i = 0; i < bytes; i++) bits |= (uint64_t)from[i] << 8 * i;
    } else if (bytes < 4) {
        bits &= ((uint64_t)1 << 8 * bytes) - 1;
    }
    if (tag == DW_TAG_base_type)
        write_base(&bare, bits, bytes, to);
    else if (tag == DW_TAG_enumeration_type)
        write_enumerator(&bare, bits, bytes, to);
    else
        write_pointer(&bare, (uint32_t)bits, state, to);
}

static void take_local(const struct dwarf_source *source, Dwarf_Die *function, Dwarf_Die *variable, uint32_t address,
                       const struct symbols_state *state, struct symbols_local *local) {
    Dwarf_Die type;
    *local = (struct symbols_local){.name = dwarf_diename(variable)};
    if (!local->name || !type_of(variable, &type)) return;
    write_type(&type, 0, local->type);
    write_value(&type, place_of(source, function, variable, address, state), state, local->value);
}

static size_t take_scope(const struct dwarf_source *source, Dwarf_Die *function, Dwarf_Die *scope, uint32_t address,
                         const struct symbols_state *state, struct symbols_local *locals, size_t capacity) {
    size_t count = 0, children = 0;
    Dwarf_Die child;
    if (dwarf_child(scope, &child) != 0) return 0;
    do {
        int tag = dwarf_tag(&child);
        if (count == capacity) break;
        if (tag != DW_TAG_variable && tag != DW_TAG_formal_parameter) continue;
        take_local(source, function, &child, address, state, &locals[count]);
        if (locals[count].name) count++;
    } while (++children < CHILDREN_MAX && dwarf_siblingof(&child, &child) == 0);
    return count;
}

size_t dwarf_locals(const struct dwarf_source *source, uint32_t address, const struct symbols_state *state,
                    struct symbols_local *locals, size_t capacity) {
    struct dwarf_place place;
    if (!dwarf_place_of(source, address, &place)) return 0;
    Dwarf_Die *function = &place.scope[place.count - 1];
    size_t count = 0;
    for (int i = 0; i < place.count; i++) {
        count += take_scope(source, function, &place.scope[i], address, state, locals + count, capacity - count);
        if (dwarf_tag(&place.scope[i]) != DW_TAG_lexical_block) break;
    }
    return count;
}
