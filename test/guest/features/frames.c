#include "feature.h"

#include <alloca.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int alloca_sum(int count) {
    int *values = alloca((size_t)count * sizeof *values), sum = 0;
    for (int i = 0; i < count; i++) values[i] = i * i;
    for (int i = 0; i < count; i++) sum += values[count - 1 - i] * i;
    return sum;
}

static int variable_arrays(int rows, int columns) {
    int grid[rows][columns], sum = 0;
    double weights[columns];
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) grid[i][j] = i * 10 + j;
    for (int j = 0; j < columns; j++) weights[j] = j * 0.5;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) sum += (int)(grid[i][j] * weights[j]);
    return sum + (int)((uintptr_t)weights % _Alignof(double));
}

static int large_frame(int seed) {
    char buffer[9000];
    int other[700], sum = 0;
    memset(buffer, seed, sizeof buffer);
    for (int i = 0; i < 700; i++) other[i] = buffer[i * 12] + i;
    for (int i = 0; i < 700; i += 7) sum += other[i] + buffer[8999 - i];
    return sum;
}

static int aligned_frame(int seed) {
    _Alignas(64) unsigned char buffer[128];
    _Alignas(16) int numbers[4] = {seed, 2, 3, 4};
    for (int i = 0; i < 128; i++) buffer[i] = (unsigned char)(i * seed);
    return (int)((uintptr_t)buffer % 64 + (uintptr_t)numbers % 16) + buffer[100] + numbers[feature_hide(0)];
}

static int many_arguments(int a, int b, int c, int d, int e, int f, int g, int64_t h, int i, double j) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + (int)(h >> 3) + 9 * i + (int)j;
}

static int alloca_in_loop(int count) {
    int sum = 0;
    for (int i = 1; i <= count; i++) {
        char *text = alloca((size_t)i);
        memset(text, i, (size_t)i);
        sum += text[i - 1] + text[0];
    }
    return sum;
}

void feature_frames(void) {
    printf("%d %d %d\n", alloca_sum(feature_hide(20)), variable_arrays(feature_hide(5), feature_hide(7)),
           large_frame(feature_hide(3)));
    printf("%d %d\n", aligned_frame(feature_hide(5)),
           many_arguments(1, 2, 3, 4, 5, 6, 7, 80, 9, feature_hide(10) * 1.0));
    printf("%d\n", alloca_in_loop(feature_hide(30)));
}
