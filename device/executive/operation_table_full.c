/* GENERATED from spec/operations.json by tools/generate/operations.py. Do not edit. */
#include "device/executive/operation_table.h"

#include <stddef.h>

#include "device/executive/clock.h"
#include "device/executive/delivery.h"
#include "device/executive/log.h"
#include "device/executive/mailbox.h"
#include "device/executive/operation.h"

_Static_assert(TASK_FREE == 0, "spec/operations.json, task_state");
_Static_assert(TASK_READY == 1, "spec/operations.json, task_state");
_Static_assert(TASK_RUNNING == 2, "spec/operations.json, task_state");
_Static_assert(TASK_WAITING == 3, "spec/operations.json, task_state");
_Static_assert(TASK_WAITING_MAILBOX == 4, "spec/operations.json, task_state");
_Static_assert(TASK_SLEEPING == 5, "spec/operations.json, task_state");
_Static_assert(TASK_PAUSED == 6, "spec/operations.json, task_state");
_Static_assert(TASK_RESTARTING == 7, "spec/operations.json, task_state");
_Static_assert(TASK_RETURNED == 8, "spec/operations.json, task_state");
_Static_assert(TASK_FAULTED == 9, "spec/operations.json, task_state");
_Static_assert(TASK_KILLED == 10, "spec/operations.json, task_state");
_Static_assert(TASK_QUARANTINED == 11, "spec/operations.json, task_state");
_Static_assert(TASK_HELD == 12, "spec/operations.json, task_state");
_Static_assert(TASK_END_NONE == 0, "spec/operations.json, task_end");
_Static_assert(TASK_END_EXIT == 1, "spec/operations.json, task_end");
_Static_assert(TASK_END_TRAP == 2, "spec/operations.json, task_end");
_Static_assert(TASK_END_FUEL == 3, "spec/operations.json, task_end");
_Static_assert(TASK_END_WATCHDOG == 4, "spec/operations.json, task_end");
_Static_assert(TASK_END_CHECK_IN == 5, "spec/operations.json, task_end");
_Static_assert(TASK_END_BREAK == 6, "spec/operations.json, task_end");
_Static_assert(TASK_END_KILLED == 7, "spec/operations.json, task_end");
_Static_assert(TASK_END_CALLS == 8, "spec/operations.json, task_end");
_Static_assert(TASK_END_MESSAGES == 9, "spec/operations.json, task_end");
_Static_assert(TASK_END_LOG == 10, "spec/operations.json, task_end");
_Static_assert(TASK_END_TIME == 11, "spec/operations.json, task_end");
_Static_assert(REASON_LOADED == 0, "spec/operations.json, task_reason");
_Static_assert(REASON_TURN == 1, "spec/operations.json, task_reason");
_Static_assert(REASON_QUANTUM == 2, "spec/operations.json, task_reason");
_Static_assert(REASON_CALL == 3, "spec/operations.json, task_reason");
_Static_assert(REASON_MAILBOX == 4, "spec/operations.json, task_reason");
_Static_assert(REASON_SLEEP == 5, "spec/operations.json, task_reason");
_Static_assert(REASON_THROTTLED == 6, "spec/operations.json, task_reason");
_Static_assert(REASON_WOKEN == 7, "spec/operations.json, task_reason");
_Static_assert(REASON_PAUSE == 8, "spec/operations.json, task_reason");
_Static_assert(REASON_STOP == 9, "spec/operations.json, task_reason");
_Static_assert(REASON_RESUME == 10, "spec/operations.json, task_reason");
_Static_assert(REASON_END == 11, "spec/operations.json, task_reason");
_Static_assert(REASON_BACK_OFF == 12, "spec/operations.json, task_reason");
_Static_assert(REASON_RESTART == 13, "spec/operations.json, task_reason");
_Static_assert(REASON_QUARANTINE == 14, "spec/operations.json, task_reason");
_Static_assert(REASON_RELEASE == 15, "spec/operations.json, task_reason");
_Static_assert(REASON_HOLD == 16, "spec/operations.json, task_reason");
_Static_assert(REASON_STEP == 17, "spec/operations.json, task_reason");
_Static_assert(REFUSED_ARTIFACT == 0, "spec/operations.json, refusal");
_Static_assert(REFUSED_SIGNATURE == 1, "spec/operations.json, refusal");
_Static_assert(REFUSED_PROGRAM == 2, "spec/operations.json, refusal");
_Static_assert(REFUSED_HOST == 3, "spec/operations.json, refusal");
_Static_assert(REFUSED_SECURITY_VERSION == 4, "spec/operations.json, refusal");
_Static_assert(REFUSED_CALL_UNKNOWN == 5, "spec/operations.json, refusal");
_Static_assert(REFUSED_CALL_UNCOVERED == 6, "spec/operations.json, refusal");
_Static_assert(REFUSED_CAPABILITY == 7, "spec/operations.json, refusal");
_Static_assert(REFUSED_MEMORY == 8, "spec/operations.json, refusal");
_Static_assert(REFUSED_TASKS == 9, "spec/operations.json, refusal");
_Static_assert(REFUSED_TWICE == 10, "spec/operations.json, refusal");
_Static_assert(REFUSED_BUDGET == 11, "spec/operations.json, refusal");
_Static_assert(REFUSED_VALUE_TAKEN == 12, "spec/operations.json, refusal");
_Static_assert(REFUSED_VALUE_UNCOVERED == 13, "spec/operations.json, refusal");
_Static_assert(REFUSED_VALUES == 14, "spec/operations.json, refusal");
_Static_assert(REFUSED_COMMAND_TAKEN == 15, "spec/operations.json, refusal");
_Static_assert(REFUSED_COMMAND_UNCOVERED == 16, "spec/operations.json, refusal");
_Static_assert(REFUSED_COMMANDS == 17, "spec/operations.json, refusal");
_Static_assert(REFUSED_CALL_LEFT_OUT == 18, "spec/operations.json, refusal");
_Static_assert(REFUSED_MAILBOX_TAKEN == 19, "spec/operations.json, refusal");
_Static_assert(REFUSED_MAILBOX_UNCOVERED == 20, "spec/operations.json, refusal");
_Static_assert(REFUSED_MAILBOXES == 21, "spec/operations.json, refusal");
_Static_assert(REFUSED_MAILBOX_BYTES == 22, "spec/operations.json, refusal");
_Static_assert(REFUSED_BUDGET_ITEM == 23, "spec/operations.json, refusal");
_Static_assert(REFUSED_COMMAND_STACK == 24, "spec/operations.json, refusal");
_Static_assert(PRESSURE_MAILBOXES == 0, "spec/operations.json, table");
_Static_assert(PRESSURE_HANDLES == 1, "spec/operations.json, table");
_Static_assert(PRESSURE_MAILBOX_BYTES == 2, "spec/operations.json, table");
_Static_assert(PRESSURE_VALUES == 3, "spec/operations.json, table");
_Static_assert(PRESSURE_COMMANDS == 4, "spec/operations.json, table");
_Static_assert(PRESSURE_COMMAND_RUNS == 5, "spec/operations.json, table");
_Static_assert(OBJECT_BOOL == 0, "spec/operations.json, object_type");
_Static_assert(OBJECT_I32 == 1, "spec/operations.json, object_type");
_Static_assert(OBJECT_F32 == 2, "spec/operations.json, object_type");
_Static_assert(OBJECT_F16 == 3, "spec/operations.json, object_type");
_Static_assert(OBJECT_NONE == 4, "spec/operations.json, object_type");
_Static_assert(LEVEL_PUBLIC == 0, "spec/operations.json, level");
_Static_assert(LEVEL_USER == 1, "spec/operations.json, level");
_Static_assert(LEVEL_ADMIN == 2, "spec/operations.json, level");
_Static_assert(LEVEL_FACTORY == 3, "spec/operations.json, level");
_Static_assert(SPACE_PID == 0, "spec/operations.json, space");
_Static_assert(SPACE_SVC == 1, "spec/operations.json, space");
_Static_assert(SPACE_APP == 2, "spec/operations.json, space");
_Static_assert(SPACE_SHARED == 3, "spec/operations.json, space");
_Static_assert(SPACE_HAL == 4, "spec/operations.json, space");
_Static_assert(SPACE_TAP == 5, "spec/operations.json, space");
_Static_assert(DEVICE_NONE == 0, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_GPIO == 1, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_UART == 2, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_CAN == 3, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_TIMER == 4, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_STDIN == 5, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_STDOUT == 6, "spec/operations.json, mailbox_device");
_Static_assert(DEVICE_STDERR == 7, "spec/operations.json, mailbox_device");
_Static_assert(LOG_EMERGENCY == 0, "spec/operations.json, log_level");
_Static_assert(LOG_ALERT == 1, "spec/operations.json, log_level");
_Static_assert(LOG_CRITICAL == 2, "spec/operations.json, log_level");
_Static_assert(LOG_ERROR == 3, "spec/operations.json, log_level");
_Static_assert(LOG_WARNING == 4, "spec/operations.json, log_level");
_Static_assert(LOG_NOTICE == 5, "spec/operations.json, log_level");
_Static_assert(LOG_INFO == 6, "spec/operations.json, log_level");
_Static_assert(LOG_DEBUG == 7, "spec/operations.json, log_level");
_Static_assert(LOG_FROM_HIVE == 0, "spec/operations.json, log_source");
_Static_assert(LOG_FROM_STDOUT == 1, "spec/operations.json, log_source");
_Static_assert(LOG_FROM_STDERR == 2, "spec/operations.json, log_source");
_Static_assert(HIVE_NORMAL == 0, "spec/operations.json, condition");
_Static_assert(HIVE_DEGRADED == 1, "spec/operations.json, condition");
_Static_assert(HIVE_SAFE == 2, "spec/operations.json, condition");
_Static_assert(PORT_RESET_POWER == 0, "spec/operations.json, reset_reason");
_Static_assert(PORT_RESET_ORDERED == 1, "spec/operations.json, reset_reason");
_Static_assert(PORT_RESET_WATCHDOG == 2, "spec/operations.json, reset_reason");
_Static_assert(PORT_RESET_OUTSIDE == 3, "spec/operations.json, reset_reason");
_Static_assert(START_OPEN == 0, "spec/operations.json, start_phase");
_Static_assert(START_WAITS == 1, "spec/operations.json, start_phase");
_Static_assert(START_HELD == 2, "spec/operations.json, start_phase");
_Static_assert(CLOCK_FREE == 0, "spec/operations.json, clock_mode");
_Static_assert(CLOCK_LIMITED == 1, "spec/operations.json, clock_mode");
_Static_assert(CLOCK_MANUAL == 2, "spec/operations.json, clock_mode");
_Static_assert(CLOCK_VIRTUAL == 3, "spec/operations.json, clock_mode");
_Static_assert(ACTIVITY_IDLE == 0, "spec/operations.json, clock_activity");
_Static_assert(ACTIVITY_RUNNING == 1, "spec/operations.json, clock_activity");
_Static_assert(ACTIVITY_WAITING == 2, "spec/operations.json, clock_activity");
_Static_assert(ACTIVITY_THROTTLED == 3, "spec/operations.json, clock_activity");
_Static_assert(ACTIVITY_STANDING == 4, "spec/operations.json, clock_activity");
_Static_assert(ACTIVITY_STEPPING == 5, "spec/operations.json, clock_activity");
_Static_assert(ACTIVITY_STOPPED == 6, "spec/operations.json, clock_activity");
_Static_assert(STEP_DONE == 0, "spec/operations.json, step_end");
_Static_assert(STEP_WAITS == 1, "spec/operations.json, step_end");
_Static_assert(STEP_THROTTLED == 2, "spec/operations.json, step_end");
_Static_assert(STEP_ENDED == 3, "spec/operations.json, step_end");
_Static_assert(STEP_PAUSED == 4, "spec/operations.json, step_end");
_Static_assert(STEP_IDLE == 5, "spec/operations.json, step_end");
_Static_assert(STEP_CANCELLED == 6, "spec/operations.json, step_end");
_Static_assert(LINK_READY == 0, "spec/operations.json, link_state");
_Static_assert(LINK_RECEIVING == 1, "spec/operations.json, link_state");
_Static_assert(LINK_PROCESSING == 2, "spec/operations.json, link_state");
_Static_assert(LINK_BOOT_REQUESTED == 3, "spec/operations.json, link_state");
_Static_assert(LINK_DEGRADED == 4, "spec/operations.json, link_state");
_Static_assert(ROLE_BOOTLOADER == 0, "spec/operations.json, hive_role");
_Static_assert(ROLE_RUNTIME == 1, "spec/operations.json, hive_role");
_Static_assert(TRANSFER_GUEST == 0, "spec/operations.json, transfer_target");
_Static_assert(TRANSFER_FIRMWARE == 1, "spec/operations.json, transfer_target");
_Static_assert(TRANSFER_KEYS == 2, "spec/operations.json, transfer_target");
_Static_assert(SLOT_EMPTY == 0, "spec/operations.json, slot_state");
_Static_assert(SLOT_ERASING == 1, "spec/operations.json, slot_state");
_Static_assert(SLOT_RECEIVING == 2, "spec/operations.json, slot_state");
_Static_assert(SLOT_TRIAL == 3, "spec/operations.json, slot_state");
_Static_assert(SLOT_CONFIRMED == 4, "spec/operations.json, slot_state");
_Static_assert(SLOT_REVERTED == 5, "spec/operations.json, slot_state");
_Static_assert(SLOT_WHOLE == 6, "spec/operations.json, slot_state");
_Static_assert(SLOT_RUNNING == 7, "spec/operations.json, slot_state");
_Static_assert(SLOT_BAD == 8, "spec/operations.json, slot_state");

