#include "device/executive/executive.h"

#include <string.h>

#include "core/base/require.h"
#include "core/vm/trace.h"
#include "device/executive/arrival.h"
#include "device/executive/call.h"
#include "device/executive/clock.h"
#include "device/executive/command.h"
#include "device/executive/condition.h"
#include "device/executive/console.h"
#include "device/executive/events.h"
#include "device/executive/file.h"
#include "device/executive/loading.h"
#include "device/executive/mailbox.h"
#include "device/executive/sample.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/switches.h"
#include "device/executive/task.h"
#include "device/executive/timer.h"
#include "device/executive/value.h"

enum { POOL_ALIGN = 8, TIMERS_MAX = 256, HANDLES_MAX = 4096 };

static size_t file_requests(const struct executive_config *config) {
    return config->file_handles_max > 0 ? config->tasks_max : 0;
}

struct executive *executive_init(struct arena *arena, const struct executive_config *config) {
    require(config->timers_max <= TIMERS_MAX && config->quantum_words > 0 && config->quantum_words < INT32_MAX);
    require(config->tasks_max > 0 && config->tasks_max <= EXECUTIVE_TASKS_MAX);
    require(config->mailbox_handles_max <= HANDLES_MAX && config->mailboxes_max < MAILBOX_NONE);
    require(config->file_handles_max <= HANDLES_MAX);
    struct executive *executive = ARENA_ARRAY(arena, struct executive, 1);
    if (!executive) return NULL;
    executive->config = config;
    executive->start_us = UINT64_MAX;
    executive->task = ARENA_ARRAY(arena, struct task, config->tasks_max);
    executive->timer = ARENA_ARRAY(arena, struct timer, config->timers_max);
    executive->loading = ARENA_ARRAY(arena, struct loading, config->loads_max);
    executive->event = ARENA_ARRAY(arena, struct executive_event, config->events_max);
    executive->console = ARENA_ARRAY(arena, struct console, 1);
    executive->copy_in = ARENA_ARRAY(arena, uint8_t, CALL_COPY_BYTES_MAX);
    executive->copy_out = ARENA_ARRAY(arena, uint8_t, CALL_COPY_BYTES_MAX);
    executive->pool = arena_take(arena, config->pool_bytes, 1, POOL_ALIGN);
    executive->mailbox = ARENA_ARRAY(arena, struct mailbox, config->mailboxes_max);
    executive->handle = ARENA_ARRAY(arena, struct mailbox_handle, config->mailbox_handles_max);
    executive->mail = ARENA_ARRAY(arena, uint8_t, config->mailbox_bytes);
    executive->value = ARENA_ARRAY(arena, struct value, config->values_max);
    executive->subscription = ARENA_ARRAY(arena, struct value_subscription, config->subscriptions_max);
    executive->command = ARENA_ARRAY(arena, struct command, config->commands_max);
    executive->run = ARENA_ARRAY(arena, struct command_run, config->command_runs_max);
    executive->file = ARENA_ARRAY(arena, struct file_handle, config->file_handles_max);
    executive->file_request = ARENA_ARRAY(arena, struct file_request, file_requests(config));
    executive->clock = ARENA_ARRAY(arena, struct clock, PROFILE_HAS_CLOCK);
    executive->switches = ARENA_ARRAY(arena, struct switches, PROFILE_HAS_SCHEDULE);
    executive->sampling = ARENA_ARRAY(arena, struct sampling, PROFILE_HAS_PROFILE);
    executive->trace = ARENA_ARRAY(arena, struct vm_trace, PROFILE_HAS_BRANCHES);
    bool whole = executive->task && executive->timer && executive->loading && executive->event && executive->console &&
                 executive->copy_in && executive->copy_out && executive->pool && executive->mailbox &&
                 executive->handle && executive->mail && executive->value && executive->subscription &&
                 executive->command && executive->run && executive->file && executive->file_request &&
                 executive->clock && executive->switches && executive->sampling && executive->trace;
    if (!whole) return NULL;
    if (!console_init(executive->console, arena, config->console_in_bytes, config->console_out_bytes)) return NULL;
    if (PROFILE_HAS_SCHEDULE && !switches_init(executive, arena)) return NULL;
    if (PROFILE_HAS_PROFILE && !sample_init(executive, arena)) return NULL;
    schedule_init(executive);
    return executive;
}

