#include "device/executive/vigil.h"

#include "device/executive/clock.h"
#include "device/executive/events.h"
#include "device/executive/state.h"

void vigil_served(struct vigil *vigil, uint32_t service) { vigil->served |= 1u << service; }

static bool is_late(const struct vigil *vigil, uint64_t due_us, uint64_t now_us) {
    return now_us > due_us && now_us - due_us > vigil->late_us;
}

/* The earliest of a task's times that do not depend on what it does. */
static uint64_t due_of(const struct task *task) {
    uint64_t due_us = UINT64_MAX;
    if (task_waits(task) || task->state == TASK_RESTARTING || task->state == TASK_HELD) due_us = task->wake_us;
    if (task->state == TASK_RESTARTING || task->state == TASK_HELD || task->state == TASK_PAUSED) return due_us;
    if (task->watchdog_due_us < due_us) due_us = task->watchdog_due_us;
    return task->check_in_due_us < due_us ? task->check_in_due_us : due_us;
}

static uint32_t look_at_tasks(const struct vigil *vigil, const struct executive *executive, uint64_t now_us) {
    uint32_t faults = 0;
    bool has_turns = executive->turns != vigil->turns || !clock_gives_turns(executive);
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (!task_is_live(task)) continue;
        if (is_late(vigil, due_of(task), now_us)) faults |= VIGIL_DEADLINE;
        if (task->state == TASK_READY && !has_turns) faults |= VIGIL_TURNS;
    }
    return faults;
}

bool vigil_is_kept(struct vigil *vigil, struct executive *executive, uint64_t now_us) {
    if (now_us < vigil->due_us) return false;
    uint32_t faults = look_at_tasks(vigil, executive, executive->now_us);
    if (executive->steps == vigil->steps) faults |= VIGIL_STEPS;
    if (is_late(vigil, clock_board_us(executive), now_us)) faults |= VIGIL_TIME;
    if (vigil->services & ~vigil->served) faults |= VIGIL_SERVICES;
    const bool is_news = faults & ~vigil->faults;
    vigil->faults = faults;
    vigil->due_us = now_us + vigil->period_us;
    vigil->served = 0;
    vigil->steps = executive->steps;
    vigil->turns = executive->turns;
    if (faults == 0) return true;
    struct executive_event event = {.kind = EVENT_UNWELL, .a = faults};
    if (is_news) event_put(executive, event);
    return false;
}
