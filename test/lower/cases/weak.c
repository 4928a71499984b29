// build: clang -O0; clang -O2; gcc -O2
// output: absent
// output: present
// A weak function that nobody defines: its call is linked as a jump to itself, and never reached.
#include "say.h"

void missing(void) __attribute__((weak));
__attribute__((weak)) void there(void) { say("present"); }

int main(void) {
    if (missing)
        missing();
    else
        say("absent");
    there();
    return 0;
}
