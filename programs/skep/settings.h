/* settings: what is to be built and how: skep.toml, or a command line with source files. docs/BUILD.md lists the keys
 * of skep.toml. */
#ifndef SKEP_PROGRAMS_SKEP_SETTINGS_H
#define SKEP_PROGRAMS_SKEP_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/wire/artifact.h"
#include "host/toml/toml.h"
#include "programs/skep/command.h"
#include "toolchain/pack/pack.h"

struct settings {
    char name[ARTIFACT_NAME_BYTES];
    uint32_t version;
    struct command_words sources, include, flags; /* flags in the compiler's order */
    const char *output, *key;                     /* output: NULL for NAME.cvm1 here; key: NULL for none */
    uint32_t stack_bytes, heap_bytes;
    uint32_t return_entries; /* 0: as many as the program needs */
    bool has_capabilities;   /* else: those that the program uses */
    struct artifact_capability capability[PACK_CAPABILITIES_MAX];
    uint32_t capability_count;
    struct budget_row budget;
    uint32_t security_version, product, priority, restart, check_in_ms, trial_s, health_value;
    bool may_run_twice, debug;

    /* below: private; what the words point into */
    struct toml *document;
    char **paths;
    size_t path_count;
};

/* For source files without a skep.toml: name after the first, 64 KiB of stack, 64 KiB of heap, version 0.0.0. */
void settings_default(struct settings *settings, const struct command_words *sources);
/* Reads skep.toml. Paths in it count from the folder it lies in. Says what is wrong, with line and column, and returns
 * EXIT_SETTINGS or EXIT_NO_INPUT; then there is nothing to free. */
int settings_read(struct settings *settings, const char *path);
void settings_free(struct settings *settings);

#endif
