/* nearest: which of several names was probably meant, for errors that say what to try. */
#ifndef SKEP_PROGRAMS_SKEP_NEAREST_H
#define SKEP_PROGRAMS_SKEP_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *name; /* NULL: none is near */

    /* below: private to nearest.c */
    const char *wanted;
    size_t distance;
};

struct nearest nearest_to(const char *wanted);
void nearest_try(struct nearest *nearest, const char *name);

#endif
