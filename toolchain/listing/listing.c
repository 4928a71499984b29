#include "toolchain/listing/listing.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "core/base/bytes.h"
#include "toolchain/listing/calls_names.h"

/* Text that grows inside a fixed buffer and stops at its end. */
struct text {
    char *to;
    size_t capacity, length;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(text->to + text->length, text->capacity - text->length, format, arguments);
    va_end(arguments);
    if (written < 0) return;
    size_t room = text->capacity - text->length - 1;
    text->length += (size_t)written < room ? (size_t)written : room;
}

uint32_t listing_function_entry(const struct vm_program *program, uint32_t row) {
    if (row >= program->function_count) return program->code_words;
    return load_le32(program->functions + (size_t)row * VM_FUNCTION_BYTES);
}

uint32_t listing_function_end(const struct vm_program *program, uint32_t row) {
    if (row >= program->function_count) return program->code_words;
    uint32_t next = listing_function_entry(program, row + 1);
    return next < program->code_words ? next : program->code_words;
}

/* Rows are in the order of their entries. In a table that is not, the answer is some row: a wrong name in a listing, no
 * more. */
uint32_t listing_function_of(const struct vm_program *program, uint32_t word) {
    uint32_t low = 0, high = program->function_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (listing_function_entry(program, middle) <= word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || word >= program->code_words) return LISTING_NONE;
    return low - 1;
}

void listing_function_name(const struct listing *listing, uint32_t row, char to[LISTING_NAME_BYTES]) {
    const char *name = listing->names && row < listing->program->function_count ? listing->names[row] : NULL;
    if (name)
        snprintf(to, LISTING_NAME_BYTES, "%s", name);
    else
        snprintf(to, LISTING_NAME_BYTES, "function_%" PRIu32, row);
}

static void add_target(struct text *text, const struct listing *listing, uint32_t word, int64_t displacement) {
    int64_t target = (int64_t)word + 1 + displacement;
    if (target < 0 || target >= listing->program->code_words) {
        add(text, "%" PRId64 " <outside the code>", target);
        return;
    }
    add(text, "%" PRId64, target);
    uint32_t row = listing_function_of(listing->program, (uint32_t)target);
    if (row == LISTING_NONE) return;
    char name[LISTING_NAME_BYTES];
    listing_function_name(listing, row, name);
    uint32_t into = (uint32_t)target - listing_function_entry(listing->program, row);
    if (into == 0)
        add(text, " <%s>", name);
    else
        add(text, " <%s+%" PRIu32 ">", name, into);
}

static void add_rounding(struct text *text, uint32_t mode) {
    static const char *const names[] = {"rne", "rtz", "rdn", "rup", "rmm"};
    if (mode < sizeof names / sizeof *names)
        add(text, "%s", names[mode]);
    else
        add(text, "%" PRIu32, mode);
}

/* One operand; `part` says where its bits lie and what they mean (spec/isa_table.md, field kinds). */
static void add_field(struct text *text, const struct listing *listing, uint32_t word, const struct isa_field *part) {
    uint32_t bits = listing->program->code[word], raw = isa_bits(bits, part->low, part->bits);
    int32_t sign = isa_signed_bits(bits, part->low, part->bits);
    switch ((enum isa_kind)part->kind) {
    case ISA_KIND_reg: add(text, "%s", isa_register_name(raw)); return;
    case ISA_KIND_simm: add(text, "%" PRId32, sign); return;
    case ISA_KIND_uimm:
    case ISA_KIND_shift:
    case ISA_KIND_count: add(text, "%" PRIu32, raw); return;
    case ISA_KIND_offset: add(text, "%" PRId32, sign + ISA_RAM_BASE); return;
    case ISA_KIND_forward: add_target(text, listing, word, raw); return;
    case ISA_KIND_back: add_target(text, listing, word, -(int64_t)raw); return;
    case ISA_KIND_call: add_target(text, listing, word, sign); return;
    case ISA_KIND_width: add(text, "%" PRIu32, raw + 1); return;
    case ISA_KIND_rounding: add_rounding(text, raw); return;
    case ISA_KIND_run: add(text, "run %" PRIu32, raw); return;
    case ISA_KIND_frame: add(text, "frame %" PRIu32, raw * 4); return;
    case ISA_KIND_flag: add(text, "%s", part->name); return;
    }
}