static enum status answer_hive_info(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_hive_info(operation, result);
}

static enum status answer_hive_stop(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_stop(operation);
}

static enum status answer_hive_go(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_go(operation);
}

static enum status answer_hive_offers(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_hive_offers(operation, result);
}

static enum status answer_hive_restart(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_restart(operation);
}

static enum status answer_hive_shutdown(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_shutdown(operation);
}

static enum status answer_hive_state(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_hive_state(operation, result);
}

static enum status answer_hive_safe(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_safe(operation);
}

static enum status answer_hive_normal(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_hive_normal(operation, result);
}

static enum status answer_hive_hold(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_hold(operation);
}

static enum status answer_hive_start(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_hive_start(operation);
}

static enum status answer_hive_page(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_hive_page(operation, result);
}

static enum status answer_hive_link(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_hive_link(operation, result);
}

static enum status answer_session_open(struct operation *operation, const void *parameters, void *result) {
    return operate_session_open(operation, parameters, result);
}

static enum status answer_session_keepalive(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_session_keepalive(operation);
}

static enum status answer_session_close(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_session_close(operation);
}

static bool list_next_session_list(struct operation *operation, uint32_t after, void *row) {
    return list_session_list(operation, after, row);
}

static enum status answer_session_lock(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_session_lock(operation, parameters);
}

