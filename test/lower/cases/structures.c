// build: clang -O0; clang -O2; gcc -O0; gcc -O2
// output: 1515
// output: 3735928559
// output: 7
// Structures by value, varargs, tail calls through pointers, recursion.
#include <stdarg.h>

#include "say.h"

struct big {
    int n[5];
};
static __attribute__((noinline)) struct big twice(struct big b) {
    for (int i = 0; i < 5; i++) b.n[i] *= 101;
    return b;
}
static __attribute__((noinline)) unsigned pick(int which, ...) {
    va_list list;
    va_start(list, which);
    unsigned long long value = 0;
    for (int i = 0; i <= which; i++) value = va_arg(list, unsigned long long);
    va_end(list);
    return (unsigned)(value >> 16);
}
static int even(int n);
static int (*volatile even_pointer)(int) = even;
static int odd(int n) { return n == 0 ? 0 : even_pointer(n - 1); }
static int even(int n) { return n == 0 ? 7 : odd(n - 1); }

int main(void) {
    struct big b = twice((struct big){{1, 2, 3, 4, 5}});
    say_number((unsigned)(b.n[0] + b.n[1] + b.n[2] + b.n[3] + b.n[4]));
    say_number(pick(2, 1ull, 2ull, 0xdeadbeef1234ull));
    say_number((unsigned)even(1000));
    return 0;
}
