/* interrupt: priorities on this board: the clock above devices, devices above the executive, which runs in PendSV. */
#ifndef SKEP_DEVICE_PORT_STM32G474_INTERRUPT_H
#define SKEP_DEVICE_PORT_STM32G474_INTERRUPT_H

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"

enum { INTERRUPT_PRIORITY_CLOCK = 0x40, INTERRUPT_PRIORITY_DEVICE = 0x60, INTERRUPT_PRIORITY_EXECUTIVE = 0xe0 };
enum { INTERRUPTS = 102 };

static inline void interrupt_enable(uint32_t number, uint32_t priority) {
    const uint32_t shift = 8 * (number % 4);
    access_field(CORE_NVIC_PRIORITY(number), 0xffu << shift, priority << shift);
    access_write(CORE_NVIC_ENABLE(number), 1u << (number % 32)); /* zeros change nothing */
}
/* None comes, and none waits. */
static inline void interrupt_disable_all(void) {
    for (uint32_t number = 0; number < INTERRUPTS; number += 32) {
        access_write(CORE_NVIC_DISABLE(number), UINT32_MAX);
        access_write(CORE_NVIC_UNPEND(number), UINT32_MAX);
    }
    access_write(CORE_INTERRUPT_CONTROL, CORE_UNPEND_PENDSV);
}
static inline void interrupt_pendsv_lowest(void) {
    access_field(CORE_SYSTEM_PRIORITY_3, 0xffu << 16, (uint32_t)INTERRUPT_PRIORITY_EXECUTIVE << 16);
}

#endif
