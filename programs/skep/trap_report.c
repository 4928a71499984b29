#include "programs/skep/trap_report.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "programs/skep/artifact_view.h"
#include "programs/skep/trap_reason.h"
#include "toolchain/listing/listing.h"

enum {
    FRAMES_MAX = 512,
    FRAMES_SHOWN_FIRST = 24, /* of a deep recursion people see the beginning and the end */
    FRAMES_SHOWN_LAST = 6,
    LOCALS_MAX = 64,
    NOTES_MAX = 4,
    RETURN_INDEX_MASK = 0xfffff, /* spec/isa.md section 5 */
};

struct frame {
    uint32_t word;
    struct symbols_frame place; /* function is never NULL when name is empty */
    char name[LISTING_NAME_BYTES];
    bool is_host; /* not the guest's: the executive called the frame before */
};

struct report {
    const struct trap_facts *facts;
    struct artifact_view view; /* valid when `has_view` */
    bool has_view;
    struct trap_reason reason;
    char word_text[LISTING_WORD_BYTES];
    struct frame frame[FRAMES_MAX];
    size_t frame_count;
    uint32_t frames_left_out;
    struct symbols_local local[LOCALS_MAX];
    size_t local_count;
    const char *note[NOTES_MAX];
    size_t note_count;
    char message[ARTIFACT_VIEW_MESSAGE_BYTES];
};

static void add_note(struct report *report, const char *text) {
    if (report->note_count < NOTES_MAX) report->note[report->note_count++] = text;
}

static struct listing listing_of(const struct report *report) {
    return (struct listing){&report->view.program, report->view.names, NULL};
}

/* One entry for the function, and one for each function inlined at that place. */
static void add_frames(struct report *report, uint32_t word) {
    struct symbols_frame places[SYMBOLS_FRAMES_MAX] = {{0}};
    size_t count = report->has_view ? artifact_view_frames(&report->view, word, places) : 0;
    if (count == 0) count = 1;
    for (size_t i = 0; i < count; i++) {
        if (report->frame_count == FRAMES_MAX) {
            report->frames_left_out++;
            continue;
        }
        struct frame *frame = &report->frame[report->frame_count++];
        *frame = (struct frame){.word = word, .place = places[i]};
        uint32_t row = report->has_view ? listing_function_of(&report->view.program, word) : LISTING_NONE;
        struct listing listing = listing_of(report);
        if (places[i].function)
            snprintf(frame->name, sizeof frame->name, "%s", places[i].function);
        else if (row != LISTING_NONE)
            listing_function_name(&listing, row, frame->name);
        else
            snprintf(frame->name, sizeof frame->name, "word_%" PRIu32, word);
    }
}

static void add_host_frame(struct report *report) {
    if (report->frame_count == FRAMES_MAX) return;
    report->frame[report->frame_count++] = (struct frame){.name = "the executive", .is_host = true};
}

/* An entry is the word after the call; 0 is where the host began. */
static void gather_frames(struct report *report) {
    const struct trap_facts *facts = report->facts;
    add_frames(report, facts->pc);
    for (uint32_t depth = facts->return_depth; depth > 0 && facts->return_stack; depth--) {
        uint32_t index = facts->return_stack[depth - 1] & RETURN_INDEX_MASK;
        if (index > 0)
            add_frames(report, index - 1);
        else if (depth > 1)
            add_host_frame(report);
    }
}

static void gather_locals(struct report *report) {
    const struct trap_facts *facts = report->facts;
    uint32_t address;
    if (!report->has_view || report->reason.stack_overflow) return;
    if (!artifact_view_address(&report->view, facts->pc, &address)) return;
    struct symbols_state state = {facts->reg, facts->ram, facts->ram ? facts->ram_bytes : 0,
                                  report->view.program.read_only, report->view.program.read_only_bytes};
    report->local_count = symbols_locals(report->view.symbols, address, &state, report->local, LOCALS_MAX);
}

static void find_reason(struct report *report) {
    const struct vm_program *program = report->has_view ? &report->view.program : NULL;
    const struct artifact_manifest *manifest = report->has_view ? &report->view.artifact.manifest : NULL;
    report->reason = trap_reason_of(report->facts, program, manifest, report->frame[0].name);
}

