/* Source lines of ELF addresses, for refusals and for --debug. The only file here that uses libdw. */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <stdio.h>
#include <string.h>

#include "toolchain/lower/lower_ir.h"

/* Calls `each` for every row of every line table until it returns true. */
static bool each_line(struct lower *l, bool (*each)(struct lower *l, Dwarf_Line *line, void *context), void *context) {
    Dwarf *dwarf = l->elf.handle ? dwarf_begin_elf(l->elf.handle, DWARF_C_READ, NULL) : NULL;
    Dwarf_Off offset = 0, next;
    size_t header_bytes;
    bool done = false;
    while (dwarf && !done && dwarf_nextcu(dwarf, offset, &next, &header_bytes, NULL, NULL, NULL) == 0) {
        Dwarf_Die unit;
        Dwarf_Lines *lines;
        size_t count;
        if (dwarf_offdie(dwarf, offset + header_bytes, &unit) && dwarf_getsrclines(&unit, &lines, &count) == 0)
            for (size_t i = 0; i < count && !done; i++) done = each(l, dwarf_onesrcline(lines, i), context);
        offset = next;
    }
    if (dwarf) dwarf_end(dwarf);
    return done;
}

/* The row that holds an address is the last one at or below it, in a sequence that ends above it. */
struct search {
    uint32_t address;
    char *to;
    size_t bytes;
    bool pending; /* `to` holds the row before this one, at or below the address */
};

static bool search_line(struct lower *l, Dwarf_Line *line, void *context) {
    struct search *search = context;
    Dwarf_Addr address;
    bool end;
    int number;
    if (dwarf_lineaddr(line, &address) != 0 || dwarf_lineendsequence(line, &end) != 0) return false;
    if (address < l->text_address) return false; /* of a section that the linker dropped */
    if (search->pending && address > search->address) return true;
    if (end || address > search->address) {
        search->pending = false;
        return false;
    }
    const char *file = dwarf_linesrc(line, NULL, NULL);
    if (!file || dwarf_lineno(line, &number) != 0 || number == 0) return false; /* of no line: the one before counts */
    const char *slash = strrchr(file, '/');
    snprintf(search->to, search->bytes, "%s:%d", slash ? slash + 1 : file, number);
    search->pending = true;
    return false;
}

bool source_line(struct lower *l, uint32_t address, char *to, size_t bytes) {
    struct search search = {address, to, bytes, false};
    return each_line(l, search_line, &search);
}

static bool mark_line_start(struct lower *l, Dwarf_Line *line, void *context) {
    (void)context;
    Dwarf_Addr address;
    bool statement;
    if (dwarf_lineaddr(line, &address) != 0 || dwarf_linebeginstatement(line, &statement) != 0 || !statement)
        return false;
    if (address > UINT32_MAX) return false;
    struct text_word *word = text_at(l, (uint32_t)address);
    if (word) word->line_start = true;
    return false;
}

void source_line_starts(struct lower *l) { (void)each_line(l, mark_line_start, NULL); }
