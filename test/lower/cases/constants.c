// build: clang -O0; clang -O1; clang -Os; clang -O2
// output: 151636700
// output: 3133731337
// Numbers of all lengths, whose halves are cut at 16 bits instead of 12.
#include "say.h"

#define SAME(number) (mix(number), mix(number + 1), mix(number - 1), mix(-(number)))
static uint32_t sum;
static __attribute__((noinline)) void mix(uint32_t number) { sum = (sum << 3 | sum >> 29) ^ number; }

int main(void) {
    SAME(0u), SAME(0x7ffu), SAME(0x800u), SAME(0xfffu), SAME(0x7fffu), SAME(0x8000u), SAME(0x87ffu), SAME(0x8800u);
    SAME(0xffffu), SAME(0x10000u), SAME(0x17fffu), SAME(0x18000u), SAME(0x7ffffu), SAME(0x80000u), SAME(0xfffffu);
    SAME(0x12345678u), SAME(0x1234f800u), SAME(0x7fffffffu), SAME(0x80000000u), SAME(0x80008000u), SAME(0xdeadbeefu);
    SAME(0x10000000u), SAME(0x10007fffu), SAME(0x10008000u), SAME(0x100fffffu), SAME(0x10100000u), SAME(0x9e3779b9u);
    say_number(sum);
    say_number(3133731337u);
    return 0;
}
