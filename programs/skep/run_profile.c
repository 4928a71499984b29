#include "programs/skep/run_profile.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/require.h"
#include "device/executive/sample.h"
#include "programs/skep/profile_view.h"

enum { PERIOD_WORDS = 97 }; /* a prime, so that no loop of the program keeps step with it */

void run_profile_start(struct executive *executive) {
    enum status status = sample_start(executive, 0, PERIOD_WORDS);
    require(status == ST_OK);
}

void run_profile_print(const struct executive *executive, uint32_t pid, const char *artifact_path) {
    const struct sampling *sampling = executive->sampling;
    struct profile_sample *samples = calloc((size_t)sampling->places + 1, sizeof *samples);
    struct sample_place place;
    struct artifact_view view;
    struct profile_view profile;
    size_t count = 0;
    require(samples != NULL);
    for (uint32_t slot = 0; (slot = sample_next(sampling, slot, &place)) != 0;) {
        if (place.pid == pid) samples[count++] = (struct profile_sample){place.pc, place.samples};
    }
    if (count > 0 && place_open(artifact_path, &view) == EXIT_DONE) {
        profile_view_make(&profile, samples, count, &view, false);
        fprintf(stderr, "%s: a sample every %d words, %" PRIu64 " in all\n", view.artifact.manifest.name, PERIOD_WORDS,
                profile.samples);
        profile_view_print(&profile, stderr);
        profile_view_free(&profile);
        artifact_view_close(&view);
    }
    free(samples);
}
