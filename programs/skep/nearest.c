#include "programs/skep/nearest.h"

#include <string.h>

enum { NAME_BYTES = 48, NEAR = 3 };

struct nearest nearest_to(const char *wanted) { return (struct nearest){.wanted = wanted, .distance = NEAR}; }

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Letters to add, drop or change to get from one to the other. */
static size_t distance_of(const char *one, const char *other) {
    size_t row[NAME_BYTES + 1], length = strlen(other);
    if (length > NAME_BYTES) return length;
    for (size_t i = 0; i <= length; i++) row[i] = i;
    for (size_t at = 0; one[at]; at++) {
        size_t corner = row[0];
        row[0] = at + 1;
        for (size_t i = 0; i < length; i++) {
            size_t change = corner + (one[at] != other[i]);
            corner = row[i + 1];
            row[i + 1] = least(change, least(row[i], row[i + 1]) + 1);
        }
    }
    return row[length];
}

/* Of few letters hardly any may differ; a beginning is near too. */
void nearest_try(struct nearest *nearest, const char *name) {
    size_t length = strlen(nearest->wanted), distance = distance_of(nearest->wanted, name);
    if (length >= 2 && strncmp(name, nearest->wanted, length) == 0) distance = 1;
    if (distance >= nearest->distance || distance * 2 > length) return;
    nearest->distance = distance;
    nearest->name = name;
}
