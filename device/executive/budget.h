/* budget: what a task may use, held against it before it gets it. What is used up ends the task, with a reason; fuel
 * for a period makes it wait for the next one. */
#ifndef SKEP_DEVICE_EXECUTIVE_BUDGET_H
#define SKEP_DEVICE_EXECUTIVE_BUDGET_H

#include "device/executive/executive.h"

/* At a task's start. */
void budget_start(struct executive *executive, struct task *task);
/* Fuel for a turn that begins, at most a quantum. 0: none is left in this period; task->wake_us is when the next one
 * begins. */
uint32_t budget_turn(struct executive *executive, struct task *task);
/* What a turn has used; ends the task when that was all it had. */
void budget_fuel(struct executive *executive, struct task *task, uint32_t words);
/* Each counts one more of a kind; false when the budget has no more: then the task's end is set. */
bool budget_call(struct task *task);
bool budget_message(struct task *task);
bool budget_log(struct task *task, uint32_t bytes);

#endif
