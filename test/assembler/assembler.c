#include "test/assembler/assembler.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"

enum { LABELS_MAX = 1024, NAME_BYTES = 32, OPERANDS_MAX = 8, STATEMENT_BYTES = 256, NOT_GIVEN = -1 };

struct label {
    char name[NAME_BYTES];
    uint32_t word;
};

struct function {
    uint32_t entry, end;
    int32_t run, row_frame, depth, calls; /* NOT_GIVEN: to be computed */
    uint32_t frame;
};

struct assembler {
    struct assembly *out;
    struct label label[LABELS_MAX];
    uint32_t label_count;
    struct function function[ASSEMBLY_FUNCTIONS_MAX];
    uint32_t function_count;
    bool encoding, raw, automatic_charge[ASSEMBLY_WORDS_MAX];
    char entry_name[NAME_BYTES];
    char statement[STATEMENT_BYTES]; /* the one being read, for messages */
};

__attribute__((format(printf, 2, 3))) static bool wrong(struct assembler *as, const char *format, ...) {
    char what[96];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    snprintf(as->out->error, sizeof as->out->error, "%s: \"%.48s\"", what, as->statement);
    return false;
}

int assembly_opcode(const char *name) {
    for (int code = 0; code < 256; code++) {
        const char *row = isa_op_name((uint8_t)code);
        if (row && strcmp(row, name) == 0) return code;
    }
    return -1;
}

static bool emit(struct assembler *as, uint32_t word) {
    if (as->out->word_count == ASSEMBLY_WORDS_MAX) return wrong(as, "more than %d words", (int)ASSEMBLY_WORDS_MAX);
    as->out->words[as->out->word_count++] = word;
    return true;
}

static const struct label *label_find(const struct assembler *as, const char *name) {
    for (uint32_t i = 0; i < as->label_count; i++)
        if (strcmp(as->label[i].name, name) == 0) return &as->label[i];
    return NULL;
}

static bool label_add(struct assembler *as, const char *name) {
    if (as->encoding) return true;
    if (label_find(as, name)) return wrong(as, "two labels %s", name);
    if (as->label_count == LABELS_MAX || strlen(name) >= NAME_BYTES) return wrong(as, "too many or too long labels");
    struct label *label = &as->label[as->label_count++];
    memcpy(label->name, name, strlen(name) + 1);
    label->word = as->out->word_count;
    return true;
}

/* A number in C's notation that fits 32 bits, signed or not. */
static bool number_of(const char *text, int64_t *value) {
    char *end;
    *value = strtoll(text, &end, 0);
    return end != text && *end == 0 && *value >= INT32_MIN && *value <= UINT32_MAX;
}

static bool register_of(const char *text, int64_t *value) {
    for (unsigned i = 0; i < VM_REGISTERS; i++)
        if (strcmp(isa_register_name(i), text) == 0) return *value = i, true;
    return false;
}

static bool is_target(enum isa_kind kind) {
    return kind == ISA_KIND_forward || kind == ISA_KIND_back || kind == ISA_KIND_call;
}

/* The number that an operand stands for, before it is put into its field. */
static bool operand_value(struct assembler *as, enum isa_kind kind, const char *text, int64_t *value) {
    if (kind == ISA_KIND_reg) return register_of(text, value) || wrong(as, "no register %s", text);
    if (number_of(text, value)) return true;
    if (!is_target(kind)) return wrong(as, "no number %s", text);
    const struct label *label = label_find(as, text);
    if (!label && as->encoding) return wrong(as, "no label %s", text);
    int64_t distance = label ? (int64_t)label->word - (as->out->word_count + 1) : 0;
    *value = kind == ISA_KIND_back ? -distance : distance;
    return true;
}

