/* strings: length, copy, compare, search, reverse and upper case over 24 KiB of text, by loops of its own: what a
 * program does whose author did not think of the library. */
#include "kernel.h"

enum { LINES = 256, LINE_BYTES = 96 };
static char text[LINES][LINE_BYTES], copy[LINE_BYTES];

static uint32_t length(const char *at) {
    const char *start = at;
    while (*at) at++;
    return (uint32_t)(at - start);
}

static void copy_text(char *to, const char *from) {
    while ((*to++ = *from++)) {
    }
}

static int compare(const char *a, const char *b) {
    while (*a && *a == *b) a++, b++;
    return (uint8_t)*a - (uint8_t)*b;
}

static const char *search(const char *in, const char *what) {
    for (; *in; in++) {
        const char *a = in, *b = what;
        while (*b && *a == *b) a++, b++;
        if (!*b) return in;
    }
    return 0;
}

static void reverse(char *at) {
    char *end = at + length(at);
    while (at < end) {
        char last = *--end;
        *end = *at;
        *at++ = last;
    }
}

static void upper_case(char *at) {
    for (; *at; at++)
        if (*at >= 'a' && *at <= 'z') *at = (char)(*at - 'a' + 'A');
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds, seed = rounds;
    for (int line = 0; line < LINES; line++) {
        uint32_t count = 40 + kernel_random(&seed) % (LINE_BYTES - 41);
        for (uint32_t i = 0; i < count; i++) text[line][i] = (char)('a' + kernel_random(&seed) % 20);
        text[line][count] = '\0';
    }
    for (uint32_t round = 0; round < rounds; round++)
        for (int line = 0; line < LINES; line++) {
            copy_text(copy, text[line]);
            upper_case(copy);
            reverse(text[line]);
            const char *found = search(text[line], "abc");
            checksum = kernel_mix(checksum, length(copy) + (uint32_t)compare(text[line], text[(line + 1) % LINES]));
            checksum = kernel_mix(checksum, found ? (uint32_t)(found - text[line]) : (uint8_t)copy[3]);
        }
    return checksum;
}
