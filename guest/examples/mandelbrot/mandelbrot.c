/* The Mandelbrot set in single-precision floating point: how long z = z * z + c stays near the origin decides the
 * character. */
#include <stdio.h>

#define COLUMNS 64
#define ROWS    24
#define LIMIT   36

static int escape_time(float re, float im) {
    float x = 0, y = 0;
    for (int i = 0; i < LIMIT; i++) {
        float xx = x * x;
        float yy = y * y;
        if (xx + yy > 4) return i;
        float xy = x * y;
        y = xy + xy;
        y += im;
        x = xx - yy;
        x += re;
    }
    return LIMIT;
}

int main(void) {
    static const char shades[] = " .:-=+*%#@";
    for (int row = 0; row < ROWS; row++) {
        char line[COLUMNS + 1];
        for (int column = 0; column < COLUMNS; column++) {
            float re = (float)column * 0.046875f - 2.25f;
            float im = (float)row * 0.109375f - 1.25f;
            line[column] = shades[escape_time(re, im) / 4];
        }
        line[COLUMNS] = '\0';
        puts(line);
    }
    return 0;
}
