#include "device/executive/command.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "device/executive/events.h"
#include "device/executive/mailbox.h"
#include "device/executive/pressure.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"

enum { REGISTER_A0 = 10 };

/* ---- commands */

struct command *command_find(const struct executive *executive, uint32_t id) {
    for (uint32_t i = 0; i < executive->config->commands_max; i++) {
        struct command *command = &executive->command[i];
        if (command->row && command->id == id) return command;
    }
    return NULL;
}

struct command_row command_row_of(const struct command *command) {
    struct command_row row;
    const char *reason;
    (void)command_row_decode(command->row, &row, &reason); /* it was checked when the command was made */
    return row;
}

uint32_t command_room(const struct executive *executive) {
    return executive->config->commands_max - executive->commands_used;
}

static void count_commands(struct executive *executive, uint32_t used) {
    executive->commands_used = used;
    pressure_check(executive, PRESSURE_COMMANDS, used, executive->config->commands_max);
}

void command_add(struct executive *executive, uint32_t pid, const uint8_t *row, bool declared) {
    struct command *command = executive->command;
    while (command->row) command++;
    *command = (struct command){.row = row, .owner = pid, .id = load_le16(row), .declared = declared};
    count_commands(executive, executive->commands_used + 1);
    event_traffic(executive, EVENT_COMMAND_MADE, pid, command->id, 0);
}

/* ---- runs */

static struct task *task_of(const struct executive *executive, uint32_t pid) {
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        if (executive->task[i].pid == pid) return &executive->task[i];
    }
    return NULL;
}

struct command_run *command_run_find(struct executive *executive, uint32_t ticket) {
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        struct command_run *run = &executive->run[i];
        if (run->state != RUN_FREE && run->ticket == ticket) return run;
    }
    return NULL;
}

/* The run of the task that is going on, or else the one that waits longest; NULL: none. */
static struct command_run *first_run(const struct executive *executive, uint32_t pid) {
    struct command_run *first = NULL;
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        struct command_run *run = &executive->run[i];
        if (run->owner != pid || (run->state != RUN_QUEUED && run->state != RUN_GOING)) continue;
        if (run->state == RUN_GOING) return run;
        if (!first || (int32_t)(run->ticket - first->ticket) < 0) first = run;
    }
    return first;
}

/* When the first of the task's runs is over, so that the schedule knows. */
static void note_deadline(struct executive *executive, struct task *task) {
    task->command_due_us = UINT64_MAX;
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        const struct command_run *run = &executive->run[i];
        bool open = run->owner == task->pid && (run->state == RUN_QUEUED || run->state == RUN_GOING);
        if (open && run->deadline_us < task->command_due_us) task->command_due_us = run->deadline_us;
    }
    schedule_update(executive, task);
}

static bool is_of_type(uint8_t type, uint32_t bits) {
    struct value_row row = {.type = type}; /* without a range */
    return value_row_allows(&row, bits);
}

static enum status check_arguments(const struct command_row *row, const struct command_request *request) {
    if (request->count != row->argument_count) return ST_INVALID;
    for (uint32_t i = 0; i < request->count; i++) {
        if (!is_of_type(row->argument[i], request->argument[i])) return ST_INVALID;
    }
    return ST_OK;
}

static enum status find_place(struct executive *executive, uint32_t caller, struct command_run **place) {
    uint32_t own = 0;
    *place = NULL;
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        struct command_run *run = &executive->run[i];
        if (run->state == RUN_FREE)
            *place = *place ? *place : run;
        else
            own += caller != 0 && run->caller == caller;
    }
    if (own >= executive->config->command_runs_of_task && caller != 0) return ST_QUOTA;
    return *place ? ST_OK : pressure_full(executive, PRESSURE_COMMAND_RUNS, caller);
}

enum status command_queue(struct executive *executive, const struct command *command,
                          const struct command_request *request, uint32_t *ticket) {
    struct command_row row = command_row_of(command);
    struct task *task = task_of(executive, command->owner);
    struct command_run *run;
    enum status status = check_arguments(&row, request);
    if (status == ST_OK) status = find_place(executive, request->caller, &run);
    if (status == ST_OK && !(task_is_live(task) && task->state != TASK_RESTARTING)) status = ST_NOT_FOUND;
    if (status != ST_OK) return status;
    const uint8_t *handler = vm_memory_read(&task->vm, row.handler, sizeof(uint32_t));
    if (!handler) return ST_NOT_FOUND;
    if (++executive->next_run == 0) executive->next_run = 1;
    uint32_t timeout_ms = row.timeout_ms > 0 ? row.timeout_ms : executive->config->command_timeout_ms;
    *run = (struct command_run){.state = RUN_QUEUED,
                                .ticket = executive->next_run,
                                .caller = request->caller,
                                .owner = command->owner,
                                .handle = request->handle,
                                .waits = request->waits,
                                .from_operator = request->from_operator,
                                .id = command->id,
                                .target = load_le32(handler),
                                .argument_count = row.argument_count,
                                .result_type = row.result,
                                .deadline_us = executive->now_us + (uint64_t)timeout_ms * 1000};
    memcpy(run->argument, request->argument, sizeof run->argument);
    event_traffic(executive, EVENT_COMMAND_CALLED, run->owner, run->id, run->caller);
    *ticket = run->ticket;
    note_deadline(executive, task);
    task_wake(executive, task);
    return ST_OK;
}

