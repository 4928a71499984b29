#include "device/executive/mailbox.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/name.h"
#include "core/base/require.h"
#include "core/wire/mailbox_row.h"
#include "device/executive/events.h"
#include "device/executive/pressure.h"
#include "device/executive/state.h"

enum { HANDLE_SLOT_BITS = 12, SECOND_US = 1000000 };
_Static_assert((int)MAILBOX_ROW_SVC == (int)SPACE_SVC && (int)MAILBOX_ROW_SHARED == (int)SPACE_SHARED, "one numbering");
_Static_assert((int)MAILBOX_ROW_BLOCK == (int)CALL_MAILBOX_MODE_BLOCK, "one numbering");
_Static_assert((int)MAILBOX_ROW_NAME_BYTES == (int)MAILBOX_NAME_BYTES, "one length");

/* ---- names */

static const char *const space_text[] = {"pid", "svc", "app", "shared", "hal"};

/* A pid as people write it: no sign, no leading zero. */
static bool read_pid(const char *text, uint32_t length, uint32_t *pid) {
    uint64_t value = 0;
    if (length == 0 || length > 10 || text[0] == '0') return false;
    for (uint32_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    *pid = (uint32_t)value;
    return value <= UINT32_MAX;
}

/* Which space the text begins with; *skip is what that takes. Without one it is a service. */
static bool read_space(const char *text, uint32_t length, uint8_t *space, uint32_t *skip) {
    const char *colon = memchr(text, ':', length);
    *space = length == 0 ? SPACE_PID : SPACE_SVC;
    *skip = 0;
    if (!colon) return true;
    size_t bytes = (size_t)(colon - text);
    for (uint8_t i = 0; i < sizeof space_text / sizeof *space_text; i++) {
        if (text_length(space_text[i]) != bytes || memcmp(space_text[i], text, bytes) != 0) continue;
        *space = i;
        *skip = (uint32_t)bytes + 1;
        return true;
    }
    return false;
}

enum status mailbox_name_read(const char *text, uint32_t length, uint32_t pid, struct mailbox_name *name) {
    struct mailbox_name found = {0};
    uint32_t skip;
    if (length > MAILBOX_NAME_TEXT_MAX || !read_space(text, length, &found.space, &skip)) return ST_INVALID;
    text += skip;
    length -= skip;
    found.task = found.space == SPACE_APP || found.space == SPACE_SHARED ? 0 : pid;
    if (found.space == SPACE_PID) {
        if (length > 0 && !read_pid(text, length, &found.task)) return ST_INVALID;
        *name = found;
        return ST_OK;
    }
    const char *at = memchr(text, '@', length);
    uint32_t bytes = at ? (uint32_t)(at - text) : length;
    if (bytes == 0 || bytes >= MAILBOX_NAME_BYTES) return ST_INVALID;
    for (uint32_t i = 0; i < bytes; i++) {
        bool colon = text[i] == ':' && found.space == SPACE_HAL;
        if (!colon && !name_has(text[i])) return ST_INVALID;
    }
    if (at && (found.space == SPACE_SHARED || found.space == SPACE_HAL)) return ST_INVALID;
    if (at && !read_pid(at + 1, length - bytes - 1, &found.task)) return ST_INVALID;
    memcpy(found.text, text, bytes);
    *name = found;
    return ST_OK;
}

uint32_t mailbox_find(const struct executive *executive, const struct mailbox_name *name) {
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        if (box->capacity == 0 || box->name.space != name->space || box->name.task != name->task) continue;
        if (name->space != SPACE_TAP && text_equal(box->name.text, name->text)) return i;
    }
    return MAILBOX_NONE;
}

/* ---- the ring */

static void ring_copy_in(struct executive *executive, const struct mailbox *box, uint32_t at, const void *bytes,
                         uint32_t length) {
    uint32_t first = box->capacity - at < length ? box->capacity - at : length;
    uint8_t *ring = executive->mail + box->offset;
    if (first > 0) memcpy(ring + at, bytes, first);
    if (length > first) memcpy(ring, (const uint8_t *)bytes + first, length - first);
}

