/* The handlers for what tasks offer: values, commands, mailboxes. A slot is a place in the executive's table, from 1.
 */
#include "core/base/bytes.h"
#include "core/base/divide.h"
#include "device/executive/command.h"
#include "device/executive/mailbox.h"
#include "device/executive/operation.h"
#include "device/executive/value.h"

enum { US_PER_MS = 1000 };

/* Who only looks has the least; who needed a token less than who may open the link by itself. */
static uint32_t level_of(const struct operation *operation) {
    if (operation->session->observer) return LEVEL_PUBLIC;
    if (operation->link->token) return LEVEL_USER;
    return operation->hive->config->factory ? LEVEL_FACTORY : LEVEL_ADMIN;
}

static enum status no_object(struct operation *operation, enum status status, uint32_t id) {
    return operation_refuse(operation, status, WHY_OBJECT, id);
}

/* ---- values */

/* A value that was never set has the age UINT32_MAX, and no other has. */
static uint32_t age_ms_of(const struct operation *operation, const struct value *value) {
    if (value->set_us == UINT64_MAX) return UINT32_MAX;
    uint64_t age_ms = divide_u64(operation->hive->executive->now_us - value->set_us, US_PER_MS);
    return age_ms < UINT32_MAX ? (uint32_t)age_ms : UINT32_MAX - 1;
}

bool list_value_list(struct operation *operation, uint32_t after, struct value_list_row *row) {
    const struct executive *executive = operation->hive->executive;
    uint32_t slot = after;
    while (slot < executive->config->values_max && !executive->value[slot].row) slot++;
    if (slot >= executive->config->values_max) return false;
    const struct value *value = &executive->value[slot];
    struct value_row contract = value_row_of(value);
    bool readable = level_of(operation) >= contract.read_level;
    *row = (struct value_list_row){
        .slot = (uint16_t)(slot + 1),
        .id = value->id,
        .pid = value->owner,
        .type = contract.type,
        .flags = contract.flags,
        .read_level = contract.read_level,
        .write_level = contract.write_level,
        .readable = readable,
        .bits = readable ? value->bits : 0,
        .age_ms = age_ms_of(operation, value),
        .name = (const char *)contract.name,
        .unit = (const char *)contract.unit,
    };
    return true;
}

enum status operate_value_get(struct operation *operation, const struct value_get_parameters *parameters,
                              struct value_get_result *result) {
    const struct executive *executive = operation->hive->executive;
    const struct value *value = value_find(executive, parameters->id);
    if (!value) return no_object(operation, ST_NOT_FOUND, parameters->id);
    struct value_row contract = value_row_of(value);
    uint32_t bits = 0;
    enum status status = executive_value_get(executive, value->id, level_of(operation), &bits);
    if (status != ST_OK) return operation_refuse(operation, status, WHY_LEVEL, contract.read_level);
    *result = (struct value_get_result){
        .pid = value->owner,
        .type = contract.type,
        .flags = contract.flags,
        .read_level = contract.read_level,
        .write_level = contract.write_level,
        .bits = bits,
        .initial = contract.initial,
        .minimum = contract.minimum,
        .maximum = contract.maximum,
        .epsilon = contract.epsilon,
        .rate_ms = contract.rate_ms,
        .age_ms = age_ms_of(operation, value),
        .name = (const char *)contract.name,
        .unit = (const char *)contract.unit,
    };
    return ST_OK;
}

enum status operate_value_set(struct operation *operation, const struct value_set_parameters *parameters) {
    struct executive *executive = operation->hive->executive;
    const struct value *value = value_find(executive, parameters->id);
    if (!value) return no_object(operation, ST_NOT_FOUND, parameters->id);
    if (operation_is_locked(operation, value->owner)) return ST_BUSY;
    struct value_row contract = value_row_of(value);
    uint32_t level = level_of(operation);
    enum status status = executive_value_set(executive, value->id, level, parameters->pin, parameters->bits);
    if (status == ST_OK) return ST_OK;
    if (status != ST_DENIED) return no_object(operation, status, parameters->id);
    if (contract.flags & VALUE_READ_ONLY) return operation_refuse(operation, status, WHY_READ_ONLY, parameters->id);
    if (level < contract.write_level) return operation_refuse(operation, status, WHY_LEVEL, contract.write_level);
    return operation_refuse(operation, status, WHY_PIN, 0);
}

