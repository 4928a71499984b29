/* panel: a simulated SSD1306 with 128 x 32 pixels: decodes what is written to it, keeps its memory, and says which
 * pixels a person sees. Knows nothing of who writes; made from the controller's command table, not from the driver. */
#ifndef SKEP_DEVICE_PORT_SIM_PANEL_H
#define SKEP_DEVICE_PORT_SIM_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum {
    PANEL_COLUMNS = 128,
    PANEL_ROWS = 32,
    PANEL_MEMORY_PAGES = 8, /* the controller's memory has 64 rows */
    PANEL_MEMORY_BYTES = PANEL_COLUMNS * PANEL_MEMORY_PAGES,
    PANEL_ARGUMENTS_MAX = 6,
};

struct panel {
    uint8_t memory[PANEL_MEMORY_BYTES];
    bool on, pump, inverted, all_on, columns_turned, rows_turned;
    uint8_t rows, start_row, offset, wiring, mode; /* mode: enum panel_mode */
    uint8_t page, column, first_page, last_page, first_column, last_column;
    uint8_t command, wanted, have, argument[PANEL_ARGUMENTS_MAX]; /* a command whose arguments are still to come */
    uint32_t writes, pixel_bytes;                                 /* transfers so far; bytes of pixels in them */
    size_t longest_write;
};

/* As after power-up: dark, and memory that holds anything. */
void panel_power_up(struct panel *panel);
/* One I2C write, without the address. ST_IO: no command of this controller; what came before it has been done. */
enum status panel_write(struct panel *panel, const uint8_t *bytes, size_t length);
/* Whether that pixel is lit, as the panel is mounted on usual modules; x from the left, y from the top. */
bool panel_pixel(const struct panel *panel, uint32_t x, uint32_t y);

#endif
