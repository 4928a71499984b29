#include "test/bench/executive_bench.h"

#include "core/base/require.h"
#include "device/executive/calls_table.h"
#include "device/executive/events.h"
#include "device/executive/executive.h"

enum { MEMORY_BYTES = 1 << 20, POOL_BYTES = 1 << 17 };

static const struct artifact_capability grants[] = {{CALL_GROUP_MAILBOX, 7, 0, UINT32_MAX, 0}};

static struct {
    struct executive_config config;
    struct executive *executive;
    uint64_t now_us;
    uint8_t memory[MEMORY_BYTES] __attribute__((aligned(8)));
} bench;

static void start(const uint8_t *bytes) {
    struct artifact artifact;
    struct artifact_fault fault;
    uint16_t load;
    enum status status = artifact_decode(bytes, ARTIFACT_HEAD_BYTES_MAX, &artifact, &fault);
    require(status == ST_OK);
    status = executive_load(bench.executive, bytes, artifact.total_bytes, &load);
    require(status == ST_OK);
    struct job *job = executive_job(bench.executive);
    job->run(job);
    executive_job_done(bench.executive, job);
    executive_admit(bench.executive);
}

void bench_prepare(const struct bench_plan *plan, const uint8_t *const artifact[BENCH_ARTIFACTS_MAX]) {
    bench.config = executive_config_of_profile();
    bench.config.allow_unsigned = true;
    bench.config.grants = grants;
    bench.config.grant_count = sizeof grants / sizeof grants[0];
    bench.config.quantum_words = plan->quantum_words;
    bench.config.tasks_max = EXECUTIVE_TASKS_MAX;
    bench.config.pool_bytes = POOL_BYTES;
    struct arena arena = arena_of(bench.memory, sizeof bench.memory);
    bench.executive = executive_init(&arena, &bench.config);
    require(bench.executive != NULL);
    for (uint32_t i = 0; i < plan->artifacts; i++) {
        for (uint32_t copy = 0; copy < plan->copies; copy++) start(artifact[i]);
    }
    require(bench.executive->live == plan->artifacts * plan->copies);
    for (uint32_t i = 0; i < plan->warm_steps; i++) (void)executive_step(bench.executive, ++bench.now_us);
}

void bench_run(const struct bench_plan *plan) {
    for (uint32_t i = 0; i < plan->events; i++)
        event_put(bench.executive, (struct executive_event){.kind = EVENT_VALUE, .pid = 1, .a = i, .b = i});
    if (plan->events > 0) return;
    for (uint32_t i = 0; plan->steps > 0 ? i < plan->steps : bench.executive->live > 0; i++)
        (void)executive_step(bench.executive, ++bench.now_us);
}

void bench_check(void) {
    struct executive_event event;
    while (executive_event_take(bench.executive, &event))
        require(event.kind != EVENT_ENDED || (event.a == TASK_END_EXIT && event.b == 0));
}
