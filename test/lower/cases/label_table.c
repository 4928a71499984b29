// build: clang -O0; clang -Os; clang -O3; gcc -O0; gcc -O2
// output: 3
// output: 24
// A computed goto through a table of label addresses, also one that lies on the stack.
#include "say.h"

static int run(const unsigned char *code, int local) {
    static void *const table[] = {&&zero, &&one, &&two, &&end};
    void *volatile copy[] = {&&zero, &&one, &&two, &&end};
    int sum = 0;

next:
    if (local) goto *copy[*code++];
    goto *table[*code++];
zero:
    sum += 1;
    goto next;
one:
    sum *= 3;
    goto next;
two:
    sum -= 7;
    goto next;
end:
    return sum;
}

int main(void) {
    static const unsigned char first[] = {0, 1, 1, 2, 0, 3},
                               second[] = {0, 0, 1, 0, 1, 1, 2, 2, 2, 2, 2, 2, 0, 0, 0, 3};
    say_number((unsigned)run(first, 0));
    say_number((unsigned)run(second, 1));
    return 0;
}
