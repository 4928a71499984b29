/* terminal: passes a guest's output to a terminal, but for what a terminal obeys: control characters other than
 * newline, tab, carriage return, backspace and bell, and bytes that are no UTF-8, are written as \x and two digits. */
#ifndef SKEP_PROGRAMS_SKEP_TERMINAL_H
#define SKEP_PROGRAMS_SKEP_TERMINAL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct terminal {       /* all zero at the start */
    uint8_t pending[4]; /* of a character of several bytes */
    size_t have, need;
};

void terminal_put(struct terminal *terminal, uint8_t byte, FILE *to);
/* What is left of a character that never ended. */
void terminal_end(struct terminal *terminal, FILE *to);

#endif