static void ring_copy_out(const struct executive *executive, const struct mailbox *box, uint32_t at, void *to,
                          uint32_t length) {
    uint32_t first = box->capacity - at < length ? box->capacity - at : length;
    const uint8_t *ring = executive->mail + box->offset;
    if (first > 0) memcpy(to, ring + at, first);
    if (length > first) memcpy((uint8_t *)to + first, ring, length - first);
}

static uint32_t ring_at(const struct mailbox *box, uint32_t behind) {
    uint64_t at = (uint64_t)box->head + behind;
    return (uint32_t)(at >= box->capacity ? at - box->capacity : at);
}

/* What the message `behind` bytes after the oldest costs. */
static uint32_t ring_cost(const struct executive *executive, const struct mailbox *box, uint32_t behind) {
    uint8_t head[MAILBOX_HEAD_BYTES];
    ring_copy_out(executive, box, ring_at(box, behind), head, sizeof head);
    return MAILBOX_HEAD_BYTES + (uint32_t)head[CALL_MAILBOX_HEAD_LENGTH];
}

/* The reading handles of a mailbox are a list, so that a message costs no more where there are more mailboxes. */
static struct mailbox_handle *handle_at(const struct executive *executive, uint16_t at) {
    return at > 0 ? &executive->handle[at - 1] : NULL;
}

static void add_reader(struct executive *executive, struct mailbox_handle *handle) {
    struct mailbox *box = &executive->mailbox[handle->box];
    handle->reads = true;
    handle->next = box->reader;
    box->reader = (uint16_t)(handle - executive->handle + 1);
}

static void remove_reader(struct executive *executive, const struct mailbox_handle *handle) {
    uint16_t *at = &executive->mailbox[handle->box].reader;
    while (handle_at(executive, *at) != handle) at = &handle_at(executive, *at)->next;
    *at = handle->next;
}

static bool waits_to_read(const struct task *task, uint32_t pid) {
    return task->pid == pid && task->state == TASK_WAITING && task->wait == WAIT_CONSOLE_IN;
}

void mailbox_wake(struct executive *executive, uint32_t box) {
    for (uint32_t left = executive->at_mailbox; left != 0; left &= left - 1) {
        struct task *task = &executive->task[__builtin_ctz(left)];
        if (task->wait_on == box) task_wake(executive, task);
    }
    const struct mailbox *input = PROFILE_HAS_STREAMS && box < MAILBOX_NONE ? &executive->mailbox[box] : NULL;
    if (!input || input->device != DEVICE_STDIN) return;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        if (waits_to_read(&executive->task[i], input->owner)) task_wake(executive, &executive->task[i]);
    }
}

static void drop_bytes(struct mailbox *box, uint32_t bytes) {
    box->head = ring_at(box, bytes);
    box->used -= bytes;
}

/* Lets go of what every reader has read. */
static void reclaim(struct executive *executive, uint32_t index) {
    struct mailbox *box = &executive->mailbox[index];
    const struct mailbox_handle *handle = handle_at(executive, box->reader);
    uint32_t most = 0;
    for (; handle; handle = handle_at(executive, handle->next)) {
        if (handle->pending > most) most = handle->pending;
    }
    if (box->used == most) return;
    drop_bytes(box, box->used - most);
    mailbox_wake(executive, index);
}

static void mark_overrun(struct executive *executive, struct mailbox_handle *handle, const struct mailbox *box) {
    if (handle->overrun) return;
    handle->overrun = true;
    struct executive_event event = {
        .kind = EVENT_OVERRUN, .pid = handle->pid, .a = (uint32_t)(handle - executive->handle), .b = box->lost};
    event_put(executive, event);
}

static void drop_oldest(struct executive *executive, uint32_t index) {
    struct mailbox *box = &executive->mailbox[index];
    uint32_t cost = ring_cost(executive, box, 0);
    box->lost++;
    struct mailbox_handle *handle = handle_at(executive, box->reader);
    for (; handle; handle = handle_at(executive, handle->next)) {
        if (handle->pending != box->used) continue;
        handle->pending -= cost;
        mark_overrun(executive, handle, box);
    }
    drop_bytes(box, cost);
}

/* ---- sending */

