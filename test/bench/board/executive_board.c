/* Carries out the plan that lies at FLASH_BASE, with the artifacts in the first slots, between bench_begin and
 * bench_end, for counting instructions. Says through semihosting when all went well, and how much memory executives of
 * two sizes take. */
#include "core/base/require.h"
#include "device/executive/operation.h"
#include "device/port/mps2_an386/flash_map.h"
#include "device/port/mps2_an386/semihosting.h"
#include "test/bench/executive_bench.h"

/* One session; two tasks with four mailboxes, eight values and four commands. */
static const struct executive_config minimal = {
    .tasks_max = 2,
    .timers_max = 4,
    .loads_max = 1,
    .events_max = 16,
    .console_in_bytes = 64,
    .console_out_bytes = 128,
    .mailboxes_max = 4,
    .mailbox_handles_max = 8,
    .mailbox_bytes = 256,
    .values_max = 8,
    .subscriptions_max = 4,
    .commands_max = 4,
    .command_runs_max = 2,
};
static const struct hive_config minimal_hive = {.sessions_max = 1, .history_max = 16, .uploads_max = 0};
/* Two sessions; four tasks with eight mailboxes, sixteen values and eight commands. */
static const struct executive_config standard = {
    .tasks_max = 4,
    .timers_max = 8,
    .loads_max = 1,
    .events_max = 16,
    .console_in_bytes = 64,
    .console_out_bytes = 256,
    .mailboxes_max = 8,
    .mailbox_handles_max = 16,
    .mailbox_bytes = 512,
    .values_max = 16,
    .subscriptions_max = 8,
    .commands_max = 8,
    .command_runs_max = 4,
};
static const struct hive_config standard_hive = {.sessions_max = 2, .history_max = 32, .uploads_max = 0};

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    (void)file;
    semihosting_print(expression);
    semihosting_exit((uint32_t)line);
}

/* Places for the counter to begin and to end at. */
__attribute__((noinline)) void bench_begin(void);
__attribute__((noinline)) void bench_end(void);
void bench_begin(void) { __asm volatile(""); }
void bench_end(void) { __asm volatile(""); }

static void tell(const char *name, size_t value) {
    semihosting_print(name);
    semihosting_print(" ");
    semihosting_print_hex((uint32_t)value);
    semihosting_print("\n");
}

int main(void) {
    const struct bench_plan *const plan = (const struct bench_plan *)FLASH_BASE;
    const uint8_t *const slot = (const uint8_t *)FLASH_BASE + FLASH_SLOT_FIRST;
    const uint8_t *const artifact[BENCH_ARTIFACTS_MAX] = {slot, slot + FLASH_SLOT_BYTES};
    bench_prepare(plan, artifact);
    bench_begin();
    bench_run(plan);
    bench_end();
    bench_check();
    tell("minimal", executive_bytes(&minimal) + hive_bytes(&minimal_hive));
    tell("standard", executive_bytes(&standard) + hive_bytes(&standard_hive));
    semihosting_exit(0);
}
