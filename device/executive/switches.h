/* switches: counts how turns went for each task, and remembers on request who got the processor from whom, the newest
 * ones. Source: spec/executive.md section 12. */
#ifndef SKEP_DEVICE_EXECUTIVE_SWITCHES_H
#define SKEP_DEVICE_EXECUTIVE_SWITCHES_H

#include "device/executive/executive.h"

struct switch_record {
    uint64_t time_us;       /* when the second one got its turn */
    uint32_t before, after; /* pids; before 0: nobody had one yet */
    uint32_t turns, words;  /* of the first one, since it got the processor */
    uint32_t reason;        /* enum task_reason: how its last turn ended */
};

struct switches {
    uint32_t turns, count; /* of all tasks; switches among them; modulo 2^32 */
    uint32_t kept;         /* how many are remembered at most; 0: none */

    /* below: private to switches.c */
    uint32_t stored, next; /* records that are there; where the next one goes */
    struct switch_record *record;
    uint32_t pid, reason, turns_before; /* of the last turn; how it ended; and so many without a break */
    uint64_t words_before;              /* when the first of them began */
};

/* False: the arena is too small. */
bool switches_init(struct executive *executive, struct arena *arena);

/* Remembers so many from now on, and none of those before. ST_RANGE: there is no room for so many. */
enum status switches_keep(struct executive *executive, uint32_t records);
/* The first one behind switch number `after` that is remembered; the first of all has the number 1. 0: none. */
uint32_t switches_next(const struct switches *switches, uint32_t after, struct switch_record *record);

/* A task has moved from that state. */
void switches_note(struct executive *executive, struct task *task, enum task_state from, enum task_reason reason);

#endif
