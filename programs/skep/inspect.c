/* skep inspect: what an artifact is, needs and asks for. Shows what can be shown, also of an artifact that a device
 * would refuse; then says so and ends with the code of that refusal. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/vm/load.h"
#include "core/wire/budget_row.h"
#include "programs/skep/command.h"
#include "programs/skep/function_list.h"
#include "programs/skep/input.h"
#include "toolchain/listing/calls_names.h"
#include "toolchain/pack/capability.h"

static const char *const type_names[] = {"?", "guest", "firmware", "policy", "patch", "key set"};
static const char *const restart_names[] = {"never", "on-fault", "always"};
static const char *const section_names[] = {"?",    "code",   "functions", "calls",     "capabilities", "read-only",
                                            "data", "values", "commands",  "mailboxes", "budget"};
enum { SECTION_NAMES = sizeof section_names / sizeof *section_names };

static const char *section_name(uint16_t id) { return id < SECTION_NAMES ? section_names[id] : "?"; }

/* Everything that is shown. */
struct inspection {
    const char *path;
    struct artifact artifact;
    struct load load;   /* as far as loading came */
    enum status status; /* of loading */
    struct artifact_fault fault;
};

static uint32_t bytes_of(const struct inspection *seen, uint16_t id) {
    const struct artifact_section *section = artifact_section_find(&seen->artifact, id);
    return section ? section->bytes : 0;
}

static const uint8_t *content_of(const struct inspection *seen, const struct file_bytes *file, uint16_t id) {
    const struct artifact_section *section = artifact_section_find(&seen->artifact, id);
    return section ? file->bytes + section->offset : NULL;
}

static void print_bound(uint32_t bound, const char *unit, uint32_t limit) {
    if (bound == UINT32_MAX)
        printf("bounded by the limit of %u %s", limit, unit);
    else
        printf("%u of %u %s", bound, limit, unit);
}

/* Most programs begin with calls through pointers (constructors), for which no bound is known: their main may have one.
 */
static void print_main(const struct inspection *seen) {
    struct function_need need;
    if (seen->load.verdict.stack_bytes != UINT32_MAX || !function_list_main(seen->path, &need)) return;
    if (need.stack_bytes != UINT32_MAX) printf("; main and what it calls: %u bytes", need.stack_bytes);
}

static void print_memory(const struct inspection *seen) {
    const struct artifact_manifest *manifest = &seen->artifact.manifest;
    const struct vm_verdict *verdict = &seen->load.verdict;
    printf("  code          %u words, %u functions\n", bytes_of(seen, ARTIFACT_SECTION_CODE) / 4,
           bytes_of(seen, ARTIFACT_SECTION_FUNCTIONS) / VM_FUNCTION_BYTES);
    printf("  RAM           %u bytes, %u of them stack\n", manifest->ram_bytes, manifest->stack_bytes);
    if (seen->status != ST_OK) return;
    printf("  read-only     %u bytes, data %u bytes\n", seen->load.program.read_only_bytes, seen->load.data_bytes);
    printf("  worst stack   ");
    print_bound(verdict->stack_bytes, "bytes", manifest->stack_bytes);
    print_main(seen);
    printf("\n  return stack  ");
    print_bound(verdict->return_entries == UINT32_MAX ? UINT32_MAX : verdict->return_entries + 1, "entries",
                manifest->return_entries);
    printf("\n  longest run   %u words without a charge of fuel%s\n", verdict->run_words,
           verdict->uses_float ? "; uses float" : "");
}

