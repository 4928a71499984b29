/* schedule: whose turn it is, and who is due at which time. Both without looking at every task: a bit for each ready
 * task in its band, and a heap of times. */
#ifndef SKEP_DEVICE_EXECUTIVE_SCHEDULE_H
#define SKEP_DEVICE_EXECUTIVE_SCHEDULE_H

#include "device/executive/executive.h"

enum { SCHEDULE_LOW_TURN = 8 }; /* every so many turns, one goes to a band below the highest */

/* Everybody at UINT64_MAX. */
void schedule_init(struct executive *executive);
/* To be called when a task's state or one of its times has changed. */
void schedule_update(struct executive *executive, struct task *task);
/* The same when its times are what they were: it gets its turn. */
void schedule_note(struct executive *executive, const struct task *task);
/* Another priority, from now on. */
void schedule_priority(struct executive *executive, struct task *task, uint8_t priority);
/* The task whose turn it is; NULL: none is ready. */
struct task *schedule_pick(struct executive *executive);
/* The task that is due first, if that is now or was before; NULL: none. */
struct task *schedule_due(struct executive *executive);
/* When the first task is due. */
uint64_t schedule_next_us(const struct executive *executive);

#endif