static bool field_put(struct assembler *as, const struct isa_field *field, int64_t value, uint32_t *word) {
    bool is_signed = field->kind == ISA_KIND_simm || field->kind == ISA_KIND_offset || field->kind == ISA_KIND_call;
    if (field->kind == ISA_KIND_offset) value -= ISA_RAM_BASE;
    if (field->kind == ISA_KIND_width) value -= 1;
    int64_t low = is_signed ? -((int64_t)1 << (field->bits - 1)) : 0;
    int64_t high = low + ((int64_t)1 << field->bits) - 1;
    if (as->encoding && (value < low || value > high))
        return wrong(as, "%s does not fit %d bits", field->name, field->bits);
    *word |= ((uint32_t)value & (uint32_t)((1ull << field->bits) - 1)) << field->low;
    return true;
}

/* The row for a branch or jump whose label lies behind it. */
static int backward_row(struct assembler *as, int code, const char *target) {
    const struct label *label = label_find(as, target);
    if (!label || label->word > as->out->word_count) return code;
    if (code == OP_J) return OP_JB;
    if (code >= OP_BEQ && code <= OP_BGEU) return code - OP_BEQ + OP_BEQ_B;
    return code;
}

static void call_declare(struct assembly *out, uint16_t call) {
    uint32_t at = 0;
    while (at < out->call_count && load_le16(out->calls + 2 * at) < call) at++;
    if (at < out->call_count && load_le16(out->calls + 2 * at) == call) return;
    if (out->call_count == ASSEMBLY_CALLS_MAX) return;
    memmove(out->calls + 2 * at + 2, out->calls + 2 * at, 2 * (out->call_count - at));
    store_le16(out->calls + 2 * at, call);
    out->call_count++;
}

static bool row(struct assembler *as, int code, char *operand[], unsigned count) {
    if (count > 0 && isa_op_table[code].form != ISA_FORM_call) code = backward_row(as, code, operand[count - 1]);
    const struct isa_form_info *form = &isa_form_table[isa_op_table[code].form];
    uint32_t word = (uint32_t)code;
    if (code == OP_CHARGE && count == 0) {
        if (as->out->word_count < ASSEMBLY_WORDS_MAX) as->automatic_charge[as->out->word_count] = true;
        return emit(as, word);
    }
    if (count != form->field_count) return wrong(as, "%u operands, not %u", form->field_count, count);
    for (unsigned i = 0; i < count; i++) {
        int64_t value = 0;
        if (!operand_value(as, form->field[i].kind, operand[i], &value)) return false;
        if (!field_put(as, &form->field[i], value, &word)) return false;
    }
    if (code == OP_HCALL) call_declare(as->out, (uint16_t)isa_bits(word, 16, 12));
    return emit(as, word);
}

static bool set_register(struct assembler *as, char *operand[], unsigned count) {
    int64_t reg = 0, value = 0;
    if (count != 2 || !register_of(operand[0], &reg)) return wrong(as, "set takes a register and a value");
    if (operand[1][0] == '@') {
        const struct label *label = label_find(as, operand[1] + 1);
        if (!label && as->encoding) return wrong(as, "no label %s", operand[1] + 1);
        if (label) value = ISA_CODE_BASE + 4 * (int64_t)label->word;
    } else if (!number_of(operand[1], &value)) {
        return wrong(as, "no number %s", operand[1]);
    }
    uint32_t low = (uint32_t)value & 0xffff, high = ((uint32_t)value + 0x8000) >> 16;
    uint32_t fields = (uint32_t)reg << 8;
    return emit(as, OP_LUI16 | fields | high << 16) && emit(as, OP_ADDI | fields | (uint32_t)reg << 12 | low << 16);
}

static void function_end(struct assembler *as) {
    if (as->function_count > 0) as->function[as->function_count - 1].end = as->out->word_count;
}

