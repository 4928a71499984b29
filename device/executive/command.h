/* command: functions of tasks that others have run. A run is queued at the task, begins when its next turn does, and
 * sets aside what the task was at. Source: spec/command.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_COMMAND_H
#define SKEP_DEVICE_EXECUTIVE_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "core/wire/command_row.h"
#include "device/executive/executive.h"

struct command {
    const uint8_t *row; /* NULL: free */
    uint32_t owner;
    uint16_t id;
    bool declared;
};

enum run_state { RUN_FREE, RUN_QUEUED, RUN_GOING, RUN_DONE };

/* What a task was at when a command interrupted it. */
struct run_aside {
    struct vm_saved vm;
    uint32_t call, wait, wait_on, progress[5];
    bool call_begun;
    uint64_t call_until_us;
};

struct command_run {
    uint32_t state;  /* enum run_state */
    uint32_t ticket; /* not 0 */
    uint32_t caller; /* pid; 0: an operator, or a task that is gone */
    uint32_t owner;  /* pid of the task that runs it */
    uint32_t handle; /* of the caller's mailbox for the answer; waits: the caller is inside command.call */
    bool waits, from_operator;
    uint16_t id;
    uint32_t target; /* code address */
    uint32_t argument[COMMAND_ARGUMENTS_MAX];
    uint8_t argument_count, result_type;
    uint64_t deadline_us;
    enum status status; /* when it is done, as is result */
    uint32_t result;
    struct run_aside aside;
};

struct command *command_find(const struct executive *executive, uint32_t id);
struct command_row command_row_of(const struct command *command);
uint32_t command_room(const struct executive *executive);
/* Precondition: the row decodes, its id is free and there is room. */
void command_add(struct executive *executive, uint32_t pid, const uint8_t *row, bool declared);
/* A task has ended: its commands go, the runs that it was to make answer NOT_FOUND, and nobody waits for its own. */
void command_release(struct executive *executive, uint32_t pid, bool for_good);

/* Queues a run with `count` arguments. ST_INVALID: not the arguments of its row. ST_FULL, ST_QUOTA. */
struct command_request {
    uint32_t caller, handle;
    bool waits, from_operator;
    uint32_t argument[COMMAND_ARGUMENTS_MAX], count;
};
enum status command_queue(struct executive *executive, const struct command *command,
                          const struct command_request *request, uint32_t *ticket);
struct command_run *command_run_find(struct executive *executive, uint32_t ticket);

/* At the beginning of a task's turn: begins the run that waits longest, unless one is going on. */
void command_begin(struct executive *executive, struct task *task);
/* The handler has returned: gives the answer, and the task what it was at. False: no command was going on. */
bool command_end(struct executive *executive, struct task *task);
/* Ends the runs of a task whose time is over. */
void command_expire(struct executive *executive, struct task *task);

#endif
