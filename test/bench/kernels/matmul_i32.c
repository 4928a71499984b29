/* matmul_i32: c = a * b for square matrices of 64 by 64 integers, 48 KiB in all. */
#include "kernel.h"

enum { N = 64 };
static int32_t a[N][N], b[N][N], c[N][N];

static void multiply(void) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int32_t sum = 0;
            for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds, seed = rounds;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = (int32_t)(kernel_random(&seed) & 0xff) - 128;
            b[i][j] = (int32_t)(kernel_random(&seed) & 0xff) - 128;
        }
    for (uint32_t round = 0; round < rounds; round++) {
        multiply();
        for (int i = 0; i < N; i++) checksum = kernel_mix(checksum, (uint32_t)c[i][(i * 7) % N]);
        a[checksum % N][round % N] += 1;
    }
    return checksum;
}
