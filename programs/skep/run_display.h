/* run_display: the operator's display of a run on the simulated board: drives it beside the executive, and draws for
 * the terminal what the simulated panel shows. */
#ifndef SKEP_PROGRAMS_SKEP_RUN_DISPLAY_H
#define SKEP_PROGRAMS_SKEP_RUN_DISPLAY_H

#include <stdbool.h>

#include "device/display/display.h"
#include "device/port/sim/sim.h"

struct run_display { /* all zero: there is none */
    bool is_there, on_change;
    struct display display;
    uint64_t next_us;                  /* when it wants to be called; UINT64_MAX without display */
    uint8_t drawn[PANEL_MEMORY_BYTES]; /* the panel's memory as it was last drawn */
};

/* Takes the panel's address away from guests: before the executive is made. */
void run_display_start(struct run_display *run, struct executive_config *config, bool on_change);
/* Beside each step of the executive; draws when something has changed, if that is wanted. */
void run_display_step(struct run_display *run, const struct executive *executive, const struct sim *sim);
/* The last page, drawn to stderr; and whether the panel was silent. */
void run_display_end(struct run_display *run, const struct executive *executive, const struct sim *sim);

#endif