static void encode_head(const struct mailbox_message *message, uint8_t head[MAILBOX_HEAD_BYTES]) {
    store_le32(head + CALL_MAILBOX_HEAD_SENDER, message->sender);
    store_le16(head + CALL_MAILBOX_HEAD_CHANNEL, message->channel);
    head[CALL_MAILBOX_HEAD_FLAGS] = message->flags;
    head[CALL_MAILBOX_HEAD_LENGTH] = message->length;
}

static void put(struct executive *executive, uint32_t index, const struct mailbox_message *message) {
    struct mailbox *box = &executive->mailbox[index];
    uint32_t cost = MAILBOX_HEAD_BYTES + (uint32_t)message->length;
    uint8_t head[MAILBOX_HEAD_BYTES];
    encode_head(message, head);
    box->newest = ring_at(box, box->used);
    ring_copy_in(executive, box, box->newest, head, sizeof head);
    ring_copy_in(executive, box, ring_at(box, box->used + MAILBOX_HEAD_BYTES), message->bytes, message->length);
    box->used += cost;
    box->sent++;
    struct mailbox_handle *handle = handle_at(executive, box->reader);
    for (; handle; handle = handle_at(executive, handle->next)) handle->pending += cost;
    reclaim(executive, index);
    mailbox_wake(executive, index);
}

bool mailbox_has_room(const struct mailbox *box, uint32_t length) {
    return box->capacity - box->used >= MAILBOX_HEAD_BYTES + length;
}

/* Whether the newest message is this very hint, and no reader has read it. */
static bool repeats_hint(const struct executive *executive, uint32_t index, const struct mailbox_message *message) {
    const struct mailbox *box = &executive->mailbox[index];
    if (message->length > 0 || box->used == 0) return false;
    uint8_t wanted[MAILBOX_HEAD_BYTES], newest[MAILBOX_HEAD_BYTES];
    encode_head(message, wanted);
    ring_copy_out(executive, box, box->newest, newest, sizeof newest);
    if (memcmp(wanted, newest, sizeof newest) != 0) return false;
    const struct mailbox_handle *handle = handle_at(executive, box->reader);
    while (handle && handle->pending > 0) handle = handle_at(executive, handle->next);
    return !handle;
}

void mailbox_copy_to_tap(struct executive *executive, uint32_t index, const struct mailbox_message *message) {
    struct mailbox *tap = &executive->mailbox[index];
    uint32_t rate = executive->config->mailbox_tap_rate;
    uint32_t interval_us = rate == 0 ? 0 : rate > SECOND_US ? 1 : SECOND_US / rate;
    struct mailbox_handle *reader = handle_at(executive, tap->reader);
    bool fits = MAILBOX_HEAD_BYTES + (uint32_t)message->length <= tap->capacity;
    if (!fits || (rate > 0 && tap->tap_due_us > executive->now_us + SECOND_US - interval_us)) {
        tap->lost++;
        if (reader) mark_overrun(executive, reader, tap);
        return;
    }
    if (tap->tap_due_us < executive->now_us) tap->tap_due_us = executive->now_us;
    tap->tap_due_us += interval_us;
    while (!mailbox_has_room(tap, message->length)) drop_oldest(executive, index);
    put(executive, index, message);
}

/* What an event of traffic tells of a message. */
static uint32_t told(uint8_t length, uint8_t flags, uint16_t channel) {
    return length | (uint32_t)flags << 8 | (uint32_t)channel << 16;
}

enum status mailbox_send(struct executive *executive, uint32_t index, const struct mailbox_message *message) {
    struct mailbox *box = &executive->mailbox[index];
    if (MAILBOX_HEAD_BYTES + (uint32_t)message->length > box->capacity) return ST_INVALID;
    bool drops = box->mode == CALL_MAILBOX_MODE_DROP, has_room = mailbox_has_room(box, message->length);
    if (repeats_hint(executive, index, message)) return ST_OK;
    if (!has_room && !drops) return message->length == 0 ? ST_OK : ST_FULL;
    while (!mailbox_has_room(box, message->length)) drop_oldest(executive, index);
    put(executive, index, message);
    event_traffic(executive, EVENT_SENT, message->sender, index,
                  told(message->length, message->flags, message->channel));
    for (uint32_t i = 0; box->taps > 0 && i < executive->config->mailboxes_max; i++) {
        const struct mailbox *tap = &executive->mailbox[i];
        if (tap->capacity > 0 && tap->tapped == index) mailbox_copy_to_tap(executive, i, message);
    }
    return ST_OK;
}

