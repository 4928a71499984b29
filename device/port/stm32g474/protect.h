/* protect: the MPU. Flash is executed and never written through the processor's own stores but by flash.c; memory
 * cannot be executed; both stacks end in a guard; everything else is closed. */
#ifndef SKEP_DEVICE_PORT_STM32G474_PROTECT_H
#define SKEP_DEVICE_PORT_STM32G474_PROTECT_H

#include <stdint.h>

/* What may be executed beside the boot image: 2^bits bytes from a multiple of that on, without the eighths whose bit is
 * set. */
struct protect_code {
    uint32_t address;
    uint8_t bits, closed;
};
void protect_start(const struct protect_code *code);

#endif
