// build: clang -O0 -g; clang -O2 -g; gcc -O2 -g
// refused: return_address.c:7: in where: the return address is used as a value; there is none in the bytecode
#include "say.h"

void *volatile seen;

__attribute__((noinline)) void where(void) { seen = (char *)__builtin_return_address(0) + 4; }

int main(void) {
    where();
    return 0;
}
