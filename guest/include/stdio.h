/* stdio: picolibc's, but putchar is a function that knows where it writes: through a stream's pointer nobody could say
 * how much stack a program needs. */
#pragma GCC system_header
#ifndef SKEP_GUEST_STDIO_H
#define SKEP_GUEST_STDIO_H

#include_next <stdio.h>

#undef putchar

#ifdef __cplusplus
extern "C" {
#endif
int putchar(int byte);
#ifdef __cplusplus
}
#endif

#endif
