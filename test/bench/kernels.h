/* kernels: the benchmark's programs as functions of this program, compiled by gcc -O2 without vectors. */
#ifndef SKEP_TEST_BENCH_KERNELS_H
#define SKEP_TEST_BENCH_KERNELS_H

#include <stdint.h>

#define KERNELS(X)                                                                                                     \
    X(fib)                                                                                                             \
    X(sieve)                                                                                                           \
    X(crc32)                                                                                                           \
    X(matmul_i32) X(matmul_f32) X(mandelbrot) X(sha256) X(quicksort) X(vm_loop) X(strings) X(siphash) X(device_mix)

#define KERNEL_DECLARE(name) uint32_t kernel_##name(uint32_t rounds);
KERNELS(KERNEL_DECLARE)

#endif
