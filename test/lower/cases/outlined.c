// build: clang -Oz -moutline -g
// refused: links through another register than ra; compile with -mno-outline
// Outlined pieces of functions return through t0.
#include "say.h"

volatile int a, b, c, d;
#define WORK a = b * c + d, b = c ^ d, c = a + b * 3, d = a - c
void one(void) { WORK, a++; }
void two(void) { WORK, b++; }
void three(void) { WORK, c++; }
void four(void) { WORK, d++; }

int main(void) {
    one(), two(), three(), four();
    return 0;
}
