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
    {FIELD_TEXT,         0,                                           32},
    {1,                  AT(session_open_parameters, observer),       1},
    {1,                  AT(session_open_parameters, console),        1},
    {4,                  AT(session_open_parameters, heartbeat_ms),   0},
    {FIELD_BYTES,        AT(session_open_parameters, token),          64},
    {4,                  0,                                           0},
    {4,                  AT(session_open_result, heartbeat_ms),       0},
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
    {4 | FIELD_NOT_ZERO, 0,                                           0},
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
    {1,                  AT(executive_event, a) + 1,                  0},
    {1,                  AT(executive_event, a),                      0},
    {1,                  AT(executive_event, b),                      0},
    {4,                  AT(executive_event, pid),                    0},
    {2,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
    {1,                  AT(executive_event, kind),                   0},
    {4,                  AT(executive_event, pid),                    0},
    {4,                  AT(executive_event, a),                      0},
    {4,                  AT(executive_event, b),                      0},
};

static const struct operation_row operations[] = {
    {0,   RIGHT_NONE,    0, 0, {0, 0},  {0, 11},  {.answer = answer_hive_info}},
    {1,   RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},   {.answer = answer_hive_stop}},
    {2,   RIGHT_CONTROL, 0, 0, {0, 0},  {0, 0},   {.answer = answer_hive_go}},
    {64,  RIGHT_NONE,    0, 0, {11, 5}, {16, 2},  {.answer = answer_session_open}},
    {65,  RIGHT_OBSERVE, 0, 0, {0, 0},  {0, 0},   {.answer = answer_session_keepalive}},
    {66,  RIGHT_OBSERVE, 0, 0, {0, 0},  {0, 0},   {.answer = answer_session_close}},
    {128, RIGHT_OBSERVE, 0, 1, {16, 1}, {18, 10}, {.list = list_next_task_list}},
    {132, RIGHT_CONTROL, 1, 0, {28, 1}, {0, 0},   {.answer = answer_task_kill}},
    {133, RIGHT_CONTROL, 1, 0, {28, 1}, {0, 0},   {.answer = answer_task_pause}},
    {134, RIGHT_CONTROL, 1, 0, {28, 1}, {0, 0},   {.answer = answer_task_resume}},
    {192, RIGHT_OBSERVE, 0, 0, {29, 4}, {33, 3},  {.answer = answer_event_subscribe}},
    {193, RIGHT_OBSERVE, 0, 0, {29, 1}, {36, 2},  {.answer = answer_event_acknowledge}},
    {194, RIGHT_OBSERVE, 0, 0, {0, 0},  {0, 0},   {.answer = answer_event_unsubscribe}},
    {256, RIGHT_CONTROL, 0, 0, {38, 1}, {0, 1},   {.answer = answer_console_write}},
};

/* The last one is for every kind that is not among those before it. */
static const struct event_row events[] = {
    {EVENT_LOADED,       EVENT_NUMBER_LOAD_ACCEPTED,    {39, 2}},
    {EVENT_REFUSED,      EVENT_NUMBER_LOAD_REFUSED,     {41, 5}},
    {EVENT_LOAD_FAILED,  EVENT_NUMBER_LOAD_FAILED,      {46, 2}},
    {EVENT_STARTED,      EVENT_NUMBER_TASK_STARTED,     {48, 2}},
    {EVENT_ENDED,        EVENT_NUMBER_TASK_ENDED,       {50, 4}},
    {EVENT_LOST,         EVENT_NUMBER_EVENT_LOST,       {43, 1}},
    {EVENT_MOVED,        EVENT_NUMBER_TASK_MOVED,       {54, 4}},
    {EVENT_QUARANTINED,  EVENT_NUMBER_TASK_QUARANTINED, {48, 2}},
    {EVENT_STOPPED,      EVENT_NUMBER_HIVE_STOPPED,     {43, 1}},
    {EVENT_DENIED,       EVENT_NUMBER_CALL_DENIED,      {58, 3}},
    {EVENT_NUMBER_OTHER, EVENT_NUMBER_OTHER,            {61, 4}},
};

const struct operation_table operation_table = {fields, operations, sizeof operations / sizeof *operations,
                                               events, sizeof events / sizeof *events};
