#include "device/executive/value.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/vm/float.h"
#include "device/executive/events.h"
#include "device/executive/mailbox.h"
#include "device/executive/pressure.h"

struct value *value_find(const struct executive *executive, uint32_t id) {
    for (uint32_t i = 0; i < executive->config->values_max; i++) {
        struct value *value = &executive->value[i];
        if (value->row && value->id == id) return value;
    }
    return NULL;
}

struct value_row value_row_of(const struct value *value) {
    struct value_row row;
    const char *reason;
    (void)value_row_decode(value->row, &row, &reason); /* it was checked when the value was made */
    return row;
}

uint32_t value_room(const struct executive *executive) {
    return executive->config->values_max - executive->values_used;
}

static void count_values(struct executive *executive, uint32_t used) {
    executive->values_used = used;
    pressure_check(executive, PRESSURE_VALUES, used, executive->config->values_max);
}

/* ---- storage */

static void load_saved(struct executive *executive, struct value *value, const struct value_row *row) {
    const struct executive_store *store = executive->config->store;
    uint32_t bits;
    if (!store || (row->flags & VALUE_PERSISTENT) == 0) return;
    if (store->load(store->context, value->id, &bits) == ST_OK && value_row_allows(row, bits)) value->bits = bits;
}

static void save(struct executive *executive, struct value *value) {
    const struct executive_store *store = executive->config->store;
    value->unsaved = false;
    executive->values_unsaved--;
    const enum status status = store->save(store->context, value->id, value->bits);
    if (status == ST_OK) return;
    event_put(executive, (struct executive_event){
                             .kind = EVENT_UNSAVED, .pid = value->owner, .a = value->id, .b = (uint32_t)status});
}

static void save_later(struct executive *executive, struct value *value, const struct value_row *row) {
    if (!executive->config->store || (row->flags & VALUE_PERSISTENT) == 0) return;
    if (!value->unsaved) executive->values_unsaved++;
    value->unsaved = true;
    value->save_us = executive->now_us + (uint64_t)executive->config->store_delay_ms * 1000;
}

void value_save_due(struct executive *executive) {
    for (uint32_t i = 0; executive->values_unsaved > 0 && i < executive->config->values_max; i++) {
        struct value *value = &executive->value[i];
        if (value->unsaved && value->save_us <= executive->now_us) save(executive, value);
    }
}

uint64_t value_next_us(const struct executive *executive) {
    uint64_t next_us = UINT64_MAX;
    for (uint32_t i = 0; executive->values_unsaved > 0 && i < executive->config->values_max; i++) {
        const struct value *value = &executive->value[i];
        if (value->unsaved && value->save_us < next_us) next_us = value->save_us;
    }
    return next_us;
}

/* ---- life */

static void begin(struct executive *executive, struct value *value) {
    struct value_row row = value_row_of(value);
    value->bits = row.initial;
    value->set_us = value->changed_us = UINT64_MAX;
    load_saved(executive, value, &row);
}

void value_add(struct executive *executive, uint32_t pid, const uint8_t *row, bool declared) {
    struct value *value = executive->value;
    while (value->row) value++;
    *value = (struct value){.row = row, .owner = pid, .id = load_le16(row), .declared = declared};
    begin(executive, value);
    count_values(executive, executive->values_used + 1);
    event_traffic(executive, EVENT_VALUE_MADE, pid, value->id, 0);
}

void value_restart(struct executive *executive, uint32_t pid) {
    for (uint32_t i = 0; i < executive->config->values_max; i++) {
        struct value *value = &executive->value[i];
        if (!value->row || value->owner != pid) continue;
        if (value->unsaved) save(executive, value);
        if ((value_row_of(value).flags & VALUE_STICKY) == 0) begin(executive, value);
    }
}

static void remove(struct executive *executive, struct value *value) {
    for (uint32_t i = 0; i < executive->config->subscriptions_max; i++) {
        if (executive->subscription[i].id == value->id) executive->subscription[i].pid = 0;
    }
    if (value->unsaved) save(executive, value);
    *value = (struct value){.row = NULL};
    count_values(executive, executive->values_used - 1);
}

void value_release(struct executive *executive, uint32_t pid, bool for_good) {
    for (uint32_t i = 0; i < executive->config->values_max; i++) {
        struct value *value = &executive->value[i];
        if (value->row && value->owner == pid && (for_good || !value->declared)) remove(executive, value);
    }
    for (uint32_t i = 0; i < executive->config->subscriptions_max; i++) {
        if (executive->subscription[i].pid == pid) executive->subscription[i].pid = 0;
    }
}

/* ---- setting */

static float float_of(uint8_t type, uint32_t bits) {
    uint32_t wide = type == VALUE_F16 ? half_to_float(bits) : bits;
    float number;
    memcpy(&number, &wide, sizeof number);
    return number;
}

/* Whether going from one to the other is more than the row's epsilon. Infinities differ from all but themselves. */
static bool differs(const struct value_row *row, uint32_t from, uint32_t to) {
    if (from == to) return false;
    if (row->type == VALUE_BOOL) return row->epsilon == 0;
    if (row->type == VALUE_I32) {
        int64_t difference = (int64_t)(int32_t)to - (int32_t)from;
        return (difference < 0 ? -difference : difference) > (int32_t)row->epsilon;
    }
    float difference = float_of(row->type, to) - float_of(row->type, from);
    return (difference < 0 ? -difference : difference) > float_of(row->type, row->epsilon);
}

