#include "device/display/ssd1306.h"

#include <string.h>

#include "device/port/port.h"

/* Control bytes, before what they announce: one command byte, commands to the end, pixels to the end. */
enum { ONE_COMMAND = 0x80, COMMANDS = 0x00, PIXELS = 0x40 };
enum { SET_PAGE = 0xb0, SET_COLUMN_LOW = 0x00, SET_COLUMN_HIGH = 0x10, PLACE_BYTES = 7, CHUNK_BYTES = 16 };
_Static_assert(PLACE_BYTES + CHUNK_BYTES <= SSD1306_TRANSFER_BYTES, "a chunk and its place are one transfer");

static const uint8_t geometry[] = {
    COMMANDS, 0xd5, 0x80, /* clock */
    0xa8,     0x1f,       /* 32 rows */
    0xd3,     0x00, 0x40, /* the first row first */
    0x20,     0x02,       /* a column after the other within a page */
    0xa1,     0xc8,       /* mounted with column 127 and row 31 first */
    0xda,     0x02,       /* rows one after the other, as on panels of 32 */
};
static const uint8_t power[] = {
    COMMANDS, 0x8d, 0x14,       /* makes its own voltage */
    0x81,     0x8f, 0xd9, 0xf1, /* contrast, precharge, */
    0xdb,     0x40,             /* deselect level */
    0xa4,     0xa6, 0x2e,       /* shows its memory, not inverted, not scrolling */
};
static const uint8_t light[] = {COMMANDS, 0xaf};

/* Set up in this order. After power-up a panel is dark, and its memory holds anything: the frame is sent before the
 * light goes on. One that is lit already does not flicker. */
enum setup { SETUP_GEOMETRY, SETUP_POWER, SETUP_FRAME, SETUP_LIGHT, SETUP_DONE };

static void all_differs(struct ssd1306 *panel) {
    memset(panel->first, 0, sizeof panel->first);
    memset(panel->end, SSD1306_COLUMNS, sizeof panel->end);
}

void ssd1306_init(struct ssd1306 *panel, uint32_t bus, uint32_t address) {
    *panel = (struct ssd1306){.bus = bus, .address = address, .retry_delay_us = SSD1306_RETRY_MIN_US};
    all_differs(panel);
}

void ssd1306_draw(struct ssd1306 *panel, uint32_t page, uint32_t column, uint8_t rows) {
    uint8_t *byte = &panel->frame[page * SSD1306_COLUMNS + column];
    if (*byte == rows) return;
    *byte = rows;
    bool clean = panel->end[page] == 0;
    if (clean || column < panel->first[page]) panel->first[page] = (uint8_t)column;
    if (clean || column >= panel->end[page]) panel->end[page] = (uint8_t)(column + 1);
}

static bool transfer(struct ssd1306 *panel, const uint8_t *bytes, uint32_t count) {
    panel->transfers++;
    panel->bytes += count;
    return port_i2c_transfer(panel->bus, panel->address, bytes, count, NULL, 0) == ST_OK;
}

/* The first page of which something is to be sent; SSD1306_PAGES: none. */
static uint32_t changed_page(const struct ssd1306 *panel) {
    uint32_t page = 0;
    while (page < SSD1306_PAGES && panel->end[page] == 0) page++;
    return page;
}

static bool send_chunk(struct ssd1306 *panel, uint32_t page) {
    uint32_t first = panel->first[page], count = panel->end[page] - first;
    if (count > CHUNK_BYTES) count = CHUNK_BYTES;
    uint8_t bytes[SSD1306_TRANSFER_BYTES] = {ONE_COMMAND, (uint8_t)(SET_PAGE | page),
                                             ONE_COMMAND, (uint8_t)(SET_COLUMN_LOW | (first & 15)),
                                             ONE_COMMAND, (uint8_t)(SET_COLUMN_HIGH | first >> 4),
                                             PIXELS};
    memcpy(bytes + PLACE_BYTES, &panel->frame[page * SSD1306_COLUMNS + first], count);
    if (!transfer(panel, bytes, PLACE_BYTES + count)) return false;
    panel->first[page] = (uint8_t)(first + count);
    if (panel->first[page] == panel->end[page]) panel->end[page] = 0;
    return true;
}

static bool send_frame(struct ssd1306 *panel) {
    uint32_t page = changed_page(panel);
    bool sent = page == SSD1306_PAGES || send_chunk(panel, page);
    if (sent && panel->setup == SETUP_FRAME && changed_page(panel) == SSD1306_PAGES) panel->setup = SETUP_LIGHT;
    return sent;
}

static bool send_some(struct ssd1306 *panel) {
    bool sent = false;
    switch ((enum setup)panel->setup) {
    case SETUP_GEOMETRY: sent = transfer(panel, geometry, sizeof geometry); break;
    case SETUP_POWER: sent = transfer(panel, power, sizeof power); break;
    case SETUP_FRAME:
    case SETUP_DONE: return send_frame(panel);
    case SETUP_LIGHT: sent = transfer(panel, light, sizeof light); break;
    }
    if (sent) panel->setup++;
    return sent;
}

static void start_anew(struct ssd1306 *panel) {
    panel->setup = SETUP_GEOMETRY;
    all_differs(panel);
}

/* It may have lost its power: when it answers again, it is set up anew, and all of the frame is sent. */
static void give_up_for_now(struct ssd1306 *panel, uint64_t now_us) {
    panel->failures++;
    panel->silent = true;
    start_anew(panel);
    panel->retry_us = now_us + panel->retry_delay_us;
    panel->retry_delay_us *= 2;
    if (panel->retry_delay_us > SSD1306_RETRY_MAX_US) panel->retry_delay_us = SSD1306_RETRY_MAX_US;
}

static void is_lit(struct ssd1306 *panel, uint64_t now_us) {
    panel->silent = false;
    panel->retry_delay_us = SSD1306_RETRY_MIN_US;
    panel->refresh_us = now_us + SSD1306_REFRESH_US;
}

uint64_t ssd1306_step(struct ssd1306 *panel, uint64_t now_us) {
    if (now_us < panel->retry_us) return panel->retry_us;
    if (panel->setup == SETUP_DONE && now_us >= panel->refresh_us) start_anew(panel);
    bool was_done = panel->setup == SETUP_DONE;
    if (!was_done || changed_page(panel) != SSD1306_PAGES) {
        if (!send_some(panel)) {
            give_up_for_now(panel, now_us);
            return panel->retry_us;
        }
        if (!was_done && panel->setup == SETUP_DONE) is_lit(panel, now_us);
    }
    bool idle = panel->setup == SETUP_DONE && changed_page(panel) == SSD1306_PAGES;
    return idle ? panel->refresh_us : now_us;
}
