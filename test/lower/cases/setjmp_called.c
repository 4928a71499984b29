// build: clang -O0; clang -O2; gcc -O0; gcc -O2
// output: 0
// output: 5
// setjmp as a function that is the operation: a call of it becomes the operation.
#include "say.h"

extern int mark(uint32_t *) __attribute__((returns_twice));
extern void jump(uint32_t *, int) __attribute__((noreturn));
__asm__(".text\n.globl mark, jump\n.type mark, @function\n.type jump, @function\n"
        "mark: .insn i 0x0b, 1, x0, x0, 0\n ret\n.size mark, .-mark\n"
        "jump: .insn i 0x0b, 1, x0, x0, 1\n.size jump, .-jump\n");

static uint32_t place[8];

static __attribute__((noinline)) void deep(int n) {
    volatile int pad[10];
    pad[n] = n;
    if (n == 5) jump(place, pad[n]);
    deep(n + 1);
    pad[0]++;
}

int main(void) {
    int how = mark(place);
    say_number((unsigned)how);
    if (how == 0) deep(1);
    return 0;
}
