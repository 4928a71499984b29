/* read-elf: from bytes to struct elf_image. The only file here that uses libelf, and only for the headers: what
 * sections hold is read from the bytes themselves, each range checked against the file's length. */
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "toolchain/lower/lower_ir.h"

enum {
    SYMBOL_BYTES = 16,
    RELOCATION_BYTES = 12,
    TEXT_BYTES_MAX = 4 * VM_CODE_WORDS_MAX,
    IMAGE_BYTES_MAX = 1 << 24, /* of each window: what has contents */
};

/* A section's header with the file's bytes behind it. */
struct raw_section {
    GElf_Shdr header;
    const uint8_t *bytes; /* NULL: none in the file */
};

static bool read_header(struct lower *l, GElf_Ehdr *header) {
    if (elf_version(EV_CURRENT) == EV_NONE) return refuse_bytes(l, "libelf is too old"), false;
    l->elf.copy = malloc(l->input_bytes + 1); /* libelf wants to own what it reads */
    if (!l->elf.copy) return refuse_bytes(l, "the file is too large"), false;
    memcpy(l->elf.copy, l->input, l->input_bytes);
    l->elf.handle = elf_memory(l->elf.copy, l->input_bytes);
    if (!l->elf.handle || elf_kind(l->elf.handle) != ELF_K_ELF || !gelf_getehdr(l->elf.handle, header))
        return refuse_bytes(l, "not an ELF file"), false;
    if (header->e_ident[EI_CLASS] != ELFCLASS32 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
        header->e_machine != EM_RISCV)
        return refuse_bytes(l, "not an ELF file for 32-bit RISC-V; compile with --target=riscv32-unknown-elf"), false;
    if (header->e_type != ET_EXEC)
        return refuse_bytes(l, "not a linked program; link with ld.lld-19 --emit-relocs --no-relax"), false;
    return true;
}

static bool read_raw_sections(struct lower *l, struct raw_section **sections, size_t *count) {
    Elf *elf = l->elf.handle;
    if (elf_getshdrnum(elf, count) != 0 || *count == 0 || *count > 65535)
        return refuse_bytes(l, "the ELF file has no section table"), false;
    *sections = POOL_ARRAY(&l->pool, struct raw_section, *count);
    for (size_t i = 1; i < *count; i++) {
        struct raw_section *s = &(*sections)[i];
        Elf_Scn *section = elf_getscn(elf, i);
        if (!section || !gelf_getshdr(section, &s->header))
            return refuse_bytes(l, "section %zu of the ELF file has no readable header", i), false;
        if (s->header.sh_type == SHT_NOBITS || s->header.sh_type == SHT_NULL) continue;
        if (s->header.sh_offset > l->input_bytes || s->header.sh_size > l->input_bytes - s->header.sh_offset)
            return refuse_bytes(l, "section %zu of the ELF file lies outside the file", i), false;
        s->bytes = (const uint8_t *)l->elf.copy + s->header.sh_offset;
    }
    return true;
}

/* A NUL-terminated string of a string table, or NULL. */
static const char *string_at(const struct raw_section *table, uint64_t offset) {
    if (!table->bytes || offset >= table->header.sh_size) return NULL;
    if (!memchr(table->bytes + offset, 0, table->header.sh_size - offset)) return NULL;
    return (const char *)table->bytes + offset;
}

static void read_sections(struct lower *l, const struct raw_section *raw, size_t count) {
    struct elf_image *elf = &l->elf;
    size_t names;
    if (elf_getshdrstrndx(elf->handle, &names) != 0 || names >= count) names = 0;
    elf->sections = POOL_ARRAY(&l->pool, struct elf_section, count);
    elf->section_count = (uint32_t)count;
    for (size_t i = 1; i < count; i++) {
        const GElf_Shdr *h = &raw[i].header;
        struct elf_section *s = &elf->sections[i];
        s->name = string_at(&raw[names], h->sh_name);
        if (!s->name) s->name = "?";
        s->flags = (uint32_t)h->sh_flags;
        s->address = (uint32_t)h->sh_addr;
        s->bytes = (uint32_t)h->sh_size;
        s->contents = raw[i].bytes;
        if (!(s->flags & SHF_ALLOC)) continue;
        if ((uint64_t)s->address + s->bytes > UINT32_MAX)
            refuse_bytes(l, "section %s lies outside the address space", s->name);
        if (s->flags & SHF_COMPRESSED) refuse_bytes(l, "section %s is compressed", s->name);
    }
}