static void report_open(struct report *report, const struct trap_facts *facts) {
    *report = (struct report){.facts = facts};
    if (!facts->artifact_path)
        add_note(report, "there is no artifact file to look into");
    else if (artifact_view_open(facts->artifact_path, &report->view, report->message) != ST_OK)
        add_note(report, report->message);
    else
        report->has_view = true;
    if (report->has_view && report->view.note[0]) add_note(report, report->view.note);
    if (report->has_view && facts->pc >= report->view.program.code_words)
        add_note(report, "the trapped word is not in this artifact: it is another one than ran");
    if (report->has_view) {
        struct listing listing = listing_of(report);
        listing_word(&listing, facts->pc, report->word_text);
    }
    gather_frames(report);
    find_reason(report);
    if (report->has_view && report->view.symbols && !report->frame[0].place.file)
        add_note(report, "no source line is known here: this function was compiled without -g");
    gather_locals(report);
}

static void report_close(struct report *report) {
    if (report->has_view) artifact_view_close(&report->view);
}

static const char *task_name(const struct report *report) {
    if (report->facts->task) return report->facts->task;
    return report->has_view ? report->view.artifact.manifest.name : NULL;
}

static void print_place(const struct symbols_frame *place, FILE *to) {
    if (!place->file) return;
    fprintf(to, "  %s:%" PRIu32, place->file, place->line);
    if (place->column > 0) fprintf(to, ":%" PRIu32, place->column);
}

static void print_frames(const struct report *report, FILE *to) {
    size_t count = report->frame_count, hidden = 0;
    if (count > FRAMES_SHOWN_FIRST + FRAMES_SHOWN_LAST) hidden = count - FRAMES_SHOWN_FIRST - FRAMES_SHOWN_LAST;
    fputs("call stack, innermost first:\n", to);
    for (size_t i = 0; i < count; i++) {
        const struct frame *frame = &report->frame[i];
        if (hidden > 0 && i == FRAMES_SHOWN_FIRST) {
            fprintf(to, "      ... %zu more ...\n", hidden);
            i += hidden - 1;
            continue;
        }
        fprintf(to, "  %3zu  %s%s", i, frame->name, frame->place.is_inlined ? " (inlined)" : "");
        print_place(&frame->place, to);
        if (!frame->place.is_inlined && !frame->is_host) fprintf(to, "  word %" PRIu32, frame->word);
        fputc('\n', to);
    }
    if (report->frames_left_out > 0) fprintf(to, "      ... %" PRIu32 " more\n", report->frames_left_out);
}

static void print_registers(const struct trap_facts *facts, FILE *to) {
    fputs("registers:\n", to);
    for (unsigned i = 0; i < VM_REGISTERS; i++)
        fprintf(to, "%s%4s %08" PRIx32 "%s", i % 4 == 0 ? "  " : "   ", isa_register_name(i), facts->reg[i],
                i % 4 == 3 ? "\n" : "");
}

static void print_locals(const struct report *report, FILE *to) {
    if (report->local_count == 0) return;
    fprintf(to, "variables of %s:\n", report->frame[0].name);
    for (size_t i = 0; i < report->local_count; i++) {
        const struct symbols_local *local = &report->local[i];
        size_t length = strlen(local->type);
        bool joined = length > 0 && local->type[length - 1] == '*';
        fprintf(to, "  %s%s%s", local->type, joined ? "" : " ", local->name);
        if (local->value[0])
            fprintf(to, " = %s\n", local->value);
        else
            fputs(" (not kept here)\n", to);
    }
}

void trap_report_print(const struct trap_facts *facts, FILE *to) {
    struct report report;
    report_open(&report, facts);
    const char *task = task_name(&report);
    fprintf(to, "%s%strap: %s\n  in %s", task ? task : "", task ? ": " : "", report.reason.text, report.frame[0].name);
    print_place(&report.frame[0].place, to);
    fprintf(to, "  word %" PRIu32, facts->pc);
    if (report.word_text[0]) fprintf(to, ": %s", report.word_text);
    fputc('\n', to);
    print_frames(&report, to);
    print_locals(&report, to);
    print_registers(facts, to);
    for (size_t i = 0; i < report.note_count; i++) fprintf(to, "note: %s\n", report.note[i]);
    if (report.reason.advice[0]) fprintf(to, "what to do: %s\n", report.reason.advice);
    report_close(&report);
}

