// build: clang -O2; gcc -O0
// output: 1429
// output: 142
// double division in libgcc goes through a table of label differences that has relocations.
#include "say.h"

int main(void) {
    volatile double a = 10003.0, b = 7.0;
    say_number((unsigned)(a / b + 0.5));
    volatile long long c = 1000000000000ll, d = 7000000000ll;
    say_number((unsigned)(c / d));
    return 0;
}
