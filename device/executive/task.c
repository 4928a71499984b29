#include "device/executive/task.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "device/executive/arrival.h"
#include "device/executive/block.h"
#include "device/executive/budget.h"
#include "device/executive/call.h"
#include "device/executive/clock.h"
#include "device/executive/command.h"
#include "device/executive/events.h"
#include "device/executive/evidence.h"
#include "device/executive/file.h"
#include "device/executive/mailbox.h"
#include "device/executive/sample.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/timer.h"
#include "device/executive/value.h"

enum { REGISTER_SP = 2, REGISTER_A0 = 10, RESTART_DOUBLINGS_MAX = 6 };

struct task *task_find(const struct executive *executive, uint32_t pid) {
    for (uint32_t i = 0; i < executive->config->tasks_max && pid != 0; i++) {
        if (executive->task[i].pid == pid) return &executive->task[i];
    }
    return NULL;
}

struct task *task_slot(struct executive *executive) {
    uint32_t count = executive->config->tasks_max;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = (executive->next_slot + i) % count;
        if (executive->task[slot].state == TASK_FREE) return &executive->task[slot];
    }
    return NULL;
}

void task_start(struct executive *executive, struct task *task, enum task_reason reason) {
    struct vm *vm = &task->vm;
    vm_init(vm, &task->program, block_ram(executive, task), task->ram_bytes, block_return_stack(executive, task),
            task->return_entries);
    sample_mark_stacks(task);
    if (task->data_bytes > 0) memcpy(vm->ram + (task->data_address - ISA_RAM_BASE), task->data, task->data_bytes);
    vm->reg[REGISTER_SP] = ISA_RAM_BASE + task->stack_bytes;
    const uint8_t *row = task->program.functions + (size_t)task->program.entry_function * VM_FUNCTION_BYTES;
    require(vm_enter(vm, load_le32(row)) == ST_OK);
    task->end = TASK_END_NONE;
    task->call = 0;
    task->call_begun = false;
    task->started_us = executive->now_us;
    task->watchdog_ms = 0;
    task->watchdog_due_us = UINT64_MAX;
    task->check_in_due_us = task->check_in_ms ? executive->now_us + (uint64_t)task->check_in_ms * 1000 : UINT64_MAX;
    task->edge_count = 0;
    task->frame_count = 0;
    task->command_due_us = UINT64_MAX;
    budget_start(executive, task);
    if (PROFILE_HAS_VALUE && reason != REASON_LOADED) value_restart(executive, task->pid);
    task_move(executive, task, TASK_READY, reason);
    struct executive_event event = {.kind = EVENT_STARTED, .pid = task->pid, .a = task->restarts};
    event_put(executive, event);
}

/* ---- standing still */

void task_pause(struct executive *executive, struct task *task, enum task_reason reason) {
    task->paused_us = executive->now_us;
    task->paused_restart = task->state == TASK_RESTARTING;
    task_move(executive, task, TASK_PAUSED, reason);
}

/* What stands does not miss its times: they move on by how long it stood. */
static uint64_t later(uint64_t time_us, uint64_t by_us) { return time_us == UINT64_MAX ? time_us : time_us + by_us; }

void task_shift_guards(struct task *task, uint64_t by_us) {
    task->watchdog_due_us = later(task->watchdog_due_us, by_us);
    task->check_in_due_us = later(task->check_in_due_us, by_us);
}

