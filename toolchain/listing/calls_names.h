/* GENERATED from spec/calls.json by tools/generate/calls.py. Do not edit. */
/* calls_names: host calls and capability groups by name, for listings and for configuration files. The device has
 * no names. */
#ifndef SKEP_TOOLCHAIN_LISTING_CALLS_NAMES_H
#define SKEP_TOOLCHAIN_LISTING_CALLS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALLS_NAMES_ABI = 1, CALLS_MODES_MAX = 3 };

struct calls_name {
    uint16_t number;  /* group << 6 | function */
    uint8_t modes;    /* modes that the call may ask for, ored; 0: it needs no capability */
    const char *name; /* "gpio.write" */
};
struct calls_group {
    uint8_t number;
    bool open;                        /* needs no capability */
    const char *name;                 /* "gpio" */
    const char *resource;             /* what first and last of a capability count: "pin"; "" for none */
    const char *mode[CALLS_MODES_MAX]; /* name of mode bit 0, 1, 2, or NULL */
};

/* NULL when there is no such call or group. */
const struct calls_name *calls_name(uint32_t number);
const struct calls_name *calls_named(const char *name);
const struct calls_group *calls_group(uint32_t number);
const struct calls_group *calls_group_named(const char *name);

#endif
