/* kernel: what each of the benchmark's programs offers. The same source is compiled for the guest, for the host and
 * for the Cortex-M4, and must give the same checksum everywhere. `rounds` is how often the work is repeated; it also
 * seeds the data, so that no compiler can compute the answer. Kernels need no library. */
#ifndef SKEP_TEST_BENCH_KERNEL_H
#define SKEP_TEST_BENCH_KERNEL_H

#include <stdint.h>

uint32_t kernel(uint32_t rounds);

static inline uint32_t kernel_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Folds one value into a checksum. */
static inline uint32_t kernel_mix(uint32_t checksum, uint32_t value) {
    return ((checksum << 5) | (checksum >> 27)) + (value ^ 0x9e3779b9u);
}

#endif
