/* run_mps2: `skep run --board mps2`: artifacts on the emulated Cortex-M4, in place in its flash, by the firmware that a
 * board would have. Relays the console, follows what the firmware reports, and says what the guests ended with. */
#ifndef SKEP_PROGRAMS_SKEP_RUN_MPS2_H
#define SKEP_PROGRAMS_SKEP_RUN_MPS2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RUN_MPS2_ARTIFACTS_MAX = 8 };

struct run_mps2 {
    const char *artifact[RUN_MPS2_ARTIFACTS_MAX]; /* paths */
    size_t artifact_count;
    const char *key; /* PEM whose public half the board shall trust; NULL: see below */
    const char
        *flash; /* a flash file to use and keep, with the keys that are in it; NULL: a blank one, removed at the end */
    uint64_t timeout_ms; /* on the board's clock; 0: none */
    bool real_time;
    bool timeline;        /* draw the pins on stderr at the end */
    const char *pins_csv; /* write the pins' edges here, as time_us,pin,level; NULL: nowhere */
    const char *reports;  /* keep all that the firmware reports here, as JSON lines; NULL: nowhere */
    const char *gdb;      /* as QEMU's -gdb; NULL: no debugger */
};

/* Without a key an artifact that is not signed gets the signature of a development key, made for this run and installed
 * in its flash: the firmware refuses what is not signed. Its file stays as it is; a notice says so. A signed artifact
 * needs `key`, or a flash file that has it.
 *
 * Returns what the command ends with: a single guest's own status, EXIT_TRAP, EXIT_REFUSED, EXIT_SIGNATURE, EXIT_FUEL,
 * EXIT_TIMEOUT. With several guests the first that is not 0 counts. */
int run_mps2(const struct run_mps2 *request);

#endif
