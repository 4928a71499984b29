#include "device/executive/task.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "device/executive/arrival.h"
#include "device/executive/block.h"
#include "device/executive/call.h"
#include "device/executive/events.h"
#include "device/executive/mailbox.h"
#include "device/executive/timer.h"

enum { REGISTER_SP = 2, REGISTER_A0 = 10, RESTART_DOUBLINGS_MAX = 6 };

bool task_is_live(const struct task *task) {
    return task->state == TASK_READY || task->state == TASK_WAITING || task->state == TASK_RESTARTING;
}

struct task *task_slot(struct executive *executive) {
    uint32_t count = executive->config->tasks_max;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = (executive->next_slot + i) % count;
        if (executive->task[slot].state == TASK_FREE) return &executive->task[slot];
    }
    return NULL;
}

void task_start(struct executive *executive, struct task *task) {
    struct vm *vm = &task->vm;
    vm_init(vm, &task->program, block_ram(executive, task), task->ram_bytes, block_return_stack(executive, task),
            task->return_entries);
    if (task->data_bytes > 0) memcpy(vm->ram + (task->data_address - ISA_RAM_BASE), task->data, task->data_bytes);
    vm->reg[REGISTER_SP] = ISA_RAM_BASE + task->stack_bytes;
    const uint8_t *row = task->program.functions + (size_t)task->program.entry_function * VM_FUNCTION_BYTES;
    require(vm_enter(vm, load_le32(row)) == ST_OK);
    task->state = TASK_READY;
    task->end = TASK_END_NONE;
    task->call = 0;
    task->call_begun = false;
    task->words = 0;
    task->started_us = executive->now_us;
    task->watchdog_ms = 0;
    task->watchdog_due_us = UINT64_MAX;
    task->check_in_due_us = task->check_in_ms ? executive->now_us + (uint64_t)task->check_in_ms * 1000 : UINT64_MAX;
    task->edge_count = 0;
    task->frame_count = 0;
    struct executive_event event = {.kind = EVENT_STARTED, .pid = task->pid, .a = task->restarts};
    event_put(executive, event);
}

/* ---- the end */

static void keep_trace(struct task *task) {
    uint32_t depth = task->vm.return_depth;
    task->trace_count = depth < TASK_TRACE_MAX ? depth : TASK_TRACE_MAX;
    for (uint32_t i = 0; i < task->trace_count; i++) task->trace[i] = task->vm.return_stack[depth - 1 - i];
}

static bool restarts(const struct executive *executive, const struct task *task) {
    if (task->end == TASK_END_KILLED || task->restarts >= executive->config->restarts_max) return false;
    if (task->restart == ARTIFACT_RESTART_ALWAYS) return true;
    return task->restart == ARTIFACT_RESTART_ON_FAULT && task->end != TASK_END_EXIT;
}

void task_wipe(struct executive *executive, struct task *task) {
    block_give(executive, task);
    task->state = TASK_FREE;
}

void task_finish(struct executive *executive, struct task *task) {
    keep_trace(task);
    timer_cancel_all(executive, task->pid);
    arrival_stop_watching(executive, task, UINT32_MAX);
    mailbox_release(executive, task->pid);
    task->call = 0;
    const char *text = task->end == TASK_END_TRAP ? vm_trap_text((enum vm_trap)task->vm.trap) : NULL;
    struct executive_event event = {
        .kind = EVENT_ENDED, .pid = task->pid, .a = task->end, .b = (uint32_t)task->end_detail, .text = text};
    event_put(executive, event);
    if (restarts(executive, task)) {
        uint32_t doublings = task->restarts < RESTART_DOUBLINGS_MAX ? task->restarts : RESTART_DOUBLINGS_MAX;
        task->restarts++;
        task->state = TASK_RESTARTING;
        task->wake_us = executive->now_us + ((uint64_t)executive->config->restart_delay_us << doublings);
    } else if (executive->config->keep_ended) {
        task->state = TASK_ENDED;
    } else {
        task_wipe(executive, task);
    }
}

/* ---- a turn */

enum step { GOES_ON, TURN_OVER, TURN_HALTED };

/* Answers the call that the task stands in. `fresh`: nothing has run since the step's time was taken. */
static enum step answer(struct executive *executive, struct task *task, bool fresh) {
    switch (call_answer(executive, task, fresh)) {
    case CALL_RETURNED: task->state = TASK_READY; return GOES_ON;
    case CALL_PARKED: task->state = TASK_WAITING; return TURN_OVER;
    case CALL_LATER: return TURN_HALTED;
    case CALL_ENDED: return TURN_OVER;
    }
    return TURN_OVER;
}

static enum step run(struct task *task) {
    struct vm *vm = &task->vm;
    switch (vm_run(vm)) {
    case VM_STOP_BUDGET: return TURN_OVER;
    case VM_STOP_CALL: task->call = vm->call; return GOES_ON;
    case VM_STOP_BREAK:
        task->end = TASK_END_BREAK;
        task->end_detail = (int32_t)vm->call;
        return TURN_OVER;
    case VM_STOP_RETURN:
        task->end = TASK_END_EXIT;
        task->end_detail = (int32_t)vm->reg[REGISTER_A0];
        return TURN_OVER;
    case VM_STOP_TRAP:
        task->end = TASK_END_TRAP;
        task->end_detail = (int32_t)vm->trap;
        return TURN_OVER;
    }
    return TURN_OVER;
}

/* A new turn's fuel: a debt from the turn before is paid first; never more than the task has left in all. */
static void refuel(const struct executive *executive, struct task *task) {
    const struct executive_config *config = executive->config;
    uint64_t fuel = config->quantum_words;
    if (config->fuel_words > 0 && config->fuel_words - task->words < fuel) fuel = config->fuel_words - task->words;
    int64_t debt = task->vm.fuel < 0 ? task->vm.fuel : 0;
    task->vm.fuel = (int32_t)((int64_t)fuel + debt);
}

void task_turn(struct executive *executive, struct task *task) {
    if (!executive->turn_goes_on) refuel(executive, task);
    int64_t fuel = task->vm.fuel;
    enum step step = fuel < 0 ? TURN_OVER : GOES_ON;
    for (bool ran = false; step == GOES_ON;) {
        if (task->call != 0) step = answer(executive, task, !ran);
        if (step != GOES_ON) break;
        if (task->vm.fuel < 0) break;
        step = run(task);
        ran = true;
    }
    uint32_t used = (uint32_t)(fuel - task->vm.fuel);
    task->words += used;
    executive->step_words += used;
    executive->turn_goes_on = step == TURN_HALTED;
    uint64_t limit = executive->config->fuel_words;
    if (task->end == TASK_END_NONE && limit > 0 && task->words >= limit) task->end = TASK_END_FUEL;
    if (task->end != TASK_END_NONE) {
        executive->turn_goes_on = false;
        task_finish(executive, task);
    }
}
