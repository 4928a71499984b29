/* job: a computation longer than a quantum (a signature, the hashes of an artifact), so that no task waits for
 * it.
 *
 * The executive asks for it; whoever drives the executive runs it where it likes and reports the end. On a board
 * it runs in thread mode while the executive preempts it; in the simulator it runs at once and is reported
 * cost_us later. A job touches nothing but its context. */
#ifndef SKEP_DEVICE_EXECUTIVE_JOB_H
#define SKEP_DEVICE_EXECUTIVE_JOB_H

#include <stdint.h>

enum job_state { JOB_FREE, JOB_ASKED, JOB_RUNNING, JOB_DONE };

struct job {
    volatile uint32_t
        state; /* enum job_state; ASKED and FREE are set by the executive, RUNNING and DONE by who runs it */
    void (*run)(struct job *job);
    void *context;
    uint32_t cost_us; /* declared: how long it takes on the device that the configuration describes */
};

#endif
