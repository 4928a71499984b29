/* loading: the way from an artifact's bytes to a task: head, then, as a job, signature, hashes and verifier, then
 * admission. Decide, then commit: until the last reason to refuse is behind, nothing of the executive has
 * changed. */
#ifndef SKEP_DEVICE_EXECUTIVE_LOADING_H
#define SKEP_DEVICE_EXECUTIVE_LOADING_H

#include "core/vm/load.h"
#include "device/executive/executive.h"

struct loading {
    uint16_t number;  /* 0: free */
    uint16_t reasons; /* told so far */
    bool later, hold; /* it starts by itself, when that may be; when it is resumed */
    const struct executive_config *config;
    const uint8_t *bytes;
    size_t length;
    struct job job;

    /* what the job found */
    enum status status;
    uint32_t refusal; /* enum executive_refusal, unless status is ST_OK */
    struct artifact_fault fault;
    struct load load;
};

/* Makes tasks of the artifacts whose jobs are done, or tells why not. */
void loading_admit(struct executive *executive);
/* Whether artifacts are on their way. */
bool loading_is_busy(const struct executive *executive);
/* Whether there is something for loading_admit. */
bool loading_waits(const struct executive *executive);

#endif
