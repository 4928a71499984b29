#include "toolchain/pack/pack.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "core/wire/command_row.h"
#include "core/wire/mailbox_row.h"
#include "core/wire/value_row.h"
#include "toolchain/listing/calls_names.h"
#include "toolchain/pack/capability.h"

enum {
    GROUP_SHIFT = 6,
    ENTRIES_MIN = 64,
    ENTRIES_MAX = 4096,
    STACK_BYTES_PER_ENTRY = 16,
    RAM_UNIT = 8,
    VALUE_OWN_MODE = 4,
    COMMAND_OWN_MODE = 2,
    MAILBOX_READ_MODE = 1,
    MAILBOX_WRITE_MODE = 2
};
static const char build_domain[] = "Skep build"; /* its NUL is hashed too */

__attribute__((format(printf, 3, 4))) static enum status refuse(enum status status, char *message, const char *format,
                                                                ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, PACK_MESSAGE_BYTES, format, arguments);
    va_end(arguments);
    return status;
}

/* The content of a section, before it has a place. */
struct part {
    uint16_t id;
    const uint8_t *bytes;
    uint32_t length;
};
struct parts {
    uint32_t count;
    struct part part[ARTIFACT_SECTIONS_MAX];
};

static void add_part(struct parts *parts, uint16_t id, const void *bytes, uint32_t length) {
    if (length > 0) parts->part[parts->count++] = (struct part){id, bytes, length};
}

static uint32_t without_trailing_zeros(const uint8_t *bytes, uint32_t length) {
    while (length > 0 && bytes[length - 1] == 0) length--;
    return length;
}

static uint32_t round_up(uint32_t bytes) { return (bytes + RAM_UNIT - 1) & ~(uint32_t)(RAM_UNIT - 1); }

/* A command's handler runs on top of whatever the program was at: the deepest function that could be one. */
static uint32_t handler_entries(const struct lower_program *program) {
    uint32_t most = 0;
    for (uint32_t i = 0; i < program->function_count && program->commands_bytes > 0; i++) {
        const struct lower_function *function = &program->functions[i];
        if (function->taken && function->return_entries >= most && function->return_entries != UINT32_MAX)
            most = function->return_entries + 1;
    }
    return most;
}

/* How deep the return stack may get: what the verifier found; where that is "bounded by limit", in proportion to the
 * stack. */
static uint16_t choose_entries(const struct lower_program *program) {
    uint32_t needed = program->verdict.return_entries, more = handler_entries(program);
    if (needed != UINT32_MAX && more < ENTRIES_MIN) return (uint16_t)(needed + 1 + more + PACK_ENTRIES_SPARE);
    uint32_t entries = program->stack_bytes / STACK_BYTES_PER_ENTRY;
    return (uint16_t)(entries < ENTRIES_MIN ? ENTRIES_MIN : entries > ENTRIES_MAX ? ENTRIES_MAX : entries);
}

static enum status fill_manifest(const struct pack_input *input, struct artifact_manifest *to, char *message) {
    const struct lower_program *program = input->program;
    const struct vm_verdict *verdict = &program->verdict;
    *to = input->manifest;
    to->type = ARTIFACT_GUEST;
    to->abi_min = to->abi_max = CALLS_NAMES_ABI;
    memset(to->build_id, 0, sizeof to->build_id);
    to->stack_bytes = program->stack_bytes;
    to->ram_bytes = round_up(program->ram_bytes);
    to->data_address = program->data_bytes ? program->data_address : ARTIFACT_RAM_BASE + program->stack_bytes;
    to->entry_function = program->entry_function;
    if (to->return_entries == 0) to->return_entries = choose_entries(program);
    if (verdict->stack_bytes != UINT32_MAX && verdict->stack_bytes > to->stack_bytes)
        return refuse(ST_REFUSED, message, "the stack is too small: %u bytes are declared, the program needs %u",
                      to->stack_bytes, verdict->stack_bytes);
    if (verdict->return_entries != UINT32_MAX && verdict->return_entries >= to->return_entries)
        return refuse(ST_REFUSED, message,
                      "the return stack is too small: %u entries are declared, the program needs %u",
                      to->return_entries, verdict->return_entries + 1);
    return ST_OK;
}

