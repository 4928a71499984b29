// build: clang -O0; clang -O2; gcc -O2
// output: first
// trap: longjmp
// A longjmp into a function that has returned.
#include <setjmp.h>

#include "say.h"

static jmp_buf place;

static __attribute__((noinline)) int enter(void) {
    int how = setjmp(place);
    if (how == 0) say("first");
    return how;
}

int main(void) {
    enter();
    longjmp(place, 1);
}
