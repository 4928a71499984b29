/* What was written before an assertion fails is seen, then the assertion, then a trap: exit status 81. */
#include <assert.h>
#include <stdio.h>

static int half(int value) {
    assert(value % 2 == 0);
    return value / 2;
}

int main(void) {
    printf("%d\n", half(4));
    putchar('!');
    return half(5);
}
