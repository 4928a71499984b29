#include "programs/skep/kept_record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "device/executive/evidence.h"
#include "programs/skep/artifact_view.h"
#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "programs/skep/report_line.h"
#include "programs/skep/trap_report.h"

int kept_artifacts_add(struct kept_artifacts *artifacts, const char *path) {
    struct file_bytes file;
    struct artifact artifact;
    const int code = input_artifact(path, &file, &artifact);
    if (code != EXIT_DONE) return code;
    memcpy(artifacts->build_id[artifacts->count], artifact.manifest.build_id, BLACKBOX_BUILD_ID_BYTES);
    artifacts->path[artifacts->count++] = path;
    file_free(&file);
    return EXIT_DONE;
}

static const char *path_of(const struct kept_artifacts *artifacts, const struct blackbox_record *record) {
    for (size_t i = 0; i < artifacts->count; i++) {
        if (memcmp(artifacts->build_id[i], record->build_id, BLACKBOX_BUILD_ID_BYTES) == 0) return artifacts->path[i];
    }
    return NULL;
}

static bool trapped(const struct blackbox_record *record) {
    return record->kind == BLACKBOX_FAULT && record->reason == TASK_END_TRAP;
}

/* `stack` gets the trace oldest first, as the report wants it. */
static struct trap_facts facts_of(const struct blackbox_record *record, const struct kept_artifacts *artifacts,
                                  uint32_t stack[BLACKBOX_TRACE_MAX]) {
    struct trap_facts facts = {.artifact_path = path_of(artifacts, record),
                               .task = record->name,
                               .trap = record->trap,
                               .detail = record->trap_detail,
                               .pc = record->pc,
                               .return_stack = stack,
                               .return_depth = record->trace_count};
    memcpy(facts.reg, record->reg, sizeof facts.reg);
    for (uint32_t i = 0; i < record->trace_count; i++) stack[i] = record->trace[record->trace_count - 1 - i];
    return facts;
}

/* ---- for people ---- */

static void print_task(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to) {
    uint32_t stack[BLACKBOX_TRACE_MAX];
    char build_id[INPUT_HEX_BYTES];
    input_hex(record->build_id, sizeof record->build_id, build_id);
    fprintf(to, "%s, pid %" PRIu32 ", build %s: %s", record->name, record->pid, build_id, evidence_reason_text(record));
    if (record->reason == TASK_END_EXIT) fprintf(to, ", status %" PRId32, (int32_t)record->detail);
    fputc('\n', to);
    if (!trapped(record)) return;
    const struct trap_facts facts = facts_of(record, artifacts, stack);
    if (!facts.artifact_path) fputs("the artifact of this build is not among those named\n", to);
    trap_report_print(&facts, to);
    if (record->return_depth > record->trace_count)
        fprintf(to, "(the innermost %u of %" PRIu32 " calls were kept)\n", record->trace_count, record->return_depth);
}

static void print_word(const struct artifact_view *view, uint32_t word, FILE *to) {
    struct symbols_frame places[SYMBOLS_FRAMES_MAX];
    const size_t count = view ? artifact_view_frames(view, word, places) : 0;
    fprintf(to, "word %" PRIu32, word);
    if (count > 0 && places[0].function) fprintf(to, " in %s", places[0].function);
    if (count > 0 && places[0].file) fprintf(to, " (%s:%" PRIu32 ")", places[0].file, places[0].line);
}

static void print_branches(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to) {
    struct artifact_view view;
    char message[ARTIFACT_VIEW_MESSAGE_BYTES];
    const char *const path = path_of(artifacts, record);
    const bool is_open = path && artifact_view_open(path, &view, message) == ST_OK;
    fprintf(to, "%s, pid %" PRIu32 " took last, the latest first:\n", record->name, record->pid);
    for (uint32_t i = 0; i < record->trace_count; i++) {
        fputs("    ", to);
        print_word(is_open ? &view : NULL, record->reg[i], to);
        fputs(" -> ", to);
        print_word(is_open ? &view : NULL, record->trace[i], to);
        fputc('\n', to);
    }
    if (is_open) artifact_view_close(&view);
}

void kept_record_print(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to) {
    fprintf(to, "#%" PRIu32 " boot %" PRIu32 " at %" PRIu64 ".%06" PRIu64 " s: %s: ", record->sequence, record->boot,
            record->time_us / 1000000, record->time_us % 1000000, evidence_kind_text(record));
    switch ((enum blackbox_kind)record->kind) {
    case BLACKBOX_BOOT:
        fputs(evidence_reason_text(record), to);
        if (record->detail > 0) fprintf(to, "; damaged records found: %" PRIu32, record->detail);
        fputc('\n', to);
        return;
    case BLACKBOX_RESET:
        fputs(evidence_reason_text(record), to);
        if (record->name[0]) fprintf(to, " at %s:%" PRIu32, record->name, record->detail);
        fputc('\n', to);
        return;
    case BLACKBOX_BRANCHES: print_branches(record, artifacts, to); return;
    case BLACKBOX_FAULT:
    case BLACKBOX_END: print_task(record, artifacts, to);
    }
}

