#include "device/port/stm32g474/launch.h"

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/interrupt.h"

enum { WATCHDOG_PRESCALER_128 = 5, WATCHDOG_COUNTS = 10 * IWDG_HZ / 128 }; /* 10 s */

/* An image that hangs before it feeds the watchdog ends with it, and has used up an attempt. */
void launch_prepare(uint32_t vectors, const struct protect_code *code) {
    (void)access_interrupts_off();
    interrupt_disable_all();
    protect_start(code);
    access_write(IWDG_KR, IWDG_START);
    access_write(IWDG_KR, IWDG_UNLOCK);
    access_write(IWDG_PR, WATCHDOG_PRESCALER_128);
    access_write(IWDG_RLR, WATCHDOG_COUNTS);
    access_write(CORE_VECTORS, vectors);
    access_barrier();
}
