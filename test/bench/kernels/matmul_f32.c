/* matmul_f32: c = a * b for square matrices of 64 by 64 floats, 48 KiB in all. */
#include "kernel.h"

enum { N = 64 };
static float a[N][N], b[N][N], c[N][N];

static void multiply(void) {
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            float sum = 0;
            for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds, seed = rounds;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            a[i][j] = (float)(kernel_random(&seed) & 0xff) * 0.125f;
            b[i][j] = (float)(kernel_random(&seed) & 0xff) * 0.125f;
        }
    for (uint32_t round = 0; round < rounds; round++) {
        multiply();
        for (int i = 0; i < N; i++) checksum = kernel_mix(checksum, (uint32_t)c[i][(i * 7) % N]);
        a[checksum % N][round % N] += 1;
    }
    return checksum;
}