/* ---- for programs ---- */

/* Names come from whoever made the artifact, or from a damaged file. */
static void put_text(const char *text, FILE *to) {
    fputc('"', to);
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        if (byte < ' ' || byte >= 0x7f || byte == '"' || byte == '\\')
            fprintf(to, "\\u%04x", byte);
        else
            fputc(byte, to);
    }
    fputc('"', to);
}

static void put_numbers(const char *name, const uint32_t *numbers, uint32_t count, FILE *to) {
    fprintf(to, ", \"%s\": [", name);
    for (uint32_t i = 0; i < count; i++) fprintf(to, "%s%" PRIu32, i > 0 ? ", " : "", numbers[i]);
    fputc(']', to);
}

static void put_report(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to) {
    uint32_t stack[BLACKBOX_TRACE_MAX];
    char *text = NULL;
    size_t length;
    const struct trap_facts facts = facts_of(record, artifacts, stack);
    FILE *const report = open_memstream(&text, &length);
    if (!report) abort();
    trap_report_json(&facts, report);
    fclose(report);
    fprintf(to, ", \"report\": %.*s", (int)strcspn(text, "\n"), text);
    free(text);
}

void kept_record_json(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to) {
    char build_id[INPUT_HEX_BYTES];
    fprintf(to, "{\"version\": 1, \"sequence\": %" PRIu32 ", \"boot\": %" PRIu32 ", \"time_us\": %" PRIu64,
            record->sequence, record->boot, record->time_us);
    fprintf(to, ", \"kind\": \"%s\", \"reason\": \"%s\", \"detail\": %" PRId32, evidence_kind_text(record),
            evidence_reason_text(record), (int32_t)record->detail);
    if (record->kind == BLACKBOX_RESET) {
        fputs(", \"file\": ", to);
        put_text(record->name, to);
        fprintf(to, ", \"line\": %" PRIu32, record->detail);
    } else if (record->kind != BLACKBOX_BOOT) {
        input_hex(record->build_id, sizeof record->build_id, build_id);
        fputs(", \"task\": ", to);
        put_text(record->name, to);
        fprintf(to, ", \"pid\": %" PRIu32 ", \"build_id\": \"%s\", \"pc\": %" PRIu32, record->pid, build_id,
                record->pc);
        const bool branches = record->kind == BLACKBOX_BRANCHES;
        put_numbers(branches ? "from" : "registers", record->reg, branches ? record->trace_count : BLACKBOX_REGISTERS,
                    to);
        put_numbers(branches ? "to" : "trace", record->trace, record->trace_count, to);
        if (trapped(record)) put_report(record, artifacts, to);
    }
    fputs("}\n", to);
}

/* ---- from the firmware ---- */

static uint8_t hex_digit(char digit) { return (uint8_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10); }

struct blackbox_record kept_record_of_line(const char *line) {
    struct blackbox_record record = {
        .sequence = (uint32_t)report_line_number(line, "sequence", 0),
        .boot = (uint32_t)report_line_number(line, "boot", 0),
        .time_us = report_line_number(line, "at_us", 0),
        .kind = (uint8_t)report_line_number(line, "kind", 0),
        .reason = (uint8_t)report_line_number(line, "reason", 0),
        .detail = (uint32_t)report_line_number(line, "detail", 0),
        .pid = (uint32_t)report_line_number(line, "pid", 0),
        .trap = (uint32_t)report_line_number(line, "trap", 0),
        .trap_detail = (uint32_t)report_line_number(line, "trap_detail", 0),
        .pc = (uint32_t)report_line_number(line, "pc", 0),
        .return_depth = (uint32_t)report_line_number(line, "return_depth", 0),
    };
    char build_id[2 * BLACKBOX_BUILD_ID_BYTES + 1] = "";
    report_line_text(line, "name", record.name, sizeof record.name);
    report_line_text(line, "build_id", build_id, sizeof build_id);
    for (size_t i = 0; i + 1 < strlen(build_id); i += 2)
        record.build_id[i / 2] = (uint8_t)(hex_digit(build_id[i]) << 4 | hex_digit(build_id[i + 1]));
    report_line_numbers(line, "registers", record.reg, BLACKBOX_REGISTERS);
    record.trace_count = (uint8_t)report_line_numbers(line, "trace", record.trace, BLACKBOX_TRACE_MAX);
    return record;
}
