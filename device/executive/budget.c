#include "device/executive/budget.h"

#include "device/executive/clock.h"

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
    uint64_t periods = (executive->now_us - task->period_start_us) / period_us;
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
