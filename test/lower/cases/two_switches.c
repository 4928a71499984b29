// build: clang -O0; clang -Os; clang -O2; gcc -Os; gcc -O2
// output: 3203
// output: 164
// Two tables that touch, one of them without a guard because its default cannot be reached.
#include "say.h"

static __attribute__((noinline)) int both(unsigned a, unsigned b) {
    int result;
    switch (a) {
    case 0: result = 11; break;
    case 1: result = 7; break;
    case 2: result = 300; break;
    case 3: result = 45; break;
    case 4: result = 2; break;
    case 5: result = 9; break;
    default: result = 1000;
    }
    switch (b & 7) {
    case 0: return result + 3;
    case 1: return result * 2;
    case 2: return result - 100;
    case 3: return result ^ 0x55;
    case 4: return result / 3;
    case 5: return ~result;
    case 6: return result % 7;
    case 7: return result << 1;
    default: __builtin_unreachable();
    }
}

int main(void) {
    int sum = 0;
    for (unsigned i = 0; i < 64; i++) sum += both(i % 9, i / 8) & 127;
    say_number((unsigned)sum);
    say_number((unsigned)both(6, 3) % 1000 + (unsigned)both(1, 0) + 97 - (unsigned)both(5, 0) - 940 + 52);
    return 0;
}
