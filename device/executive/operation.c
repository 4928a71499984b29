#include "device/executive/operation.h"

#include <string.h>

#include "core/base/divide.h"
#include "core/base/require.h"
#include "device/executive/call.h"
#include "device/executive/calls_table.h"
#include "device/executive/delivery.h"
#include "device/executive/state.h"
#include "device/executive/upload.h"

enum { MESSAGE_REQUEST = 1, MESSAGE_REPLY, MESSAGE_EVENT };
enum { REPLY_STATUS_AT = 5, SPACE = 0x20, DELETE = 0x7f };

struct hive_config hive_config_of_profile(void) { return (struct hive_config){HIVE_CONFIG_LIMITS}; }

struct hive *hive_init(struct arena *arena, const struct hive_config *config, struct executive *executive) {
    struct hive *hive = ARENA_ARRAY(arena, struct hive, 1);
    if (!hive) return NULL;
    hive->config = config;
    hive->executive = executive;
    hive->sessions.session = ARENA_ARRAY(arena, struct session, config->sessions_max);
    hive->sessions.max = config->sessions_max;
    if (!hive->sessions.session || !history_init(&hive->history, arena, config->history_max)) return NULL;
    if (PROFILE_HAS_UPLOAD && !upload_init(hive, arena)) return NULL;
    return !PROFILE_HAS_TRANSFER || delivery_init(hive, arena) ? hive : NULL;
}

size_t hive_bytes(const struct hive_config *config) {
    enum { ALIGNMENT_SLACK = 16 };
    size_t upload = sizeof(struct upload) + config->upload_bytes + ALIGNMENT_SLACK;
    size_t delivery = PROFILE_HAS_TRANSFER ? delivery_bytes() : 0;
    return sizeof(struct hive) + delivery + config->sessions_max * sizeof(struct session) +
           config->uploads_max * upload + config->history_max * sizeof(struct executive_event) +
           (size_t)5 * ALIGNMENT_SLACK;
}

/* ---- for the table */

enum status operation_refuse(struct operation *operation, enum status status, enum operation_reason reason,
                             uint32_t detail) {
    operation->reason = (uint8_t)reason;
    operation->detail = detail;
    return status;
}

bool operation_is_locked(struct operation *operation, uint32_t pid) {
    uint32_t owner = PROFILE_HAS_SHARING ? session_that_locks(&operation->hive->sessions, pid) : 0;
    if (owner == 0 || owner == operation->session->id) return false;
    (void)operation_refuse(operation, ST_BUSY, WHY_LOCKED, owner);
    return true;
}

bool operation_is_any_locked(struct operation *operation) {
    const struct executive *executive = operation->hive->executive;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        if (executive->task[i].state != TASK_FREE && operation_is_locked(operation, executive->task[i].pid))
            return true;
    }
    return false;
}

bool operation_is_remote(struct operation *operation) {
    if (operation->link->token) (void)operation_refuse(operation, ST_DENIED, WHY_LEVEL, LEVEL_ADMIN);
    return operation->link->token;
}

const struct task *operation_next_task(const struct operation *operation, uint32_t after) {
    const struct executive *executive = operation->hive->executive;
    const struct task *found = NULL;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (task->state != TASK_FREE && task->pid > after && (!found || task->pid < found->pid)) found = task;
    }
    return found;
}

bool hive_has_task(const struct hive *hive, uint32_t pid) {
    const struct task *task = executive_task(hive->executive, pid);
    return task && (task_is_live(task) || task->state == TASK_QUARANTINED);
}

bool operation_take_text(struct reader *in, char *to, size_t max) {
    size_t length = take_u8(in);
    const uint8_t *text = take_bytes(in, length);
    to[0] = '\0';
    if (!text || length > max) return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < SPACE || text[i] == DELETE) return false;
    }
    memcpy(to, text, length);
    to[length] = '\0';
    return true;
}

void operation_put_text(struct writer *out, const char *text, size_t max) {
    size_t length = 0;
    while (text && length < max && text[length] != '\0') length++;
    put_u8(out, (uint8_t)length);
    put_bytes(out, text, length);
}

/* ---- requests */

static bool same_bytes(const uint8_t *a, const uint8_t *b, uint32_t length) {
    uint8_t differs = 0;
    for (uint32_t i = 0; i < length; i++) differs |= a[i] ^ b[i]; /* the time it takes says nothing */
    return differs == 0;
}