void mailbox_post(struct executive *executive, uint32_t index, const struct mailbox_message *message) {
    struct mailbox *box = &executive->mailbox[index];
    if (MAILBOX_HEAD_BYTES + (uint32_t)message->length > box->capacity) return;
    while (!mailbox_has_room(box, message->length)) drop_oldest(executive, index);
    (void)mailbox_send(executive, index, message);
}

/* ---- receiving */

enum status mailbox_receive(struct executive *executive, struct mailbox_handle *handle, uint8_t *to, uint32_t capacity,
                            uint32_t *got) {
    const struct mailbox *box = &executive->mailbox[handle->box];
    if (handle->pending == 0) return ST_AGAIN;
    uint32_t behind = box->used - handle->pending, cost = ring_cost(executive, box, behind);
    if (cost > capacity) return ST_INVALID;
    ring_copy_out(executive, box, ring_at(box, behind), to, cost);
    if (handle->overrun) to[CALL_MAILBOX_HEAD_FLAGS] |= MAILBOX_FLAG_OVERRUN;
    handle->overrun = false;
    handle->pending -= cost;
    *got = cost;
    event_traffic(executive, EVENT_RECEIVED, handle->pid, handle->box,
                  told((uint8_t)(cost - MAILBOX_HEAD_BYTES), to[CALL_MAILBOX_HEAD_FLAGS],
                       load_le16(to + CALL_MAILBOX_HEAD_CHANNEL)));
    reclaim(executive, handle->box);
    return ST_OK;
}

enum status mailbox_read(struct executive *executive, struct mailbox_handle *handle, uint8_t *to, uint32_t capacity,
                         uint32_t *got) {
    const struct mailbox *box = &executive->mailbox[handle->box];
    if (handle->pending == 0) return ST_AGAIN;
    uint32_t behind = box->used - handle->pending, cost = ring_cost(executive, box, behind);
    uint32_t left = cost - MAILBOX_HEAD_BYTES - handle->taken;
    *got = left < capacity ? left : capacity;
    ring_copy_out(executive, box, ring_at(box, behind + MAILBOX_HEAD_BYTES + handle->taken), to, *got);
    handle->taken += *got;
    if (*got < left) return ST_OK;
    handle->taken = 0;
    handle->pending -= cost;
    reclaim(executive, handle->box);
    return ST_OK;
}

void mailbox_peek(const struct executive *executive, const struct mailbox_handle *handle, uint8_t *facts) {
    const struct mailbox *box = &executive->mailbox[handle->box];
    uint32_t bytes = handle->reads ? handle->pending : box->used, messages = 0, next = UINT32_MAX;
    for (uint32_t behind = box->used - bytes; behind < box->used; messages++) {
        uint32_t cost = ring_cost(executive, box, behind);
        if (messages == 0) next = cost - MAILBOX_HEAD_BYTES;
        behind += cost;
    }
    store_le32(facts + CALL_MAILBOX_FACTS_MESSAGES, messages);
    store_le32(facts + CALL_MAILBOX_FACTS_USED, bytes);
    store_le32(facts + CALL_MAILBOX_FACTS_CAPACITY, box->capacity);
    store_le32(facts + CALL_MAILBOX_FACTS_NEXT_LENGTH, next);
    store_le32(facts + CALL_MAILBOX_FACTS_SENT, box->sent);
    store_le32(facts + CALL_MAILBOX_FACTS_LOST, box->lost);
}

/* ---- handles and mailboxes */

struct mailbox_handle *mailbox_handle_find(struct executive *executive, uint32_t pid, uint32_t number) {
    uint32_t slot = number & ((1u << HANDLE_SLOT_BITS) - 1);
    if (slot >= executive->config->mailbox_handles_max) return NULL;
    struct mailbox_handle *handle = &executive->handle[slot];
    if (handle->pid != pid || handle->generation << HANDLE_SLOT_BITS != number - slot) return NULL;
    return handle;
}

static struct mailbox_handle *free_handle(struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        if (executive->handle[i].pid == 0) return &executive->handle[i];
    }
    return NULL;
}

