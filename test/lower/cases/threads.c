// build: clang -O0; clang -O2; gcc -O0; gcc -O2
// output: 34
// output: 2147483647
// output: 17
// errno and thread-locals are reached through tp, which becomes a plain address.
#include <errno.h>
#include <stdlib.h>

#include "say.h"

static _Thread_local int counter = 10;
_Thread_local int cleared[3];

int main(void) {
    errno = 0;
    long value = strtol("99999999999", NULL, 10);
    say_number((unsigned)errno);
    say_number((unsigned)value);
    for (int i = 0; i < 3; i++) cleared[i] += i, counter += cleared[i] + 1;
    say_number((unsigned)counter + 1);
    return 0;
}
