#include "device/port/boot_port.h"
#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/flash_map.h"
#include "device/port/mps2_an386/protect.h"

enum { LAUNCH_WATCHDOG_S = 10 };

_Noreturn void launch_reset(void) {
    board_barrier();
    BOARD_RESET_CONTROL = BOARD_RESET_REQUEST;
    board_barrier();
    for (;;) {
    }
}

/* An image that hangs before it feeds the watchdog ends with it, and has used up an attempt. */
static void start_watchdog(void) {
    BOARD_WATCHDOG->lock = WATCHDOG_UNLOCK;
    BOARD_WATCHDOG->load = LAUNCH_WATCHDOG_S * (BOARD_CLOCK_HZ / 2);
    BOARD_WATCHDOG->control = WATCHDOG_CONTROL_INTERRUPT | WATCHDOG_CONTROL_RESET;
    BOARD_WATCHDOG->lock = 0;
}

/* As after reset, but for the watchdog, the MPU and where the vectors are. */
_Noreturn void launch(uint32_t vectors) {
    (void)board_interrupts_off();
    BOARD_SYSTICK->control = 0;
    BOARD_INTERRUPT_DISABLE = UINT32_MAX;
    BOARD_INTERRUPT_UNPEND = UINT32_MAX;
    BOARD_UART0->control = 0;
    protect_image(vectors & ~(FLASH_FIRMWARE_BYTES - 1u), FLASH_FIRMWARE_BITS);
    start_watchdog();
    BOARD_VECTORS = vectors;
    board_barrier();
    __asm volatile("ldr r1, [%0]\n"
                   "ldr r2, [%0, #4]\n"
                   "movs r3, #0\n"
                   "msr control, r3\n"
                   "isb\n"
                   "msr msp, r1\n"
                   "cpsie i\n"
                   "bx r2\n" ::"r"(vectors)
                   : "r1", "r2", "r3", "memory");
    __builtin_unreachable();
}
