/* chip: the registers of STM32G474 that this port uses, by their names in RM0440 and in the ARMv7-M manual. */
#ifndef SKEP_DEVICE_PORT_STM32G474_CHIP_H
#define SKEP_DEVICE_PORT_STM32G474_CHIP_H

#include <stdint.h>

/* Clocks: crystal of 8 MHz, times 40, halved. Without the crystal the inner 16 MHz give the same. */
enum { CHIP_CLOCK_HZ = 160000000, CHIP_HSI_HZ = 16000000, CHIP_CYCLES_PER_US = CHIP_CLOCK_HZ / 1000000 };

/* RM0440 section 7: reset and clock control. */
enum {
    RCC_CR = 0x40021000,
    RCC_CFGR = 0x40021008,
    RCC_PLLCFGR = 0x4002100c,
    RCC_AHB1ENR = 0x40021048,
    RCC_AHB2ENR = 0x4002104c,
    RCC_APB1ENR1 = 0x40021058,
    RCC_APB2ENR = 0x40021060,
    RCC_CCIPR = 0x40021088,
    RCC_CSR = 0x40021094,
    RCC_CRRCR = 0x40021098,
};
#define RCC_CR_HSION        (1u << 8)
#define RCC_CR_HSIRDY       (1u << 10)
#define RCC_CR_HSEON        (1u << 16)
#define RCC_CR_HSERDY       (1u << 17)
#define RCC_CR_PLLON        (1u << 24)
#define RCC_CR_PLLRDY       (1u << 25)
#define RCC_CFGR_SW         (3u << 0)
#define RCC_CFGR_SW_PLL     (3u << 0)
#define RCC_CFGR_SWS        (3u << 2)
#define RCC_CFGR_SWS_PLL    (3u << 2)
#define RCC_CFGR_HPRE       (15u << 4)
#define RCC_CFGR_HPRE_HALF  (8u << 4)
#define RCC_PLLCFGR_HSI     2u
#define RCC_PLLCFGR_HSE     3u
#define RCC_PLLCFGR_M(m)    (((m) - 1u) << 4)
#define RCC_PLLCFGR_N(n)    ((n) << 8)
#define RCC_PLLCFGR_REN     (1u << 24)
#define RCC_PLLCFGR_R_2     (0u << 25)
#define RCC_AHB2ENR_GPIOA   (1u << 0)
#define RCC_AHB2ENR_GPIOB   (1u << 1)
#define RCC_AHB2ENR_GPIOC   (1u << 2)
#define RCC_AHB2ENR_RNG     (1u << 26)
#define RCC_APB1ENR1_TIM2   (1u << 0)
#define RCC_APB1ENR1_USART2 (1u << 17)
#define RCC_APB1ENR1_I2C1   (1u << 21)
#define RCC_APB1ENR1_PWR    (1u << 28)
#define RCC_APB2ENR_SYSCFG  (1u << 0)
#define RCC_APB2ENR_USART1  (1u << 14)
#define RCC_CCIPR_I2C1_HSI  (2u << 12)
#define RCC_CCIPR_CLK48     (3u << 26) /* zeros: HSI48 */
#define RCC_CSR_LSION       (1u << 0)
#define RCC_CSR_LSIRDY      (1u << 1)
#define RCC_CSR_RMVF        (1u << 23)
#define RCC_CSR_PINRSTF     (1u << 26)
#define RCC_CSR_BORRSTF     (1u << 27)
#define RCC_CSR_SFTRSTF     (1u << 28)
#define RCC_CSR_IWDGRSTF    (1u << 29)
#define RCC_CRRCR_HSI48ON   (1u << 0)
#define RCC_CRRCR_HSI48RDY  (1u << 1)

/* Section 6: power. Above 150 MHz the core wants range 1 boost. */
enum { PWR_CR1 = 0x40007000, PWR_SR2 = 0x40007014, PWR_CR5 = 0x40007080 };
#define PWR_CR1_VOS    (3u << 9)
#define PWR_CR1_VOS_1  (1u << 9)
#define PWR_SR2_VOSF   (1u << 10)
#define PWR_CR5_R1MODE (1u << 8) /* 0: boost */

