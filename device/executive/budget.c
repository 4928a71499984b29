#include "device/executive/budget.h"

#include "core/base/divide.h"
#include "device/executive/clock.h"

/* 0 is no limit of what a task may have, and nothing that is asked for. */
static uint64_t least(uint64_t most, uint64_t asked, enum budget_item item, uint32_t *over) {
    if (asked == 0) return most;
    if (most > 0 && asked > most) *over |= 1u << item;
    return asked;
}

/* No more a millisecond, and not for a longer period: then it is never ahead by more either. */
static void grant_period(const struct task_budget *most, const struct budget_row *asked, struct task_budget *granted,
                         uint32_t *over) {
    if (asked->period_words == 0) return;
    bool bounded = most->period_ms > 0 && most->period_words > 0;
    bool faster = (uint64_t)asked->period_words * most->period_ms > (uint64_t)most->period_words * asked->period_ms;
    if (bounded && (faster || asked->period_ms > most->period_ms)) *over |= 1u << BUDGET_PERIOD;
    granted->period_ms = asked->period_ms;
    granted->period_words = asked->period_words;
}

uint32_t budget_grant(const struct task_budget *most, const struct budget_row *asked, struct task_budget *granted) {
    uint32_t over = 0;
    *granted = *most;
    granted->fuel_words = least(most->fuel_words, asked->fuel_words, BUDGET_FUEL, &over);
    granted->calls = (uint32_t)least(most->calls, asked->calls, BUDGET_CALLS, &over);
    granted->messages = (uint32_t)least(most->messages, asked->messages, BUDGET_MESSAGES, &over);
    granted->log_bytes = (uint32_t)least(most->log_bytes, asked->log_bytes, BUDGET_LOG, &over);
    granted->live_ms = (uint32_t)least(most->live_ms, asked->live_ms, BUDGET_TIME, &over);
    grant_period(most, asked, granted, &over);
    return over;
}

uint32_t budget_of(const struct task_budget *budget, enum budget_item item) {
    switch (item) {
    case BUDGET_FUEL: return budget->fuel_words > UINT32_MAX ? UINT32_MAX : (uint32_t)budget->fuel_words;
    case BUDGET_PERIOD: return budget->period_words;
    case BUDGET_CALLS: return budget->calls;
    case BUDGET_MESSAGES: return budget->messages;
    case BUDGET_LOG: return budget->log_bytes;
    case BUDGET_TIME: return budget->live_ms;
    case BUDGET_ITEMS: break;
    }
    return 0;
}

void budget_start(struct executive *executive, struct task *task) {
    uint64_t live_us = (uint64_t)task->budget.live_ms * 1000;
    task->expires_us = live_us > 0 ? executive->now_us + live_us : UINT64_MAX;
    task->period_start_us = executive->now_us;
    task->period_words = 0;
    task->words = 0;
    task->calls = task->messages = 0;
    task->log_bytes = 0;
}

uint32_t budget_turn(struct executive *executive, struct task *task) {
    const struct task_budget *budget = &task->budget;
    uint64_t fuel = clock_begin_turn(executive, task), period_us = (uint64_t)budget->period_ms * 1000;
    uint64_t left_in_all = budget->fuel_words > task->words ? budget->fuel_words - task->words : 1;
    if (budget->fuel_words > 0 && left_in_all < fuel) fuel = left_in_all;
    if (period_us == 0 || budget->period_words == 0) return (uint32_t)fuel;
    uint64_t periods = divide_u64(divide_u64(executive->now_us - task->period_start_us, 1000), budget->period_ms);
    task->period_start_us += periods * period_us;
    if (periods > 0) task->period_words = 0;
    uint32_t left = budget->period_words > task->period_words ? budget->period_words - task->period_words : 0;
    if (left == 0) task->wake_us = task->period_start_us + period_us;
    return left < fuel ? left : (uint32_t)fuel;
}

static bool end(struct task *task, enum task_end why) {
    if (task->end == TASK_END_NONE) task->end = why;
    return false;
}

void budget_fuel(struct executive *executive, struct task *task, uint32_t words) {
    task->words += words;
    task->period_words = words > UINT32_MAX - task->period_words ? UINT32_MAX : task->period_words + words;
    executive->step_words += words;
    executive->words += words;
    if (task->budget.fuel_words > 0 && task->words >= task->budget.fuel_words) (void)end(task, TASK_END_FUEL);
}

bool budget_call(struct task *task) {
    if (task->budget.calls > 0 && task->calls >= task->budget.calls) return end(task, TASK_END_CALLS);
    task->calls++;
    return true;
}

bool budget_message(struct task *task) {
    if (task->budget.messages > 0 && task->messages >= task->budget.messages) return end(task, TASK_END_MESSAGES);
    task->messages++;
    return true;
}

bool budget_log(struct task *task, uint32_t bytes) {
    uint32_t most = task->budget.log_bytes;
    if (most > 0 && bytes > most - task->log_bytes) return end(task, TASK_END_LOG);
    task->log_bytes += bytes;
    return true;
}
