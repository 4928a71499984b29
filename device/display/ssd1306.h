/* ssd1306: a panel of 128 x 32 pixels behind an SSD1306 on the I2C port. Draw into its frame, then step: each step
 * makes at most one transfer of at most SSD1306_TRANSFER_BYTES and sends only what changed.
 *
 * A panel that does not answer, or answers with an error, is `silent` until it has been set up again; it is asked again
 * after SSD1306_RETRY_MIN_US, each time twice as late, at most SSD1306_RETRY_MAX_US. Nothing ever waits for it.
 *
 * Owns no clock and no memory but the struct. Source: spec/display.md. */
#ifndef SKEP_DEVICE_DISPLAY_SSD1306_H
#define SKEP_DEVICE_DISPLAY_SSD1306_H

#include <stdbool.h>
#include <stdint.h>

enum {
    SSD1306_COLUMNS = 128,
    SSD1306_ROWS = 32,
    SSD1306_PAGES = SSD1306_ROWS / 8,
    SSD1306_FRAME_BYTES = SSD1306_COLUMNS * SSD1306_PAGES,
    SSD1306_TRANSFER_BYTES = 24, /* 0.6 ms at 400 kHz, address and all */
    SSD1306_RETRY_MIN_US = 100000,
    SSD1306_RETRY_MAX_US = 5000000,
    SSD1306_REFRESH_US = 30000000, /* so often all is sent anew, for a panel that lost its power unnoticed */
};

struct ssd1306 {
    uint32_t bus, address;
    bool silent;               /* the alarm: what it shows, if anything, is old */
    uint32_t failures;         /* transfers that failed */
    uint32_t transfers, bytes; /* that were made, and how many bytes they had */

    /* below: private to ssd1306.c */
    uint8_t frame[SSD1306_FRAME_BYTES];               /* page by page; bit 0 of a byte is its topmost row */
    uint8_t first[SSD1306_PAGES], end[SSD1306_PAGES]; /* columns that differ from the panel's; none: end is 0 */
    uint8_t setup;                                    /* how far it is set up */
    uint64_t retry_us, refresh_us;
    uint32_t retry_delay_us;
};

/* The frame is dark, and the panel not yet set up. */
void ssd1306_init(struct ssd1306 *panel, uint32_t bus, uint32_t address);

/* Draws a byte of 8 rows into the frame. Precondition: page and column are the panel's. */
void ssd1306_draw(struct ssd1306 *panel, uint32_t page, uint32_t column, uint8_t rows);

/* Sends a bit of what is to be sent. When to be called again, unless something is drawn before; now_us if there is more
 * to send. */
uint64_t ssd1306_step(struct ssd1306 *panel, uint64_t now_us);

#endif
