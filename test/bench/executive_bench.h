/* executive_bench: an executive with guests, driven as a plan says. The same on the host and on a board, where what is
 * around it counts instructions or nanoseconds. */
#ifndef SKEP_TEST_BENCH_EXECUTIVE_BENCH_H
#define SKEP_TEST_BENCH_EXECUTIVE_BENCH_H

#include <stdint.h>

enum { BENCH_ARTIFACTS_MAX = 2 };

/* Words, little-endian, as they lie before the artifacts on the board. */
struct bench_plan {
    uint32_t artifacts, copies; /* of each; so many tasks */
    uint32_t quantum_words;
    uint32_t warm_steps; /* not counted */
    uint32_t steps;      /* counted; 0: until no task lives */
    uint32_t events;     /* not 0: so many are put, and nothing else is done */
};

/* Loads and starts the guests. Artifacts lie at 8-byte boundaries, with ARTIFACT_HEAD_BYTES_MAX bytes readable. */
void bench_prepare(const struct bench_plan *plan, const uint8_t *const artifact[BENCH_ARTIFACTS_MAX]);
/* What is counted. */
void bench_run(const struct bench_plan *plan);
/* Requires that each task that has ended has ended well. */
void bench_check(void);

#endif
