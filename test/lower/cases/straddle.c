// build: clang -O0; clang -O2; gcc -O0; gcc -O2
// link: --defsym=__stack_bytes=0x7bf0
// output: 21
// output: 1103
// 64-bit globals around 0x8000, where the high half of addresses changes.
#include "say.h"

volatile long long wide[4] = {1, 2, 3, 4};
volatile struct {
    long long a, b;
    int c[6];
} mixed = {5, 6, {0, 0, 0, 0, 0, 1000}};

int main(void) {
    say_number((unsigned)(wide[0] + wide[1] + wide[2] + wide[3] + mixed.a + mixed.b));
    for (int i = 0; i < 6; i++) mixed.c[i] += i;
    mixed.a += 0x100000000ll;
    say_number((unsigned)(mixed.c[5] + mixed.b + (mixed.a >> 32) + wide[3] + 87));
    return 0;
}
