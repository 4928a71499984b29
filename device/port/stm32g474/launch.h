/* launch: what a boot image does before it jumps (boot_port.h). */
#ifndef SKEP_DEVICE_PORT_STM32G474_LAUNCH_H
#define SKEP_DEVICE_PORT_STM32G474_LAUNCH_H

#include <stdint.h>

#include "device/port/stm32g474/protect.h"

/* The core as after reset, but for the clock, which stays fast, the watchdog, which runs, the memory protection, which
 * lets execute only the boot image and that code, and where the vectors are. Interrupts are off. */
void launch_prepare(uint32_t vectors, const struct protect_code *code);

#endif
