/* siphash: SipHash-2-4 over 16 KiB: 64-bit additions, rotations and exclusive ors. */
#include "kernel.h"

enum { WORDS = 2048 };
static uint64_t data[WORDS];

struct state {
    uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t value, int count) { return value << count | value >> (64 - count); }

static inline void mix(struct state *s) {
    s->v0 += s->v1, s->v1 = rotate(s->v1, 13), s->v1 ^= s->v0, s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3, s->v3 = rotate(s->v3, 16), s->v3 ^= s->v2;
    s->v0 += s->v3, s->v3 = rotate(s->v3, 21), s->v3 ^= s->v0;
    s->v2 += s->v1, s->v1 = rotate(s->v1, 17), s->v1 ^= s->v2, s->v2 = rotate(s->v2, 32);
}

static uint64_t siphash(uint64_t k0, uint64_t k1) {
    struct state s = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u,
                      k1 ^ 0x7465646279746573u};
    for (int i = 0; i < WORDS; i++) {
        s.v3 ^= data[i];
        mix(&s);
        mix(&s);
        s.v0 ^= data[i];
    }
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; i++) mix(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

uint32_t kernel(uint32_t rounds) {
    uint32_t seed = rounds;
    uint64_t hash = rounds;
    for (int i = 0; i < WORDS; i++) {
        uint64_t high = kernel_random(&seed);
        data[i] = high << 32 | kernel_random(&seed);
    }
    for (uint32_t round = 0; round < rounds; round++) hash = siphash(hash, round);
    return (uint32_t)hash ^ (uint32_t)(hash >> 32);
}