static int compare_capabilities(const void *a, const void *b) { return artifact_capability_order(a, b); }

/* Rows for the section, in order. */
static enum status encode_capabilities(const struct pack_input *input, uint8_t *rows, char *message) {
    struct artifact_capability sorted[PACK_CAPABILITIES_MAX];
    require(input->capability_count <= PACK_CAPABILITIES_MAX);
    memcpy(sorted, input->capability, input->capability_count * sizeof *sorted);
    qsort(sorted, input->capability_count, sizeof *sorted, compare_capabilities);
    for (uint32_t i = 0; i < input->capability_count; i++) {
        char text[CAPABILITY_TEXT_BYTES];
        capability_format(&sorted[i], text);
        if (i > 0 && artifact_capability_order(&sorted[i - 1], &sorted[i]) == 0)
            return refuse(ST_INVALID, message, "the capability \"%s\" is there twice", text);
        artifact_capability_encode(&sorted[i], rows + (size_t)i * ARTIFACT_CAPABILITY_BYTES);
    }
    return ST_OK;
}

/* A call whose group is asked for nowhere would be refused on every device: say so now. */
static enum status check_calls(const struct pack_input *input, char *message) {
    for (uint32_t i = 0; i < input->program->call_count; i++) {
        uint16_t number = input->program->calls[i];
        const struct calls_name *call = calls_name(number);
        if (!call)
            return refuse(ST_REFUSED, message,
                          "host call %u is not in the host ABI; a guest calls its host through skep.h", number);
        unsigned modes = 0;
        for (uint32_t j = 0; j < input->capability_count; j++)
            if (input->capability[j].group == number >> GROUP_SHIFT) modes |= input->capability[j].mode;
        if (call->modes != 0 && (call->modes & modes) == 0)
            return refuse(ST_REFUSED, message, "the program calls %s, but asks for no capability that allows it",
                          call->name);
    }
    return ST_OK;
}

/* A row that a device would refuse is refused here, by its name. */
static enum status check_values(const struct lower_program *program, char *message) {
    if (program->values_bytes % VALUE_ROW_BYTES != 0)
        return refuse(ST_REFUSED, message, "section .skep.values is not made of rows of %d bytes; use SKEP_VALUE",
                      VALUE_ROW_BYTES);
    for (uint32_t at = 0; at < program->values_bytes; at += VALUE_ROW_BYTES) {
        struct value_row row;
        const char *reason;
        if (value_row_decode(program->values + at, &row, &reason) != ST_OK)
            return refuse(ST_REFUSED, message, "value \"%.*s\": %s", VALUE_NAME_MAX, (const char *)row.name, reason);
        for (uint32_t other = 0; other < at; other += VALUE_ROW_BYTES) {
            if (load_le16(program->values + other) != row.id) continue;
            return refuse(ST_REFUSED, message, "value \"%.*s\": its id, group %u number %u, is there twice",
                          VALUE_NAME_MAX, (const char *)row.name, row.id >> 8, row.id & 0xffu);
        }
    }
    return ST_OK;
}

static enum status check_commands(const struct lower_program *program, char *message) {
    if (program->commands_bytes % COMMAND_ROW_BYTES != 0)
        return refuse(ST_REFUSED, message, "section .skep.commands is not made of rows of %d bytes; use SKEP_COMMAND",
                      COMMAND_ROW_BYTES);
    for (uint32_t at = 0; at < program->commands_bytes; at += COMMAND_ROW_BYTES) {
        struct command_row row;
        const char *reason;
        if (command_row_decode(program->commands + at, &row, &reason) != ST_OK)
            return refuse(ST_REFUSED, message, "command \"%.*s\": %s", VALUE_NAME_MAX, (const char *)row.name, reason);
        for (uint32_t other = 0; other < at; other += COMMAND_ROW_BYTES) {
            if (load_le16(program->commands + other) != row.id) continue;
            return refuse(ST_REFUSED, message, "command \"%.*s\": its id, group %u number %u, is there twice",
                          VALUE_NAME_MAX, (const char *)row.name, row.id >> 8, row.id & 0xffu);
        }
    }
    return ST_OK;
}

