// build: clang -O0; clang -O2
// output: fine
// What cannot be expressed does no harm where nothing reaches it.
#include "say.h"

int main(void) {
    say("fine");
    return 0;
}

__attribute__((used)) static void never(void) { __asm__ volatile("csrr a0, cycle"); }
