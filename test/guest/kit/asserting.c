/* What was written before an assertion fails is seen on stdout, the assertion on stderr; a trap: exit status 81. */
#include <assert.h>
#include <stdio.h>

static int half(int value) {
    assert(value % 2 == 0);
    return value / 2;
}

int main(void) {
    printf("%d\n", half(4));
    puts("!");
    return half(5);
}
