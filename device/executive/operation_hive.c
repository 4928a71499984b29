/* The handlers of the group hive that are about how it is and what starts by itself. */
#include "device/executive/operation.h"

enum status operate_hive_state(struct operation *operation, struct hive_state_result *result) {
    const struct executive *executive = operation->hive->executive;
    uint64_t now_us = operation->now_us;
    *result = (struct hive_state_result){.condition = (uint8_t)executive_condition(executive),
                                         .causes = executive_causes(executive),
                                         .start = (uint8_t)executive_start_phase(executive),
                                         .start_ms = UINT32_MAX};
    if (result->start == START_OPEN) result->start_ms = 0;
    if (result->start == START_WAITS && executive->start_us != UINT64_MAX)
        result->start_ms = executive->start_us > now_us ? (uint32_t)((executive->start_us - now_us) / 1000) : 0;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        if (executive->task[i].state == TASK_HELD) result->held++;
    }
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