static bool may_have_handle(const struct executive *executive, uint32_t pid) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) count += executive->handle[i].pid == pid;
    return count < executive->config->mailbox_handles_of_task;
}

static uint32_t give_handle(struct executive *executive, struct mailbox_handle *handle, uint32_t pid, uint32_t box) {
    uint32_t generation = handle->generation + 1;
    *handle = (struct mailbox_handle){.pid = pid, .generation = generation, .box = (uint16_t)box};
    executive->handles_used++;
    pressure_check(executive, PRESSURE_HANDLES, executive->handles_used, executive->config->mailbox_handles_max);
    return generation << HANDLE_SLOT_BITS | (uint32_t)(handle - executive->handle);
}

enum status mailbox_open(struct executive *executive, uint32_t pid, uint32_t box, bool to_read, uint32_t *number) {
    struct mailbox_handle *handle = free_handle(executive);
    if (!may_have_handle(executive, pid)) return ST_QUOTA;
    if (!handle) return pressure_full(executive, PRESSURE_HANDLES, pid);
    *number = give_handle(executive, handle, pid, box);
    if (to_read) add_reader(executive, handle);
    return ST_OK;
}

static uint32_t bytes_of(const struct executive *executive, uint32_t pid) {
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        if (box->capacity > 0 && box->owner == pid) bytes += box->capacity;
    }
    return bytes;
}

static uint32_t free_box(const struct executive *executive) {
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) {
        if (executive->mailbox[i].capacity == 0) return i;
    }
    return MAILBOX_NONE;
}

enum status mailbox_bind(struct executive *executive, uint32_t pid, const struct mailbox_name *name,
                         const struct mailbox_request *request, uint32_t *number) {
    const struct executive_config *config = executive->config;
    uint32_t index = free_box(executive), capacity = request->capacity;
    struct mailbox_handle *handle = free_handle(executive);
    if (mailbox_find(executive, name) != MAILBOX_NONE) return ST_EXISTS;
    if (!may_have_handle(executive, pid)) return ST_QUOTA;
    if (bytes_of(executive, pid) + capacity > config->mailbox_bytes_of_task) return ST_QUOTA;
    if (!handle) return pressure_full(executive, PRESSURE_HANDLES, pid);
    if (index == MAILBOX_NONE) return pressure_full(executive, PRESSURE_MAILBOXES, pid);
    if (capacity > config->mailbox_bytes - executive->mail_used)
        return pressure_full(executive, PRESSURE_MAILBOX_BYTES, pid);

    executive->mailbox[index] = (struct mailbox){.capacity = capacity,
                                                 .owner = pid,
                                                 .name = *name,
                                                 .mode = (uint8_t)request->mode,
                                                 .device = (uint8_t)request->device,
                                                 .tapped = (uint16_t)request->tapped,
                                                 .number = request->number,
                                                 .offset = executive->mail_used};
    executive->mail_used += capacity;
    executive->mailboxes_used++;
    executive->devices_used += request->device != DEVICE_NONE;
    *number = give_handle(executive, handle, pid, index);
    handle->owns = name->space != SPACE_SHARED;
    if (handle->owns) add_reader(executive, handle);
    if (request->tapped != MAILBOX_NONE) executive->mailbox[request->tapped].taps++;
    pressure_check(executive, PRESSURE_MAILBOXES, executive->mailboxes_used, config->mailboxes_max);
    pressure_check(executive, PRESSURE_MAILBOX_BYTES, executive->mail_used, config->mailbox_bytes);
    mailbox_wake(executive, MAILBOX_ANY);
    return ST_OK;
}

