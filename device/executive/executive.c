#include "device/executive/executive.h"

#include <stddef.h>
#include <string.h>

#include "core/base/require.h"
#include "device/executive/arrival.h"
#include "device/executive/call.h"
#include "device/executive/clock.h"
#include "device/executive/command.h"
#include "device/executive/condition.h"
#include "device/executive/console.h"
#include "device/executive/events.h"
#include "device/executive/file.h"
#include "device/executive/loading.h"
#include "device/executive/log.h"
#include "device/executive/mailbox.h"
#include "device/executive/memory.h"
#include "device/executive/sample.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/switches.h"
#include "device/executive/task.h"
#include "device/executive/timer.h"
#include "device/executive/value.h"

enum { TIMERS_MAX = 256, HANDLES_MAX = 4096 };

/* Where the pointer to each table is, and its size; one alone has no count in the configuration. */
struct table {
    uint16_t pointer_at, count_at; /* in struct executive, in struct executive_config */
    uint16_t element_bytes;
    uint8_t count_bytes; /* 0: `count` of them */
    uint8_t count;
};
#define TABLE(pointer, type, count, of_profile)                                                                        \
    {offsetof(struct executive, pointer), offsetof(struct executive_config, count), sizeof(type),                      \
     sizeof((const struct executive_config *)0)->count, 0},
#define ONE(pointer, type, has) {offsetof(struct executive, pointer), 0, sizeof(type), 0, has},
static const struct table tables[] = {
    MEMORY_OF_EXECUTIVE(TABLE, ONE){offsetof(struct executive, file_request),
                                    offsetof(struct executive_config, tasks_max),
                                    PROFILE_HAS_FILE ? sizeof(struct file_request) : 0, sizeof(uint16_t), 0},
    TABLE(pool, uint8_t, pool_bytes, 0)};
enum { TABLES = sizeof tables / sizeof *tables };

/* The pool is the last; it may lie elsewhere. */
static size_t table_count(const struct executive_config *config) { return config->pool ? TABLES - 1 : TABLES; }

static uint32_t count_of(const struct executive_config *config, const struct table *table) {
    uint32_t count = table->count;
    memcpy(&count, (const uint8_t *)config + table->count_at, table->count_bytes);
    return count;
}

static bool carve(struct executive *executive, struct arena *arena) {
    executive->pool = executive->config->pool;
    for (size_t i = 0; i < table_count(executive->config); i++) {
        uint32_t count = count_of(executive->config, &tables[i]);
        void *taken = arena_take(arena, count, tables[i].element_bytes, MEMORY_ALIGNMENT);
        memcpy((uint8_t *)executive + tables[i].pointer_at, &taken, sizeof taken);
        if (!taken) return false;
    }
    return console_init(executive->console, arena, executive->config->console_in_bytes,
                        executive->config->console_out_bytes);
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
    if (!carve(executive, arena)) return NULL;
    if (PROFILE_HAS_LOG && !log_init(&executive->log, arena, config)) return NULL;
    if (PROFILE_HAS_SCHEDULE && !switches_init(executive, arena)) return NULL;
    if (PROFILE_HAS_PROFILE && !sample_init(executive, arena)) return NULL;
    schedule_init(executive);
    return executive;
}

size_t executive_bytes(const struct executive_config *config) {
    enum { OTHERS = 6 };
    size_t bytes = sizeof(struct executive) + config->console_in_bytes + config->console_out_bytes +
                   config->switches_max * sizeof(struct switch_record) +
                   config->samples_max * sizeof(struct sample_place) + (PROFILE_HAS_LOG ? log_bytes(config) : 0) +
                   (size_t)OTHERS * MEMORY_ALIGNMENT;
    for (size_t i = 0; i < table_count(config); i++)
        bytes += (size_t)count_of(config, &tables[i]) * tables[i].element_bytes + MEMORY_ALIGNMENT;
    return bytes;
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

size_t executive_drain(struct executive *executive, struct executive_output *output, void *to, size_t capacity) {
    size_t length = console_drain(executive->console, output, to, capacity);
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
