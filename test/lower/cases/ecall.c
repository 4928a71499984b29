// build: clang -O0 -g
// refused: ecall.c:6: in main: ecall; a guest calls its host through the functions of skep.h
#include "say.h"

int main(void) {
    __asm__ volatile("ecall");
    return 0;
}
