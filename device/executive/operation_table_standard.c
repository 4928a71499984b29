/* GENERATED from spec/operations.json by tools/generate/operations.py. Do not edit. */
#include "device/executive/operation_table.h"

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
_Static_assert(HIVE_NORMAL == 0, "spec/operations.json, condition");
_Static_assert(HIVE_DEGRADED == 1, "spec/operations.json, condition");
_Static_assert(HIVE_SAFE == 2, "spec/operations.json, condition");
_Static_assert(START_OPEN == 0, "spec/operations.json, start_phase");
_Static_assert(START_WAITS == 1, "spec/operations.json, start_phase");
_Static_assert(START_HELD == 2, "spec/operations.json, start_phase");

static enum status answer_hive_info(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct hive_info_result result;
    enum status status = operate_hive_info(operation, &result);
    if (status != ST_OK) return status;
    put_u16(out, result.protocol);
    put_u16(out, result.abi);
    put_u16(out, result.payload_max);
    put_u32(out, result.boot);
    put_u64(out, result.uptime_us);
    put_u64(out, result.next_sequence);
    put_u16(out, result.tasks);
    put_u16(out, result.tasks_max);
    put_u16(out, result.sessions_max);
    put_u32(out, result.upload_max);
    operation_put_text(out, result.name, 32);
    return ST_OK;
}

static enum status answer_hive_stop(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_hive_stop(operation);
}

static enum status answer_hive_go(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_hive_go(operation);
}

static enum status answer_hive_state(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct hive_state_result result;
    enum status status = operate_hive_state(operation, &result);
    if (status != ST_OK) return status;
    put_u8(out, result.condition);
    put_u32(out, result.causes);
    put_u8(out, result.start);
    put_u32(out, result.start_ms);
    put_u16(out, result.held);
    return ST_OK;
}

static enum status answer_hive_safe(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_hive_safe(operation);
}

static enum status answer_hive_normal(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct hive_normal_result result;
    enum status status = operate_hive_normal(operation, &result);
    if (status != ST_OK) return status;
    put_u8(out, result.condition);
    return ST_OK;
}

static enum status answer_hive_hold(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_hive_hold(operation);
}

static enum status answer_hive_start(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_hive_start(operation);
}

static enum status answer_session_open(struct operation *operation, struct reader *in, struct writer *out) {
    struct session_open_parameters parameters;
    bool client_fits = operation_take_text(in, parameters.client, 32);
    uint8_t observer_wire = take_u8(in);
    parameters.observer = observer_wire == 1;
    uint8_t console_wire = take_u8(in);
    parameters.console = console_wire == 1;
    parameters.heartbeat_ms = take_u32(in);
    parameters.token_bytes = take_u16(in);
    parameters.token = take_bytes(in, parameters.token_bytes);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (!client_fits) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    if (observer_wire > 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 1);
    if (console_wire > 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 2);
    if (parameters.token_bytes > 64) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 4);
    struct session_open_result result;
    enum status status = operate_session_open(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u32(out, result.session);
    put_u32(out, result.heartbeat_ms);
    return ST_OK;
}

static enum status answer_session_keepalive(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_session_keepalive(operation);
}

static enum status answer_session_close(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_session_close(operation);
}

static enum status answer_session_list(struct operation *operation, struct reader *in, struct writer *out) {
    uint32_t after = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct session_list_row row;
    uint16_t count = 0;
    size_t count_at = out->length;
    put_u16(out, 0);
    while (list_session_list(operation, after, &row)) {
        struct writer before = *out;
        put_u32(out, row.session);
        put_u8(out, row.observer);
        put_u8(out, row.attached);
        put_u32(out, row.heartbeat_ms);
        put_u32(out, row.silent_ms);
        put_u8(out, row.locks);
        put_u32(out, row.pending);
        put_u64(out, row.missed);
        operation_put_text(out, row.client, 32);
        if (out->full) {
            *out = before;
            break;
        }
        after = row.session;
        count++;
    }
    if (!out->full) store_le16(out->bytes + count_at, count);
    return ST_OK;
}

