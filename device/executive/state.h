/* state: which moves a task may make from state to state, in one table. Every move goes through task_move, has a
 * reason, and is an event if the configuration wants moves of that reason told. Source: spec/executive.md section 2. */
#ifndef SKEP_DEVICE_EXECUTIVE_STATE_H
#define SKEP_DEVICE_EXECUTIVE_STATE_H

#include "device/executive/executive.h"

/* Precondition: the table allows it. */
void task_move(struct executive *executive, struct task *task, enum task_state to, enum task_reason reason);
bool task_may_move(enum task_state from, enum task_state to);

bool task_is_live(const struct task *task);
/* Whether it is inside a host call, until its wake_us or until something comes for it. */
bool task_waits(const struct task *task);
/* What it waited for may have come: its call is made again. */
void task_wake(struct executive *executive, struct task *task);

#endif
