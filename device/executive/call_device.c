/* Handlers of the groups that are devices: gpio, adc, pwm, uart, i2c, spi, can, random, watchdog, blackbox. */
#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/arrival.h"
#include "device/executive/call.h"
#include "device/port/port.h"

enum { STANDARD_ID_MAX = 0x7ff, CAN_DATA_MAX = 8 };

_Static_assert((int)CALL_GPIO_MODE_OUTPUT == (int)PORT_GPIO_OUTPUT, "the ABI's modes are the port's");
_Static_assert((int)CALL_GPIO_MODE_INPUT_PULL_DOWN == (int)PORT_GPIO_INPUT_PULL_DOWN, "the ABI's modes are the port's");
_Static_assert((int)CALL_GPIO_EDGE_BOTH == (int)PORT_GPIO_EDGE_BOTH, "the ABI's edges are the port's");

/* ---- gpio */

enum status handle_gpio_config(struct call *call, uint32_t pin, uint32_t mode) {
    (void)call;
    return port_gpio_config(pin, (enum port_gpio_mode)mode);
}

enum status handle_gpio_write(struct call *call, uint32_t pin, bool level) {
    (void)call;
    return port_gpio_write(pin, level);
}

enum status handle_gpio_read(struct call *call, uint32_t pin) { return port_gpio_read(pin, &call->result); }

/* The edges that any task wants of a pin are one setting of the port: both, unless nobody watches. */
static bool watched_by_another(const struct call *call, uint32_t pin) {
    const struct executive *executive = call->executive;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        const struct task *task = &executive->task[i];
        if (task != call->task && (task->edge_pins[0] | task->edge_pins[1]) >> pin & 1) return true;
    }
    return false;
}

enum status handle_gpio_watch(struct call *call, uint32_t pin, uint32_t edge) {
    if (pin >= ARRIVAL_PINS) return ST_UNSUPPORTED;
    bool other = watched_by_another(call, pin);
    enum port_gpio_edge wanted = other ? PORT_GPIO_EDGE_BOTH : (enum port_gpio_edge)edge;
    enum status status = port_gpio_watch(pin, wanted);
    if (status != ST_OK) return status;
    uint32_t bit = 1u << pin;
    uint32_t *pins = call->task->edge_pins;
    pins[0] = edge & PORT_GPIO_EDGE_FALLING ? pins[0] | bit : pins[0] & ~bit;
    pins[1] = edge & PORT_GPIO_EDGE_RISING ? pins[1] | bit : pins[1] & ~bit;
    return ST_OK;
}

enum status handle_gpio_wait_edge(struct call *call, uint8_t *event, uint32_t timeout) {
    struct task *task = call->task;
    if (task->edge_count == 0) return call_wait(call, WAIT_EDGE, timeout);
    const struct task_edge *edge = &task->edge[task->edge_head];
    store_le32(event + CALL_GPIO_EVENT_PIN, edge->pin);
    store_le32(event + CALL_GPIO_EVENT_LEVEL, edge->level);
    store_le64(event + CALL_GPIO_EVENT_TIME_US, edge->time_us);
    task->edge_head = (task->edge_head + 1) % TASK_EDGES_MAX;
    task->edge_count--;
    return ST_OK;
}

/* ---- adc, pwm */

enum status handle_adc_read(struct call *call, uint32_t channel) { return port_adc_read(channel, &call->result); }

enum status handle_pwm_write(struct call *call, uint32_t channel, uint32_t period, uint32_t duty) {
    (void)call;
    return port_pwm_write(channel, period, duty);
}

/* ---- uart */

enum status handle_uart_config(struct call *call, uint32_t port, uint32_t baud) {
    (void)call;
    return port_uart_config(port, baud);
}

enum status handle_uart_write(struct call *call, uint32_t port, const uint8_t *bytes, uint32_t length) {
    size_t done = 0;
    if (length == 0) return ST_OK;
    enum status status = port_uart_write(port, bytes, length, &done);
    call->result = (uint32_t)done;
    return status != ST_OK || done > 0 ? status : call_poll(call, CALL_FOREVER);
}

