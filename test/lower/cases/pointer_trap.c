// build: clang -O0; clang -O2
// trap: call through a pointer
#include "say.h"

int main(void) {
    void (*volatile wild)(void) = (void (*)(void))0x40000008;
    wild();
    return 0;
}
