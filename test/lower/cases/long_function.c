// build: clang -O0; clang -O1; gcc -O0
// output: 2112
// output: 4097
// output: 53076
// A function of more than 4095 words: fuel is paid in parts, and branches that pass a payment are longer.
#include "say.h"

#define TIMES4(x)    x x x x
#define TIMES64(x)   TIMES4(TIMES4(TIMES4(x)))
#define TIMES2048(x) TIMES4(TIMES4(TIMES4(TIMES4(TIMES4(x x)))))
volatile unsigned counter;

static __attribute__((noinline)) unsigned run(unsigned n) {
    unsigned rounds = 0;
    switch (n) {
    case 0: goto middle;
    case 1: break;
    case 2: rounds = 1; break;
    case 3: goto end;
    case 4: return 12;
    case 5: rounds = 12; break;
    default: return 0;
    }
again:
    TIMES2048(counter++;)
middle:
    if (counter == 100000) goto end;
    TIMES64(counter++;)
    if (rounds--) goto again;
end:
    return counter;
}

int main(void) {
    unsigned sum = run(1);
    say_number(sum);
    counter = 1;
    say_number(run(2) == 4225 ? 4097 : 0);
    counter = 0;
    say_number(run(3) + run(4) + run(0) + run(5) / 512 * 1000);
    return 0;
}