static void read_symbols(struct lower *l, const struct raw_section *raw, size_t count) {
    struct elf_image *elf = &l->elf;
    const struct raw_section *table = NULL;
    for (size_t i = 1; i < count && !table; i++)
        if (raw[i].header.sh_type == SHT_SYMTAB) table = &raw[i];
    if (!table || table->header.sh_link >= count || !table->header.sh_size) {
        refuse_bytes(l, "the ELF file has no symbol table; link without --strip-all");
        return;
    }
    elf->symbol_count = (uint32_t)(table->header.sh_size / SYMBOL_BYTES);
    elf->symbols = POOL_ARRAY(&l->pool, struct elf_symbol, elf->symbol_count);
    for (uint32_t i = 0; i < elf->symbol_count; i++) {
        const uint8_t *p = table->bytes + (size_t)i * SYMBOL_BYTES;
        struct elf_symbol *s = &elf->symbols[i];
        uint32_t section = load_le16(p + 14);
        s->name = string_at(&raw[table->header.sh_link], load_le32(p));
        if (!s->name) {
            refuse_bytes(l, "symbol %u of the ELF file has no readable name", i);
            return;
        }
        s->value = load_le32(p + 4);
        s->bytes = load_le32(p + 8);
        s->binding = p[12] >> 4;
        s->type = p[12] & 15;
        s->section = section >= SHN_LORESERVE ? ELF_ABSOLUTE : section;
        if (s->section != ELF_ABSOLUTE && s->section >= count) {
            refuse_bytes(l, "symbol %s of the ELF file names a section that is not there", s->name);
            return;
        }
    }
}

static int compare_relocations(const void *a, const void *b) {
    const struct elf_relocation *left = a, *right = b;
    if (left->address != right->address) return left->address < right->address ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static void read_relocation_section(struct lower *l, const struct raw_section *raw, struct elf_section *target) {
    uint32_t count = (uint32_t)(raw->header.sh_size / RELOCATION_BYTES);
    if (target->relocations) {
        refuse_bytes(l, "section %s has two relocation tables", target->name);
        return;
    }
    target->relocations = POOL_ARRAY(&l->pool, struct elf_relocation, count);
    target->relocation_count = count;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *p = raw->bytes + (size_t)i * RELOCATION_BYTES;
        struct elf_relocation *r = &target->relocations[i];
        uint32_t info = load_le32(p + 4);
        *r = (struct elf_relocation){load_le32(p), info & 0xff, info >> 8, (int32_t)load_le32(p + 8), i};
        if (r->symbol >= l->elf.symbol_count) {
            refuse_bytes(l, "relocation %u of section %s names a symbol that is not there", i, target->name);
            return;
        }
        if (r->address < target->address || r->address - target->address >= target->bytes) {
            refuse_bytes(l, "relocation %u lies outside its section %s", i, target->name);
            return;
        }
    }
    qsort(target->relocations, count, sizeof *target->relocations, compare_relocations);
}

