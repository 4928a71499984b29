/* worker: a thread that runs one job at a time, so that no task waits for a signature. What it is given it alone
 * touches until it gives it back. */
#ifndef SKEP_PROGRAMS_SKEPD_WORKER_H
#define SKEP_PROGRAMS_SKEPD_WORKER_H

#include <pthread.h>
#include <stdbool.h>

#include "device/executive/job.h"

struct worker {
    int done_fd; /* readable when a job has been done */

    /* below: private to worker.c */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct job *job; /* given, and not yet taken back */
    bool is_done, ended;
};

/* False: there is no thread to be had. */
bool worker_start(struct worker *worker);
/* Waits for the job under way. */
void worker_end(struct worker *worker);

bool worker_is_free(struct worker *worker);
/* Precondition: the worker is free. */
void worker_give(struct worker *worker, struct job *job);
/* The job that has been done, or NULL; then the worker is free. */
struct job *worker_take(struct worker *worker);

#endif
