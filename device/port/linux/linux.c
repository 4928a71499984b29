/* The board that is a Linux process: a clock, random numbers, and 32 pins with nothing connected to them: an output
 * keeps its level, an input reads its pull. It has no buses, no UARTs, no watchdog and says so. The console is the
 * business of whoever drives the executive. */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "device/port/linux/linux.h"

enum { NS_PER_US = 1000, US_PER_S = 1000000, PINS = 32 };

static uint32_t outputs, levels; /* bit: pin */

uint64_t port_now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * US_PER_S + (uint64_t)now.tv_nsec / NS_PER_US;
}

void port_sleep_until_us(uint64_t deadline_us) {
    struct timespec until = {(time_t)(deadline_us / US_PER_S), (long)(deadline_us % US_PER_S) * NS_PER_US};
    (void)clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &until, NULL);
}

void port_reset(void) { exit(EXIT_FAILURE); }

enum status port_random(void *to, size_t bytes) {
    for (size_t done = 0; done < bytes;) {
        ssize_t got = getrandom((uint8_t *)to + done, bytes - done, 0);
        if (got < 0) return ST_IO;
        done += (size_t)got;
    }
    return ST_OK;
}

size_t port_console_write(const void *bytes, size_t length) {
    (void)bytes;
    return length;
}
size_t port_console_read(void *to, size_t capacity) {
    (void)to, (void)capacity;
    return 0;
}

static void set_level(uint32_t pin, bool level) { levels = (levels & ~(1u << pin)) | (uint32_t)level << pin; }

enum status port_gpio_config(uint32_t pin, enum port_gpio_mode mode) {
    if (pin >= PINS) return ST_UNSUPPORTED;
    outputs = (outputs & ~(1u << pin)) | (uint32_t)(mode == PORT_GPIO_OUTPUT) << pin;
    if (mode != PORT_GPIO_OUTPUT) set_level(pin, mode == PORT_GPIO_INPUT_PULL_UP);
    return ST_OK;
}
enum status port_gpio_write(uint32_t pin, uint32_t level) {
    if (pin >= PINS) return ST_UNSUPPORTED;
    if (!(outputs >> pin & 1)) return ST_INVALID;
    set_level(pin, level != 0);
    return ST_OK;
}
enum status port_gpio_read(uint32_t pin, uint32_t *level) {
    if (pin >= PINS) return ST_UNSUPPORTED;
    *level = levels >> pin & 1;
    return ST_OK;
}
/* Nothing ever moves an input. */
enum status port_gpio_watch(uint32_t pin, enum port_gpio_edge edge) {
    (void)edge;
    return pin < PINS ? ST_OK : ST_UNSUPPORTED;
}
enum status port_gpio_event_take(struct port_gpio_event *event) {
    (void)event;
    return ST_AGAIN;
}

enum status port_adc_read(uint32_t channel, uint32_t *value) {
    (void)channel, (void)value;
    return ST_UNSUPPORTED;
}
enum status port_pwm_write(uint32_t channel, uint32_t period_us, uint32_t duty) {
    (void)channel, (void)period_us, (void)duty;
    return ST_UNSUPPORTED;
}

enum status port_uart_config(uint32_t port, uint32_t baud) {
    (void)port, (void)baud;
    return ST_UNSUPPORTED;
}
enum status port_uart_write(uint32_t port, const void *bytes, size_t length, size_t *done) {
    (void)port, (void)bytes, (void)length, (void)done;
    return ST_UNSUPPORTED;
}
enum status port_uart_read(uint32_t port, void *to, size_t capacity, size_t *done) {
    (void)port, (void)to, (void)capacity, (void)done;
    return ST_UNSUPPORTED;
}

enum status port_i2c_transfer(uint32_t bus, uint32_t address, const void *out, size_t out_bytes, void *in,
                              size_t in_bytes) {
    (void)bus, (void)address, (void)out, (void)out_bytes, (void)in, (void)in_bytes;
    return ST_UNSUPPORTED;
}
enum status port_spi_transfer(uint32_t bus, uint32_t select, const void *out, void *in, size_t bytes) {
    (void)bus, (void)select, (void)out, (void)in, (void)bytes;
    return ST_UNSUPPORTED;
}
enum status port_can_send(const struct port_can_frame *frame) {
    (void)frame;
    return ST_UNSUPPORTED;
}
enum status port_can_receive(struct port_can_frame *frame) {
    (void)frame;
    return ST_UNSUPPORTED;
}

enum status port_watchdog_start(uint32_t timeout_ms) {
    (void)timeout_ms;
    return ST_UNSUPPORTED;
}
void port_watchdog_feed(void) {}

enum status port_blackbox_write(uint32_t offset, const void *bytes, size_t length) {
    (void)offset, (void)bytes, (void)length;
    return ST_UNSUPPORTED;
}
enum status port_blackbox_read(uint32_t offset, void *to, size_t length) {
    (void)offset, (void)to, (void)length;
    return ST_UNSUPPORTED;
}

/* A process that ends takes its memory along; a file that is mapped stays. */
static struct {
    uint8_t *bytes;
    uint32_t length;
    enum port_reset_reason reason;
} evidence;

void linux_evidence(uint8_t *bytes, uint32_t length, enum port_reset_reason reason) {
    evidence.bytes = bytes;
    evidence.length = length;
    evidence.reason = reason;
}

uint32_t port_evidence_bytes(void) { return evidence.length; }
void port_evidence_read(uint32_t offset, void *to, size_t length) { memcpy(to, evidence.bytes + offset, length); }
void port_evidence_write(uint32_t offset, const void *bytes, size_t length) {
    memcpy(evidence.bytes + offset, bytes, length);
}
enum port_reset_reason port_reset_reason(void) { return evidence.reason; }

static const struct folder *files;

void linux_files(const struct folder *folder) { files = folder; }

enum status port_file(enum port_file_operation operation, struct port_file *file) {
    return files ? folder_file(files, operation, file) : ST_UNSUPPORTED;
}
