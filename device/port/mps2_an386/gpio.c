/* Pins by the numbers that the simulated board uses, so that one artifact serves both:
 *   13, 12      LEDs beside the buttons
 *   4 .. 11     the row of eight LEDs
 *   2, 3        buttons, high while pressed
 * The board's interrupts do not reach the buttons: an edge is found when somebody asks for events, within the
 * executive's poll. */
#include "device/port/mps2_an386/gpio.h"

#include "device/port/mps2_an386/board.h"
#include "device/port/port.h"

enum { BUTTON_FIRST = 2, BUTTONS = 2, ROW_FIRST = 4, ROW_LEDS = 8, LED_1 = 12, LED_0 = 13, PINS = 14 };

static struct {
    gpio_edge_fn *on_edge;
    uint8_t watch[BUTTONS]; /* enum port_gpio_edge */
    uint32_t buttons;       /* levels when last asked */
} gpio;

static bool is_button(uint32_t pin) { return pin >= BUTTON_FIRST && pin < BUTTON_FIRST + BUTTONS; }
static bool is_led(uint32_t pin) { return pin >= ROW_FIRST && pin < PINS; }
static volatile uint32_t *led_register(uint32_t pin) { return pin >= LED_1 ? &BOARD_FPGA_IO->led : &BOARD_SCC_LED; }
static uint32_t led_mask(uint32_t pin) { return pin >= LED_1 ? 1u << (LED_0 - pin) : 1u << (pin - ROW_FIRST); }

void gpio_start(gpio_edge_fn *on_edge) {
    gpio.on_edge = on_edge;
    BOARD_FPGA_IO->led = 0;
    BOARD_SCC_LED = 0;
}

enum status port_gpio_config(uint32_t pin, enum port_gpio_mode mode) {
    const bool can = mode == PORT_GPIO_OUTPUT ? is_led(pin) : is_button(pin);
    return can ? ST_OK : ST_UNSUPPORTED;
}

enum status port_gpio_write(uint32_t pin, uint32_t level) {
    if (!is_led(pin)) return ST_UNSUPPORTED;
    volatile uint32_t *const leds = led_register(pin);
    const uint32_t before = *leds, mask = led_mask(pin);
    *leds = level ? before | mask : before & ~mask;
    if (gpio.on_edge && ((before & mask) != 0) != (level != 0)) gpio.on_edge(pin, level != 0, port_now_us());
    return ST_OK;
}

enum status port_gpio_read(uint32_t pin, uint32_t *level) {
    if (is_led(pin))
        *level = (*led_register(pin) & led_mask(pin)) != 0;
    else if (is_button(pin))
        *level = BOARD_FPGA_IO->button >> (pin - BUTTON_FIRST) & 1;
    else
        return ST_UNSUPPORTED;
    return ST_OK;
}

enum status port_gpio_watch(uint32_t pin, enum port_gpio_edge edge) {
    if (!is_button(pin)) return ST_UNSUPPORTED;
    gpio.watch[pin - BUTTON_FIRST] = (uint8_t)edge;
    return ST_OK;
}

enum status port_gpio_event_take(struct port_gpio_event *event) {
    const uint32_t now = BOARD_FPGA_IO->button, changed = now ^ gpio.buttons;
    for (uint32_t i = 0; i < BUTTONS; i++) {
        if (!(changed >> i & 1)) continue;
        const uint32_t level = now >> i & 1;
        gpio.buttons ^= 1u << i;
        if (!(gpio.watch[i] & (level ? PORT_GPIO_EDGE_RISING : PORT_GPIO_EDGE_FALLING))) continue;
        *event = (struct port_gpio_event){.pin = BUTTON_FIRST + i, .level = level, .time_us = port_now_us()};
        return ST_OK;
    }
    return ST_AGAIN;
}
_Static_assert((PORT_GPIO_EDGE_RISING | PORT_GPIO_EDGE_FALLING) == PORT_GPIO_EDGE_BOTH, "edges are tested as bits");
