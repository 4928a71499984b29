#include "device/executive/timer.h"

#include "core/base/divide.h"

enum { HANDLE_SLOT_BITS = 8 };

enum status timer_create(struct executive *executive, uint32_t pid, uint32_t period_us, bool repeats,
                         uint32_t *handle) {
    struct timer *timer = NULL;
    uint32_t slot = 0, owned = 0;
    for (uint32_t i = 0; i < executive->config->timers_max; i++) {
        if (executive->timer[i].pid == pid) owned++;
        if (executive->timer[i].pid != 0 || timer) continue;
        timer = &executive->timer[i];
        slot = i;
    }
    if (!timer || owned >= PROFILE_TIMERS_OF_TASK_MAX) return ST_FULL;
    uint32_t generation = timer->generation + 1;
    *timer = (struct timer){.pid = pid, .generation = generation, .period_us = period_us, .repeats = repeats};
    timer->due_us = executive->now_us + period_us;
    *handle = generation << HANDLE_SLOT_BITS | slot;
    return ST_OK;
}

struct timer *timer_find(struct executive *executive, uint32_t pid, uint32_t handle) {
    uint32_t slot = handle & ((1u << HANDLE_SLOT_BITS) - 1);
    if (slot >= executive->config->timers_max) return NULL;
    struct timer *timer = &executive->timer[slot];
    if (timer->pid != pid || timer->generation << HANDLE_SLOT_BITS != handle - slot) return NULL;
    return timer;
}

uint64_t timer_due_us(struct executive *executive, uint32_t pid, uint32_t handle) {
    const struct timer *timer = timer_find(executive, pid, handle);
    return timer ? timer->due_us : UINT64_MAX;
}

uint32_t timer_take(struct timer *timer, uint64_t now_us) {
    if (timer->due_us > now_us) return 0;
    if (!timer->repeats) return 1;
    uint64_t times = divide_u64(now_us - timer->due_us, timer->period_us) + 1;
    timer->due_us += times * timer->period_us;
    return times > UINT32_MAX ? UINT32_MAX : (uint32_t)times;
}

void timer_cancel(struct timer *timer) { timer->pid = 0; }

void timer_cancel_all(struct executive *executive, uint32_t pid) {
    for (uint32_t i = 0; i < executive->config->timers_max; i++) {
        if (executive->timer[i].pid == pid) timer_cancel(&executive->timer[i]);
    }
}
