/* script: what the world does to a simulated board, and when; a text that people write. Syntax: docs/SIM.md.
 *
 *     at 100ms pin 5 high
 *     at 0s adc 0 ramp 0 4095 over 2s
 *     at 1s every 500ms times 4 uart 0 "ping\n" */
#ifndef SKEP_DEVICE_PORT_SIM_SCRIPT_H
#define SKEP_DEVICE_PORT_SIM_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum { SCRIPT_BYTES_MAX = 64 };

enum script_kind {
    SCRIPT_PIN_LOW,
    SCRIPT_PIN_HIGH,
    SCRIPT_PIN_TOGGLE,
    SCRIPT_PIN_FLOAT,
    SCRIPT_ADC,     /* number: channel, a to b over period duration_us */
    SCRIPT_UART,    /* number: port; bytes */
    SCRIPT_CONSOLE, /* bytes */
    SCRIPT_CONSOLE_END,
    SCRIPT_CAN,         /* a: id, b: 1 extended; bytes */
    SCRIPT_TEMPERATURE, /* a: 1/256 degree, as int32 */
    SCRIPT_I2C_GONE,    /* number: address */
    SCRIPT_I2C_BACK,
};

struct script_action {
    uint64_t at_us; /* next time; moves on as it repeats; UINT64_MAX: done */
    uint64_t every_us;
    uint32_t times; /* left, this one included */
    uint32_t kind;  /* enum script_kind */
    uint32_t number, a, b;
    uint64_t duration_us;
    uint32_t length;
    uint8_t bytes[SCRIPT_BYTES_MAX];
};

struct script_fault {
    uint32_t line, column; /* from 1 */
    const char *reason;    /* constant, for people */
};

/* Reads a whole script. ST_CORRUPT with the fault filled: what is wrong and where. ST_FULL: more actions than fit
 * (the fault says the line). *count is written only on ST_OK. */
enum status script_read(const char *text, size_t length, struct script_action *actions, uint32_t capacity,
                        uint32_t *count, struct script_fault *fault);

#endif
