/* usage: what a command's usage line says about its words: `ls | get VALUE | set VALUE NUMBER [--pin N]` has three
 * alternatives, each a list of places. A place takes words as they stand, and words of a kind that is written in
 * capitals. Options and what follows them are passed over; brackets do not matter. */
#ifndef SKEP_PROGRAMS_SKEP_USAGE_H
#define SKEP_PROGRAMS_SKEP_USAGE_H

#include "programs/skep/help.h"

enum { USAGE_ALTERNATIVES_MAX = 8, USAGE_PLACES_MAX = 8, USAGE_CHOICES_MAX = 8 };

struct usage_place {
    size_t count;
    struct help_span choice[USAGE_CHOICES_MAX];
};
struct usage_alternative {
    size_t count;
    struct usage_place place[USAGE_PLACES_MAX];
    bool repeats; /* its last place */
};
struct usage {
    size_t count;
    struct usage_alternative alternative[USAGE_ALTERNATIVES_MAX];
};

void usage_read(const char *text, struct usage *usage);
/* Whether a word of a usage line is a kind of words, and not the word itself. */
bool usage_is_kind(struct help_span choice);
/* The place that the word behind `words` has in an alternative; NULL: they do not fit it, or nothing follows them. */
const struct usage_place *usage_place_behind(const struct usage_alternative *alternative, const char *const *words,
                                             size_t count);
/* "a|b" into a and b. */
void usage_choices(struct help_span text, struct usage_place *place);

#endif
