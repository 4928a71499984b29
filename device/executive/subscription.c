#include "device/executive/subscription.h"

#include "core/base/require.h"
#include "device/executive/operation_table.h"

bool history_init(struct history *history, struct arena *arena, uint32_t size) {
    require(size >= 4);
    *history = (struct history){.event = ARENA_ARRAY(arena, struct executive_event, size), .size = size, .next = 1};
    return history->event != NULL;
}

void history_put(struct history *history, const struct executive_event *event) {
    history->event[history->at++] = *event;
    if (history->at == history->size) history->at = 0;
    history->next++;
}

/* Precondition: it is among the newest that there is room for. */
static const struct executive_event *kept(const struct history *history, uint64_t sequence) {
    uint32_t behind = (uint32_t)(history->next - sequence);
    return &history->event[history->at >= behind ? history->at - behind : history->at + history->size - behind];
}

/* An observer's share is half: so it is the first to miss something. */
static uint32_t share(const struct history *history, bool observer) {
    return observer ? history->size / 2 : history->size;
}

uint64_t history_oldest(const struct history *history, bool observer) {
    uint64_t kept = share(history, observer);
    return history->next > kept ? history->next - kept : 1;
}

bool subscription_start(struct subscription *subscription, const struct history *history, uint64_t since) {
    if (since == SUBSCRIBE_FROM_NOW) since = history->next - 1;
    if (since >= history->next) return false;
    uint32_t window_max = share(history, subscription->observer);
    if (subscription->window == 0 || subscription->window > window_max) subscription->window = window_max;
    subscription->cursor = since + 1;
    subscription->acknowledged = subscription->sent = since;
    subscription->missed = 0;
    subscription->warned = false;
    subscription->on = true;
    return true;
}

uint32_t subscription_pending(const struct subscription *subscription, const struct history *history) {
    uint64_t pending = subscription->on ? history->next - 1 - subscription->acknowledged : 0;
    return pending > UINT32_MAX ? UINT32_MAX : (uint32_t)pending;
}

static bool passes(const struct subscription *subscription, const struct executive_event *event) {
    if (subscription->kinds != 0 && !(subscription->kinds >> event_row_of(event)->number & 1)) return false;
    return subscription->pid == 0 || event->pid == subscription->pid;
}

static bool is_newly_slow(struct subscription *subscription, const struct history *history) {
    uint32_t pending = subscription_pending(subscription, history), most = share(history, subscription->observer);
    if (pending < most / 2) subscription->warned = false;
    if (subscription->warned || pending < most - most / 4) return false;
    subscription->warned = true;
    return true;
}

/* What is gone need not be acknowledged. */
static void miss(struct subscription *subscription, uint64_t oldest) {
    subscription->missed += oldest - subscription->cursor;
    subscription->cursor = oldest;
    subscription->acknowledged = subscription->sent = oldest - 1;
}

enum subscription_news subscription_next(struct subscription *subscription, const struct history *history,
                                         struct executive_event *event, uint64_t *first, uint64_t *last) {
    if (!subscription->on) return NEWS_NONE;
    uint64_t oldest = history_oldest(history, subscription->observer);
    if (subscription->cursor < oldest) {
        *first = subscription->cursor;
        *last = oldest - 1;
        miss(subscription, oldest);
        return NEWS_MISSED;
    }
    if (is_newly_slow(subscription, history)) {
        *first = subscription_pending(subscription, history);
        return NEWS_SLOW;
    }
    for (; subscription->cursor < history->next; subscription->cursor++) {
        const struct executive_event *next = kept(history, subscription->cursor);
        if (passes(subscription, next)) {
            if (subscription->cursor - subscription->acknowledged > subscription->window) return NEWS_NONE;
            *event = *next;
            *first = subscription->sent = subscription->cursor++;
            return NEWS_EVENT;
        }
        if (subscription->sent <= subscription->acknowledged) subscription->acknowledged = subscription->cursor;
    }
    return NEWS_NONE;
}

/* With the last one sent also those are done with that were not for this subscriber. */
bool subscription_acknowledge(struct subscription *subscription, uint64_t sequence) {
    if (sequence > subscription->sent && sequence > subscription->acknowledged) return false;
    if (sequence > subscription->acknowledged) subscription->acknowledged = sequence;
    if (subscription->sent <= subscription->acknowledged && subscription->cursor > subscription->acknowledged)
        subscription->acknowledged = subscription->cursor - 1;
    return true;
}
