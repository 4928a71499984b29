/* Handlers of the groups task, console and time. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/divide.h"
#include "device/executive/budget.h"
#include "device/executive/call.h"
#include "device/executive/console.h"
#include "device/executive/format.h"
#include "device/executive/stdio.h"
#include "device/executive/timer.h"

enum { ABI_GROUPS = 64, CHARGE_PER_FORMATTED_BYTE = 8, CHARGE_PER_PIECE = 64 };

enum status handle_task_exit(struct call *call, int32_t exit_status) {
    call->task->end = TASK_END_EXIT;
    call->task->end_detail = exit_status;
    return ST_OK;
}

enum status handle_task_sleep_ms(struct call *call, uint32_t duration) {
    return call_sleep(call, (uint64_t)duration * 1000);
}

enum status handle_task_sleep_until(struct call *call, uint64_t deadline) {
    if (deadline <= call->executive->now_us) return ST_OK;
    return call_park(call, WAIT_TIME, deadline);
}

enum status handle_task_yield(struct call *call) { return call->again ? ST_OK : call_park(call, WAIT_TIME, 0); }

enum status handle_task_info(struct call *call, uint8_t *info) {
    const struct task *task = call->task;
    store_le32(info + CALL_TASK_FACTS_PID, task->pid);
    store_le32(info + CALL_TASK_FACTS_ABI, CALLS_ABI);
    store_le32(info + CALL_TASK_FACTS_RAM_BYTES, task->ram_bytes);
    store_le32(info + CALL_TASK_FACTS_STACK_BYTES, task->stack_bytes);
    store_le64(info + CALL_TASK_FACTS_WORDS, task->words);
    store_le64(info + CALL_TASK_FACTS_STARTED_US, task->started_us);
    memcpy(info + CALL_TASK_FACTS_NAME, task->name, EXECUTIVE_NAME_BYTES);
    return ST_OK;
}

enum status handle_task_version(struct call *call, uint32_t group) {
    call->result = CALLS_ABI;
    if (group == 0) return ST_OK;
    if (group >= 32 || (CALL_GROUPS_KNOWN >> group & 1) == 0) return ST_NOT_FOUND;
    return call_groups(call->executive->config) >> group & 1 ? ST_OK : ST_UNSUPPORTED;
}

enum status handle_task_check_in(struct call *call) {
    struct task *task = call->task;
    if (task->check_in_ms > 0) task->check_in_due_us = call->executive->now_us + (uint64_t)task->check_in_ms * 1000;
    return ST_OK;
}

/* ---- formatting. Where it stands is kept in call_progress, so that it can stop for fuel or for room and go on. */

enum { AT_TEXT, AT_ARGUMENTS, AT_STRING, AT_LENGTH, AT_SKIP };

static struct format format_resume(struct call *call, uint32_t text, uint32_t arguments) {
    uint32_t *at = call->task->call_progress;
    if (!call->again) {
        at[AT_TEXT] = text;
        at[AT_ARGUMENTS] = arguments;
    }
    return (struct format){
        .text = at[AT_TEXT], .arguments = at[AT_ARGUMENTS], .string = at[AT_STRING], .length = at[AT_LENGTH]};
}

static void format_keep(struct call *call, const struct format *format, uint32_t piece_length) {
    uint32_t *at = call->task->call_progress;
    at[AT_TEXT] = format->text;
    at[AT_ARGUMENTS] = format->arguments;
    at[AT_STRING] = format->string;
    at[AT_LENGTH] += piece_length;
    at[AT_SKIP] = 0;
}

/* One piece into guest memory, as far as the capacity reaches. Nearly every piece fits the executive's buffer; a
 * longer one is made once more, in place. */
static enum status format_to_memory(struct call *call, struct format *format, uint32_t to, uint32_t capacity,
                                    uint32_t *length, bool *done) {
    uint32_t before = call->task->call_progress[AT_LENGTH];
    uint32_t room = capacity > before + 1 ? capacity - 1 - before : 0;
    struct format again = *format;
    struct format_part part = {.to = call->executive->copy_out, .capacity = CALL_COPY_BYTES_MAX};
    enum status status = format_piece(&call->task->vm, format, &part, done);
    if (status != ST_OK) return status;
    *length = part.length;
    uint32_t count = part.length < room ? part.length : room;
    uint8_t *target = vm_memory_write(&call->task->vm, to + before, count);
    if (!target) return ST_RANGE;
    if (count <= CALL_COPY_BYTES_MAX) {
        memcpy(target, part.to, count);
        return ST_OK;
    }
    part = (struct format_part){.to = target, .capacity = count};
    return format_piece(&call->task->vm, &again, &part, done);
}

static enum status end_text(struct call *call, uint32_t to, uint32_t capacity) {
    uint32_t length = call->task->call_progress[AT_LENGTH];
    call->result = length;
    if (capacity == 0) return ST_OK;
    uint8_t *end = vm_memory_write(&call->task->vm, to + (length < capacity ? length : capacity - 1), 1);
    if (!end) return ST_RANGE;
    *end = '\0';
    return ST_OK;
}

