#include "device/executive/stdio.h"

#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/console.h"
#include "device/executive/log.h"
#include "device/executive/state.h"

static const char *const names[STREAMS] = {"stdio.in", "stdio.out", "stdio.err"};
static const uint8_t devices[STREAMS] = {DEVICE_STDIN, DEVICE_STDOUT, DEVICE_STDERR};

/* ---- what a task writes */

/* In pieces that a message holds, and the tap. */
static void copy_to_tap(struct executive *executive, uint32_t index, struct mailbox_message message, size_t length) {
    uint32_t capacity = executive->mailbox[index].capacity - MAILBOX_HEAD_BYTES;
    size_t most = capacity < MAILBOX_MESSAGE_BYTES_MAX ? capacity : MAILBOX_MESSAGE_BYTES_MAX;
    while (length > 0) {
        message.length = (uint8_t)(length < most ? length : most);
        mailbox_copy_to_tap(executive, index, &message);
        message.bytes += message.length;
        length -= message.length;
    }
}

static void copy_to_taps(struct executive *executive, uint32_t pid, enum task_stream stream, const uint8_t *bytes,
                         size_t length) {
    struct mailbox_message message = {.sender = pid, .flags = (uint8_t)stream, .bytes = bytes};
    for (uint32_t i = 0; i < executive->config->mailboxes_max; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        if (box->capacity == 0 || box->device != devices[stream] || box->number != pid) continue;
        copy_to_tap(executive, i, message, length);
    }
}

size_t stdio_write(struct executive *executive, const struct task *task, enum task_stream stream, const void *bytes,
                   size_t length) {
    struct executive_output output = {.pid = task->pid, .stream = (uint8_t)stream};
    length = console_write(executive->console, output, bytes, length);
    if (PROFILE_HAS_STREAMS) copy_to_taps(executive, task->pid, stream, bytes, length);
    if (PROFILE_HAS_LOG) log_output(executive, task, stream, bytes, length);
    return length;
}

/* ---- what is typed to it */

static struct mailbox_name input_name(uint32_t pid) {
    struct mailbox_name name = {.space = SPACE_SVC, .task = pid};
    memcpy(name.text, names[STREAM_IN], text_length(names[STREAM_IN]));
    return name;
}

enum status stdio_read(struct executive *executive, const struct task *task, uint8_t *to, uint32_t capacity,
                       uint32_t *got) {
    struct mailbox_name name = input_name(task->pid);
    uint32_t box = mailbox_find(executive, &name), number;
    if (box == MAILBOX_NONE || !mailbox_own_handle(executive, task->pid, box, &number)) return ST_AGAIN;
    return mailbox_read(executive, mailbox_handle_find(executive, task->pid, number), to, capacity, got);
}

enum status stdio_input(struct executive *executive, uint32_t pid, uint32_t *box) {
    const struct task *task = executive_task(executive, pid);
    struct mailbox_name name = input_name(pid);
    struct mailbox_request request = {.capacity = executive->config->stdin_bytes,
                                      .mode = CALL_MAILBOX_MODE_QUEUE,
                                      .tapped = MAILBOX_NONE,
                                      .device = DEVICE_STDIN};
    uint32_t number;
    *box = mailbox_find(executive, &name);
    if (*box != MAILBOX_NONE) return ST_OK;
    if (!task || !task_is_live(task) || request.capacity <= MAILBOX_HEAD_BYTES) return ST_NOT_FOUND;
    if (!capability_covers(task->rights, task->right_count, CALL_GROUP_CONSOLE, MODE_CONSOLE_READ, 0))
        return ST_NOT_FOUND;
    enum status status = mailbox_bind(executive, pid, &name, &request, &number);
    if (status == ST_OK) *box = mailbox_find(executive, &name);
    return status;
}

enum status executive_type(struct executive *executive, uint32_t pid, const void *bytes, size_t length, bool ends,
                           size_t *taken) {
    uint32_t index;
    *taken = 0;
    enum status status = stdio_input(executive, pid, &index);
    if (status != ST_OK) return status;
    struct mailbox *box = &executive->mailbox[index];
    while (*taken < length) {
        size_t left = length - *taken, room = box->capacity - box->used;
        size_t most = room > MAILBOX_HEAD_BYTES ? room - MAILBOX_HEAD_BYTES : 0;
        if (most > MAILBOX_MESSAGE_BYTES_MAX) most = MAILBOX_MESSAGE_BYTES_MAX;
        struct mailbox_message message = {.length = (uint8_t)(left < most ? left : most),
                                          .bytes = (const uint8_t *)bytes + *taken};
        if (message.length == 0) return ST_OK;
        (void)mailbox_send(executive, index, &message);
        *taken += message.length;
    }
    struct mailbox_message end = {.length = 0, .bytes = bytes};
    if (ends && !mailbox_has_room(box, 0)) return ST_FULL;
    return ends ? mailbox_send(executive, index, &end) : ST_OK;
}

/* ---- names */

bool stdio_is_name(const struct mailbox_name *name, enum task_stream *stream) {
    if (!PROFILE_HAS_STREAMS || name->space != SPACE_SVC) return false;
    for (uint32_t i = 0; i < STREAMS; i++) {
        *stream = (enum task_stream)i;
        if (text_equal(name->text, names[i])) return true;
    }
    return false;
}

enum status stdio_tap(struct executive *executive, uint32_t pid, const struct mailbox_name *name,
                      enum task_stream stream, uint32_t capacity, uint32_t *handle) {
    const struct task *task = executive_task(executive, name->task);
    struct mailbox_name tap = {.space = SPACE_TAP, .task = name->task};
    struct mailbox_request request = {.capacity = capacity,
                                      .mode = CALL_MAILBOX_MODE_DROP,
                                      .tapped = MAILBOX_NONE,
                                      .device = devices[stream],
                                      .number = name->task};
    if (!task || !task_is_live(task)) return ST_NOT_FOUND;
    return mailbox_bind(executive, pid, &tap, &request, handle);
}
