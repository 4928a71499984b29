#include "programs/skep/run_display.h"

#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"

/* A braille character is 2 pixels wide and 4 high; its bits by column and row. */
enum { DOT_COLUMNS = 2, DOT_ROWS = 4 };
static const uint8_t dots[DOT_COLUMNS][DOT_ROWS] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

static void draw_edge(FILE *to) {
    fputc('+', to);
    for (uint32_t i = 0; i < PANEL_COLUMNS / DOT_COLUMNS; i++) fputc('-', to);
    fputs("+\n", to);
}

static void draw(const struct panel *panel, FILE *to) {
    draw_edge(to);
    for (uint32_t y = 0; y < PANEL_ROWS; y += DOT_ROWS) {
        fputc('|', to);
        for (uint32_t x = 0; x < PANEL_COLUMNS; x += DOT_COLUMNS) {
            unsigned lit = 0;
            for (uint32_t i = 0; i < DOT_COLUMNS * DOT_ROWS; i++) {
                uint32_t column = i / DOT_ROWS, row = i % DOT_ROWS;
                if (panel_pixel(panel, x + column, y + row)) lit |= dots[column][row];
            }
            fprintf(to, "\xe2%c%c", (int)(0xa0 | lit >> 6), (int)(0x80 | (lit & 0x3f)));
        }
        fputs("|\n", to);
    }
    draw_edge(to);
    fflush(to);
}

static const uint16_t host_i2c[] = {DISPLAY_ADDRESS};

void run_display_start(struct run_display *run, struct executive_config *config, bool on_change) {
    *run = (struct run_display){.is_there = true, .on_change = on_change};
    display_init(&run->display, "sim", 0, DISPLAY_ADDRESS);
    config->host_i2c = host_i2c;
    config->host_i2c_count = sizeof host_i2c / sizeof *host_i2c;
}

void run_display_step(struct run_display *run, const struct executive *executive, const struct sim *sim) {
    if (!run->is_there) {
        run->next_us = UINT64_MAX;
        return;
    }
    run->next_us = display_step(&run->display, executive, sim->now_us);
    bool whole = run->next_us > sim->now_us && sim->panel.on;
    if (!run->on_change || !whole || memcmp(run->drawn, sim->panel.memory, sizeof run->drawn) == 0) return;
    memcpy(run->drawn, sim->panel.memory, sizeof run->drawn);
    draw(&sim->panel, stderr);
}

void run_display_end(struct run_display *run, const struct executive *executive, const struct sim *sim) {
    if (!run->is_there) return;
    run->on_change = false;
    run->display.look_us = 0;
    do run_display_step(run, executive, sim);
    while (run->next_us <= sim->now_us);
    draw(&sim->panel, stderr);
    if (run->display.panel.silent)
        command_note("display: nothing answers at I2C address 0x%02x; %u transfers failed", DISPLAY_ADDRESS,
                     run->display.panel.failures);
}