/* A session belongs to the link that it was opened on, and to the next one when that is gone. */
static bool take_session(struct operation *operation, uint32_t id) {
    struct session *session = session_find(&operation->hive->sessions, id);
    if (!session || (session->link != operation->link->number && session->link != LINK_NONE)) return false;
    session->link = operation->link->number;
    session->heard_us = operation->now_us;
    operation->session = session;
    return true;
}

/* As many rows as fit; the next ones come after the last of them. */
static void put_list(struct operation *operation, const struct operation_row *row, uint32_t after, struct writer *out) {
    const struct operation_field *fields = &operation_table.fields[row->result.first];
    union operation_result result;
    uint16_t count = 0;
    size_t count_at = out->length;
    put_u16(out, 0);
    while (row->handler.list(operation, after, &result)) {
        struct writer before = *out;
        operation_put_fields(out, fields, row->result.count, &result);
        if (out->full) {
            *out = before;
            break;
        }
        after = operation_field_number(&fields[row->key - 1], &result);
        count++;
    }
    store_le16(out->bytes + count_at, count);
}

/* What the row says of a request, then its handler. */
static enum status run(struct operation *operation, const struct operation_row *row, struct reader *in,
                       struct writer *out) {
    const struct operation_field *fields = &operation_table.fields[row->parameters.first];
    union operation_parameters parameters;
    union operation_result result;
    uint32_t outside = operation_take_fields(in, fields, row->parameters.count, &parameters);
    if (in->bad || in->offset != in->length) return operation_refuse(operation, ST_CORRUPT, WHY_LENGTH, 0);
    if (outside < row->parameters.count) return operation_refuse(operation, ST_INVALID, WHY_PARAMETER, outside);
    if (row->lock && operation_is_locked(operation, operation_field_number(&fields[row->lock - 1], &parameters)))
        return ST_BUSY;
    if (row->key) {
        put_list(operation, row, parameters.after, out);
        return ST_OK;
    }
    enum status status = row->handler.answer(operation, &parameters, &result);
    if (status == ST_OK)
        operation_put_fields(out, &operation_table.fields[row->result.first], row->result.count, &result);
    return status;
}

/* NULL: there is no such operation. */
static const struct operation_row *find_row(uint32_t number) {
    for (uint32_t i = 0; i < operation_table.operation_count; i++) {
        if (operation_table.operations[i].number == number) return &operation_table.operations[i];
    }
    return NULL;
}

static enum status answer(struct operation *operation, uint16_t number, uint32_t session, struct reader *in,
                          struct writer *out) {
    const struct operation_row *row = find_row(number);
    if (!operation->link->trusted && number != OPERATION_SESSION_OPEN) {
        operation->link->over = true;
        return operation_refuse(operation, ST_DENIED, WHY_TOKEN, 0);
    }
    if (!row) return operation_refuse(operation, ST_UNSUPPORTED, WHY_OPERATION, 0);
    if (row->right != RIGHT_NONE && !take_session(operation, session))
        return operation_refuse(operation, ST_DENIED, WHY_SESSION, 0);
    if (row->right == RIGHT_CONTROL && operation->session->observer)
        return operation_refuse(operation, ST_DENIED, WHY_OBSERVER, 0);
    return run(operation, row, in, out);
}

size_t hive_request(struct hive *hive, struct hive_link *link, uint64_t now_us, const uint8_t *request, size_t length,
                    uint8_t *reply, size_t capacity) {
    require(capacity >= HIVE_MESSAGE_BYTES);
    struct reader in = reader_of(request, length);
    uint8_t kind = take_u8(&in);
    uint16_t number = take_u16(&in), tag = take_u16(&in);
    uint32_t session = take_u32(&in);
    if (in.bad || kind != MESSAGE_REQUEST) return 0;
    (void)session_expire(&hive->sessions, now_us);
    executive_time(hive->executive, now_us);
    struct operation operation = {.hive = hive, .link = link, .now_us = now_us};
    struct writer out = writer_of(reply, HIVE_MESSAGE_BYTES);
    put_u8(&out, MESSAGE_REPLY);
    put_u16(&out, number);
    put_u16(&out, tag);
    put_u16(&out, 0);
    size_t head = out.length;
    enum status status = answer(&operation, number, session, &in, &out);
    if (status == ST_OK) {
        require(!out.full);
        return out.length;
    }
    store_le16(reply + REPLY_STATUS_AT, (uint16_t)status);
    out.length = head;
    put_u8(&out, operation.reason);
    put_u32(&out, operation.detail);
    return out.length;
}

