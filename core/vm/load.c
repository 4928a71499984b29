#include "core/vm/load.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "core/wire/command_row.h"
#include "core/wire/mailbox_row.h"
#include "core/wire/value_row.h"
#include "profile.h"

_Static_assert((int)ARTIFACT_RAM_BASE == (int)ISA_RAM_BASE, "the artifact's RAM begins where the VM's does");
_Static_assert((int)ARTIFACT_RAM_BYTES_MAX + (int)VM_PAD_BYTES <= (int)ISA_RO_BASE - (int)ISA_RAM_BASE,
               "RAM ends below the read-only window");

enum { WORD_BYTES = 4, CALL_BYTES = 2, REGISTER_SP = 2 };

static enum status refuse(struct artifact_fault *fault, enum status status, size_t offset, const char *reason) {
    *fault = (struct artifact_fault){.offset = (uint32_t)offset, .reason = PROFILE_WORDS(reason)};
    return status;
}

enum status load_start_any(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault) {
    require((uintptr_t)bytes % ARTIFACT_ALIGNMENT == 0);
    memset(load, 0, sizeof *load);
    enum status status = artifact_decode(bytes, length, &load->artifact, fault);
    if (status != ST_OK) return status;
    load->bytes = bytes;
    trust_hash_start(&load->hash);
    return ST_OK;
}

enum status load_start(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault) {
    enum status status = load_start_any(load, bytes, length, fault);
    if (status != ST_OK || load->artifact.manifest.type == ARTIFACT_GUEST) return status;
    return refuse(fault, ST_CORRUPT, 12, "it is an artifact, but of another type than guest");
}

enum status load_check_host(const struct load *load, uint16_t abi, uint32_t product_id, struct artifact_fault *fault) {
    const struct artifact_manifest *manifest = &load->artifact.manifest;
    if (abi < manifest->abi_min || abi > manifest->abi_max)
        return refuse(fault, ST_VERSION, 20, "it is made for other versions of the host ABI");
    if (manifest->product_id != 0 && product_id != 0 && manifest->product_id != product_id)
        return refuse(fault, ST_VERSION, 16, "it is made for another product");
    return ST_OK;
}

static bool all_zero(const uint8_t *bytes, size_t length) {
    uint8_t any = 0;
    for (size_t i = 0; i < length; i++) any |= bytes[i];
    return any == 0;
}

static enum status end_section(struct load *load, struct artifact_fault *fault) {
    const struct artifact_section *section = &load->artifact.section[load->section];
    uint8_t hash[TRUST_HASH_BYTES];
    trust_hash_end(&load->hash, hash);
    if (memcmp(hash, section->hash, sizeof hash) != 0)
        return refuse(fault, ST_CORRUPT, section->offset, "a section's bytes do not have the hash that was signed");
    size_t padding = (size_t)(artifact_stored_bytes(section->bytes) - section->bytes);
    if (!all_zero(load->bytes + section->offset + section->bytes, padding))
        return refuse(fault, ST_CORRUPT, section->offset + section->bytes, "the padding behind a section is not zero");
    load->section++;
    load->section_done = 0;
    trust_hash_start(&load->hash);
    return ST_AGAIN;
}

static enum status hash_some(struct load *load, size_t length, uint32_t budget_bytes, struct artifact_fault *fault) {
    const struct artifact_section *section = &load->artifact.section[load->section];
    uint64_t from = (uint64_t)section->offset + load->section_done;
    uint64_t left = artifact_stored_bytes(section->bytes) - load->section_done;
    uint64_t there = length > from ? length - from : 0;
    uint64_t now = left < there ? left : there;
    if (now > budget_bytes) now = budget_bytes;
    trust_hash_add(&load->hash, load->bytes + from, (size_t)now);
    load->section_done += (uint32_t)now;
    return now == left ? end_section(load, fault) : ST_AGAIN;
}

/* Where a section's content is, and its size; no bytes when it is not there. */
static const uint8_t *content(const struct load *load, uint16_t id, uint32_t *bytes) {
    const struct artifact_section *section = artifact_section_find(&load->artifact, id);
    *bytes = section ? section->bytes : 0;
    return section ? load->bytes + section->offset : NULL;
}

static void find_program(struct load *load) {
    static const uint8_t no_window[VM_PAD_BYTES];
    struct vm_program *program = &load->program;
    uint32_t bytes;
    program->code = (const uint32_t *)(const void *)content(load, ARTIFACT_SECTION_CODE, &bytes);
    program->code_words = bytes / WORD_BYTES;
    program->functions = content(load, ARTIFACT_SECTION_FUNCTIONS, &bytes);
    program->function_count = bytes / VM_FUNCTION_BYTES;
    program->calls = content(load, ARTIFACT_SECTION_CALLS, &bytes);
    program->call_count = bytes / CALL_BYTES;
    program->read_only = content(load, ARTIFACT_SECTION_READ_ONLY, &bytes);
    program->read_only_bytes = bytes > VM_PAD_BYTES ? bytes - VM_PAD_BYTES : 0;
    if (!program->read_only) program->read_only = no_window;
    program->entry_function = load->artifact.manifest.entry_function;
    load->data = content(load, ARTIFACT_SECTION_DATA, &load->data_bytes);
    load->capabilities = content(load, ARTIFACT_SECTION_CAPABILITIES, &bytes);
    load->capability_count = bytes / ARTIFACT_CAPABILITY_BYTES;
    load->values = content(load, ARTIFACT_SECTION_VALUES, &bytes);
    load->value_count = bytes / VALUE_ROW_BYTES;
    load->commands = content(load, ARTIFACT_SECTION_COMMANDS, &bytes);
    load->command_count = bytes / COMMAND_ROW_BYTES;
    load->mailboxes = content(load, ARTIFACT_SECTION_MAILBOXES, &bytes);
    load->mailbox_count = bytes / MAILBOX_ROW_BYTES;
}

