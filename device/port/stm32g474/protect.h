/* protect: the MPU. Flash is executed and never written through the processor's own stores but by flash.c; memory
 * cannot be executed; both stacks end in a guard; everything else is closed. */
#ifndef SKEP_DEVICE_PORT_STM32G474_PROTECT_H
#define SKEP_DEVICE_PORT_STM32G474_PROTECT_H

#include <stdint.h>

/* The part of the flash that may be executed; both powers of two, the address a multiple of the size. */
void protect_start(uint32_t code_address, uint32_t code_bytes);

#endif