/* ---- commands */

static uint8_t type_of_argument(const struct command_row *command, uint32_t index) {
    return index < command->argument_count ? command->argument[index] : OBJECT_NONE;
}

bool list_command_list(struct operation *operation, uint32_t after, struct command_list_row *row) {
    const struct executive *executive = operation->hive->executive;
    uint32_t slot = after;
    while (slot < executive->config->commands_max && !executive->command[slot].row) slot++;
    if (slot >= executive->config->commands_max) return false;
    const struct command *command = &executive->command[slot];
    struct command_row contract = command_row_of(command);
    *row = (struct command_list_row){
        .slot = (uint16_t)(slot + 1),
        .id = command->id,
        .pid = command->owner,
        .flags = contract.flags,
        .level = contract.level,
        .arguments = contract.argument_count,
        .type0 = type_of_argument(&contract, 0),
        .type1 = type_of_argument(&contract, 1),
        .type2 = type_of_argument(&contract, 2),
        .type3 = type_of_argument(&contract, 3),
        .result = contract.result == COMMAND_NO_RESULT ? OBJECT_NONE : contract.result,
        .timeout_ms = contract.timeout_ms,
        .name = (const char *)contract.name,
        .help = (const char *)contract.help,
    };
    return true;
}

enum status operate_command_call(struct operation *operation, const struct command_call_parameters *parameters,
                                 struct command_call_result *result) {
    struct executive *executive = operation->hive->executive;
    const struct command *command = command_find(executive, parameters->id);
    if (!command) return no_object(operation, ST_NOT_FOUND, parameters->id);
    if (operation_is_locked(operation, command->owner)) return ST_BUSY;
    struct command_row contract = command_row_of(command);
    const uint32_t arguments[COMMAND_ARGUMENTS_MAX] = {parameters->argument0, parameters->argument1,
                                                       parameters->argument2, parameters->argument3};
    uint32_t level = level_of(operation), ticket;
    enum status status =
        executive_command(executive, command->id, level, parameters->pin, arguments, parameters->arguments, &ticket);
    if (status == ST_FULL) return operation_refuse(operation, status, WHY_ROOM, executive->config->command_runs_max);
    if (status == ST_DENIED && level < contract.level)
        return operation_refuse(operation, status, WHY_LEVEL, contract.level);
    if (status == ST_DENIED) return operation_refuse(operation, status, WHY_PIN, 0);
    if (status != ST_OK) return no_object(operation, status, parameters->id);
    result->ticket = (uint16_t)ticket;
    return ST_OK;
}

/* ---- mailboxes */

static void count_handles(const struct executive *executive, uint32_t box, struct mailbox_list_row *row) {
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        const struct mailbox_handle *handle = &executive->handle[i];
        if (handle->pid == 0 || handle->box != box) continue;
        row->handles++;
        if (handle->reads) row->readers++;
    }
}

bool list_mailbox_list(struct operation *operation, uint32_t after, struct mailbox_list_row *row) {
    const struct executive *executive = operation->hive->executive;
    uint32_t slot = after;
    while (slot < executive->config->mailboxes_max && executive->mailbox[slot].capacity == 0) slot++;
    if (slot >= executive->config->mailboxes_max) return false;
    const struct mailbox *box = &executive->mailbox[slot];
    *row = (struct mailbox_list_row){
        .slot = (uint16_t)(slot + 1),
        .pid = box->owner,
        .space = box->name.space,
        .task = box->name.task,
        .device = box->device,
        .capacity = box->capacity,
        .used = box->used,
        .sent = box->sent,
        .lost = box->lost,
        .name = box->name.text,
    };
    count_handles(executive, slot, row);
    return true;
}