static enum status answer_session_lock(struct operation *operation, struct reader *in, struct writer *out) {
    struct session_lock_parameters parameters;
    parameters.pid = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.pid < 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    if (operation_is_locked(operation, parameters.pid)) return ST_BUSY;
    (void)out;
    return operate_session_lock(operation, &parameters);
}

static enum status answer_session_unlock(struct operation *operation, struct reader *in, struct writer *out) {
    struct session_unlock_parameters parameters;
    parameters.pid = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.pid < 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    (void)out;
    return operate_session_unlock(operation, &parameters);
}

static enum status answer_task_list(struct operation *operation, struct reader *in, struct writer *out) {
    uint32_t after = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct task_list_row row;
    uint16_t count = 0;
    size_t count_at = out->length;
    put_u16(out, 0);
    while (list_task_list(operation, after, &row)) {
        struct writer before = *out;
        put_u32(out, row.pid);
        put_u8(out, row.state);
        put_u8(out, row.end);
        put_u32(out, row.restarts);
        put_u64(out, row.words);
        put_u64(out, row.started_us);
        put_u32(out, row.ram_bytes);
        put_u32(out, row.stack_bytes);
        put_u32(out, row.locked_by);
        operation_put_text(out, row.name, 32);
        if (out->full) {
            *out = before;
            break;
        }
        after = row.pid;
        count++;
    }
    if (!out->full) store_le16(out->bytes + count_at, count);
    return ST_OK;
}

static enum status answer_task_load_begin(struct operation *operation, struct reader *in, struct writer *out) {
    struct task_load_begin_parameters parameters;
    parameters.bytes = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.bytes < 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    struct task_load_begin_result result;
    enum status status = operate_task_load_begin(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u16(out, result.upload);
    put_u16(out, result.chunk_max);
    return ST_OK;
}

static enum status answer_task_load_chunk(struct operation *operation, struct reader *in, struct writer *out) {
    struct task_load_chunk_parameters parameters;
    parameters.upload = take_u16(in);
    parameters.offset = take_u32(in);
    parameters.data_bytes = take_u16(in);
    parameters.data = take_bytes(in, parameters.data_bytes);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.data_bytes > 512) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 2);
    struct task_load_chunk_result result;
    enum status status = operate_task_load_chunk(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u32(out, result.received);
    return ST_OK;
}

