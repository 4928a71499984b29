#include "programs/skep/source_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_BYTES_MAX = 1 << 24 };

static char *read_whole(const char *path, size_t *length) {
    FILE *from = fopen(path, "rb");
    if (!from) return NULL;
    char *bytes = NULL;
    long end = fseek(from, 0, SEEK_END) == 0 ? ftell(from) : -1;
    if (end >= 0 && end <= SOURCE_BYTES_MAX && fseek(from, 0, SEEK_SET) == 0) bytes = malloc((size_t)end + 1);
    if (bytes) {
        *length = fread(bytes, 1, (size_t)end, from);
        bytes[*length] = '\0';
    }
    fclose(from);
    return bytes;
}

static void split(struct source_file *file, size_t length) {
    size_t count = 1;
    for (size_t i = 0; i < length; i++) count += file->bytes[i] == '\n';
    file->lines = calloc(count, sizeof *file->lines);
    if (!file->lines) return;
    char *at = file->bytes;
    while (file->line_count < count) {
        char *end = strchr(at, '\n');
        file->lines[file->line_count++] = at;
        if (!end) break;
        *end = '\0';
        if (end > at && end[-1] == '\r') end[-1] = '\0';
        at = end + 1;
    }
}

static struct source_file *find_or_read(struct source_text *text, const char *path) {
    for (size_t i = 0; i < text->file_count; i++)
        if (strcmp(text->files[i].path, path) == 0) return &text->files[i];
    struct source_file *files = realloc(text->files, (text->file_count + 1) * sizeof *files);
    if (!files) return NULL;
    text->files = files;
    size_t path_bytes = strlen(path) + 1, length = 0;
    struct source_file file = {.path = malloc(path_bytes), .bytes = read_whole(path, &length)};
    if (!file.path) {
        free(file.bytes);
        return NULL;
    }
    memcpy(file.path, path, path_bytes);
    if (file.bytes) split(&file, length);
    files[text->file_count] = file;
    return &files[text->file_count++];
}

const char *source_text_line(struct source_text *text, const char *path, uint32_t line) {
    const struct source_file *file = find_or_read(text, path);
    return file && line > 0 && line <= file->line_count ? file->lines[line - 1] : NULL;
}

void source_text_free(struct source_text *text) {
    for (size_t i = 0; i < text->file_count; i++) {
        free(text->files[i].path);
        free(text->files[i].bytes);
        free(text->files[i].lines);
    }
    free(text->files);
    *text = (struct source_text){0};
}
