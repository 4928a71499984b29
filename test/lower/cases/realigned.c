// build: clang -O0; clang -O2; gcc -O0; gcc -O2
// output: 4950
// output: 41
// A frame of unknown size over one that realigns sp, and a frame too large for one immediate.
#include "say.h"

static __attribute__((noinline)) int sum(unsigned count) {
    volatile double start = 0.0;
    volatile int *numbers = __builtin_alloca(count * sizeof *numbers);
    _Alignas(64) volatile int total = (int)start;
    for (unsigned i = 0; i < count; i++) numbers[i] = (int)i;
    for (unsigned i = 0; i < count; i++) total += numbers[i];
    return total + (int)((uintptr_t)&total % 64);
}

static __attribute__((noinline)) int large(int which) {
    volatile int numbers[3000];
    for (int i = 0; i < 3000; i++) numbers[i] = i;
    return numbers[which] + numbers[2999 - which] - 2958;
}

int main(void) {
    say_number((unsigned)sum(100));
    say_number((unsigned)large(17));
    return 0;
}
