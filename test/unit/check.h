/* check: a test is a function whose name is a sentence; want comes first, got second. A program runs its tests in
 * order, says which failed and where, and ends with their count. */
#ifndef SKEP_TEST_UNIT_CHECK_H
#define SKEP_TEST_UNIT_CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int check_failures;

static inline void check_that(int good, const char *text, const char *file, int line) {
    if (good) return;
    check_failures++;
    printf("  %s:%d: not true: %s\n", file, line, text);
}

static inline void check_equal(int64_t want, int64_t got, const char *text, const char *file, int line) {
    if (want == got) return;
    check_failures++;
    printf("  %s:%d: %s: want %" PRId64 " (0x%" PRIx64 "), got %" PRId64 " (0x%" PRIx64 ")\n", file, line, text, want,
           (uint64_t)want, got, (uint64_t)got);
}

static inline void check_text(const char *want, const char *got, const char *file, int line) {
    if (got && strcmp(want, got) == 0) return;
    check_failures++;
    printf("  %s:%d: want \"%s\", got \"%s\"\n", file, line, want, got ? got : "(null)");
}

#define CHECK(condition)      check_that((condition) != 0, #condition, __FILE__, __LINE__)
#define CHECK_EQ(want, got)   check_equal((int64_t)(want), (int64_t)(got), #got, __FILE__, __LINE__)
#define CHECK_TEXT(want, got) check_text((want), (got), __FILE__, __LINE__)

struct check_test {
    const char *name;
    void (*run)(void);
};
#define TEST(function) {#function, function}

static inline int check_run(const struct check_test *tests, size_t count) {
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        check_failures = 0;
        tests[i].run();
        if (check_failures == 0) continue;
        failed++;
        printf("FAILED %s\n", tests[i].name);
    }
    printf("%zu tests, %d failed\n", count, failed);
    return failed != 0;
}
#define CHECK_RUN(tests) check_run((tests), sizeof(tests) / sizeof *(tests))

#endif
