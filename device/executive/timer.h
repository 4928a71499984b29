/* timer: timers of tasks. A handle is slot and generation, so that an old handle or another task's is not found. */
#ifndef SKEP_DEVICE_EXECUTIVE_TIMER_H
#define SKEP_DEVICE_EXECUTIVE_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "device/executive/executive.h"

struct timer {
    uint32_t pid; /* 0: free */
    uint32_t generation;
    uint32_t period_us;
    bool repeats;
    uint64_t due_us; /* next expiry that was not taken */
};

/* ST_FULL: the task has as many as it may, or there are none left. */
enum status timer_create(struct executive *executive, uint32_t pid, uint32_t period_us, bool repeats, uint32_t *handle);
/* NULL: the task has no such timer. */
struct timer *timer_find(struct executive *executive, uint32_t pid, uint32_t handle);
/* When it expires next; UINT64_MAX: the task has no such timer. */
uint64_t timer_due_us(struct executive *executive, uint32_t pid, uint32_t handle);
/* Expiries since the last call of this; keeps the phase of a repeating timer however late it is asked. */
uint32_t timer_take(struct timer *timer, uint64_t now_us);
void timer_cancel(struct timer *timer);
void timer_cancel_all(struct executive *executive, uint32_t pid);

#endif
