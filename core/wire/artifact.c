/* Source: spec/artifact.md. Field offsets are those of its sections 2 to 4 and 6. */
#include "core/wire/artifact.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/name.h"
#include "core/wire/budget_row.h"
#include "core/wire/command_row.h"
#include "core/wire/mailbox_row.h"
#include "core/wire/value_row.h"
#include "profile.h"

enum { FORMAT = 1, FLAGS_KNOWN = ARTIFACT_MAY_RUN_TWICE | ARTIFACT_DEBUG_ALLOWED, TYPE_COUNT = ARTIFACT_KEY_SET };
enum { KIND_UNSIGNED = 0, KIND_P256 = 1 };
enum { FUNCTION_ROW_BYTES = 12, READ_ONLY_PAD_BYTES = 8, CAPABILITY_GROUP_MAX = 63 };
static const uint8_t magic[4] = {'C', 'V', 'M', '1'};

static enum status refuse(struct artifact_fault *fault, enum status status, size_t offset, const char *reason) {
    *fault = (struct artifact_fault){.offset = (uint32_t)offset, .reason = PROFILE_WORDS(reason)};
    return status;
}
#define REFUSE_UNLESS(condition, offset, reason)                                                                       \
    do {                                                                                                               \
        if (!(condition)) return refuse(fault, ST_CORRUPT, (offset), (reason));                                        \
    } while (0)
#define VERSION_UNLESS(condition, offset, reason)                                                                      \
    do {                                                                                                               \
        if (!(condition)) return refuse(fault, ST_VERSION, (offset), (reason));                                        \
    } while (0)

static bool all_zero(const uint8_t *bytes, size_t length) {
    uint8_t any = 0;
    for (size_t i = 0; i < length; i++) any |= bytes[i];
    return any == 0;
}

static bool is_name(const char name[ARTIFACT_NAME_BYTES]) {
    size_t length = 0;
    while (length < ARTIFACT_NAME_BYTES && name[length] != '\0') length++;
    return length < ARTIFACT_NAME_BYTES && name_is_good(name, length) &&
           all_zero((const uint8_t *)name + length, ARTIFACT_NAME_BYTES - length);
}

static void take_manifest(const uint8_t *header, struct artifact_manifest *to) {
    to->type = header[12];
    to->flags = header[13];
    to->priority = header[14];
    to->restart = header[15];
    to->product_id = load_le32(header + 16);
    to->abi_min = load_le16(header + 20);
    to->abi_max = load_le16(header + 22);
    to->version = load_le32(header + 24);
    to->security_version = load_le32(header + 28);
    memcpy(to->build_id, header + 32, sizeof to->build_id);
    memcpy(to->name, header + 48, sizeof to->name);
    to->stack_bytes = load_le32(header + 80);
    to->ram_bytes = load_le32(header + 84);
    to->data_address = load_le32(header + 88);
    to->entry_function = load_le32(header + 92);
    to->return_entries = load_le16(header + 96);
    to->trial_s = load_le16(header + 98);
    to->check_in_ms = load_le32(header + 100);
    to->health_value = load_le32(header + 104);
}

static void put_manifest(uint8_t *header, const struct artifact_manifest *from) {
    header[12] = from->type;
    header[13] = from->flags;
    header[14] = from->priority;
    header[15] = from->restart;
    store_le32(header + 16, from->product_id);
    store_le16(header + 20, from->abi_min);
    store_le16(header + 22, from->abi_max);
    store_le32(header + 24, from->version);
    store_le32(header + 28, from->security_version);
    memcpy(header + 32, from->build_id, sizeof from->build_id);
    memcpy(header + 48, from->name, sizeof from->name);
    store_le32(header + 80, from->stack_bytes);
    store_le32(header + 84, from->ram_bytes);
    store_le32(header + 88, from->data_address);
    store_le32(header + 92, from->entry_function);
    store_le16(header + 96, from->return_entries);
    store_le16(header + 98, from->trial_s);
    store_le32(header + 100, from->check_in_ms);
    store_le32(header + 104, from->health_value);
}