/* The bytes behind the mailbox's are moved into their place, wiped where they were. */
static void remove_box(struct executive *executive, uint32_t index) {
    struct mailbox *box = &executive->mailbox[index];
    uint32_t end = box->offset + box->capacity, bytes = box->capacity;
    memmove(executive->mail + box->offset, executive->mail + end, executive->mail_used - end);
    executive->mail_used -= bytes;
    memset(executive->mail + executive->mail_used, 0, bytes);
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) {
        struct mailbox *other = &executive->mailbox[i];
        if (other->capacity > 0 && other->offset >= end) other->offset -= bytes;
        if (other->tapped == index) other->tapped = MAILBOX_NONE;
    }
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        if (executive->handle[i].box == index) executive->handle[i].box = MAILBOX_NONE;
    }
    executive->devices_used -= box->device != DEVICE_NONE;
    if (box->tapped != MAILBOX_NONE) executive->mailbox[box->tapped].taps--;
    memset(box, 0, sizeof *box);
    executive->mailboxes_used--;
    mailbox_wake(executive, index);
    pressure_check(executive, PRESSURE_MAILBOXES, executive->mailboxes_used, executive->config->mailboxes_max);
    pressure_check(executive, PRESSURE_MAILBOX_BYTES, executive->mail_used, executive->config->mailbox_bytes);
}

static bool is_open(const struct executive *executive, uint32_t box) {
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        if (executive->handle[i].pid != 0 && executive->handle[i].box == box) return true;
    }
    return false;
}

void mailbox_close(struct executive *executive, struct mailbox_handle *handle) {
    uint32_t box = handle->box;
    bool owned = handle->owns;
    if (box != MAILBOX_NONE && handle->reads) remove_reader(executive, handle);
    handle->pid = 0;
    handle->box = MAILBOX_NONE;
    executive->handles_used--;
    pressure_check(executive, PRESSURE_HANDLES, executive->handles_used, executive->config->mailbox_handles_max);
    if (box == MAILBOX_NONE) return;
    if (owned || !is_open(executive, box))
        remove_box(executive, box);
    else
        reclaim(executive, box);
}

/* What was not read of a declared mailbox is gone with the run that it was meant for. */
static void empty(struct executive *executive, struct mailbox_handle *handle) {
    handle->pending = 0;
    handle->overrun = false;
    reclaim(executive, handle->box);
}

/* A task that waited to send may have been in others' way, so that they are asked again. */
void mailbox_release(struct executive *executive, uint32_t pid, bool for_good) {
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        struct mailbox_handle *handle = &executive->handle[i];
        if (handle->pid != pid) continue;
        if (handle->declared && !for_good)
            empty(executive, handle);
        else
            mailbox_close(executive, handle);
    }
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) mailbox_wake(executive, i);
}

/* ---- declared in the artifact */

struct mailbox_name mailbox_name_of_row(const uint8_t *row, uint32_t pid) {
    struct mailbox_row decoded;
    const char *reason;
    (void)mailbox_row_decode(row, &decoded, &reason); /* it was checked when the artifact was */
    struct mailbox_name name = {.space = decoded.space, .task = decoded.space == SPACE_SVC ? pid : 0};
    memcpy(name.text, decoded.name, sizeof name.text);
    return name;
}

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

uint32_t mailbox_room(const struct executive *executive, uint32_t *bytes) {
    const struct executive_config *config = executive->config;
    uint32_t boxes = config->mailboxes_max - executive->mailboxes_used;
    uint32_t handles = least(config->mailbox_handles_max - executive->handles_used, config->mailbox_handles_of_task);
    *bytes = least(config->mailbox_bytes - executive->mail_used, config->mailbox_bytes_of_task);
    return least(boxes, handles);
}

void mailbox_add(struct executive *executive, uint32_t pid, const uint8_t *row) {
    struct mailbox_row decoded;
    const char *reason;
    (void)mailbox_row_decode(row, &decoded, &reason);
    struct mailbox_name name = mailbox_name_of_row(row, pid);
    struct mailbox_request request = {.capacity = decoded.capacity, .mode = decoded.mode, .tapped = MAILBOX_NONE};
    uint32_t number;
    require(mailbox_bind(executive, pid, &name, &request, &number) == ST_OK);
    mailbox_handle_find(executive, pid, number)->declared = true;
}

bool mailbox_own_handle(const struct executive *executive, uint32_t pid, uint32_t box, uint32_t *number) {
    for (uint32_t i = 0; i < executive->config->mailbox_handles_max; i++) {
        const struct mailbox_handle *handle = &executive->handle[i];
        if (handle->pid != pid || handle->box != box || !handle->owns) continue;
        *number = handle->generation << HANDLE_SLOT_BITS | i;
        return true;
    }
    return false;
}
