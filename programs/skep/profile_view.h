/* profile_view: samples of one program by function or by source line, most of them first. */
#ifndef SKEP_PROGRAMS_SKEP_PROFILE_VIEW_H
#define SKEP_PROGRAMS_SKEP_PROFILE_VIEW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "programs/skep/place.h"

struct profile_sample {
    uint32_t pc, samples;
};
struct profile_row {
    char name[PLACE_BYTES + 256];
    uint64_t samples;
};
struct profile_view {
    struct profile_row *row;
    size_t count;
    uint64_t samples;
};

/* Adds up the samples that have one place; by line, if `lines`, else by function. `view` NULL: by word. */
void profile_view_make(struct profile_view *profile, const struct profile_sample *samples, size_t count,
                       const struct artifact_view *view, bool lines);
void profile_view_free(struct profile_view *profile);
/* A line for each, with its share. */
void profile_view_print(const struct profile_view *profile, FILE *to);
/* [{"place", "samples"}] */
json_t *profile_view_json(const struct profile_view *profile);

#endif
