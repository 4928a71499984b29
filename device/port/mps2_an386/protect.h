/* protect: the MPU. Code cannot be written, memory cannot be executed, flash is read-only but for flash.c, both stacks
 * end in a guard, and everything else is closed: a write that some mistake lets a guest aim anywhere ends in a memory
 * fault. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_PROTECT_H
#define SKEP_DEVICE_PORT_MPS2_AN386_PROTECT_H

#include <stdbool.h>
#include <stdint.h>

void protect_start(void);
/* The 2^bits bytes from `address` on may be executed, and never written, wherever they lie. protect_start has done it
 * for the image that calls it. */
void protect_image(uint32_t address, uint32_t bits);
/* For flash.c alone. */
void protect_flash(bool writable);

#endif