static enum status answer_session_unlock(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_session_unlock(operation, parameters);
}

static enum status answer_session_end(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_session_end(operation, parameters);
}

static bool list_next_task_list(struct operation *operation, uint32_t after, void *row) {
    return list_task_list(operation, after, row);
}

static enum status answer_task_load_begin(struct operation *operation, const void *parameters, void *result) {
    return operate_task_load_begin(operation, parameters, result);
}

static enum status answer_task_load_chunk(struct operation *operation, const void *parameters, void *result) {
    return operate_task_load_chunk(operation, parameters, result);
}

static enum status answer_task_load_end(struct operation *operation, const void *parameters, void *result) {
    return operate_task_load_end(operation, parameters, result);
}

static enum status answer_task_kill(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_task_kill(operation, parameters);
}

static enum status answer_task_pause(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_task_pause(operation, parameters);
}

static enum status answer_task_resume(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_task_resume(operation, parameters);
}

static enum status answer_task_step(struct operation *operation, const void *parameters, void *result) {
    return operate_task_step(operation, parameters, result);
}

static enum status answer_task_priority(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_task_priority(operation, parameters);
}

static enum status answer_task_trace(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_task_trace(operation, parameters);
}

static enum status answer_task_budget(struct operation *operation, const void *parameters, void *result) {
    return operate_task_budget(operation, parameters, result);
}

static enum status answer_task_set_budget(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_task_set_budget(operation, parameters);
}

static enum status answer_event_subscribe(struct operation *operation, const void *parameters, void *result) {
    return operate_event_subscribe(operation, parameters, result);
}

static enum status answer_event_acknowledge(struct operation *operation, const void *parameters, void *result) {
    return operate_event_acknowledge(operation, parameters, result);
}

static enum status answer_event_unsubscribe(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_event_unsubscribe(operation);
}

static enum status answer_console_write(struct operation *operation, const void *parameters, void *result) {
    return operate_console_write(operation, parameters, result);
}

static enum status answer_console_send(struct operation *operation, const void *parameters, void *result) {
    return operate_console_send(operation, parameters, result);
}

static enum status answer_console_listen(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_console_listen(operation, parameters);
}

static bool list_next_value_list(struct operation *operation, uint32_t after, void *row) {
    return list_value_list(operation, after, row);
}

static enum status answer_value_get(struct operation *operation, const void *parameters, void *result) {
    return operate_value_get(operation, parameters, result);
}

static enum status answer_value_set(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_value_set(operation, parameters);
}

static bool list_next_command_list(struct operation *operation, uint32_t after, void *row) {
    return list_command_list(operation, after, row);
}

static enum status answer_command_call(struct operation *operation, const void *parameters, void *result) {
    return operate_command_call(operation, parameters, result);
}

static bool list_next_mailbox_list(struct operation *operation, uint32_t after, void *row) {
    return list_mailbox_list(operation, after, row);
}

static enum status answer_clock_get(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_clock_get(operation, result);
}

static enum status answer_clock_set(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_clock_set(operation, parameters);
}

static enum status answer_clock_step(struct operation *operation, const void *parameters, void *result) {
    return operate_clock_step(operation, parameters, result);
}

static bool list_next_schedule_list(struct operation *operation, uint32_t after, void *row) {
    return list_schedule_list(operation, after, row);
}

static enum status answer_schedule_totals(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_schedule_totals(operation, result);
}

static enum status answer_schedule_keep(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_schedule_keep(operation, parameters);
}

static bool list_next_schedule_trace(struct operation *operation, uint32_t after, void *row) {
    return list_schedule_trace(operation, after, row);
}

static bool list_next_profile_use(struct operation *operation, uint32_t after, void *row) {
    return list_profile_use(operation, after, row);
}

static enum status answer_profile_start(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_profile_start(operation, parameters);
}

static enum status answer_profile_stop(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_profile_stop(operation);
}

static enum status answer_profile_get(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_profile_get(operation, result);
}

static bool list_next_profile_read(struct operation *operation, uint32_t after, void *row) {
    return list_profile_read(operation, after, row);
}

static bool list_next_log_list(struct operation *operation, uint32_t after, void *row) {
    return list_log_list(operation, after, row);
}

static enum status answer_log_level(struct operation *operation, const void *parameters, void *result) {
    return operate_log_level(operation, parameters, result);
}

static enum status answer_blackbox_info(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_blackbox_info(operation, result);
}

static enum status answer_blackbox_read(struct operation *operation, const void *parameters, void *result) {
    return operate_blackbox_read(operation, parameters, result);
}