/* How many bytes the UTF-8 character at `text` has; 0 when it is none. */
static size_t character_bytes(const unsigned char *text) {
    size_t length = 1;
    if (text[0] >= 0x80) length = text[0] < 0xc2 ? 0 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : text[0] < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80) return 0;
    return length;
}

/* Bytes that are no UTF-8 may come out of a damaged file; they are replaced, so that the output stays JSON. */
static void json_text(const char *text, FILE *to) {
    if (!text) {
        fputs("null", to);
        return;
    }
    fputc('"', to);
    for (size_t length; *text; text += length > 0 ? length : 1) {
        unsigned char byte = (unsigned char)*text;
        length = character_bytes((const unsigned char *)text);
        if (byte == '"' || byte == '\\')
            fprintf(to, "\\%c", byte);
        else if (byte < ' ' || byte == 0x7f)
            fprintf(to, "\\u%04x", byte);
        else if (length > 0)
            fprintf(to, "%.*s", (int)length, text);
        else
            fputs("\\ufffd", to);
    }
    fputc('"', to);
}

static void json_member(const char *name, const char *text, FILE *to) {
    fprintf(to, "\"%s\": ", name);
    json_text(text, to);
    fputs(", ", to);
}

static void json_line(const char *name, uint32_t number, const char *end, FILE *to) {
    if (number > 0)
        fprintf(to, "\"%s\": %" PRIu32 "%s", name, number, end);
    else
        fprintf(to, "\"%s\": null%s", name, end);
}

static void json_frames(const struct report *report, FILE *to) {
    fputs("\"frames\": [", to);
    for (size_t i = 0; i < report->frame_count; i++) {
        const struct frame *frame = &report->frame[i];
        fputs(i > 0 ? ", {" : "{", to);
        if (frame->is_host)
            fputs("\"word\": null, ", to);
        else
            fprintf(to, "\"word\": %" PRIu32 ", ", frame->word);
        json_member("function", frame->name, to);
        json_member("file", frame->place.file, to);
        json_line("line", frame->place.line, ", ", to);
        json_line("column", frame->place.column, ", ", to);
        fprintf(to, "\"inlined\": %s}", frame->place.is_inlined ? "true" : "false");
    }
    fputs("], ", to);
}

static void json_locals(const struct report *report, FILE *to) {
    fputs("\"locals\": [", to);
    for (size_t i = 0; i < report->local_count; i++) {
        const struct symbols_local *local = &report->local[i];
        fputs(i > 0 ? ", {" : "{", to);
        json_member("name", local->name, to);
        json_member("type", local->type, to);
        fputs("\"value\": ", to);
        json_text(local->value[0] ? local->value : NULL, to);
        fputs("}", to);
    }
    fputs("], ", to);
}

static void json_notes(const struct report *report, FILE *to) {
    fputs("\"notes\": [", to);
    for (size_t i = 0; i < report->note_count; i++) {
        if (i > 0) fputs(", ", to);
        json_text(report->note[i], to);
    }
    fputs("]", to);
}

void trap_report_json(const struct trap_facts *facts, FILE *to) {
    struct report report;
    report_open(&report, facts);
    fputs("{", to);
    json_member("task", task_name(&report), to);
    json_member("trap", vm_trap_text((enum vm_trap)facts->trap), to);
    json_member("reason", report.reason.text, to);
    json_member("advice", report.reason.advice, to);
    fprintf(to, "\"detail\": %" PRIu32 ", \"word\": %" PRIu32 ", ", facts->detail, facts->pc);
    json_member("function", report.frame[0].name, to);
    json_member("file", report.frame[0].place.file, to);
    json_line("line", report.frame[0].place.line, ", ", to);
    json_frames(&report, to);
    fputs("\"registers\": {", to);
    for (unsigned i = 0; i < VM_REGISTERS; i++)
        fprintf(to, "%s\"%s\": %" PRIu32, i > 0 ? ", " : "", isa_register_name(i), facts->reg[i]);
    fputs("}, ", to);
    json_locals(&report, to);
    json_notes(&report, to);
    fputs("}\n", to);
    report_close(&report);
}
