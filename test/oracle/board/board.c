/* What the tests need on the emulated board besides newlib: a vector table, the FPU switched on, memory without guard
 * pages, and an end for our own mistakes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/require.h"
#include "test/oracle/machine.h"

extern uint32_t board_stack_end[];
void _start(void);
void _init(void);
void _fini(void);
void _init(void) {}
void _fini(void) {}

static void reset(void) {
    volatile uint32_t *const coprocessor_access = (volatile uint32_t *)0xe000ed88u;
    *coprocessor_access |= 0xfu << 20;
    __asm__ volatile("dsb; isb");
    _start();
}

void *guarded_take(size_t bytes) {
    void *memory = calloc(1, bytes + 1);
    if (!memory) printf("no memory for %u bytes\n", (unsigned)bytes), exit(3);
    return memory;
}
void guarded_give(void *memory, size_t bytes) {
    (void)bytes;
    free(memory);
}

static const volatile uint64_t *fault_seed;
void guarded_crash(const volatile uint64_t *seed) { fault_seed = seed; }
static void fault(void) {
    printf("a fault of the processor, seed %llu\n", fault_seed ? *fault_seed : 0);
    exit(3);
}

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    printf("%s:%d: %s\n", file, line, expression);
    exit(3);
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = {
    board_stack_end, (void *)reset, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault};
