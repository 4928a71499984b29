#include "programs/skep/pin_timeline.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

enum { EDGES_MAX = 1000000, COLUMNS = 64, PINS_MAX = 32, PERIODS_SHOWN = 8 };

void pin_timeline_add(struct pin_timeline *timeline, uint64_t time_us, uint32_t pin, uint32_t level) {
    if (timeline->count == EDGES_MAX) return;
    if (timeline->count == timeline->capacity) {
        timeline->capacity = timeline->capacity ? 2 * timeline->capacity : 64;
        timeline->edge = realloc(timeline->edge, timeline->capacity * sizeof *timeline->edge);
        if (!timeline->edge) abort();
    }
    timeline->edge[timeline->count++] = (struct pin_edge){time_us, pin, level};
}

void pin_timeline_free(struct pin_timeline *timeline) {
    free(timeline->edge);
    *timeline = (struct pin_timeline){0};
}

/* What the pin shows at the end of each column: a column in which it was high at all is high, so that short pulses are
 * seen. */
static void draw_levels(const struct pin_timeline *timeline, uint32_t pin, uint64_t from_us, uint64_t column_us,
                        FILE *to) {
    uint32_t level = 0;
    size_t at = 0;
    for (uint64_t column = 1; column <= COLUMNS; column++) {
        bool high = level != 0;
        while (at < timeline->count && timeline->edge[at].time_us < from_us + column * column_us) {
            if (timeline->edge[at].pin == pin) {
                level = timeline->edge[at].level;
                high = high || level != 0;
            }
            at++;
        }
        fputc(high && (level || column_us > 1) ? '#' : '_', to);
    }
}

static void draw_lengths(const struct pin_timeline *timeline, uint32_t pin, FILE *to) {
    uint64_t last_us = 0;
    uint32_t level = 0; /* pins begin low: a row that says so is no edge */
    size_t shown = 0;
    bool first = true;
    for (size_t i = 0; i < timeline->count; i++) {
        if (timeline->edge[i].pin != pin || timeline->edge[i].level == level) continue;
        level = timeline->edge[i].level;
        if (!first && shown++ < PERIODS_SHOWN) {
            const uint64_t length_us = timeline->edge[i].time_us - last_us;
            fprintf(to, " %" PRIu64 ".%" PRIu64, length_us / 1000, length_us / 100 % 10);
        }
        first = false;
        last_us = timeline->edge[i].time_us;
    }
    if (shown > PERIODS_SHOWN) fprintf(to, " .. (%zu in all)", shown);
}

void pin_timeline_draw(const struct pin_timeline *timeline, FILE *to) {
    if (timeline->count == 0) {
        fprintf(to, "no pin changed\n");
        return;
    }
    const uint64_t from_us = timeline->edge[0].time_us, last_us = timeline->edge[timeline->count - 1].time_us;
    const uint64_t column_us = (last_us - from_us) / (COLUMNS - 1) + 1;
    for (uint32_t pin = 0; pin < PINS_MAX; pin++) {
        bool changed = false;
        for (size_t i = 0; i < timeline->count && !changed; i++) changed = timeline->edge[i].pin == pin;
        if (!changed) continue;
        fprintf(to, "pin %2" PRIu32 " ", pin);
        draw_levels(timeline, pin, from_us, column_us, to);
        fprintf(to, "\n  ms  ");
        draw_lengths(timeline, pin, to);
        fputc('\n', to);
    }
}

void pin_timeline_csv(const struct pin_timeline *timeline, FILE *to) {
    fprintf(to, "time_us,pin,level\n");
    for (size_t i = 0; i < timeline->count; i++)
        fprintf(to, "%" PRIu64 ",%" PRIu32 ",%" PRIu32 "\n", timeline->edge[i].time_us, timeline->edge[i].pin,
                timeline->edge[i].level);
}