static bool list_next_config_list(struct operation *operation, uint32_t after, void *row) {
    return list_config_list(operation, after, row);
}

static enum status answer_config_get(struct operation *operation, const void *parameters, void *result) {
    return operate_config_get(operation, parameters, result);
}

static enum status answer_config_set(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_config_set(operation, parameters);
}

static enum status answer_boot_info(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_boot_info(operation, result);
}

static enum status answer_boot_enter(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_boot_enter(operation, parameters);
}

static enum status answer_boot_start(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_boot_start(operation);
}

static enum status answer_boot_previous(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    (void)result;
    return operate_boot_previous(operation);
}

static enum status answer_boot_hash(struct operation *operation, const void *parameters, void *result) {
    return operate_boot_hash(operation, parameters, result);
}

static enum status answer_boot_state(struct operation *operation, const void *parameters, void *result) {
    (void)parameters;
    return operate_boot_state(operation, result);
}

static bool list_next_boot_slots(struct operation *operation, uint32_t after, void *row) {
    return list_boot_slots(operation, after, row);
}

static enum status answer_transfer_begin(struct operation *operation, const void *parameters, void *result) {
    return operate_transfer_begin(operation, parameters, result);
}

static enum status answer_transfer_end(struct operation *operation, const void *parameters, void *result) {
    return operate_transfer_end(operation, parameters, result);
}

static enum status answer_transfer_abort(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_transfer_abort(operation, parameters);
}

static enum status answer_transfer_verify(struct operation *operation, const void *parameters, void *result) {
    (void)result;
    return operate_transfer_verify(operation, parameters);
}

