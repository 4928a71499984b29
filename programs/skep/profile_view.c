#include "programs/skep/profile_view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/require.h"
#include "programs/skep/place.h"

static void name_of(const struct artifact_view *view, bool lines, uint32_t pc, char *to, size_t bytes) {
    struct place place;
    if (!view) {
        snprintf(to, bytes, "word_%" PRIu32, pc);
        return;
    }
    place_of(view, pc, &place);
    if (lines)
        snprintf(to, bytes, "%s%s%s", place.line, place.line[0] ? "  " : "", place.function);
    else
        snprintf(to, bytes, "%s", place.function);
}

static int by_samples(const void *a, const void *b) {
    const struct profile_row *one = a, *other = b;
    if (one->samples != other->samples) return one->samples < other->samples ? 1 : -1;
    return strcmp(one->name, other->name);
}

void profile_view_make(struct profile_view *profile, const struct profile_sample *samples, size_t count,
                       const struct artifact_view *view, bool lines) {
    *profile = (struct profile_view){.row = calloc(count + 1, sizeof *profile->row)};
    require(profile->row != NULL);
    for (size_t i = 0; i < count; i++) {
        struct profile_row *row = &profile->row[profile->count];
        name_of(view, lines, samples[i].pc, row->name, sizeof row->name);
        size_t at = 0;
        while (strcmp(profile->row[at].name, row->name) != 0) at++;
        profile->row[at].samples += samples[i].samples;
        profile->samples += samples[i].samples;
        if (at == profile->count)
            profile->count++;
        else
            *row = (struct profile_row){.samples = 0};
    }
    qsort(profile->row, profile->count, sizeof *profile->row, by_samples);
}

void profile_view_free(struct profile_view *profile) { free(profile->row); }

void profile_view_print(const struct profile_view *profile, FILE *to) {
    fprintf(to, "%10s  %6s  %s\n", "SAMPLES", "SHARE", "PLACE");
    for (size_t i = 0; i < profile->count; i++) {
        const struct profile_row *row = &profile->row[i];
        uint64_t tenths = row->samples * 1000 / profile->samples;
        fprintf(to, "%10" PRIu64 "  %3" PRIu64 ".%" PRIu64 "%%  %s\n", row->samples, tenths / 10, tenths % 10,
                row->name);
    }
}

json_t *profile_view_json(const struct profile_view *profile) {
    json_t *rows = json_array();
    for (size_t i = 0; i < profile->count; i++)
        json_array_append_new(rows, json_pack("{s:s, s:I}", "place", profile->row[i].name, "samples",
                                              (json_int_t)profile->row[i].samples));
    return rows;
}