static void print_policy(const struct inspection *seen) {
    const struct artifact_manifest *manifest = &seen->artifact.manifest;
    printf("  host ABI      %u to %u\n", manifest->abi_min, manifest->abi_max);
    printf("  security      version %u, product ", manifest->security_version);
    if (manifest->product_id)
        printf("0x%08x\n", manifest->product_id);
    else
        printf("any\n");
    printf("  scheduling    priority %u, restart %s", manifest->priority, restart_names[manifest->restart]);
    if (manifest->check_in_ms) printf(", check-in every %u ms", manifest->check_in_ms);
    if (manifest->trial_s) printf(", trial of %u s", manifest->trial_s);
    if (manifest->health_value) printf(", health in value %u", manifest->health_value);
    if (manifest->flags & ARTIFACT_MAY_RUN_TWICE) printf(", may run twice");
    if (manifest->flags & ARTIFACT_DEBUG_ALLOWED) printf(", debugging allowed");
    printf("\n");
}

/* What it asks for; what it does not ask for is 0. */
static struct budget_row budget_of_artifact(const struct inspection *seen, const struct file_bytes *file) {
    const uint8_t *bytes = content_of(seen, file, ARTIFACT_SECTION_BUDGET);
    struct budget_row row = {0};
    const char *reason;
    if (bytes) (void)budget_row_decode(bytes, &row, &reason);
    return row;
}

static void print_budget(const struct inspection *seen, const struct file_bytes *file) {
    const struct budget_row row = budget_of_artifact(seen, file);
    if (!content_of(seen, file, ARTIFACT_SECTION_BUDGET)) return;
    printf("  budget       ");
    if (row.fuel_words > 0) printf(" fuel %" PRIu64, row.fuel_words);
    if (row.period_ms > 0) printf(" fuel %u in %u ms", row.period_words, row.period_ms);
    if (row.calls > 0) printf(" calls %u", row.calls);
    if (row.messages > 0) printf(" messages %u", row.messages);
    if (row.log_bytes > 0) printf(" log %u bytes", row.log_bytes);
    if (row.live_ms > 0) printf(" live %u ms", row.live_ms);
    printf("\n");
}

static void print_rights(const struct inspection *seen, const struct file_bytes *file) {
    const uint8_t *rows = content_of(seen, file, ARTIFACT_SECTION_CAPABILITIES);
    const uint8_t *calls = content_of(seen, file, ARTIFACT_SECTION_CALLS);
    printf("  capabilities  %s", rows ? "" : "none\n");
    for (uint32_t at = 0; at < bytes_of(seen, ARTIFACT_SECTION_CAPABILITIES); at += ARTIFACT_CAPABILITY_BYTES) {
        struct artifact_capability row = artifact_capability_decode(rows + at);
        char text[CAPABILITY_TEXT_BYTES];
        capability_format(&row, text);
        printf("%s%s\n", at ? "                " : "", text);
    }
    print_budget(seen, file);
    printf("  host calls   ");
    for (uint32_t at = 0; at < bytes_of(seen, ARTIFACT_SECTION_CALLS); at += 2) {
        const struct calls_name *call = calls_name(load_le16(calls + at));
        if (call)
            printf(" %s", call->name);
        else
            printf(" call-%u", load_le16(calls + at));
    }
    printf("%s\n", calls ? "" : " none");
}

static void print_people(const struct inspection *seen, const struct file_bytes *file) {
    const struct artifact *artifact = &seen->artifact;
    const struct artifact_manifest *manifest = &artifact->manifest;
    char hex[INPUT_HEX_BYTES];
    input_hex(manifest->build_id, sizeof manifest->build_id, hex);
    printf("%s %u.%u.%u, %s, %u bytes\n", manifest->name, manifest->version >> 24, manifest->version >> 16 & 0xff,
           manifest->version & 0xffff, type_names[manifest->type], artifact->total_bytes);
    printf("  build id      %s\n", hex);
    if (manifest->type == ARTIFACT_GUEST) print_memory(seen);
    print_policy(seen);
    if (manifest->type == ARTIFACT_GUEST) print_rights(seen, file);
    input_hex(artifact->key_id, ARTIFACT_KEY_ID_BYTES, hex);
    if (artifact->is_signed)
        printf("  signature     P-256, key %s (skep verify --key checks it)\n", hex);
    else
        printf("  signature     none\n");
    printf("  sections      offset     bytes  SHA-256\n");
    for (uint32_t i = 0; i < artifact->section_count; i++) {
        const struct artifact_section *section = &artifact->section[i];
        input_hex(section->hash, ARTIFACT_HASH_BYTES, hex);
        printf("    %-12s %7u  %8u  %s\n", section_name(section->id), section->offset, section->bytes, hex);
    }
}

