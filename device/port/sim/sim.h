/* sim: a simulated board. Implements port.h; all of its state is in one struct that the program owns, so that a
 * program can have many boards and run them one after the other, in virtual time, with the same result every
 * time.
 *
 * port.h has no argument for the board, because a real image has exactly one and its functions are bound at link
 * time. Here they act on the board that sim_use named last: that pointer is the library's only variable.
 *
 * Time is virtual and stands still unless it is moved: sim_advance, sim_spend, or port_sleep_until_us. The
 * devices, and the script that acts on them, are in docs/SIM.md. */
#ifndef SKEP_DEVICE_PORT_SIM_SIM_H
#define SKEP_DEVICE_PORT_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/port/folder/folder.h"
#include "device/port/port.h"
#include "device/port/sim/panel.h"
#include "device/port/sim/script.h"

enum {
    SIM_PINS = 32,
    SIM_ADC_CHANNELS = 8,
    SIM_ADC_FULL_SCALE = 4095,
    SIM_PWM_CHANNELS = 8,
    SIM_UARTS = 2,
    SIM_UART_BYTES = 1024,
    SIM_CONSOLE_BYTES = 4096,
    SIM_CAN_FRAMES = 16,
    SIM_EVIDENCE_BYTES = 8192,
    SIM_EVENTS_MAX = 64, /* edges that were not taken */
    SIM_SENSOR_ADDRESS = 0x48,
    SIM_EEPROM_ADDRESS = 0x50,
    SIM_EEPROM_BYTES = 256,
    SIM_EEPROM_PAGE_BYTES = 8,
    SIM_PANEL_ADDRESS = 0x3c,
    SIM_SPI_LOOPBACK = 0, /* chip selects of bus 0 */
    SIM_SPI_FLASH = 1,
    SIM_NS_PER_WORD = 100, /* 10 million words a second, unless the program says otherwise */
};

/* What happened on a pin: an output that changed, or an input that the script moved. */
struct sim_edge {
    uint64_t time_us;
    uint8_t pin, level, is_output;
};

struct sim_queue {
    uint8_t *bytes;
    uint32_t size, head, used;
};

struct sim_pin {
    uint8_t mode, level, outside, edge; /* outside: what the world drives, SIM_FLOATING for nothing */
};
enum { SIM_FLOATING = 2 };

struct sim_adc {
    uint32_t from, to;
    uint64_t start_us, duration_us; /* 0: it is at `to` */
};

struct sim_pwm {
    uint32_t period_us, duty;
};

struct sim_uart {
    uint32_t baud;
    struct sim_queue in, out;
    uint8_t in_bytes[SIM_UART_BYTES], out_bytes[SIM_UART_BYTES];
};

struct sim {
    /* set by the program before sim_init or left zero */
    struct sim_edge *timeline; /* where edges are recorded, the first timeline_max of them */
    uint32_t timeline_max;
    struct script_action *script;
    uint32_t script_count;
    uint64_t seed;
    uint64_t start_us; /* time at reset */
    uint32_t ns_per_word;
    uint8_t *evidence; /* SIM_EVIDENCE_BYTES that outlive the board; NULL: it has none */
    enum port_reset_reason reset_reason;
    const struct folder *files; /* open; NULL: it has no storage */

    /* may be read */
    uint64_t now_us;
    uint32_t timeline_count, timeline_lost;
    struct sim_pin pin[SIM_PINS];
    struct sim_pwm pwm[SIM_PWM_CHANNELS];
    bool reset_asked; /* port_reset, or the watchdog ran out */
    bool console_ended;
    struct panel panel; /* what the display shows */

    /* below: private to the board */
    uint64_t nanoseconds;
    struct port_gpio_event event[SIM_EVENTS_MAX];
    uint32_t event_head, event_count;
    struct sim_adc adc[SIM_ADC_CHANNELS];
    struct sim_uart uart[SIM_UARTS];
    struct sim_queue console_in, console_out;
    uint8_t console_in_bytes[SIM_CONSOLE_BYTES], console_out_bytes[SIM_CONSOLE_BYTES];
    int32_t temperature; /* 1/256 degree Celsius */
    uint8_t sensor_pointer, sensor_configuration;
    uint8_t eeprom[SIM_EEPROM_BYTES], eeprom_pointer;
    uint64_t eeprom_busy_us; /* until when it writes and does not answer */
    uint32_t i2c_gone[4];    /* bit a: the device at address a does not answer */
    struct port_can_frame can[SIM_CAN_FRAMES];
    uint32_t can_head, can_count;
    uint64_t random[4];
    uint64_t watchdog_due_us;
    uint32_t watchdog_ms;
    uint8_t blackbox[PORT_BLACKBOX_BYTES];
};

/* Puts the board into the state after power-up. */
void sim_init(struct sim *sim);
/* The board that port.h's functions act on from now on. */
void sim_use(struct sim *sim);

/* Moves time on to to_us, doing what the script says on the way. Time never goes back. */
void sim_advance(struct sim *sim, uint64_t to_us);
/* Moves time on as if the processor had executed so many words. */
void sim_spend(struct sim *sim, uint32_t words);
/* When something happens by itself next: the script, or the watchdog. UINT64_MAX: never. */
uint64_t sim_next_us(const struct sim *sim);

/* What a task wrote to a UART: gives how many bytes there were. */
size_t sim_uart_see(struct sim *sim, uint32_t port, void *to, size_t capacity);

#endif
