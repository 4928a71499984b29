/* sieve: primes below 32768, one byte each. */
#include "kernel.h"

enum { LIMIT = 32768 };
static uint8_t composite[LIMIT];

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds;
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t count = 0;
        for (uint32_t n = 0; n < LIMIT; n++) composite[n] = 0;
        for (uint32_t n = 2; n < LIMIT; n++) {
            if (composite[n]) continue;
            count++;
            for (uint32_t multiple = n + n; multiple < LIMIT; multiple += n) composite[multiple] = 1;
        }
        checksum = kernel_mix(checksum, count);
    }
    return checksum;
}
