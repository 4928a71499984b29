/* executive_host ARTIFACTS COPIES QUANTUM WARM STEPS EVENTS [ARTIFACT ...]: one plan (executive_bench.h); prints the
 * nanoseconds that it took. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/require.h"
#include "core/wire/artifact.h"
#include "device/port/sim/sim.h"
#include "test/bench/executive_bench.h"

enum { PLAN_WORDS = sizeof(struct bench_plan) / sizeof(uint32_t), ARTIFACT_BYTES_MAX = 1 << 16, NS_PER_S = 1000000000 };

static uint8_t bytes[BENCH_ARTIFACTS_MAX][ARTIFACT_BYTES_MAX] __attribute__((aligned(8)));

static void read_file(const char *path, uint8_t *to) {
    FILE *file = fopen(path, "rb");
    require(file != NULL);
    size_t length = fread(to, 1, ARTIFACT_BYTES_MAX, file);
    require(length > 0 && length < ARTIFACT_BYTES_MAX);
    (void)fclose(file);
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

int main(int argc, char **argv) {
    uint32_t word[PLAN_WORDS];
    require(argc > PLAN_WORDS);
    for (int i = 0; i < PLAN_WORDS; i++) word[i] = (uint32_t)strtoul(argv[1 + i], NULL, 10);
    const struct bench_plan plan = {word[0], word[1], word[2], word[3], word[4], word[5]};
    require(plan.artifacts <= BENCH_ARTIFACTS_MAX && argc == 1 + PLAN_WORDS + (int)plan.artifacts);
    const uint8_t *const artifact[BENCH_ARTIFACTS_MAX] = {bytes[0], bytes[1]};
    for (uint32_t i = 0; i < plan.artifacts; i++) read_file(argv[1 + PLAN_WORDS + i], bytes[i]);
    static struct sim sim;
    sim_init(&sim);
    sim_use(&sim);
    bench_prepare(&plan, artifact);
    int64_t begin = now_ns();
    bench_run(&plan);
    int64_t end = now_ns();
    bench_check();
    printf("%lld\n", (long long)(end - begin));
    return 0;
}
