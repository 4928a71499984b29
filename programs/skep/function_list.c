#include "programs/skep/function_list.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "programs/skep/artifact_view.h"
#include "programs/skep/command.h"

enum { ROW_ENTRY = 0, ROW_FRAME = 4, ROW_DEPTH = 6, ROW_CALLS = 8, STACK_UNIT = 4, NAME_BYTES = 24 };

static uint32_t bound_of(uint16_t field, uint32_t unit) {
    return field == VM_UNBOUNDED ? UINT32_MAX : (uint32_t)field * unit;
}

static struct function_need need_of(const struct vm_program *program, uint32_t index) {
    const uint8_t *row = program->functions + (size_t)index * VM_FUNCTION_BYTES;
    return (struct function_need){
        .entry = load_le32(row + ROW_ENTRY),
        .frame_bytes = bound_of(load_le16(row + ROW_FRAME), STACK_UNIT),
        .stack_bytes = bound_of(load_le16(row + ROW_DEPTH), STACK_UNIT),
        .return_entries = bound_of(load_le16(row + ROW_CALLS), 1),
    };
}

static bool open_view(const char *path, struct artifact_view *view) {
    char message[ARTIFACT_VIEW_MESSAGE_BYTES];
    if (artifact_view_open(path, view, message) == ST_OK) return true;
    command_note("%s", message);
    return false;
}

/* A row of the list: the name, or "function_N". */
struct line {
    char name[NAME_BYTES * 4];
    struct function_need need;
};

static int most_stack_first(const void *a, const void *b) {
    const struct line *first = a, *second = b;
    if (first->need.stack_bytes != second->need.stack_bytes)
        return first->need.stack_bytes > second->need.stack_bytes ? -1 : 1;
    return (first->need.entry > second->need.entry) - (first->need.entry < second->need.entry);
}

static struct line *lines_of(const struct artifact_view *view) {
    struct line *lines = calloc(view->program.function_count + 1, sizeof *lines);
    if (!lines) abort();
    for (uint32_t i = 0; i < view->program.function_count; i++) {
        lines[i].need = need_of(&view->program, i);
        if (view->names[i])
            snprintf(lines[i].name, sizeof lines[i].name, "%s", view->names[i]);
        else
            snprintf(lines[i].name, sizeof lines[i].name, "function_%u", i);
    }
    return lines;
}

static void print_bound(uint32_t bound) {
    if (bound == UINT32_MAX)
        printf("   limit");
    else
        printf("%8" PRIu32, bound);
}

bool function_list_print(const char *path) {
    struct artifact_view view;
    if (!open_view(path, &view)) return false;
    struct line *lines = lines_of(&view);
    qsort(lines, view.program.function_count, sizeof *lines, most_stack_first);
    printf("  functions                   frame   stack   calls\n");
    for (uint32_t i = 0; i < view.program.function_count; i++) {
        printf("    %-*s", NAME_BYTES, lines[i].name);
        print_bound(lines[i].need.frame_bytes);
        print_bound(lines[i].need.stack_bytes);
        print_bound(lines[i].need.return_entries);
        printf("\n");
    }
    free(lines);
    artifact_view_close(&view);
    return true;
}

static void json_bound(const char *name, uint32_t bound) {
    if (bound == UINT32_MAX)
        printf(", \"%s\": null", name);
    else
        printf(", \"%s\": %" PRIu32, name, bound);
}

/* C++ has names like operator"": quotes and backslashes are escaped, the rest of ASCII is printed, nothing else occurs.
 */
static void json_text(const char *text) {
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        putchar(*text >= ' ' && *text <= '~' ? *text : '?');
    }
    putchar('"');
}

bool function_list_json(const char *path) {
    struct artifact_view view;
    if (!open_view(path, &view)) return false;
    struct line *lines = lines_of(&view);
    for (uint32_t i = 0; i < view.program.function_count; i++) {
        printf("%s\n    {\"name\": ", i ? "," : "");
        json_text(lines[i].name);
        printf(", \"entry\": %" PRIu32, lines[i].need.entry);
        json_bound("frame_bytes", lines[i].need.frame_bytes);
        json_bound("stack_bytes", lines[i].need.stack_bytes);
        json_bound("return_entries", lines[i].need.return_entries);
        printf("}");
    }
    free(lines);
    artifact_view_close(&view);
    return true;
}

bool function_list_main(const char *path, struct function_need *need) {
    struct artifact_view view;
    char message[ARTIFACT_VIEW_MESSAGE_BYTES];
    bool found = false;
    if (artifact_view_open(path, &view, message) != ST_OK) return false;
    for (uint32_t i = 0; i < view.program.function_count && !found; i++) {
        found = view.names[i] && strcmp(view.names[i], "main") == 0;
        if (found) *need = need_of(&view.program, i);
    }
    artifact_view_close(&view);
    return found;
}
