/* build-data: the read-only window and the initial data, with the code addresses in them rewritten, and the host calls
 * used. */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "toolchain/lower/lower_ir.h"

static bool is_loaded(const struct lower *l, uint32_t index) {
    const struct elf_section *s = &l->elf.sections[index];
    return s->flags & SHF_ALLOC && s->bytes && index != l->elf.text && !(s->flags & SHF_TLS && !s->contents);
}

static bool is_read_only(const struct elf_section *s) { return s->address >= ISA_RO_BASE; }

/* The span of the sections of one window that have contents in the file. */
static void measure(struct lower *l, bool read_only, uint32_t *low, uint32_t *high) {
    *low = UINT32_MAX;
    *high = 0;
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        if (!is_loaded(l, i) || is_read_only(s) != read_only || (!s->contents && !read_only)) continue;
        if (s->address < *low) *low = s->address;
        if (s->address + s->bytes > *high) *high = s->address + s->bytes;
    }
    if (*high == 0) *low = 0;
}

static void copy_window(struct lower *l, bool read_only, uint8_t *to, uint32_t base) {
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        if (is_loaded(l, i) && s->contents && is_read_only(s) == read_only)
            memcpy(to + (s->address - base), s->contents, s->bytes);
    }
}

/* What a relocation's symbol and addend become: code addresses change, data stays where it is. */
static uint32_t rewritten_value(struct lower *l, const struct elf_relocation *r) {
    if (symbol_of(l, r)->section != l->elf.text) return relocation_value(l, r);
    struct code_value value = code_value_of(l, r);
    if (!value.function) return 0;
    return value.label ? value.label : ISA_CODE_BASE + 4 * value.function->entry;
}

static void rewrite(struct lower *l, const struct elf_section *s) {
    uint8_t *window = is_read_only(s) ? l->read_only : l->data;
    uint32_t base = is_read_only(s) ? ISA_RO_BASE : l->data_address;
    for (uint32_t i = 0; i < s->relocation_count && !l->refused; i++) {
        const struct elf_relocation *r = &s->relocations[i];
        if (r->type == R_RISCV_RELAX) continue;
        uint32_t value = rewritten_value(l, r);
        if (r->type == R_RISCV_ADD32) value -= rewritten_value(l, &s->relocations[++i]);
        store_le32(window + (r->address - base), value);
    }
}

static uint32_t symbol_value(struct lower *l, const char *name) {
    const struct elf_symbol *s = symbol_named(l, name);
    if (!s) refuse_bytes(l, "the program does not define %s; link with skep.ld", name);
    return s ? s->value : 0;
}

static void check_layout(struct lower *l) {
    l->stack_bytes = symbol_value(l, "__stack_bytes");
    uint32_t end = symbol_value(l, "__ram_end");
    if (l->refused) return;
    if (end < ISA_RAM_BASE || end > ISA_RO_BASE || l->stack_bytes > end - ISA_RAM_BASE) {
        refuse_bytes(l, "__stack_bytes (0x%x) and __ram_end (0x%x) do not describe a RAM window; link with skep.ld",
                     l->stack_bytes, end);
        return;
    }
    l->ram_bytes = end - ISA_RAM_BASE;
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        if (!is_loaded(l, i) || is_read_only(s)) continue;
        if (s->address < ISA_RAM_BASE + l->stack_bytes || s->address + s->bytes > end) {
            refuse_bytes(l, "section %s lies in the stack or behind __ram_end; link with skep.ld", s->name);
            return;
        }
    }
}

static int compare_calls(const void *a, const void *b) { return *(const uint16_t *)a - *(const uint16_t *)b; }

static void list_calls(struct lower *l) {
    uint32_t total = 0;
    for (uint32_t w = 0; w < l->word_count; w++) total += (l->words[w] & 0xff) == OP_HCALL;
    l->calls = POOL_ARRAY(&l->pool, uint16_t, total);
    uint32_t count = 0;
    for (uint32_t w = 0; w < l->word_count; w++)
        if ((l->words[w] & 0xff) == OP_HCALL) l->calls[count++] = (uint16_t)isa_bits(l->words[w], 16, 12);
    qsort(l->calls, count, sizeof *l->calls, compare_calls);
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || l->calls[i] != l->calls[i - 1]) l->calls[l->call_count++] = l->calls[i];
}

void build_data(struct lower *l) {
    uint32_t low, high;
    check_layout(l);
    if (l->refused) return;
    measure(l, true, &low, &high);
    l->read_only_bytes = high ? high - ISA_RO_BASE : 0;
    l->read_only = POOL_ARRAY(&l->pool, uint8_t, l->read_only_bytes + VM_PAD_BYTES);
    measure(l, false, &low, &high);
    l->data_address = high ? low : ISA_RAM_BASE + l->stack_bytes;
    l->data_bytes = high ? high - low : 0;
    l->data = POOL_ARRAY(&l->pool, uint8_t, l->data_bytes);
    copy_window(l, true, l->read_only, ISA_RO_BASE);
    copy_window(l, false, l->data, l->data_address);
    for (uint32_t i = 1; i < l->elf.section_count && !l->refused; i++)
        if (is_loaded(l, i)) rewrite(l, &l->elf.sections[i]);
    list_calls(l);
}
