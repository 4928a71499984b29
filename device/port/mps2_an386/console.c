/* The console on UART0 and the guests' serial port on UART2: received bytes wait in a ring that the interrupt fills and
 * one reader empties; what does not fit is dropped, as hardware would. Sending polls: the transmitter takes what it can
 * and the caller keeps the rest. */
#include "device/port/mps2_an386/console.h"

#include "core/base/ring.h"
#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/clock.h"
#include "device/port/mps2_an386/start.h"
#include "device/port/port.h"

/* The console's holds the longest frame at its worst, twice: nothing is lost while the executive looks elsewhere. */
enum { CONSOLE_RING_BYTES = 4096, GUEST_RING_BYTES = 256 };
_Static_assert((CONSOLE_RING_BYTES & (CONSOLE_RING_BYTES - 1)) == 0, "indices wrap by a mask");
_Static_assert((GUEST_RING_BYTES & (GUEST_RING_BYTES - 1)) == 0, "indices wrap by a mask");

static volatile uint8_t console_bytes[CONSOLE_RING_BYTES], guest_bytes[GUEST_RING_BYTES];
static struct ring console_ring = {.bytes = console_bytes, .size = CONSOLE_RING_BYTES},
                   guest_ring = {.bytes = guest_bytes, .size = GUEST_RING_BYTES};

static void receive(struct board_uart *uart, struct ring *ring) {
    uart->interrupt = UART_INTERRUPT_RX;
    while (uart->state & UART_STATE_RX_FULL) (void)ring_put(ring, (uint8_t)uart->data);
    clock_pend();
}
struct console_counts console_counts(void) {
    return (struct console_counts){
        .lost = console_ring.lost, .waiting_most = console_ring.most, .waiting_max = console_ring.size};
}
void start_on_uart0_receive(void) { receive(BOARD_UART0, &console_ring); }
void start_on_uart2_receive(void) { receive(BOARD_UART2, &guest_ring); }

static size_t uart_write(struct board_uart *uart, const uint8_t *bytes, size_t length) {
    size_t done = 0;
    while (done < length && !(uart->state & UART_STATE_TX_FULL)) uart->data = bytes[done++];
    return done;
}
static void uart_start(struct board_uart *uart, uint32_t baud, uint32_t interrupt) {
    uart->baud_divider = BOARD_CLOCK_HZ / baud;
    uart->control = UART_CONTROL_TX | UART_CONTROL_RX | UART_CONTROL_RX_INTERRUPT;
    BOARD_INTERRUPT_PRIORITY[interrupt] = 0x60;
    BOARD_INTERRUPT_ENABLE = 1u << interrupt;
}

void console_start(void) {
    uart_start(BOARD_UART0, 115200, INTERRUPT_UART0_RX);
    uart_start(BOARD_UART2, 115200, INTERRUPT_UART2_RX);
    BOARD_UART1->baud_divider = 16;
    BOARD_UART1->control = UART_CONTROL_TX;
}

size_t port_console_write(const void *bytes, size_t length) { return uart_write(BOARD_UART0, bytes, length); }
size_t port_console_read(void *to, size_t capacity) { return ring_take(&console_ring, to, capacity); }

size_t console_report_write(const void *bytes, size_t length) { return uart_write(BOARD_UART1, bytes, length); }

/* Port 1 of the guests is UART2; 0 and the reports' are not for them. */
enum { GUEST_PORT = 1, BAUD_MIN = 300, BAUD_MAX = 1000000 };

enum status port_uart_config(uint32_t port, uint32_t baud) {
    if (port != GUEST_PORT) return ST_UNSUPPORTED;
    if (baud < BAUD_MIN || baud > BAUD_MAX) return ST_INVALID;
    uart_start(BOARD_UART2, baud, INTERRUPT_UART2_RX);
    return ST_OK;
}
enum status port_uart_write(uint32_t port, const void *bytes, size_t length, size_t *done) {
    *done = 0;
    if (port != GUEST_PORT) return ST_UNSUPPORTED;
    *done = uart_write(BOARD_UART2, bytes, length);
    return ST_OK;
}
enum status port_uart_read(uint32_t port, void *to, size_t capacity, size_t *done) {
    *done = 0;
    if (port != GUEST_PORT) return ST_UNSUPPORTED;
    *done = ring_take(&guest_ring, to, capacity);
    return ST_OK;
}
