/* say: output for the translator's cases, one line each, with nothing of the C library. */
#ifndef SKEP_TEST_LOWER_SAY_H
#define SKEP_TEST_LOWER_SAY_H

#include <stdint.h>

#include "skep.h"

static inline void say(const char *text) {
    uint32_t length = 0, written;
    while (text[length]) length++;
    skep_console_write(text, length, &written);
    skep_console_write("\n", 1, &written);
}

static inline void say_number(uint32_t number) {
    char text[11];
    int at = 10;
    text[10] = 0;
    do text[--at] = (char)('0' + number % 10);
    while (number /= 10);
    say(text + at);
}

#endif
