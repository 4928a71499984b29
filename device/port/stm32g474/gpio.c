/* Pins by the numbers of the board:
 *   0, 1, 4 .. 7  PA0, PA1, PA4 .. PA7 (PA2 and PA3 are the line of reports)
 *   8 .. 12       PB0 .. PB4
 *   13            PC6, the LED;  14, 15  PC7, PC8
 *   16            PC13, the button
 * An edge line belongs to a bit of one port: pins with the same bit (PA0 and PB0) cannot be watched at the same time.
 */
#include "device/port/stm32g474/gpio.h"

#include <stdbool.h>

#include "device/port/port.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/interrupt.h"
#include "device/port/stm32g474/pin.h"

enum { PORT_A, PORT_B, PORT_C, NO_PORT = 255 };
static const struct {
    uint8_t port, bit;
} pins[] = {
    {PORT_A, 0}, {PORT_A, 1}, {NO_PORT, 0}, {NO_PORT, 0}, {PORT_A, 4},  {PORT_A, 5},
    {PORT_A, 6}, {PORT_A, 7}, {PORT_B, 0},  {PORT_B, 1},  {PORT_B, 2},  {PORT_B, 3},
    {PORT_B, 4}, {PORT_C, 6}, {PORT_C, 7},  {PORT_C, 8},  {PORT_C, 13},
};
enum { PINS = sizeof pins / sizeof pins[0], LINES = 16, EDGES_MAX = 16, NO_PIN = 255 };

/* Edges wait in a ring: head is written by the interrupt alone, tail by the reader alone. */
static struct {
    gpio_edge_fn *on_edge;
    uint8_t pin_of_line[LINES]; /* which pin is watched there */
    struct port_gpio_event edge[EDGES_MAX];
    volatile uint32_t head, tail;
} gpio;

static bool exists(uint32_t pin) { return pin < PINS && pins[pin].port != NO_PORT; }

void gpio_start(gpio_edge_fn *on_edge) {
    gpio.on_edge = on_edge;
    for (uint32_t line = 0; line < LINES; line++) gpio.pin_of_line[line] = NO_PIN;
    access_set(RCC_AHB2ENR, RCC_AHB2ENR_GPIOA | RCC_AHB2ENR_GPIOB | RCC_AHB2ENR_GPIOC);
    access_set(RCC_APB2ENR, RCC_APB2ENR_SYSCFG);
    for (uint32_t line = 0; line < 5; line++) interrupt_enable(INTERRUPT_EXTI0 + line, INTERRUPT_PRIORITY_DEVICE);
    interrupt_enable(INTERRUPT_EXTI9_5, INTERRUPT_PRIORITY_DEVICE);
    interrupt_enable(INTERRUPT_EXTI15_10, INTERRUPT_PRIORITY_DEVICE);
}

enum status port_gpio_config(uint32_t pin, enum port_gpio_mode mode) {
    if (!exists(pin)) return ST_UNSUPPORTED;
    const uint32_t at = pin_block(pins[pin].port), bit = pins[pin].bit;
    const uint32_t pull = mode == PORT_GPIO_INPUT_PULL_UP     ? GPIO_PULL_UP
                          : mode == PORT_GPIO_INPUT_PULL_DOWN ? GPIO_PULL_DOWN
                                                              : GPIO_PULL_NONE;
    access_clear(at + GPIO_OTYPER, 1u << bit);
    pin_two_bits(at + GPIO_PUPDR, bit, pull);
    pin_two_bits(at + GPIO_MODER, bit, mode == PORT_GPIO_OUTPUT ? GPIO_MODE_OUTPUT : GPIO_MODE_INPUT);
    return ST_OK;
}

enum status port_gpio_write(uint32_t pin, uint32_t level) {
    if (!exists(pin)) return ST_UNSUPPORTED;
    const uint32_t at = pin_block(pins[pin].port), bit = pins[pin].bit;
    const bool before = access_read(at + GPIO_ODR) >> bit & 1;
    access_write(at + GPIO_BSRR, level ? 1u << bit : 1u << (16 + bit));
    if (gpio.on_edge && before != (level != 0)) gpio.on_edge(pin, level != 0, port_now_us());
    return ST_OK;
}

enum status port_gpio_read(uint32_t pin, uint32_t *level) {
    if (!exists(pin)) return ST_UNSUPPORTED;
    *level = access_read(pin_block(pins[pin].port) + GPIO_IDR) >> pins[pin].bit & 1;
    return ST_OK;
}

enum status port_gpio_watch(uint32_t pin, enum port_gpio_edge edge) {
    if (!exists(pin)) return ST_UNSUPPORTED;
    const uint32_t line = pins[pin].bit, mask = 1u << line;
    if (gpio.pin_of_line[line] != NO_PIN && gpio.pin_of_line[line] != pin) return ST_BUSY;
    access_clear(EXTI_IMR1, mask);
    gpio.pin_of_line[line] = edge == PORT_GPIO_EDGE_NONE ? NO_PIN : (uint8_t)pin;
    if (edge == PORT_GPIO_EDGE_NONE) return ST_OK;
    const uint32_t shift = 4 * (line % 4);
    access_field(SYSCFG_EXTICR1 + 4 * (line / 4), 15u << shift, (uint32_t)pins[pin].port << shift);
    access_field(EXTI_RTSR1, mask, edge & PORT_GPIO_EDGE_RISING ? mask : 0);
    access_field(EXTI_FTSR1, mask, edge & PORT_GPIO_EDGE_FALLING ? mask : 0);
    access_write(EXTI_PR1, mask); /* what came before is nobody's */
    access_set(EXTI_IMR1, mask);
    return ST_OK;
}
_Static_assert((PORT_GPIO_EDGE_RISING | PORT_GPIO_EDGE_FALLING) == PORT_GPIO_EDGE_BOTH, "edges are tested as bits");

/* The level is read after the edge: of two edges that are closer than this both may show the later one. */
void gpio_on_edges(void) {
    const uint32_t pending = access_read(EXTI_PR1);
    access_write(EXTI_PR1, pending);
    for (uint32_t line = 0; line < LINES; line++) {
        const uint32_t pin = gpio.pin_of_line[line], head = gpio.head;
        if (!(pending >> line & 1) || pin == NO_PIN || head - gpio.tail == EDGES_MAX) continue;
        struct port_gpio_event *const edge = &gpio.edge[head % EDGES_MAX];
        *edge = (struct port_gpio_event){.pin = pin, .time_us = port_now_us()};
        (void)port_gpio_read(pin, &edge->level);
        gpio.head = head + 1;
    }
    clock_pend();
}

enum status port_gpio_event_take(struct port_gpio_event *event) {
    const uint32_t tail = gpio.tail;
    if (tail == gpio.head) return ST_AGAIN;
    *event = gpio.edge[tail % EDGES_MAX];
    gpio.tail = tail + 1;
    return ST_OK;
}
