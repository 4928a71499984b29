#include "feature.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

static const int64_t values[] = {0,
                                 1,
                                 -1,
                                 7,
                                 -7,
                                 1000000007,
                                 INT64_C(0x100000000),
                                 INT64_C(-0x100000001),
                                 INT64_C(0x7fffffffffffffff),
                                 INT64_MIN,
                                 INT64_C(0x123456789abcdef)};
enum { COUNT = sizeof values / sizeof values[0] };

static uint64_t fold(uint64_t sum, uint64_t value) { return (sum << 7 | sum >> 57) ^ (value * 0x9e3779b97f4a7c15u); }

static uint64_t both(int64_t a, int64_t b) {
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b, sum = 0;
    sum = fold(sum, ua + ub), sum = fold(sum, ua - ub), sum = fold(sum, ua * ub);
    sum = fold(sum, ua & ub), sum = fold(sum, ua | ~ub), sum = fold(sum, ua ^ ub);
    sum = fold(sum, (uint64_t)((a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (ua < ub) + 16 * (ua >= ub)));
    if (b != 0) sum = fold(sum, ua / ub), sum = fold(sum, ua % ub);
    if (b != 0 && !(a == INT64_MIN && b == -1)) sum = fold(sum, (uint64_t)(a / b)), sum = fold(sum, (uint64_t)(a % b));
    return sum;
}

static uint64_t shifts(uint64_t value, unsigned by) {
    uint64_t sum = value << by;
    sum = fold(sum, value >> by);
    sum = fold(sum, (uint64_t)((int64_t)value >> by));
    return fold(sum, value << by | value >> (-by & 63));
}

void feature_wide(void) {
    uint64_t sum = 0;
    for (int i = 0; i < COUNT; i++) {
        for (int j = 0; j < COUNT; j++) sum = fold(sum, both(values[i], values[j]));
        for (unsigned by = 0; by < 64; by += 5) sum = fold(sum, shifts((uint64_t)values[i], by));
        sum = fold(sum, shifts((uint64_t)values[i], 32)), sum = fold(sum, shifts((uint64_t)values[i], 31));
        printf("%" PRIx64 " %d %d %.0f %.8g\n", sum, (int32_t)values[i], (int16_t)values[i], (double)values[i],
               (double)(float)(uint64_t)values[i]);
    }
    printf("%" PRId64 " %" PRIu64 " %" PRId64 "\n", (int64_t)-1.5e15, (uint64_t)1.7e19,
           (int64_t)(float)feature_hide(-77));
    int64_t product = (int64_t)feature_hide(-123456789) * feature_hide(987654321);
    uint64_t unsigned_product = (uint64_t)(uint32_t)feature_hide(-5) * (uint32_t)feature_hide(-9);
    printf("%" PRId64 " %" PRIx64 "\n", product, unsigned_product);
}