static void json_bound(const char *name, uint32_t bound, uint32_t add) {
    if (bound == UINT32_MAX)
        printf("  \"%s\": null,\n", name);
    else
        printf("  \"%s\": %u,\n", name, bound + add);
}

static void json_manifest(const struct inspection *seen) {
    const struct artifact_manifest *manifest = &seen->artifact.manifest;
    char hex[INPUT_HEX_BYTES];
    input_hex(manifest->build_id, sizeof manifest->build_id, hex);
    printf("  \"name\": \"%s\",\n  \"version\": \"%u.%u.%u\",\n  \"type\": \"%s\",\n  \"bytes\": %u,\n", manifest->name,
           manifest->version >> 24, manifest->version >> 16 & 0xff, manifest->version & 0xffff,
           type_names[manifest->type], seen->artifact.total_bytes);
    printf("  \"build_id\": \"%s\",\n  \"abi_min\": %u,\n  \"abi_max\": %u,\n  \"product_id\": %u,\n", hex,
           manifest->abi_min, manifest->abi_max, manifest->product_id);
    printf("  \"security_version\": %u,\n  \"priority\": %u,\n  \"restart\": \"%s\",\n  \"check_in_ms\": %u,\n",
           manifest->security_version, manifest->priority, restart_names[manifest->restart], manifest->check_in_ms);
    printf("  \"trial_s\": %u,\n  \"health_value\": %u,\n  \"may_run_twice\": %s,\n  \"debug_allowed\": %s,\n",
           manifest->trial_s, manifest->health_value, manifest->flags & ARTIFACT_MAY_RUN_TWICE ? "true" : "false",
           manifest->flags & ARTIFACT_DEBUG_ALLOWED ? "true" : "false");
}

static void json_memory(const struct inspection *seen) {
    const struct artifact_manifest *manifest = &seen->artifact.manifest;
    printf("  \"code_words\": %u,\n  \"functions\": %u,\n", bytes_of(seen, ARTIFACT_SECTION_CODE) / 4,
           bytes_of(seen, ARTIFACT_SECTION_FUNCTIONS) / VM_FUNCTION_BYTES);
    printf("  \"ram_bytes\": %u,\n  \"stack_bytes\": %u,\n  \"return_entries\": %u,\n", manifest->ram_bytes,
           manifest->stack_bytes, manifest->return_entries);
    if (seen->status != ST_OK) return;
    printf("  \"read_only_bytes\": %u,\n  \"data_bytes\": %u,\n", seen->load.program.read_only_bytes,
           seen->load.data_bytes);
    json_bound("worst_stack_bytes", seen->load.verdict.stack_bytes, 0);
    json_bound("worst_return_entries", seen->load.verdict.return_entries, 1);
    printf("  \"longest_run_words\": %u,\n  \"uses_float\": %s,\n", seen->load.verdict.run_words,
           seen->load.verdict.uses_float ? "true" : "false");
}

