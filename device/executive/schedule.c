#include "device/executive/schedule.h"

#include "device/executive/clock.h"
#include "device/executive/state.h"

/* ---- times: a heap of slots, the earliest first; among equals the lower slot */

static bool is_before(const struct executive *executive, uint8_t a, uint8_t b) {
    uint64_t a_us = executive->task[a].due_us, b_us = executive->task[b].due_us;
    return a_us < b_us || (a_us == b_us && a < b);
}

static void place(struct executive *executive, uint32_t at, uint8_t slot) {
    executive->due[at] = slot;
    executive->task[slot].due_at = (uint8_t)at;
}

static void sift(struct executive *executive, uint32_t at) {
    uint8_t slot = executive->due[at];
    for (; at > 0 && is_before(executive, slot, executive->due[(at - 1) / 2]); at = (at - 1) / 2)
        place(executive, at, executive->due[(at - 1) / 2]);
    for (uint32_t count = executive->config->tasks_max;;) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < count && is_before(executive, executive->due[child + 1], executive->due[child])) child++;
        if (child >= count || !is_before(executive, executive->due[child], slot)) break;
        place(executive, at, executive->due[child]);
        at = child;
    }
    place(executive, at, slot);
}

static uint64_t earlier(uint64_t a, uint64_t b) { return a < b ? a : b; }

static uint64_t due_of(const struct executive *executive, const struct task *task) {
    if (!task_is_live(task)) return UINT64_MAX;
    if (task->state == TASK_RESTARTING || task->state == TASK_HELD) return task->wake_us;
    uint64_t always_us = earlier(task->expires_us, task->command_due_us);
    if (task->state == TASK_PAUSED) return always_us;
    uint64_t due_us = task_waits(task) ? task->wake_us : UINT64_MAX;
    if (clock_guards_stand(executive)) return earlier(due_us, always_us);
    return earlier(earlier(due_us, always_us), earlier(task->watchdog_due_us, task->check_in_due_us));
}

/* ---- turns */

static uint32_t band_of(const struct task *task) { return task->priority / (256 / EXECUTIVE_BANDS); }

void schedule_init(struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        executive->task[i].due_us = UINT64_MAX;
        place(executive, i, (uint8_t)i);
    }
}

void schedule_note(struct executive *executive, const struct task *task) {
    uint32_t slot = (uint32_t)(task - executive->task), band = band_of(task);
    uint32_t bit = 1u << slot, ready = executive->ready[band];
    ready = task->state == TASK_READY ? ready | bit : ready & ~bit;
    executive->ready[band] = ready;
    executive->bands = ready != 0 ? executive->bands | 1u << band : executive->bands & ~(1u << band);
}

void schedule_update(struct executive *executive, struct task *task) {
    schedule_note(executive, task);
    uint64_t due_us = due_of(executive, task);
    if (due_us == task->due_us) return;
    task->due_us = due_us;
    sift(executive, task->due_at);
}

void schedule_priority(struct executive *executive, struct task *task, uint8_t priority) {
    uint32_t band = band_of(task), ready = executive->ready[band] & ~(1u << (uint32_t)(task - executive->task));
    executive->ready[band] = ready;
    if (ready == 0) executive->bands &= ~(1u << band);
    task->priority = priority;
    schedule_update(executive, task);
}

/* The first bit of `bits` behind `last`, going round. Precondition: bits is not 0. */
static uint32_t next_bit(uint32_t bits, uint32_t last) {
    uint32_t behind = bits & ~(((uint32_t)2 << last) - 1);
    return (uint32_t)__builtin_ctz(behind != 0 ? behind : bits);
}

/* The highest band, but for every so many turns, which go round the bands below it. */
struct task *schedule_pick(struct executive *executive) {
    uint32_t bands = executive->bands, below = bands & (bands - 1);
    if (bands == 0) return NULL;
    uint32_t band = (uint32_t)__builtin_ctz(bands);
    if (++executive->turns % SCHEDULE_LOW_TURN == 0 && below != 0) {
        band = next_bit(below, executive->low_band);
        executive->low_band = band;
    }
    executive->turn = next_bit(executive->ready[band], executive->band_turn[band]);
    executive->band_turn[band] = (uint8_t)executive->turn;
    return &executive->task[executive->turn];
}

struct task *schedule_due(struct executive *executive) {
    struct task *task = &executive->task[executive->due[0]];
    return task->due_us <= executive->now_us ? task : NULL;
}

uint64_t schedule_next_us(const struct executive *executive) { return executive->task[executive->due[0]].due_us; }
