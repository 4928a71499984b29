/* exit: how a program ends: well, by its own decision, or by one it can no longer take back. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "console.h"
#include "skep.h"

typedef void finisher(void);
extern finisher *const __fini_array_start[], *const __fini_array_end[];
void __call_exitprocs(int status, void *reserved) __attribute__((weak)); /* there when atexit is used */

/* As the C library's, but so that a program which has nothing to finish calls through no pointer: the translator drops
 * what cannot be reached, and then knows how much stack the program needs. */
__attribute__((noreturn)) void exit(int status) {
    if (__call_exitprocs) __call_exitprocs(status, NULL);
    for (finisher *const *at = __fini_array_end; at > __fini_array_start;) (*--at)();
    _exit(status);
}

__attribute__((noreturn)) void _exit(int status) {
    if (console_flush) console_flush();
    skep_task_exit(status);
}

/* A trap, so that whoever watches sees where from and how it came there. */
__attribute__((noreturn)) void abort(void) {
    if (console_flush) console_flush();
    __asm__ volatile(SKEP_UNREACHABLE);
    __builtin_unreachable();
}