#define AT(type, member) offsetof(struct type, member)
static const struct operation_field fields[] = {
    {2,                  0,                                            0},
    {2,                  AT(hive_info_result, abi),                    0},
    {2,                  AT(hive_info_result, payload_max),            0},
    {4,                  AT(hive_info_result, boot),                   0},
    {8,                  AT(hive_info_result, uptime_us),              0},
    {8,                  AT(hive_info_result, next_sequence),          0},
    {2,                  AT(hive_info_result, tasks),                  0},
    {2,                  AT(hive_info_result, tasks_max),              0},
    {2,                  AT(hive_info_result, sessions_max),           0},
    {4,                  AT(hive_info_result, upload_max),             0},
    {FIELD_TEXT,         AT(hive_info_result, name),                   32},
    {4,                  0,                                            0},
    {4,                  AT(hive_offers_result, calls),                0},
    {8,                  AT(hive_offers_result, events),               0},
    {1,                  0,                                            0},
    {4,                  AT(hive_state_result, causes),                0},
    {1,                  AT(hive_state_result, start),                 0},
    {4,                  AT(hive_state_result, start_ms),              0},
    {2,                  AT(hive_state_result, held),                  0},
    {FIELD_TEXT,         0,                                            84},
    {4,                  0,                                            0},
    {4,                  AT(hive_link_result, damaged),                0},
    {4,                  AT(hive_link_result, missing),                0},
    {4,                  AT(hive_link_result, lost),                   0},
    {4,                  AT(hive_link_result, waiting_most),           0},
    {4,                  AT(hive_link_result, waiting_max),            0},
    {4,                  AT(hive_link_result, away_us_most),           0},
    {FIELD_TEXT,         0,                                            32},
    {1,                  AT(session_open_parameters, observer),        1},
    {1,                  AT(session_open_parameters, console),         1},
    {4,                  AT(session_open_parameters, heartbeat_ms),    0},
    {FIELD_BYTES,        AT(session_open_parameters, token),           64},
    {4,                  0,                                            0},
    {4,                  AT(session_open_result, heartbeat_ms),        0},
    {4,                  0,                                            0},
    {1,                  AT(session_list_row, observer),               1},
    {1,                  AT(session_list_row, attached),               1},
    {4,                  AT(session_list_row, heartbeat_ms),           0},
    {4,                  AT(session_list_row, silent_ms),              0},
    {1,                  AT(session_list_row, locks),                  0},
    {4,                  AT(session_list_row, pending),                0},
    {8,                  AT(session_list_row, missed),                 0},
    {FIELD_TEXT,         AT(session_list_row, client),                 32},
    {4 | FIELD_NOT_ZERO, 0,                                            0},
    {4,                  0,                                            0},
    {1,                  AT(task_list_row, state),                     0},
    {1,                  AT(task_list_row, end),                       0},
    {4,                  AT(task_list_row, restarts),                  0},
    {8,                  AT(task_list_row, words),                     0},
    {8,                  AT(task_list_row, started_us),                0},
    {4,                  AT(task_list_row, ram_bytes),                 0},
    {4,                  AT(task_list_row, stack_bytes),               0},
    {4,                  AT(task_list_row, locked_by),                 0},
    {FIELD_TEXT,         AT(task_list_row, name),                      32},
    {2,                  0,                                            0},
    {2,                  AT(task_load_begin_result, chunk_max),        0},
    {2,                  0,                                            0},
    {4,                  AT(task_load_chunk_parameters, offset),       0},
    {FIELD_BYTES,        AT(task_load_chunk_parameters, data),         512},
    {4 | FIELD_NOT_ZERO, 0,                                            0},
    {4 | FIELD_NOT_ZERO, AT(task_step_parameters, count),              0},
    {1,                  AT(task_step_parameters, turns),              1},
    {4 | FIELD_NOT_ZERO, 0,                                            0},
    {1,                  AT(task_priority_parameters, priority),       0},
    {8,                  0,                                            0},
    {8,                  AT(task_budget_result, used_words),           0},
    {4,                  AT(task_budget_result, period_ms),            0},
    {4,                  AT(task_budget_result, period_words),         0},
    {4,                  AT(task_budget_result, calls),                0},
    {4,                  AT(task_budget_result, used_calls),           0},
    {4,                  AT(task_budget_result, messages),             0},
    {4,                  AT(task_budget_result, used_messages),        0},
    {4,                  AT(task_budget_result, log_bytes),            0},
    {4,                  AT(task_budget_result, used_log_bytes),       0},
    {4,                  AT(task_budget_result, live_ms),              0},
    {4,                  AT(task_budget_result, lived_ms),             0},
    {4 | FIELD_NOT_ZERO, 0,                                            0},
    {8,                  AT(task_set_budget_parameters, fuel_words),   0},
    {4,                  AT(task_set_budget_parameters, period_ms),    0},
    {4,                  AT(task_set_budget_parameters, period_words), 0},
    {4,                  AT(task_set_budget_parameters, calls),        0},
    {4,                  AT(task_set_budget_parameters, messages),     0},
    {4,                  AT(task_set_budget_parameters, log_bytes),    0},
    {4,                  AT(task_set_budget_parameters, live_ms),      0},
    {8,                  0,                                            0},
    {4,                  AT(event_subscribe_parameters, pid),          0},
    {8,                  AT(event_subscribe_parameters, kinds),        0},
    {2,                  AT(event_subscribe_parameters, window),       0},
    {8,                  0,                                            0},
    {8,                  AT(event_subscribe_result, oldest_sequence),  0},
    {2,                  AT(event_subscribe_result, window),           0},
    {4,                  0,                                            0},
    {8,                  AT(event_acknowledge_result, missed),         0},
    {FIELD_BYTES,        0,                                            512},
    {4 | FIELD_NOT_ZERO, 0,                                            0},
    {1,                  AT(console_send_parameters, end),             1},
    {FIELD_BYTES,        AT(console_send_parameters, data),            512},
    {4,                  0,                                            0},
    {1,                  AT(console_listen_parameters, streams),       3},
    {2,                  0,                                            0},
    {2,                  AT(value_list_row, id),                       0},
    {4,                  AT(value_list_row, pid),                      0},
    {1,                  AT(value_list_row, type),                     0},
    {1,                  AT(value_list_row, flags),                    0},
    {1,                  AT(value_list_row, read_level),               0},
    {1,                  AT(value_list_row, write_level),              0},
    {1,                  AT(value_list_row, readable),                 1},
    {4,                  AT(value_list_row, bits),                     0},
    {4,                  AT(value_list_row, age_ms),                   0},
    {FIELD_TEXT,         AT(value_list_row, name),                     12},
    {FIELD_TEXT,         AT(value_list_row, unit),                     7},
    {4,                  0,                                            0},
    {1,                  AT(value_get_result, type),                   0},
    {1,                  AT(value_get_result, flags),                  0},
    {1,                  AT(value_get_result, read_level),             0},
    {1,                  AT(value_get_result, write_level),            0},
    {4,                  AT(value_get_result, bits),                   0},
    {4,                  AT(value_get_result, initial),                0},
    {4,                  AT(value_get_result, minimum),                0},
    {4,                  AT(value_get_result, maximum),                0},
    {4,                  AT(value_get_result, epsilon),                0},
    {4,                  AT(value_get_result, rate_ms),                0},
    {4,                  AT(value_get_result, age_ms),                 0},
    {FIELD_TEXT,         AT(value_get_result, name),                   12},
    {FIELD_TEXT,         AT(value_get_result, unit),                   7},
    {2,                  0,                                            0},
    {4,                  AT(value_set_parameters, bits),               0},
    {4,                  AT(value_set_parameters, pin),                0},
    {2,                  0,                                            0},
    {2,                  AT(command_list_row, id),                     0},
    {4,                  AT(command_list_row, pid),                    0},
    {1,                  AT(command_list_row, flags),                  0},
    {1,                  AT(command_list_row, level),                  0},
    {1,                  AT(command_list_row, arguments),              0},
    {1,                  AT(command_list_row, type0),                  0},
    {1,                  AT(command_list_row, type1),                  0},
    {1,                  AT(command_list_row, type2),                  0},
    {1,                  AT(command_list_row, type3),                  0},
    {1,                  AT(command_list_row, result),                 0},
    {4,                  AT(command_list_row, timeout_ms),             0},
    {FIELD_TEXT,         AT(command_list_row, name),                   12},
    {FIELD_TEXT,         AT(command_list_row, help),                   39},
    {2,                  0,                                            0},
    {4,                  AT(command_call_parameters, pin),             0},
    {1,                  AT(command_call_parameters, arguments),       4},
    {4,                  AT(command_call_parameters, argument0),       0},
    {4,                  AT(command_call_parameters, argument1),       0},
    {4,                  AT(command_call_parameters, argument2),       0},
    {4,                  AT(command_call_parameters, argument3),       0},
    {2,                  0,                                            0},
    {4,                  AT(mailbox_list_row, pid),                    0},
    {1,                  AT(mailbox_list_row, space),                  0},
    {4,                  AT(mailbox_list_row, task),                   0},
    {1,                  AT(mailbox_list_row, device),                 0},
    {2,                  AT(mailbox_list_row, readers),                0},
    {2,                  AT(mailbox_list_row, handles),                0},
    {4,                  AT(mailbox_list_row, capacity),               0},
    {4,                  AT(mailbox_list_row, used),                   0},
    {4,                  AT(mailbox_list_row, sent),                   0},
    {4,                  AT(mailbox_list_row, lost),                   0},
    {FIELD_TEXT,         AT(mailbox_list_row, name),                   23},
    {1,                  0,                                            0},
    {1,                  AT(clock_get_result, activity),               0},
    {4,                  AT(clock_get_result, words_per_second),       0},
    {4,                  AT(clock_get_result, burst_words),            0},
    {4,                  AT(clock_get_result, turn_instructions),      0},
    {4,                  AT(clock_get_result, quantum_words),          0},
    {8,                  AT(clock_get_result, now_us),                 0},
    {8,                  AT(clock_get_result, board_us),               0},
    {8,                  AT(clock_get_result, words),                  0},
    {1,                  0,                                            3},
    {4,                  AT(clock_set_parameters, words_per_second),   0},
    {4,                  AT(clock_set_parameters, burst_words),        0},
    {4,                  AT(clock_set_parameters, turn_instructions),  0},
    {4 | FIELD_NOT_ZERO, 0,                                            0},
    {1,                  AT(clock_step_parameters, turns),             1},
    {4,                  0,                                            0},
    {1,                  AT(schedule_list_row, state),                 0},
    {1,                  AT(schedule_list_row, priority),              0},
    {4,                  AT(schedule_list_row, turns),                 0},
    {4,                  AT(schedule_list_row, switches),              0},
    {4,                  AT(schedule_list_row, preemptions),           0},
    {4,                  AT(schedule_list_row, waits),                 0},
    {4,                  AT(schedule_list_row, throttles),             0},
    {4,                  AT(schedule_list_row, longest_wait_us),       0},
    {8,                  AT(schedule_list_row, words),                 0},
    {FIELD_TEXT,         AT(schedule_list_row, name),                  32},
    {4,                  0,                                            0},
    {4,                  AT(schedule_totals_result, switches),         0},
    {8,                  AT(schedule_totals_result, words),            0},
    {4,                  AT(schedule_totals_result, kept),             0},
    {4,                  AT(schedule_totals_result, kept_max),         0},
    {4,                  0,                                            0},
    {8,                  AT(schedule_trace_row, time_us),              0},
    {4,                  AT(schedule_trace_row, before),               0},
    {4,                  AT(schedule_trace_row, after),                0},
    {1,                  AT(schedule_trace_row, reason),               0},
    {4,                  AT(schedule_trace_row, turns),                0},
    {4,                  AT(schedule_trace_row, words),                0},
    {4,                  0,                                            0},
    {4,                  AT(profile_use_row, build),                   0},
    {8,                  AT(profile_use_row, words),                   0},
    {4,                  AT(profile_use_row, calls),                   0},
    {4,                  AT(profile_use_row, calls_refused),           0},
    {4,                  AT(profile_use_row, messages),                0},
    {4,                  AT(profile_use_row, log_bytes),               0},
    {4,                  AT(profile_use_row, ram_bytes),               0},
    {4,                  AT(profile_use_row, stack_bytes),             0},
    {4,                  AT(profile_use_row, stack_used),              0},
    {4,                  AT(profile_use_row, return_entries),          0},
    {4,                  AT(profile_use_row, return_used),             0},
    {FIELD_TEXT,         AT(profile_use_row, name),                    32},
    {4,                  0,                                            0},
    {4 | FIELD_NOT_ZERO, AT(profile_start_parameters, period_words),   0},
    {1,                  0,                                            1},
    {4,                  AT(profile_get_result, pid),                  0},
    {4,                  AT(profile_get_result, period_words),         0},
    {8,                  AT(profile_get_result, samples),              0},
    {8,                  AT(profile_get_result, lost),                 0},
    {4,                  AT(profile_get_result, places),               0},
    {4,                  AT(profile_get_result, places_max),           0},
    {4,                  0,                                            0},
    {4,                  AT(profile_read_row, pid),                    0},
    {4,                  AT(profile_read_row, pc),                     0},
    {4,                  AT(profile_read_row, samples),                0},
    {4,                  0,                                            0},
    {8,                  AT(log_list_row, time_us),                    0},
    {4,                  AT(log_list_row, pid),                        0},
    {1,                  AT(log_list_row, level),                      0},
    {1,                  AT(log_list_row, source),                     0},
    {1,                  AT(log_list_row, continues),                  1},
    {FIELD_TEXT,         AT(log_list_row, text),                       200},
    {4,                  0,                                            0},
    {1,                  AT(log_level_parameters, level),              7},
    {4,                  0,                                            0},
    {4,                  AT(blackbox_info_result, boots),              0},
    {1,                  AT(blackbox_info_result, reason),             0},
    {4,                  AT(blackbox_info_result, unsettled),          0},
    {4,                  AT(blackbox_info_result, oldest),             0},
    {4,                  AT(blackbox_info_result, newest),             0},
    {4,                  AT(blackbox_info_result, newest_event),       0},
    {4,                  AT(blackbox_info_result, damaged),            0},
    {4,                  0,                                            0},
    {2 | FIELD_NOT_ZERO, AT(blackbox_read_parameters, length),         256},
    {FIELD_BYTES,        0,                                            256},
    {2,                  0,                                            0},
    {1,                  AT(config_list_row, restart),                 1},
    {FIELD_TEXT,         AT(config_list_row, name),                    32},
    {FIELD_TEXT,         AT(config_list_row, value),                   200},
    {FIELD_TEXT,         AT(config_list_row, takes),                   80},
    {1,                  0,                                            1},
    {FIELD_TEXT,         AT(config_get_result, value),                 200},
    {FIELD_TEXT,         AT(config_get_result, takes),                 80},
    {FIELD_TEXT,         0,                                            32},
    {FIELD_TEXT,         AT(config_set_parameters, value),             200},
    {1,                  0,                                            0},
    {1,                  AT(boot_info_result, state),                  0},
    {4,                  AT(boot_info_result, version),                0},
    {4,                  AT(boot_info_result, security),               0},
    {FIELD_TEXT,         AT(boot_info_result, board),                  32},
    {4,                  0,                                            0},
    {4,                  AT(boot_hash_parameters, length),             0},
    {FIELD_BYTES,        0,                                            32},
    {1,                  0,                                            0},
    {1,                  AT(boot_state_result, slot),                  0},
    {4,                  AT(boot_state_result, detail),                0},
    {4,                  AT(boot_state_result, key_set),               0},
    {4,                  AT(boot_state_result, request),               0},
    {4,                  0,                                            0},
    {1,                  AT(boot_slots_row, target),                   0},
    {1,                  AT(boot_slots_row, state),                    0},
    {4,                  AT(boot_slots_row, address),                  0},
    {4,                  AT(boot_slots_row, bytes),                    0},
    {4,                  AT(boot_slots_row, version),                  0},
    {4,                  AT(boot_slots_row, security),                 0},
    {FIELD_TEXT,         AT(boot_slots_row, name),                     32},
    {1,                  0,                                            0},
    {1,                  AT(transfer_begin_parameters, slot),          0},
    {4 | FIELD_NOT_ZERO, AT(transfer_begin_parameters, bytes),         0},
    {FIELD_BYTES,        AT(transfer_begin_parameters, hash),          32},
    {2,                  0,                                            0},
    {4,                  AT(transfer_begin_result, received),          0},
    {2,                  AT(transfer_begin_result, chunk_max),         0},
    {4,                  AT(transfer_begin_result, credit),            0},
    {1,                  0,                                            0},
    {1,                  AT(transfer_verify_parameters, slot),         0},
    {4 | FIELD_NOT_ZERO, AT(transfer_verify_parameters, bytes),        0},
    {FIELD_BYTES,        AT(transfer_verify_parameters, hash),         32},
    {2,                  AT(executive_event, load),                    0},
    {4,                  AT(executive_event, pid),                     0},
    {2,                  AT(executive_event, load),                    0},
    {1,                  AT(executive_event, refusal),                 0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
    {FIELD_TEXT,         AT(executive_event, text),                    160},
    {2,                  AT(executive_event, load),                    0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, pid),                     0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, pid),                     0},
    {1,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
    {FIELD_TEXT,         AT(executive_event, text),                    160},
    {4,                  AT(executive_event, pid),                     0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
    {4,                  AT(executive_event, pid),                     0},
    {1,                  AT(executive_event, a) + 1,                   0},
    {1,                  AT(executive_event, a),                       0},
    {1,                  AT(executive_event, b),                       0},
    {4,                  AT(executive_event, pid),                     0},
    {2,                  AT(executive_event, load),                    0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
    {4,                  AT(executive_event, pid),                     0},
    {2,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
    {2,                  AT(executive_event, load),                    0},
    {4,                  AT(executive_event, pid),                     0},
    {1,                  AT(executive_event, refusal),                 0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
    {4,                  AT(executive_event, pid),                     0},
    {2,                  AT(executive_event, a),                       0},
    {1,                  AT(executive_event, b),                       0},
    {1,                  AT(executive_event, b) + 1,                   0},
    {2,                  AT(executive_event, b) + 2,                   0},
    {1,                  AT(executive_event, kind),                    0},
    {4,                  AT(executive_event, pid),                     0},
    {4,                  AT(executive_event, a),                       0},
    {4,                  AT(executive_event, b),                       0},
};

static const struct operation_row operations[] = {
    {0,    RIGHT_NONE,    0, 0, {0, 0},   {0, 11},   {.answer = answer_hive_info}},
    {1,    RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_stop}},
    {2,    RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_go}},
    {3,    RIGHT_NONE,    0, 0, {0, 0},   {11, 3},   {.answer = answer_hive_offers}},
    {4,    RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_restart}},
    {5,    RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_shutdown}},
    {8,    RIGHT_OBSERVE, 0, 0, {0, 0},   {14, 5},   {.answer = answer_hive_state}},
    {9,    RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_safe}},
    {10,   RIGHT_CONTROL, 0, 0, {0, 0},   {14, 1},   {.answer = answer_hive_normal}},
    {11,   RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_hold}},
    {12,   RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_hive_start}},
    {13,   RIGHT_OBSERVE, 0, 0, {0, 0},   {19, 1},   {.answer = answer_hive_page}},
    {16,   RIGHT_NONE,    0, 0, {0, 0},   {20, 7},   {.answer = answer_hive_link}},
    {64,   RIGHT_NONE,    0, 0, {27, 5},  {32, 2},   {.answer = answer_session_open}},
    {65,   RIGHT_OBSERVE, 0, 0, {0, 0},   {0, 0},    {.answer = answer_session_keepalive}},
    {66,   RIGHT_OBSERVE, 0, 0, {0, 0},   {0, 0},    {.answer = answer_session_close}},
    {67,   RIGHT_OBSERVE, 0, 1, {11, 1},  {34, 9},   {.list = list_next_session_list}},
    {68,   RIGHT_CONTROL, 1, 0, {43, 1},  {0, 0},    {.answer = answer_session_lock}},
    {69,   RIGHT_CONTROL, 0, 0, {43, 1},  {0, 0},    {.answer = answer_session_unlock}},
    {70,   RIGHT_CONTROL, 0, 0, {43, 1},  {0, 0},    {.answer = answer_session_end}},
    {128,  RIGHT_OBSERVE, 0, 1, {11, 1},  {44, 10},  {.list = list_next_task_list}},
    {129,  RIGHT_CONTROL, 0, 0, {43, 1},  {54, 2},   {.answer = answer_task_load_begin}},
    {130,  RIGHT_CONTROL, 0, 0, {56, 3},  {11, 1},   {.answer = answer_task_load_chunk}},
    {131,  RIGHT_CONTROL, 0, 0, {0, 1},   {0, 1},    {.answer = answer_task_load_end}},
    {132,  RIGHT_CONTROL, 1, 0, {43, 1},  {0, 0},    {.answer = answer_task_kill}},
    {133,  RIGHT_CONTROL, 1, 0, {43, 1},  {0, 0},    {.answer = answer_task_pause}},
    {134,  RIGHT_CONTROL, 1, 0, {43, 1},  {0, 0},    {.answer = answer_task_resume}},
    {144,  RIGHT_CONTROL, 1, 0, {59, 3},  {0, 1},    {.answer = answer_task_step}},
    {145,  RIGHT_CONTROL, 1, 0, {62, 2},  {0, 0},    {.answer = answer_task_priority}},
    {152,  RIGHT_CONTROL, 0, 0, {11, 1},  {0, 0},    {.answer = answer_task_trace}},
    {153,  RIGHT_OBSERVE, 0, 0, {43, 1},  {64, 12},  {.answer = answer_task_budget}},
    {154,  RIGHT_CONTROL, 1, 0, {76, 8},  {0, 0},    {.answer = answer_task_set_budget}},
    {192,  RIGHT_OBSERVE, 0, 0, {84, 4},  {88, 3},   {.answer = answer_event_subscribe}},
    {193,  RIGHT_OBSERVE, 0, 0, {64, 1},  {91, 2},   {.answer = answer_event_acknowledge}},
    {194,  RIGHT_OBSERVE, 0, 0, {0, 0},   {0, 0},    {.answer = answer_event_unsubscribe}},
    {256,  RIGHT_CONTROL, 0, 0, {93, 1},  {0, 1},    {.answer = answer_console_write}},
    {264,  RIGHT_CONTROL, 1, 0, {94, 3},  {0, 1},    {.answer = answer_console_send}},
    {265,  RIGHT_OBSERVE, 0, 0, {97, 2},  {0, 0},    {.answer = answer_console_listen}},
    {320,  RIGHT_OBSERVE, 0, 1, {11, 1},  {99, 12},  {.list = list_next_value_list}},
    {321,  RIGHT_OBSERVE, 0, 0, {0, 1},   {111, 14}, {.answer = answer_value_get}},
    {322,  RIGHT_CONTROL, 0, 0, {125, 3}, {0, 0},    {.answer = answer_value_set}},
    {384,  RIGHT_OBSERVE, 0, 1, {11, 1},  {128, 14}, {.list = list_next_command_list}},
    {385,  RIGHT_CONTROL, 0, 0, {142, 7}, {0, 1},    {.answer = answer_command_call}},
    {448,  RIGHT_OBSERVE, 0, 1, {11, 1},  {149, 12}, {.list = list_next_mailbox_list}},
    {512,  RIGHT_OBSERVE, 0, 0, {0, 0},   {161, 9},  {.answer = answer_clock_get}},
    {513,  RIGHT_CONTROL, 0, 0, {170, 4}, {0, 0},    {.answer = answer_clock_set}},
    {514,  RIGHT_CONTROL, 0, 0, {174, 2}, {0, 1},    {.answer = answer_clock_step}},
    {576,  RIGHT_OBSERVE, 0, 1, {11, 1},  {176, 11}, {.list = list_next_schedule_list}},
    {577,  RIGHT_OBSERVE, 0, 0, {0, 0},   {187, 5},  {.answer = answer_schedule_totals}},
    {578,  RIGHT_CONTROL, 0, 0, {11, 1},  {0, 0},    {.answer = answer_schedule_keep}},
    {579,  RIGHT_OBSERVE, 0, 1, {11, 1},  {192, 7},  {.list = list_next_schedule_trace}},
    {640,  RIGHT_OBSERVE, 0, 1, {11, 1},  {199, 13}, {.list = list_next_profile_use}},
    {641,  RIGHT_CONTROL, 0, 0, {212, 2}, {0, 0},    {.answer = answer_profile_start}},
    {642,  RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_profile_stop}},
    {643,  RIGHT_OBSERVE, 0, 0, {0, 0},   {214, 7},  {.answer = answer_profile_get}},
    {644,  RIGHT_OBSERVE, 0, 1, {11, 1},  {221, 4},  {.list = list_next_profile_read}},
    {704,  RIGHT_OBSERVE, 0, 1, {11, 1},  {225, 7},  {.list = list_next_log_list}},
    {705,  RIGHT_CONTROL, 1, 0, {232, 2}, {14, 1},   {.answer = answer_log_level}},
    {832,  RIGHT_OBSERVE, 0, 0, {0, 0},   {234, 8},  {.answer = answer_blackbox_info}},
    {833,  RIGHT_OBSERVE, 0, 0, {242, 2}, {244, 1},  {.answer = answer_blackbox_read}},
    {896,  RIGHT_OBSERVE, 0, 1, {11, 1},  {245, 5},  {.list = list_next_config_list}},
    {897,  RIGHT_OBSERVE, 0, 0, {27, 1},  {250, 3},  {.answer = answer_config_get}},
    {898,  RIGHT_CONTROL, 0, 0, {253, 2}, {0, 0},    {.answer = answer_config_set}},
    {960,  RIGHT_NONE,    0, 0, {0, 0},   {255, 5},  {.answer = answer_boot_info}},
    {961,  RIGHT_CONTROL, 0, 0, {214, 1}, {0, 0},    {.answer = answer_boot_enter}},
    {962,  RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_boot_start}},
    {963,  RIGHT_CONTROL, 0, 0, {0, 0},   {0, 0},    {.answer = answer_boot_previous}},
    {964,  RIGHT_CONTROL, 0, 0, {260, 2}, {262, 1},  {.answer = answer_boot_hash}},
    {965,  RIGHT_NONE,    0, 0, {0, 0},   {263, 5},  {.answer = answer_boot_state}},
    {966,  RIGHT_NONE,    0, 1, {11, 1},  {268, 8},  {.list = list_next_boot_slots}},
    {1024, RIGHT_CONTROL, 0, 0, {276, 4}, {280, 4},  {.answer = answer_transfer_begin}},
    {1025, RIGHT_CONTROL, 0, 0, {0, 1},   {0, 1},    {.answer = answer_transfer_end}},
    {1026, RIGHT_CONTROL, 0, 0, {0, 1},   {0, 0},    {.answer = answer_transfer_abort}},
    {1027, RIGHT_CONTROL, 0, 0, {284, 4}, {0, 0},    {.answer = answer_transfer_verify}},
};

