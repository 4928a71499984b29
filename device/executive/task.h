/* task: starts, pauses, restarts and ends tasks, and gives one its turn. */
#ifndef SKEP_DEVICE_EXECUTIVE_TASK_H
#define SKEP_DEVICE_EXECUTIVE_TASK_H

#include "device/executive/executive.h"
#include "device/executive/state.h"

/* NULL: there is no such task. */
struct task *task_find(const struct executive *executive, uint32_t pid);
/* A slot for a new task, the one that was free the longest; NULL: none. */
struct task *task_slot(struct executive *executive);
/* Puts the program of a task at its entry, its RAM as the artifact has it, and makes it ready. */
void task_start(struct executive *executive, struct task *task, enum task_reason reason);
/* Ends a task as task->end says: tells it, and restarts, keeps or wipes it. */
void task_finish(struct executive *executive, struct task *task);
void task_wipe(struct executive *executive, struct task *task);
/* Its watchdog and its check-in wait for so much longer. */
void task_shift_guards(struct task *task, uint64_t by_us);
/* It stands still, and goes on where it was; its guards stand with it. Precondition: it is live and not paused; paused.
 */
void task_pause(struct executive *executive, struct task *task, enum task_reason reason);
void task_resume(struct executive *executive, struct task *task, enum task_reason reason);
/* Runs a task until its quantum is used, it waits, it ends, or a call needs a newer time. */
void task_turn(struct executive *executive, struct task *task);

#endif
