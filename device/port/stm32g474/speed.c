/* The chip's clocks (clock.h), apart from the time that runs on them. */
#include <stdbool.h>

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/clock.h"

enum {
    POLLS_CRYSTAL = 200000, /* at 16 MHz some 20 ms; it wants 2 */
    POLLS_PLL = 20000,
    POLLS_SETTLE = 64, /* more than 1 us between the halved clock and the whole one */
    WAIT_STATES = 4,   /* of 136 to 170 MHz in boost mode */
    PLL_TIMES = 40,
};

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

/* A bootloader has done it before, and a PLL that something runs from cannot be set up. */
enum status clock_speed_up(void) {
    const bool was_done = (access_read(RCC_CFGR) & RCC_CFGR_SWS) == RCC_CFGR_SWS_PLL;
    const bool crystal = crystal_starts();
    if (!was_done && (!pll_locks(crystal) || !speed_up())) return ST_IO;
    return crystal ? ST_OK : ST_NOT_FOUND;
}
