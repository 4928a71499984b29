/* find-functions: where functions begin and end, which of them can be reached, whose addresses are taken, and the
 * labels inside functions that something other than a branch names. */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "toolchain/lower/lower_ir.h"

static bool is_function_symbol(const struct lower *l, const struct elf_symbol *s) {
    if (s->section != l->elf.text || s->value - l->text_address >= 4 * l->text_words || s->value % 4) return false;
    if (s->type == STT_FUNC) return true;
    return s->type == STT_NOTYPE && s->binding != STB_LOCAL && s->name[0];
}

/* Of several names of one address the one that is found first wins, functions before mere labels, global before local.
 */
static unsigned rank_of(const struct elf_symbol *s) {
    return (s->type == STT_FUNC ? 0u : 4u) + (s->binding == STB_GLOBAL ? 0u : s->binding == STB_WEAK ? 1u : 2u);
}

struct candidate {
    const struct elf_symbol *symbol;
};

static int compare_candidates(const void *a, const void *b) {
    const struct elf_symbol *left = ((const struct candidate *)a)->symbol,
                            *right = ((const struct candidate *)b)->symbol;
    if (left->value != right->value) return left->value < right->value ? -1 : 1;
    if (rank_of(left) != rank_of(right)) return rank_of(left) < rank_of(right) ? -1 : 1;
    return left < right ? -1 : left > right;
}

static void list_functions(struct lower *l) {
    struct candidate *candidates = POOL_ARRAY(&l->pool, struct candidate, l->elf.symbol_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < l->elf.symbol_count; i++)
        if (is_function_symbol(l, &l->elf.symbols[i])) candidates[count++].symbol = &l->elf.symbols[i];
    qsort(candidates, count, sizeof *candidates, compare_candidates);
    l->functions = POOL_ARRAY(&l->pool, struct function, count);
    uint32_t text_end = l->text_address + 4 * l->text_words;
    for (uint32_t i = 0; i < count; i++) {
        const struct elf_symbol *s = candidates[i].symbol;
        struct function *last = l->function_count ? &l->functions[l->function_count - 1] : NULL;
        if (last && last->address == s->value) {
            if (s->bytes > last->end) last->end = s->bytes;
            continue;
        }
        l->functions[l->function_count++] = (struct function){.name = s->name, .address = s->value, .end = s->bytes};
    }
    /* `end` held the size so far; without one, or with one that runs into the next function, it ends where that begins.
     */
    for (uint32_t i = 0; i < l->function_count; i++) {
        struct function *f = &l->functions[i];
        uint32_t next = i + 1 < l->function_count ? f[1].address : text_end;
        uint32_t bytes = (f->end + 3) & ~3u;
        f->end = bytes && bytes < next - f->address ? f->address + bytes : next;
    }
}