static enum status check_frame(const uint8_t *header, size_t length, struct artifact_fault *fault) {
    REFUSE_UNLESS(length >= sizeof magic && memcmp(header, magic, sizeof magic) == 0, 0,
                  "this is no artifact: the magic CVM1 is missing");
    REFUSE_UNLESS(length >= ARTIFACT_HEADER_BYTES, length, "the file ends inside the header");
    VERSION_UNLESS(load_le16(header + 4) == FORMAT, 4, "the format is another one than 1");
    REFUSE_UNLESS(load_le16(header + 6) == ARTIFACT_HEADER_BYTES, 6, "the header's size is not 128");
    VERSION_UNLESS(load_le32(header + 112) == 0, 112, "it needs a feature that is not known here");
    REFUSE_UNLESS(load_le16(header + 110) == 0, 110, "a reserved field is not zero");
    REFUSE_UNLESS(all_zero(header + 116, ARTIFACT_HEADER_BYTES - 116), 116, "a reserved field is not zero");
    uint16_t count = load_le16(header + 108);
    REFUSE_UNLESS(count >= 1 && count <= ARTIFACT_SECTIONS_MAX, 108, "the number of sections is not 1 to 16");
    return ST_OK;
}

static enum status check_manifest(const struct artifact_manifest *manifest, struct artifact_fault *fault) {
    REFUSE_UNLESS(manifest->type >= 1 && manifest->type <= TYPE_COUNT, 12, "the type is unknown");
    REFUSE_UNLESS((manifest->flags & ~FLAGS_KNOWN) == 0, 13, "an unknown flag is set");
    REFUSE_UNLESS(manifest->restart <= ARTIFACT_RESTART_ALWAYS, 15, "the restart policy is unknown");
    REFUSE_UNLESS(manifest->abi_min >= 1 && manifest->abi_min <= manifest->abi_max, 20, "the ABI range is empty");
    REFUSE_UNLESS(is_name(manifest->name), 48, "the name is not 1 to 31 letters, digits, '_', '-', '.', then zeros");
    return ST_OK;
}

static enum status check_memory(const struct artifact_manifest *manifest, struct artifact_fault *fault) {
    if (manifest->type != ARTIFACT_GUEST) {
        bool unused = (manifest->stack_bytes | manifest->ram_bytes | manifest->return_entries) == 0;
        bool runs = (manifest->data_address | manifest->entry_function) != 0;
        REFUSE_UNLESS(unused && (!runs || manifest->type == ARTIFACT_FIRMWARE), 80,
                      "a field of guests is set in another type");
        return ST_OK;
    }
    REFUSE_UNLESS(manifest->ram_bytes % 8 == 0 && manifest->ram_bytes <= ARTIFACT_RAM_BYTES_MAX, 84,
                  "the RAM's size is not a multiple of 8, or too large");
    REFUSE_UNLESS(manifest->stack_bytes % 8 == 0 && manifest->stack_bytes >= ARTIFACT_STACK_BYTES_MIN, 80,
                  "the stack's size is not a multiple of 8 of at least 16");
    REFUSE_UNLESS(manifest->stack_bytes <= manifest->ram_bytes, 80, "the stack is larger than the RAM");
    REFUSE_UNLESS(manifest->return_entries >= 1, 96, "the return stack has no entry");
    return ST_OK;
}

