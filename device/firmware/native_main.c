/* Runs a kernel of test/bench that was compiled for the Cortex-M4 itself: what the bytecode is compared with. Compiled
 * by tools/m4_cycles/measure.py, with KERNEL_ROUNDS, beside the kernel. */
#include "device/port/mps2_an386/semihosting.h"

uint32_t kernel(uint32_t rounds);

__attribute__((noinline)) void bench_begin(void);
__attribute__((noinline)) void bench_end(void);
void bench_begin(void) { __asm volatile(""); }
void bench_end(void) { __asm volatile(""); }

int main(void) {
    bench_begin();
    const uint32_t result = kernel(KERNEL_ROUNDS);
    bench_end();
    semihosting_print("result ");
    semihosting_print_hex(result);
    semihosting_print("\n");
    semihosting_exit(0);
}