static bool function_begin(struct assembler *as, char *word[], unsigned count) {
    if (count == 0 || as->function_count == ASSEMBLY_FUNCTIONS_MAX) return wrong(as, "no name, or too many functions");
    function_end(as);
    struct function *function = &as->function[as->function_count++];
    *function = (struct function){as->out->word_count, 0, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, 0};
    int64_t saves = 0, taken = 0;
    for (unsigned i = 1; i < count; i++) {
        char *equals = strchr(word[i], '=');
        int64_t value = 1;
        if (equals) *equals = 0;
        if (equals && !number_of(equals + 1, &value)) return wrong(as, "no number %s", equals + 1);
        if (strcmp(word[i], "frame") == 0)
            function->frame = (uint32_t)value & 0x3ff;
        else if (strcmp(word[i], "saves") == 0)
            saves = value;
        else if (strcmp(word[i], "taken") == 0)
            taken = value;
        else if (strcmp(word[i], "run") == 0)
            function->run = (int32_t)value & 0xfff;
        else if (strcmp(word[i], "row_frame") == 0)
            function->row_frame = (int32_t)value;
        else if (strcmp(word[i], "depth") == 0)
            function->depth = (int32_t)value;
        else if (strcmp(word[i], "calls") == 0)
            function->calls = (int32_t)value;
        else
            return wrong(as, "no key %s", word[i]);
    }
    if (saves < 0 || saves > 2) return wrong(as, "saves is 0 to 2");
    uint32_t code = OP_ENTRY0 + (uint32_t)saves;
    return label_add(as, word[0]) && emit(as, code | function->frame << 20 | (taken ? 1u << 30 : 0));
}

static bool directive(struct assembler *as, char *word[], unsigned count) {
    int64_t value;
    if (strcmp(word[0], ".raw") == 0) return true;
    if (count != 2) return wrong(as, "%s takes one operand", word[0]);
    if (strcmp(word[0], ".entry") == 0) {
        snprintf(as->entry_name, sizeof as->entry_name, "%s", word[1]);
        return true;
    }
    if (!number_of(word[1], &value)) return wrong(as, "no number %s", word[1]);
    if (strcmp(word[0], ".word") == 0) return emit(as, (uint32_t)value);
    if (strcmp(word[0], ".declare") != 0) return wrong(as, "no directive %s", word[0]);
    call_declare(as->out, (uint16_t)value);
    return true;
}

/* One statement without labels, split at blanks and commas. */
static bool statement(struct assembler *as, char *text) {
    char *word[OPERANDS_MAX + 1];
    unsigned count = 0;
    for (char *at = strtok(text, " \t,"); at; at = strtok(NULL, " \t,")) {
        if (count > OPERANDS_MAX) return wrong(as, "too many operands");
        word[count++] = at;
    }
    if (count == 0) return true;
    if (word[0][0] == '.' && strcmp(word[0], ".word") != 0) return directive(as, word, count);
    if (strcmp(word[0], "func") == 0) return function_begin(as, word + 1, count - 1);
    if (as->function_count == 0 && !as->raw) {
        char *name = "main";
        if (!function_begin(as, &name, 1)) return false;
    }
    if (word[0][0] == '.') return directive(as, word, count);
    if (strcmp(word[0], "set") == 0) return set_register(as, word + 1, count - 1);
    int code = assembly_opcode(word[0]);
    return code < 0 ? wrong(as, "no row %s", word[0]) : row(as, code, word + 1, count - 1);
}

/* Takes the labels off the front of a statement; what is left starts at *text. */
static bool labels(struct assembler *as, char **text) {
    for (char *colon; (colon = strchr(*text, ':')) != NULL; *text = colon + 1) {
        *colon = 0;
        char *name = strtok(*text, " \t");
        if (!name || strtok(NULL, " \t")) return wrong(as, "a label is one word");
        if (as->function_count == 0 && !as->raw) {
            char *first = "main";
            if (!function_begin(as, &first, 1)) return false;
        }
        if (!label_add(as, name)) return false;
    }
    return true;
}

static bool pass(struct assembler *as, const char *text) {
    as->out->word_count = 0;
    as->function_count = 0;
    while (isspace((unsigned char)*text)) text++;
    as->raw = strncmp(text, ".raw", 4) == 0;
    if (!as->raw && !emit(as, OP_STOP)) return false;
    while (*text) {
        size_t length = strcspn(text, ";\n#");
        if (length >= STATEMENT_BYTES) return wrong(as, "a statement is too long");
        char copy[STATEMENT_BYTES];
        memcpy(copy, text, length);
        copy[length] = 0;
        memcpy(as->statement, copy, length + 1);
        char *rest = copy;
        if (!labels(as, &rest) || !statement(as, rest)) return false;
        text += length;
        if (*text == '#') text += strcspn(text, "\n");
        if (*text) text++;
    }
    function_end(as);
    return true;
}

