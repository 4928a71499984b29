/* budget: what a task may use, held against it before it gets it. What is used up ends the task, with a reason; fuel
 * for a period makes it wait for the next one. */
#ifndef SKEP_DEVICE_EXECUTIVE_BUDGET_H
#define SKEP_DEVICE_EXECUTIVE_BUDGET_H

#include "core/wire/budget_row.h"
#include "device/executive/executive.h"

/* What an artifact can ask for. */
enum budget_item { BUDGET_FUEL, BUDGET_PERIOD, BUDGET_CALLS, BUDGET_MESSAGES, BUDGET_LOG, BUDGET_TIME, BUDGET_ITEMS };

/* What a task gets that asks for this, of what a task may have: the lesser of each. Gives the bits of the items of
 * which it asks for too much. */
uint32_t budget_grant(const struct task_budget *most, const struct budget_row *asked, struct task_budget *granted);
/* How much of an item a budget has, at most 2^32 - 1. */
uint32_t budget_of(const struct task_budget *budget, enum budget_item item);

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