enum status handle_task_format(struct call *call, uint32_t to, uint32_t capacity, uint32_t text, uint32_t arguments) {
    struct format format = format_resume(call, text, arguments);
    for (;;) {
        uint32_t length = 0;
        bool done;
        enum status status = format_to_memory(call, &format, to, capacity, &length, &done);
        if (status != ST_OK) return status;
        if (done) return end_text(call, to, capacity);
        if (call->task->call_progress[AT_LENGTH] > INT32_MAX - FORMAT_PIECE_MAX) return ST_INVALID;
        format_keep(call, &format, length);
        if (!call_charge(call, CHARGE_PER_PIECE + length * CHARGE_PER_FORMATTED_BYTE))
            return call_park(call, WAIT_TIME, 0);
    }
}

static enum status format_to_stream(struct call *call, uint32_t text, uint32_t arguments, enum task_stream stream) {
    struct console *console = call->executive->console;
    struct format format = format_resume(call, text, arguments);
    uint32_t *at = call->task->call_progress;
    for (;;) {
        uint32_t room = (uint32_t)console_room(console);
        if (room == 0) return call_park(call, WAIT_CONSOLE_OUT, UINT64_MAX);
        struct format next = format;
        struct format_part part = {.to = call->executive->copy_out, .skip = at[AT_SKIP]};
        part.capacity = room < CALL_COPY_BYTES_MAX ? room : CALL_COPY_BYTES_MAX;
        bool done;
        enum status status = format_piece(&call->task->vm, &next, &part, &done);
        if (status != ST_OK) return status;
        if (done) break;
        uint32_t left = part.length - part.skip, count = left < part.capacity ? left : part.capacity;
        if (!budget_log(call->task, count)) return ST_QUOTA;
        (void)stdio_write(call->executive, call->task, stream, part.to, count);
        at[AT_SKIP] += count;
        if (count == left) {
            format = next;
            format_keep(call, &format, part.length);
        }
        if (at[AT_LENGTH] > INT32_MAX - FORMAT_PIECE_MAX) return ST_INVALID;
        if (!call_charge(call, CHARGE_PER_PIECE + part.length * CHARGE_PER_FORMATTED_BYTE))
            return call_park(call, WAIT_TIME, 0);
    }
    call->result = at[AT_LENGTH];
    return ST_OK;
}

enum status handle_console_format(struct call *call, uint32_t text, uint32_t arguments) {
    return format_to_stream(call, text, arguments, STREAM_OUT);
}

enum status handle_console_format_error(struct call *call, uint32_t text, uint32_t arguments) {
    return format_to_stream(call, text, arguments, STREAM_ERROR);
}

static enum status write_to_stream(struct call *call, const uint8_t *bytes, uint32_t length, enum task_stream stream) {
    if (length == 0) return ST_OK;
    uint32_t room = (uint32_t)console_room(call->executive->console);
    if (!budget_log(call->task, length < room ? length : room)) return ST_QUOTA;
    call->result = (uint32_t)stdio_write(call->executive, call->task, stream, bytes, length);
    return call->result > 0 ? ST_OK : call_park(call, WAIT_CONSOLE_OUT, UINT64_MAX);
}

enum status handle_console_write(struct call *call, const uint8_t *bytes, uint32_t length) {
    return write_to_stream(call, bytes, length, STREAM_OUT);
}

enum status handle_console_write_error(struct call *call, const uint8_t *bytes, uint32_t length) {
    return write_to_stream(call, bytes, length, STREAM_ERROR);
}

enum status handle_console_read(struct call *call, uint8_t *to, uint32_t capacity, uint32_t timeout) {
    struct console *console = call->executive->console;
    bool typed = PROFILE_HAS_STREAMS && capacity > 0;
    if (typed && stdio_read(call->executive, call->task, to, capacity, &call->result) == ST_OK) return ST_OK;
    call->result = (uint32_t)console_read(console, to, capacity);
    if (call->result > 0 || capacity == 0 || console->in_ended) return ST_OK;
    return call_wait(call, WAIT_CONSOLE_IN, timeout);
}

/* ---- time */

enum status handle_time_millis(struct call *call) {
    call->result = (uint32_t)divide_u64(call->executive->now_us, 1000);
    return ST_OK;
}

enum status handle_time_micros(struct call *call) {
    call->result = (uint32_t)call->executive->now_us;
    return ST_OK;
}

enum status handle_time_now(struct call *call, uint8_t *now) {
    store_le64(now, call->executive->now_us);
    return ST_OK;
}

enum status handle_time_delay_ms(struct call *call, uint32_t duration) {
    return call_sleep(call, (uint64_t)duration * 1000);
}

enum status handle_time_delay_us(struct call *call, uint32_t duration) { return call_sleep(call, duration); }

enum status handle_time_timer_create(struct call *call, uint32_t period, bool repeats) {
    return timer_create(call->executive, call->task->pid, period, repeats, &call->result);
}

enum status handle_time_timer_cancel(struct call *call, uint32_t timer) {
    struct timer *found = timer_find(call->executive, call->task->pid, timer);
    if (!found) return ST_NOT_FOUND;
    timer_cancel(found);
    return ST_OK;
}

enum status handle_time_timer_wait(struct call *call, uint32_t timer, uint32_t timeout) {
    struct timer *found = timer_find(call->executive, call->task->pid, timer);
    if (!found) return ST_NOT_FOUND;
    call->result = timer_take(found, call->executive->now_us);
    if (call->result > 0 && !found->repeats) timer_cancel(found);
    if (call->result > 0) return ST_OK;
    enum status status = call_wait(call, WAIT_TIME, timeout);
    if (status == ST_AGAIN && found->due_us < call->task->wake_us) call->task->wake_us = found->due_us;
    return status;
}
