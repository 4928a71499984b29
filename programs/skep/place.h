/* place: which function and source line a word of a program is in, for those who show where programs are. */
#ifndef SKEP_PROGRAMS_SKEP_PLACE_H
#define SKEP_PROGRAMS_SKEP_PLACE_H

#include "programs/skep/artifact_view.h"
#include "programs/skep/exit_code.h"

enum { PLACE_BYTES = 512 };

struct place {
    char function[128];     /* that the code belongs to, whatever was inlined; "word_N" if nothing is known */
    char line[PLACE_BYTES]; /* "main.c:12" of the innermost function; "" when not known */
};

/* Opens an artifact to look into. Says what is wrong and returns what the command ends with. */
int place_open(const char *path, struct artifact_view *view);
void place_of(const struct artifact_view *view, uint32_t word, struct place *place);
/* "main at main.c:12" */
void place_text(const struct artifact_view *view, uint32_t word, char to[PLACE_BYTES]);

#endif
