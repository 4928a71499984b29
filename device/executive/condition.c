#include "device/executive/condition.h"

#include "device/executive/blackbox.h"
#include "device/executive/events.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/task.h"

#define BIT(cause)  (1u << CAUSE_##cause)
#define SAFE_CAUSES (BIT(BOOT_LOOP) | BIT(ORDER))
#define LASTING     (SAFE_CAUSES | BIT(WATCHDOG) | BIT(FAILURE) | BIT(BLACKBOX)) /* until executive_normal */

uint32_t executive_causes(const struct executive *executive) {
    uint32_t causes = executive->causes;
    if (executive->quarantined > 0) causes |= BIT(QUARANTINE);
    if (executive->tables_full != 0) causes |= BIT(TABLE);
    return causes;
}

enum hive_condition executive_condition(const struct executive *executive) {
    uint32_t causes = executive_causes(executive);
    if (causes & SAFE_CAUSES) return HIVE_SAFE;
    return causes != 0 ? HIVE_DEGRADED : HIVE_NORMAL;
}

/* ---- what starts by itself */

/* When it may. */
static uint64_t start_us(const struct executive *executive, const struct task *task) {
    return executive->causes & SAFE_CAUSES || task->hold ? UINT64_MAX : executive->start_us;
}

static uint32_t set_held_times(struct executive *executive) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        struct task *task = &executive->task[i];
        if (task->state != TASK_HELD) continue;
        task->wake_us = start_us(executive, task);
        schedule_update(executive, task);
        count++;
    }
    return count;
}

static void set_start(struct executive *executive, enum start_phase phase, uint64_t at_us) {
    executive->phase = (uint8_t)phase;
    executive->start_us = at_us;
    struct executive_event event = {.kind = EVENT_START, .a = (uint32_t)phase, .b = set_held_times(executive)};
    event_put(executive, event);
}

void condition_let(struct executive *executive, struct task *task) {
    task->hold = false;
    task_start(executive, task, task->end == TASK_END_NONE ? REASON_LOADED : REASON_RESTART);
}

void condition_start(struct executive *executive, struct task *task) {
    task->wake_us = start_us(executive, task);
    if (task->wake_us <= executive->now_us) {
        condition_let(executive, task);
        return;
    }
    if (task->state == TASK_HELD) {
        schedule_update(executive, task);
        return;
    }
    task_move(executive, task, TASK_HELD, REASON_HOLD);
    struct executive_event event = {.kind = EVENT_HELD, .pid = task->pid};
    event_put(executive, event);
}

void executive_hold(struct executive *executive) { set_start(executive, START_HELD, UINT64_MAX); }

enum status executive_start(struct executive *executive) {
    if (executive->causes & SAFE_CAUSES) return ST_INVALID;
    set_start(executive, START_OPEN, executive->now_us);
    return ST_OK;
}

enum start_phase executive_start_phase(const struct executive *executive) {
    return executive->causes & SAFE_CAUSES ? START_HELD : (enum start_phase)executive->phase;
}

/* ---- the causes */

static void tell(struct executive *executive) {
    struct executive_event event = {
        .kind = EVENT_CONDITION, .a = (uint32_t)executive_condition(executive), .b = executive->causes_told};
    event_put(executive, event);
}

void executive_cause(struct executive *executive, uint32_t causes, bool present) {
    uint32_t now = present ? executive->causes | causes : executive->causes & ~causes;
    if (now == executive->causes) return;
    executive->causes = now;
    (void)set_held_times(executive);
}

void executive_normal(struct executive *executive) {
    executive_cause(executive, LASTING, false);
    if (executive->config->blackbox) blackbox_settle(executive->config->blackbox);
}

/* A boot that has lasted is no part of a loop. One that lasts because nothing was started says nothing. */
static void settle(struct executive *executive) {
    executive->settle_us = UINT64_MAX;
    if (executive->config->blackbox && !(executive->causes & BIT(BOOT_LOOP)))
        blackbox_settle(executive->config->blackbox);
}

/* In the first step. An operator may have ordered something before. */
static void begin(struct executive *executive) {
    const struct executive_config *config = executive->config;
    executive->settle_us = executive->now_us + (uint64_t)config->settle_ms * 1000;
    if (executive->phase == START_HELD || executive->start_us != UINT64_MAX) return;
    if (config->start_wait_ms > 0) {
        set_start(executive, START_WAITS, executive->now_us + (uint64_t)config->start_wait_ms * 1000);
        return;
    }
    executive->start_us = executive->now_us;
    (void)set_held_times(executive);
}

void condition_step(struct executive *executive) {
    uint32_t causes = executive_causes(executive);
    if (executive->settle_us == 0) begin(executive);
    if (executive->now_us >= executive->settle_us) settle(executive);
    if (executive->phase == START_WAITS && executive->now_us >= executive->start_us)
        set_start(executive, START_OPEN, executive->start_us);
    if (causes == executive->causes_told) return;
    executive->causes_told = causes;
    tell(executive);
}
