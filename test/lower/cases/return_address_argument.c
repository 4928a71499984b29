// build: clang -O2 -g
// refused: the return address is used as a value
// It leaves in an argument register, which only a look at calls finds.
#include "say.h"

__attribute__((noinline)) void keep(void *p) { __asm__ volatile("" : : "r"(p)); }
__attribute__((noinline)) void where(void) {
    keep(__builtin_return_address(0));
    say("x");
}

int main(void) {
    where();
    return 0;
}