struct section_rule {
    uint16_t id;
    uint32_t unit, min_bytes, max_bytes;
    bool is_required;
    const char *reason;
};
static const struct section_rule guest_rules[] = {
    {ARTIFACT_SECTION_CODE, 4, 4, 4u << 20, true, PROFILE_WORDS("the code is not 1 to 2^20 words of 4 bytes")},
    {ARTIFACT_SECTION_FUNCTIONS, FUNCTION_ROW_BYTES, FUNCTION_ROW_BYTES, FUNCTION_ROW_BYTES << 20, true,
     PROFILE_WORDS("the function table is not rows of 12 bytes")},
    {ARTIFACT_SECTION_CALLS, 2, 2, 8192, false, PROFILE_WORDS("the host calls are not 1 to 4096 numbers of 2 bytes")},
    {ARTIFACT_SECTION_CAPABILITIES, ARTIFACT_CAPABILITY_BYTES, ARTIFACT_CAPABILITY_BYTES, 1024, false,
     PROFILE_WORDS("the capabilities are not 1 to 64 rows of 16 bytes")},
    {ARTIFACT_SECTION_READ_ONLY, 1, READ_ONLY_PAD_BYTES, 0x0fffffff, false,
     PROFILE_WORDS("the read-only section is not 8 bytes to 256 MiB long")},
    {ARTIFACT_SECTION_DATA, 1, 1, ARTIFACT_RAM_BYTES_MAX, false, PROFILE_WORDS("the data are larger than any RAM")},
    {ARTIFACT_SECTION_VALUES, VALUE_ROW_BYTES, VALUE_ROW_BYTES, VALUE_ROW_BYTES << 8, false,
     PROFILE_WORDS("the values are not 1 to 256 rows of 56 bytes")},
    {ARTIFACT_SECTION_COMMANDS, COMMAND_ROW_BYTES, COMMAND_ROW_BYTES, COMMAND_ROW_BYTES << 8, false,
     PROFILE_WORDS("the commands are not 1 to 256 rows of 80 bytes")},
    {ARTIFACT_SECTION_MAILBOXES, MAILBOX_ROW_BYTES, MAILBOX_ROW_BYTES, MAILBOX_ROW_BYTES << 8, false,
     PROFILE_WORDS("the mailboxes are not 1 to 256 rows of 32 bytes")},
    {ARTIFACT_SECTION_BUDGET, BUDGET_ROW_BYTES, BUDGET_ROW_BYTES, BUDGET_ROW_BYTES, false,
     PROFILE_WORDS("the budget is not one row of 32 bytes")},
};
enum { GUEST_RULES = sizeof guest_rules / sizeof *guest_rules };

static const struct section_rule *find_rule(uint16_t id) {
    for (size_t i = 0; i < GUEST_RULES; i++)
        if (guest_rules[i].id == id) return &guest_rules[i];
    return NULL;
}

static enum status check_section_kind(const struct artifact_section *section, uint8_t type, size_t row,
                                      struct artifact_fault *fault) {
    VERSION_UNLESS((section->id & ARTIFACT_SECTION_CRITICAL) == 0, row, "a critical section is not known here");
    const struct section_rule *rule = find_rule(section->id);
    REFUSE_UNLESS(section->bytes != 0, row + 8, "a section is empty");
    if (!rule) return ST_OK;
    REFUSE_UNLESS(type == ARTIFACT_GUEST, row, "a section of guests is in another type");
    REFUSE_UNLESS(section->bytes % rule->unit == 0 && section->bytes >= rule->min_bytes &&
                      section->bytes <= rule->max_bytes,
                  row + 8, rule->reason);
    return ST_OK;
}

/* One row of the table; *end is where the section before ended, and then where this one does. */
static enum status take_section(const uint8_t *row, size_t at, const struct artifact *artifact, uint16_t id_before,
                                uint64_t *end, struct artifact_section *to, struct artifact_fault *fault) {
    to->id = load_le16(row);
    to->offset = load_le32(row + 4);
    to->bytes = load_le32(row + 8);
    to->hash = row + ARTIFACT_ROW_HASH;
    REFUSE_UNLESS(load_le16(row + 2) == 0 && load_le32(row + 12) == 0, at + 2, "a reserved field is not zero");
    REFUSE_UNLESS(to->id > id_before, at, "the sections are not in ascending order, each once");
    enum status status = check_section_kind(to, artifact->manifest.type, at, fault);
    if (status != ST_OK) return status;
    REFUSE_UNLESS(to->offset == *end, at + 4, "a section does not begin where the one before ends");
    *end += artifact_stored_bytes(to->bytes);
    REFUSE_UNLESS(*end <= artifact->total_bytes, at + 8, "a section ends behind the file's end");
    return ST_OK;
}

static enum status take_table(const uint8_t *head, struct artifact *to, struct artifact_fault *fault) {
    uint64_t end = to->head_bytes;
    uint16_t id_before = 0;
    for (uint32_t i = 0; i < to->section_count; i++) {
        size_t at = ARTIFACT_HEADER_BYTES + (size_t)i * ARTIFACT_ROW_BYTES;
        enum status status = take_section(head + at, at, to, id_before, &end, &to->section[i], fault);
        if (status != ST_OK) return status;
        id_before = to->section[i].id;
    }
    REFUSE_UNLESS(end == to->total_bytes, 8, "the file is longer than its sections");
    return ST_OK;
}

