/* board: the registers of mps2-an386 that this port uses, by their names in the ARM AN386 note and the ARMv7-M manual.
 * Private to device/port/mps2_an386. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_BOARD_H
#define SKEP_DEVICE_PORT_MPS2_AN386_BOARD_H

#include <stdint.h>

enum { BOARD_CLOCK_HZ = 25000000, BOARD_CYCLES_PER_US = BOARD_CLOCK_HZ / 1000000 };

struct board_uart {
    volatile uint32_t data, state, control, interrupt, baud_divider;
};
enum { UART_STATE_TX_FULL = 1, UART_STATE_RX_FULL = 2 };
enum { UART_CONTROL_TX = 1, UART_CONTROL_RX = 2, UART_CONTROL_RX_INTERRUPT = 8 };
enum { UART_INTERRUPT_RX = 2 };
#define BOARD_UART0 ((struct board_uart *)0x40004000)
#define BOARD_UART1 ((struct board_uart *)0x40005000)
#define BOARD_UART2 ((struct board_uart *)0x40006000)

struct board_timer {
    volatile uint32_t control, value, reload, interrupt;
};
enum { TIMER_CONTROL_ENABLE = 1, TIMER_CONTROL_INTERRUPT = 8 };
#define BOARD_TIMER0 ((struct board_timer *)0x40000000)

struct board_watchdog {
    volatile uint32_t load, value, control, interrupt_clear;
    uint32_t unused[(0xc00 - 0x10) / 4];
    volatile uint32_t lock;
};
enum { WATCHDOG_CONTROL_INTERRUPT = 1, WATCHDOG_CONTROL_RESET = 2, WATCHDOG_UNLOCK = 0x1acce551 };
#define BOARD_WATCHDOG ((struct board_watchdog *)0x40008000)

struct board_fpga_io {
    volatile uint32_t led, unused, button;
};
#define BOARD_FPGA_IO ((struct board_fpga_io *)0x40028000)
/* The second row of LEDs, eight of them. */
#define BOARD_SCC_LED (*(volatile uint32_t *)0x4002f004)

struct board_systick {
    volatile uint32_t control, reload, value;
};
enum { SYSTICK_CONTROL_ENABLE = 1, SYSTICK_CONTROL_INTERRUPT = 2, SYSTICK_CONTROL_CORE_CLOCK = 4 };
#define BOARD_SYSTICK ((struct board_systick *)0xe000e010)

#define BOARD_INTERRUPT_ENABLE   (*(volatile uint32_t *)0xe000e100)
#define BOARD_INTERRUPT_DISABLE  (*(volatile uint32_t *)0xe000e180)
#define BOARD_INTERRUPT_UNPEND   (*(volatile uint32_t *)0xe000e280)
#define BOARD_VECTORS            (*(volatile uint32_t *)0xe000ed08)
#define BOARD_INTERRUPT_CONTROL  (*(volatile uint32_t *)0xe000ed04)
#define BOARD_INTERRUPT_PRIORITY ((volatile uint8_t *)0xe000e400)
#define BOARD_SYSTEM_PRIORITY    ((volatile uint8_t *)0xe000ed14) /* by exception number, from 4 */
#define BOARD_RESET_CONTROL      (*(volatile uint32_t *)0xe000ed0c)
#define BOARD_FAULT_CONTROL      (*(volatile uint32_t *)0xe000ed24)
#define BOARD_FAULT_STATUS       (*(volatile uint32_t *)0xe000ed28)
#define BOARD_FAULT_ADDRESS      (*(volatile uint32_t *)0xe000ed34)
#define BOARD_COPROCESSOR_ACCESS (*(volatile uint32_t *)0xe000ed88)
enum { INTERRUPT_UART0_RX = 0, INTERRUPT_UART2_RX = 4, INTERRUPT_TIMER0 = 8 };
enum { EXCEPTION_MEMORY = 4, EXCEPTION_PENDSV = 14, EXCEPTION_SYSTICK = 15, EXCEPTION_INTERRUPTS = 16 };
#define BOARD_RESET_REQUEST             0x05fa0004u
#define INTERRUPT_CONTROL_PEND_PENDSV   0x10000000u
#define INTERRUPT_CONTROL_SYSTICK_PENDS 0x04000000u

struct board_mpu {
    volatile uint32_t type, control, number, base, attributes;
};
#define BOARD_MPU ((struct board_mpu *)0xe000ed90)

static inline uint32_t board_interrupts_off(void) {
    uint32_t before;
    __asm volatile("mrs %0, primask\n cpsid i" : "=r"(before)::"memory");
    return before;
}
static inline void board_interrupts_restore(uint32_t before) {
    __asm volatile("msr primask, %0" ::"r"(before) : "memory");
}
static inline void board_barrier(void) { __asm volatile("dsb\n isb" ::: "memory"); }

#endif
