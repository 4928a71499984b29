/* config: what skepd.toml says, and which of it can change while the hive runs. */
#ifndef SKEP_PROGRAMS_SKEPD_CONFIG_H
#define SKEP_PROGRAMS_SKEPD_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "core/trust/keys.h"
#include "core/wire/artifact.h"
#include "device/executive/executive.h"

enum {
    CONFIG_GRANTS_MAX = 256,
    CONFIG_TEXT_BYTES = 108,
    CONFIG_PATH_BYTES = 432,
    CONFIG_TOKEN_BYTES_MIN = 16,
    CONFIG_STARTS_MAX = 32,
    CONFIG_VALUE_BYTES = 200, /* of a setting as text */
    CONFIG_TAKES_BYTES = 80,
};

/* An artifact that starts by itself. */
struct config_start {
    char path[CONFIG_PATH_BYTES];
    bool hold; /* not before an operator lets it */
};

struct skepd_config {
    char name[33];
    char socket[CONFIG_TEXT_BYTES]; /* path of the Unix socket; sun_path is no longer */
    char listen[CONFIG_TEXT_BYTES]; /* ADDRESS:PORT of TCP; empty: none */
    char token_file[CONFIG_PATH_BYTES], trust[CONFIG_PATH_BYTES];
    uint8_t token[64];
    uint32_t token_bytes; /* what a TCP connection must present */
    bool allow_unsigned, has_keys;
    uint8_t keys[KEYS_REGION_BYTES];
    uint32_t tasks, sessions, memory_kib, artifact_kib, events;
    char state[CONFIG_PATH_BYTES];    /* file of what outlives the hive; empty: nothing does */
    char files[CONFIG_PATH_BYTES];    /* folder of the guests' files; empty: they have none */
    uint32_t file_kib;                /* that one task may have in it */
    char blackbox[CONFIG_PATH_BYTES]; /* file of the hive's blackbox; empty: it has none */
    uint32_t start_wait_ms, settle_ms, boots_max;
    struct config_start start[CONFIG_STARTS_MAX];
    uint32_t start_count;

    /* what can change while it runs */
    struct artifact_capability grant[CONFIG_GRANTS_MAX];
    uint32_t grant_count;
    bool has_grants; /* else everything is granted */
    bool factory, tell_values, tell_traffic;
    uint32_t moves;       /* bit: enum task_reason */
    uint64_t keep_events; /* bit: number of an event; 0: all */
    uint32_t restarts_max, restart_delay_ms, quarantine_failures, quarantine_ms;
    struct task_budget budget;
};

/* Says on stderr what is wrong and where, and returns false. */
bool config_read(const char *path, struct skepd_config *config);

/* A setting as text. */
struct config_row {
    const char *name;
    char value[CONFIG_VALUE_BYTES + 1]; /* as in the file; what does not fit ends in "..." */
    char takes[CONFIG_TAKES_BYTES + 1];
    bool restart; /* takes effect with the next start */
};
/* Setting number `index`, from 0. False: there are no more. */
bool config_row(const struct skepd_config *config, uint32_t index, struct config_row *row);

/* Sets one that needs no restart to `value`, written as in the file. ST_NOT_FOUND: there is none of that name; ST_BUSY:
 * it needs a restart; ST_INVALID: stderr says what is wrong with the value. Nothing has changed unless ST_OK. */
enum status config_set(struct skepd_config *config, const char *name, const char *value);
/* Takes from `next` what needs no restart; says on stderr what else differs. */
void config_change(struct skepd_config *config, const struct skepd_config *next);
/* The grants that hold: those of the configuration, or for everything. Gives how many. */
uint32_t config_grants(const struct skepd_config *config, struct artifact_capability to[CONFIG_GRANTS_MAX]);

#endif
