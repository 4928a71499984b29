#include "toolchain/lower/lower.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "toolchain/lower/lower_ir.h"

/* The translation, from first to last. Each pass may refuse; none after it runs then. */
static const struct {
    const char *name;
    lower_pass *run;
} passes[] = {
    {"read-elf", read_elf},                         /* the only file that includes libelf */
    {"check-relocations", check_relocations},       /* what will be rewritten is what it says it is */
    {"find-functions", find_functions},             /* and what is reached, whose address is taken */
    {"analyse", analyse},                           /* the return address is only returned to; what returns at all */
    {"select", select_ops},                         /* one word for each instruction, in basic blocks */
    {"shape-frames", shape_frames},                 /* ENTRY0..2, RET0..2 */
    {"find-lives", find_lives},                     /* registers that blocks need, for fuse */
    {"fuse", fuse_ops},                             /* pairs and triples that have a row of their own */
    {"lay-out", lay_out},                           /* places, long branches, fuel for long functions */
    {"encode", encode_words},                       /* words, and the map back to the ELF */
    {"build-function-table", build_function_table}, /* frames, worst stacks */
    {"build-data", build_data},                     /* both windows, with code addresses rewritten */
    {"verify", verify_output},                      /* core/vm/verify.c itself */
};

/* "file.c:12: in main: "; without the function as long as functions are not known. */
static void write_place(struct lower *l, uint32_t address, char *to, size_t bytes) {
    char line[160];
    to[0] = 0;
    if (address == 0) return;
    const struct function *f = function_at(l, address);
    if (!source_line(l, address, line, sizeof line)) snprintf(line, sizeof line, "0x%x", address);
    snprintf(to, bytes, "%s: %s%s%s", line, f ? "in " : "", f ? f->name : "", f ? ": " : "");
}