static bool ends_run(uint32_t word) { return (word & 0xff) == OP_CHARGE; }

static void fill_charges(struct assembler *as) {
    uint32_t *words = as->out->words;
    for (uint32_t f = 0; f < as->function_count; f++) {
        const struct function *function = &as->function[f];
        uint32_t left = 0; /* words from here to the next CHARGE or the end */
        for (uint32_t i = function->end; i-- > function->entry;) {
            left++;
            if (as->automatic_charge[i]) words[i] |= (left & 0xfff) << 16;
            if (i == function->entry)
                words[i] |= (function->run == NOT_GIVEN ? left & 0xfff : (uint32_t)function->run) << 8;
            if (ends_run(words[i])) left = 0;
        }
    }
}

/* Sum that sticks at "bounded by limit", as spec/isa.md section 5 counts. */
static uint32_t depth_sum(uint32_t a, uint32_t b) {
    return a == VM_UNBOUNDED || b == VM_UNBOUNDED || a + b >= VM_UNBOUNDED ? VM_UNBOUNDED : a + b;
}

static struct assembly_row row_of(const struct assembler *as, const struct assembly_row *rows, uint32_t f) {
    const struct function *function = &as->function[f];
    struct assembly_row row = rows[f];
    for (uint32_t i = function->entry; i < function->end; i++) {
        uint32_t word = as->out->words[i], code = word & 0xff, depth = 0, calls = 0;
        if (code == OP_CALLR || code == OP_TAILR || code == OP_LONGJMP) depth = calls = VM_UNBOUNDED;
        if (code == OP_CALL || code == OP_TAIL) {
            uint32_t target = i + 1 + (uint32_t)isa_signed_bits(word, 8, 24);
            for (uint32_t g = 0; g < as->function_count; g++) {
                if (as->function[g].entry != target) continue;
                depth = depth_sum(code == OP_CALL ? row.frame : 0, rows[g].depth);
                calls = depth_sum(code == OP_CALL, rows[g].calls);
            }
        }
        if (depth > row.depth) row.depth = (uint16_t)depth;
        if (calls > row.calls) row.calls = (uint16_t)calls;
    }
    if (function->depth != NOT_GIVEN) row.depth = (uint16_t)function->depth;
    if (function->calls != NOT_GIVEN) row.calls = (uint16_t)function->calls;
    return row;
}

/* Depths by repetition: those that still grow after as many rounds as there are functions lie on a cycle. */
static void fill_rows(struct assembler *as) {
    struct assembly_row rows[ASSEMBLY_FUNCTIONS_MAX];
    uint32_t count = as->function_count;
    for (uint32_t f = 0; f < count; f++) {
        uint16_t frame = (uint16_t)(as->function[f].row_frame == NOT_GIVEN ? (int32_t)as->function[f].frame
                                                                           : as->function[f].row_frame);
        rows[f] = (struct assembly_row){as->function[f].entry, frame, frame, 0, 0};
    }
    for (uint32_t round = 0; round < 3 * count + 1; round++) {
        for (uint32_t f = 0; f < count; f++) {
            struct assembly_row row = row_of(as, rows, f);
            if (round > count && as->function[f].depth == NOT_GIVEN && row.depth != rows[f].depth)
                row.depth = VM_UNBOUNDED;
            if (round > count && as->function[f].calls == NOT_GIVEN && row.calls != rows[f].calls)
                row.calls = VM_UNBOUNDED;
            rows[f] = row;
        }
    }
    for (uint32_t f = 0; f < count; f++) assembly_row_put(as->out->functions, f, rows[f]);
    as->out->function_count = count;
}

