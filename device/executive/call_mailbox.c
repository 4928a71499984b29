/* Handlers of the group mailbox: who may have which mailbox, and who waits. */
#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/arrival.h"
#include "device/executive/budget.h"
#include "device/executive/call.h"
#include "device/executive/events.h"
#include "device/executive/format.h"
#include "device/executive/mailbox.h"
#include "device/executive/stdio.h"

enum { TICKET = 0 }; /* in call_progress: since when a task waits to send; 0: it has not waited */

static enum status read_name(struct call *call, uint32_t address, struct mailbox_name *name) {
    uint32_t length;
    enum status status = format_text_length(&call->task->vm, address, MAILBOX_NAME_TEXT_MAX + 1, &length);
    if (status != ST_OK) return status;
    const char *text = (const char *)vm_memory_read(&call->task->vm, address, length);
    return mailbox_name_read(text, length, call->task->pid, name);
}

static bool may(const struct call *call, uint8_t mode, uint32_t space) {
    return capability_covers(call->task->rights, call->task->right_count, CALL_GROUP_MAILBOX, mode, space);
}

enum status handle_mailbox_bind(struct call *call, uint32_t text, uint32_t capacity, uint32_t mode) {
    struct mailbox_name name;
    struct mailbox_request request = {.capacity = capacity, .mode = mode, .tapped = MAILBOX_NONE};
    enum status status = read_name(call, text, &name);
    if (status != ST_OK) return status;
    enum task_stream stream;
    if (stdio_is_name(&name, &stream)) return ST_EXISTS;
    bool shared = name.space == SPACE_SHARED;
    if (shared != (mode != CALL_MAILBOX_MODE_QUEUE)) return ST_INVALID;
    if (!may(call, shared ? MODE_MAILBOX_WRITE : MODE_MAILBOX_READ, name.space)) return ST_DENIED;
    if (name.task != 0 && name.task != call->task->pid) return ST_DENIED;
    if (name.space == SPACE_HAL) status = arrival_find_device(call->executive, call->task, name.text, &request);
    if (status != ST_OK) return status;
    status = mailbox_bind(call->executive, call->task->pid, &name, &request, &call->result);
    if (status == ST_OK && request.device == DEVICE_GPIO) arrival_watch(call->task, request.number);
    return status;
}

enum status handle_mailbox_open(struct call *call, uint32_t text, uint32_t right, uint32_t timeout) {
    struct mailbox_name name;
    enum status status = read_name(call, text, &name);
    if (status != ST_OK) return status;
    bool to_read = right == CALL_MAILBOX_RIGHT_READ;
    if (name.space == SPACE_HAL) return ST_DENIED;
    if (!may(call, to_read ? MODE_MAILBOX_READ : MODE_MAILBOX_WRITE, name.space)) return ST_DENIED;
    enum task_stream stream;
    bool stdio = stdio_is_name(&name, &stream);
    if (stdio && (to_read || stream != STREAM_IN)) return ST_DENIED;
    uint32_t box = MAILBOX_NONE;
    if (stdio) status = stdio_input(call->executive, name.task, &box);
    if (status != ST_OK && status != ST_NOT_FOUND) return status;
    if (!stdio) box = mailbox_find(call->executive, &name);
    if (to_read && name.space != SPACE_SHARED)
        return mailbox_own_handle(call->executive, call->task->pid, box, &call->result) ? ST_OK : ST_DENIED;
    if (box != MAILBOX_NONE) return mailbox_open(call->executive, call->task->pid, box, to_read, &call->result);
    call->task->wait_on = MAILBOX_ANY;
    return call_wait(call, WAIT_MAILBOX, timeout);
}

enum status handle_mailbox_tap(struct call *call, uint32_t text, uint32_t capacity) {
    struct mailbox_name name;
    enum status status = read_name(call, text, &name);
    if (status != ST_OK) return status;
    if (!may(call, MODE_MAILBOX_TAP, name.space)) return ST_DENIED;
    enum task_stream stream;
    bool stdio = stdio_is_name(&name, &stream);
    if (stdio && stream != STREAM_IN)
        return stdio_tap(call->executive, call->task->pid, &name, stream, capacity, &call->result);
    uint32_t box = MAILBOX_NONE;
    if (stdio) status = stdio_input(call->executive, name.task, &box);
    if (status != ST_OK) return status;
    if (!stdio) box = mailbox_find(call->executive, &name);
    if (box == MAILBOX_NONE) return ST_NOT_FOUND;
    name = (struct mailbox_name){.space = SPACE_TAP};
    struct mailbox_request request = {.capacity = capacity, .mode = CALL_MAILBOX_MODE_DROP, .tapped = box};
    return mailbox_bind(call->executive, call->task->pid, &name, &request, &call->result);
}

