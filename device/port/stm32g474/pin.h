/* pin: the chip's pins, by port (0 is A) and bit. */
#ifndef SKEP_DEVICE_PORT_STM32G474_PIN_H
#define SKEP_DEVICE_PORT_STM32G474_PIN_H

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"

static inline uint32_t pin_block(uint32_t port) { return GPIO_BASE + port * GPIO_BLOCK; }
/* One of the registers that have two bits for each pin. */
static inline void pin_two_bits(uint32_t address, uint32_t bit, uint32_t value) {
    access_field(address, 3u << (2 * bit), value << (2 * bit));
}

/* Gives a pin to one of the chip's devices. */
void pin_alternate(uint32_t port, uint32_t bit, uint32_t function, uint32_t pull, uint32_t open_drain);

#endif
