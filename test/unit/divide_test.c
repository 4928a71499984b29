#include "core/base/divide.h"
#include "test/oracle/random.h"
#include "test/unit/check.h"

static void a_quotient_is_that_of_the_compiler(void) {
    struct random random = {1};
    for (int i = 0; i < 200000; i++) {
        uint64_t number = random_64(&random) >> random_below(&random, 64);
        uint32_t by = (uint32_t)(random_64(&random) >> (32 + random_below(&random, 32)));
        if (by == 0) by = 1;
        CHECK_EQ(number / by, divide_u64(number, by));
    }
}

static void the_largest_numbers_divide_as_the_compiler_does(void) {
    static const uint32_t by[] = {1, 2, 3, 999, 1000, 0x7fffffff, 0x80000000, 0x80000001, UINT32_MAX};
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        CHECK_EQ(UINT64_MAX / by[i], divide_u64(UINT64_MAX, by[i]));
        CHECK_EQ(((uint64_t)by[i] << 32) / by[i], divide_u64((uint64_t)by[i] << 32, by[i]));
        CHECK_EQ((((uint64_t)by[i] << 32) - 1) / by[i], divide_u64(((uint64_t)by[i] << 32) - 1, by[i]));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_quotient_is_that_of_the_compiler),
        TEST(the_largest_numbers_divide_as_the_compiler_does),
    };
    return CHECK_RUN(tests);
}
