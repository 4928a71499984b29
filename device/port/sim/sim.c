#include "device/port/sim/sim.h"

#include <string.h>

#include "core/base/require.h"

static struct sim *board; /* sim.h says why */

void sim_use(struct sim *sim) { board = sim; }

/* ---- queues */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static size_t queue_put(struct sim_queue *queue, const void *bytes, size_t length) {
    length = least(length, queue->size - queue->used);
    for (size_t i = 0; i < length; i++)
        queue->bytes[(queue->head + queue->used + i) % queue->size] = ((const uint8_t *)bytes)[i];
    queue->used += (uint32_t)length;
    return length;
}

static size_t queue_take(struct sim_queue *queue, void *to, size_t capacity) {
    size_t length = least(capacity, queue->used);
    for (size_t i = 0; i < length; i++) ((uint8_t *)to)[i] = queue->bytes[(queue->head + i) % queue->size];
    queue->head = (uint32_t)((queue->head + length) % queue->size);
    queue->used -= (uint32_t)length;
    return length;
}

/* ---- power-up */

static uint64_t mix(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

enum { ROOM_TEMPERATURE = 21 * 256 + 128, BLANK = 0xff };

void sim_init(struct sim *sim) {
    struct sim fresh = {.timeline = sim->timeline,
                        .timeline_max = sim->timeline_max,
                        .script = sim->script,
                        .script_count = sim->script_count,
                        .seed = sim->seed,
                        .start_us = sim->start_us,
                        .evidence = sim->evidence,
                        .reset_reason = sim->reset_reason,
                        .files = sim->files,
                        .ns_per_word = sim->ns_per_word ? sim->ns_per_word : SIM_NS_PER_WORD};
    *sim = fresh;
    sim->now_us = sim->start_us;
    sim->temperature = ROOM_TEMPERATURE;
    sim->watchdog_due_us = UINT64_MAX;
    sim->console_in = (struct sim_queue){.bytes = sim->console_in_bytes, .size = SIM_CONSOLE_BYTES};
    sim->console_out = (struct sim_queue){.bytes = sim->console_out_bytes, .size = SIM_CONSOLE_BYTES};
    for (uint32_t i = 0; i < SIM_UARTS; i++) {
        struct sim_uart *uart = &sim->uart[i];
        uart->in = (struct sim_queue){.bytes = uart->in_bytes, .size = SIM_UART_BYTES};
        uart->out = (struct sim_queue){.bytes = uart->out_bytes, .size = SIM_UART_BYTES};
    }
    for (uint32_t i = 0; i < SIM_PINS; i++) sim->pin[i].outside = SIM_FLOATING;
    memset(sim->eeprom, BLANK, sizeof sim->eeprom);
    panel_power_up(&sim->panel);
    uint64_t state = sim->seed;
    for (int i = 0; i < 4; i++) sim->random[i] = mix(&state);
    sim_advance(sim, sim->now_us);
}

/* ---- pins */

static void record(struct sim *sim, uint32_t pin, bool is_output) {
    if (sim->timeline_count == sim->timeline_max) {
        sim->timeline_lost++;
        return;
    }
    sim->timeline[sim->timeline_count++] = (struct sim_edge){sim->now_us, (uint8_t)pin, sim->pin[pin].level, is_output};
}

static uint8_t level_of(const struct sim_pin *pin) {
    if (pin->mode == PORT_GPIO_OUTPUT) return pin->level;
    if (pin->outside != SIM_FLOATING) return pin->outside;
    return pin->mode == PORT_GPIO_INPUT_PULL_UP;
}

/* Takes over the level that the pin has now; an input's change is an edge. */
static void settle(struct sim *sim, uint32_t number) {
    struct sim_pin *pin = &sim->pin[number];
    uint8_t level = level_of(pin);
    if (level == pin->level) return;
    pin->level = level;
    record(sim, number, false);
    uint8_t edge = level ? PORT_GPIO_EDGE_RISING : PORT_GPIO_EDGE_FALLING;
    if ((pin->edge & edge) == 0 || sim->event_count == SIM_EVENTS_MAX) return;
    uint32_t index = (sim->event_head + sim->event_count++) % SIM_EVENTS_MAX;
    sim->event[index] = (struct port_gpio_event){number, level, sim->now_us};
}

enum status port_gpio_config(uint32_t pin, enum port_gpio_mode mode) {
    if (pin >= SIM_PINS) return ST_UNSUPPORTED;
    bool was_output = board->pin[pin].mode == PORT_GPIO_OUTPUT;
    board->pin[pin].mode = (uint8_t)mode;
    if (mode == PORT_GPIO_OUTPUT && !was_output) record(board, pin, true);
    settle(board, pin);
    return ST_OK;
}

enum status port_gpio_write(uint32_t pin, uint32_t level) {
    if (pin >= SIM_PINS) return ST_UNSUPPORTED;
    if (board->pin[pin].mode != PORT_GPIO_OUTPUT) return ST_INVALID;
    if (board->pin[pin].level == level) return ST_OK;
    board->pin[pin].level = (uint8_t)level;
    record(board, pin, true);
    return ST_OK;
}

enum status port_gpio_read(uint32_t pin, uint32_t *level) {
    if (pin >= SIM_PINS) return ST_UNSUPPORTED;
    *level = board->pin[pin].level;
    return ST_OK;
}

enum status port_gpio_watch(uint32_t pin, enum port_gpio_edge edge) {
    if (pin >= SIM_PINS) return ST_UNSUPPORTED;
    board->pin[pin].edge = (uint8_t)edge;
    return ST_OK;
}

enum status port_gpio_event_take(struct port_gpio_event *event) {
    if (board->event_count == 0) return ST_AGAIN;
    *event = board->event[board->event_head];
    board->event_head = (board->event_head + 1) % SIM_EVENTS_MAX;
    board->event_count--;
    return ST_OK;
}

/* ---- the script acts */

static void can_arrives(struct sim *sim, const struct port_can_frame *frame) {
    if (sim->can_count == SIM_CAN_FRAMES) return; /* overrun: the newest is lost, as in a controller */
    sim->can[(sim->can_head + sim->can_count++) % SIM_CAN_FRAMES] = *frame;
}

static void act_on_pin(struct sim *sim, const struct script_action *action) {
    struct sim_pin *pin = &sim->pin[action->number];
    switch (action->kind) {
    case SCRIPT_PIN_LOW: pin->outside = 0; break;
    case SCRIPT_PIN_HIGH: pin->outside = 1; break;
    case SCRIPT_PIN_TOGGLE: pin->outside = pin->outside == 1 ? 0 : 1; break;
    default: pin->outside = SIM_FLOATING; break;
    }
    settle(sim, action->number);
}

static void act(struct sim *sim, const struct script_action *action) {
    uint32_t number = action->number;
    switch ((enum script_kind)action->kind) {
    case SCRIPT_PIN_LOW:
    case SCRIPT_PIN_HIGH:
    case SCRIPT_PIN_TOGGLE:
    case SCRIPT_PIN_FLOAT: act_on_pin(sim, action); return;
    case SCRIPT_ADC:
        sim->adc[number] = (struct sim_adc){action->a, action->b, sim->now_us, action->duration_us};
        return;
    case SCRIPT_UART: (void)queue_put(&sim->uart[number].in, action->bytes, action->length); return;
    case SCRIPT_CONSOLE: (void)queue_put(&sim->console_in, action->bytes, action->length); return;
    case SCRIPT_CONSOLE_END: sim->console_ended = true; return;
    case SCRIPT_CAN: {
        struct port_can_frame frame = {
            .id = action->a, .length = (uint8_t)action->length, .extended = (uint8_t)action->b};
        memcpy(frame.data, action->bytes, action->length);
        can_arrives(sim, &frame);
        return;
    }
    case SCRIPT_TEMPERATURE: sim->temperature = (int32_t)action->a; return;
    case SCRIPT_I2C_GONE:
        sim->i2c_gone[number / 32] |= 1u << number % 32;
        if (number == SIM_PANEL_ADDRESS) panel_power_up(&sim->panel);
        return;
    case SCRIPT_I2C_BACK: sim->i2c_gone[number / 32] &= ~(1u << number % 32); return;
    }
}

/* ---- time */

/* The first action of those that are due first; NULL: none is left. */
static struct script_action *next_action(const struct sim *sim) {
    struct script_action *next = NULL;
    for (uint32_t i = 0; i < sim->script_count; i++) {
        struct script_action *action = &sim->script[i];
        if (action->times == 0) continue;
        if (!next || action->at_us < next->at_us) next = action;
    }
    return next;
}

uint64_t sim_next_us(const struct sim *sim) {
    const struct script_action *next = next_action(sim);
    uint64_t next_us = next ? next->at_us : UINT64_MAX;
    return next_us < sim->watchdog_due_us ? next_us : sim->watchdog_due_us;
}

void sim_advance(struct sim *sim, uint64_t to_us) {
    for (;;) {
        struct script_action *next = next_action(sim);
        if (!next || next->at_us > to_us) break;
        if (next->at_us > sim->now_us) sim->now_us = next->at_us;
        act(sim, next);
        next->times--;
        next->at_us += next->every_us;
    }
    if (to_us > sim->now_us) sim->now_us = to_us;
    if (sim->watchdog_due_us > sim->now_us) return;
    sim->watchdog_due_us = UINT64_MAX;
    sim->reset_asked = true;
}

void sim_spend(struct sim *sim, uint32_t words) {
    sim->nanoseconds += (uint64_t)words * sim->ns_per_word;
    uint64_t us = sim->nanoseconds / 1000;
    sim->nanoseconds %= 1000;
    sim_advance(sim, sim->now_us + us);
}

uint64_t port_now_us(void) { return board->now_us; }

/* Nothing will ever happen when both are UINT64_MAX: then time stays. */
void port_sleep_until_us(uint64_t deadline_us) {
    uint64_t next_us = sim_next_us(board), to_us = deadline_us < next_us ? deadline_us : next_us;
    if (to_us != UINT64_MAX) sim_advance(board, to_us);
}

/* A simulated processor cannot stop the host's; who drives the board looks at reset_asked. */
_Noreturn void port_reset(void) {
    board->reset_asked = true;
    require_failed("port_reset", "the simulated board", 0);
}

/* ---- console */

size_t port_console_write(const void *bytes, size_t length) { return queue_put(&board->console_out, bytes, length); }
size_t port_console_read(void *to, size_t capacity) { return queue_take(&board->console_in, to, capacity); }

/* ---- adc, pwm, uart */

enum status port_adc_read(uint32_t channel, uint32_t *value) {
    if (channel >= SIM_ADC_CHANNELS) return ST_UNSUPPORTED;
    const struct sim_adc *adc = &board->adc[channel];
    uint64_t passed_us = board->now_us - adc->start_us;
    *value = adc->to;
    if (passed_us >= adc->duration_us) return ST_OK;
    int64_t change = ((int64_t)adc->to - adc->from) * (int64_t)passed_us / (int64_t)adc->duration_us;
    *value = (uint32_t)(adc->from + change);
    return ST_OK;
}

enum status port_pwm_write(uint32_t channel, uint32_t period_us, uint32_t duty) {
    if (channel >= SIM_PWM_CHANNELS) return ST_UNSUPPORTED;
    board->pwm[channel] = (struct sim_pwm){period_us, duty};
    return ST_OK;
}

enum status port_uart_config(uint32_t port, uint32_t baud) {
    if (port >= SIM_UARTS) return ST_UNSUPPORTED;
    board->uart[port].baud = baud;
    return ST_OK;
}

/* The oldest of what nobody looks at makes room: the other end of the line does not wait. */
enum status port_uart_write(uint32_t port, const void *bytes, size_t length, size_t *done) {
    if (port >= SIM_UARTS) return ST_UNSUPPORTED;
    struct sim_queue *out = &board->uart[port].out;
    for (*done = 0; *done < length; (*done)++) {
        uint8_t oldest;
        if (out->used == out->size) (void)queue_take(out, &oldest, 1);
        (void)queue_put(out, (const uint8_t *)bytes + *done, 1);
    }
    return ST_OK;
}

enum status port_uart_read(uint32_t port, void *to, size_t capacity, size_t *done) {
    if (port >= SIM_UARTS) return ST_UNSUPPORTED;
    *done = queue_take(&board->uart[port].in, to, capacity);
    return ST_OK;
}

size_t sim_uart_see(struct sim *sim, uint32_t port, void *to, size_t capacity) {
    return port < SIM_UARTS ? queue_take(&sim->uart[port].out, to, capacity) : 0;
}

/* ---- buses */

enum { SENSOR_TEMPERATURE, SENSOR_CONFIGURATION, SENSOR_REGISTERS, EEPROM_WRITE_US = 5000 };

/* A thermometer: write the register's number (and the configuration's new value), read the register. Register 0:
 * temperature, 16 bits, the degrees first. Register 1: configuration, 8 bits, kept and otherwise without effect. */
static enum status sensor_transfer(const uint8_t *out, size_t out_bytes, uint8_t *in, size_t in_bytes) {
    if (out_bytes > 0 && out[0] >= SENSOR_REGISTERS) return ST_IO;
    if (out_bytes > 0) board->sensor_pointer = out[0];
    if (out_bytes > 1 && board->sensor_pointer == SENSOR_CONFIGURATION) board->sensor_configuration = out[1];
    uint16_t value = (uint16_t)board->temperature;
    for (size_t i = 0; i < in_bytes; i++) {
        bool high = i % 2 == 0;
        in[i] = board->sensor_pointer == SENSOR_CONFIGURATION ? board->sensor_configuration
                                                              : (uint8_t)(high ? value >> 8 : value);
    }
    return ST_OK;
}

/* A memory of 256 bytes in pages of 8: write an address and bytes, which wrap within the page; read on from the
 * address. It does not answer while it writes. */
static enum status eeprom_transfer(const uint8_t *out, size_t out_bytes, uint8_t *in, size_t in_bytes) {
    if (board->now_us < board->eeprom_busy_us) return ST_NOT_FOUND;
    if (out_bytes > 0) board->eeprom_pointer = out[0];
    for (size_t i = 1; i < out_bytes; i++) {
        board->eeprom[board->eeprom_pointer] = out[i];
        uint8_t page = board->eeprom_pointer & (uint8_t)~(SIM_EEPROM_PAGE_BYTES - 1);
        board->eeprom_pointer = page | (uint8_t)((board->eeprom_pointer + 1) & (SIM_EEPROM_PAGE_BYTES - 1));
    }
    if (out_bytes > 1) board->eeprom_busy_us = board->now_us + EEPROM_WRITE_US;
    for (size_t i = 0; i < in_bytes; i++) in[i] = board->eeprom[board->eeprom_pointer++];
    return ST_OK;
}

/* A panel of 128 x 32 pixels. Read, it gives its status: bit 6 says that it is dark. */
static enum status panel_transfer(const uint8_t *out, size_t out_bytes, uint8_t *in, size_t in_bytes) {
    for (size_t i = 0; i < in_bytes; i++) in[i] = board->panel.on ? 0 : 0x40;
    return panel_write(&board->panel, out, out_bytes);
}

enum status port_i2c_transfer(uint32_t bus, uint32_t address, const void *out, size_t out_bytes, void *in,
                              size_t in_bytes) {
    if (bus > 0) return ST_UNSUPPORTED;
    if (address > 0x7f || board->i2c_gone[address / 32] >> address % 32 & 1) return ST_NOT_FOUND;
    if (address == SIM_SENSOR_ADDRESS) return sensor_transfer(out, out_bytes, in, in_bytes);
    if (address == SIM_PANEL_ADDRESS) return panel_transfer(out, out_bytes, in, in_bytes);
    if (address == SIM_EEPROM_ADDRESS) return eeprom_transfer(out, out_bytes, in, in_bytes);
    return ST_NOT_FOUND;
}

/* Select 0 is a wire from out to in; select 1 a flash that knows one command: 0x9f, its identity. */
enum status port_spi_transfer(uint32_t bus, uint32_t select, const void *out, void *in, size_t bytes) {
    static const uint8_t identity[] = {0xef, 0x40, 0x18};
    if (bus > 0 || select > SIM_SPI_FLASH) return ST_UNSUPPORTED;
    if (bytes == 0) return ST_OK;
    if (select == SIM_SPI_LOOPBACK) {
        memmove(in, out, bytes);
        return ST_OK;
    }
    uint8_t command = *(const uint8_t *)out;
    for (size_t i = 0; i < bytes; i++) {
        bool known = command == 0x9f && i >= 1 && i <= sizeof identity;
        ((uint8_t *)in)[i] = known ? identity[i - 1] : BLANK;
    }
    return ST_OK;
}

/* What is sent comes back: the bus has no other station. */
enum status port_can_send(const struct port_can_frame *frame) {
    if (board->can_count == SIM_CAN_FRAMES) return ST_FULL;
    can_arrives(board, frame);
    return ST_OK;
}

enum status port_can_receive(struct port_can_frame *frame) {
    if (board->can_count == 0) return ST_AGAIN;
    *frame = board->can[board->can_head];
    board->can_head = (board->can_head + 1) % SIM_CAN_FRAMES;
    board->can_count--;
    return ST_OK;
}

/* ---- random, watchdog, blackbox */

static uint64_t rotate(uint64_t value, int count) { return value << count | value >> (64 - count); }

/* xoshiro256**: the same numbers for the same seed. */
static uint64_t random_next(struct sim *sim) {
    uint64_t *s = sim->random, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

enum status port_random(void *to, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) ((uint8_t *)to)[i] = (uint8_t)(random_next(board) >> 56);
    return ST_OK;
}

enum status port_watchdog_start(uint32_t timeout_ms) {
    board->watchdog_ms = timeout_ms;
    port_watchdog_feed();
    return ST_OK;
}

void port_watchdog_feed(void) {
    if (board->watchdog_ms > 0) board->watchdog_due_us = board->now_us + (uint64_t)board->watchdog_ms * 1000;
}

enum status port_blackbox_write(uint32_t offset, const void *bytes, size_t length) {
    if (offset > PORT_BLACKBOX_BYTES || length > PORT_BLACKBOX_BYTES - offset) return ST_INVALID;
    memcpy(board->blackbox + offset, bytes, length);
    return ST_OK;
}

enum status port_blackbox_read(uint32_t offset, void *to, size_t length) {
    if (offset > PORT_BLACKBOX_BYTES || length > PORT_BLACKBOX_BYTES - offset) return ST_INVALID;
    memcpy(to, board->blackbox + offset, length);
    return ST_OK;
}

uint32_t port_evidence_bytes(void) { return board->evidence ? SIM_EVIDENCE_BYTES : 0; }
void port_evidence_read(uint32_t offset, void *to, size_t length) { memcpy(to, board->evidence + offset, length); }
void port_evidence_write(uint32_t offset, const void *bytes, size_t length) {
    memcpy(board->evidence + offset, bytes, length);
}
enum port_reset_reason port_reset_reason(void) { return board->reset_reason; }

enum status port_file(enum port_file_operation operation, struct port_file *file) {
    return board->files ? folder_file(board->files, operation, file) : ST_UNSUPPORTED;
}