/* ---- events */

void hive_hear(struct hive *hive, const struct executive_event *event) {
    if (PROFILE_HAS_UPLOAD) upload_hear(hive, event);
    uint64_t kept = hive->config->keep_events;
    if (kept == 0 || kept >> event_row_of(event)->number & 1) history_put(&hive->history, event);
}

uint64_t hive_step(struct hive *hive, uint64_t now_us) {
    struct executive_event event;
    while (executive_event_take(hive->executive, &event)) hive_hear(hive, &event);
    uint64_t next_us = session_expire(&hive->sessions, now_us);
    if (PROFILE_HAS_CONDITION) executive_cause(hive->executive, 1u << CAUSE_LINK, hive->sessions.operator_lost);
    if (PROFILE_HAS_UPLOAD) upload_expire(hive);
    const uint64_t leave_us = PROFILE_HAS_TRANSFER ? delivery_step(hive, now_us) : UINT64_MAX;
    return leave_us < next_us ? leave_us : next_us;
}

static void put_head(struct writer *out, const struct session *session, uint64_t sequence, uint64_t time_us,
                     enum event_number number) {
    put_u8(out, MESSAGE_EVENT);
    put_u32(out, session->id);
    put_u64(out, sequence);
    put_u64(out, time_us);
    put_u8(out, (uint8_t)number);
}

static bool tell(struct hive *hive, struct session *session, struct writer *out) {
    const struct event_row *row;
    struct executive_event event;
    uint64_t first, last, now_us = hive->executive->now_us;
    switch (subscription_next(&session->subscription, &hive->history, &event, &first, &last)) {
    case NEWS_NONE: return false;
    case NEWS_EVENT:
        row = event_row_of(&event);
        put_head(out, session, first, event.time_us, (enum event_number)row->number);
        operation_put_fields(out, &operation_table.fields[row->fields.first], row->fields.count, &event);
        return true;
    case NEWS_MISSED:
        put_head(out, session, 0, now_us, EVENT_NUMBER_EVENT_MISSED);
        put_u64(out, first);
        put_u64(out, last);
        return true;
    case NEWS_SLOW:
        put_head(out, session, 0, now_us, EVENT_NUMBER_EVENT_SLOW);
        put_u32(out, (uint32_t)first);
        return true;
    }
    return false;
}

size_t hive_news(struct hive *hive, const struct hive_link *link, uint8_t *to, size_t capacity) {
    require(capacity >= HIVE_MESSAGE_BYTES);
    for (uint32_t i = 0; i < hive->sessions.max; i++) {
        uint32_t at = (hive->next_turn + i) % hive->sessions.max;
        struct session *session = &hive->sessions.session[at];
        struct writer out = writer_of(to, capacity);
        if (session->id == 0 || session->link != link->number || !tell(hive, session, &out)) continue;
        hive->next_turn = (uint16_t)(at + 1);
        return out.length;
    }
    return 0;
}

static bool wants(const struct session *session, const struct executive_output *output) {
    bool task = session->console_pid == 0 || session->console_pid == output->pid;
    return task && (session->console >> (output->stream - 1) & 1) != 0;
}

bool hive_wants_output(const struct hive *hive, const struct hive_link *link, const struct executive_output *output) {
    for (uint32_t i = 0; i < hive->sessions.max; i++) {
        const struct session *session = &hive->sessions.session[i];
        if (session->id != 0 && session->link == link->number && wants(session, output)) return true;
    }
    return false;
}

bool hive_wants_console(const struct hive *hive, const struct hive_link *link) {
    for (uint32_t i = 0; i < hive->sessions.max; i++) {
        const struct session *session = &hive->sessions.session[i];
        if (session->id != 0 && session->link == link->number && session->console != 0) return true;
    }
    return false;
}

void hive_link_closed(struct hive *hive, const struct hive_link *link) {
    session_detach(&hive->sessions, link->number);
}

/* ---- handlers: the hive */