/* Section 3: flash. */
enum {
    FLASH_ACR = 0x40022000,
    FLASH_KEYR = 0x40022008,
    FLASH_SR = 0x40022010,
    FLASH_CR = 0x40022014,
    FLASH_ECCR = 0x40022018,
    FLASH_OPTR = 0x40022020,
};
#define FLASH_ACR_LATENCY 15u
#define FLASH_ACR_PRFTEN  (1u << 8)
#define FLASH_ACR_ICEN    (1u << 9)
#define FLASH_ACR_DCEN    (1u << 10)
#define FLASH_ACR_ICRST   (1u << 11)
#define FLASH_ACR_DCRST   (1u << 12)
#define FLASH_KEY1        0x45670123u
#define FLASH_KEY2        0xcdef89abu
#define FLASH_SR_EOP      (1u << 0)
#define FLASH_SR_OPERR    (1u << 1)
#define FLASH_SR_PROGERR  (1u << 3)
#define FLASH_SR_WRPERR   (1u << 4)
#define FLASH_SR_PGAERR   (1u << 5)
#define FLASH_SR_SIZERR   (1u << 6)
#define FLASH_SR_PGSERR   (1u << 7)
#define FLASH_SR_MISSERR  (1u << 8)
#define FLASH_SR_FASTERR  (1u << 9)
#define FLASH_SR_ERRORS   0x3fau
#define FLASH_SR_BSY      (1u << 16)
#define FLASH_CR_PG       (1u << 0)
#define FLASH_CR_PER      (1u << 1)
#define FLASH_CR_PNB(n)   ((n) << 3)
#define FLASH_CR_BKER     (1u << 11)
#define FLASH_CR_STRT     (1u << 16)
#define FLASH_CR_LOCK     (1u << 31)
#define FLASH_ECCR_ECCC   (1u << 30)
#define FLASH_ECCR_ECCD   (1u << 31)
#define FLASH_OPTR_DBANK  (1u << 22)

/* Section 9: pins; one block for each port. */
enum { GPIO_BASE = 0x48000000, GPIO_BLOCK = 0x400 };
enum {
    GPIO_MODER = 0x00,
    GPIO_OTYPER = 0x04,
    GPIO_OSPEEDR = 0x08,
    GPIO_PUPDR = 0x0c,
    GPIO_IDR = 0x10,
    GPIO_ODR = 0x14,
    GPIO_BSRR = 0x18,
    GPIO_AFRL = 0x20,
};
enum { GPIO_MODE_INPUT, GPIO_MODE_OUTPUT, GPIO_MODE_ALTERNATE, GPIO_MODE_ANALOG };
enum { GPIO_PULL_NONE, GPIO_PULL_UP, GPIO_PULL_DOWN };

/* Sections 10 and 15: which port an edge line listens to, and the lines. */
enum {
    SYSCFG_EXTICR1 = 0x40010008,
    EXTI_IMR1 = 0x40010400,
    EXTI_RTSR1 = 0x40010408,
    EXTI_FTSR1 = 0x4001040c,
    EXTI_PR1 = 0x40010414,
};

/* Section 30: TIM2, of 32 bits. */
enum {
    TIM2_CR1 = 0x40000000,
    TIM2_DIER = 0x4000000c,
    TIM2_SR = 0x40000010,
    TIM2_EGR = 0x40000014,
    TIM2_CNT = 0x40000024,
    TIM2_PSC = 0x40000028,
    TIM2_ARR = 0x4000002c,
    TIM2_CCR1 = 0x40000034,
};
#define TIM_CR1_CEN  (1u << 0)
#define TIM_CR1_URS  (1u << 2) /* only an overflow is an update */
#define TIM_DIER_UIE (1u << 0)
#define TIM_DIER_CC1 (1u << 1)
#define TIM_SR_UIF   (1u << 0)
#define TIM_SR_CC1   (1u << 1)
#define TIM_EGR_UG   (1u << 0)

/* Section 37: serial lines. */
enum { USART1_BASE = 0x40013800, USART2_BASE = 0x40004400 };
enum { USART_CR1 = 0x00, USART_BRR = 0x0c, USART_ISR = 0x1c, USART_ICR = 0x20, USART_RDR = 0x24, USART_TDR = 0x28 };
#define USART_CR1_UE     (1u << 0)
#define USART_CR1_RE     (1u << 2)
#define USART_CR1_TE     (1u << 3)
#define USART_CR1_RXNEIE (1u << 5)
#define USART_CR1_FIFOEN (1u << 29)
#define USART_ISR_ORE    (1u << 3)
#define USART_ISR_RXNE   (1u << 5)
#define USART_ISR_TXE    (1u << 7)

