/* random: numbers for tests that a seed repeats on every machine. */
#ifndef SKEP_TEST_ORACLE_RANDOM_H
#define SKEP_TEST_ORACLE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_64(struct random *random) {
    uint64_t z = random->state += 0x9e3779b97f4a7c15; /* splitmix64 */
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}
static inline uint32_t random_below(struct random *random, uint32_t limit) {
    return (uint32_t)((random_64(random) >> 32) * limit >> 32);
}
static inline bool random_percent(struct random *random, uint32_t percent) {
    return random_below(random, 100) < percent;
}

/* Any number, but often one at an edge: 0, +-1, a power of two, one less, the size of something. */
static inline uint32_t random_edge(struct random *random) {
    uint32_t power = 1u << random_below(random, 32);
    switch (random_below(random, 8)) {
    case 0: return random_below(random, 3) - 1;
    case 1: return power;
    case 2: return power - 1;
    case 3: return 0u - power;
    case 4: return random_below(random, 300);
    default: return (uint32_t)random_64(random);
    }
}

#endif
