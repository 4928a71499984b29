#include "device/executive/state.h"

#include "core/base/require.h"
#include "device/executive/events.h"
#include "device/executive/schedule.h"
#include "device/executive/switches.h"

#define TO(state)  (1u << TASK_##state)
#define TO_WAITING (TO(WAITING) | TO(WAITING_MAILBOX) | TO(SLEEPING))
#define TO_END     (TO(RETURNED) | TO(FAULTED) | TO(KILLED))

static const uint16_t may_move[TASK_STATES] = {
    [TASK_FREE] = TO(READY) | TO(HELD),
    [TASK_READY] = TO(RUNNING) | TO(PAUSED) | TO(SLEEPING) | TO(FAULTED) | TO(KILLED),
    [TASK_RUNNING] = TO(READY) | TO_WAITING | TO(PAUSED) | TO_END,
    [TASK_WAITING] = TO(READY) | TO(PAUSED) | TO(FAULTED) | TO(KILLED),
    [TASK_WAITING_MAILBOX] = TO(READY) | TO(PAUSED) | TO(FAULTED) | TO(KILLED),
    [TASK_SLEEPING] = TO(READY) | TO(PAUSED) | TO(FAULTED) | TO(KILLED),
    [TASK_PAUSED] = TO(READY) | TO(RESTARTING) | TO(FAULTED) | TO(KILLED),
    [TASK_RESTARTING] = TO(READY) | TO(PAUSED) | TO(KILLED) | TO(HELD),
    [TASK_RETURNED] = TO(RESTARTING) | TO(FREE),
    [TASK_FAULTED] = TO(RESTARTING) | TO(QUARANTINED) | TO(FREE),
    [TASK_KILLED] = TO(FREE),
    [TASK_QUARANTINED] = TO(READY) | TO(KILLED),
    [TASK_HELD] = TO(READY) | TO(KILLED),
};
#define WAITING_STATES TO_WAITING
#define LIVE_STATES    (TO(READY) | TO(RUNNING) | TO_WAITING | TO(PAUSED) | TO(RESTARTING) | TO(HELD))

bool task_may_move(enum task_state from, enum task_state to) { return may_move[from] >> to & 1; }

bool task_is_live(const struct task *task) { return LIVE_STATES >> task->state & 1; }

bool task_waits(const struct task *task) { return WAITING_STATES >> task->state & 1; }

bool task_has_ended(const struct task *task) { return (TO_END | TO(QUARANTINED)) >> task->state & 1; }

void task_move(struct executive *executive, struct task *task, enum task_state to, enum task_reason reason) {
    enum task_state from = (enum task_state)task->state;
    require(task_may_move(from, to));
    bool was_live = task_is_live(task);
    const uint32_t bit = 1u << (task - executive->task);
    task->state = to;
    executive->at_mailbox = to == TASK_WAITING_MAILBOX ? executive->at_mailbox | bit : executive->at_mailbox & ~bit;
    if (PROFILE_HAS_SCHEDULE) switches_note(executive, task, from, reason);
    executive->live = executive->live + task_is_live(task) - was_live;
    executive->quarantined += (uint32_t)(to == TASK_QUARANTINED) - (uint32_t)(from == TASK_QUARANTINED);
    if (to == TASK_RUNNING)
        schedule_note(executive, task);
    else
        schedule_update(executive, task);
    if ((executive->config->moves_told >> reason & 1) == 0) return;
    struct executive_event event = {
        .kind = EVENT_MOVED, .pid = task->pid, .a = (uint32_t)from << 8 | (uint32_t)to, .b = (uint32_t)reason};
    event_put(executive, event);
}

void task_wake(struct executive *executive, struct task *task) {
    if (task_waits(task)) task_move(executive, task, TASK_READY, REASON_WOKEN);
}
