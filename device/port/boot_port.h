/* boot_port: what a boot image, and a runtime that one starts, need of their board beyond board.h. */
#ifndef SKEP_DEVICE_PORT_BOOT_PORT_H
#define SKEP_DEVICE_PORT_BOOT_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/boot/table.h"
#include "device/port/board.h"

/* What the board says to the bootloader, and to the runtime that leaves it requests. */
extern const struct boot_board boot_board;
/* In the boot image (device/boot/table.h); of images in slots alone. The linker script says where. */
extern const struct boot_table boot_board_table;

/* ---- of boot images alone */

/* The first thing in a boot image's main: the clock, memory protection and the line run when it returns. */
void line_start(void);
/* Received bytes wait in a ring as large as the bootloader's credit needs; sending waits for the transmitter. */
size_t line_read(uint8_t *to, size_t capacity);
void line_write(const uint8_t *bytes, size_t length);
/* Whether somebody holds the button that keeps the bootloader from starting anything. */
bool line_button_is_held(void);

/* Milliseconds since line_start; wraps. */
uint32_t clock_ms(void);

/* Starts the image whose vector table lies at `vectors`: as after reset, but that the watchdog runs and the memory
 * protection lets execute only the boot image and the slot there. */
_Noreturn void launch(uint32_t vectors);
_Noreturn void launch_reset(void);

#endif
