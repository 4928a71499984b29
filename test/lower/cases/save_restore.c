// build: gcc -Os -msave-restore
// refused: write it in C, and compile with -mno-save-restore
// gcc's shared prologues link through t0 as well.
#include "say.h"

__attribute__((noinline)) int work(int n, int (*f)(int)) {
    int first = f(n), second = f(first);
    return f(first + second) + first;
}
static int next(int n) { return n + 1; }

int main(void) { return work(3, next); }