void refuse(struct lower *l, uint32_t address, const char *format, ...) {
    if (l->refused) return;
    l->refused = ST_REFUSED;
    char place[LOWER_MESSAGE_BYTES / 2], reason[LOWER_MESSAGE_BYTES / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    write_place(l, address, place, sizeof place);
    snprintf(l->message, LOWER_MESSAGE_BYTES, "%s%s", place, reason);
}

void refuse_bytes(struct lower *l, const char *format, ...) {
    if (l->refused) return;
    l->refused = ST_CORRUPT;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(l->message, LOWER_MESSAGE_BYTES, format, arguments);
    va_end(arguments);
}

void verify_output(struct lower *l) {
    uint8_t *calls = POOL_ARRAY(&l->pool, uint8_t, 2 * (size_t)l->call_count);
    for (uint32_t i = 0; i < l->call_count; i++) store_le16(calls + 2 * (size_t)i, l->calls[i]);
    struct vm_program program = {
        .code = l->words,
        .code_words = l->word_count,
        .functions = l->table,
        .function_count = l->table_rows,
        .read_only = l->read_only,
        .read_only_bytes = l->read_only_bytes,
        .calls = calls,
        .call_count = l->call_count,
        .entry_function = l->entry->index,
    };
    if (vm_verify(&program, &l->verdict) == ST_OK) return;
    uint32_t address = 0;
    for (uint32_t m = 0; m < l->map_count && l->map[m].word <= l->verdict.word; m++) address = l->map[m].first;
    refuse(l, address, "the verifier refuses word %u (0x%08x) of the translation: %s; please report this program",
           l->verdict.word, l->words[l->verdict.word], vm_refusal_text(l->verdict.refusal));
}

/* A copy that outlives the translation. */
static void *keep(const void *from, size_t bytes) {
    void *copy = calloc(1, bytes ? bytes : 1);
    if (copy && bytes) memcpy(copy, from, bytes);
    return copy;
}

static uint32_t bound_of(uint32_t value, uint32_t unit) { return value == VM_UNBOUNDED ? UINT32_MAX : value * unit; }

static struct lower_function describe(const struct function *f) {
    return (struct lower_function){
        .name = f->name,
        .entry = f->entry,
        .end = f->word_end,
        .elf_address = f->address,
        .elf_bytes = f->end - f->address,
        .frame_bytes = f->frame_bytes == NOTHING ? UINT32_MAX : (uint32_t)f->frame_bytes,
        .stack_bytes = bound_of(f->stack_units, 4),
        .return_entries = bound_of(f->return_entries, 1),
        .taken = f->taken,
    };
}

/* All functions in one block, their names behind them. */
static struct lower_function *keep_functions(const struct lower *l) {
    size_t bytes = l->table_rows * sizeof(struct lower_function), names = 0;
    for (uint32_t i = 0; i < l->function_count; i++)
        if (l->functions[i].reached) names += strlen(l->functions[i].name) + 1;
    struct lower_function *kept = calloc(1, bytes + names + 1);
    if (!kept) return NULL;
    char *name = (char *)kept + bytes;
    for (uint32_t i = 0; i < l->function_count; i++) {
        const struct function *f = &l->functions[i];
        if (!f->reached) continue;
        kept[f->index] = describe(f);
        kept[f->index].name = name;
        size_t length = strlen(f->name) + 1;
        memcpy(name, f->name, length);
        name += length;
    }
    return kept;
}

/* A section that no window has, by its name. */
static const struct elf_section *find_section(const struct lower *l, const char *name) {
    static const struct elf_section none = {.bytes = 0};
    for (uint32_t i = 1; i < l->elf.section_count; i++) {
        const struct elf_section *section = &l->elf.sections[i];
        if (section->contents && strcmp(section->name, name) == 0) return section;
    }
    return &none;
}

static void keep_output(struct lower *l, struct lower_program *out) {
    const struct elf_section *values = find_section(l, ".skep.values"), *commands = find_section(l, ".skep.commands");
    const struct elf_section *mailboxes = find_section(l, ".skep.mailboxes");
    struct lower_program p = {
        .words = keep(l->words, l->word_count * sizeof *l->words),
        .word_count = l->word_count,
        .functions = keep_functions(l),
        .function_count = l->table_rows,
        .entry_function = l->entry->index,
        .function_table = keep(l->table, (size_t)l->table_rows * VM_FUNCTION_BYTES),
        .calls = keep(l->calls, l->call_count * sizeof *l->calls),
        .call_count = l->call_count,
        .read_only = keep(l->read_only, (size_t)l->read_only_bytes + VM_PAD_BYTES),
        .read_only_bytes = l->read_only_bytes,
        .data = keep(l->data, l->data_bytes),
        .data_address = l->data_address,
        .data_bytes = l->data_bytes,
        .values = keep(values->contents, values->bytes),
        .values_bytes = values->bytes,
        .commands = keep(commands->contents, commands->bytes),
        .commands_bytes = commands->bytes,
        .mailboxes = keep(mailboxes->contents, mailboxes->bytes),
        .mailboxes_bytes = mailboxes->bytes,
        .stack_bytes = l->stack_bytes,
        .ram_bytes = l->ram_bytes,
        .map = keep(l->map, l->map_count * sizeof *l->map),
        .map_count = l->map_count,
        .verdict = l->verdict,
    };
    if (p.words && p.functions && p.function_table && p.calls && p.read_only && p.data && p.values && p.commands &&
        p.mailboxes && p.map) {
        *out = p;
    } else {
        lower_free(&p);
        refuse_bytes(l, "out of memory");
    }
}

enum status lower_elf(const void *elf, size_t bytes, const struct lower_options *options, struct lower_program *out,
                      char message[LOWER_MESSAGE_BYTES]) {
    struct lower l = {.options = options, .message = message, .input = elf, .input_bytes = bytes};
    message[0] = 0;
    for (size_t i = 0; i < sizeof passes / sizeof *passes && !l.refused; i++) passes[i].run(&l);
    if (!l.refused) keep_output(&l, out);
    close_elf(&l);
    pool_free(&l.pool);
    return l.refused;
}

void lower_free(struct lower_program *program) {
    free(program->words);
    free(program->functions);
    free(program->function_table);
    free(program->calls);
    free(program->read_only);
    free(program->data);
    free(program->values);
    free(program->commands);
    free(program->mailboxes);
    free(program->map);
    *program = (struct lower_program){0};
}
