// build: clang -O2; gcc -O0; gcc -O2
// output: leaving
// status: 9
// Nothing sensible follows a call that does not return, so nothing of it is looked at.
#include <stdlib.h>

#include "say.h"

static __attribute__((noinline, noreturn)) void leave(int status) {
    say("leaving");
    exit(status);
}

__attribute__((noinline)) int decide(int n) {
    if (n > 3) return n;
    leave(9);
}

int main(void) { return decide(decide(4) - 2); }