void task_resume(struct executive *executive, struct task *task, enum task_reason reason) {
    task_shift_guards(task, executive->now_us - task->paused_us);
    task_move(executive, task, task->paused_restart ? TASK_RESTARTING : TASK_READY, reason);
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

/* Notes a failure. Whether there were as many as the configuration allows within its window. */
static bool fails_too_often(const struct executive *executive, struct task *task) {
    uint32_t most = executive->config->quarantine_failures;
    if (most == 0 || most > TASK_FAILURES_MAX) return false;
    if (task->failure_count == most)
        memmove(task->failed_us, task->failed_us + 1, (most - 1) * sizeof *task->failed_us);
    if (task->failure_count < most) task->failure_count++;
    task->failed_us[task->failure_count - 1] = executive->now_us;
    uint64_t window_us = (uint64_t)executive->config->quarantine_ms * 1000;
    return task->failure_count == most && executive->now_us - task->failed_us[0] <= window_us;
}

void task_wipe(struct executive *executive, struct task *task) {
    block_give(executive, task);
    task_move(executive, task, TASK_FREE, REASON_RELEASE);
}

static enum task_state end_state(const struct task *task) {
    if (task->end == TASK_END_EXIT) return TASK_RETURNED;
    return task->end == TASK_END_KILLED ? TASK_KILLED : TASK_FAULTED;
}

static void quarantine(struct executive *executive, struct task *task) {
    task_move(executive, task, TASK_QUARANTINED, REASON_QUARANTINE);
    struct executive_event event = {.kind = EVENT_QUARANTINED, .pid = task->pid, .a = task->failure_count};
    event_put(executive, event);
}

static void back_off(struct executive *executive, struct task *task) {
    uint32_t doublings = task->restarts < RESTART_DOUBLINGS_MAX ? task->restarts : RESTART_DOUBLINGS_MAX;
    task->restarts++;
    task->wake_us = executive->now_us + ((uint64_t)executive->config->restart_delay_us << doublings);
    task_move(executive, task, TASK_RESTARTING, REASON_BACK_OFF);
}

void task_finish(struct executive *executive, struct task *task) {
    keep_trace(task);
    if (PROFILE_HAS_BLACKBOX) evidence_task_end(executive, task);
    timer_cancel_all(executive, task->pid);
    arrival_stop_watching(executive, task, UINT32_MAX);
    if (PROFILE_HAS_MAILBOX) mailbox_release(executive, task->pid, !restarts(executive, task));
    if (PROFILE_HAS_VALUE) value_release(executive, task->pid, !restarts(executive, task));
    if (PROFILE_HAS_COMMAND) command_release(executive, task->pid, !restarts(executive, task));
    if (PROFILE_HAS_FILE) file_release(executive, task);
    task->call = 0;
    task_move(executive, task, end_state(task), REASON_END);
    bool told = PROFILE_HAS_WORDS && task->end == TASK_END_TRAP;
    const char *text = told ? vm_trap_text((enum vm_trap)task->vm.trap) : NULL;
    struct executive_event event = {
        .kind = EVENT_ENDED, .pid = task->pid, .a = task->end, .b = (uint32_t)task->end_detail, .text = text};
    event_put(executive, event);
    if (restarts(executive, task)) {
        if (task->state == TASK_FAULTED && fails_too_often(executive, task))
            quarantine(executive, task);
        else
            back_off(executive, task);
    } else if (!executive->config->keep_ended) {
        task_wipe(executive, task);
    }
}

/* ---- a turn */

enum step { GOES_ON, TURN_OVER, TURN_HALTED };

static void park(struct executive *executive, struct task *task) {
    if (task->wait == WAIT_MAILBOX)
        task_move(executive, task, TASK_WAITING_MAILBOX, REASON_MAILBOX);
    else if (task->wait == WAIT_TIME)
        task_move(executive, task, TASK_SLEEPING, REASON_SLEEP);
    else
        task_move(executive, task, TASK_WAITING, REASON_CALL);
}

/* Answers the call that the task stands in. `fresh`: nothing has run since the step's time was taken. */
static enum step answer(struct executive *executive, struct task *task, bool fresh) {
    int64_t fuel = task->vm.fuel;
    enum call_outcome outcome = call_answer(executive, task, fresh);
    sample_spent(executive, task, (uint32_t)(fuel - task->vm.fuel));
    switch (outcome) {
    case CALL_RETURNED: return GOES_ON;
    case CALL_PARKED: park(executive, task); return TURN_OVER;
    case CALL_LATER: return TURN_HALTED;
    case CALL_ENDED: return TURN_OVER;
    }
    return TURN_OVER;
}

static enum step run(struct executive *executive, struct task *task) {
    struct vm *vm = &task->vm;
    switch (sample_run(executive, task)) {
    case VM_STOP_BUDGET: return GOES_ON; /* if there is fuel left, it was only stopped to be looked at */
    case VM_STOP_CALL: task->call = vm->call; return GOES_ON;
    case VM_STOP_BREAK:
        task->end = TASK_END_BREAK;
        task->end_detail = (int32_t)vm->call;
        return TURN_OVER;
    case VM_STOP_RETURN:
        if (PROFILE_HAS_COMMAND && command_end(executive, task)) return GOES_ON;
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

/* Begins a turn: a debt from the turn before is paid first. False: there is no fuel for one in this period. */
static bool begin_turn(struct executive *executive, struct task *task) {
    uint32_t fuel = budget_turn(executive, task);
    int64_t debt = task->vm.fuel < 0 ? task->vm.fuel : 0;
    if (fuel == 0) {
        task->wait = WAIT_TIME;
        task_move(executive, task, TASK_SLEEPING, REASON_THROTTLED);
        return false;
    }
    task->vm.fuel = (int32_t)((int64_t)fuel + debt);
    task_move(executive, task, TASK_RUNNING, REASON_TURN);
    if (PROFILE_HAS_COMMAND) command_begin(executive, task);
    return true;
}

static void end_turn(struct executive *executive, struct task *task, enum step step) {
    executive->turn_goes_on = step == TURN_HALTED && task->end == TASK_END_NONE;
    if (task->end != TASK_END_NONE)
        task_finish(executive, task);
    else if (task->state == TASK_RUNNING && !executive->turn_goes_on)
        task_move(executive, task, TASK_READY, REASON_QUANTUM);
    else
        schedule_update(executive, task);
}

void task_turn(struct executive *executive, struct task *task) {
    if (!executive->turn_goes_on && !begin_turn(executive, task)) return;
    int64_t fuel = task->vm.fuel;
    enum step step = fuel < 0 ? TURN_OVER : GOES_ON;
    for (bool ran = false; step == GOES_ON;) {
        if (task->call != 0) step = answer(executive, task, !ran);
        if (step != GOES_ON) break;
        if (task->vm.fuel < 0 || clock_turn_is_over(executive)) break;
        step = run(executive, task);
        ran = true;
    }
    budget_fuel(executive, task, (uint32_t)(fuel - task->vm.fuel));
    end_turn(executive, task, step);
}
