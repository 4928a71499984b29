#include "feature.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t bits(float value) {
    uint32_t result;
    memcpy(&result, &value, sizeof result);
    return value != value ? 0x7fc00000 : result;
}

static const float values[] = {0.0f,    -0.0f,        1.0f, -1.5f,    3.14159274f, 1e-45f, 1.17549435e-38f,
                               3.4e38f, -16777216.0f, 0.1f, INFINITY, -INFINITY,   NAN};
enum { COUNT = sizeof values / sizeof values[0] };

static float horner(float x) {
    volatile float step = 0.5f * x; /* one rounding a statement: no fusing */
    step = step + 0.25f;
    step = step * x;
    return step + 1.0f;
}

void feature_floats(void) {
    uint32_t sum = 0;
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < COUNT; j++) {
            volatile float a = values[i], b = values[j];
            uint32_t results[] = {
                bits(a + b),
                bits(a - b),
                bits(a * b),
                bits(a / b),
                bits(copysignf(a, b)),
                bits(fminf(a, b)),
                bits(fmaxf(b, a)),
                (uint32_t)((a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (a != b) + 16 * (a > b) + 32 * (a >= b))};
            for (unsigned k = 0; k < 8; k++) {
                if ((k == 5 || k == 6) && a == 0 && b == 0) continue; /* which zero: not said by C */
                sum = (sum << 3 | sum >> 29) ^ results[k];
            }
        }
        printf("%08x %08x %08x %08x\n", (unsigned)sum, (unsigned)bits(sqrtf(fabsf(values[i]))),
               (unsigned)bits(horner(values[i])), (unsigned)bits(-values[i]));
    }
    for (int i = 1; i < 10; i++) {
        if (fabsf(values[i]) < 1e9f) printf("%d %u ", (int)values[i], (unsigned)fabsf(values[i]));
    }
    printf("%g %g %g\n", (double)(float)feature_hide(16777217), (double)(float)(unsigned)feature_hide(-3),
           (double)fmaf(1.1f, 2.2f, 3.3f));
    printf("%g %g %g %g %ld %ld\n", (double)floorf(-2.5f), (double)ceilf(2.1f), (double)roundf(2.5f),
           (double)truncf(-2.9f), lrintf((float)feature_hide(2) + 0.5f), lroundf((float)feature_hide(2) + 0.5f));
}
