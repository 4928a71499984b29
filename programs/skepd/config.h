/* config: what skepd.toml says. */
#ifndef SKEP_PROGRAMS_SKEPD_CONFIG_H
#define SKEP_PROGRAMS_SKEPD_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "core/trust/keys.h"
#include "core/wire/artifact.h"

enum { CONFIG_GRANTS_MAX = 256, CONFIG_TEXT_BYTES = 108, CONFIG_TOKEN_BYTES_MIN = 16 };

struct skepd_config {
    char name[33];
    char socket[CONFIG_TEXT_BYTES]; /* path of the Unix socket; sun_path is no longer */
    char listen[CONFIG_TEXT_BYTES]; /* ADDRESS:PORT of TCP; empty: none */
    uint8_t token[64];
    uint32_t token_bytes; /* what a TCP connection must present */
    bool allow_unsigned, has_keys;
    uint8_t keys[KEYS_REGION_BYTES];
    struct artifact_capability grant[CONFIG_GRANTS_MAX];
    uint32_t grant_count;
    uint16_t tasks, sessions;
    uint32_t memory_kib, artifact_kib, events;
    char state[CONFIG_TEXT_BYTES * 4]; /* file of what outlives the hive; empty: nothing does */
    char files[CONFIG_TEXT_BYTES * 4]; /* folder of the guests' files; empty: they have none */
    uint32_t file_kib;                 /* that one task may have in it */
};

/* Says on stderr what is wrong and where, and returns false. */
bool config_read(const char *path, struct skepd_config *config);

#endif