static void json_rights(const struct inspection *seen, const struct file_bytes *file) {
    const uint8_t *rows = content_of(seen, file, ARTIFACT_SECTION_CAPABILITIES);
    const uint8_t *calls = content_of(seen, file, ARTIFACT_SECTION_CALLS);
    printf("  \"capabilities\": [");
    for (uint32_t at = 0; at < bytes_of(seen, ARTIFACT_SECTION_CAPABILITIES); at += ARTIFACT_CAPABILITY_BYTES) {
        struct artifact_capability row = artifact_capability_decode(rows + at);
        char text[CAPABILITY_TEXT_BYTES];
        capability_format(&row, text);
        printf("%s\n    {\"text\": \"%s\", \"group\": %u, \"mode\": %u, \"first\": %u, \"last\": %u, \"rate\": %u}",
               at ? "," : "", text, row.group, row.mode, row.first, row.last, row.rate);
    }
    const struct budget_row budget = budget_of_artifact(seen, file);
    printf("],\n  \"budget\": {\"fuel\": %" PRIu64 ", \"period_ms\": %u, \"period_fuel\": %u, \"calls\": %u, "
           "\"messages\": %u, \"log_bytes\": %u, \"live_ms\": %u",
           budget.fuel_words, budget.period_ms, budget.period_words, budget.calls, budget.messages, budget.log_bytes,
           budget.live_ms);
    printf("},\n  \"calls\": [");
    for (uint32_t at = 0; at < bytes_of(seen, ARTIFACT_SECTION_CALLS); at += 2) {
        const struct calls_name *call = calls_name(load_le16(calls + at));
        if (call)
            printf("%s\"%s\"", at ? ", " : "", call->name);
        else
            printf("%s\"call-%u\"", at ? ", " : "", load_le16(calls + at));
    }
    printf("],\n");
}

static void print_json(const struct inspection *seen, const struct file_bytes *file) {
    const struct artifact *artifact = &seen->artifact;
    char hex[INPUT_HEX_BYTES];
    printf("{\n");
    json_manifest(seen);
    if (artifact->manifest.type == ARTIFACT_GUEST) {
        json_memory(seen);
        json_rights(seen, file);
        printf("  \"function_table\": [");
        function_list_json(seen->path);
        printf("],\n");
    }
    printf("  \"sections\": [");
    for (uint32_t i = 0; i < artifact->section_count; i++) {
        const struct artifact_section *section = &artifact->section[i];
        input_hex(section->hash, ARTIFACT_HASH_BYTES, hex);
        printf("%s\n    {\"id\": %u, \"name\": \"%s\", \"offset\": %u, \"bytes\": %u, \"sha256\": \"%s\"}",
               i ? "," : "", section->id, section_name(section->id), section->offset, section->bytes, hex);
    }
    input_hex(artifact->key_id, ARTIFACT_KEY_ID_BYTES, hex);
    printf("],\n  \"signed\": %s,\n", artifact->is_signed ? "true" : "false");
    if (artifact->is_signed) printf("  \"key_id\": \"%s\",\n", hex);
    if (seen->status == ST_OK)
        printf("  \"refused\": null\n}\n");
    else
        printf("  \"refused\": {\"byte\": %u, \"reason\": \"%s\"}\n}\n", seen->fault.offset, seen->fault.reason);
}

int command_inspect(int argc, char **argv) {
    bool json = false, functions = false;
    const struct command_option options[] = {{"--json", OPTION_FLAG, &json}, {"--functions", OPTION_FLAG, &functions}};
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1) return command_fail(EXIT_USAGE, "inspect wants: [--json] [--functions] FILE.cvm1");
    struct inspection seen = {.path = words.word[0]};
    struct file_bytes file;
    int code = input_artifact(seen.path, &file, &seen.artifact);
    if (code != EXIT_DONE) return code;
    seen.status = load_all_any(&seen.load, file.bytes, file.length, &seen.fault);
    if (json)
        print_json(&seen, &file);
    else
        print_people(&seen, &file);
    if (functions && !json && seen.artifact.manifest.type == ARTIFACT_GUEST) function_list_print(seen.path);
    file_free(&file);
    if (seen.status == ST_OK) return EXIT_DONE;
    return input_refuse(seen.status == ST_REFUSED ? EXIT_REFUSED : EXIT_ARTIFACT, seen.path, &seen.fault);
}