static void tell(struct executive *executive, const struct value *value, uint32_t before, uint32_t pid) {
    uint8_t change[CALL_VALUE_CHANGE_BYTES];
    store_le32(change + CALL_VALUE_CHANGE_ID, value->id);
    store_le32(change + CALL_VALUE_CHANGE_BEFORE, before);
    store_le32(change + CALL_VALUE_CHANGE_AFTER, value->bits);
    struct mailbox_message message = {.sender = pid, .channel = value->id, .length = sizeof change, .bytes = change};
    for (uint32_t i = 0; i < executive->config->subscriptions_max; i++) {
        struct value_subscription *subscription = &executive->subscription[i];
        if (subscription->pid == 0 || subscription->id != value->id) continue;
        struct mailbox_handle *handle = mailbox_handle_find(executive, subscription->pid, subscription->handle);
        if (handle && handle->box != MAILBOX_NONE)
            mailbox_post(executive, handle->box, &message);
        else
            subscription->pid = 0;
    }
    if (!executive->config->tell_values) return;
    struct executive_event event = {.kind = EVENT_VALUE, .pid = value->owner, .a = value->id, .b = value->bits};
    event_put(executive, event);
}

enum status value_set(struct executive *executive, struct value *value, uint32_t bits, uint32_t pid) {
    struct value_row row = value_row_of(value);
    if (!value_row_allows(&row, bits)) return ST_INVALID;
    bool changes = differs(&row, value->bits, bits);
    bool too_soon = row.rate_ms > 0 && value->changed_us != UINT64_MAX &&
                    executive->now_us - value->changed_us < (uint64_t)row.rate_ms * 1000;
    if (too_soon && changes) return ST_BUSY;
    value->set_us = executive->now_us;
    if (!changes) return ST_OK;
    uint32_t before = value->bits;
    value->bits = bits;
    value->changed_us = executive->now_us;
    tell(executive, value, before, pid);
    save_later(executive, value, &row);
    return ST_OK;
}

/* ---- subscriptions */

static struct value_subscription *find_subscription(struct executive *executive, uint32_t pid, uint32_t id) {
    for (uint32_t i = 0; i < executive->config->subscriptions_max; i++) {
        struct value_subscription *subscription = &executive->subscription[i];
        if (subscription->pid == pid && subscription->id == id) return subscription;
    }
    return NULL;
}

enum status value_subscribe(struct executive *executive, uint32_t pid, uint32_t id, uint32_t handle) {
    struct value_subscription *place = NULL;
    uint32_t owned = 0;
    if (find_subscription(executive, pid, id)) return ST_EXISTS;
    for (uint32_t i = 0; i < executive->config->subscriptions_max; i++) {
        struct value_subscription *subscription = &executive->subscription[i];
        owned += subscription->pid == pid;
        if (subscription->pid == 0 && !place) place = subscription;
    }
    if (owned >= executive->config->subscriptions_of_task) return ST_QUOTA;
    if (!place) return ST_FULL;
    *place = (struct value_subscription){.pid = pid, .id = (uint16_t)id, .handle = handle};
    return ST_OK;
}

enum status value_unsubscribe(struct executive *executive, uint32_t pid, uint32_t id) {
    struct value_subscription *subscription = find_subscription(executive, pid, id);
    if (!subscription) return ST_NOT_FOUND;
    subscription->pid = 0;
    return ST_OK;
}

/* ---- for operators */

static enum status may(const struct value_row *row, uint8_t needed, uint32_t level, uint32_t pin) {
    if (level < needed) return ST_DENIED;
    return (row->flags & VALUE_PIN) != 0 && pin != row->pin ? ST_DENIED : ST_OK;
}

enum status executive_value_get(const struct executive *executive, uint32_t id, uint32_t level, uint32_t *bits) {
    const struct value *value = value_find(executive, id);
    if (!value) return ST_NOT_FOUND;
    struct value_row row = value_row_of(value);
    if (level < row.read_level) return ST_DENIED;
    *bits = value->bits;
    return ST_OK;
}

enum status executive_value_set(struct executive *executive, uint32_t id, uint32_t level, uint32_t pin, uint32_t bits) {
    struct value *value = value_find(executive, id);
    if (!value) return ST_NOT_FOUND;
    struct value_row row = value_row_of(value);
    if (row.flags & VALUE_READ_ONLY) return ST_DENIED;
    enum status status = may(&row, row.write_level, level, pin);
    return status == ST_OK ? value_set(executive, value, bits, 0) : status;
}

uint32_t executive_value_compact(const struct executive *executive, uint32_t id) {
    const struct value *value = value_find(executive, id);
    if (!value) return VALUE_NO_COMPACT;
    struct value_row row = value_row_of(value);
    if (row.type == VALUE_F16) return value->bits;
    if (row.type == VALUE_F32) return half_from_float(value->bits) & 0xffff;
    return half_from_integer(value->bits, row.type == VALUE_I32, FLOAT_NEAREST) & 0xffff;
}
