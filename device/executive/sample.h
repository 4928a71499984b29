/* sample: what tasks use: how deep their stacks have been, and on request where their words go: every so many words
 * the place is counted at which the program is. What is asked for depends on nothing but the words that run, so the
 * same run has the same profile. Source: spec/executive.md section 12. */
#ifndef SKEP_DEVICE_EXECUTIVE_SAMPLE_H
#define SKEP_DEVICE_EXECUTIVE_SAMPLE_H

#include "device/executive/executive.h"

struct sample_place {
    uint32_t pid, pc; /* pid 0: free */
    uint32_t samples;
};

struct sampling {
    bool on;
    uint32_t pid;          /* 0: of all tasks */
    uint32_t period_words; /* 0: there was no profile yet */
    uint64_t samples;      /* all that were taken */
    uint64_t lost;         /* of them, those whose place had no room */
    uint32_t places;       /* in use */

    /* below: private to sample.c */
    uint32_t room;
    int64_t left; /* words until the next sample */
    struct sample_place *place;
};

/* False: the arena is too small. */
bool sample_init(struct executive *executive, struct arena *arena);

/* Begins anew, for a task or, with pid 0, for all. ST_UNSUPPORTED: the configuration has no room for one. ST_NOT_FOUND:
 * no such task. ST_RANGE: a period of 0 words, or above 2^31 - 1. */
enum status sample_start(struct executive *executive, uint32_t pid, uint32_t period_words);
/* What was counted stays until the next start. */
void sample_stop(struct executive *executive);
/* The first place behind slot number `after`, from 1; 0: none. */
uint32_t sample_next(const struct sampling *sampling, uint32_t after, struct sample_place *place);

/* How deep the stacks of a task have been since its start: bytes of the stack that were ever written, up to the
 * deepest, and entries of its return stack. 0 when its memory is gone. */
uint32_t sample_stack_bytes(const struct task *task);
uint32_t sample_return_entries(const struct task *task);

/* ---- for the executive */

/* Before its first word runs: what is never written stays as it is left here. */
void sample_mark_stacks(struct task *task);
/* Runs the task as clock_run does, and stops on the way to count where it is. */
enum vm_stop sample_run(struct executive *executive, struct task *task);
/* The task has used so many words. */
void sample_spent(struct executive *executive, const struct task *task, uint32_t words);

#endif
