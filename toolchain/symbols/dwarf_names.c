#include <dwarf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toolchain/symbols/dwarf_source.h"

enum { NAME_BYTES = 256 };

static bool is_cpp(Dwarf_Die *unit) {
    int language = dwarf_srclang(unit);
    return language == DW_LANG_C_plus_plus || language == DW_LANG_C_plus_plus_11 || language == DW_LANG_C_plus_plus_14;
}

/* Where the function was declared: inside its class or namespace, while its code is described elsewhere. */
static bool declaration_of(Dwarf_Die *function, Dwarf_Die *declaration) {
    Dwarf_Attribute attribute;
    if (dwarf_attr_integrate(function, DW_AT_specification, &attribute) ||
        dwarf_attr_integrate(function, DW_AT_abstract_origin, &attribute))
        return dwarf_formref_die(&attribute, declaration) != NULL;
    *declaration = *function;
    return true;
}

static bool has_members(int tag) {
    return tag == DW_TAG_class_type || tag == DW_TAG_structure_type || tag == DW_TAG_union_type ||
           tag == DW_TAG_namespace;
}

static const char *keep(struct dwarf_source *source, const char *text) {
    for (struct dwarf_name *name = source->names; name; name = name->next)
        if (strcmp(name->text, text) == 0) return name->text;
    size_t bytes = strlen(text) + 1;
    struct dwarf_name *name = malloc(sizeof *name + bytes);
    if (!name) return NULL;
    memcpy(name->text, text, bytes);
    name->next = source->names;
    source->names = name;
    return name->text;
}

const char *dwarf_full_name(struct dwarf_source *source, Dwarf_Die *unit, Dwarf_Die *function) {
    const char *own = dwarf_diename(function);
    Dwarf_Die declaration, *scopes = NULL;
    if (!own || !is_cpp(unit) || !declaration_of(function, &declaration)) return own;
    char text[NAME_BYTES] = "";
    size_t length = 0;
    for (int i = dwarf_getscopes_die(&declaration, &scopes) - 1; i > 0; i--) {
        const char *name = has_members(dwarf_tag(&scopes[i])) ? dwarf_diename(&scopes[i]) : NULL;
        if (name) length += (size_t)snprintf(text + length, sizeof text - length, "%s::", name);
        if (length >= sizeof text) break;
    }
    free(scopes);
    if (length == 0 || length + strlen(own) >= sizeof text) return own;
    snprintf(text + length, sizeof text - length, "%s", own);
    const char *kept = keep(source, text);
    return kept ? kept : own;
}

void dwarf_forget_names(struct dwarf_source *source) {
    for (struct dwarf_name *name = source->names, *next; name; name = next) {
        next = name->next;
        free(name);
    }
}
