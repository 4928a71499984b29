#include "device/port/stm32g474/clock.h"

#include <stdbool.h>

#include "device/port/port.h"
#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/interrupt.h"

#define ALARM_US_MAX 0x7fffffffu

/* high counts the times that the 32 bits of TIM2 have wrapped; the interrupt alone writes it. */
static struct {
    volatile uint32_t high;
    volatile bool sleeping;
} clock;

static void start_timer(void) {
    access_set(RCC_APB1ENR1, RCC_APB1ENR1_TIM2);
    access_write(TIM2_PSC, CHIP_CYCLES_PER_US - 1);
    access_write(TIM2_ARR, UINT32_MAX);
    access_write(TIM2_CR1, TIM_CR1_URS);
    access_write(TIM2_EGR, TIM_EGR_UG); /* takes the prescaler at once */
    access_write(TIM2_SR, 0);
    access_write(TIM2_DIER, TIM_DIER_UIE);
    access_write(TIM2_CR1, TIM_CR1_URS | TIM_CR1_CEN);
    interrupt_enable(INTERRUPT_TIM2, INTERRUPT_PRIORITY_CLOCK);
    interrupt_pendsv_lowest();
}

enum status clock_start(void) {
    const enum status status = clock_speed_up();
    if (status != ST_IO) start_timer();
    return status;
}

/* A wrap that has happened but was not counted shows as pending; the counter is read again then, because it may have
 * wrapped between the two reads. */
uint64_t port_now_us(void) {
    const uint32_t before = access_interrupts_off();
    uint32_t high = clock.high, low = access_read(TIM2_CNT);
    if (access_read(TIM2_SR) & TIM_SR_UIF) {
        high++;
        low = access_read(TIM2_CNT);
    }
    access_interrupts_restore(before);
    return (uint64_t)high << 32 | low;
}

void clock_pend(void) {
    access_write(CORE_INTERRUPT_CONTROL, CORE_PEND_PENDSV);
    access_barrier();
}

/* False: the time has come already, and there will be no alarm. */
static bool alarm_at_us(uint64_t time_us) {
    const uint64_t now_us = port_now_us();
    access_write(TIM2_DIER, TIM_DIER_UIE);
    access_write(TIM2_SR, (uint32_t)~TIM_SR_CC1);
    if (time_us <= now_us) return false;
    if (time_us - now_us > ALARM_US_MAX) time_us = now_us + ALARM_US_MAX;
    access_write(TIM2_CCR1, (uint32_t)time_us);
    access_write(TIM2_DIER, TIM_DIER_UIE | TIM_DIER_CC1);
    return port_now_us() < time_us; /* a compare that was passed before it was set would come in 71 minutes */
}

void clock_pend_at_us(uint64_t time_us) {
    if (!alarm_at_us(time_us)) clock_pend();
}

void clock_on_tim2(void) {
    const uint32_t status = access_read(TIM2_SR);
    if (status & TIM_SR_UIF) {
        access_write(TIM2_SR, (uint32_t)~TIM_SR_UIF);
        clock.high = clock.high + 1;
    }
    if (status & TIM_SR_CC1) {
        access_write(TIM2_DIER, TIM_DIER_UIE);
        access_write(TIM2_SR, (uint32_t)~TIM_SR_CC1);
        if (!clock.sleeping) clock_pend();
    }
}

/* Any interrupt ends the sleep. */
void port_sleep_until_us(uint64_t deadline_us) {
    clock.sleeping = true;
    if (alarm_at_us(deadline_us)) access_wait_for_interrupt();
    clock.sleeping = false;
}