struct function *function_at(const struct lower *l, uint32_t address) {
    uint32_t low = 0, high = l->function_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (l->functions[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return NULL;
    struct function *f = &l->functions[low - 1];
    return address < f->end ? f : NULL;
}

struct text_word *text_at(const struct lower *l, uint32_t address) {
    if (!l->text || address % 4 || address < l->text_address || address - l->text_address >= 4 * l->text_words)
        return NULL;
    return &l->text[(address - l->text_address) / 4];
}

const struct elf_symbol *symbol_named(const struct lower *l, const char *name) {
    for (uint32_t i = 0; i < l->elf.symbol_count; i++) {
        const struct elf_symbol *s = &l->elf.symbols[i];
        if (s->section != 0 && s->binding != STB_LOCAL && strcmp(s->name, name) == 0) return s;
    }
    return NULL;
}

static uint32_t label_in(struct lower *l, struct function *f, uint32_t address) {
    for (uint32_t k = 0; k < f->label_count; k++)
        if (f->labels[k] == address) return k + 1;
    if (f->label_count == f->label_capacity) {
        uint32_t capacity = f->label_capacity ? 2 * f->label_capacity : 16;
        uint32_t *labels = POOL_ARRAY(&l->pool, uint32_t, capacity);
        if (f->labels) memcpy(labels, f->labels, f->label_count * sizeof *labels);
        f->labels = labels;
        f->label_capacity = capacity;
    }
    f->labels[f->label_count++] = address;
    return f->label_count;
}

struct code_value code_value_of(struct lower *l, const struct elf_relocation *r) {
    const struct elf_symbol *s = symbol_of(l, r);
    uint32_t address = relocation_value(l, r);
    struct function *f = function_at(l, address);
    bool is_label = s->type == STT_NOTYPE && s->binding == STB_LOCAL;
    if (!f || address % 4) {
        refuse(l, r->address, "the address 0x%x (%s%+d) is in no function; give the assembly label .type %s, @function",
               address, s->name, (int)r->addend, s->name);
        return (struct code_value){f, 0};
    }
    if (!is_label && f->address == address) return (struct code_value){f, 0};
    if (s->type == STT_FUNC || (s->binding != STB_LOCAL && s->type != STT_SECTION)) {
        refuse(l, r->address, "%s%+d points into the middle of a function; point at its start", s->name,
               (int)r->addend);
        return (struct code_value){f, 0};
    }
    return (struct code_value){f, label_in(l, f, address)};
}

static bool names_text(const struct lower *l, const struct elf_relocation *r) {
    return symbol_of(l, r)->section == l->elf.text;
}

/* What is reached, by a list of functions to look at. */
struct reach {
    struct function **list;
    uint32_t count;
};

static void reach_function(struct reach *reach, struct function *f) {
    if (!f || f->reached) return;
    f->reached = true;
    reach->list[reach->count++] = f;
}

static void reach_value(struct lower *l, struct reach *reach, const struct elf_relocation *r) {
    struct code_value value = code_value_of(l, r);
    if (!value.function) return;
    if (value.label) return;
    value.function->taken = true;
    reach_function(reach, value.function);
}

bool falls_through(const struct text_word *word) {
    if (word->paired) return false;
    switch (word->instruction.shape) {
    case SHAPE_UNKNOWN:
    case SHAPE_JAL:
    case SHAPE_JALR:
    case SHAPE_TRAP:
    case SHAPE_BREAK:
    case SHAPE_HOST_CALL:
    case SHAPE_SPECIAL: return false;
    default: return true;
    }
}

static void reach_from(struct lower *l, struct reach *reach, struct function *f) {
    for (uint32_t address = f->address; address < f->end && !l->refused; address += 4) {
        const struct text_word *word = text_at(l, address);
        const struct elf_relocation *r = word->relocation;
        const struct instruction *i = &word->instruction;
        if (i->shape == SHAPE_JAL || i->shape == SHAPE_BRANCH) {
            reach_function(reach, function_at(l, address + (uint32_t)i->imm));
        } else if (!r || !names_text(l, r)) {
            continue;
        } else if (r->type == R_RISCV_CALL || r->type == R_RISCV_CALL_PLT) {
            reach_function(reach, function_at(l, relocation_value(l, r)));
        } else if (r->type == R_RISCV_HI20 || r->type == R_RISCV_PCREL_HI20 || r->type == R_RISCV_LO12_I ||
                   r->type == R_RISCV_LO12_S) {
            reach_value(l, reach, r);
        }
    }
    if (!l->refused && f->end > f->address && falls_through(text_at(l, f->end - 4)))
        reach_function(reach, function_at(l, f->end));
}

static void reach_all(struct lower *l) {
    struct reach reach = {POOL_ARRAY(&l->pool, struct function *, l->function_count), 0};
    reach_function(&reach, l->entry);
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        for (uint32_t k = 0; i != l->elf.text && k < s->relocation_count && !l->refused; k++)
            if (names_text(l, &s->relocations[k]) && s->relocations[k].type != R_RISCV_RELAX)
                reach_value(l, &reach, &s->relocations[k]);
    }
    for (uint32_t i = 0; i < reach.count && !l->refused; i++) reach_from(l, &reach, reach.list[i]);
}

void find_functions(struct lower *l) {
    list_functions(l);
    l->entry = function_at(l, l->elf.entry);
    if (!l->entry || l->entry->address != l->elf.entry) {
        refuse_bytes(l, "the entry point 0x%x is no function; link the start file of the guest library", l->elf.entry);
        return;
    }
    reach_all(l);
    if (l->options->debug) source_line_starts(l);
}