/* The last one is for every kind that is not among those before it. */
static const struct event_row events[] = {
    {EVENT_LOADED,         EVENT_NUMBER_LOAD_ACCEPTED,    {288, 2}},
    {EVENT_REFUSED,        EVENT_NUMBER_LOAD_REFUSED,     {290, 5}},
    {EVENT_LOAD_FAILED,    EVENT_NUMBER_LOAD_FAILED,      {295, 2}},
    {EVENT_STARTED,        EVENT_NUMBER_TASK_STARTED,     {297, 2}},
    {EVENT_ENDED,          EVENT_NUMBER_TASK_ENDED,       {299, 4}},
    {EVENT_LOST,           EVENT_NUMBER_EVENT_LOST,       {292, 1}},
    {EVENT_PRESSURE,       EVENT_NUMBER_TABLE_PRESSURE,   {300, 2}},
    {EVENT_RELIEVED,       EVENT_NUMBER_TABLE_RELIEVED,   {300, 2}},
    {EVENT_EXHAUSTED,      EVENT_NUMBER_TABLE_EXHAUSTED,  {299, 2}},
    {EVENT_OVERRUN,        EVENT_NUMBER_MAILBOX_OVERRUN,  {303, 3}},
    {EVENT_MOVED,          EVENT_NUMBER_TASK_MOVED,       {306, 4}},
    {EVENT_QUARANTINED,    EVENT_NUMBER_TASK_QUARANTINED, {297, 2}},
    {EVENT_STOPPED,        EVENT_NUMBER_HIVE_STOPPED,     {292, 1}},
    {EVENT_VALUE,          EVENT_NUMBER_VALUE_CHANGED,    {303, 3}},
    {EVENT_COMMAND,        EVENT_NUMBER_COMMAND_DONE,     {310, 4}},
    {EVENT_DENIED,         EVENT_NUMBER_CALL_DENIED,      {314, 3}},
    {EVENT_CLOCK,          EVENT_NUMBER_CLOCK_CHANGED,    {300, 2}},
    {EVENT_STEPPED,        EVENT_NUMBER_STEP_DONE,        {317, 5}},
    {EVENT_LOG_LOST,       EVENT_NUMBER_LOG_LOST,         {297, 2}},
    {EVENT_CONDITION,      EVENT_NUMBER_HIVE_CONDITION,   {300, 2}},
    {EVENT_START,          EVENT_NUMBER_HIVE_START,       {300, 2}},
    {EVENT_HELD,           EVENT_NUMBER_TASK_HELD,        {289, 1}},
    {EVENT_UNWELL,         EVENT_NUMBER_HIVE_UNWELL,      {292, 1}},
    {EVENT_UNSAVED,        EVENT_NUMBER_VALUE_UNSAVED,    {303, 3}},
    {EVENT_SENT,           EVENT_NUMBER_MAILBOX_SENT,     {322, 5}},
    {EVENT_RECEIVED,       EVENT_NUMBER_MAILBOX_RECEIVED, {322, 5}},
    {EVENT_NO_ROOM,        EVENT_NUMBER_MAILBOX_FULL,     {322, 3}},
    {EVENT_VALUE_MADE,     EVENT_NUMBER_VALUE_MADE,       {314, 2}},
    {EVENT_COMMAND_MADE,   EVENT_NUMBER_COMMAND_MADE,     {314, 2}},
    {EVENT_COMMAND_CALLED, EVENT_NUMBER_COMMAND_CALLED,   {314, 3}},
    {EVENT_NUMBER_OTHER,   EVENT_NUMBER_OTHER,            {327, 4}},
};

const struct operation_table operation_table = {fields, operations, sizeof operations / sizeof *operations,
                                               events, sizeof events / sizeof *events};
