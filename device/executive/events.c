#include "device/executive/events.h"

#include "device/executive/evidence.h"
#include "device/executive/log.h"

void event_put(struct executive *executive, struct executive_event event) {
    uint32_t size = executive->config->events_max;
    event.time_us = executive->now_us;
    if (PROFILE_HAS_BLACKBOX) evidence_event(executive, &event);
    if (executive->event_count == size) {
        executive->event_head = (executive->event_head + 1) % size;
        executive->event_count--;
        executive->events_lost++;
    }
    executive->event[(executive->event_head + executive->event_count++) % size] = event;
    if (PROFILE_HAS_LOG) log_event(executive, &event);
}

void event_traffic(struct executive *executive, enum executive_event_kind kind, uint32_t pid, uint32_t a, uint32_t b) {
    if (!PROFILE_HAS_TRAFFIC || !executive->config->tell_traffic) return;
    event_put(executive, (struct executive_event){.kind = (uint8_t)kind, .pid = pid, .a = a, .b = b});
}

bool executive_event_take(struct executive *executive, struct executive_event *event) {
    if (executive->events_lost > 0) {
        *event =
            (struct executive_event){.time_us = executive->now_us, .kind = EVENT_LOST, .a = executive->events_lost};
        executive->events_lost = 0;
        return true;
    }
    if (executive->event_count == 0) return false;
    *event = executive->event[executive->event_head];
    executive->event_head = (executive->event_head + 1) % executive->config->events_max;
    executive->event_count--;
    return true;
}
