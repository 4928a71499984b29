/* gpio: what the board has beyond port.h on its pins. */
#ifndef SKEP_DEVICE_PORT_STM32G474_GPIO_H
#define SKEP_DEVICE_PORT_STM32G474_GPIO_H

#include <stdint.h>

/* Told of every change of an output. */
typedef void gpio_edge_fn(uint32_t pin, uint32_t level, uint64_t time_us);
void gpio_start(gpio_edge_fn *on_edge); /* NULL: nobody */

/* The handler of every edge line's interrupt. */
void gpio_on_edges(void);

#endif