static enum status check_mailboxes(const struct lower_program *program, char *message) {
    if (program->mailboxes_bytes % MAILBOX_ROW_BYTES != 0)
        return refuse(ST_REFUSED, message, "section .skep.mailboxes is not made of rows of %d bytes; use SKEP_MAILBOX",
                      MAILBOX_ROW_BYTES);
    for (uint32_t at = 0; at < program->mailboxes_bytes; at += MAILBOX_ROW_BYTES) {
        struct mailbox_row row, before;
        const char *reason;
        if (mailbox_row_decode(program->mailboxes + at, &row, &reason) != ST_OK)
            return refuse(ST_REFUSED, message, "mailbox \"%.*s\": %s", MAILBOX_ROW_NAME_BYTES, row.name, reason);
        for (uint32_t other = 0; other < at; other += MAILBOX_ROW_BYTES) {
            (void)mailbox_row_decode(program->mailboxes + other, &before, &reason);
            if (before.space != row.space || strcmp(before.name, row.name) != 0) continue;
            return refuse(ST_REFUSED, message, "mailbox \"%s\" is there twice", row.name);
        }
    }
    return ST_OK;
}

void pack_build_id(const uint8_t elf_hash[TRUST_HASH_BYTES], const uint8_t *head, size_t signed_bytes,
                   uint8_t build_id[ARTIFACT_BUILD_ID_BYTES]) {
    enum { ID_AT = 32, ID_END = ID_AT + ARTIFACT_BUILD_ID_BYTES };
    static const uint8_t no_id[ARTIFACT_BUILD_ID_BYTES];
    uint8_t digest[TRUST_HASH_BYTES];
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, build_domain, sizeof build_domain);
    trust_hash_add(&hash, elf_hash, TRUST_HASH_BYTES);
    trust_hash_add(&hash, head, ID_AT);
    trust_hash_add(&hash, no_id, sizeof no_id);
    trust_hash_add(&hash, head + ID_END, signed_bytes - ID_END);
    trust_hash_end(&hash, digest);
    memcpy(build_id, digest, ARTIFACT_BUILD_ID_BYTES);
}

static enum status encode(const struct pack_input *input, struct artifact *artifact, const struct parts *parts,
                          struct pack_output *output, char *message) {
    uint64_t total = ARTIFACT_HEAD_BYTES_MAX;
    for (uint32_t i = 0; i < parts->count; i++) total += artifact_stored_bytes(parts->part[i].length);
    uint8_t *bytes = total <= UINT32_MAX ? calloc(1, (size_t)total) : NULL;
    if (!bytes) return refuse(ST_INVALID, message, "the artifact would have %llu bytes", (unsigned long long)total);

    artifact->section_count = parts->count;
    uint32_t head_bytes = ARTIFACT_HEADER_BYTES + parts->count * ARTIFACT_ROW_BYTES + ARTIFACT_SIGNATURE_AREA_BYTES;
    size_t offset = head_bytes;
    for (uint32_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->part[i];
        artifact->section[i].id = part->id;
        artifact->section[i].bytes = part->length;
        size_t stored = (size_t)artifact_stored_bytes(part->length);
        memcpy(bytes + offset, part->bytes, part->length);
        uint8_t *const hash = bytes + ARTIFACT_HEADER_BYTES + i * ARTIFACT_ROW_BYTES + ARTIFACT_ROW_HASH;
        trust_hash_of(bytes + offset, stored, hash);
        artifact->section[i].hash = hash;
        offset += stored;
    }
    enum status status = artifact_encode_head(artifact, bytes, head_bytes);
    if (status == ST_OK) {
        pack_build_id(input->elf_hash, bytes, artifact->signed_bytes, artifact->manifest.build_id);
        status = artifact_encode_head(artifact, bytes, head_bytes);
    }
    if (status != ST_OK) {
        free(bytes);
        return refuse(status, message,
                      "the format does not allow it; a name is 1 to 31 letters, digits, '_', '-', '.', and RAM ends "
                      "below 256 MiB");
    }
    *output = (struct pack_output){.bytes = bytes, .length = artifact->total_bytes, .artifact = *artifact};
    return ST_OK;
}

