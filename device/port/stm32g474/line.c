/* The bootloader's line is the console's, and its button the board's: with no more of the pins than that takes. */
#include "device/port/boot_port.h"
#include "device/port/port.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/console.h"
#include "device/port/stm32g474/flash.h"
#include "device/port/stm32g474/pin.h"
#include "device/port/stm32g474/protect.h"

enum { PORT_C = 2, BUTTON = 13 };

/* The boot image is always open; in its own run there is nothing beside it. */
static const struct protect_code boot_image = {FLASH_ADDRESS, 14, 0};

/* Quarters of a millisecond, in place of the executive's microseconds and their interrupt. */
enum { TICKS_PER_MS = 4 };
static void start_timer(void) {
    access_set(RCC_APB1ENR1, RCC_APB1ENR1_TIM2);
    access_write(TIM2_PSC, CHIP_CLOCK_HZ / 1000 / TICKS_PER_MS - 1);
    access_write(TIM2_EGR, TIM_EGR_UG); /* takes the prescaler at once */
    access_write(TIM2_CR1, TIM_CR1_CEN);
}
uint32_t clock_ms(void) { return access_read(TIM2_CNT) / TICKS_PER_MS; }

void line_start(void) {
    if (clock_speed_up() == ST_IO) port_reset();
    start_timer();
    protect_start(&boot_image);
    access_set(RCC_AHB2ENR, RCC_AHB2ENR_GPIOA | RCC_AHB2ENR_GPIOC);
    pin_two_bits(pin_block(PORT_C) + GPIO_PUPDR, BUTTON, GPIO_PULL_DOWN);
    pin_two_bits(pin_block(PORT_C) + GPIO_MODER, BUTTON, GPIO_MODE_INPUT);
    console_start_link();
}

bool line_button_is_held(void) { return access_read(pin_block(PORT_C) + GPIO_IDR) >> BUTTON & 1; }

size_t line_read(uint8_t *to, size_t capacity) { return port_console_read(to, capacity); }

void line_write(const uint8_t *bytes, size_t length) {
    for (size_t sent = 0; sent < length;) sent += port_console_write(bytes + sent, length - sent);
}