static void send_answer(struct executive *executive, const struct command_run *run) {
    struct mailbox_handle *handle = mailbox_handle_find(executive, run->caller, run->handle);
    if (!handle || handle->box == MAILBOX_NONE) return;
    uint8_t done[CALL_COMMAND_DONE_BYTES];
    store_le32(done + CALL_COMMAND_DONE_ID, run->id);
    store_le32(done + CALL_COMMAND_DONE_TICKET, run->ticket);
    store_le32(done + CALL_COMMAND_DONE_STATUS, (uint32_t)run->status);
    store_le32(done + CALL_COMMAND_DONE_RESULT, run->result);
    struct mailbox_message message = {.sender = run->owner, .channel = run->id, .length = sizeof done, .bytes = done};
    mailbox_post(executive, handle->box, &message);
}

/* Gives the answer to whoever asked. A caller that waits takes it from the run; the others' runs are free then. */
static void answer(struct executive *executive, struct command_run *run, enum status status, uint32_t result) {
    run->status = status;
    run->result = status == ST_OK ? result : 0;
    run->state = RUN_FREE;
    if (run->waits && run->caller != 0) {
        run->state = RUN_DONE;
        struct task *caller = task_of(executive, run->caller);
        if (caller->wait == WAIT_COMMAND && caller->wait_on == run->ticket) task_wake(executive, caller);
    } else if (run->from_operator) {
        struct executive_event event = {.kind = EVENT_COMMAND,
                                        .load = (uint16_t)run->ticket,
                                        .pid = run->owner,
                                        .a = (uint32_t)status,
                                        .b = run->result};
        event_put(executive, event);
    } else if (run->caller != 0) {
        send_answer(executive, run);
    }
}

/* ---- in the task */

static void set_aside(struct task *task, struct run_aside *aside) {
    aside->call = task->call;
    aside->call_begun = task->call_begun;
    aside->call_until_us = task->call_until_us;
    aside->wait = task->wait;
    aside->wait_on = task->wait_on;
    memcpy(aside->progress, task->call_progress, sizeof aside->progress);
    task->call = 0;
    task->call_begun = false;
}

static void bring_back(struct task *task, const struct run_aside *aside) {
    vm_call_end(&task->vm, &aside->vm);
    task->call = aside->call;
    task->call_begun = aside->call_begun;
    task->call_until_us = aside->call_until_us;
    task->wait = aside->wait;
    task->wait_on = aside->wait_on;
    memcpy(task->call_progress, aside->progress, sizeof aside->progress);
}

void command_begin(struct executive *executive, struct task *task) {
    if (task->command_due_us == UINT64_MAX) return;
    struct command_run *run = first_run(executive, task->pid);
    if (!run || run->state == RUN_GOING) return;
    if (vm_call(&task->vm, run->target, run->argument, run->argument_count, &run->aside.vm) != ST_OK) {
        answer(executive, run, ST_NOT_FOUND, 0);
        note_deadline(executive, task);
        return;
    }
    set_aside(task, &run->aside);
    run->state = RUN_GOING;
}

bool command_end(struct executive *executive, struct task *task) {
    if (task->command_due_us == UINT64_MAX) return false;
    struct command_run *run = first_run(executive, task->pid);
    if (!run || run->state != RUN_GOING) return false;
    uint32_t result = run->result_type == COMMAND_NO_RESULT ? 0 : task->vm.reg[REGISTER_A0];
    bool whole = run->result_type == COMMAND_NO_RESULT || is_of_type(run->result_type, result);
    bring_back(task, &run->aside);
    answer(executive, run, whole ? ST_OK : ST_INVALID, result);
    note_deadline(executive, task);
    command_begin(executive, task); /* the next, before the task waits again */
    return true;
}

void command_expire(struct executive *executive, struct task *task) {
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        struct command_run *run = &executive->run[i];
        if (run->owner != task->pid || run->deadline_us > executive->now_us) continue;
        if (run->state == RUN_GOING) {
            bring_back(task, &run->aside);
            task_wake(executive, task);
        }
        if (run->state == RUN_GOING || run->state == RUN_QUEUED) answer(executive, run, ST_TIMEOUT, 0);
    }
    note_deadline(executive, task);
}

void command_release(struct executive *executive, uint32_t pid, bool for_good) {
    for (uint32_t i = 0; i < executive->config->command_runs_max; i++) {
        struct command_run *run = &executive->run[i];
        if (run->caller == pid) run->caller = 0;
        if (run->caller == 0 && run->state == RUN_DONE) run->state = RUN_FREE;
        if (run->owner == pid && (run->state == RUN_QUEUED || run->state == RUN_GOING))
            answer(executive, run, ST_NOT_FOUND, 0);
    }
    for (uint32_t i = 0; i < executive->config->commands_max; i++) {
        struct command *command = &executive->command[i];
        if (!command->row || command->owner != pid || (command->declared && !for_good)) continue;
        command->row = NULL;
        count_commands(executive, executive->commands_used - 1);
    }
    struct task *task = task_of(executive, pid);
    if (task) task->command_due_us = UINT64_MAX;
}

/* ---- for operators */

enum status executive_command(struct executive *executive, uint32_t id, uint32_t level, uint32_t pin,
                              const uint32_t *arguments, uint32_t count, uint32_t *ticket) {
    const struct command *command = command_find(executive, id);
    if (!command) return ST_NOT_FOUND;
    struct command_row row = command_row_of(command);
    if (level < row.level || ((row.flags & COMMAND_PIN) != 0 && pin != row.pin)) return ST_DENIED;
    if (count > COMMAND_ARGUMENTS_MAX) return ST_INVALID;
    struct command_request request = {.from_operator = true, .count = count};
    if (count > 0) memcpy(request.argument, arguments, count * sizeof *arguments);
    return command_queue(executive, command, &request, ticket);
}
