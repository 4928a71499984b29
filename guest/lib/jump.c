/* jump: what setjmp.h needs out of line. */
#include <setjmp.h>

__attribute__((noinline)) void skep_returns_twice(void) {}

void longjmp(jmp_buf buffer, int value) {
    register unsigned int *a __asm__("a0") = buffer;
    register int b __asm__("a1") = value;
    __asm__ volatile(".insn i 0x0b, 1, x0, x0, 1" : : "r"(a), "r"(b) : "memory");
    __builtin_unreachable();
}