enum status pack_artifact(const struct pack_input *input, struct pack_output *output,
                          char message[PACK_MESSAGE_BYTES]) {
    const struct lower_program *program = input->program;
    struct artifact artifact = {0};
    uint8_t rows[PACK_CAPABILITIES_MAX * ARTIFACT_CAPABILITY_BYTES];
    uint8_t budget[BUDGET_ROW_BYTES];
    static const uint8_t none[BUDGET_ROW_BYTES];
    enum status status = fill_manifest(input, &artifact.manifest, message);
    if (status == ST_OK) status = encode_capabilities(input, rows, message);
    if (status == ST_OK) status = check_calls(input, message);
    if (status == ST_OK) status = check_values(program, message);
    if (status == ST_OK) status = check_commands(program, message);
    if (status == ST_OK) status = check_mailboxes(program, message);
    if (status != ST_OK) return status;

    uint8_t *calls = malloc((size_t)program->call_count * 2 + 1);
    require(calls != NULL);
    for (uint32_t i = 0; i < program->call_count; i++) store_le16(calls + (size_t)i * 2, program->calls[i]);
    struct parts parts = {0};
    add_part(&parts, ARTIFACT_SECTION_CODE, program->words, program->word_count * (uint32_t)sizeof *program->words);
    add_part(&parts, ARTIFACT_SECTION_FUNCTIONS, program->function_table, program->function_count * VM_FUNCTION_BYTES);
    add_part(&parts, ARTIFACT_SECTION_CALLS, calls, program->call_count * 2);
    add_part(&parts, ARTIFACT_SECTION_CAPABILITIES, rows, input->capability_count * ARTIFACT_CAPABILITY_BYTES);
    if (program->read_only_bytes > 0)
        add_part(&parts, ARTIFACT_SECTION_READ_ONLY, program->read_only, program->read_only_bytes + VM_PAD_BYTES);
    add_part(&parts, ARTIFACT_SECTION_DATA, program->data, without_trailing_zeros(program->data, program->data_bytes));
    add_part(&parts, ARTIFACT_SECTION_VALUES, program->values, program->values_bytes);
    add_part(&parts, ARTIFACT_SECTION_COMMANDS, program->commands, program->commands_bytes);
    add_part(&parts, ARTIFACT_SECTION_MAILBOXES, program->mailboxes, program->mailboxes_bytes);
    budget_row_encode(&input->budget, budget);
    add_part(&parts, ARTIFACT_SECTION_BUDGET, budget, memcmp(budget, none, sizeof none) == 0 ? 0 : sizeof budget);
    status = encode(input, &artifact, &parts, output, message);
    free(calls);
    return status;
}

void pack_free(struct pack_output *output) {
    free(output->bytes);
    *output = (struct pack_output){0};
}

/* Declared rows are owned without a call. Adds to the group's row, or a row. */
static uint32_t add_owned(struct artifact_capability *to, uint32_t count, const char *name, uint8_t mode) {
    const struct calls_group *group = calls_group_named(name);
    uint32_t at = 0;
    while (at < count && to[at].group != group->number) at++;
    if (at == count) to[count++] = (struct artifact_capability){.group = group->number, .last = UINT32_MAX};
    to[at].mode |= mode;
    return count;
}

uint32_t pack_capabilities_used(const struct lower_program *program,
                                struct artifact_capability to[PACK_CAPABILITIES_MAX]) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < program->call_count; i++) {
        const struct calls_name *call = calls_name(program->calls[i]);
        if (!call || call->modes == 0) continue;
        uint8_t group = (uint8_t)(program->calls[i] >> GROUP_SHIFT);
        if (count == 0 || to[count - 1].group != group)
            to[count++] = (struct artifact_capability){.group = group, .last = UINT32_MAX};
        to[count - 1].mode |= call->modes;
    }
    if (program->values_bytes > 0) count = add_owned(to, count, "value", VALUE_OWN_MODE);
    if (program->commands_bytes > 0) count = add_owned(to, count, "command", COMMAND_OWN_MODE);
    for (uint32_t at = 0; at + MAILBOX_ROW_BYTES <= program->mailboxes_bytes; at += MAILBOX_ROW_BYTES) {
        bool shared = program->mailboxes[at] == MAILBOX_ROW_SHARED;
        count = add_owned(to, count, "mailbox", shared ? MAILBOX_WRITE_MODE : MAILBOX_READ_MODE);
    }
    return count;
}
