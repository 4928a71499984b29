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

static bool list_next_task_list(struct operation *operation, uint32_t after, void *row) {
    return list_task_list(operation, after, row);
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

#define AT(type, member) offsetof(struct type, member)
static const struct operation_field fields[] = {
    {2,                  0,                                           0},
    {2,                  AT(hive_info_result, abi),                   0},
    {2,                  AT(hive_info_result, payload_max),           0},
    {4,                  AT(hive_info_result, boot),                  0},
    {8,                  AT(hive_info_result, uptime_us),             0},
    {8,                  AT(hive_info_result, next_sequence),         0},
    {2,                  AT(hive_info_result, tasks),                 0},
    {2,                  AT(hive_info_result, tasks_max),             0},
    {2,                  AT(hive_info_result, sessions_max),          0},
    {4,                  AT(hive_info_result, upload_max),            0},
    {FIELD_TEXT,         AT(hive_info_result, name),                  32},
    {1,                  0,                                           0},
    {4,                  AT(hive_state_result, causes),               0},
    {1,                  AT(hive_state_result, start),                0},
    {4,                  AT(hive_state_result, start_ms),             0},
    {2,                  AT(hive_state_result, held),                 0},
    {FIELD_TEXT,         0,                                           32},
    {1,                  AT(session_open_parameters, observer),       1},
    {1,                  AT(session_open_parameters, console),        1},
    {4,                  AT(session_open_parameters, heartbeat_ms),   0},
    {FIELD_BYTES,        AT(session_open_parameters, token),          64},
    {4,                  0,                                           0},
    {4,                  AT(session_open_result, heartbeat_ms),       0},
    {4,                  0,                                           0},
    {1,                  AT(session_list_row, observer),              1},
    {1,                  AT(session_list_row, attached),              1},
    {4,                  AT(session_list_row, heartbeat_ms),          0},
    {4,                  AT(session_list_row, silent_ms),             0},
    {1,                  AT(session_list_row, locks),                 0},
    {4,                  AT(session_list_row, pending),               0},
    {8,                  AT(session_list_row, missed),                0},
    {FIELD_TEXT,         AT(session_list_row, client),                32},
    {4 | FIELD_NOT_ZERO, 0,                                           0},
    {4,                  0,                                           0},
    {1,                  AT(task_list_row, state),                    0},
    {1,                  AT(task_list_row, end),                      0},
    {4,                  AT(task_list_row, restarts),                 0},
    {8,                  AT(task_list_row, words),                    0},
    {8,                  AT(task_list_row, started_us),               0},
    {4,                  AT(task_list_row, ram_bytes),                0},
    {4,                  AT(task_list_row, stack_bytes),              0},
    {4,                  AT(task_list_row, locked_by),                0},
    {FIELD_TEXT,         AT(task_list_row, name),                     32},
    {8,                  0,                                           0},
    {4,                  AT(event_subscribe_parameters, pid),         0},
    {8,                  AT(event_subscribe_parameters, kinds),       0},
    {2,                  AT(event_subscribe_parameters, window),      0},
    {8,                  0,                                           0},
    {8,                  AT(event_subscribe_result, oldest_sequence), 0},
    {2,                  AT(event_subscribe_result, window),          0},
    {4,                  0,                                           0},
    {8,                  AT(event_acknowledge_result, missed),        0},
    {FIELD_BYTES,        0,                                           512},
    {2,                  0,                                           0},
    {2,                  AT(value_list_row, id),                      0},
    {4,                  AT(value_list_row, pid),                     0},
    {1,                  AT(value_list_row, type),                    0},
    {1,                  AT(value_list_row, flags),                   0},
    {1,                  AT(value_list_row, read_level),              0},
    {1,                  AT(value_list_row, write_level),             0},
    {1,                  AT(value_list_row, readable),                1},
    {4,                  AT(value_list_row, bits),                    0},
    {4,                  AT(value_list_row, age_ms),                  0},
    {FIELD_TEXT,         AT(value_list_row, name),                    12},
    {FIELD_TEXT,         AT(value_list_row, unit),                    7},
    {4,                  0,                                           0},
    {1,                  AT(value_get_result, type),                  0},
    {1,                  AT(value_get_result, flags),                 0},
    {1,                  AT(value_get_result, read_level),            0},
    {1,                  AT(value_get_result, write_level),           0},
    {4,                  AT(value_get_result, bits),                  0},
    {4,                  AT(value_get_result, initial),               0},
    {4,                  AT(value_get_result, minimum),               0},
    {4,                  AT(value_get_result, maximum),               0},
    {4,                  AT(value_get_result, epsilon),               0},
    {4,                  AT(value_get_result, rate_ms),               0},
    {4,                  AT(value_get_result, age_ms),                0},
    {FIELD_TEXT,         AT(value_get_result, name),                  12},
    {FIELD_TEXT,         AT(value_get_result, unit),                  7},
    {2,                  0,                                           0},
    {4,                  AT(value_set_parameters, bits),              0},
    {4,                  AT(value_set_parameters, pin),               0},
    {2,                  0,                                           0},
    {2,                  AT(command_list_row, id),                    0},
    {4,                  AT(command_list_row, pid),                   0},
    {1,                  AT(command_list_row, flags),                 0},
    {1,                  AT(command_list_row, level),                 0},
    {1,                  AT(command_list_row, arguments),             0},
    {1,                  AT(command_list_row, type0),                 0},
    {1,                  AT(command_list_row, type1),                 0},
    {1,                  AT(command_list_row, type2),                 0},
    {1,                  AT(command_list_row, type3),                 0},
    {1,                  AT(command_list_row, result),                0},
    {4,                  AT(command_list_row, timeout_ms),            0},
    {FIELD_TEXT,         AT(command_list_row, name),                  12},
    {FIELD_TEXT,         AT(command_list_row, help),                  39},
    {2,                  0,                                           0},
    {4,                  AT(command_call_parameters, pin),            0},
    {1,                  AT(command_call_parameters, arguments),      4},
    {4,                  AT(command_call_parameters, argument0),      0},
    {4,                  AT(command_call_parameters, argument1),      0},
    {4,                  AT(command_call_parameters, argument2),      0},
    {4,                  AT(command_call_parameters, argument3),      0},
    {2,                  0,                                           0},
    {4,                  AT(mailbox_list_row, pid),                   0},
    {1,                  AT(mailbox_list_row, space),                 0},
    {4,                  AT(mailbox_list_row, task),                  0},
    {1,                  AT(mailbox_list_row, device),                0},
    {2,                  AT(mailbox_list_row, readers),               0},
    {2,                  AT(mailbox_list_row, handles),               0},
    {4,                  AT(mailbox_list_row, capacity),              0},
    {4,                  AT(mailbox_list_row, used),                  0},
    {4,                  AT(mailbox_list_row, sent),                  0},
    {4,                  AT(mailbox_list_row, lost),                  0},
    {FIELD_TEXT,         AT(mailbox_list_row, name),                  23},
    {2,                  AT(executive_event, load),                   0},
    {4,                  AT(executive_event, pid),                    0},
    {2,                  AT(executive_event, load),                   0},
    {1,                  AT(executive_event, refusal),                0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
    {FIELD_TEXT,         AT(executive_event, text),                   160},
    {2,                  AT(executive_event, load),                   0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, pid),                    0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, pid),                    0},
    {1,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
    {FIELD_TEXT,         AT(executive_event, text),                   160},
    {4,                  AT(executive_event, pid),                    0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
    {4,                  AT(executive_event, pid),                    0},
    {1,                  AT(executive_event, a) + 1,                  0},
    {1,                  AT(executive_event, a),                      0},
    {1,                  AT(executive_event, b),                      0},
    {4,                  AT(executive_event, pid),                    0},
    {2,                  AT(executive_event, load),                   0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
    {4,                  AT(executive_event, pid),                    0},
    {2,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
    {1,                  AT(executive_event, kind),                   0},
    {4,                  AT(executive_event, pid),                    0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
};

static const struct operation_row operations[] = {
    {0,   RIGHT_NONE,    0, 0, {0, 0},  {0, 11},   {.answer = answer_hive_info}},
    {1,   RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},    {.answer = answer_hive_stop}},
    {2,   RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},    {.answer = answer_hive_go}},
    {8,   RIGHT_OBSERVE, 0, 0, {0, 0},  {11, 5},   {.answer = answer_hive_state}},
    {9,   RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},    {.answer = answer_hive_safe}},
    {10,  RIGHT_CONTROL, 0, 0, {0, 0},  {11, 1},   {.answer = answer_hive_normal}},
    {11,  RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},    {.answer = answer_hive_hold}},
    {12,  RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},    {.answer = answer_hive_start}},
    {64,  RIGHT_NONE,    0, 0, {16, 5}, {21, 2},   {.answer = answer_session_open}},
    {65,  RIGHT_OBSERVE, 0, 0, {0, 0},  {0, 0},    {.answer = answer_session_keepalive}},
    {66,  RIGHT_OBSERVE, 0, 0, {0, 0},  {0, 0},    {.answer = answer_session_close}},
    {67,  RIGHT_OBSERVE, 0, 1, {21, 1}, {23, 9},   {.list = list_next_session_list}},
    {68,  RIGHT_CONTROL, 1, 0, {32, 1}, {0, 0},    {.answer = answer_session_lock}},
    {69,  RIGHT_CONTROL, 0, 0, {32, 1}, {0, 0},    {.answer = answer_session_unlock}},
    {128, RIGHT_OBSERVE, 0, 1, {21, 1}, {33, 10},  {.list = list_next_task_list}},
    {132, RIGHT_CONTROL, 1, 0, {32, 1}, {0, 0},    {.answer = answer_task_kill}},
    {133, RIGHT_CONTROL, 1, 0, {32, 1}, {0, 0},    {.answer = answer_task_pause}},
    {134, RIGHT_CONTROL, 1, 0, {32, 1}, {0, 0},    {.answer = answer_task_resume}},
    {192, RIGHT_OBSERVE, 0, 0, {43, 4}, {47, 3},   {.answer = answer_event_subscribe}},
    {193, RIGHT_OBSERVE, 0, 0, {43, 1}, {50, 2},   {.answer = answer_event_acknowledge}},
    {194, RIGHT_OBSERVE, 0, 0, {0, 0},  {0, 0},    {.answer = answer_event_unsubscribe}},
    {256, RIGHT_CONTROL, 0, 0, {52, 1}, {0, 1},    {.answer = answer_console_write}},
    {320, RIGHT_OBSERVE, 0, 1, {21, 1}, {53, 12},  {.list = list_next_value_list}},
    {321, RIGHT_OBSERVE, 0, 0, {0, 1},  {65, 14},  {.answer = answer_value_get}},
    {322, RIGHT_CONTROL, 0, 0, {79, 3}, {0, 0},    {.answer = answer_value_set}},
    {384, RIGHT_OBSERVE, 0, 1, {21, 1}, {82, 14},  {.list = list_next_command_list}},
    {385, RIGHT_CONTROL, 0, 0, {96, 7}, {0, 1},    {.answer = answer_command_call}},
    {448, RIGHT_OBSERVE, 0, 1, {21, 1}, {103, 12}, {.list = list_next_mailbox_list}},
};

