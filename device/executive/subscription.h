/* subscription: the newest events with their sequence numbers, and a cursor into them for each who wants to be told.
 * Nothing is kept per subscriber but the cursor, so a slow one costs the others nothing; what it has missed is told
 * exactly. Source: spec/operations.md section 4. */
#ifndef SKEP_DEVICE_EXECUTIVE_SUBSCRIPTION_H
#define SKEP_DEVICE_EXECUTIVE_SUBSCRIPTION_H

#include "core/base/arena.h"
#include "device/executive/executive.h"

struct history {
    struct executive_event *event; /* a ring */
    uint32_t size, at;             /* where the next one goes */
    uint64_t next;                 /* its sequence number; the first is 1 */
};

#define SUBSCRIBE_FROM_NOW UINT64_MAX

struct subscription {
    bool on, observer;
    uint32_t pid;    /* 0: events of all tasks */
    uint64_t kinds;  /* bit: enum event_number; 0: all */
    uint32_t window; /* events sent beyond the last one acknowledged */
    uint64_t missed; /* so many in all */

    /* below: private to subscription.c */
    uint64_t cursor;       /* the next event to look at */
    uint64_t acknowledged; /* all up to this one are done with */
    uint64_t sent;         /* the last one that was sent */
    bool warned;
};

/* `size` is at least 4. */
bool history_init(struct history *history, struct arena *arena, uint32_t size);
void history_put(struct history *history, const struct executive_event *event);

/* The oldest event that such a subscriber can still get. */
uint64_t history_oldest(const struct history *history, bool observer);

/* Begins behind `since`. False: no event has had that number yet; nothing has changed. */
bool subscription_start(struct subscription *subscription, const struct history *history, uint64_t since);

enum subscription_news { NEWS_NONE, NEWS_EVENT, NEWS_MISSED, NEWS_SLOW };
/* What the subscriber is to be told now. EVENT: *event with number *first. MISSED: *first to *last are gone. SLOW:
 * *first events are not acknowledged. Each is told once. */
enum subscription_news subscription_next(struct subscription *subscription, const struct history *history,
                                         struct executive_event *event, uint64_t *first, uint64_t *last);

/* False: that one was not sent, and nothing has changed. An older one than before is none. */
bool subscription_acknowledge(struct subscription *subscription, uint64_t sequence);
/* Events that are not acknowledged. */
uint32_t subscription_pending(const struct subscription *subscription, const struct history *history);

#endif
