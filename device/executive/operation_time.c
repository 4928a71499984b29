/* The handlers of the clock, of steps, of the schedule and of what tasks use. */
#include "core/base/bytes.h"
#include "device/executive/clock.h"
#include "device/executive/operation.h"
#include "device/executive/sample.h"
#include "device/executive/schedule.h"
#include "device/executive/switches.h"
#include "device/executive/task.h"

/* ---- the clock */

enum status operate_clock_get(struct operation *operation, struct clock_get_result *result) {
    const struct executive *executive = operation->hive->executive;
    const struct clock *clock = executive->clock;
    *result = (struct clock_get_result){
        .mode = (uint8_t)clock->setting.mode,
        .activity = (uint8_t)clock_activity(executive),
        .words_per_second = clock->setting.words_per_second,
        .burst_words = clock->setting.burst_words,
        .turn_instructions = clock->setting.turn_instructions,
        .quantum_words = executive->config->quantum_words,
        .now_us = executive->now_us,
        .board_us = clock->board_us,
        .words = executive->words,
    };
    return ST_OK;
}

enum status operate_clock_set(struct operation *operation, const struct clock_set_parameters *parameters) {
    if (operation_is_any_locked(operation)) return ST_BUSY;
    struct clock_setting setting = {.mode = parameters->mode,
                                    .words_per_second = parameters->words_per_second,
                                    .burst_words = parameters->burst_words,
                                    .turn_instructions = parameters->turn_instructions};
    enum status status = clock_set(operation->hive->executive, &setting);
    return status == ST_OK ? ST_OK : operation_refuse(operation, status, WHY_PARAMETER, 1);
}

static enum status step(struct operation *operation, const struct clock_step *what, uint16_t *ticket) {
    struct executive *executive = operation->hive->executive;
    if (what->count > INT32_MAX) return operation_refuse(operation, ST_RANGE, WHY_PARAMETER, what->pid == 0 ? 0 : 1);
    enum status status = clock_step(executive, what, ticket);
    if (status == ST_OK) return ST_OK;
    if (status == ST_BUSY) return operation_refuse(operation, status, WHY_STEP, executive->clock->ticket);
    if (status == ST_NOT_FOUND) return operation_refuse(operation, status, WHY_TASK, what->pid);
    if (executive->stopped) return operation_refuse(operation, status, WHY_STOPPED, 0);
    if (executive->clock->setting.mode != CLOCK_MANUAL)
        return operation_refuse(operation, status, WHY_MODE, executive->clock->setting.mode);
    return operation_refuse(operation, status, WHY_TASK, what->pid);
}

enum status operate_clock_step(struct operation *operation, const struct clock_step_parameters *parameters,
                               struct clock_step_result *result) {
    if (operation_is_any_locked(operation)) return ST_BUSY;
    struct clock_step what = {.count = parameters->count, .turns = parameters->turns};
    return step(operation, &what, &result->ticket);
}

enum status operate_task_step(struct operation *operation, const struct task_step_parameters *parameters,
                              struct task_step_result *result) {
    struct clock_step what = {.pid = parameters->pid, .count = parameters->count, .turns = parameters->turns};
    return step(operation, &what, &result->ticket);
}

/* ---- the schedule */

enum status operate_task_priority(struct operation *operation, const struct task_priority_parameters *parameters) {
    struct executive *executive = operation->hive->executive;
    if (!hive_has_task(operation->hive, parameters->pid))
        return operation_refuse(operation, ST_NOT_FOUND, WHY_TASK, parameters->pid);
    schedule_priority(executive, task_find(executive, parameters->pid), parameters->priority);
    return ST_OK;
}

