#include <dwarf.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "toolchain/symbols/dwarf_source.h"

static bool is_guest_elf(Elf *elf) {
    GElf_Ehdr header;
    return elf_kind(elf) == ELF_K_ELF && gelf_getehdr(elf, &header) && header.e_machine == EM_RISCV &&
           gelf_getclass(elf) == ELFCLASS32;
}

/* Functions by their type; labels that start-up code written in assembly exports carry none, so those count too. */
static bool is_function(const GElf_Sym *symbol) {
    int type = GELF_ST_TYPE(symbol->st_info), binding = GELF_ST_BIND(symbol->st_info);
    if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx >= SHN_LORESERVE) return false;
    return type == STT_FUNC || (type == STT_NOTYPE && binding != STB_LOCAL);
}

static int by_address(const void *left, const void *right) {
    const struct dwarf_function *a = left, *b = right;
    if (a->address != b->address) return a->address < b->address ? -1 : 1;
    return a->bytes > b->bytes ? -1 : a->bytes < b->bytes; /* the sized name before a label on the same spot */
}

static void read_functions(struct dwarf_source *source, Elf_Scn *section, const GElf_Shdr *header) {
    Elf_Data *data = elf_getdata(section, NULL);
    if (!data || header->sh_entsize == 0) return;
    size_t count = data->d_size / sizeof(Elf32_Sym);
    source->functions = calloc(count + 1, sizeof *source->functions);
    if (!source->functions) return;
    for (size_t i = 0; i < count && i <= INT32_MAX; i++) {
        GElf_Sym symbol;
        if (!gelf_getsym(data, (int)i, &symbol) || !is_function(&symbol)) continue;
        const char *name = elf_strptr(source->elf, header->sh_link, symbol.st_name);
        if (!name || !*name) continue;
        source->functions[source->function_count++] =
            (struct dwarf_function){(uint32_t)symbol.st_value, (uint32_t)symbol.st_size, name};
    }
    qsort(source->functions, source->function_count, sizeof *source->functions, by_address);
}

static void read_symbol_table(struct dwarf_source *source) {
    for (Elf_Scn *section = NULL; (section = elf_nextscn(source->elf, section));) {
        GElf_Shdr header;
        if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB) continue;
        read_functions(source, section, &header);
        return;
    }
}

/* libdw keeps the unit's own memory; a Dwarf_Die is a small handle that may be copied. */
static void read_units(struct dwarf_source *source) {
    size_t capacity = 0;
    Dwarf_CU *unit = NULL;
    Dwarf_Die die;
    while (dwarf_get_units(source->dwarf, unit, &unit, NULL, NULL, &die, NULL) == 0) {
        if (dwarf_tag(&die) != DW_TAG_compile_unit) continue;
        if (source->unit_count == capacity) {
            capacity = capacity ? capacity * 2 : 16;
            Dwarf_Die *more = realloc(source->units, capacity * sizeof *more);
            if (!more) return;
            source->units = more;
        }
        source->units[source->unit_count++] = die;
    }
}

struct dwarf_source *dwarf_source_open(const void *elf, size_t bytes) {
    if (bytes < sizeof(Elf32_Ehdr) || elf_version(EV_CURRENT) == EV_NONE) return NULL;
    struct dwarf_source *source = calloc(1, sizeof *source);
    if (!source) return NULL;
    source->bytes = malloc(bytes);
    if (source->bytes) {
        memcpy(source->bytes, elf, bytes);
        source->elf = elf_memory(source->bytes, bytes);
    }
    if (!source->elf || !is_guest_elf(source->elf)) {
        dwarf_source_close(source);
        return NULL;
    }
    read_symbol_table(source);
    source->dwarf = dwarf_begin_elf(source->elf, DWARF_C_READ, NULL);
    if (source->dwarf) read_units(source);
    dwarf_collect_code(source);
    return source;
}

void dwarf_source_close(struct dwarf_source *source) {
    if (!source) return;
    if (source->dwarf) dwarf_end(source->dwarf);
    if (source->elf) elf_end(source->elf);
    dwarf_forget_names(source);
    free(source->functions);
    free(source->units);
    free(source->code);
    free(source->bytes);
    free(source);
}

const char *dwarf_function_name(const struct dwarf_source *source, uint32_t address) {
    size_t low = 0, high = source->function_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (source->functions[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return NULL;
    uint32_t start = source->functions[low - 1].address;
    size_t first = low - 1;
    while (first > 0 && source->functions[first - 1].address == start) first--;
    const struct dwarf_function *function = &source->functions[first];
    return function->bytes == 0 || address - start < function->bytes ? function->name : NULL;
}

/* Builds that are the same everywhere name files from "."; people do not say that. */
static const char *plain_path(const char *path) {
    while (path && path[0] == '.' && path[1] == '/') path += 2;
    return path;
}

static void take_line(Dwarf_Die *unit, uint32_t address, struct symbols_frame *frame) {
    Dwarf_Line *line = dwarf_getsrc_die(unit, address);
    int number = 0, column = 0;
    if (!line || dwarf_lineno(line, &number) != 0 || number <= 0) return;
    frame->file = plain_path(dwarf_linesrc(line, NULL, NULL));
    frame->line = (uint32_t)number;
    if (dwarf_linecol(line, &column) == 0 && column > 0) frame->column = (uint32_t)column;
}

static uint32_t number_of(Dwarf_Die *die, unsigned attribute_name) {
    Dwarf_Attribute attribute;
    Dwarf_Word value = 0;
    if (!dwarf_attr(die, attribute_name, &attribute) || dwarf_formudata(&attribute, &value) != 0) return 0;
    return value <= UINT32_MAX ? (uint32_t)value : 0;
}

/* Where an inlined function was called: the line of the frame around it. */
static void take_call_site(Dwarf_Die *unit, Dwarf_Die *inlined, struct symbols_frame *frame) {
    Dwarf_Files *files = NULL;
    size_t count = 0;
    uint32_t file = number_of(inlined, DW_AT_call_file);
    if (dwarf_getsrcfiles(unit, &files, &count) == 0 && file < count)
        frame->file = plain_path(dwarf_filesrc(files, file, NULL, NULL));
    frame->line = number_of(inlined, DW_AT_call_line);
    frame->column = number_of(inlined, DW_AT_call_column);
}

/* Assembly has lines, but no functions. */
static size_t line_alone(struct dwarf_source *source, uint32_t address, struct symbols_frame *frame) {
    *frame = (struct symbols_frame){0};
    for (size_t i = 0; i < source->unit_count && !frame->file; i++)
        if (dwarf_haspc(&source->units[i], address) == 1) take_line(&source->units[i], address, frame);
    return frame->file != NULL;
}

size_t dwarf_frames(struct dwarf_source *source, uint32_t address, struct symbols_frame frames[SYMBOLS_FRAMES_MAX]) {
    struct dwarf_place place;
    if (!dwarf_place_of(source, address, &place)) return line_alone(source, address, &frames[0]);
    size_t count = 0;
    struct symbols_frame frame = {0};
    take_line(&place.unit, address, &frame);
    for (int i = 0; i < place.count && count < SYMBOLS_FRAMES_MAX; i++) {
        int tag = dwarf_tag(&place.scope[i]);
        if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine) continue;
        frame.function = dwarf_full_name(source, &place.unit, &place.scope[i]);
        frame.is_inlined = tag == DW_TAG_inlined_subroutine;
        frames[count++] = frame;
        frame = (struct symbols_frame){0};
        take_call_site(&place.unit, &place.scope[i], &frame);
    }
    return count;
}
