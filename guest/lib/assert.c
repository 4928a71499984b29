/* assert: says what does not hold, and where; then a trap shows who called. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((noreturn)) void __assert_func(const char *file, int line, const char *function, const char *expression) {
    fprintf(stderr, "%s:%d: %s: \"%s\" does not hold\n", file, line, function ? function : "", expression);
    abort();
}

__attribute__((noreturn)) void __assert(const char *expression, const char *file, int line) {
    __assert_func(file, line, NULL, expression);
}