/* What needs the header and the table together. */
static enum status check_guest(const struct artifact *artifact, struct artifact_fault *fault) {
    const struct artifact_manifest *manifest = &artifact->manifest;
    if (manifest->type != ARTIFACT_GUEST) return ST_OK;
    for (size_t i = 0; i < GUEST_RULES; i++)
        REFUSE_UNLESS(!guest_rules[i].is_required || artifact_section_find(artifact, guest_rules[i].id),
                      ARTIFACT_HEADER_BYTES, "a guest lacks its code or its function table");
    uint32_t rows = artifact_section_find(artifact, ARTIFACT_SECTION_FUNCTIONS)->bytes / FUNCTION_ROW_BYTES;
    REFUSE_UNLESS(manifest->entry_function < rows, 92, "the entry function is behind the end of the function table");
    const struct artifact_section *data = artifact_section_find(artifact, ARTIFACT_SECTION_DATA);
    uint64_t ram_end = (uint64_t)ARTIFACT_RAM_BASE + manifest->ram_bytes;
    uint64_t data_end = (uint64_t)manifest->data_address + (data ? data->bytes : 0);
    REFUSE_UNLESS(manifest->data_address >= (uint64_t)ARTIFACT_RAM_BASE + manifest->stack_bytes, 88,
                  "the data lie in the stack");
    REFUSE_UNLESS(data_end <= ram_end, 88, "the data end behind the RAM's end");
    return ST_OK;
}

static enum status take_signature(const uint8_t *area, size_t at, struct artifact *to, struct artifact_fault *fault) {
    uint32_t kind = load_le32(area);
    VERSION_UNLESS(kind <= KIND_P256, at, "the signature is of an unknown kind");
    REFUSE_UNLESS(load_le32(area + 4) == 0, at + 4, "a reserved field is not zero");
    REFUSE_UNLESS(kind != KIND_UNSIGNED || all_zero(area + 8, ARTIFACT_SIGNATURE_AREA_BYTES - 8), at + 8,
                  "it says unsigned, but a signature is there");
    to->is_signed = kind == KIND_P256;
    to->key_id = area + 8;
    to->signature = area + 16;
    return ST_OK;
}

enum status artifact_decode(const void *bytes, size_t length, struct artifact *out, struct artifact_fault *fault) {
    const uint8_t *head = bytes;
    enum status status = check_frame(head, length, fault);
    if (status != ST_OK) return status;
    memset(out, 0, sizeof *out);
    take_manifest(head, &out->manifest);
    out->total_bytes = load_le32(head + 8);
    out->section_count = load_le16(head + 108);
    out->signed_bytes = ARTIFACT_HEADER_BYTES + out->section_count * ARTIFACT_ROW_BYTES;
    out->head_bytes = out->signed_bytes + ARTIFACT_SIGNATURE_AREA_BYTES;
    REFUSE_UNLESS(length >= out->head_bytes, length, "the file ends inside the head");
    status = check_manifest(&out->manifest, fault);
    if (status == ST_OK) status = check_memory(&out->manifest, fault);
    if (status == ST_OK) status = take_table(head, out, fault);
    if (status == ST_OK) status = check_guest(out, fault);
    if (status == ST_OK) status = take_signature(head + out->signed_bytes, out->signed_bytes, out, fault);
    return status;
}

const struct artifact_section *artifact_section_find(const struct artifact *artifact, uint16_t id) {
    for (uint32_t i = 0; i < artifact->section_count; i++)
        if (artifact->section[i].id == id) return &artifact->section[i];
    return NULL;
}

/* Its hash may lie in this very row; without one it is zeros. */
static void put_section(uint8_t *row, const struct artifact_section *section) {
    store_le16(row, section->id);
    store_le16(row + 2, 0);
    store_le32(row + 4, section->offset);
    store_le32(row + 8, section->bytes);
    store_le32(row + 12, 0);
    if (section->hash)
        memmove(row + ARTIFACT_ROW_HASH, section->hash, ARTIFACT_HASH_BYTES);
    else
        memset(row + ARTIFACT_ROW_HASH, 0, ARTIFACT_HASH_BYTES);
}

