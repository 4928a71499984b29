// build: clang -O0; clang -O2; clang -O3; gcc -O2; gcc -O3
// output: 3869000680
// More live values than registers: ra is used as one of them.
#include "say.h"

static __attribute__((noinline)) uint32_t mix(const uint32_t *in, uint32_t n) {
    uint32_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t t = h + (e ^ f) * in[i & 15] + (g | a), u = (b & c) + (d ^ t);
        h = g, g = f, f = e, e = d + t, d = c, c = b, b = a, a = t + u;
    }
    return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h;
}

int main(void) {
    uint32_t in[16];
    for (uint32_t i = 0; i < 16; i++) in[i] = i * 2654435761u;
    say_number(mix(in, 1000));
    return 0;
}
