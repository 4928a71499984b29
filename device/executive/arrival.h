/* arrival: what devices have for tasks without being asked: edges, frames, bytes, timers. It is kept for the task that
 * waits for it in a host call, or put into the mailbox that the task has for it. */
#ifndef SKEP_DEVICE_EXECUTIVE_ARRIVAL_H
#define SKEP_DEVICE_EXECUTIVE_ARRIVAL_H

#include "device/executive/executive.h"
#include "device/executive/mailbox.h"

enum { ARRIVAL_PINS = 32 };

/* Which device a name as "gpio:13" means, for a mailbox of that task. ST_INVALID: none. ST_DENIED: the task has no
 * right to what it would get. ST_UNSUPPORTED: the board lacks it. ST_NOT_FOUND: no such timer. */
enum status arrival_find_device(struct executive *executive, const struct task *task, const char *name,
                                struct mailbox_request *request);
/* The task gets edges of the pin: those that it asked for before, or both. */
void arrival_watch(struct task *task, uint32_t pin);
/* Ends the task's watch over these pins (bit p: pin p); those that nobody else watches are no longer watched. */
void arrival_stop_watching(struct executive *executive, struct task *task, uint32_t pins);

/* Hands out what has come since; at the start of each step. */
void arrival_collect(struct executive *executive);
/* Hands out the CAN frames that are there; ST_AGAIN, or what the device says instead. */
enum status arrival_collect_frames(struct executive *executive);
/* When to collect again. */
uint64_t arrival_next_us(struct executive *executive);

#endif
