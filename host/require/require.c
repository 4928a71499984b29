/* require_failed for programs on a host: says what broke and aborts, so that a debugger or a core file shows where. */
#include "core/base/require.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    fprintf(stderr, "skep: internal error: %s is false at %s:%d\n", expression, file, line);
    abort();
}
