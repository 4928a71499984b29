#include "programs/skep/place.h"

#include <inttypes.h>
#include <stdio.h>

#include "programs/skep/command.h"
#include "toolchain/listing/listing.h"

int place_open(const char *path, struct artifact_view *view) {
    char message[ARTIFACT_VIEW_MESSAGE_BYTES];
    if (artifact_view_open(path, view, message) != ST_OK) return command_fail(EXIT_ARTIFACT, "%s", message);
    if (view->note[0]) command_note("%s", view->note);
    return EXIT_DONE;
}

void place_of(const struct artifact_view *view, uint32_t word, struct place *place) {
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    size_t count = artifact_view_frames(view, word, frames);
    uint32_t row = listing_function_of(&view->program, word);
    place->line[0] = '\0';
    if (count > 0 && frames[count - 1].function) {
        snprintf(place->function, sizeof place->function, "%s", frames[count - 1].function);
    } else if (row != LISTING_NONE) {
        char name[LISTING_NAME_BYTES];
        const struct listing listing = {&view->program, view->names, NULL};
        listing_function_name(&listing, row, name);
        snprintf(place->function, sizeof place->function, "%s", name);
    } else {
        snprintf(place->function, sizeof place->function, "word_%" PRIu32, word);
    }
    if (count > 0 && frames[0].file && frames[0].line > 0)
        snprintf(place->line, sizeof place->line, "%s:%" PRIu32, frames[0].file, frames[0].line);
}

void place_text(const struct artifact_view *view, uint32_t word, char to[PLACE_BYTES]) {
    struct place place;
    place_of(view, word, &place);
    snprintf(to, PLACE_BYTES, "%s%s%.300s", place.function, place.line[0] ? " at " : "", place.line);
}
