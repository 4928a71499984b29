/* condition: whether the hive is normal, degraded or safe, and why; and whether what starts by itself may start yet.
 *
 * The condition is not kept: it is derived of the causes, which the executive sees of itself or is told by whoever
 * composes the image. Source: spec/executive.md section 9. */
#ifndef SKEP_DEVICE_EXECUTIVE_CONDITION_H
#define SKEP_DEVICE_EXECUTIVE_CONDITION_H

#include "device/executive/executive.h"

/* At the begin of each step: tells a condition that has changed, and in the first one begins to wait. */
void condition_step(struct executive *executive);

/* A task that is to start by itself, fresh or again: starts it, or holds it until it may. */
void condition_start(struct executive *executive, struct task *task);
/* Starts such a task now, by order. */
void condition_let(struct executive *executive, struct task *task);

#endif
