/* status_page: what the operator of a hive sees at a glance: four lines of 21 characters, made of what the executive
 * shows of itself. The same state and time give the same page. Owns nothing and changes nothing.
 *
 *     press-7     run  link
 *     1/17 wait  blinker
 *     1a2b3c4d 1.4.2
 *     !1/3 trapped pump
 *
 * What the lines mean, and what wins when there is more to say than fits: spec/display.md. */
#ifndef SKEP_DEVICE_DISPLAY_STATUS_PAGE_H
#define SKEP_DEVICE_DISPLAY_STATUS_PAGE_H

#include "device/executive/executive.h"

enum {
    STATUS_PAGE_COLUMNS = 21,
    STATUS_PAGE_LINES = 4,
    STATUS_PAGE_TURN_US = 3000000, /* what takes turns is shown so long */
};

struct status_page {
    char text[STATUS_PAGE_LINES][STATUS_PAGE_COLUMNS]; /* printable ASCII, filled with blanks; no NUL */
};

enum status_link { STATUS_LINK_NONE, STATUS_LINK_LOST, STATUS_LINK_UP };

/* What the executive does not know. */
struct status_facts {
    const char *hive; /* its name */
    enum status_link link;
    bool display_fails; /* nobody sees this on the display, but a page is read elsewhere too */
};

void status_page_render(struct status_page *page, const struct executive *executive, const struct status_facts *facts,
                        uint64_t now_us);

#endif
