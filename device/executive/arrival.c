#include "device/executive/arrival.h"

#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/state.h"
#include "device/executive/timer.h"

enum { UART_PIECE_BYTES = 32, FRAME_DATA_BYTES = 8 };

/* ---- which device */

/* "prefix", digits, "suffix"; at most 32 bits, no leading zero. */
static bool read_number(const char *text, const char *prefix, const char *suffix, uint32_t *number) {
    size_t length = text_length(prefix);
    uint64_t value = 0;
    if (text_length(text) < length || memcmp(text, prefix, length) != 0) return false;
    text += length;
    const char *digits = text;
    for (; *text >= '0' && *text <= '9' && value <= UINT32_MAX; text++) value = value * 10 + (uint32_t)(*text - '0');
    bool written_so = text > digits && (*digits != '0' || text == digits + 1);
    *number = (uint32_t)value;
    return written_so && value <= UINT32_MAX && text_equal(text, suffix);
}

static bool covers(const struct task *task, uint32_t group, uint8_t mode, uint32_t resource) {
    return capability_covers(task->rights, task->right_count, group, mode, resource);
}

static bool reads_frames(const struct task *task) {
    for (uint32_t i = 0; i < task->right_count; i++) {
        if (task->rights[i].group == CALL_GROUP_CAN && (task->rights[i].mode & MODE_CAN_READ)) return true;
    }
    return false;
}

enum status arrival_find_device(struct executive *executive, const struct task *task, const char *name,
                                struct mailbox_request *request) {
    uint32_t number = 0;
    size_t done;
    request->mode = CALL_MAILBOX_MODE_DROP;
    if (read_number(name, "gpio:", "", &number)) {
        request->device = DEVICE_GPIO;
        request->number = number;
        if (!covers(task, CALL_GROUP_GPIO, MODE_GPIO_INPUT, number)) return ST_DENIED;
        if (number >= ARRIVAL_PINS) return ST_UNSUPPORTED;
        return port_gpio_watch(number, PORT_GPIO_EDGE_BOTH);
    }
    if (read_number(name, "uart:", ":rx", &number)) {
        request->device = DEVICE_UART;
        request->number = number;
        if (!covers(task, CALL_GROUP_UART, MODE_UART_READ, number)) return ST_DENIED;
        return port_uart_read(number, NULL, 0, &done);
    }
    if (read_number(name, "timer:", "", &number)) {
        request->device = DEVICE_TIMER;
        request->number = number;
        return timer_find(executive, task->pid, number) ? ST_OK : ST_NOT_FOUND;
    }
    if (!text_equal(name, "can:rx")) return ST_INVALID;
    request->device = DEVICE_CAN;
    if (!reads_frames(task)) return ST_DENIED;
    enum status status = arrival_collect_frames(executive);
    return status == ST_AGAIN ? ST_OK : status;
}

/* The task's mailbox for that device, or MAILBOX_NONE. */
static uint32_t box_for(const struct executive *executive, uint32_t pid, enum mailbox_device device, uint32_t number) {
    for (uint32_t i = 0; PROFILE_HAS_MAILBOX && i < executive->config->mailboxes_max; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        if (box->capacity == 0 || box->owner != pid || box->device != device) continue;
        if (box->number == number) return i;
    }
    return MAILBOX_NONE;
}

static void send(struct executive *executive, uint32_t box, const uint8_t *bytes, uint32_t length) {
    struct mailbox_message message = {.bytes = bytes, .length = (uint8_t)length};
    (void)mailbox_send(executive, box, &message);
}

/* ---- edges */

void arrival_watch(struct task *task, uint32_t pin) {
    uint32_t bit = 1u << pin;
    if ((task->edge_pins[0] | task->edge_pins[1]) & bit) return;
    task->edge_pins[0] |= bit;
    task->edge_pins[1] |= bit;
}

void arrival_stop_watching(struct executive *executive, struct task *task, uint32_t pins) {
    uint32_t others = 0;
    pins &= task->edge_pins[0] | task->edge_pins[1];
    task->edge_pins[0] &= ~pins;
    task->edge_pins[1] &= ~pins;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++)
        others |= executive->task[i].edge_pins[0] | executive->task[i].edge_pins[1];
    for (uint32_t pin = 0; pin < ARRIVAL_PINS; pin++) {
        if ((pins & ~others) >> pin & 1) (void)port_gpio_watch(pin, PORT_GPIO_EDGE_NONE);
    }
}

static void keep_edge(struct executive *executive, struct task *task, const struct port_gpio_event *event) {
    uint32_t box = box_for(executive, task->pid, DEVICE_GPIO, event->pin);
    if (box != MAILBOX_NONE) {
        uint8_t bytes[CALL_GPIO_EVENT_BYTES];
        store_le32(bytes + CALL_GPIO_EVENT_PIN, event->pin);
        store_le32(bytes + CALL_GPIO_EVENT_LEVEL, event->level);
        store_le64(bytes + CALL_GPIO_EVENT_TIME_US, event->time_us);
        send(executive, box, bytes, sizeof bytes);
        return;
    }
    if (task->edge_count == TASK_EDGES_MAX) {
        task->edge_head = (task->edge_head + 1) % TASK_EDGES_MAX;
        task->edge_count--;
    }
    uint32_t index = (task->edge_head + task->edge_count++) % TASK_EDGES_MAX;
    task->edge[index] = (struct task_edge){event->pin, event->level, event->time_us};
    if (task_waits(task) && task->wait == WAIT_EDGE) task_wake(executive, task);
}

