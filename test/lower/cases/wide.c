// build: clang -O0; clang -Os; clang -O2; clang -O3; gcc -Os; gcc -O2
// output: 2874608294
// output: 308
// 64-bit arithmetic, whose halves fuse: sums, differences, products, shifts, rotations, comparisons of every kind.
#include "say.h"

#define SAMPLES 18
static const uint64_t samples[SAMPLES] = {0,
                                          1,
                                          2,
                                          0x7fffffff,
                                          0x80000000,
                                          0xffffffff,
                                          0x100000000,
                                          0x100000001,
                                          0x1ffffffff,
                                          0x7fffffff00000000,
                                          0x7fffffffffffffff,
                                          0x8000000000000000,
                                          0x8000000000000001,
                                          0x80000000ffffffff,
                                          0xffffffff00000000,
                                          0xffffffff80000000,
                                          0xfffffffffffffffe,
                                          0xffffffffffffffff};

static __attribute__((noinline)) uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t sum = a + b, difference = a - b, product = a * b, wide = (uint64_t)(uint32_t)a * (uint32_t)b;
    int64_t narrow = (int64_t)(int32_t)a * (int32_t)b;
    uint64_t turned = (a << 13 | a >> 51) + (b << 32 | b >> 32) + (sum << 45 | sum >> 19);
    return (sum ^ difference) + (product & wide) + ((uint64_t)narrow | turned) + (a << 3) + (b >> 7) +
           (uint64_t)((int64_t)a >> 9);
}

static __attribute__((noinline)) unsigned compare(int64_t a, int64_t b) {
    uint64_t c = (uint64_t)a, d = (uint64_t)b;
    unsigned result = (unsigned)(a < b) + 2u * (unsigned)(c < d) + 4u * (unsigned)(a <= b) + 8u * (unsigned)(c >= d);
    if (a > b) result += 16;
    if (c > d) result += 32;
    return result + (a == b ? 64u : 0u);
}

int main(void) {
    uint64_t all = 0;
    unsigned compared = 0;
    for (unsigned i = 0; i < SAMPLES; i++)
        for (unsigned k = 0; k < SAMPLES; k++) {
            all = (all << 5 | all >> 59) ^ mix(samples[i], samples[k]);
            compared = compared * 31 % 2003 + compare((int64_t)samples[i], (int64_t)samples[k]);
        }
    say_number((uint32_t)(all ^ all >> 32));
    say_number(compared);
    return 0;
}