static void read_relocations(struct lower *l, const struct raw_section *raw, size_t count) {
    bool any = false;
    for (size_t i = 1; i < count && !l->refused; i++) {
        const GElf_Shdr *h = &raw[i].header;
        if (h->sh_type != SHT_RELA && h->sh_type != SHT_REL) continue;
        if (h->sh_info == 0 || h->sh_info >= count) {
            refuse_bytes(l, "relocation section %zu belongs to no section", i);
            return;
        }
        struct elf_section *target = &l->elf.sections[h->sh_info];
        if (!(target->flags & SHF_ALLOC)) continue;
        if (h->sh_type == SHT_REL) {
            refuse_bytes(l, "section %s has relocations without addends", target->name);
            return;
        }
        read_relocation_section(l, &raw[i], target);
        any = true;
    }
    if (!any && !l->refused) refuse_bytes(l, "the ELF file has no relocations; link with ld.lld-19 --emit-relocs");
}

/* Every byte that is loaded lies in one of the three windows, and all code in one section. */
static void check_windows(struct lower *l) {
    struct elf_image *elf = &l->elf;
    for (uint32_t i = 1; i < elf->section_count; i++) {
        const struct elf_section *s = &elf->sections[i];
        if (!(s->flags & SHF_ALLOC) || s->bytes == 0) continue;
        uint32_t end = s->address + s->bytes;
        if (s->flags & SHF_EXECINSTR) {
            if (elf->text) {
                refuse_bytes(l, "code in two sections, %s and %s; link with skep.ld", elf->sections[elf->text].name,
                             s->name);
                return;
            }
            if (s->address != ISA_CODE_BASE || s->bytes > TEXT_BYTES_MAX || s->bytes % 4 || !s->contents) {
                refuse_bytes(l, "section %s is not code at 0x%x of at most 4 MiB; link with skep.ld", s->name,
                             (unsigned)ISA_CODE_BASE);
                return;
            }
            elf->text = i;
        } else if (s->flags & SHF_TLS && !s->contents) {
            continue; /* .tbss takes no room of its own in this view; skep.ld reserves it */
        } else if (!(s->address >= ISA_RO_BASE && end <= ISA_RO_BASE + IMAGE_BYTES_MAX) &&
                   !(s->address >= ISA_RAM_BASE && end <= ISA_RO_BASE)) {
            refuse_bytes(l, "section %s at 0x%x to 0x%x is in neither window; link with skep.ld", s->name, s->address,
                         end);
            return;
        } else if (s->contents && s->address < ISA_RO_BASE && end > IMAGE_BYTES_MAX) {
            refuse_bytes(l,
                         "section %s ends at 0x%x; initialised data lie in the first 16 MiB of RAM, behind the stack: "
                         "take a smaller stack or less data",
                         s->name, end);
            return;
        }
    }
    if (!elf->text) refuse_bytes(l, "the ELF file has no code");
}

static void find_tls(struct lower *l) {
    uint32_t lowest = UINT32_MAX;
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *s = &l->elf.sections[i];
        if (s->flags & SHF_ALLOC && s->flags & SHF_TLS && s->address < lowest) lowest = s->address;
    }
    l->elf.tls_base = lowest == UINT32_MAX ? 0 : lowest;
}

static void read_text(struct lower *l) {
    const struct elf_section *s = &l->elf.sections[l->elf.text];
    l->text_address = s->address;
    l->text_words = s->bytes / 4;
    l->text = POOL_ARRAY(&l->pool, struct text_word, l->text_words);
    for (uint32_t i = 0; i < l->text_words; i++)
        l->text[i].instruction = decode_instruction(load_le32(s->contents + 4 * (size_t)i));
}

void read_elf(struct lower *l) {
    GElf_Ehdr header;
    struct raw_section *raw;
    size_t count;
    if (!read_header(l, &header)) return;
    if (!read_raw_sections(l, &raw, &count)) return;
    l->elf.entry = (uint32_t)header.e_entry;
    read_sections(l, raw, count);
    if (!l->refused) read_symbols(l, raw, count);
    if (!l->refused) read_relocations(l, raw, count);
    if (!l->refused) check_windows(l);
    if (l->refused) return;
    find_tls(l);
    read_text(l);
}

void close_elf(struct lower *l) {
    if (l->elf.handle) elf_end(l->elf.handle);
    free(l->elf.copy);
    l->elf.handle = l->elf.copy = NULL;
}
