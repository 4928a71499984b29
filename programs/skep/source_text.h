/* source_text: lines of source files, read when they are first asked for. A file that is not there has no lines. */
#ifndef SKEP_PROGRAMS_SKEP_SOURCE_TEXT_H
#define SKEP_PROGRAMS_SKEP_SOURCE_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct source_file {
    char *path, *bytes; /* line ends replaced by NUL */
    char **lines;
    size_t line_count;
};

/* Zeroed at the start. */
struct source_text {
    struct source_file *files;
    size_t file_count;
};

/* The line without its end, or NULL; lives until source_text_free. Lines count from 1. */
const char *source_text_line(struct source_text *text, const char *path, uint32_t line);
void source_text_free(struct source_text *text);

#endif