static enum status check_declared(const struct load *load, struct artifact_fault *fault) {
    uint32_t at = 0;
    const char *reason = NULL;
    if (PROFILE_HAS_VALUE) reason = value_rows_check(load->values, load->value_count, &at);
    if (reason) return refuse(fault, ST_CORRUPT, (size_t)(load->values - load->bytes) + at, reason);
    uint32_t window_end = ISA_RO_BASE + load->program.read_only_bytes;
    if (PROFILE_HAS_COMMAND)
        reason = command_rows_check(load->commands, load->command_count, ISA_RO_BASE, window_end, &at);
    if (reason) return refuse(fault, ST_CORRUPT, (size_t)(load->commands - load->bytes) + at, reason);
    if (PROFILE_HAS_MAILBOX) reason = mailbox_rows_check(load->mailboxes, load->mailbox_count, &at);
    if (reason) return refuse(fault, ST_CORRUPT, (size_t)(load->mailboxes - load->bytes) + at, reason);
    return ST_OK;
}

static enum status check_content(const struct load *load, struct artifact_fault *fault) {
    const struct vm_program *program = &load->program;
    if (!all_zero(program->read_only + program->read_only_bytes, VM_PAD_BYTES)) {
        const struct artifact_section *section = artifact_section_find(&load->artifact, ARTIFACT_SECTION_READ_ONLY);
        return refuse(fault, ST_CORRUPT, section->offset + program->read_only_bytes,
                      "the read-only section does not end with eight zero bytes");
    }
    uint32_t bytes = load->capability_count * ARTIFACT_CAPABILITY_BYTES;
    enum status status = artifact_capabilities_check(load->capabilities, bytes, fault);
    if (status != ST_OK) fault->offset += (uint32_t)(load->capabilities - load->bytes);
    if (status == ST_OK) status = check_declared(load, fault);
    return status;
}

static enum status verify_program(struct load *load, struct artifact_fault *fault) {
    const struct artifact_manifest *manifest = &load->artifact.manifest;
    if (vm_verify(&load->program, &load->verdict) != ST_OK) {
        size_t code_offset = (size_t)((const uint8_t *)load->program.code - load->bytes);
        return refuse(fault, ST_REFUSED, code_offset + (size_t)load->verdict.word * WORD_BYTES,
                      PROFILE_WORDS(vm_refusal_text(load->verdict.refusal)));
    }
    const struct vm_verdict *verdict = &load->verdict;
    if (verdict->stack_bytes != UINT32_MAX && verdict->stack_bytes > manifest->stack_bytes)
        return refuse(fault, ST_REFUSED, 80, "the declared stack is smaller than what the program needs");
    if (verdict->return_entries != UINT32_MAX && verdict->return_entries >= manifest->return_entries)
        return refuse(fault, ST_REFUSED, 96, "the declared return stack is smaller than what the program needs");
    return ST_OK;
}

enum status load_step(struct load *load, size_t length, uint32_t budget_bytes, struct artifact_fault *fault) {
    if (load->section < load->artifact.section_count) return hash_some(load, length, budget_bytes, fault);
    if (load->artifact.manifest.type != ARTIFACT_GUEST) return ST_OK;
    find_program(load);
    enum status status = check_content(load, fault);
    return status == ST_OK ? verify_program(load, fault) : status;
}

/* From a start that was made to the end. */
static enum status load_rest(struct load *load, size_t length, struct artifact_fault *fault) {
    enum status status;
    uint32_t total_bytes = load->artifact.total_bytes;
    if (length < total_bytes) return refuse(fault, ST_CORRUPT, length, "the file ends before the artifact does");
    if (length > total_bytes) return refuse(fault, ST_CORRUPT, total_bytes, "bytes follow behind the artifact's end");
    do status = load_step(load, length, UINT32_MAX, fault);
    while (status == ST_AGAIN);
    return status;
}

enum status load_all(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault) {
    enum status status = load_start(load, bytes, length, fault);
    return status == ST_OK ? load_rest(load, length, fault) : status;
}

enum status load_all_any(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault) {
    enum status status = load_start_any(load, bytes, length, fault);
    return status == ST_OK ? load_rest(load, length, fault) : status;
}

enum status load_place(const struct load *load, struct vm *vm) {
    const struct artifact_manifest *manifest = &load->artifact.manifest;
    require(vm->ram_bytes == manifest->ram_bytes && vm->return_entries == manifest->return_entries);
    if (load->data_bytes > 0) memcpy(vm->ram + (manifest->data_address - ISA_RAM_BASE), load->data, load->data_bytes);
    vm->reg[REGISTER_SP] = ISA_RAM_BASE + manifest->stack_bytes;
    const uint8_t *row = load->program.functions + (size_t)load->program.entry_function * VM_FUNCTION_BYTES;
    return vm_enter(vm, load_le32(row));
}