size_t executive_bytes(const struct executive_config *config) {
    enum { ALIGNMENT_SLACK = 16 * 25 };
    return sizeof(struct executive) + PROFILE_HAS_BRANCHES * sizeof(struct vm_trace) + sizeof(struct console) +
           config->tasks_max * sizeof(struct task) + config->timers_max * sizeof(struct timer) +
           config->loads_max * sizeof(struct loading) + config->events_max * sizeof(struct executive_event) +
           (size_t)2 * CALL_COPY_BYTES_MAX + config->pool_bytes + config->console_in_bytes + config->console_out_bytes +
           config->mailbox_bytes + config->mailboxes_max * sizeof(struct mailbox) +
           config->mailbox_handles_max * sizeof(struct mailbox_handle) + config->values_max * sizeof(struct value) +
           config->subscriptions_max * sizeof(struct value_subscription) +
           config->commands_max * sizeof(struct command) + config->command_runs_max * sizeof(struct command_run) +
           config->file_handles_max * sizeof(struct file_handle) + file_requests(config) * sizeof(struct file_request) +
           PROFILE_HAS_CLOCK * sizeof(struct clock) + PROFILE_HAS_SCHEDULE * sizeof(struct switches) +
           PROFILE_HAS_PROFILE * sizeof(struct sampling) + config->switches_max * sizeof(struct switch_record) +
           config->samples_max * sizeof(struct sample_place) + ALIGNMENT_SLACK;
}

/* ---- what comes from outside */

static void wake_who_waits(struct executive *executive, enum task_wait wait) {
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        struct task *task = &executive->task[i];
        if (task_waits(task) && task->wait == wait) task_wake(executive, task);
    }
}

size_t executive_feed(struct executive *executive, const void *bytes, size_t length) {
    if (length > 0) wake_who_waits(executive, WAIT_CONSOLE_IN);
    return console_feed(executive->console, bytes, length);
}

void executive_feed_end(struct executive *executive) {
    executive->console->in_ended = true;
    wake_who_waits(executive, WAIT_CONSOLE_IN);
}

bool executive_wants_input(const struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (task_waits(task) && task->wait == WAIT_CONSOLE_IN && task->wake_us > executive->now_us) return true;
    }
    return false;
}

size_t executive_drain(struct executive *executive, uint32_t *pid, void *to, size_t capacity) {
    size_t length = console_drain(executive->console, pid, to, capacity);
    if (length > 0) wake_who_waits(executive, WAIT_CONSOLE_OUT);
    return length;
}

/* ---- a step */

/* What was to happen to this task at a time that has come. */
static void do_what_is_due(struct executive *executive, struct task *task) {
    uint64_t now_us = executive->now_us;
    if (task->state == TASK_RESTARTING || task->state == TASK_HELD) {
        if (PROFILE_HAS_CONDITION)
            condition_start(executive, task);
        else
            task_start(executive, task, REASON_RESTART);
        return;
    }
    if (PROFILE_HAS_COMMAND && task->command_due_us <= now_us) {
        command_expire(executive, task);
        return;
    }
    bool stands = task->state == TASK_PAUSED;
    if (task->expires_us <= now_us)
        task->end = TASK_END_TIME;
    else if (!stands && task->watchdog_due_us <= now_us)
        task->end = TASK_END_WATCHDOG;
    else if (!stands && task->check_in_due_us <= now_us)
        task->end = TASK_END_CHECK_IN;
    if (task->end == TASK_END_NONE) {
        task_wake(executive, task);
        return;
    }
    task->end_detail = 0;
    task_finish(executive, task);
}

/* The task whose turn it is: the one whose turn goes on, else the one that the schedule says. */
static struct task *choose(struct executive *executive) {
    struct task *last = &executive->task[executive->turn];
    executive->turn_goes_on = executive->turn_goes_on && last->state == TASK_RUNNING;
    if (executive->turn_goes_on) return last;
    return clock_pick(executive);
}

static uint64_t earlier(uint64_t a, uint64_t b) { return a < b ? a : b; }

static uint64_t next_deadline(struct executive *executive) {
    uint64_t due_us = earlier(schedule_next_us(executive), arrival_next_us(executive));
    if (PROFILE_HAS_VALUE) due_us = earlier(due_us, value_next_us(executive));
    bool changed = PROFILE_HAS_CONDITION && executive_causes(executive) != executive->causes_told;
    bool done = loading_waits(executive) || (PROFILE_HAS_FILE && file_waits(executive));
    bool at_once = executive->turn_goes_on || changed || done || executive->console->out.used > 0;
    return clock_deadline(executive, due_us, at_once);
}

