#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/fuzz/fuzz.h"

_Noreturn void fuzz_failed(const char *what) {
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static size_t piece_moved(struct random *random, uint8_t *bytes, size_t length, size_t capacity) {
    uint32_t from = random_below(random, (uint32_t)length), size = 1 + random_below(random, 64);
    if (size > length - from) size = (uint32_t)length - from;
    switch (random_below(random, 3)) {
    case 0: /* dropped */ memmove(bytes + from, bytes + from + size, length - from - size); return length - size;
    case 1: /* doubled */
        if (length + size > capacity) return length;
        memmove(bytes + from + size, bytes + from, length - from);
        return length + size;
    default: { /* copied over another place */
        uint32_t to = random_below(random, (uint32_t)(length - size + 1));
        memmove(bytes + to, bytes + from, size);
        return length;
    }
    }
}

static size_t one_change(struct random *random, uint8_t *bytes, size_t length, size_t capacity) {
    if (length == 0) {
        bytes[0] = (uint8_t)random_64(random);
        return capacity > 0;
    }
    uint32_t at = random_below(random, (uint32_t)length), number = random_edge(random);
    switch (random_below(random, 10)) {
    case 0: return random_percent(random, 20) ? random_below(random, (uint32_t)length) : length; /* cut */
    case 1: return piece_moved(random, bytes, length, capacity);
    case 2:
    case 3: { /* a number, where numbers lie */
        size_t width = (size_t)1 << random_below(random, 3);
        at &= ~(uint32_t)(width - 1);
        if (at + width <= length) memcpy(bytes + at, &number, width);
        return length;
    }
    case 4: bytes[at] = (uint8_t)(bytes[at] + random_below(random, 9) - 4); return length;
    case 5: bytes[at] = (uint8_t)number; return length;
    default: bytes[at] ^= (uint8_t)(1u << random_below(random, 8)); return length;
    }
}

size_t fuzz_change(struct random *random, uint8_t *bytes, size_t length, size_t capacity) {
    for (uint32_t times = 1 + random_below(random, random_percent(random, 80) ? 3 : 30); times > 0; times--)
        length = one_change(random, bytes, length, capacity);
    return length;
}
