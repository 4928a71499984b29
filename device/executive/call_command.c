/* Handlers of the group command: who may. */
#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/call.h"
#include "device/executive/command.h"
#include "device/executive/mailbox.h"

enum { TICKET = 0 }; /* in call_progress */

static bool covers(const struct call *call, uint8_t mode, uint32_t id) {
    return capability_covers(call->task->rights, call->task->right_count, CALL_GROUP_COMMAND, mode, id);
}

static bool may_call(const struct call *call, const struct command *command) {
    if (command->owner == call->task->pid) return true;
    struct command_row row = command_row_of(command);
    return covers(call, MODE_COMMAND_CALL, command->id) && (row.flags & COMMAND_PIN) == 0 && row.level <= LEVEL_USER;
}

enum status handle_command_register(struct call *call, uint32_t address) {
    const struct vm *vm = &call->task->vm;
    const uint8_t *bytes = vm_memory_read(vm, address, COMMAND_ROW_BYTES);
    struct command_row row;
    const char *reason;
    if (!bytes || address < ISA_RO_BASE) return ST_RANGE;
    if (command_row_decode(bytes, &row, &reason) != ST_OK) return ST_INVALID;
    if (row.handler < ISA_RO_BASE || !vm_memory_read(vm, row.handler, sizeof(uint32_t))) return ST_RANGE;
    if (!covers(call, MODE_COMMAND_OWN, row.id)) return ST_DENIED;
    if (command_find(call->executive, row.id)) return ST_EXISTS;
    if (command_room(call->executive) == 0) return ST_FULL;
    command_add(call->executive, call->task->pid, bytes, false);
    return ST_OK;
}

static enum status queue(struct call *call, uint32_t id, const uint8_t *arguments, uint32_t length,
                         struct command_request request, uint32_t *ticket) {
    const struct command *command = command_find(call->executive, id);
    if (!command) return ST_NOT_FOUND;
    if (!may_call(call, command)) return ST_DENIED;
    if (length % sizeof(uint32_t) != 0) return ST_INVALID;
    request.count = length / (uint32_t)sizeof(uint32_t);
    for (uint32_t i = 0; i < request.count; i++) request.argument[i] = load_le32(arguments + 4 * i);
    return command_queue(call->executive, command, &request, ticket);
}

/* The run has a deadline, so this wait ends; and it ends with the task that runs it. */
enum status handle_command_call(struct call *call, uint32_t id, const uint8_t *arguments, uint32_t length) {
    uint32_t *ticket = &call->task->call_progress[TICKET];
    if (*ticket == 0) {
        struct command_request request = {.caller = call->task->pid, .waits = true};
        enum status status = queue(call, id, arguments, length, request, ticket);
        if (status != ST_OK) return status;
    }
    struct command_run *run = command_run_find(call->executive, *ticket);
    if (!run) return ST_NOT_FOUND;
    if (run->state == RUN_DONE) {
        call->result = run->result;
        run->state = RUN_FREE;
        return run->status;
    }
    call->task->wait_on = *ticket;
    bool own = run->owner == call->task->pid && run->state == RUN_QUEUED;
    return call_park(call, WAIT_COMMAND, own ? 0 : UINT64_MAX);
}

enum status handle_command_send(struct call *call, uint32_t id, const uint8_t *arguments, uint32_t length,
                                uint32_t mailbox) {
    const struct mailbox_handle *handle = mailbox_handle_find(call->executive, call->task->pid, mailbox);
    if (!handle || handle->box == MAILBOX_NONE) return ST_NOT_FOUND;
    if (!handle->reads) return ST_DENIED;
    struct command_request request = {.caller = call->task->pid, .handle = mailbox};
    return queue(call, id, arguments, length, request, &call->result);
}

enum status handle_command_info(struct call *call, uint32_t id, uint8_t *facts) {
    const struct command *command = command_find(call->executive, id);
    if (!command) return ST_NOT_FOUND;
    if (!may_call(call, command)) return ST_DENIED;
    struct command_row row = command_row_of(command);
    store_le32(facts + CALL_COMMAND_FACTS_OWNER, command->owner);
    facts[CALL_COMMAND_FACTS_FLAGS] = row.flags;
    facts[CALL_COMMAND_FACTS_LEVEL] = row.level;
    facts[CALL_COMMAND_FACTS_ARGUMENTS] = row.argument_count;
    facts[CALL_COMMAND_FACTS_RESULT] = row.result;
    memcpy(facts + CALL_COMMAND_FACTS_TYPES, row.argument, sizeof row.argument);
    store_le32(facts + CALL_COMMAND_FACTS_TIMEOUT_MS, row.timeout_ms);
    memcpy(facts + CALL_COMMAND_FACTS_NAME, row.name, VALUE_NAME_BYTES);
    memcpy(facts + CALL_COMMAND_FACTS_HELP, row.help, COMMAND_HELP_BYTES);
    return ST_OK;
}

enum status handle_command_next(struct call *call, uint32_t from) {
    const struct executive *executive = call->executive;
    uint32_t lowest = UINT32_MAX;
    for (uint32_t i = 0; i < executive->config->commands_max; i++) {
        const struct command *command = &executive->command[i];
        if (command->row && command->id >= from && command->id < lowest && may_call(call, command))
            lowest = command->id;
    }
    call->result = lowest;
    return lowest == UINT32_MAX ? ST_NOT_FOUND : ST_OK;
}