enum status operate_hive_info(struct operation *operation, struct hive_info_result *result) {
    const struct hive *hive = operation->hive;
    *result = (struct hive_info_result){
        .protocol = OPERATION_PROTOCOL,
        .abi = CALLS_ABI,
        .payload_max = HIVE_MESSAGE_BYTES,
        .boot = hive->config->boot,
        .uptime_us = operation->now_us,
        .next_sequence = hive->history.next,
        .tasks = (uint16_t)hive->executive->live,
        .tasks_max = hive->executive->config->tasks_max,
        .sessions_max = hive->sessions.max,
        .upload_max = hive->config->uploads_max > 0 ? hive->config->upload_bytes : 0,
        .name = hive->config->name,
    };
    return ST_OK;
}

enum status operate_hive_stop(struct operation *operation) {
    executive_stop(operation->hive->executive);
    return ST_OK;
}

enum status operate_hive_go(struct operation *operation) {
    executive_go(operation->hive->executive);
    return ST_OK;
}

/* ---- handlers: sessions */

static bool opens(const struct hive_config *config, const struct session_open_parameters *parameters) {
    if (config->token_bytes == 0 || parameters->token_bytes != config->token_bytes) return false;
    return same_bytes(config->token, parameters->token, config->token_bytes);
}

enum status operate_hive_offers(struct operation *operation, struct hive_offers_result *result) {
    enum { GROUP_SHIFT = 6 };
    *result = (struct hive_offers_result){.calls = call_groups(operation->hive->executive->config)};
    for (uint32_t i = 0; i < operation_table.operation_count; i++)
        result->groups |= UINT32_C(1) << (operation_table.operations[i].number >> GROUP_SHIFT);
    for (uint32_t i = 0; i < operation_table.event_count; i++)
        result->events |= UINT64_C(1) << operation_table.events[i].number;
    if (operation->hive->config->keep_events != 0) result->events &= operation->hive->config->keep_events;
    return ST_OK;
}

enum status operate_session_open(struct operation *operation, const struct session_open_parameters *parameters,
                                 struct session_open_result *result) {
    struct hive *hive = operation->hive;
    struct hive_link *link = operation->link;
    if (!link->trusted && !opens(hive->config, parameters)) {
        link->over = true;
        return operation_refuse(operation, ST_DENIED, WHY_TOKEN, 0);
    }
    if (!link->trusted) link->token = true;
    link->trusted = true;
    struct session *session = session_open(&hive->sessions, link->number, parameters->heartbeat_ms, operation->now_us);
    if (!session) return operation_refuse(operation, ST_FULL, WHY_ROOM, hive->sessions.max);
    session->observer = parameters->observer;
    if (!session->observer) hive->sessions.operator_lost = false;
    session->console = parameters->console ? STREAMS_WRITTEN : 0;
    memcpy(session->client, parameters->client, sizeof session->client);
    result->session = session->id;
    result->heartbeat_ms = session->heartbeat_ms;
    return ST_OK;
}

enum status operate_session_keepalive(struct operation *operation) {
    (void)operation; /* that it was asked is all */
    return ST_OK;
}

enum status operate_session_close(struct operation *operation) {
    session_close(operation->session);
    if (PROFILE_HAS_UPLOAD) upload_expire(operation->hive);
    return ST_OK;
}

bool list_session_list(struct operation *operation, uint32_t after, struct session_list_row *row) {
    const struct hive *hive = operation->hive;
    const struct session *found = NULL;
    for (uint32_t i = 0; i < hive->sessions.max; i++) {
        const struct session *session = &hive->sessions.session[i];
        if (session->id > after && (!found || session->id < found->id)) found = session;
    }
    if (!found) return false;
    *row = (struct session_list_row){
        .session = found->id,
        .observer = found->observer,
        .attached = found->link != LINK_NONE,
        .heartbeat_ms = found->heartbeat_ms,
        .silent_ms = (uint32_t)divide_u64(operation->now_us - found->heard_us, 1000),
        .locks = (uint8_t)found->lock_count,
        .pending = subscription_pending(&found->subscription, &hive->history),
        .missed = found->subscription.missed,
        .client = found->client,
    };
    return true;
}

static void let_go_of_the_dead(const struct hive *hive, struct session *session) {
    for (uint32_t i = session->lock_count; i > 0; i--) {
        if (!hive_has_task(hive, session->lock[i - 1])) (void)session_unlock(session, session->lock[i - 1]);
    }
}

