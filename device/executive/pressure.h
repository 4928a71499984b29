/* pressure: says once when a table of the executive fills up, once when it is full, and once when there is room
 * again. */
#ifndef SKEP_DEVICE_EXECUTIVE_PRESSURE_H
#define SKEP_DEVICE_EXECUTIVE_PRESSURE_H

#include "device/executive/executive.h"

enum { PRESSURE_WARN_PERCENT = 80, PRESSURE_CLEAR_PERCENT = 70 };

/* To be called whenever `used` has changed. */
void pressure_check(struct executive *executive, enum executive_table table, uint32_t used, uint32_t max);
/* A request that did not fit; `pid` asked. Gives ST_FULL. */
enum status pressure_full(struct executive *executive, enum executive_table table, uint32_t pid);

#endif
