/* pin_timeline: the edges that a board's pins made, drawn for people and listed for programs. */
#ifndef SKEP_PROGRAMS_SKEP_PIN_TIMELINE_H
#define SKEP_PROGRAMS_SKEP_PIN_TIMELINE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct pin_edge {
    uint64_t time_us;
    uint32_t pin, level;
};
struct pin_timeline { /* all zero: no edges */
    struct pin_edge *edge;
    size_t count, capacity;
};

/* Edges come in the order of time. Past a million they are dropped. */
void pin_timeline_add(struct pin_timeline *timeline, uint64_t time_us, uint32_t pin, uint32_t level);
void pin_timeline_free(struct pin_timeline *timeline);

/* One line for each pin that changed, from its first edge on, low drawn as '_' and high as '#', with the lengths of the
 * levels below. */
void pin_timeline_draw(const struct pin_timeline *timeline, FILE *to);
/* time_us,pin,level with a heading. */
void pin_timeline_csv(const struct pin_timeline *timeline, FILE *to);

#endif
