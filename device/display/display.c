#include "device/display/display.h"

#include "device/display/font.h"

enum { CELL_COLUMNS = FONT_COLUMNS + 1 };
_Static_assert(STATUS_PAGE_COLUMNS *CELL_COLUMNS <= SSD1306_COLUMNS, "a line fits");
_Static_assert((int)STATUS_PAGE_LINES == (int)SSD1306_PAGES && (int)FONT_ROWS == 8, "a line is a page of the panel");

static void draw_page(struct ssd1306 *panel, const struct status_page *page) {
    for (uint32_t line = 0; line < STATUS_PAGE_LINES; line++) {
        for (uint32_t at = 0; at < STATUS_PAGE_COLUMNS; at++) {
            const uint8_t *glyph = font_glyph[page->text[line][at] - FONT_FIRST];
            for (uint32_t i = 0; i < FONT_COLUMNS; i++) ssd1306_draw(panel, line, at * CELL_COLUMNS + i, glyph[i]);
        }
    }
}

void display_init(struct display *display, const char *hive, uint32_t bus, uint32_t address) {
    *display = (struct display){.facts.hive = hive};
    ssd1306_init(&display->panel, bus, address);
}

uint64_t display_step(struct display *display, const struct executive *executive, uint64_t now_us) {
    if (now_us >= display->look_us) {
        display->look_us = now_us + DISPLAY_LOOK_US;
        display->facts.display_fails = display->panel.silent;
        status_page_render(&display->page, executive, &display->facts, now_us);
        draw_page(&display->panel, &display->page);
    }
    uint64_t next_us = ssd1306_step(&display->panel, now_us);
    return next_us < display->look_us ? next_us : display->look_us;
}