enum status operate_session_lock(struct operation *operation, const struct session_lock_parameters *parameters) {
    if (!hive_has_task(operation->hive, parameters->pid))
        return operation_refuse(operation, ST_NOT_FOUND, WHY_TASK, parameters->pid);
    let_go_of_the_dead(operation->hive, operation->session);
    if (!session_lock(operation->session, parameters->pid))
        return operation_refuse(operation, ST_FULL, WHY_ROOM, SESSION_LOCKS_MAX);
    return ST_OK;
}

enum status operate_session_unlock(struct operation *operation, const struct session_unlock_parameters *parameters) {
    if (session_unlock(operation->session, parameters->pid)) return ST_OK;
    return operation_refuse(operation, ST_NOT_FOUND, WHY_TASK, parameters->pid);
}

enum status operate_session_end(struct operation *operation, const struct session_end_parameters *parameters) {
    struct session *session = session_find(&operation->hive->sessions, parameters->session);
    if (operation_is_remote(operation)) return ST_DENIED;
    if (!session) return operation_refuse(operation, ST_NOT_FOUND, WHY_SESSION, parameters->session);
    session_close(session);
    if (PROFILE_HAS_UPLOAD) upload_expire(operation->hive);
    return ST_OK;
}

/* ---- handlers: tasks */

bool list_task_list(struct operation *operation, uint32_t after, struct task_list_row *row) {
    const struct task *found = operation_next_task(operation, after);
    if (!found) return false;
    *row = (struct task_list_row){
        .pid = found->pid,
        .state = (uint8_t)found->state,
        .end = (uint8_t)found->end,
        .restarts = found->restarts,
        .words = found->words,
        .started_us = found->started_us,
        .ram_bytes = found->ram_bytes,
        .stack_bytes = found->stack_bytes,
        .locked_by = PROFILE_HAS_SHARING ? session_that_locks(&operation->hive->sessions, found->pid) : 0,
        .name = found->name,
    };
    return true;
}

/* What the executive answered to an order for a task. */
static enum status told(struct operation *operation, enum status status, uint32_t pid) {
    return status == ST_OK ? ST_OK : operation_refuse(operation, status, WHY_TASK, pid);
}

enum status operate_task_kill(struct operation *operation, const struct task_kill_parameters *parameters) {
    return told(operation, executive_kill(operation->hive->executive, parameters->pid), parameters->pid);
}

enum status operate_task_pause(struct operation *operation, const struct task_pause_parameters *parameters) {
    return told(operation, executive_pause(operation->hive->executive, parameters->pid), parameters->pid);
}

enum status operate_task_resume(struct operation *operation, const struct task_resume_parameters *parameters) {
    enum status status = executive_resume(operation->hive->executive, parameters->pid, operation->now_us);
    return told(operation, status, parameters->pid);
}

/* ---- handlers: events */

enum status operate_event_subscribe(struct operation *operation, const struct event_subscribe_parameters *parameters,
                                    struct event_subscribe_result *result) {
    const struct history *history = &operation->hive->history;
    struct subscription subscription = {.observer = operation->session->observer,
                                        .pid = parameters->pid,
                                        .kinds = parameters->kinds,
                                        .window = parameters->window};
    if (!subscription_start(&subscription, history, parameters->since))
        return operation_refuse(operation, ST_RANGE, WHY_CURSOR, (uint32_t)(history->next - 1));
    operation->session->subscription = subscription;
    result->next_sequence = history->next;
    result->oldest_sequence = history_oldest(history, subscription.observer);
    result->window = subscription.window > UINT16_MAX ? UINT16_MAX : (uint16_t)subscription.window;
    return ST_OK;
}

enum status operate_event_acknowledge(struct operation *operation,
                                      const struct event_acknowledge_parameters *parameters,
                                      struct event_acknowledge_result *result) {
    const struct history *history = &operation->hive->history;
    struct subscription *subscription = &operation->session->subscription;
    if (!subscription->on) return operation_refuse(operation, ST_NOT_FOUND, WHY_CURSOR, 0);
    if (!subscription_acknowledge(subscription, parameters->sequence))
        return operation_refuse(operation, ST_RANGE, WHY_CURSOR, (uint32_t)subscription->sent);
    result->pending = subscription_pending(subscription, history);
    result->missed = subscription->missed;
    return ST_OK;
}

enum status operate_event_unsubscribe(struct operation *operation) {
    operation->session->subscription.on = false;
    return ST_OK;
}