void executive_admit(struct executive *executive) { loading_admit(executive); }

uint64_t executive_step(struct executive *executive, uint64_t now_us) {
    clock_tell(executive, now_us);
    executive->step_words = 0;
    executive->steps++;
    if (PROFILE_HAS_CONDITION) condition_step(executive);
    arrival_collect(executive);
    if (PROFILE_HAS_FILE) file_collect(executive);
    if (PROFILE_HAS_VALUE) value_save_due(executive);
    executive_admit(executive);
    for (struct task *due = schedule_due(executive); due; due = schedule_due(executive)) do_what_is_due(executive, due);
    struct task *task = choose(executive);
    if (task) task_turn(executive, task);
    clock_end_step(executive, task);
    return next_deadline(executive);
}

/* ---- tasks from outside */

const struct task *executive_task(const struct executive *executive, uint32_t pid) { return task_find(executive, pid); }

const uint32_t *executive_return_stack(const struct task *task) { return task->vm.return_stack; }

static bool may_pause(const struct task *task) {
    return task_is_live(task) && task->state != TASK_PAUSED && task->state != TASK_HELD;
}

enum status executive_pause(struct executive *executive, uint32_t pid) {
    struct task *task = task_find(executive, pid);
    if (!task) return ST_NOT_FOUND;
    if (!may_pause(task)) return ST_INVALID;
    task_pause(executive, task, REASON_PAUSE);
    return ST_OK;
}

void executive_time(struct executive *executive, uint64_t now_us) { clock_tell(executive, now_us); }

enum status executive_resume(struct executive *executive, uint32_t pid, uint64_t now_us) {
    executive_time(executive, now_us);
    struct task *task = task_find(executive, pid);
    if (!task) return ST_NOT_FOUND;
    if (task->state == TASK_QUARANTINED) {
        task->failure_count = 0;
        task->restarts = 0;
        task_start(executive, task, REASON_RESUME);
        return ST_OK;
    }
    if (PROFILE_HAS_CONDITION && task->state == TASK_HELD) {
        condition_let(executive, task);
        return ST_OK;
    }
    if (task->state != TASK_PAUSED) return ST_INVALID;
    task_resume(executive, task, REASON_RESUME);
    return ST_OK;
}

void executive_stop(struct executive *executive) {
    uint32_t count = 0;
    executive->stopped = true;
    if (PROFILE_HAS_CONDITION) executive_hold(executive);
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        if (!may_pause(&executive->task[i])) continue;
        task_pause(executive, &executive->task[i], REASON_STOP);
        count++;
    }
    struct executive_event event = {.kind = EVENT_STOPPED, .a = count};
    event_put(executive, event);
}

void executive_go(struct executive *executive) { executive->stopped = false; }

enum status executive_budget(struct executive *executive, uint32_t pid, const struct task_budget *budget) {
    struct task *task = task_find(executive, pid);
    if (!task || !task_is_live(task)) return ST_NOT_FOUND;
    uint64_t live_us = (uint64_t)budget->live_ms * 1000;
    task->budget = *budget;
    task->expires_us = live_us > 0 ? task->started_us + live_us : UINT64_MAX;
    schedule_update(executive, task);
    return ST_OK;
}

enum status executive_trace(struct executive *executive, uint32_t pid) {
    const struct task *task = task_find(executive, pid);
    if (!executive->trace) return ST_UNSUPPORTED;
    if (pid != 0 && (!task || !task_is_live(task))) return ST_NOT_FOUND;
    executive->traced_pid = pid;
    *executive->trace = (struct vm_trace){0};
    return ST_OK;
}

enum status executive_kill(struct executive *executive, uint32_t pid) {
    struct task *task = task_find(executive, pid);
    bool quarantined = task && task->state == TASK_QUARANTINED;
    if (!task || (!task_is_live(task) && !quarantined)) return ST_NOT_FOUND;
    task->end = TASK_END_KILLED;
    task->end_detail = 0;
    task_finish(executive, task);
    if (task->state != TASK_FREE) task_wipe(executive, task);
    return ST_OK;
}

enum status executive_release(struct executive *executive, uint32_t pid) {
    struct task *task = task_find(executive, pid);
    if (!task || !task_has_ended(task) || task->state == TASK_QUARANTINED) return ST_NOT_FOUND;
    task_wipe(executive, task);
    return ST_OK;
}
