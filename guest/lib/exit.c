/* exit: how a program ends: well, by its own decision, or by one it can no longer take back. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "console.h"
#include "skep.h"

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