static bool finish(struct assembler *as) {
    fill_charges(as);
    fill_rows(as);
    if (!as->entry_name[0]) return true;
    const struct label *label = label_find(as, as->entry_name);
    for (uint32_t f = 0; label && f < as->function_count; f++)
        if (as->function[f].entry == label->word) return as->out->entry_function = f, true;
    return wrong(as, "no function %s to enter", as->entry_name);
}

bool assemble(const char *text, struct assembly *out) {
    struct assembler *as = calloc(1, sizeof *as);
    if (!as) abort();
    memset(out, 0, sizeof *out);
    as->out = out;
    bool good = pass(as, text);
    as->encoding = true;
    good = good && pass(as, text) && finish(as);
    free(as);
    return good;
}

struct vm_program assembly_program(const struct assembly *assembly, const uint8_t *read_only,
                                   uint32_t read_only_bytes) {
    return (struct vm_program){
        .code = assembly->words,
        .code_words = assembly->word_count,
        .functions = assembly->functions,
        .function_count = assembly->function_count,
        .read_only = read_only,
        .read_only_bytes = read_only_bytes,
        .calls = assembly->calls,
        .call_count = assembly->call_count,
        .entry_function = assembly->entry_function,
    };
}

struct assembly_row assembly_row_get(const uint8_t *functions, uint32_t index) {
    const uint8_t *at = functions + (size_t)index * VM_FUNCTION_BYTES;
    return (struct assembly_row){load_le32(at), load_le16(at + 4), load_le16(at + 6), load_le16(at + 8),
                                 load_le16(at + 10)};
}

void assembly_row_put(uint8_t *functions, uint32_t index, struct assembly_row row) {
    uint8_t *at = functions + (size_t)index * VM_FUNCTION_BYTES;
    store_le32(at, row.entry);
    store_le16(at + 4, row.frame);
    store_le16(at + 6, row.depth);
    store_le16(at + 8, row.calls);
    store_le16(at + 10, row.zero);
}

static int32_t field_value(const struct isa_field *field, uint32_t word) {
    switch ((enum isa_kind)field->kind) {
    case ISA_KIND_simm:
    case ISA_KIND_call: return isa_signed_bits(word, field->low, field->bits);
    case ISA_KIND_offset: return isa_signed_bits(word, field->low, field->bits) + ISA_RAM_BASE;
    case ISA_KIND_width: return (int32_t)isa_bits(word, field->low, field->bits) + 1;
    case ISA_KIND_reg:
    case ISA_KIND_uimm:
    case ISA_KIND_forward:
    case ISA_KIND_back:
    case ISA_KIND_shift:
    case ISA_KIND_rounding:
    case ISA_KIND_run:
    case ISA_KIND_frame:
    case ISA_KIND_flag:
    case ISA_KIND_count: break;
    }
    return (int32_t)isa_bits(word, field->low, field->bits);
}

void assembly_print_word(uint32_t word, char to[ASSEMBLY_LINE_BYTES]) {
    const char *name = isa_op_name((uint8_t)word);
    if (!name || word & isa_form_table[isa_op_table[word & 0xff].form].reserved) {
        snprintf(to, ASSEMBLY_LINE_BYTES, ".word 0x%08x", word);
        return;
    }
    const struct isa_form_info *form = &isa_form_table[isa_op_table[word & 0xff].form];
    size_t length = (size_t)snprintf(to, ASSEMBLY_LINE_BYTES, "%s", name);
    for (unsigned i = 0; i < form->field_count; i++) {
        const struct isa_field *field = &form->field[i];
        const char *separator = i ? ", " : " ";
        int32_t value = field_value(field, word);
        int added = field->kind == ISA_KIND_reg
                        ? snprintf(to + length, ASSEMBLY_LINE_BYTES - length, "%s%s", separator,
                                   isa_register_name((unsigned)value))
                        : snprintf(to + length, ASSEMBLY_LINE_BYTES - length, "%s%d", separator, value);
        length += (size_t)added;
    }
}
