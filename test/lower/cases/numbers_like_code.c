// build: clang -O0; clang -O2; gcc -O2
// output: 1073741828
// output: 6
// Data that looks like addresses of code stays as it is.
#include "say.h"

const uint32_t numbers[] = {0x40000000, 0x40000004, 0x40000008};
const double doubles[] = {2.0, 4.0, 2.0000152587890625};

int main(void) {
    volatile int i = 1;
    say_number(numbers[i]);
    say_number((unsigned)(doubles[i - 1] + doubles[i]));
    return 0;
}
