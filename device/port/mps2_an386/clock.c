#include "device/port/mps2_an386/clock.h"

#include <stdbool.h>

#include "device/port/boot_port.h"
#include "device/port/mps2_an386/board.h"
#include "device/port/port.h"

enum { TICK_US = 1000, TICK_CYCLES = TICK_US * BOARD_CYCLES_PER_US, ALARM_US_MAX = 100000000 };

/* The two clocks of the board; ticks is written by the SysTick exception alone. */
static struct {
    volatile uint32_t ticks_low, ticks_high;
    volatile bool sleeping;
} clock;

void clock_start(void) {
    /* SysTick above everything, the alarm and devices below it, PendSV below them. */
    BOARD_SYSTEM_PRIORITY[EXCEPTION_SYSTICK] = 0x20;
    BOARD_SYSTEM_PRIORITY[EXCEPTION_PENDSV] = 0xe0;
    BOARD_INTERRUPT_PRIORITY[INTERRUPT_TIMER0] = 0x40;
    BOARD_INTERRUPT_ENABLE = 1u << INTERRUPT_TIMER0;
    BOARD_SYSTICK->reload = TICK_CYCLES - 1;
    BOARD_SYSTICK->value = 0;
    BOARD_SYSTICK->control = SYSTICK_CONTROL_ENABLE | SYSTICK_CONTROL_INTERRUPT | SYSTICK_CONTROL_CORE_CLOCK;
}

void clock_on_systick(void) {
    clock.ticks_low = clock.ticks_low + 1;
    if (clock.ticks_low == 0) clock.ticks_high = clock.ticks_high + 1;
}

/* With interrupts off, a tick that has happened but was not counted shows as pending; the counter is read again then,
 * because it may have wrapped between the two reads. */
uint64_t port_now_us(void) {
    const uint32_t before = board_interrupts_off();
    uint64_t ticks = (uint64_t)clock.ticks_high << 32 | clock.ticks_low;
    uint32_t left = BOARD_SYSTICK->value;
    if (BOARD_INTERRUPT_CONTROL & INTERRUPT_CONTROL_SYSTICK_PENDS) {
        ticks++;
        left = BOARD_SYSTICK->value;
    }
    board_interrupts_restore(before);
    const uint32_t elapsed = left == 0 ? 0 : TICK_CYCLES - left;
    return ticks * TICK_US + elapsed / BOARD_CYCLES_PER_US;
}

uint32_t clock_ms(void) { return clock.ticks_low * (TICK_US / 1000); }

void clock_pend(void) {
    BOARD_INTERRUPT_CONTROL = INTERRUPT_CONTROL_PEND_PENDSV;
    board_barrier();
}

static void alarm_at_us(uint64_t time_us) {
    const uint64_t now_us = port_now_us();
    uint64_t wait_us = time_us > now_us ? time_us - now_us : 0;
    if (wait_us > ALARM_US_MAX) wait_us = ALARM_US_MAX;
    BOARD_TIMER0->control = 0;
    BOARD_TIMER0->interrupt = 1;
    BOARD_TIMER0->reload = 0; /* once */
    BOARD_TIMER0->value = (uint32_t)wait_us * BOARD_CYCLES_PER_US + 1;
    BOARD_TIMER0->control = TIMER_CONTROL_ENABLE | TIMER_CONTROL_INTERRUPT;
}

void clock_pend_at_us(uint64_t time_us) { alarm_at_us(time_us); }

void clock_on_timer0(void) {
    BOARD_TIMER0->control = 0;
    BOARD_TIMER0->interrupt = 1;
    if (!clock.sleeping) clock_pend();
}

/* Any interrupt other than the tick ends the sleep. */
void port_sleep_until_us(uint64_t deadline_us) {
    clock.sleeping = true;
    alarm_at_us(deadline_us);
    uint32_t tick;
    do {
        tick = clock.ticks_low;
        __asm volatile("wfi");
    } while (clock.ticks_low != tick && port_now_us() < deadline_us);
    clock.sleeping = false;
}
