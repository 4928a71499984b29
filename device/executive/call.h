/* call: answers one host call of a task: checks its arguments against the table, holds it against the task's rights,
 * charges it, runs the handler, copies what that gives. Handlers see checked values, and memory of the task that was
 * checked or the executive's own buffer, never a guest address. */
#ifndef SKEP_DEVICE_EXECUTIVE_CALL_H
#define SKEP_DEVICE_EXECUTIVE_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "device/executive/calls_table.h"
#include "device/executive/executive.h"

/* What a handler works with. */
struct call {
    struct executive *executive;
    struct task *task;
    const struct call_row *row;
    uint32_t value[CALL_REGISTERS]; /* checked; lengths are cut where the table says so */
    const uint8_t *in;              /* in the task's memory, as long as the arguments say */
    uint8_t *out; /* the executive's own; zeroed before, unless the call says how much of it is good */
    bool again;   /* this call was parked before */

    uint32_t result; /* for a1 */

    /* below: private to call.c */
    uint8_t *out_at; /* where `out` goes, and how much of it */
    uint32_t out_bytes;
};

enum call_outcome {
    CALL_RETURNED, /* the task goes on */
    CALL_PARKED,   /* the task waits: task->wait and wake_us say for what */
    CALL_LATER,    /* the call needs the time of now: make it at the start of the next step */
    CALL_ENDED,    /* the task has ended: task->end says how */
};

/* Answers the call that `task` stands in (task->call). `fresh`: executive->now_us is the time of now. */
enum call_outcome call_answer(struct executive *executive, struct task *task, bool fresh);

const struct call_row *call_find(uint32_t number);

/* Bit g: guests have calls of group g here. */
uint32_t call_groups(const struct executive_config *config);

/* ---- for handlers */

/* Parks the task until something comes for it, and at `at_us` in any case. */
enum status call_park(struct call *call, enum task_wait wait, uint64_t at_us);
/* The same for a call with a timeout: ST_TIMEOUT when it has run out. */
enum status call_wait(struct call *call, enum task_wait wait, uint32_t timeout_ms);
/* For what needs asking the device again: parks for a poll interval, within the timeout. */
enum status call_poll(struct call *call, uint32_t timeout_ms);
/* Parks until now + duration, once. */
enum status call_sleep(struct call *call, uint64_t duration_us);
/* Charges fuel for work that the table cannot know. False: the task's turn is used up. */
bool call_charge(struct call *call, uint32_t words);

#define CALL_FOREVER 0xffffffffu /* a timeout */

#endif
