// build: clang -O1; clang -O2; clang -Os; gcc -O2
// output: 1506
// output: 1552
// Loops whose frame holds values that other words change: through a pointer, by a narrower store, by a called function.
#include "say.h"

static __attribute__((noinline)) uint32_t through_a_pointer(uint32_t n) {
    volatile uint32_t limit[4] = {40, 0, 0, 0};
    volatile uint32_t *at = limit + (n & 0);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < limit[0]; i++) {
        sum += limit[0];
        if (i == 30) *at = 38;
        if (i == 34) ((volatile uint8_t *)limit)[1] = 0;
    }
    return sum;
}

static __attribute__((noinline)) void lower_by_one(volatile uint32_t *limit) { *limit -= 1; }

static __attribute__((noinline)) uint32_t by_a_call(void) {
    volatile uint32_t limit = 64;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < limit; i++) {
        sum += limit;
        lower_by_one(&limit);
    }
    return sum;
}

int main(void) {
    say_number(through_a_pointer(4));
    say_number(by_a_call());
    return 0;
}
