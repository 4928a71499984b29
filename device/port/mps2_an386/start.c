/* start: vectors and what happens before main. Interrupts whose part is not linked end in start_fault. */
#include "device/port/mps2_an386/start.h"

#include <stdint.h>
#include <string.h>

#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/clock.h"

extern uint32_t start_data[], start_data_end[], start_data_image[], start_bss[], start_bss_end[];
extern uint32_t start_interrupt_stack[], start_thread_stack[];
int main(void);

_Noreturn void start_reset(void);

/* What an image may define; without it the exception is a fault. */
void start_on_pendsv(void) __attribute__((weak, alias("start_fault")));
void start_on_uart0_receive(void) __attribute__((weak, alias("start_fault")));
void start_on_uart2_receive(void) __attribute__((weak, alias("start_fault")));
void start_on_memory_fault(void) __attribute__((weak, alias("start_fault")));
void start_on_nmi(void) __attribute__((weak));
void start_fault(void);

union vector {
    void *stack;
    void (*handler)(void);
};
__attribute__((section(".vectors"), used)) static const union vector vectors[] = {
    [0] = {.stack = start_interrupt_stack},
    [1] = {.handler = start_reset},
    [2] = {.handler = start_on_nmi},
    [3] = {.handler = start_fault},
    [EXCEPTION_MEMORY] = {.handler = start_on_memory_fault},
    [5] = {.handler = start_fault},
    [6] = {.handler = start_fault},
    [11] = {.handler = start_fault},
    [12] = {.handler = start_fault},
    [EXCEPTION_PENDSV] = {.handler = start_on_pendsv},
    [EXCEPTION_SYSTICK] = {.handler = clock_on_systick},
    [EXCEPTION_INTERRUPTS + INTERRUPT_UART0_RX] = {.handler = start_on_uart0_receive},
    [EXCEPTION_INTERRUPTS + INTERRUPT_UART2_RX] = {.handler = start_on_uart2_receive},
    [EXCEPTION_INTERRUPTS + INTERRUPT_TIMER0] = {.handler = clock_on_timer0},
};

/* The watchdog's first expiry: the second one resets, and nothing here keeps it from that. guard.c notes it. */
void start_on_nmi(void) {}

/* A fault of ours. The watchdog, or whoever watches the reports, sees the silence; a debugger finds the frame on the
 * stack. */
void start_fault(void) {
    for (;;) __asm volatile("wfi");
}

_Noreturn static void run(void) {
    memcpy(start_data, start_data_image, (size_t)((char *)start_data_end - (char *)start_data));
    memset(start_bss, 0, (size_t)((char *)start_bss_end - (char *)start_bss));
    main();
    for (;;) __asm volatile("wfi");
}

/* Thread mode gets its own stack: interrupts, and with them the executive, use the other. The FPU is on for both. */
__attribute__((naked)) _Noreturn void start_reset(void) {
    __asm volatile("ldr r0, =0xe000ed88\n"
                   "ldr r1, [r0]\n"
                   "orr r1, r1, #0x00f00000\n"
                   "str r1, [r0]\n"
                   "ldr r0, =start_thread_stack\n"
                   "msr psp, r0\n"
                   "movs r0, #2\n"
                   "msr control, r0\n"
                   "isb\n"
                   "b %0\n" ::"i"(run));
}
