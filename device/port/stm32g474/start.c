/* start: vectors and what happens before main. Interrupts whose part is not linked end in start_fault. */
#include <stdint.h>
#include <string.h>

#include "device/port/board.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/console.h"
#include "device/port/stm32g474/flash.h"
#include "device/port/stm32g474/gpio.h"

extern uint32_t start_data[], start_data_end[], start_data_image[], start_bss[], start_bss_end[];
extern uint32_t start_interrupt_stack[], start_thread_stack[];
int main(void);

_Noreturn void start_reset(void);
void start_on_pendsv(void) __attribute__((weak, alias("start_fault")));
void start_on_memory_fault(void) __attribute__((weak, alias("start_fault")));
void clock_on_tim2(void) __attribute__((weak, alias("start_fault")));
void gpio_on_edges(void) __attribute__((weak, alias("start_fault")));
void start_fault(void);
static void on_nmi(void);

enum { EXCEPTION_MEMORY = 4, EXCEPTION_PENDSV = 14, EXCEPTION_INTERRUPTS = 16 };
union vector {
    void *stack;
    void (*handler)(void);
};
__attribute__((section(".vectors"), used)) static const union vector vectors[] = {
    [0] = {.stack = start_interrupt_stack},
    [1] = {.handler = start_reset},
    [2] = {.handler = on_nmi},
    [3] = {.handler = start_fault},
    [EXCEPTION_MEMORY] = {.handler = start_on_memory_fault},
    [5] = {.handler = start_fault},
    [6] = {.handler = start_fault},
    [11] = {.handler = start_fault},
    [12] = {.handler = start_fault},
    [EXCEPTION_PENDSV] = {.handler = start_on_pendsv},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI0] = {.handler = gpio_on_edges},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI0 + 1] = {.handler = gpio_on_edges},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI0 + 2] = {.handler = gpio_on_edges},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI0 + 3] = {.handler = gpio_on_edges},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI0 + 4] = {.handler = gpio_on_edges},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI9_5] = {.handler = gpio_on_edges},
    [EXCEPTION_INTERRUPTS + INTERRUPT_TIM2] = {.handler = clock_on_tim2},
    [EXCEPTION_INTERRUPTS + INTERRUPT_USART1] = {.handler = console_on_usart1},
    [EXCEPTION_INTERRUPTS + INTERRUPT_EXTI15_10] = {.handler = gpio_on_edges},
};

/* A fault of ours. The watchdog, or whoever watches the reports, sees the silence; a debugger finds the frame on the
 * stack. */
void start_fault(void) {
    for (;;) __asm volatile("wfi");
}

static void on_nmi(void) {
    if (!flash_on_nmi()) start_fault();
}

_Noreturn static void run(void) {
    memcpy(start_data, start_data_image, (size_t)((char *)start_data_end - (char *)start_data));
    memset(start_bss, 0, (size_t)((char *)start_bss_end - (char *)start_bss));
    main();
    for (;;) __asm volatile("wfi");
}

/* Thread mode gets its own stack: interrupts, and with them the executive, use the other. The FPU is on for both. The
 * vectors are this image's: it may have been started by another. */
__attribute__((naked)) _Noreturn void start_reset(void) {
    __asm volatile("ldr r0, =0xe000ed88\n"
                   "ldr r1, [r0]\n"
                   "orr r1, r1, #0x00f00000\n"
                   "str r1, [r0]\n"
                   "ldr r0, =0xe000ed08\n"
                   "ldr r1, =%1\n"
                   "str r1, [r0]\n"
                   "ldr r0, =start_thread_stack\n"
                   "msr psp, r0\n"
                   "movs r0, #2\n"
                   "msr control, r0\n"
                   "isb\n"
                   "b %0\n" ::"i"(run),
                   "i"(vectors));
}
