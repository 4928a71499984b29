#include "feature.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t bits(double value) {
    uint64_t result;
    memcpy(&result, &value, sizeof result);
    return value != value ? UINT64_C(0x7ff8000000000000) : result;
}

static const double values[] = {
    0.0, -0.0,     1.0, -1.5, 3.141592653589793, 5e-324, 2.2250738585072014e-308, 1.7e308, -9007199254740993.0,
    0.1, INFINITY, NAN};
enum { COUNT = sizeof values / sizeof values[0] };

static double by_value(double a, int between, double b, char c, double d) { return a * 2 + between + b / 4 + c - d; }

void feature_doubles(void) {
    uint64_t sum = 0;
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < COUNT; j++) {
            volatile double a = values[i], b = values[j];
            uint64_t results[] = {bits(a + b), bits(a - b), bits(a * b), bits(a / b),
                                  (uint64_t)((a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (a != b) + 16 * (a > b))};
            for (int k = 0; k < 5; k++) sum = (sum << 9 | sum >> 55) ^ results[k];
        }
        printf("%016" PRIx64 " %016" PRIx64 " %08x\n", sum, bits(sqrt(fabs(values[i]))),
               (unsigned)bits((double)(float)values[i]));
    }
    printf("%.17g %d %u %" PRId64 "\n", by_value(1.25, feature_hide(3), 2.5, 'c', -0.5), (int)values[4],
           (unsigned)values[4], (int64_t)values[8]);
    printf("%.17g %.17g\n", (double)feature_hide(-7) / 3, (double)(unsigned)feature_hide(-7) / 3);
}
