/* state_file: a hive's state in a file of the host's: persistent values in a store in simulated flash. */
#ifndef SKEP_PROGRAMS_STATE_STATE_FILE_H
#define SKEP_PROGRAMS_STATE_STATE_FILE_H

#include <stdbool.h>

#include "device/executive/value_store.h"
#include "device/port/flash_file/flash_file.h"

enum { STATE_KEYS_MAX = 1024, STATE_PAGE_BYTES = 16384, STATE_FILE_BYTES = 4 * STATE_PAGE_BYTES, STATE_DELAY_MS = 200 };

struct state_file {
    struct executive_store values; /* for the executive; outlives it */

    /* below: private to state_file.c */
    struct flash_file flash;
    struct store_entry entries[STATE_KEYS_MAX];
    struct store_config config;
    struct store store;
};

/* NULL, or why it cannot be had. */
const char *state_file_open(struct state_file *state, const char *path);
void state_file_close(struct state_file *state);

#endif
