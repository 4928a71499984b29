#include "device/port/stm32g474/clock.h"

#include <stdbool.h>

#include "device/port/port.h"
#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/interrupt.h"

enum {
    POLLS_CRYSTAL = 200000, /* at 16 MHz some 20 ms; it wants 2 */
    POLLS_PLL = 20000,
    POLLS_SETTLE = 64, /* more than 1 us between the halved clock and the whole one */
    WAIT_STATES = 4,   /* of 136 to 170 MHz in boost mode */
    PLL_TIMES = 40,
};
#define ALARM_US_MAX 0x7fffffffu

/* high counts the times that the 32 bits of TIM2 have wrapped; the interrupt alone writes it. */
static struct {
    volatile uint32_t high;
    volatile bool sleeping;
} clock;

static bool becomes(uint32_t address, uint32_t mask, uint32_t value, uint32_t polls) {
    for (uint32_t i = 0; i < polls; i++)
        if ((access_read(address) & mask) == value) return true;
    return false;
}

static bool crystal_starts(void) {
    access_set(RCC_CR, RCC_CR_HSEON);
    return becomes(RCC_CR, RCC_CR_HSERDY, RCC_CR_HSERDY, POLLS_CRYSTAL);
}

static bool pll_locks(bool crystal) {
    access_write(RCC_PLLCFGR, (crystal ? RCC_PLLCFGR_HSE | RCC_PLLCFGR_M(1u) : RCC_PLLCFGR_HSI | RCC_PLLCFGR_M(2u)) |
                                  RCC_PLLCFGR_N((uint32_t)PLL_TIMES) | RCC_PLLCFGR_R_2 | RCC_PLLCFGR_REN);
    access_set(RCC_CR, RCC_CR_PLLON);
    return becomes(RCC_CR, RCC_CR_PLLRDY, RCC_CR_PLLRDY, POLLS_PLL);
}

/* RM0440 6.1.5, normal to boost: wait states before speed, and half of the speed for the first microsecond. */
static bool speed_up(void) {
    access_set(RCC_APB1ENR1, RCC_APB1ENR1_PWR);
    access_clear(PWR_CR5, PWR_CR5_R1MODE);
    access_field(FLASH_ACR, FLASH_ACR_LATENCY, WAIT_STATES);
    access_set(FLASH_ACR, FLASH_ACR_PRFTEN | FLASH_ACR_ICEN | FLASH_ACR_DCEN);
    if (!becomes(FLASH_ACR, FLASH_ACR_LATENCY, WAIT_STATES, POLLS_PLL)) return false;
    access_field(RCC_CFGR, RCC_CFGR_HPRE, RCC_CFGR_HPRE_HALF);
    access_field(RCC_CFGR, RCC_CFGR_SW, RCC_CFGR_SW_PLL);
    if (!becomes(RCC_CFGR, RCC_CFGR_SWS, RCC_CFGR_SWS_PLL, POLLS_PLL)) return false;
    for (uint32_t i = 0; i < POLLS_SETTLE; i++) (void)access_read(RCC_CFGR);
    access_field(RCC_CFGR, RCC_CFGR_HPRE, 0);
    return true;
}

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
    const bool crystal = crystal_starts();
    if (!pll_locks(crystal) || !speed_up()) return ST_IO;
    start_timer();
    return crystal ? ST_OK : ST_NOT_FOUND;
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

_Noreturn void port_reset(void) {
    access_barrier();
    access_write(CORE_RESET_CONTROL, CORE_RESET_REQUEST);
    access_barrier();
    for (;;) access_wait_for_interrupt();
}
