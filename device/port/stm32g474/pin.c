#include "device/port/stm32g474/pin.h"

void pin_alternate(uint32_t port, uint32_t bit, uint32_t function, uint32_t pull, uint32_t open_drain) {
    const uint32_t shift = 4 * (bit % 8), at = pin_block(port);
    access_field(at + GPIO_AFRL + 4 * (bit / 8), 15u << shift, function << shift);
    access_field(at + GPIO_OTYPER, 1u << bit, open_drain << bit);
    pin_two_bits(at + GPIO_PUPDR, bit, pull);
    pin_two_bits(at + GPIO_MODER, bit, GPIO_MODE_ALTERNATE);
}
