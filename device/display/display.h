/* display: the operator's display: the status page on the panel, kept current. Belongs to the host: the panel's address
 * is in the executive's host_i2c, so that no guest can draw on it. Source: spec/display.md. */
#ifndef SKEP_DEVICE_DISPLAY_DISPLAY_H
#define SKEP_DEVICE_DISPLAY_DISPLAY_H

#include "device/display/ssd1306.h"
#include "device/display/status_page.h"

enum { DISPLAY_ADDRESS = 0x3c, DISPLAY_LOOK_US = 250000 }; /* so often it looks whether the page has changed */

struct display {
    struct status_facts facts; /* may be changed at any time; display_fails is set here */
    struct status_page page;   /* the last that was rendered */
    struct ssd1306 panel;
    uint64_t look_us; /* next */
};

void display_init(struct display *display, const char *hive, uint32_t bus, uint32_t address);

/* Beside each step of the executive: renders the page when it is time, and sends the panel a little of what changed.
 * When to be called again; now_us if there is more to send. */
uint64_t display_step(struct display *display, const struct executive *executive, uint64_t now_us);

#endif
