/* mandelbrot: 128 by 128 points in single precision. One operation a statement, so that no compiler fuses a
 * multiplication with an addition and the checksum is the same everywhere. */
#include "kernel.h"

enum { SIDE = 128, LIMIT = 60 };
static uint8_t image[SIDE][SIDE];

static uint8_t escape_time(float re, float im) {
    float x = 0, y = 0;
    uint8_t i = 0;
    while (i < LIMIT) {
        float xx = x * x;
        float yy = y * y;
        float distance = xx + yy;
        if (distance > 4) break;
        float xy = x * y;
        y = xy + xy;
        y = y + im;
        x = xx - yy;
        x = x + re;
        i++;
    }
    return i;
}

uint32_t kernel(uint32_t rounds) {
    uint32_t checksum = rounds;
    for (uint32_t round = 0; round < rounds; round++) {
        float shift = (float)(round & 7) * 0.0078125f;
        for (int row = 0; row < SIDE; row++)
            for (int column = 0; column < SIDE; column++)
                image[row][column] =
                    escape_time((float)column * 0.0234375f - 2.25f + shift, (float)row * 0.01953125f - 1.25f);
        for (int row = 0; row < SIDE; row++) checksum = kernel_mix(checksum, image[row][(row * 5) % SIDE]);
    }
    return checksum;
}