bool list_schedule_list(struct operation *operation, uint32_t after, struct schedule_list_row *row) {
    const struct task *task = operation_next_task(operation, after);
    if (!task) return false;
    *row = (struct schedule_list_row){
        .pid = task->pid,
        .state = (uint8_t)task->state,
        .priority = task->priority,
        .turns = task->turns.turns,
        .switches = task->turns.switches,
        .preemptions = task->turns.preemptions,
        .waits = task->turns.waits,
        .throttles = task->turns.throttles,
        .longest_wait_us = task->turns.longest_wait_us,
        .words = task->words,
        .name = task->name,
    };
    return true;
}

enum status operate_schedule_totals(struct operation *operation, struct schedule_totals_result *result) {
    const struct executive *executive = operation->hive->executive;
    *result = (struct schedule_totals_result){
        .turns = executive->switches->turns,
        .switches = executive->switches->count,
        .words = executive->words,
        .kept = executive->switches->kept,
        .kept_max = executive->config->switches_max,
    };
    return ST_OK;
}

enum status operate_schedule_keep(struct operation *operation, const struct schedule_keep_parameters *parameters) {
    struct executive *executive = operation->hive->executive;
    if (switches_keep(executive, parameters->records) == ST_OK) return ST_OK;
    return operation_refuse(operation, ST_RANGE, WHY_ROOM, executive->config->switches_max);
}

bool list_schedule_trace(struct operation *operation, uint32_t after, struct schedule_trace_row *row) {
    struct switch_record record;
    uint32_t number = switches_next(operation->hive->executive->switches, after, &record);
    if (number == 0) return false;
    *row = (struct schedule_trace_row){
        .number = number,
        .time_us = record.time_us,
        .before = record.before,
        .after = record.after,
        .reason = (uint8_t)record.reason,
        .turns = record.turns,
        .words = record.words,
    };
    return true;
}

/* ---- what tasks use */

static uint32_t first_bytes(const uint8_t *id) {
    return (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
}

bool list_profile_use(struct operation *operation, uint32_t after, struct profile_use_row *row) {
    const struct task *task = operation_next_task(operation, after);
    if (!task) return false;
    *row = (struct profile_use_row){
        .pid = task->pid,
        .build = first_bytes(task->build_id),
        .words = task->words,
        .calls = task->calls,
        .calls_refused = task->calls_refused,
        .messages = task->messages,
        .log_bytes = task->log_bytes,
        .ram_bytes = task->ram_bytes,
        .stack_bytes = task->stack_bytes,
        .stack_used = sample_stack_bytes(task),
        .return_entries = task->return_entries,
        .return_used = sample_return_entries(task),
        .name = task->name,
    };
    return true;
}

enum status operate_profile_start(struct operation *operation, const struct profile_start_parameters *parameters) {
    enum status status = sample_start(operation->hive->executive, parameters->pid, parameters->period_words);
    if (status == ST_OK) return ST_OK;
    if (status == ST_RANGE) return operation_refuse(operation, status, WHY_PARAMETER, 1);
    if (status == ST_UNSUPPORTED) return operation_refuse(operation, status, WHY_ROOM, 0);
    return operation_refuse(operation, status, WHY_TASK, parameters->pid);
}

enum status operate_profile_stop(struct operation *operation) {
    sample_stop(operation->hive->executive);
    return ST_OK;
}

enum status operate_profile_get(struct operation *operation, struct profile_get_result *result) {
    const struct sampling *sampling = operation->hive->executive->sampling;
    *result = (struct profile_get_result){
        .on = sampling->on,
        .pid = sampling->pid,
        .period_words = sampling->period_words,
        .samples = sampling->samples,
        .lost = sampling->lost,
        .places = sampling->places,
        .places_max = operation->hive->executive->config->samples_max,
    };
    return ST_OK;
}

bool list_profile_read(struct operation *operation, uint32_t after, struct profile_read_row *row) {
    struct sample_place place;
    uint32_t slot = sample_next(operation->hive->executive->sampling, after, &place);
    if (slot == 0) return false;
    *row = (struct profile_read_row){.slot = slot, .pid = place.pid, .pc = place.pc, .samples = place.samples};
    return true;
}
