#include "device/port/sim/panel.h"

#include <string.h>

enum panel_mode { MODE_ROWS, MODE_COLUMNS, MODE_PAGE };
enum { LAST_COLUMN = PANEL_COLUMNS - 1, LAST_PAGE = PANEL_MEMORY_PAGES - 1, MEMORY_ROWS = 64, PUMP_ON = 0x14 };
enum { CONTROL_ONE = 0x80, CONTROL_PIXELS = 0x40 };

void panel_power_up(struct panel *panel) {
    *panel = (struct panel){
        .rows = MEMORY_ROWS, .wiring = 0x12, .mode = MODE_PAGE, .last_page = LAST_PAGE, .last_column = LAST_COLUMN};
    uint32_t noise = 1;
    for (uint32_t i = 0; i < PANEL_MEMORY_BYTES; i++) {
        noise = noise * 1664525u + 1013904223u;
        panel->memory[i] = (uint8_t)(noise >> 24);
    }
}

/* ---- commands */

/* Arguments that follow a command byte. -1: there is no such command. */
static int arguments_of(uint8_t command) {
    if (command <= 0x1f || (command >= 0x40 && command <= 0x7f) || (command >= 0xb0 && command <= 0xb7)) return 0;
    switch (command) {
    case 0x26:
    case 0x27: return 6; /* scrolling, which is not simulated */
    case 0x29:
    case 0x2a: return 5;
    case 0x21:
    case 0x22:
    case 0xa3: return 2;
    case 0x20:
    case 0x81:
    case 0x8d:
    case 0xa8:
    case 0xd3:
    case 0xd5:
    case 0xd9:
    case 0xda:
    case 0xdb: return 1;
    case 0x2e:
    case 0x2f:
    case 0xa0:
    case 0xa1:
    case 0xa4:
    case 0xa5:
    case 0xa6:
    case 0xa7:
    case 0xae:
    case 0xaf:
    case 0xc0:
    case 0xc8:
    case 0xe3: return 0;
    default: return -1;
    }
}

static void obey_place(struct panel *panel, uint8_t command) {
    if (command <= 0x0f)
        panel->column = (uint8_t)((panel->column & 0x70) | command);
    else if (command <= 0x1f)
        panel->column = (uint8_t)((panel->column & 0x0f) | (command & 7) << 4);
    else if (command >= 0xb0 && command <= 0xb7)
        panel->page = command & 7;
    else if (command >= 0x40 && command <= 0x7f)
        panel->start_row = command & 63;
}

static void obey(struct panel *panel) {
    const uint8_t *argument = panel->argument;
    obey_place(panel, panel->command);
    switch (panel->command) {
    case 0x20: panel->mode = argument[0] & 3; break;
    case 0x21:
        panel->first_column = panel->column = argument[0] & LAST_COLUMN;
        panel->last_column = argument[1] & LAST_COLUMN;
        break;
    case 0x22:
        panel->first_page = panel->page = argument[0] & LAST_PAGE;
        panel->last_page = argument[1] & LAST_PAGE;
        break;
    case 0x8d: panel->pump = argument[0] == PUMP_ON; break;
    case 0xa8: panel->rows = (uint8_t)((argument[0] & 63) + 1); break;
    case 0xd3: panel->offset = argument[0] & 63; break;
    case 0xda: panel->wiring = argument[0]; break;
    case 0xa0:
    case 0xa1: panel->columns_turned = panel->command == 0xa1; break;
    case 0xc0:
    case 0xc8: panel->rows_turned = panel->command == 0xc8; break;
    case 0xa4:
    case 0xa5: panel->all_on = panel->command == 0xa5; break;
    case 0xa6:
    case 0xa7: panel->inverted = panel->command == 0xa7; break;
    case 0xae:
    case 0xaf: panel->on = panel->command == 0xaf; break;
    default: break; /* timing and voltages: nothing that one could see here */
    }
}

static enum status take_command(struct panel *panel, uint8_t byte) {
    if (panel->have < panel->wanted) {
        panel->argument[panel->have++] = byte;
    } else {
        int wanted = arguments_of(byte);
        if (wanted < 0) return ST_IO;
        panel->command = byte;
        panel->wanted = (uint8_t)wanted;
        panel->have = 0;
    }
    if (panel->have == panel->wanted) obey(panel);
    return ST_OK;
}

/* ---- pixels */

static bool advance(uint8_t *at, uint8_t first, uint8_t last, uint8_t end) {
    bool wraps = *at == last || *at == end;
    *at = wraps ? first : (uint8_t)(*at + 1);
    return wraps;
}

static void take_pixels(struct panel *panel, uint8_t byte) {
    panel->memory[panel->page * PANEL_COLUMNS + panel->column] = byte;
    panel->pixel_bytes++;
    if (panel->mode == MODE_ROWS) {
        if (advance(&panel->column, panel->first_column, panel->last_column, LAST_COLUMN))
            (void)advance(&panel->page, panel->first_page, panel->last_page, LAST_PAGE);
    } else if (panel->mode == MODE_COLUMNS) {
        if (advance(&panel->page, panel->first_page, panel->last_page, LAST_PAGE))
            (void)advance(&panel->column, panel->first_column, panel->last_column, LAST_COLUMN);
    } else {
        (void)advance(&panel->column, 0, LAST_COLUMN, LAST_COLUMN);
    }
}

enum status panel_write(struct panel *panel, const uint8_t *bytes, size_t length) {
    panel->writes++;
    if (length > panel->longest_write) panel->longest_write = length;
    panel->wanted = panel->have = 0;
    for (size_t i = 0; i < length;) {
        uint8_t control = bytes[i++];
        size_t end = control & CONTROL_ONE ? i + 1 : length;
        if ((control & 0x3f) != 0) return ST_IO;
        for (; i < end && i < length; i++) {
            if (control & CONTROL_PIXELS) {
                take_pixels(panel, bytes[i]);
                continue;
            }
            enum status status = take_command(panel, bytes[i]);
            if (status != ST_OK) return status;
        }
    }
    return ST_OK;
}

/* Modules are mounted so that both directions are turned to look upright. Wired for 64 rows, every second row of a
 * panel of 32 stays dark. */
bool panel_pixel(const struct panel *panel, uint32_t x, uint32_t y) {
    if (!panel->on || !panel->pump || x >= PANEL_COLUMNS || y >= panel->rows || y >= PANEL_ROWS) return false;
    if (panel->all_on) return true;
    bool sequential = (panel->wiring & 0x10) == 0;
    if (!sequential && y % 2 == 1) return false;
    uint32_t column = panel->columns_turned ? x : LAST_COLUMN - x;
    uint32_t line = panel->rows_turned ? y : panel->rows - 1u - y;
    uint32_t row = (line + panel->start_row + panel->offset) % MEMORY_ROWS;
    bool lit = panel->memory[row / 8 * PANEL_COLUMNS + column] >> row % 8 & 1;
    return lit != panel->inverted;
}
