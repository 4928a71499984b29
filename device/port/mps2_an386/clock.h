/* clock: microseconds since reset, from SysTick; one alarm, from timer 0; and the switch to the lowest-priority
 * exception. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_CLOCK_H
#define SKEP_DEVICE_PORT_MPS2_AN386_CLOCK_H

#include <stdint.h>

void clock_start(void);
/* Milliseconds since clock_start; wraps. */
uint32_t clock_ms(void);

/* Runs start_on_pendsv as soon as nothing more urgent runs: at once when called from thread mode. */
void clock_pend(void);
/* The same at a time; replaces the alarm set before. Far times are cut: the alarm may come early, never late. */
void clock_pend_at_us(uint64_t time_us);

void clock_on_systick(void);
void clock_on_timer0(void);

#endif
