#include "programs/skep/artifact_view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "toolchain/listing/listing.h"

enum { PATH_BYTES = 4096 };

static enum status read_file(const char *path, struct file_bytes *file, char message[ARTIFACT_VIEW_MESSAGE_BYTES]) {
    enum status status = file_read(path, file);
    if (status == ST_QUOTA)
        snprintf(message, ARTIFACT_VIEW_MESSAGE_BYTES, "%s: larger than %d bytes", path, FILE_BYTES_MAX);
    else if (status != ST_OK)
        snprintf(message, ARTIFACT_VIEW_MESSAGE_BYTES, "%s: %s", path, strerror(errno));
    return status == ST_OK ? ST_OK : ST_NOT_FOUND;
}

/* A section's bytes, or NULL when it is not there or leaves the file. */
static const uint8_t *section_bytes(const struct artifact_view *view, uint16_t id, uint32_t *bytes) {
    const struct artifact_section *section = artifact_section_find(&view->artifact, id);
    *bytes = 0;
    if (!section || (uint64_t)section->offset + section->bytes > view->file.length) return NULL;
    *bytes = section->bytes;
    return view->file.bytes + section->offset;
}

static bool read_program(struct artifact_view *view) {
    uint32_t code_bytes, function_bytes, read_only_bytes, call_bytes;
    const uint8_t *code = section_bytes(view, ARTIFACT_SECTION_CODE, &code_bytes);
    const uint8_t *functions = section_bytes(view, ARTIFACT_SECTION_FUNCTIONS, &function_bytes);
    const uint8_t *read_only = section_bytes(view, ARTIFACT_SECTION_READ_ONLY, &read_only_bytes);
    const uint8_t *calls = section_bytes(view, ARTIFACT_SECTION_CALLS, &call_bytes);
    if (!code || code_bytes < 4) return false;
    view->code = calloc(code_bytes / 4, 4);
    view->names = calloc(function_bytes / VM_FUNCTION_BYTES + 1, sizeof *view->names);
    if (!view->code || !view->names) return false;
    for (uint32_t i = 0; i < code_bytes / 4; i++) view->code[i] = load_le32(code + (size_t)i * 4);
    view->program = (struct vm_program){
        .code = view->code,
        .code_words = code_bytes / 4,
        .functions = functions,
        .function_count = functions ? function_bytes / VM_FUNCTION_BYTES : 0,
        .read_only = read_only,
        .read_only_bytes = read_only_bytes >= VM_PAD_BYTES ? read_only_bytes - VM_PAD_BYTES : 0,
        .calls = calls,
        .call_count = calls ? call_bytes / 2 : 0,
        .entry_function = view->artifact.manifest.entry_function,
    };
    return true;
}

/* "dir/name.cvm1" and ".elf" give "dir/name.elf". */
static bool path_beside(const char *path, const char *extension, char to[PATH_BYTES]) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    size_t stem = dot && dot != name ? (size_t)(dot - path) : strlen(path);
    int written = snprintf(to, PATH_BYTES, "%.*s%s", (int)stem, path, extension);
    return written > 0 && written < PATH_BYTES;
}

static bool read_beside(const char *path, const char *extension, struct file_bytes *file, struct artifact_view *view) {
    char beside[PATH_BYTES], message[ARTIFACT_VIEW_MESSAGE_BYTES] = "the path is too long";
    if (path_beside(path, extension, beside) && read_file(beside, file, message) == ST_OK) return true;
    snprintf(view->note, sizeof view->note, "%s; `skep build` writes it beside the artifact: keep them together",
             message);
    return false;
}

static void read_names(struct artifact_view *view) {
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    for (uint32_t row = 0; row < view->program.function_count; row++) {
        size_t count = artifact_view_frames(view, listing_function_entry(&view->program, row), frames);
        view->names[row] = count > 0 ? frames[count - 1].function : NULL;
    }
}

static void read_symbols(const char *path, struct artifact_view *view) {
    struct file_bytes elf = {0}, map = {0};
    if (read_beside(path, ".map", &map, view) && read_beside(path, ".elf", &elf, view)) {
        struct symbols_files files = {elf.bytes, map.bytes, elf.length, map.length};
        enum status status = symbols_open(&files, view->artifact.manifest.build_id, view->file.bytes,
                                          view->artifact.signed_bytes, &view->symbols, view->note);
        if (status == ST_OK) read_names(view);
    }
    file_free(&elf);
    file_free(&map);
}

enum status artifact_view_open(const char *path, struct artifact_view *out, char message[ARTIFACT_VIEW_MESSAGE_BYTES]) {
    struct artifact_fault fault = {0};
    *out = (struct artifact_view){0};
    enum status status = read_file(path, &out->file, message);
    if (status == ST_OK) {
        status = artifact_decode(out->file.bytes, out->file.length, &out->artifact, &fault);
        if (status != ST_OK)
            snprintf(message, ARTIFACT_VIEW_MESSAGE_BYTES, "%s: byte %u: %s", path, (unsigned)fault.offset,
                     fault.reason);
    }
    if (status == ST_OK && !read_program(out)) {
        snprintf(message, ARTIFACT_VIEW_MESSAGE_BYTES, "%s: there is no code in it, or the file was cut short", path);
        status = ST_CORRUPT;
    }
    if (status == ST_OK)
        read_symbols(path, out);
    else
        artifact_view_close(out);
    return status;
}

void artifact_view_close(struct artifact_view *view) {
    symbols_close(view->symbols);
    free(view->names);
    free(view->code);
    file_free(&view->file);
    *view = (struct artifact_view){0};
}

bool artifact_view_address(const struct artifact_view *view, uint32_t word, uint32_t *address) {
    uint32_t row = listing_function_of(&view->program, word);
    if (!view->symbols || row == LISTING_NONE) return false;
    return symbols_address(view->symbols, word, listing_function_entry(&view->program, row), address);
}

size_t artifact_view_frames(const struct artifact_view *view, uint32_t word,
                            struct symbols_frame frames[SYMBOLS_FRAMES_MAX]) {
    uint32_t address;
    return artifact_view_address(view, word, &address) ? symbols_frames(view->symbols, address, frames) : 0;
}
