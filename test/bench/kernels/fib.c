/* fib: calls and returns, and next to nothing else. */
#include "kernel.h"

static uint32_t fib(uint32_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds;
    for (uint32_t round = 0; round < rounds; round++) checksum = kernel_mix(checksum, fib(18 + (checksum & 1)));
    return checksum;
}
