/* clock: microseconds since reset, from SysTick; one alarm, from timer 0; and the switch to the lowest-priority
 * exception. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_CLOCK_H
#define SKEP_DEVICE_PORT_MPS2_AN386_CLOCK_H

#include "device/port/board.h"

void clock_start(void);

void clock_on_systick(void);
void clock_on_timer0(void);

#endif