/* The last one is for every kind that is not among those before it. */
static const struct event_row events[] = {
    {EVENT_LOADED,       EVENT_NUMBER_LOAD_ACCEPTED,    {115, 2}},
    {EVENT_REFUSED,      EVENT_NUMBER_LOAD_REFUSED,     {117, 5}},
    {EVENT_LOAD_FAILED,  EVENT_NUMBER_LOAD_FAILED,      {122, 2}},
    {EVENT_STARTED,      EVENT_NUMBER_TASK_STARTED,     {124, 2}},
    {EVENT_ENDED,        EVENT_NUMBER_TASK_ENDED,       {126, 4}},
    {EVENT_LOST,         EVENT_NUMBER_EVENT_LOST,       {119, 1}},
    {EVENT_PRESSURE,     EVENT_NUMBER_TABLE_PRESSURE,   {127, 2}},
    {EVENT_RELIEVED,     EVENT_NUMBER_TABLE_RELIEVED,   {127, 2}},
    {EVENT_EXHAUSTED,    EVENT_NUMBER_TABLE_EXHAUSTED,  {126, 2}},
    {EVENT_OVERRUN,      EVENT_NUMBER_MAILBOX_OVERRUN,  {130, 3}},
    {EVENT_MOVED,        EVENT_NUMBER_TASK_MOVED,       {133, 4}},
    {EVENT_QUARANTINED,  EVENT_NUMBER_TASK_QUARANTINED, {124, 2}},
    {EVENT_STOPPED,      EVENT_NUMBER_HIVE_STOPPED,     {119, 1}},
    {EVENT_VALUE,        EVENT_NUMBER_VALUE_CHANGED,    {130, 3}},
    {EVENT_COMMAND,      EVENT_NUMBER_COMMAND_DONE,     {137, 4}},
    {EVENT_DENIED,       EVENT_NUMBER_CALL_DENIED,      {141, 3}},
    {EVENT_CONDITION,    EVENT_NUMBER_HIVE_CONDITION,   {127, 2}},
    {EVENT_START,        EVENT_NUMBER_HIVE_START,       {127, 2}},
    {EVENT_HELD,         EVENT_NUMBER_TASK_HELD,        {116, 1}},
    {EVENT_UNWELL,       EVENT_NUMBER_HIVE_UNWELL,      {119, 1}},
    {EVENT_UNSAVED,      EVENT_NUMBER_VALUE_UNSAVED,    {130, 3}},
    {EVENT_NUMBER_OTHER, EVENT_NUMBER_OTHER,            {144, 4}},
};

const struct operation_table operation_table = {fields, operations, sizeof operations / sizeof *operations,
                                               events, sizeof events / sizeof *events};
