#include "device/executive/call.h"

#include <string.h>

#include "device/executive/budget.h"
#include "device/executive/events.h"
#include "device/executive/format.h"

enum { REGISTER_A0 = 10, REGISTER_A1 = 11 };

const struct call_row *call_find(uint32_t number) {
    uint32_t low = 0, high = call_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (call_table[middle].number == number) return &call_table[middle];
        if (call_table[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- arguments */

static enum status buffer_length(struct call *call, const struct call_argument *argument, uint32_t *length) {
    *length = argument->max;
    if (argument->length_reg == CALL_NO_REGISTER) return ST_OK;
    uint32_t *asked = &call->value[argument->length_reg];
    if (*asked > argument->max && !argument->clip) return ST_INVALID;
    if (*asked > argument->max) *asked = argument->max;
    *length = *asked;
    return ST_OK;
}

static enum status check_argument(struct call *call, const struct call_argument *argument) {
    const struct vm *vm = &call->task->vm;
    uint32_t value = call->value[argument->reg], length;
    if (argument->kind == CALL_VALUE) return value < argument->min || value > argument->max ? ST_INVALID : ST_OK;
    /* No call of the smallest profile takes a text. */
    if (PROFILE_HAS_MAILBOX && argument->kind == CALL_TEXT)
        return format_text_length(vm, value, argument->max, &length);
    enum status status = buffer_length(call, argument, &length);
    if (status != ST_OK) return status;
    if (argument->kind == CALL_OUT) {
        call->out_at = vm_memory_write(&call->task->vm, value, length);
        call->out_bytes = length;
        return call->out_at ? ST_OK : ST_RANGE;
    }
    call->in = vm_memory_read(vm, value, length);
    return call->in ? ST_OK : ST_RANGE;
}

static enum status check_arguments(struct call *call) {
    const struct call_argument *arguments = &call_argument_table[call->row->first_argument];
    for (uint32_t i = 0; i < call->row->argument_count; i++) {
        enum status status = check_argument(call, &arguments[i]);
        if (status != ST_OK) return status;
    }
    return ST_OK;
}

/* ---- rights and costs: once for a call, however often it is parked */

bool call_charge(struct call *call, uint32_t words) {
    int64_t left = (int64_t)call->task->vm.fuel - words;
    call->task->vm.fuel = left < INT32_MIN ? INT32_MIN : (int32_t)left;
    return call->task->vm.fuel >= 0;
}

static void charge(struct call *call) {
    const struct call_argument *arguments = &call_argument_table[call->row->first_argument];
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < call->row->argument_count; i++) {
        if (arguments[i].kind != CALL_IN && arguments[i].kind != CALL_OUT) continue;
        uint32_t length = arguments[i].length_reg == CALL_NO_REGISTER ? 0 : call->value[arguments[i].length_reg];
        bytes += length < arguments[i].max ? length : arguments[i].max;
    }
    (void)call_charge(call, call->row->cost + bytes * call->row->cost_per_byte);
}

uint32_t call_groups(const struct executive_config *config) {
    return (CALL_GROUPS_OPEN | config->groups) & PROFILE_CALL_GROUPS;
}

static enum status check_rights(struct call *call) {
    uint32_t group = call->row->number >> 6;
    if (CALL_GROUPS_OPEN >> group & 1) return ST_OK;
    struct call_need need = call_need(call->row->number, call->value);
    return capability_use(call->task->rights, call->task->right_count, group, &need, call->executive->now_us);
}

/* Counts a refusal, and tells the first of its kind: whoever goes on asking does not fill the history with it. */
static void note_refusal(struct call *call, enum status status) {
    struct task *task = call->task;
    const uint32_t bit = 1u << (call->row->number >> 6);
    uint32_t *told = status == ST_QUOTA ? &task->quota_told : &task->denied_told;
    task->calls_refused++;
    if (*told & bit) return;
    *told |= bit;
    event_put(call->executive,
              (struct executive_event){
                  .kind = EVENT_DENIED, .pid = task->pid, .a = call->row->number, .b = (uint32_t)status});
}

/* ---- the way of a call */

static enum status run(struct call *call) {
    enum status status = check_arguments(call);
    if (!call->again) charge(call);
    if (status == ST_OK && !call->again) {
        status = check_rights(call);
        if (status != ST_OK) note_refusal(call, status);
    }
    if (status != ST_OK) return status;
    call->task->call_begun = true;
    bool counted = call->row->flags & CALL_COUNTED;
    if (!counted) memset(call->out, 0, call->out_bytes);
    status = call->row->run(call);
    if (status == ST_OK && call->out_bytes > 0)
        memcpy(call->out_at, call->out, counted ? call->result : call->out_bytes);
    return status;
}

static enum call_outcome give_back(struct task *task, enum status status, uint32_t result) {
    task->vm.reg[REGISTER_A0] = (uint32_t)status;
    task->vm.reg[REGISTER_A1] = status == ST_OK ? result : 0;
    task->call = 0;
    task->call_begun = false;
    return CALL_RETURNED;
}

enum call_outcome call_answer(struct executive *executive, struct task *task, bool fresh) {
    const struct call_row *row = call_find(task->call);
    if (!row) return give_back(task, ST_UNSUPPORTED, 0);
    if ((row->flags & CALL_CLOCK) && !fresh) return CALL_LATER;
    struct call call = {
        .executive = executive, .task = task, .row = row, .out = executive->copy_out, .again = task->call_begun};
    memcpy(call.value, &task->vm.reg[REGISTER_A0], sizeof call.value);
    if (!call.again) memset(task->call_progress, 0, sizeof task->call_progress);
    if (!call.again && !budget_call(task)) return CALL_ENDED;
    enum status status = run(&call);
    if (task->end != TASK_END_NONE) return CALL_ENDED;
    if (status == ST_AGAIN) return CALL_PARKED;
    return give_back(task, status, call.result);
}

/* ---- for handlers */

enum status call_park(struct call *call, enum task_wait wait, uint64_t at_us) {
    call->task->wait = wait;
    call->task->wake_us = at_us;
    return ST_AGAIN;
}

/* When the call's timeout runs out; settled when it is first made. */
static uint64_t until(struct call *call, uint32_t timeout_ms) {
    if (!call->again) {
        uint64_t duration_us = (uint64_t)timeout_ms * 1000;
        call->task->call_until_us = timeout_ms == CALL_FOREVER ? UINT64_MAX : call->executive->now_us + duration_us;
    }
    return call->task->call_until_us;
}

enum status call_wait(struct call *call, enum task_wait wait, uint32_t timeout_ms) {
    uint64_t until_us = until(call, timeout_ms);
    if (until_us <= call->executive->now_us) return ST_TIMEOUT;
    return call_park(call, wait, until_us);
}

enum status call_poll(struct call *call, uint32_t timeout_ms) {
    uint64_t until_us = until(call, timeout_ms), next_us = call->executive->now_us + call->executive->config->poll_us;
    if (until_us <= call->executive->now_us) return ST_TIMEOUT;
    return call_park(call, WAIT_POLL, next_us < until_us ? next_us : until_us);
}

enum status call_sleep(struct call *call, uint64_t duration_us) {
    uint64_t now_us = call->executive->now_us;
    if (!call->again) call->task->call_until_us = duration_us > UINT64_MAX - now_us ? UINT64_MAX : now_us + duration_us;
    if (call->task->call_until_us <= now_us) return ST_OK;
    return call_park(call, WAIT_TIME, call->task->call_until_us);
}