enum status artifact_encode_head(struct artifact *artifact, void *to, size_t capacity) {
    if (artifact->section_count > ARTIFACT_SECTIONS_MAX) return ST_INVALID;
    uint32_t signed_bytes = ARTIFACT_HEADER_BYTES + artifact->section_count * ARTIFACT_ROW_BYTES;
    uint32_t head_bytes = signed_bytes + ARTIFACT_SIGNATURE_AREA_BYTES;
    if (head_bytes > capacity) return ST_FULL;
    uint8_t *head = to;
    memset(head, 0, ARTIFACT_HEADER_BYTES);
    memset(head + signed_bytes, 0, ARTIFACT_SIGNATURE_AREA_BYTES);
    uint64_t end = head_bytes;
    for (uint32_t i = 0; i < artifact->section_count; i++) {
        artifact->section[i].offset = (uint32_t)end;
        end += artifact_stored_bytes(artifact->section[i].bytes);
        if (end > UINT32_MAX) return ST_INVALID;
        put_section(head + ARTIFACT_HEADER_BYTES + (size_t)i * ARTIFACT_ROW_BYTES, &artifact->section[i]);
    }
    memcpy(head, magic, sizeof magic);
    store_le16(head + 4, FORMAT);
    store_le16(head + 6, ARTIFACT_HEADER_BYTES);
    store_le32(head + 8, (uint32_t)end);
    store_le16(head + 108, (uint16_t)artifact->section_count);
    put_manifest(head, &artifact->manifest);
    struct artifact_fault fault;
    return artifact_decode(head, head_bytes, artifact, &fault) == ST_OK ? ST_OK : ST_INVALID;
}

void artifact_encode_signature(const struct artifact *artifact, void *head, const uint8_t key_id[ARTIFACT_KEY_ID_BYTES],
                               const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]) {
    uint8_t *area = (uint8_t *)head + artifact->signed_bytes;
    store_le32(area, KIND_P256);
    store_le32(area + 4, 0);
    memcpy(area + 8, key_id, ARTIFACT_KEY_ID_BYTES);
    memcpy(area + 16, signature, ARTIFACT_SIGNATURE_BYTES);
}

const char *artifact_domain(uint8_t type) {
    static const char *const domain[TYPE_COUNT + 1] = {
        [ARTIFACT_GUEST] = "Skep CVM1 guest",     [ARTIFACT_FIRMWARE] = "Skep CVM1 firmware",
        [ARTIFACT_POLICY] = "Skep CVM1 policy",   [ARTIFACT_PATCH] = "Skep CVM1 patch",
        [ARTIFACT_KEY_SET] = "Skep CVM1 key set",
    };
    return domain[type];
}

struct artifact_capability artifact_capability_decode(const uint8_t row[ARTIFACT_CAPABILITY_BYTES]) {
    return (struct artifact_capability){
        .group = row[0],
        .mode = row[1],
        .first = load_le32(row + 4),
        .last = load_le32(row + 8),
        .rate = load_le32(row + 12),
    };
}

void artifact_capability_encode(const struct artifact_capability *capability, uint8_t row[ARTIFACT_CAPABILITY_BYTES]) {
    row[0] = capability->group;
    row[1] = capability->mode;
    store_le16(row + 2, 0);
    store_le32(row + 4, capability->first);
    store_le32(row + 8, capability->last);
    store_le32(row + 12, capability->rate);
}

int artifact_capability_order(const struct artifact_capability *a, const struct artifact_capability *b) {
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    if (a->last != b->last) return a->last < b->last ? -1 : 1;
    return (a->mode > b->mode) - (a->mode < b->mode);
}

enum status artifact_capabilities_check(const uint8_t *rows, uint32_t bytes, struct artifact_fault *fault) {
    REFUSE_UNLESS(bytes % ARTIFACT_CAPABILITY_BYTES == 0, bytes, "the capabilities are not rows of 16 bytes");
    struct artifact_capability before = {0};
    for (uint32_t at = 0; at < bytes; at += ARTIFACT_CAPABILITY_BYTES) {
        struct artifact_capability row = artifact_capability_decode(rows + at);
        REFUSE_UNLESS(row.group <= CAPABILITY_GROUP_MAX, at, "a capability's group is above 63");
        REFUSE_UNLESS(row.mode != 0, at + 1, "a capability allows no mode");
        REFUSE_UNLESS(load_le16(rows + at + 2) == 0, at + 2, "a reserved field is not zero");
        REFUSE_UNLESS(row.first <= row.last, at + 4, "a capability's range is empty");
        REFUSE_UNLESS(at == 0 || artifact_capability_order(&before, &row) < 0, at,
                      "the capabilities are not in ascending order, each once");
        before = row;
    }
    return ST_OK;
}
