/* run: what `skep run` was asked for. run.c reads the command line and makes artifacts of source files; a board's
 * file runs them. */
#ifndef SKEP_PROGRAMS_SKEP_RUN_H
#define SKEP_PROGRAMS_SKEP_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/wire/artifact.h"
#include "programs/skep/command.h"

enum { RUN_ARTIFACTS_MAX = 8, RUN_GRANTS_MAX = 256 };

/* A run on the simulated board. */
struct run_sim {
    const char *artifact[RUN_ARTIFACTS_MAX]; /* paths */
    const char *given[RUN_ARTIFACTS_MAX]; /* what the user called them: a source that was built has a path of its own */
    size_t artifact_count;
    const char *key, *flash; /* as for the emulated board; both NULL: signatures are not looked at */
    uint64_t fuel_words;     /* of each guest; 0: no limit */
    uint64_t timeout_ms;     /* on the board's clock; 0: none */
    uint64_t seed, restarts;
    bool real_time, timeline, display, profile;
    const char *script, *pins_csv; /* NULL: none */
    const char *blackbox;          /* file that the hive's blackbox lies in; NULL: none */
    const char *state;             /* file in which persistent values stay; NULL: they do not */
    const char *files;             /* folder of the guests' files; NULL: they have none */
    struct artifact_capability grant[RUN_GRANTS_MAX];
    uint32_t grant_count;
};

/* Returns what the command ends with: the guest's own status, or why it had to end. With several guests the first
 * that is not 0 counts. */
int run_sim(const struct run_sim *request);

/* What is granted: all that the board has, or no more than `grant` says; then less what `deny` says. Rows as in
 * skep.toml. Returns EXIT_DONE, or says which word is wrong. */
int run_policy(const struct command_words *grant, const struct command_words *deny, struct run_sim *request);

#endif