static void collect_edges(struct executive *executive) {
    struct port_gpio_event event;
    while (port_gpio_event_take(&event) == ST_OK) {
        if (event.pin >= ARRIVAL_PINS) continue;
        for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
            struct task *task = &executive->task[i];
            if (task->edge_pins[event.level != 0] >> event.pin & 1) keep_edge(executive, task, &event);
        }
    }
}

/* ---- frames */

static void keep_frame(struct executive *executive, struct task *task, const struct port_can_frame *frame) {
    uint32_t box = box_for(executive, task->pid, DEVICE_CAN, 0);
    if (box != MAILBOX_NONE) {
        uint8_t bytes[CALL_CAN_FRAME_BYTES] = {0};
        store_le32(bytes + CALL_CAN_FRAME_ID, frame->id);
        bytes[CALL_CAN_FRAME_LENGTH] = frame->length;
        bytes[CALL_CAN_FRAME_EXTENDED] = frame->extended;
        memcpy(bytes + CALL_CAN_FRAME_DATA, frame->data, FRAME_DATA_BYTES);
        send(executive, box, bytes, sizeof bytes);
        return;
    }
    if (task->frame_count == TASK_FRAMES_MAX) {
        task->frame_head = (task->frame_head + 1) % TASK_FRAMES_MAX;
        task->frame_count--;
    }
    task->frame[(task->frame_head + task->frame_count++) % TASK_FRAMES_MAX] = *frame;
}

/* The controller has one queue; every task that may read a frame's id gets its copy, and keeps the newest. */
enum status arrival_collect_frames(struct executive *executive) {
    struct port_can_frame frame;
    enum status status = port_can_receive(&frame);
    for (; status == ST_OK; status = port_can_receive(&frame)) {
        for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
            struct task *task = &executive->task[i];
            if (covers(task, CALL_GROUP_CAN, MODE_CAN_READ, frame.id)) keep_frame(executive, task, &frame);
        }
    }
    return status;
}

/* ---- bytes and timers */

static void collect_bytes(struct executive *executive, uint32_t index) {
    const struct mailbox *box = &executive->mailbox[index];
    uint8_t bytes[UART_PIECE_BYTES];
    while (mailbox_has_room(box, 1)) {
        uint32_t room = box->capacity - box->used - MAILBOX_HEAD_BYTES;
        size_t done = 0;
        enum status status = port_uart_read(box->number, bytes, room < sizeof bytes ? room : sizeof bytes, &done);
        if (status != ST_OK || done == 0) return;
        send(executive, index, bytes, (uint32_t)done);
    }
}

static void collect_timer(struct executive *executive, uint32_t index) {
    const struct mailbox *box = &executive->mailbox[index];
    struct timer *timer = timer_find(executive, box->owner, box->number);
    if (!timer || !mailbox_has_room(box, CALL_TIMER_EVENT_BYTES)) return;
    uint32_t expired = timer_take(timer, executive->now_us);
    if (expired == 0) return;
    uint8_t bytes[CALL_TIMER_EVENT_BYTES];
    store_le32(bytes + CALL_TIMER_EVENT_TIMER, box->number);
    store_le32(bytes + CALL_TIMER_EVENT_EXPIRED, expired);
    store_le64(bytes + CALL_TIMER_EVENT_TIME_US, executive->now_us);
    if (!timer->repeats) timer_cancel(timer);
    send(executive, index, bytes, sizeof bytes);
}

/* Mailboxes to look at: most of the time there are none that a device fills. */
static uint32_t boxes_of_devices(const struct executive *executive) {
    return PROFILE_HAS_MAILBOX && executive->devices_used > 0 ? executive->config->mailboxes_max : 0;
}

void arrival_collect(struct executive *executive) {
    const uint32_t boxes = boxes_of_devices(executive);
    bool frames = false;
    collect_edges(executive);
    for (uint32_t i = 0; i < boxes; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        if (box->device == DEVICE_UART) collect_bytes(executive, i);
        if (box->device == DEVICE_TIMER) collect_timer(executive, i);
        frames = frames || box->device == DEVICE_CAN;
    }
    if (frames) (void)arrival_collect_frames(executive);
}

uint64_t arrival_next_us(struct executive *executive) {
    const uint32_t boxes = boxes_of_devices(executive);
    uint64_t next_us = UINT64_MAX;
    for (uint32_t i = 0; i < boxes; i++) {
        const struct mailbox *box = &executive->mailbox[i];
        uint64_t due_us = UINT64_MAX;
        bool polled = box->device == DEVICE_CAN || (box->device == DEVICE_UART && mailbox_has_room(box, 1));
        if (polled) due_us = executive->now_us + executive->config->poll_us;
        if (box->device == DEVICE_TIMER && mailbox_has_room(box, CALL_TIMER_EVENT_BYTES))
            due_us = timer_due_us(executive, box->owner, box->number);
        if (due_us < next_us) next_us = due_us;
    }
    return next_us;
}
