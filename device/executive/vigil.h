/* vigil: whether the loop that drives the executive does its work, so that the board's watchdog is fed for that and for
 * nothing less. Whoever drives the executive says what it has served, and asks before it feeds.
 *
 *     vigil_served(&vigil, SERVICE_LINK);
 *     if (vigil_is_kept(&vigil, executive, port_now_us())) port_watchdog_feed();
 *
 * Owns no clock. Trusts no table that the scheduler keeps: it looks at the tasks themselves. Source: spec/executive.md
 * section 10. */
#ifndef SKEP_DEVICE_EXECUTIVE_VIGIL_H
#define SKEP_DEVICE_EXECUTIVE_VIGIL_H

#include "device/executive/executive.h"

enum vigil_fault {
    VIGIL_STEPS = 1,    /* no step was made */
    VIGIL_TIME = 2,     /* the last step was told a time long ago */
    VIGIL_DEADLINE = 4, /* a task's time has come long ago, and nothing has come of it */
    VIGIL_TURNS = 8,    /* a task is ready, and nobody got a turn */
    VIGIL_SERVICES = 16 /* a host service did not run */
};

struct vigil {
    uint32_t services;  /* bit: must be served from look to look */
    uint32_t period_us; /* from look to look; some of them may go wrong before the watchdog bites */
    uint32_t late_us;   /* what is later than that is too late */
    uint32_t faults;    /* what was found last: bits of enum vigil_fault */

    /* below: private to vigil.c */
    uint64_t due_us;
    uint32_t served, steps, turns;
};

void vigil_served(struct vigil *vigil, uint32_t service);

/* Looks once in a period. True: all is well, feed the watchdog. False: it is too early; or something is not well, which
 * is an event when it begins. */
bool vigil_is_kept(struct vigil *vigil, struct executive *executive, uint64_t now_us);

#endif
