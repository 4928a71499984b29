/* progress: how far something long is, on a terminal's stderr: a bar, the rate and the time that is left. Where stderr
 * is no terminal nothing is drawn. */
#ifndef SKEP_PROGRAMS_SKEP_PROGRESS_H
#define SKEP_PROGRAMS_SKEP_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    uint32_t total, from;
    uint64_t begin_ms;
    bool is_drawn;
};

void progress_begin(struct progress *progress, uint32_t total, uint32_t from);
void progress_show(struct progress *progress, uint32_t done);
/* Takes the bar away. */
void progress_end(struct progress *progress);

/* The line itself, which is at most `width` long: " 45 % [####----]  11.2 kB/s  2 s left". */
enum { PROGRESS_LINE_BYTES = 256 };
void progress_line(char to[PROGRESS_LINE_BYTES], size_t width, uint32_t done, const struct progress *progress,
                   uint64_t now_ms);
/* Bytes a second, in words. */
enum { PROGRESS_RATE_BYTES = 24 };
void progress_rate(char to[PROGRESS_RATE_BYTES], uint64_t bytes, uint64_t ms);

#endif
