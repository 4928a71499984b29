/* Carries out the plan that lies at FLASH_BASE, with the artifacts in the first slots, between bench_begin and
 * bench_end, for counting instructions. Says through semihosting when all went well. */
#include "core/base/require.h"
#include "device/port/mps2_an386/flash_map.h"
#include "device/port/mps2_an386/semihosting.h"
#include "test/bench/executive_bench.h"

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

int main(void) {
    const struct bench_plan *const plan = (const struct bench_plan *)FLASH_BASE;
    const uint8_t *const slot = (const uint8_t *)FLASH_BASE + FLASH_SLOT_FIRST;
    const uint8_t *const artifact[BENCH_ARTIFACTS_MAX] = {slot, slot + FLASH_SLOT_BYTES};
    bench_prepare(plan, artifact);
    bench_begin();
    bench_run(plan);
    bench_end();
    bench_check();
    semihosting_exit(0);
}
