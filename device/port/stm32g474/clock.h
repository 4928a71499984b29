/* clock: the chip's clocks, microseconds since reset and one alarm from TIM2, and the switch to the lowest-priority
 * exception. */
#ifndef SKEP_DEVICE_PORT_STM32G474_CLOCK_H
#define SKEP_DEVICE_PORT_STM32G474_CLOCK_H

#include <stdint.h>

#include "core/base/status.h"
#include "device/port/board.h"

/* 160 MHz from the crystal, or from the inner oscillator if the crystal does not start (ST_NOT_FOUND: then times are
 * within 1 %, not 50 ppm). ST_IO: the PLL does not lock either, and the chip stays at 16 MHz, which nothing here
 * expects: who gets this resets. */
enum status clock_start(void);
/* The same without the time. */
enum status clock_speed_up(void);

void clock_on_tim2(void);

#endif