/* The handle, if its mailbox is still there. */
static struct mailbox_handle *find(struct call *call, uint32_t number) {
    struct mailbox_handle *handle = mailbox_handle_find(call->executive, call->task->pid, number);
    return handle && handle->box != MAILBOX_NONE ? handle : NULL;
}

/* ---- sending */

/* Whether a task waits to send there since before `ticket`; 0: since before now. */
static bool is_overtaking(const struct call *call, uint32_t box, uint32_t ticket) {
    const struct executive *executive = call->executive;
    for (uint32_t left = executive->senders; left != 0; left &= left - 1) {
        const struct task *task = &executive->task[__builtin_ctz(left)];
        uint32_t other = task->call_progress[TICKET];
        bool sends = task->call == CALL_MAILBOX_SEND && task->call_begun && other != 0;
        if (task == call->task || !sends || task->state == TASK_PAUSED) continue;
        if (task->wait_on == box && (ticket == 0 || (int32_t)(other - ticket) < 0)) return true;
    }
    return false;
}

static uint32_t next_ticket(struct executive *executive) {
    if (++executive->next_ticket == 0) executive->next_ticket = 1;
    return executive->next_ticket;
}

enum status handle_mailbox_send(struct call *call, uint32_t number, const uint8_t *bytes, uint32_t length,
                                uint32_t flags, uint32_t channel, uint32_t timeout) {
    struct mailbox_handle *handle = find(call, number);
    if (!handle) return ST_NOT_FOUND;
    if (handle->reads) return ST_DENIED;
    struct mailbox_message message = {.sender = call->task->pid,
                                      .channel = (uint16_t)channel,
                                      .flags = (uint8_t)flags,
                                      .length = (uint8_t)length,
                                      .bytes = bytes};
    uint32_t *ticket = &call->task->call_progress[TICKET], box = handle->box;
    const uint32_t bit = 1u << (call->task - call->executive->task);
    if (!call->again && !budget_message(call->task)) return ST_QUOTA;
    bool waits = length > 0 && is_overtaking(call, box, *ticket);
    enum status status = waits ? ST_FULL : mailbox_send(call->executive, box, &message);
    if (status == ST_FULL && !call->again) event_traffic(call->executive, EVENT_NO_ROOM, call->task->pid, box, length);
    if (status == ST_FULL && timeout > 0) {
        if (*ticket == 0) *ticket = next_ticket(call->executive);
        call->executive->senders |= bit;
        call->task->wait_on = box;
        status = call_wait(call, WAIT_MAILBOX, timeout);
    }
    if (status != ST_AGAIN && *ticket != 0) {
        call->executive->senders &= ~bit;
        mailbox_wake(call->executive, box);
    }
    return status;
}

/* ---- the rest */

enum status handle_mailbox_receive(struct call *call, uint32_t number, uint8_t *to, uint32_t capacity,
                                   uint32_t timeout) {
    struct mailbox_handle *handle = find(call, number);
    if (!handle) return ST_NOT_FOUND;
    if (!handle->reads) return ST_DENIED;
    enum status status = mailbox_receive(call->executive, handle, to, capacity, &call->result);
    if (status != ST_AGAIN) return status;
    call->task->wait_on = handle->box;
    return call_wait(call, WAIT_MAILBOX, timeout);
}

enum status handle_mailbox_peek(struct call *call, uint32_t number, uint8_t *facts) {
    struct mailbox_handle *handle = find(call, number);
    if (!handle) return ST_NOT_FOUND;
    mailbox_peek(call->executive, handle, facts);
    return ST_OK;
}

enum status handle_mailbox_close(struct call *call, uint32_t number) {
    struct mailbox_handle *handle = mailbox_handle_find(call->executive, call->task->pid, number);
    if (!handle) return ST_NOT_FOUND;
    const struct mailbox *box = handle->box == MAILBOX_NONE ? NULL : &call->executive->mailbox[handle->box];
    uint32_t pin = box && box->device == DEVICE_GPIO ? box->number : UINT32_MAX;
    mailbox_close(call->executive, handle);
    if (pin != UINT32_MAX) arrival_stop_watching(call->executive, call->task, 1u << pin);
    return ST_OK;
}