/* Section 41: I2C1. */
enum {
    I2C1_CR1 = 0x40005400,
    I2C1_CR2 = 0x40005404,
    I2C1_TIMINGR = 0x40005410,
    I2C1_ISR = 0x40005418,
    I2C1_ICR = 0x4000541c,
    I2C1_RXDR = 0x40005424,
    I2C1_TXDR = 0x40005428,
};
#define I2C_CR1_PE         (1u << 0)
#define I2C_CR2_READ       (1u << 10)
#define I2C_CR2_START      (1u << 13)
#define I2C_CR2_AUTOEND    (1u << 25)
#define I2C_CR2_NBYTES(n)  ((uint32_t)(n) << 16)
#define I2C_ISR_TXIS       (1u << 1)
#define I2C_ISR_RXNE       (1u << 2)
#define I2C_ISR_NACKF      (1u << 4)
#define I2C_ISR_STOPF      (1u << 5)
#define I2C_ISR_TC         (1u << 6)
#define I2C_ISR_BERR       (1u << 8)
#define I2C_ISR_ARLO       (1u << 9)
#define I2C_ISR_BUSY       (1u << 15)
#define I2C_ISR_ENDS       0x3f30u     /* what ICR clears */
#define I2C_TIMING_100_KHZ 0x30420f13u /* from HSI16: 4 MHz, 20 low, 16 high */

/* Section 43: the independent watchdog, on its own 32 kHz. */
enum { IWDG_KR = 0x40003000, IWDG_PR = 0x40003004, IWDG_RLR = 0x40003008, IWDG_SR = 0x4000300c };
enum { IWDG_UNLOCK = 0x5555, IWDG_FEED = 0xaaaa, IWDG_START = 0xcccc, IWDG_HZ = 32000, IWDG_RELOAD_MAX = 4095 };

/* Section 26: random numbers. */
enum { RNG_CR = 0x50060800, RNG_SR = 0x50060804, RNG_DR = 0x50060808 };
#define RNG_CR_RNGEN  (1u << 2)
#define RNG_SR_DRDY   (1u << 0)
#define RNG_SR_FAULTS 0x66u

/* ARMv7-M: interrupt controller, system control, memory protection. */
#define CORE_NVIC_ENABLE(n)    (0xe000e100u + 4 * ((n) / 32u))
#define CORE_NVIC_DISABLE(n)   (0xe000e180u + 4 * ((n) / 32u))
#define CORE_NVIC_UNPEND(n)    (0xe000e280u + 4 * ((n) / 32u))
#define CORE_NVIC_PRIORITY(n)  (0xe000e400u + 4 * ((n) / 4u))
#define CORE_SYSTEM_PRIORITY_3 0xe000ed20u /* PendSV in bits 23..16, SysTick in 31..24 */
#define CORE_INTERRUPT_CONTROL 0xe000ed04u
#define CORE_VECTORS           0xe000ed08u
#define CORE_RESET_CONTROL     0xe000ed0cu
#define CORE_FAULT_CONTROL     0xe000ed24u
#define CORE_MPU_CONTROL       0xe000ed94u
#define CORE_MPU_NUMBER        0xe000ed98u
#define CORE_MPU_BASE          0xe000ed9cu
#define CORE_MPU_ATTRIBUTES    0xe000eda0u
#define CORE_PEND_PENDSV       0x10000000u
#define CORE_UNPEND_PENDSV     0x08000000u
#define CORE_RESET_REQUEST     0x05fa0004u
#define CORE_MEMORY_FAULTS     (1u << 16)
enum {
    INTERRUPT_EXTI0 = 6,
    INTERRUPT_EXTI9_5 = 23,
    INTERRUPT_TIM2 = 28,
    INTERRUPT_USART1 = 37,
    INTERRUPT_USART2 = 38,
    INTERRUPT_EXTI15_10 = 40,
};

#endif