/* An address in the read-only window, with the text that lies there, if it looks like one. */
static void add_read_only(struct text *text, const struct vm_program *program, uint32_t offset) {
    enum { SHOWN = 32 };
    uint32_t count = 0;
    add(text, "  ; 0x%08" PRIx32, ISA_RO_BASE + offset);
    if (!program->read_only || offset >= program->read_only_bytes) return;
    const uint8_t *from = program->read_only + offset;
    while (count < SHOWN && offset + count < program->read_only_bytes && from[count] >= ' ' && from[count] < 0x7f)
        count++;
    if (count >= 2) add(text, " \"%.*s\"%s", (int)count, (const char *)from, count == SHOWN ? "..." : "");
}

void listing_word(const struct listing *listing, uint32_t word, char to[LISTING_WORD_BYTES]) {
    struct text text = {to, LISTING_WORD_BYTES, 0};
    to[0] = '\0';
    if (word >= listing->program->code_words) return;
    uint32_t bits = listing->program->code[word];
    const char *mnemonic = isa_op_name((uint8_t)bits);
    if (!mnemonic) {
        add(&text, ".word 0x%08" PRIx32 "  ; no such opcode", bits);
        return;
    }
    const struct isa_form_info *form = &isa_form_table[isa_op_table[bits & 0xff].form];
    add(&text, form->field_count > 0 ? "%-8s" : "%s", mnemonic);
    for (unsigned i = 0; i < form->field_count; i++) {
        const struct isa_field *part = &form->field[i];
        if (part->kind == ISA_KIND_flag && isa_bits(bits, part->low, part->bits) == 0) continue;
        add(&text, i == 0 ? " " : ", ");
        add_field(&text, listing, word, part);
    }
    if ((bits & 0xff) == OP_HCALL) {
        const struct calls_name *call = calls_name(isa_bits(bits, 16, 12));
        if (call) add(&text, " <%s>", call->name);
    }
    if ((bits & 0xff) == OP_LI_RO) add_read_only(&text, listing->program, isa_bits(bits, 12, 20));
    if (bits & form->reserved) add(&text, "  ; refused: bits 0x%" PRIx32 " must be zero", bits & form->reserved);
}

static void write_header(const struct listing *listing, uint32_t row, FILE *to) {
    const struct vm_program *program = listing->program;
    const uint8_t *wire = program->functions + (size_t)row * VM_FUNCTION_BYTES;
    char name[LISTING_NAME_BYTES];
    listing_function_name(listing, row, name);
    fprintf(to, "\n%s:  ; function %" PRIu32 ", %" PRIu32 " words", name, row,
            listing_function_end(program, row) - listing_function_entry(program, row));
    uint32_t frame = load_le16(wire + 4), depth = load_le16(wire + 6), calls = load_le16(wire + 8);
    if (frame == VM_UNBOUNDED)
        fputs(", frame not known", to);
    else
        fprintf(to, ", frame %" PRIu32 " bytes", frame * 4);
    if (depth == VM_UNBOUNDED)
        fputs(", stack bounded by limit", to);
    else
        fprintf(to, ", stack %" PRIu32 " bytes", depth * 4);
    if (calls == VM_UNBOUNDED)
        fputs(", calls bounded by limit\n", to);
    else
        fprintf(to, ", %" PRIu32 " calls deep\n", calls);
}

static void write_place(const struct listing_place *place, FILE *to) {
    fprintf(to, "; %s:%" PRIu32, place->file, place->line);
    if (place->text) fprintf(to, ": %s", place->text);
    fputc('\n', to);
}

static int same_place(const struct listing_place *left, const struct listing_place *right) {
    return left->line == right->line && left->file && right->file && strcmp(left->file, right->file) == 0;
}

void listing_write(const struct listing *listing, uint32_t first, uint32_t end, FILE *to) {
    const struct vm_program *program = listing->program;
    const struct listing_place *last = NULL;
    if (end > program->code_words) end = program->code_words;
    for (uint32_t word = first; word < end; word++) {
        uint32_t row = listing_function_of(program, word);
        if (row != LISTING_NONE && listing_function_entry(program, row) == word) {
            write_header(listing, row, to);
            last = NULL;
        }
        const struct listing_place *place = listing->places ? &listing->places[word] : NULL;
        if (place && place->file && (!last || !same_place(last, place))) {
            write_place(place, to);
            last = place;
        }
        char text[LISTING_WORD_BYTES];
        listing_word(listing, word, text);
        fprintf(to, "%7" PRIu32 "  %08" PRIx32 "  %s\n", word, program->code[word], text);
    }
}
