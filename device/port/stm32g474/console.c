/* The console on USART1 and the reports on USART2, 115200 baud, 8N1. Received bytes wait in a ring that the interrupt
 * fills and one reader empties; what does not fit is dropped, as hardware would. Sending polls: the transmitter takes
 * what its queue holds and the caller keeps the rest. */
#include "device/port/stm32g474/console.h"

#include "core/base/ring.h"
#include "device/port/port.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/interrupt.h"
#include "device/port/stm32g474/pin.h"

enum { BAUD = 115200, RING_BYTES = 512, ALTERNATE_USART = 7, PORT_A = 0 };
_Static_assert((RING_BYTES & (RING_BYTES - 1)) == 0, "indices wrap by a mask");

static volatile uint8_t bytes_received[RING_BYTES];
static struct ring received = {.bytes = bytes_received, .size = RING_BYTES};

static void usart_start(uint32_t base, uint32_t cr1) {
    access_write(base + USART_CR1, 0);
    access_write(base + USART_BRR, (CHIP_CLOCK_HZ + BAUD / 2) / BAUD);
    access_write(base + USART_CR1, cr1 | USART_CR1_FIFOEN);
    access_write(base + USART_CR1, cr1 | USART_CR1_FIFOEN | USART_CR1_UE);
}

void console_start_link(void) {
    access_set(RCC_APB2ENR, RCC_APB2ENR_USART1);
    pin_alternate(PORT_A, 9, ALTERNATE_USART, GPIO_PULL_NONE, 0);
    pin_alternate(PORT_A, 10, ALTERNATE_USART, GPIO_PULL_UP, 0); /* an open line is a quiet one */
    usart_start(USART1_BASE, USART_CR1_TE | USART_CR1_RE | USART_CR1_RXNEIE);
    interrupt_enable(INTERRUPT_USART1, INTERRUPT_PRIORITY_DEVICE);
}
void console_start(void) {
    console_start_link();
    access_set(RCC_APB1ENR1, RCC_APB1ENR1_USART2);
    pin_alternate(PORT_A, 2, ALTERNATE_USART, GPIO_PULL_NONE, 0);
    pin_alternate(PORT_A, 3, ALTERNATE_USART, GPIO_PULL_UP, 0);
    usart_start(USART2_BASE, USART_CR1_TE);
}

void console_on_usart1(void) {
    while (access_read(USART1_BASE + USART_ISR) & USART_ISR_RXNE)
        (void)ring_put(&received, (uint8_t)access_read(USART1_BASE + USART_RDR));
    access_write(USART1_BASE + USART_ICR, USART_ISR_ORE); /* an overrun would ask for this interrupt for ever */
    clock_pend();
}

static size_t usart_write(uint32_t base, const uint8_t *bytes, size_t length) {
    size_t done = 0;
    while (done < length && access_read(base + USART_ISR) & USART_ISR_TXE)
        access_write(base + USART_TDR, bytes[done++]);
    return done;
}
size_t port_console_write(const void *bytes, size_t length) { return usart_write(USART1_BASE, bytes, length); }
size_t port_console_read(void *to, size_t capacity) { return ring_take(&received, to, capacity); }
size_t console_report_write(const void *bytes, size_t length) { return usart_write(USART2_BASE, bytes, length); }
