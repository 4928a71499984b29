/* events: the ring in which the executive says what happened; the oldest are overwritten, and their number kept. */
#ifndef SKEP_DEVICE_EXECUTIVE_EVENTS_H
#define SKEP_DEVICE_EXECUTIVE_EVENTS_H

#include "device/executive/executive.h"

/* Stamps the event with the time of the step. */
void event_put(struct executive *executive, struct executive_event event);

/* One of those that come often, if they are told. */
void event_traffic(struct executive *executive, enum executive_event_kind kind, uint32_t pid, uint32_t a, uint32_t b);

#endif
