#include "core/base/ring.h"
#include "device/port/boot_port.h"
#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/clock.h"
#include "device/port/mps2_an386/protect.h"
#include "device/port/mps2_an386/start.h"
#include "device/port/port.h"

enum { LINE_BAUD = 115200, LINE_RING_BYTES = 512, BUTTON = 2 };

static volatile uint8_t received[LINE_RING_BYTES];
static struct ring ring = {.bytes = received, .size = LINE_RING_BYTES};

void start_on_uart0_receive(void) {
    BOARD_UART0->interrupt = UART_INTERRUPT_RX;
    while (BOARD_UART0->state & UART_STATE_RX_FULL) ring_put(&ring, (uint8_t)BOARD_UART0->data);
}

void line_start(void) {
    clock_start();
    protect_start();
    BOARD_UART0->baud_divider = BOARD_CLOCK_HZ / LINE_BAUD;
    BOARD_UART0->control = UART_CONTROL_TX | UART_CONTROL_RX | UART_CONTROL_RX_INTERRUPT;
    BOARD_INTERRUPT_PRIORITY[INTERRUPT_UART0_RX] = 0x60;
    BOARD_INTERRUPT_ENABLE = 1u << INTERRUPT_UART0_RX;
}

bool line_button_is_held(void) {
    uint32_t level = 0;
    return port_gpio_read(BUTTON, &level) == ST_OK && level != 0;
}

size_t line_read(uint8_t *to, size_t capacity) { return ring_take(&ring, to, capacity); }

void line_write(const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        while (BOARD_UART0->state & UART_STATE_TX_FULL) {
        }
        BOARD_UART0->data = bytes[i];
    }
}
