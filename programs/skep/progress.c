#include "programs/skep/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum {
    MS_PER_S = 1000,
    NS_PER_MS = 1000000,
    WIDTH = 80,
    BAR_MAX = 40,
    BAR_MIN = 5,
    REST_WIDTH = 40,
    BYTES_PER_KB = 1000
};

static uint64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * MS_PER_S + (uint64_t)now.tv_nsec / NS_PER_MS;
}

void progress_rate(char to[PROGRESS_RATE_BYTES], uint64_t bytes, uint64_t ms) {
    const uint64_t rate = bytes * MS_PER_S / (ms > 0 ? ms : 1), tenths = rate * 10 / BYTES_PER_KB;
    snprintf(to, PROGRESS_RATE_BYTES, "%" PRIu64 ".%u kB/s", tenths / 10, (unsigned)(tenths % 10));
}

static void put_left(char *to, size_t capacity, uint64_t moved, uint64_t left, uint64_t ms) {
    if (moved == 0) {
        snprintf(to, capacity, "? left");
        return;
    }
    const uint64_t s = (left * ms / moved + MS_PER_S - 1) / MS_PER_S;
    if (s >= 60)
        snprintf(to, capacity, "%" PRIu64 " min %u s left", s / 60, (unsigned)(s % 60));
    else
        snprintf(to, capacity, "%" PRIu64 " s left", s);
}

void progress_line(char to[PROGRESS_LINE_BYTES], size_t width, uint32_t done, const struct progress *progress,
                   uint64_t now) {
    char rate[PROGRESS_RATE_BYTES], left[40], bar[BAR_MAX + 1] = "";
    const uint64_t ms = now - progress->begin_ms, moved = done - progress->from;
    size_t length = width < REST_WIDTH + BAR_MIN ? 0 : width - REST_WIDTH;
    if (length > BAR_MAX) length = BAR_MAX;
    const size_t full = progress->total > 0 ? (size_t)((uint64_t)length * done / progress->total) : 0;
    memset(bar, '-', length);
    memset(bar, '#', full);
    progress_rate(rate, moved, ms);
    put_left(left, sizeof left, moved, progress->total - done, ms);
    const unsigned percent = progress->total > 0 ? (unsigned)((uint64_t)done * 100 / progress->total) : 0;
    snprintf(to, PROGRESS_LINE_BYTES, "%3u %%%s%s%s  %s  %s", percent, length > 0 ? " [" : "", bar,
             length > 0 ? "]" : "", rate, left);
    if (width < PROGRESS_LINE_BYTES) to[width] = '\0';
}

void progress_begin(struct progress *progress, uint32_t total, uint32_t from) {
    *progress =
        (struct progress){.total = total, .from = from, .begin_ms = now_ms(), .is_drawn = isatty(STDERR_FILENO) != 0};
}

void progress_show(struct progress *progress, uint32_t done) {
    struct winsize size;
    char line[PROGRESS_LINE_BYTES];
    if (!progress->is_drawn) return;
    const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    progress_line(line, known ? size.ws_col - 1u : WIDTH - 1, done, progress, now_ms());
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
}

void progress_end(struct progress *progress) {
    if (progress->is_drawn) fputs("\r\033[K", stderr);
    progress->is_drawn = false;
}
