/* load_outcome: what a hive tells of one load: whether it became a task, and all that is against it. */
#ifndef SKEP_PROGRAMS_SKEP_LOAD_OUTCOME_H
#define SKEP_PROGRAMS_SKEP_LOAD_OUTCOME_H

#include "programs/skep/remote.h"

struct load_outcome {
    struct remote *remote;
    json_int_t load;
    json_int_t pid; /* 0: no task yet */
    bool known, refused;
};

/* Has events told from now on; before anything is sent, so that none of the load can be missed. */
int load_outcome_begin(struct remote *remote);
/* Waits for what comes of that load; prints refusals, and with --json every event of it. EXIT_DONE: *pid. */
int load_outcome_wait(struct remote *remote, json_int_t load, const char *path, json_int_t *pid);

#endif
