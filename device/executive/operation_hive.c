/* The handlers of the group hive that are about how it is and what starts by itself, and those for budgets. */
#include "core/base/divide.h"
#include "device/executive/operation.h"
#include "device/executive/state.h"

enum status operate_hive_state(struct operation *operation, struct hive_state_result *result) {
    const struct executive *executive = operation->hive->executive;
    uint64_t now_us = operation->now_us;
    *result = (struct hive_state_result){.condition = (uint8_t)executive_condition(executive),
                                         .causes = executive_causes(executive),
                                         .start = (uint8_t)executive_start_phase(executive),
                                         .start_ms = UINT32_MAX};
    if (result->start == START_OPEN) result->start_ms = 0;
    if (result->start == START_WAITS && executive->start_us != UINT64_MAX)
        result->start_ms = executive->start_us > now_us ? (uint32_t)divide_u64(executive->start_us - now_us, 1000) : 0;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        if (executive->task[i].state == TASK_HELD) result->held++;
    }
    return ST_OK;
}

enum status operate_hive_link(struct operation *operation, struct hive_link_result *result) {
    const struct link_counts *counts = &operation->link->counts;
    *result = (struct hive_link_result){.frames = counts->frames,
                                        .damaged = counts->damaged,
                                        .missing = counts->missing,
                                        .lost = counts->lost,
                                        .waiting_most = counts->waiting_most,
                                        .waiting_max = counts->waiting_max,
                                        .away_us_most = counts->away_us_most};
    return ST_OK;
}

enum status operate_hive_safe(struct operation *operation) {
    executive_cause(operation->hive->executive, 1u << CAUSE_ORDER, true);
    return ST_OK;
}

enum status operate_hive_normal(struct operation *operation, struct hive_normal_result *result) {
    executive_normal(operation->hive->executive);
    result->condition = (uint8_t)executive_condition(operation->hive->executive);
    return ST_OK;
}

enum status operate_hive_hold(struct operation *operation) {
    executive_hold(operation->hive->executive);
    return ST_OK;
}

enum status operate_hive_start(struct operation *operation) {
    struct executive *executive = operation->hive->executive;
    executive_time(executive, operation->now_us);
    if (executive_start(executive) == ST_OK) return ST_OK;
    return operation_refuse(operation, ST_INVALID, WHY_SAFE, executive_causes(executive));
}

enum status operate_task_budget(struct operation *operation, const struct task_budget_parameters *parameters,
                                struct task_budget_result *result) {
    const struct task *task = executive_task(operation->hive->executive, parameters->pid);
    if (!task || task->state == TASK_FREE) return operation_refuse(operation, ST_NOT_FOUND, WHY_TASK, parameters->pid);
    const struct task_budget *budget = &task->budget;
    uint64_t now_us = operation->hive->executive->now_us;
    bool lives = task_is_live(task) && now_us > task->started_us;
    *result = (struct task_budget_result){.fuel_words = budget->fuel_words,
                                          .used_words = task->words,
                                          .period_ms = budget->period_ms,
                                          .period_words = budget->period_words,
                                          .calls = budget->calls,
                                          .used_calls = task->calls,
                                          .messages = budget->messages,
                                          .used_messages = task->messages,
                                          .log_bytes = budget->log_bytes,
                                          .used_log_bytes = task->log_bytes,
                                          .live_ms = budget->live_ms,
                                          .lived_ms = lives ? (uint32_t)((now_us - task->started_us) / 1000) : 0};
    return ST_OK;
}

enum status operate_task_set_budget(struct operation *operation, const struct task_set_budget_parameters *parameters) {
    struct executive *executive = operation->hive->executive;
    const struct task_budget budget = {.fuel_words = parameters->fuel_words,
                                       .period_ms = parameters->period_ms,
                                       .period_words = parameters->period_words,
                                       .calls = parameters->calls,
                                       .messages = parameters->messages,
                                       .log_bytes = parameters->log_bytes,
                                       .live_ms = parameters->live_ms};
    if (executive_budget(executive, parameters->pid, &budget) == ST_OK) return ST_OK;
    return operation_refuse(operation, ST_NOT_FOUND, WHY_TASK, parameters->pid);
}