enum status handle_uart_read(struct call *call, uint32_t port, uint8_t *to, uint32_t capacity, uint32_t timeout) {
    size_t done = 0;
    enum status status = port_uart_read(port, to, capacity, &done);
    call->result = (uint32_t)done;
    return status != ST_OK || done > 0 || capacity == 0 ? status : call_poll(call, timeout);
}

/* ---- buses */

static bool is_of_host(const struct executive_config *config, uint32_t bus, uint32_t address) {
    for (uint32_t i = 0; i < config->host_i2c_count; i++) {
        if (config->host_i2c[i] == (bus << 8 | address)) return true;
    }
    return false;
}

enum status handle_i2c_transfer(struct call *call, uint32_t bus, uint32_t address, const uint8_t *out,
                                uint32_t out_bytes, uint8_t *in, uint32_t in_bytes) {
    if (is_of_host(call->executive->config, bus, address)) return ST_DENIED;
    return port_i2c_transfer(bus, address, out, out_bytes, in, in_bytes);
}

enum status handle_spi_transfer(struct call *call, uint32_t bus, uint32_t select, const uint8_t *out, uint8_t *in,
                                uint32_t length) {
    (void)call;
    return port_spi_transfer(bus, select, out, in, length);
}

enum status handle_can_send(struct call *call, uint32_t id, const uint8_t *bytes, uint32_t length, bool extended) {
    (void)call;
    if (!extended && id > STANDARD_ID_MAX) return ST_INVALID;
    struct port_can_frame frame = {.id = id, .length = (uint8_t)length, .extended = extended};
    memcpy(frame.data, bytes, length);
    return port_can_send(&frame);
}

enum status handle_can_receive(struct call *call, uint8_t *to, uint32_t timeout) {
    struct task *task = call->task;
    enum status status = arrival_collect_frames(call->executive);
    if (task->frame_count == 0) return status == ST_AGAIN ? call_poll(call, timeout) : status;
    const struct port_can_frame *frame = &task->frame[task->frame_head];
    store_le32(to + CALL_CAN_FRAME_ID, frame->id);
    to[CALL_CAN_FRAME_LENGTH] = frame->length;
    to[CALL_CAN_FRAME_EXTENDED] = frame->extended;
    memcpy(to + CALL_CAN_FRAME_DATA, frame->data, CAN_DATA_MAX);
    task->frame_head = (task->frame_head + 1) % TASK_FRAMES_MAX;
    task->frame_count--;
    return ST_OK;
}

/* ---- random, watchdog, blackbox */

enum status handle_random_fill(struct call *call, uint8_t *to, uint32_t length) {
    (void)call;
    return port_random(to, length);
}

/* A guest's watchdog guards the guest: it ends the task. The board's own belongs to the firmware. */
enum status handle_watchdog_start(struct call *call, uint32_t timeout) {
    call->task->watchdog_ms = timeout;
    call->task->watchdog_due_us = call->executive->now_us + (uint64_t)timeout * 1000;
    return ST_OK;
}

enum status handle_watchdog_feed(struct call *call) {
    struct task *task = call->task;
    if (task->watchdog_ms == 0) return ST_NOT_FOUND;
    task->watchdog_due_us = call->executive->now_us + (uint64_t)task->watchdog_ms * 1000;
    return ST_OK;
}

enum status handle_blackbox_write(struct call *call, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    (void)call;
    if (offset + length > PORT_BLACKBOX_BYTES) return ST_INVALID;
    return port_blackbox_write(offset, bytes, length);
}

enum status handle_blackbox_read(struct call *call, uint32_t offset, uint8_t *to, uint32_t length) {
    (void)call;
    if (offset + length > PORT_BLACKBOX_BYTES) return ST_INVALID;
    return port_blackbox_read(offset, to, length);
}