static enum status answer_task_load_end(struct operation *operation, struct reader *in, struct writer *out) {
    struct task_load_end_parameters parameters;
    parameters.upload = take_u16(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct task_load_end_result result;
    enum status status = operate_task_load_end(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u16(out, result.load);
    return ST_OK;
}

static enum status answer_task_kill(struct operation *operation, struct reader *in, struct writer *out) {
    struct task_kill_parameters parameters;
    parameters.pid = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.pid < 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    if (operation_is_locked(operation, parameters.pid)) return ST_BUSY;
    (void)out;
    return operate_task_kill(operation, &parameters);
}

static enum status answer_task_pause(struct operation *operation, struct reader *in, struct writer *out) {
    struct task_pause_parameters parameters;
    parameters.pid = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.pid < 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    if (operation_is_locked(operation, parameters.pid)) return ST_BUSY;
    (void)out;
    return operate_task_pause(operation, &parameters);
}

static enum status answer_task_resume(struct operation *operation, struct reader *in, struct writer *out) {
    struct task_resume_parameters parameters;
    parameters.pid = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.pid < 1) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    if (operation_is_locked(operation, parameters.pid)) return ST_BUSY;
    (void)out;
    return operate_task_resume(operation, &parameters);
}

static enum status answer_event_subscribe(struct operation *operation, struct reader *in, struct writer *out) {
    struct event_subscribe_parameters parameters;
    parameters.since = take_u64(in);
    parameters.pid = take_u32(in);
    parameters.kinds = take_u64(in);
    parameters.window = take_u16(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct event_subscribe_result result;
    enum status status = operate_event_subscribe(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u64(out, result.next_sequence);
    put_u64(out, result.oldest_sequence);
    put_u16(out, result.window);
    return ST_OK;
}

static enum status answer_event_acknowledge(struct operation *operation, struct reader *in, struct writer *out) {
    struct event_acknowledge_parameters parameters;
    parameters.sequence = take_u64(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct event_acknowledge_result result;
    enum status status = operate_event_acknowledge(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u32(out, result.pending);
    put_u64(out, result.missed);
    return ST_OK;
}

static enum status answer_event_unsubscribe(struct operation *operation, struct reader *in, struct writer *out) {
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_event_unsubscribe(operation);
}

static enum status answer_console_write(struct operation *operation, struct reader *in, struct writer *out) {
    struct console_write_parameters parameters;
    parameters.data_bytes = take_u16(in);
    parameters.data = take_bytes(in, parameters.data_bytes);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.data_bytes > 512) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 0);
    struct console_write_result result;
    enum status status = operate_console_write(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u16(out, result.taken);
    return ST_OK;
}

static enum status answer_value_list(struct operation *operation, struct reader *in, struct writer *out) {
    uint32_t after = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct value_list_row row;
    uint16_t count = 0;
    size_t count_at = out->length;
    put_u16(out, 0);
    while (list_value_list(operation, after, &row)) {
        struct writer before = *out;
        put_u16(out, row.slot);
        put_u16(out, row.id);
        put_u32(out, row.pid);
        put_u8(out, row.type);
        put_u8(out, row.flags);
        put_u8(out, row.read_level);
        put_u8(out, row.write_level);
        put_u8(out, row.readable);
        put_u32(out, row.bits);
        put_u32(out, row.age_ms);
        operation_put_text(out, row.name, 12);
        operation_put_text(out, row.unit, 7);
        if (out->full) {
            *out = before;
            break;
        }
        after = row.slot;
        count++;
    }
    if (!out->full) store_le16(out->bytes + count_at, count);
    return ST_OK;
}

static enum status answer_value_get(struct operation *operation, struct reader *in, struct writer *out) {
    struct value_get_parameters parameters;
    parameters.id = take_u16(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct value_get_result result;
    enum status status = operate_value_get(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u32(out, result.pid);
    put_u8(out, result.type);
    put_u8(out, result.flags);
    put_u8(out, result.read_level);
    put_u8(out, result.write_level);
    put_u32(out, result.bits);
    put_u32(out, result.initial);
    put_u32(out, result.minimum);
    put_u32(out, result.maximum);
    put_u32(out, result.epsilon);
    put_u32(out, result.rate_ms);
    put_u32(out, result.age_ms);
    operation_put_text(out, result.name, 12);
    operation_put_text(out, result.unit, 7);
    return ST_OK;
}

static enum status answer_value_set(struct operation *operation, struct reader *in, struct writer *out) {
    struct value_set_parameters parameters;
    parameters.id = take_u16(in);
    parameters.bits = take_u32(in);
    parameters.pin = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    (void)out;
    return operate_value_set(operation, &parameters);
}

static enum status answer_command_list(struct operation *operation, struct reader *in, struct writer *out) {
    uint32_t after = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct command_list_row row;
    uint16_t count = 0;
    size_t count_at = out->length;
    put_u16(out, 0);
    while (list_command_list(operation, after, &row)) {
        struct writer before = *out;
        put_u16(out, row.slot);
        put_u16(out, row.id);
        put_u32(out, row.pid);
        put_u8(out, row.flags);
        put_u8(out, row.level);
        put_u8(out, row.arguments);
        put_u8(out, row.type0);
        put_u8(out, row.type1);
        put_u8(out, row.type2);
        put_u8(out, row.type3);
        put_u8(out, row.result);
        put_u32(out, row.timeout_ms);
        operation_put_text(out, row.name, 12);
        operation_put_text(out, row.help, 39);
        if (out->full) {
            *out = before;
            break;
        }
        after = row.slot;
        count++;
    }
    if (!out->full) store_le16(out->bytes + count_at, count);
    return ST_OK;
}

static enum status answer_command_call(struct operation *operation, struct reader *in, struct writer *out) {
    struct command_call_parameters parameters;
    parameters.id = take_u16(in);
    parameters.pin = take_u32(in);
    parameters.arguments = take_u8(in);
    parameters.argument0 = take_u32(in);
    parameters.argument1 = take_u32(in);
    parameters.argument2 = take_u32(in);
    parameters.argument3 = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    if (parameters.arguments > 4) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, 2);
    struct command_call_result result;
    enum status status = operate_command_call(operation, &parameters, &result);
    if (status != ST_OK) return status;
    put_u16(out, result.ticket);
    return ST_OK;
}

static enum status answer_mailbox_list(struct operation *operation, struct reader *in, struct writer *out) {
    uint32_t after = take_u32(in);
    if (!operation_is_whole(operation, in)) return ST_CORRUPT;
    struct mailbox_list_row row;
    uint16_t count = 0;
    size_t count_at = out->length;
    put_u16(out, 0);
    while (list_mailbox_list(operation, after, &row)) {
        struct writer before = *out;
        put_u16(out, row.slot);
        put_u32(out, row.pid);
        put_u8(out, row.space);
        put_u32(out, row.task);
        put_u8(out, row.device);
        put_u16(out, row.readers);
        put_u16(out, row.handles);
        put_u32(out, row.capacity);
        put_u32(out, row.used);
        put_u32(out, row.sent);
        put_u32(out, row.lost);
        operation_put_text(out, row.name, 23);
        if (out->full) {
            *out = before;
            break;
        }
        after = row.slot;
        count++;
    }
    if (!out->full) store_le16(out->bytes + count_at, count);
    return ST_OK;
}

static const struct operation_row rows[] = {
    {0,   RIGHT_NONE,    answer_hive_info},
    {1,   RIGHT_CONTROL, answer_hive_stop},
    {2,   RIGHT_CONTROL, answer_hive_go},
    {8,   RIGHT_OBSERVE, answer_hive_state},
    {9,   RIGHT_CONTROL, answer_hive_safe},
    {10,  RIGHT_CONTROL, answer_hive_normal},
    {11,  RIGHT_CONTROL, answer_hive_hold},
    {12,  RIGHT_CONTROL, answer_hive_start},
    {64,  RIGHT_NONE,    answer_session_open},
    {65,  RIGHT_OBSERVE, answer_session_keepalive},
    {66,  RIGHT_OBSERVE, answer_session_close},
    {67,  RIGHT_OBSERVE, answer_session_list},
    {68,  RIGHT_CONTROL, answer_session_lock},
    {69,  RIGHT_CONTROL, answer_session_unlock},
    {128, RIGHT_OBSERVE, answer_task_list},
    {129, RIGHT_CONTROL, answer_task_load_begin},
    {130, RIGHT_CONTROL, answer_task_load_chunk},
    {131, RIGHT_CONTROL, answer_task_load_end},
    {132, RIGHT_CONTROL, answer_task_kill},
    {133, RIGHT_CONTROL, answer_task_pause},
    {134, RIGHT_CONTROL, answer_task_resume},
    {192, RIGHT_OBSERVE, answer_event_subscribe},
    {193, RIGHT_OBSERVE, answer_event_acknowledge},
    {194, RIGHT_OBSERVE, answer_event_unsubscribe},
    {256, RIGHT_CONTROL, answer_console_write},
    {320, RIGHT_OBSERVE, answer_value_list},
    {321, RIGHT_OBSERVE, answer_value_get},
    {322, RIGHT_CONTROL, answer_value_set},
    {384, RIGHT_OBSERVE, answer_command_list},
    {385, RIGHT_CONTROL, answer_command_call},
    {448, RIGHT_OBSERVE, answer_mailbox_list},
};

const struct operation_row *operation_find(uint32_t number) {
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].number == number) return &rows[i];
    }
    return NULL;
}

enum event_number event_number(const struct executive_event *event) {
    switch (event->kind) {
    case EVENT_LOADED: return EVENT_NUMBER_LOAD_ACCEPTED;
    case EVENT_REFUSED: return EVENT_NUMBER_LOAD_REFUSED;
    case EVENT_LOAD_FAILED: return EVENT_NUMBER_LOAD_FAILED;
    case EVENT_STARTED: return EVENT_NUMBER_TASK_STARTED;
    case EVENT_ENDED: return EVENT_NUMBER_TASK_ENDED;
    case EVENT_LOST: return EVENT_NUMBER_EVENT_LOST;
    case EVENT_PRESSURE: return EVENT_NUMBER_TABLE_PRESSURE;
    case EVENT_RELIEVED: return EVENT_NUMBER_TABLE_RELIEVED;
    case EVENT_EXHAUSTED: return EVENT_NUMBER_TABLE_EXHAUSTED;
    case EVENT_OVERRUN: return EVENT_NUMBER_MAILBOX_OVERRUN;
    case EVENT_MOVED: return EVENT_NUMBER_TASK_MOVED;
    case EVENT_QUARANTINED: return EVENT_NUMBER_TASK_QUARANTINED;
    case EVENT_STOPPED: return EVENT_NUMBER_HIVE_STOPPED;
    case EVENT_VALUE: return EVENT_NUMBER_VALUE_CHANGED;
    case EVENT_COMMAND: return EVENT_NUMBER_COMMAND_DONE;
    case EVENT_DENIED: return EVENT_NUMBER_CALL_DENIED;
    case EVENT_CONDITION: return EVENT_NUMBER_HIVE_CONDITION;
    case EVENT_START: return EVENT_NUMBER_HIVE_START;
    case EVENT_HELD: return EVENT_NUMBER_TASK_HELD;
    default: return EVENT_NUMBER_OTHER;
    }
}

void event_put_fields(struct writer *out, const struct executive_event *event) {
    switch (event->kind) {
    case EVENT_LOADED:
        put_u16(out, event->load);
        put_u32(out, event->pid);
        return;
    case EVENT_REFUSED:
        put_u16(out, event->load);
        put_u8(out, event->refusal);
        put_u32(out, event->a);
        put_u32(out, event->b);
        operation_put_text(out, event->text, 160);
        return;
    case EVENT_LOAD_FAILED:
        put_u16(out, event->load);
        put_u32(out, event->a);
        return;
    case EVENT_STARTED:
        put_u32(out, event->pid);
        put_u32(out, event->a);
        return;
    case EVENT_ENDED:
        put_u32(out, event->pid);
        put_u8(out, (uint8_t)event->a);
        put_u32(out, event->b);
        operation_put_text(out, event->text, 160);
        return;
    case EVENT_LOST:
        put_u32(out, event->a);
        return;
    case EVENT_PRESSURE:
        put_u8(out, (uint8_t)event->a);
        put_u32(out, event->b);
        return;
    case EVENT_RELIEVED:
        put_u8(out, (uint8_t)event->a);
        put_u32(out, event->b);
        return;
    case EVENT_EXHAUSTED:
        put_u32(out, event->pid);
        put_u8(out, (uint8_t)event->a);
        return;
    case EVENT_OVERRUN:
        put_u32(out, event->pid);
        put_u32(out, event->a);
        put_u32(out, event->b);
        return;
    case EVENT_MOVED:
        put_u32(out, event->pid);
        put_u8(out, (uint8_t)(event->a >> 8));
        put_u8(out, (uint8_t)(event->a & 0xff));
        put_u8(out, (uint8_t)event->b);
        return;
    case EVENT_QUARANTINED:
        put_u32(out, event->pid);
        put_u32(out, event->a);
        return;
    case EVENT_STOPPED:
        put_u32(out, event->a);
        return;
    case EVENT_VALUE:
        put_u32(out, event->pid);
        put_u32(out, event->a);
        put_u32(out, event->b);
        return;
    case EVENT_COMMAND:
        put_u32(out, event->pid);
        put_u16(out, event->load);
        put_u32(out, event->a);
        put_u32(out, event->b);
        return;
    case EVENT_DENIED:
        put_u32(out, event->pid);
        put_u16(out, (uint16_t)event->a);
        put_u32(out, event->b);
        return;
    case EVENT_CONDITION:
        put_u8(out, (uint8_t)event->a);
        put_u32(out, event->b);
        return;
    case EVENT_START:
        put_u8(out, (uint8_t)event->a);
        put_u32(out, event->b);
        return;
    case EVENT_HELD:
        put_u32(out, event->pid);
        return;
    default:
        put_u8(out, event->kind);
        put_u32(out, event->pid);
        put_u32(out, event->a);
        put_u32(out, event->b);
        return;
    }
}
