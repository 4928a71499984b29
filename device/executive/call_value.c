/* Handlers of the group value: who may. */
#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/call.h"
#include "device/executive/mailbox.h"
#include "device/executive/value.h"

static bool covers(const struct call *call, uint8_t mode, uint32_t id) {
    return capability_covers(call->task->rights, call->task->right_count, CALL_GROUP_VALUE, mode, id);
}

static bool may_read(const struct call *call, const struct value *value) {
    if (value->owner == call->task->pid) return true;
    return covers(call, MODE_VALUE_READ, value->id) && value_row_of(value).read_level <= LEVEL_USER;
}

static bool may_write(const struct call *call, const struct value *value) {
    if (value->owner == call->task->pid) return true;
    struct value_row row = value_row_of(value);
    bool open = (row.flags & (VALUE_READ_ONLY | VALUE_PIN)) == 0 && row.write_level <= LEVEL_USER;
    return covers(call, MODE_VALUE_WRITE, value->id) && open;
}

/* Rows at run time lie in the read-only window, so that they stay as they are. */
enum status handle_value_register(struct call *call, uint32_t address) {
    const struct vm *vm = &call->task->vm;
    const uint8_t *bytes = vm_memory_read(vm, address, VALUE_ROW_BYTES);
    struct value_row row;
    const char *reason;
    if (!bytes || address < ISA_RO_BASE) return ST_RANGE;
    if (value_row_decode(bytes, &row, &reason) != ST_OK) return ST_INVALID;
    if (!covers(call, MODE_VALUE_OWN, row.id)) return ST_DENIED;
    if (value_find(call->executive, row.id)) return ST_EXISTS;
    if (value_room(call->executive) == 0) return ST_FULL;
    value_add(call->executive, call->task->pid, bytes, false);
    return ST_OK;
}

enum status handle_value_get(struct call *call, uint32_t id) {
    const struct value *value = value_find(call->executive, id);
    if (!value) return ST_NOT_FOUND;
    if (!may_read(call, value)) return ST_DENIED;
    call->result = value->bits;
    return ST_OK;
}

enum status handle_value_set(struct call *call, uint32_t id, uint32_t bits) {
    struct value *value = value_find(call->executive, id);
    if (!value) return ST_NOT_FOUND;
    if (!may_write(call, value)) return ST_DENIED;
    return value_set(call->executive, value, bits, call->task->pid);
}

enum status handle_value_info(struct call *call, uint32_t id, uint8_t *facts) {
    const struct value *value = value_find(call->executive, id);
    if (!value) return ST_NOT_FOUND;
    if (!may_read(call, value)) return ST_DENIED;
    struct value_row row = value_row_of(value);
    uint64_t age_us = value->set_us == UINT64_MAX ? UINT64_MAX : call->executive->now_us - value->set_us;
    store_le32(facts + CALL_VALUE_FACTS_BITS, value->bits);
    store_le32(facts + CALL_VALUE_FACTS_OWNER, value->owner);
    store_le64(facts + CALL_VALUE_FACTS_AGE_US, age_us);
    facts[CALL_VALUE_FACTS_TYPE] = row.type;
    facts[CALL_VALUE_FACTS_FLAGS] = row.flags;
    facts[CALL_VALUE_FACTS_READ_LEVEL] = row.read_level;
    facts[CALL_VALUE_FACTS_WRITE_LEVEL] = row.write_level;
    store_le32(facts + CALL_VALUE_FACTS_MINIMUM, row.minimum);
    store_le32(facts + CALL_VALUE_FACTS_MAXIMUM, row.maximum);
    store_le32(facts + CALL_VALUE_FACTS_EPSILON, row.epsilon);
    memcpy(facts + CALL_VALUE_FACTS_NAME, row.name, VALUE_NAME_BYTES);
    memcpy(facts + CALL_VALUE_FACTS_UNIT, row.unit, VALUE_UNIT_BYTES);
    return ST_OK;
}

enum status handle_value_next(struct call *call, uint32_t from) {
    const struct executive *executive = call->executive;
    uint32_t lowest = UINT32_MAX;
    for (uint32_t i = 0; i < executive->config->values_max; i++) {
        const struct value *value = &executive->value[i];
        if (value->row && value->id >= from && value->id < lowest && may_read(call, value)) lowest = value->id;
    }
    call->result = lowest;
    return lowest == UINT32_MAX ? ST_NOT_FOUND : ST_OK;
}

enum status handle_value_subscribe(struct call *call, uint32_t id, uint32_t number) {
    const struct value *value = value_find(call->executive, id);
    const struct mailbox_handle *handle = mailbox_handle_find(call->executive, call->task->pid, number);
    if (!value || !handle || handle->box == MAILBOX_NONE) return ST_NOT_FOUND;
    if (!handle->reads || !may_read(call, value)) return ST_DENIED;
    return value_subscribe(call->executive, call->task->pid, id, number);
}

enum status handle_value_unsubscribe(struct call *call, uint32_t id) {
    return value_unsubscribe(call->executive, call->task->pid, id);
}
