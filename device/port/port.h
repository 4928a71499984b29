/* port: what a board supplies to everything above it. One implementation per image, bound at link time.
 *
 * A board that lacks a device answers ST_UNSUPPORTED; it never pretends. Nothing here blocks. Times are microseconds
 * since reset and never go back. */
#ifndef SKEP_DEVICE_PORT_PORT_H
#define SKEP_DEVICE_PORT_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

uint64_t port_now_us(void);
/* Waits until the time or until an interrupt has something for the executive, whichever is first. */
void port_sleep_until_us(uint64_t deadline_us);
_Noreturn void port_reset(void);

/* Console: bytes to and from people. Both return how many bytes they took or gave, which may be 0. */
size_t port_console_write(const void *bytes, size_t length);
size_t port_console_read(void *to, size_t capacity);

/* GPIO, by logical pin number of the board. */
enum port_gpio_mode { PORT_GPIO_INPUT, PORT_GPIO_OUTPUT, PORT_GPIO_INPUT_PULL_UP, PORT_GPIO_INPUT_PULL_DOWN };
enum port_gpio_edge { PORT_GPIO_EDGE_NONE, PORT_GPIO_EDGE_RISING, PORT_GPIO_EDGE_FALLING, PORT_GPIO_EDGE_BOTH };
struct port_gpio_event {
    uint32_t pin, level;
    uint64_t time_us;
};
enum status port_gpio_config(uint32_t pin, enum port_gpio_mode mode);
enum status port_gpio_write(uint32_t pin, uint32_t level);
enum status port_gpio_read(uint32_t pin, uint32_t *level);
enum status port_gpio_watch(uint32_t pin, enum port_gpio_edge edge);
/* The oldest edge that has not been taken; ST_AGAIN when there is none. */
enum status port_gpio_event_take(struct port_gpio_event *event);

enum status port_adc_read(uint32_t channel, uint32_t *value);                    /* 0..4095 */
enum status port_pwm_write(uint32_t channel, uint32_t period_us, uint32_t duty); /* duty 0..65535 */

enum status port_uart_config(uint32_t port, uint32_t baud);
/* *done is how many bytes were taken or given; fewer than asked is not an error. */
enum status port_uart_write(uint32_t port, const void *bytes, size_t length, size_t *done);
enum status port_uart_read(uint32_t port, void *to, size_t capacity, size_t *done);

/* One transfer: writes, then reads, without a stop between. ST_NOT_FOUND: no device answers at that address. */
enum status port_i2c_transfer(uint32_t bus, uint32_t address, const void *out, size_t out_bytes, void *in,
                              size_t in_bytes);
enum status port_spi_transfer(uint32_t bus, uint32_t select, const void *out, void *in, size_t bytes);

struct port_can_frame {
    uint32_t id;
    uint8_t length, extended, data[8];
};
enum status port_can_send(const struct port_can_frame *frame); /* ST_FULL: no transmit buffer */
enum status port_can_receive(struct port_can_frame *frame);    /* ST_AGAIN: nothing there */

enum status port_random(void *to, size_t bytes); /* an error rather than weak numbers */
enum status port_watchdog_start(uint32_t timeout_ms);
void port_watchdog_feed(void);

/* The blackbox: bytes that outlive a reset (not a power cut). */
enum { PORT_BLACKBOX_BYTES = 256 };
enum status port_blackbox_write(uint32_t offset, const void *bytes, size_t length);
enum status port_blackbox_read(uint32_t offset, void *to, size_t length);

/* Memory for the executive's own blackbox (device/executive/blackbox.h), apart from the guests' bytes; outlives a
 * reset likewise. Precondition: what is read and written lies inside. */
uint32_t port_evidence_bytes(void); /* 0: the board has none */
void port_evidence_read(uint32_t offset, void *to, size_t length);
void port_evidence_write(uint32_t offset, const void *bytes, size_t length);
/* What began this boot. ORDERED: port_reset. OUTSIDE: none of the others, and memory is what it was: a button, a
 * debugger. */
enum port_reset_reason { PORT_RESET_POWER, PORT_RESET_ORDERED, PORT_RESET_WATCHDOG, PORT_RESET_OUTSIDE };
enum port_reset_reason port_reset_reason(void);

/* Files: a folder of plain files for each task. Called from jobs alone, one at a time, and may take as long as the
 * storage does. Names are good (core/base/name.h) and shorter than PORT_FILE_NAME_BYTES. */
enum { PORT_FILE_NAME_BYTES = 32 };
enum port_file_operation {
    PORT_FILE_SIZE,   /* length */
    PORT_FILE_RESIZE, /* to length; made if it is not there */
    PORT_FILE_READ,   /* from offset on into bytes, at most length; length is then what there was */
    PORT_FILE_WRITE,  /* wholly or not at all; a gap before offset becomes zeros */
    PORT_FILE_RENAME, /* to `to`, in place of what had that name */
    PORT_FILE_DELETE,
    PORT_FILE_NEXT,  /* the lowest name above `name`, which may be "", into `bytes`, PORT_FILE_NAME_BYTES; and length */
    PORT_FILE_USAGE, /* of the folder: count of files, length of all together */
};
struct port_file {
    const char *folder, *name, *to;
    uint32_t offset, length, count;
    void *bytes;
};
/* ST_NOT_FOUND: no such file. ST_FULL: the storage has no room. ST_IO: it fails. ST_UNSUPPORTED: there is none. */
enum status port_file(enum port_file_operation operation, struct port_file *file);

#endif
