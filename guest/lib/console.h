/* console: where stdout and stderr go. Not for programs: they use stdio.h. */
#ifndef SKEP_GUEST_LIB_CONSOLE_H
#define SKEP_GUEST_LIB_CONSOLE_H

#include <stddef.h>

/* Writes out what console_write has kept back. Weak: a program that prints nothing does not carry it. */
void console_flush(void) __attribute__((weak));

/* To the stream of errors, at once, behind what console_write has kept back. */
void console_error(const char *text, size_t length);

/* Short texts are gathered and written line by line; a text that ends a line or is long goes out at once. */
void console_write(const char *text, size_t length);

#endif
