/* A guest that traps on request, in a function inlined into one that is called by another: the first character that it
 * reads says how. A comment of the form "mark: NAME" names its line for trap_place_test.py. */
#include <stdio.h>
#include <stdlib.h>

static volatile int zero;
static int *volatile nothing;
static volatile int rest;

static inline __attribute__((always_inline)) int quotient(int a, int b) { return a / b; /* mark: divide */ }

static inline __attribute__((always_inline)) int member(const int *at) { return at[3]; /* mark: null */ }

__attribute__((noinline)) static int recurse(int depth) {
    volatile int here[64];
    here[depth & 63] = depth;                           /* mark: overflow */
    return recurse(depth + 1) + here[(depth + 1) & 63]; /* mark: again */
}

__attribute__((noinline)) static int middle(int how) {
    if (how == 'd') return quotient(how, zero) + 1; /* mark: divide in middle */
    if (how == 'n') return member(nothing) + 1;     /* mark: null in middle */
    if (how == 's') return recurse(0) + 1;          /* mark: overflow in middle */
    if (how == 'a') abort();                        /* mark: abort in middle */
    return how;
}

__attribute__((noinline)) static int outer(int how) {
    rest = middle(how); /* mark: outer */
    return rest + 1;
}

int main(void) {
    int how = getchar();
    printf("how: %c\n", how);
    rest = outer(how); /* mark: main */
    return 0;
}
