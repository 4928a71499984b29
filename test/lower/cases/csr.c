// build: clang -O0 -g
// refused: csr.c:7: in main: an instruction on a control and status register, which a sandboxed guest does not have
#include "say.h"

int main(void) {
    unsigned cycles;
    __asm__ volatile("csrr %0, cycle" : "=r"(cycles));
    return (int)cycles;
}
