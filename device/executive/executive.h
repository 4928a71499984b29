/* executive: the supervisor of one device: it loads artifacts, gives tasks their turns, answers host calls, and
 * ends what misbehaves. Owns no clock, no heap and no thread; it calls the port for devices, and nothing above
 * it.
 *
 * Shape: feed bytes in, step, drain bytes out; time is an argument.
 *
 *     for (;;) {
 *         executive_feed(executive, buffer, port_console_read(buffer, room));
 *         uint64_t deadline_us = executive_step(executive, port_now_us());
 *         while ((length = executive_drain(executive, &output, buffer, sizeof buffer)) > 0)
 *             port_console_write(buffer, length);
 *         if (deadline_us > port_now_us()) port_sleep_until_us(deadline_us);
 *     }
 *
 * and beside it the jobs (job.h): executive_job, job->run and executive_job_done may be called in thread mode, with
 * steps interrupting them. Everything else is called from one thread of execution. Source: spec/executive.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_EXECUTIVE_H
#define SKEP_DEVICE_EXECUTIVE_EXECUTIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/status.h"
#include "core/vm/vm.h"
#include "core/wire/artifact.h"
#include "device/executive/capability.h"
#include "device/executive/job.h"
#include "device/port/port.h"
#include "profile.h"

enum {
    EXECUTIVE_NAME_BYTES = ARTIFACT_NAME_BYTES,
    TASK_EDGES_MAX = PROFILE_EDGES_MAX,   /* edges kept for a task, the newest */
    TASK_TRACE_MAX = PROFILE_TRACE_MAX,   /* return-stack entries kept of a task that ended, the innermost */
    TASK_FRAMES_MAX = PROFILE_FRAMES_MAX, /* CAN frames kept for a task, the newest */
    TASK_FAILURES_MAX = PROFILE_FAILURES_MAX,
    EXECUTIVE_TASKS_MAX = 32,
    EXECUTIVE_BANDS = 8, /* of priorities: 0..31, 32..63 and so on */
};

/* What one task may use between its start and its end. 0: no limit. */
struct task_budget {
    uint64_t fuel_words;
    uint32_t period_ms, period_words; /* fuel in each period: who has used it waits for the next one */
    uint32_t calls, messages;         /* host calls; messages sent */
    uint32_t log_bytes;               /* written to the console */
    uint32_t ram_bytes;
    uint32_t live_ms;
};

/* Where persistent values are kept. load: ST_OK and *bits, or why there is none. save: whether it will last. */
struct executive_store {
    void *context;
    enum status (*load)(void *context, uint16_t id, uint32_t *bits);
    enum status (*save)(void *context, uint16_t id, uint32_t bits);
};

struct blackbox;
struct vm_trace;

/* Fixed facts; may lie in flash, and outlive the executive. */
struct executive_config {
    uint32_t product_id;
    uint32_t security_version; /* artifacts below it are refused */
    uint32_t groups;           /* bit g: the board has group g */
    bool allow_unsigned;
    const uint8_t
        *keys; /* key region, spec/keys.md; NULL: none is trusted; with allow_unsigned, signatures are not looked at */
    uint32_t keys_bytes;
    const struct artifact_capability *grants;
    uint32_t grant_count;
    const uint16_t
        *host_i2c; /* bus << 8 | address: devices of the host, which no guest reaches whatever it is granted */
    uint32_t host_i2c_count;

    uint32_t quantum_words;       /* a turn */
    uint16_t switches_max;        /* that schedule.trace can keep; 0: none */
    uint16_t samples_max;         /* places of a program that a profile can tell apart; 0: no profiles */
    struct task_budget budget;    /* of every task, until executive_budget gives it another */
    uint32_t poll_us;             /* how often a task that waits for a device without an interrupt is asked again */
    uint32_t restarts_max;        /* how often a task is restarted by its policy before it is given up */
    uint32_t restart_delay_us;    /* before the first restart; doubles up to 64 times that */
    uint32_t quarantine_failures; /* so many faults, at most TASK_FAILURES_MAX, within */
    uint32_t quarantine_ms;       /* this time keep a task from being restarted; 0: they do not */
    uint32_t moves_told;          /* bit: enum task_reason; moves of that reason are events */
    uint32_t signature_us;        /* declared cost of a signature check; and */
    uint32_t check_us_per_kib;    /* of hashing and verifying 1 KiB of artifact */
    bool keep_ended; /* an ended task's memory stays readable until executive_release; else it is wiped at once */

    uint16_t tasks_max, timers_max, loads_max, events_max;
    uint32_t console_in_bytes, console_out_bytes;
    uint32_t pool_bytes; /* all tasks' memory together: RAM, return stack, rights */
    uint8_t *pool;       /* where that is, 8-byte aligned; NULL: it is taken from the arena too */

    uint16_t mailboxes_max, mailbox_handles_max; /* at most 4096 */
    uint16_t mailbox_handles_of_task;
    uint32_t mailbox_bytes;         /* capacity of all mailboxes together */
    uint32_t mailbox_bytes_of_task; /* of those that one task bound */
    uint16_t values_max, subscriptions_max, subscriptions_of_task;
    const struct executive_store *store; /* NULL: nothing persists */
    uint32_t store_delay_ms;             /* a value is saved when it has not changed for so long */
    bool tell_values;                    /* each change is an event */
    bool tell_traffic;                   /* so are EVENT_SENT to EVENT_COMMAND_CALLED, in the full profile */
    struct blackbox *blackbox;           /* open; NULL: what ends tasks is not kept */
    uint32_t start_wait_ms;              /* before guests start by themselves, from the first step on */
    uint32_t settle_ms;                  /* a boot that lasts so long is no part of a loop of boots */
    uint32_t boots_max;                  /* so many boots in a row that did not make the hive safe; 0: none do */

    uint16_t commands_max, command_runs_max, command_runs_of_task; /* runs: queued or going on; of one caller */
    uint32_t command_timeout_ms;                                   /* of commands that name none; not 0 */
    uint32_t stdin_bytes;                                          /* of what is typed to one task and not yet read */
    uint32_t log_bytes, log_rate;                                  /* of the log; of one task in a second */
    uint32_t mailbox_tap_rate;                                     /* messages a second that a tap copies; 0: all */

    uint16_t file_handles_max, file_handles_of_task; /* at most 4096; 0: the board has no files */
    uint32_t files_of_task, file_bytes_of_task;      /* in its folder */
    uint32_t file_us;                                /* declared cost of a request */
};

/* The tables of a configuration, as large as the profile has them (spec/limits.json). */
#define EXECUTIVE_CONFIG_LIMITS                                                                                        \
    .tasks_max = PROFILE_TASKS_MAX, .timers_max = PROFILE_TIMERS_MAX, .loads_max = PROFILE_LOADS_MAX,                  \
    .events_max = PROFILE_EVENTS_MAX, .console_in_bytes = PROFILE_CONSOLE_IN_MAX,                                      \
    .console_out_bytes = PROFILE_CONSOLE_OUT_MAX, .mailboxes_max = PROFILE_MAILBOXES_MAX,                              \
    .mailbox_handles_max = PROFILE_HANDLES_MAX, .mailbox_handles_of_task = PROFILE_HANDLES_OF_TASK_MAX,                \
    .mailbox_bytes = PROFILE_MAIL_MAX, .mailbox_bytes_of_task = PROFILE_MAIL_OF_TASK_MAX,                              \
    .values_max = PROFILE_VALUES_MAX, .subscriptions_max = PROFILE_SUBSCRIPTIONS_MAX,                                  \
    .subscriptions_of_task = PROFILE_SUBSCRIPTIONS_OF_TASK_MAX, .commands_max = PROFILE_COMMANDS_MAX,                  \
    .command_runs_max = PROFILE_RUNS_MAX, .command_runs_of_task = PROFILE_RUNS_OF_TASK_MAX,                            \
    .command_timeout_ms = 1000, .file_handles_max = PROFILE_FILE_HANDLES_MAX,                                          \
    .file_handles_of_task = PROFILE_FILE_HANDLES_OF_TASK_MAX, .files_of_task = PROFILE_FILES_OF_TASK_MAX,              \
    .file_bytes_of_task = PROFILE_FILE_BYTES_OF_TASK_MAX, .switches_max = PROFILE_SWITCHES_MAX,                        \
    .samples_max = PROFILE_SAMPLES_MAX, .stdin_bytes = PROFILE_STDIN_MAX, .log_bytes = PROFILE_LOG_MAX,                \
    .log_rate = PROFILE_LOG_RATE_MAX

/* What a configuration begins with: the profile's tables and groups of calls, and usual times. Nothing is granted or
 * trusted, and the pool is empty. */
struct executive_config executive_config_of_profile(void);
/* Gives so many tasks, at most EXECUTIVE_TASKS_MAX, as large a share of each table as one task of the profile could
 * have for itself. */
void executive_config_scale(struct executive_config *config, uint16_t tasks);

enum task_state {
    TASK_FREE,
    TASK_READY,           /* wants its turn */
    TASK_RUNNING,         /* has it */
    TASK_WAITING,         /* inside a host call, until wake_us or until something comes for it */
    TASK_WAITING_MAILBOX, /* the same, for a mailbox */
    TASK_SLEEPING,        /* until wake_us */
    TASK_PAUSED,          /* by executive_pause */
    TASK_RESTARTING,      /* ended, and runs again at wake_us */
    TASK_RETURNED,        /* ended by itself; kept for executive_release, as are the next two */
    TASK_FAULTED,         /* was ended by what it did or did not do */
    TASK_KILLED,
    TASK_QUARANTINED, /* failed too often: starts again only by executive_resume */
    TASK_HELD,        /* starts by itself, but not yet: at wake_us, or by executive_start or executive_resume */
    TASK_STATES,
};

/* Why a task moved from one state to another. */
enum task_reason {
    REASON_LOADED,
    REASON_TURN,    /* it is its turn */
    REASON_QUANTUM, /* its turn is over */
    REASON_CALL,    /* a host call waits */
    REASON_MAILBOX,
    REASON_SLEEP,
    REASON_THROTTLED, /* it has used its fuel for this period */
    REASON_WOKEN,     /* what it waited for, or the time, has come */
    REASON_PAUSE,
    REASON_STOP, /* executive_stop */
    REASON_RESUME,
    REASON_END, /* task->end says which */
    REASON_BACK_OFF,
    REASON_RESTART,
    REASON_QUARANTINE, /* too many failures in the window */
    REASON_RELEASE,
    REASON_HOLD, /* it may not start by itself yet */
    REASON_STEP, /* it was paused, and is let go on for a step; or the step is over */
};

/* A task's streams, as file descriptors are numbered. */
enum task_stream { STREAM_IN, STREAM_OUT, STREAM_ERROR };
enum { STREAMS = 3, STREAMS_WRITTEN = 3 }; /* how many; bit s - 1: stream s, of those that it writes */
struct executive_output {
    uint32_t pid;
    uint8_t stream; /* STREAM_OUT or STREAM_ERROR */
};

enum task_end {
    TASK_END_NONE,
    TASK_END_EXIT,     /* detail: exit status */
    TASK_END_TRAP,     /* detail: enum vm_trap */
    TASK_END_FUEL,     /* used all that it was given */
    TASK_END_WATCHDOG, /* did not feed its watchdog */
    TASK_END_CHECK_IN, /* did not check in as often as its artifact promises */
    TASK_END_BREAK,    /* met a break without a debugger; detail: its code */
    TASK_END_KILLED,   /* by executive_kill */
    TASK_END_CALLS,    /* made all host calls of its budget, and one more; the next three the same */
    TASK_END_MESSAGES,
    TASK_END_LOG,
    TASK_END_TIME, /* lived as long as it may */
};

/* How its turns went since it was loaded. */
struct task_turns {
    uint32_t turns, switches; /* given to it; those before which another task had the turn */
    uint32_t preemptions, waits,
        throttles;            /* turns that ended by the quantum; in a call; without fuel for its period */
    uint32_t longest_wait_us; /* for a turn, while it was ready */
};

struct task_edge {
    uint32_t pin, level;
    uint64_t time_us;
};

/* One task. Readable by all, written by the executive alone. After its end everything but its memory stays until
 * the slot is needed again: vm's registers, pc and trap, and the innermost return addresses in trace. */
struct task {
    uint32_t pid;   /* never 0, never used twice */
    uint32_t state; /* enum task_state */
    uint32_t end;   /* enum task_end */
    int32_t end_detail;
    char name[EXECUTIVE_NAME_BYTES]; /* the artifact's, with _#1, _#2 behind it if that is taken */
    char program_name[EXECUTIVE_NAME_BYTES];
    uint32_t version; /* the artifact's: major << 24 | minor << 16 | patch; and its build id */
    uint8_t build_id[ARTIFACT_BUILD_ID_BYTES];
    uint32_t instance; /* 0, 1, 2 */
    uint64_t started_us;
    struct task_budget budget;
    uint64_t words; /* fuel used since the start; and other things of which it has a budget */
    uint32_t calls, messages, log_bytes;
    uint32_t restarts;
    uint32_t calls_refused; /* for want of a right or for going over its rate */
    struct task_turns turns;
    struct vm vm;
    struct vm_program program;
    uint32_t stack_bytes, ram_bytes, return_entries;
    uint32_t trace[TASK_TRACE_MAX], trace_count; /* innermost first, word indices with marks */

    /* below: private to the executive */
    const uint8_t *data;
    uint32_t data_bytes, data_address;
    uint8_t flags, restart, priority;
    uint32_t check_in_ms;
    uint64_t command_due_us; /* when the first of the commands that it is to run is over */
    uint64_t check_in_due_us, watchdog_due_us, expires_us; /* UINT64_MAX: none */
    uint64_t due_us;                                       /* the earliest of its times */
    uint8_t due_at;                                        /* its place in the heap of times */
    uint8_t failure_count;
    uint64_t failed_us[TASK_FAILURES_MAX]; /* the newest last */
    uint64_t period_start_us;
    uint32_t period_words;
    uint64_t ready_us; /* since when it is ready */
    uint64_t paused_us;
    bool paused_restart; /* it was paused while it waited to be restarted */
    bool hold;           /* it waits for executive_resume alone */
    uint32_t watchdog_ms;
    uint32_t block, block_bytes; /* in the pool: rights, return stack, RAM */
    struct capability *rights;
    uint32_t right_count;

    uint32_t denied_told, quota_told; /* bit g: EVENT_DENIED was told of a call of group g */
    uint32_t call;                    /* number of the call it is in; 0: none */
    bool call_begun;                  /* the handler has seen it: rights and costs are settled */
    uint64_t call_until_us;           /* the call's own deadline */
    uint64_t wake_us;                 /* when to make the call again */
    uint32_t call_progress[5];
    uint32_t wait;         /* enum task_wait */
    uint32_t wait_on;      /* with WAIT_MAILBOX: which, or MAILBOX_ANY; WAIT_COMMAND: the ticket */
    uint32_t edge_pins[2]; /* bit p: watches pin p for an edge to level 0, 1 */
    struct task_edge edge[TASK_EDGES_MAX];
    uint32_t edge_head, edge_count;
    struct port_can_frame frame[TASK_FRAMES_MAX];
    uint32_t frame_head, frame_count;
};

enum task_wait {
    WAIT_TIME,
    WAIT_CONSOLE_IN,
    WAIT_CONSOLE_OUT,
    WAIT_EDGE,
    WAIT_POLL,
    WAIT_MAILBOX,
    WAIT_COMMAND,
    WAIT_FILE
};

/* Why an artifact was refused. Every reason that can be found is told, each as an event. */
enum executive_refusal {
    REFUSED_ARTIFACT,         /* a: status, b: offset in the file, and text: what is wrong there */
    REFUSED_SIGNATURE,        /* the same */
    REFUSED_PROGRAM,          /* a: enum vm_refusal, b: word */
    REFUSED_HOST,             /* as ARTIFACT: made for another product or ABI */
    REFUSED_SECURITY_VERSION, /* a: its security version, b: the lowest accepted */
    REFUSED_CALL_UNKNOWN,     /* a: call number */
    REFUSED_CALL_UNCOVERED,   /* a: call number, which no capability of the artifact covers */
    REFUSED_CAPABILITY,       /* a: index of the row that no grant covers, b: its group and mode: group << 8 | mode */
    REFUSED_MEMORY,           /* a: bytes needed, b: bytes free */
    REFUSED_TASKS,            /* a: tasks there may be */
    REFUSED_TWICE,            /* a: pid of the task that has its name */
    REFUSED_BUDGET,           /* a: bytes of RAM that it asks for, b: that a task may have */
    REFUSED_VALUE_TAKEN,      /* a: object id, which b has: a task's pid, or 0: the artifact itself, twice */
    REFUSED_VALUE_UNCOVERED,  /* a: object id that no capability of the artifact lets it own */
    REFUSED_VALUES,           /* a: values that it has, b: that there is room for */
    REFUSED_COMMAND_TAKEN,    /* the same three of commands */
    REFUSED_COMMAND_UNCOVERED,
    REFUSED_COMMANDS,
    REFUSED_CALL_LEFT_OUT, /* a: call number, of a call that the profile of this image leaves out */
    REFUSED_MAILBOX_TAKEN, /* a: row of the mailbox, whose name b has: a task's pid, or 0: the artifact itself, twice */
    REFUSED_MAILBOX_UNCOVERED, /* a: row of a mailbox that no capability of the artifact lets it have */
    REFUSED_MAILBOXES,         /* a: mailboxes that it has, b: that there is room for */
    REFUSED_MAILBOX_BYTES,     /* a: bytes of them together, b: that there is room for */
    REFUSED_BUDGET_ITEM,       /* a: enum budget_item of which it asks for too much, b: what a task may have */
    REFUSED_COMMAND_STACK, /* a: bytes of stack that its deepest handler needs on top of its program, b: that it has */
};
enum executive_event_kind {
    EVENT_LOADED,  /* load: accepted, has pid */
    EVENT_REFUSED, /* load: a reason, refusal with a and b; EVENT_LOAD_FAILED comes after the last */
    EVENT_LOAD_FAILED,
    EVENT_STARTED,     /* pid runs for the first time or again; a: restarts so far */
    EVENT_ENDED,       /* pid; a: enum task_end, b: detail. After a trap, task->vm tells the rest */
    EVENT_LOST,        /* a: so many older events were overwritten */
    EVENT_PRESSURE,    /* a: enum executive_table, b: percent of it in use, 80 or above */
    EVENT_RELIEVED,    /* the same, 70 or below */
    EVENT_EXHAUSTED,   /* a: enum executive_table, which had no room for what pid asked */
    EVENT_MOVED,       /* pid; a: enum task_state before << 8 | after, b: enum task_reason */
    EVENT_QUARANTINED, /* pid; a: failures in the window */
    EVENT_STOPPED,     /* executive_stop; a: tasks that it stopped */
    EVENT_OVERRUN,     /* pid: a mailbox dropped messages that it had not read; a: slot of its handle, b: lost so far */
    EVENT_VALUE,       /* a value of pid's changed; a: object id, b: its bits */
    EVENT_COMMAND,     /* executive_command: pid has run it; load: low half of the ticket, a: status, b: result */
    EVENT_DENIED, /* a call of pid's was refused, for the first time in its group; a: its number, b: DENIED or QUOTA */
    EVENT_CONDITION,  /* a: enum hive_condition, b: bits of enum hive_cause */
    EVENT_START,      /* whether guests may start by themselves; a: enum start_phase, b: tasks that are held */
    EVENT_HELD,       /* pid is to start by itself, and waits for that */
    EVENT_CLOCK,      /* the clock was set; a: enum clock_mode, b: words a second */
    EVENT_STEPPED,    /* a step is over; load: its ticket, refusal: enum step_end, pid: the task that was stepped or, of
                         all, the last one that had a turn, a: instructions or turns done, b: that task's pc */
    EVENT_UNSAVED,    /* a persistent value of pid's is not kept; a: object id, b: status */
    EVENT_UNWELL,     /* the hive does not do its work: its watchdog is not fed; a: bits of enum vigil_fault */
    EVENT_LOG_LOST,   /* pid wrote more than the log takes of one task; a: bytes that it left out */
    EVENT_SENT,       /* a message of pid's, 0: a device's, went into mailbox a; b: length, flags << 8, channel << 16 */
    EVENT_RECEIVED,   /* pid took a message from mailbox a; b: the same */
    EVENT_NO_ROOM,    /* there was none in mailbox a for what pid sent; b: length */
    EVENT_VALUE_MADE, /* pid offers value a */
    EVENT_COMMAND_MADE,   /* pid offers command a */
    EVENT_COMMAND_CALLED, /* pid is to run command a; b: the task that called it, 0: an operator */
};
/* How the hive is: as bad as the worst of its causes. Source: spec/executive.md section 9. */
enum hive_condition { HIVE_NORMAL, HIVE_DEGRADED, HIVE_SAFE };
enum hive_cause {
    CAUSE_QUARANTINE, /* a task is in quarantine */
    CAUSE_TABLE,      /* a table had no room for what was asked, and has none yet */
    CAUSE_LINK,       /* an operator fell silent, and none has come since */
    CAUSE_WATCHDOG,   /* the board's watchdog ended the last boot; this and the next four until executive_normal */
    CAUSE_FAILURE,    /* a failure of the hive itself did */
    CAUSE_BLACKBOX,   /* something in the blackbox was damaged */
    CAUSE_BOOT_LOOP,  /* too many boots in a row did not last: safe */
    CAUSE_ORDER,      /* by order: safe */
    HIVE_CAUSES,
};
/* Whether guests start by themselves. */
enum start_phase {
    START_OPEN,
    START_WAITS, /* the wait after a start is not over */
    START_HELD,  /* not before an order: executive_hold, or the hive is safe */
};
enum executive_table {
    PRESSURE_MAILBOXES,
    PRESSURE_HANDLES,
    PRESSURE_MAILBOX_BYTES,
    PRESSURE_VALUES,
    PRESSURE_COMMANDS,
    PRESSURE_COMMAND_RUNS
};
struct executive_event {
    uint64_t time_us;
    uint8_t kind;    /* enum executive_event_kind */
    uint8_t refusal; /* enum executive_refusal */
    uint16_t load;
    uint32_t pid, a, b;
    const char *text; /* constant, or NULL */
};
/* One line for people, NUL-terminated: "load 1: refused: it calls 257, which none of its capabilities covers".
 * Gives its length. */
size_t executive_event_text(const struct executive_event *event, char *to, size_t capacity);

struct loading; /* an artifact on its way to be a task */
struct timer;
struct console;
struct mailbox;
struct mailbox_handle;
struct value;
struct value_subscription;
struct command;
struct command_run;
struct file_handle;
struct log;
struct file_request;
struct clock;
struct sampling;
struct switches;

struct executive {
    const struct executive_config *config;
    uint64_t now_us;         /* time of the present step, as the clock's mode has it (clock.h) */
    uint32_t step_words;     /* fuel used in the last step: what a simulated clock advances by */
    uint64_t words;          /* fuel used by all tasks so far */
    uint32_t live;           /* tasks that are not free and not ended */
    struct task *task;       /* config->tasks_max */
    bool stopped;            /* by executive_stop: nobody gets a turn */
    uint32_t tables_pressed; /* bit: enum executive_table, 80 % full and not yet back at 70 % */
    uint64_t start_us;       /* when guests may start by themselves, unless the hive is safe; UINT64_MAX: by order */
    uint32_t steps;          /* made so far */

    /* below: private to the executive */
    struct timer *timer;
    struct loading *loading;
    struct job *other_job;
    struct executive_event *event;
    struct console *console;
    uint8_t *pool;
    uint32_t event_head, event_count, events_lost;
    uint32_t next_pid, next_load, next_slot;
    uint32_t turn;                   /* slot whose turn it is */
    bool turn_goes_on;               /* in the next step too */
    uint32_t turns;                  /* given so far */
    uint32_t bands;                  /* bit: the band has a ready task */
    uint32_t ready[EXECUTIVE_BANDS]; /* bit: the task in that slot is ready */
    uint8_t band_turn[EXECUTIVE_BANDS];
    uint32_t low_band;
    uint8_t due[EXECUTIVE_TASKS_MAX]; /* slots as a heap, the earliest first */
    uint8_t copy_out[CALL_COPY_BYTES_MAX];
    struct mailbox *mailbox;
    struct mailbox_handle *handle;
    uint8_t *mail; /* the mailboxes' rings, one behind the other */
    uint32_t mail_used, mailboxes_used, handles_used;
    uint32_t devices_used; /* mailboxes that are filled by devices */
    struct value *value;
    struct value_subscription *subscription;
    uint32_t values_used, values_unsaved;
    struct command *command;
    struct command_run *run;
    uint32_t commands_used, next_run;
    struct log *log; /* NULL: there is none */
    struct file_handle *file;
    struct file_request *file_request; /* one for each task */
    uint32_t files_asked;              /* bit: the request of the task in that slot is under way, or was */
    uint32_t next_file;                /* slot of the task whose request is looked at first */
    uint32_t next_ticket;              /* of a task that waits to send */
    uint32_t at_mailbox;               /* bit: the task in that slot waits for a mailbox */
    uint32_t senders;                  /* bit: the task in that slot waits to send, or did when it was ended */
    uint32_t tables_full;              /* bit: enum executive_table */
    uint32_t quarantined;              /* tasks */
    struct vm_trace *trace;            /* of the task that is traced */
    uint32_t traced_pid;
    uint32_t causes, causes_told;
    uint8_t phase;      /* enum start_phase */
    uint64_t settle_us; /* 0: no step was made */
    struct clock *clock;
    struct sampling *sampling;
    struct switches *switches;
};

/* Carves the executive and all its tables from the arena; NULL when it is too small. */
struct executive *executive_init(struct arena *arena, const struct executive_config *config);

/* Console input for the task that reads it; gives how many bytes were taken. */
size_t executive_feed(struct executive *executive, const void *bytes, size_t length);
/* There will be no more input: readers get 0 bytes. */
void executive_feed_end(struct executive *executive);
/* Whether a task waits for console input. */
bool executive_wants_input(const struct executive *executive);

/* Lets time be now_us, wakes who is due and gives one task a turn. Returns when to be called again: now_us if a
 * task wants its turn or there is output to drain, UINT64_MAX if only something from outside can change anything.
 * now_us never goes back. */
uint64_t executive_step(struct executive *executive, uint64_t now_us);

/* Console output: bytes of one task's stream at a time, in order; *output says whose. 0: nothing there. */
size_t executive_drain(struct executive *executive, struct executive_output *output, void *to, size_t capacity);

/* Types to one task, whether it reads already or not; `ends`: and then its input has ended. *taken is how many bytes
 * had room; the end is told only if all had. ST_NOT_FOUND: no such task, or it may not read. ST_QUOTA, ST_FULL: it has
 * no room for a mailbox. */
enum status executive_type(struct executive *executive, uint32_t pid, const void *bytes, size_t length, bool ends,
                           size_t *taken);

/* Starts to load an artifact of `length` bytes, no more and no less. They stay where they are, 8-byte aligned and
 * unchanged, as long as the task lives. *load is the load's number in events. What comes of it is told by events:
 * LOADED and STARTED, or REFUSED (one or more) and LOAD_FAILED. ST_BUSY: as many loads as there may be are under
 * way. ST_INVALID: not aligned. */
enum status executive_load(struct executive *executive, const void *bytes, size_t length, uint16_t *load);
/* The same for a guest that starts by itself, not by order: it is held while the hive waits, is held or is safe; or
 * until executive_resume. */
enum status executive_load_later(struct executive *executive, const void *bytes, size_t length, uint16_t *load);
enum status executive_load_held(struct executive *executive, const void *bytes, size_t length, uint16_t *load);

/* Makes tasks of the artifacts whose checks have ended, or refuses them. Steps do it too; this does it without
 * giving anybody a turn. */
void executive_admit(struct executive *executive);

/* A job that wants to be run, or NULL: call job->run(job), and when it has ended executive_job_done. */
struct job *executive_job(struct executive *executive);
/* Another job to be run beside the executive's own, by the same; one at a time, until it is JOB_DONE. */
void executive_ask(struct executive *executive, struct job *job);
/* Whether one waits for that: who drives the executive leaves it the time. */
bool executive_job_waits(const struct executive *executive);
void executive_job_done(struct executive *executive, struct job *job);

/* The oldest event that was not taken; false: none. */
bool executive_event_take(struct executive *executive, struct executive_event *event);

/* The task, alive or ended and its slot not used again; NULL otherwise. */
const struct task *executive_task(const struct executive *executive, uint32_t pid);
/* The return stack of a task: oldest first. NULL when its memory is gone (then task->trace has the innermost). */
const uint32_t *executive_return_stack(const struct task *task);
/* A paused task stands still, watchdog and all, until it is resumed; a quarantined or held one is started by resume.
 * ST_INVALID: it is in no state for that. */
enum status executive_pause(struct executive *executive, uint32_t pid);
enum status executive_resume(struct executive *executive, uint32_t pid, uint64_t now_us);
/* Emergency: pauses every task, at once if it is between its turns, else at the end of this one, and gives nobody a
 * turn before executive_go. Tasks stay paused then until they are resumed, and nothing starts by itself before
 * executive_start. */
void executive_stop(struct executive *executive);
void executive_go(struct executive *executive);
/* What starts by itself does not before executive_start, which also ends the wait after a start. ST_INVALID: the hive
 * is safe; executive_normal first. */
void executive_hold(struct executive *executive);
enum status executive_start(struct executive *executive);
enum start_phase executive_start_phase(const struct executive *executive);
/* How the hive is, and the bits of its causes. */
enum hive_condition executive_condition(const struct executive *executive);
uint32_t executive_causes(const struct executive *executive);
/* Causes that the executive cannot see of itself come or go. CAUSE_ORDER makes the hive safe. */
void executive_cause(struct executive *executive, uint32_t causes, bool present);
/* Ends the causes that last until somebody has seen them; what was held by them starts. */
void executive_normal(struct executive *executive);
/* In a word or two: "boot loop". */
const char *executive_cause_text(enum hive_cause cause);
/* Another budget, from now on: what was used counts. */
enum status executive_budget(struct executive *executive, uint32_t pid, const struct task_budget *budget);
/* From now on runs this task, and no other, word by word, and keeps the branches that it takes; pid 0: none. A fault of
 * it comes into the blackbox with the last of them. ST_NOT_FOUND; ST_UNSUPPORTED: this profile traces none. */
enum status executive_trace(struct executive *executive, uint32_t pid);
/* Whether it has ended and will not run again by itself. */
bool task_has_ended(const struct task *task);
/* Ends a task, or lets go of an ended one; its memory is wiped. ST_NOT_FOUND: no such task. */
enum status executive_kill(struct executive *executive, uint32_t pid);
enum status executive_release(struct executive *executive, uint32_t pid);

/* Lets time be now_us without giving anybody a turn: before what an operator asks for between two steps. */
void executive_time(struct executive *executive, uint64_t now_us);

/* A value by its object id, for an operator of that level (enum value_level). ST_NOT_FOUND; ST_DENIED: the level is too
 * low, the PIN is not its, or it is read-only; ST_INVALID, ST_BUSY: spec/value.md section 3. */
enum status executive_value_get(const struct executive *executive, uint32_t id, uint32_t level, uint32_t *bits);
enum status executive_value_set(struct executive *executive, uint32_t id, uint32_t level, uint32_t pin, uint32_t bits);
/* The value as a binary16, whatever its type; VALUE_NO_COMPACT: there is no such value. */
#define VALUE_NO_COMPACT 0xffffffffu
uint32_t executive_value_compact(const struct executive *executive, uint32_t id);

/* Has a command run, for an operator of that level; EVENT_COMMAND tells the answer. Refusals as for values; ST_FULL,
 * ST_INVALID: not its arguments. */
enum status executive_command(struct executive *executive, uint32_t id, uint32_t level, uint32_t pin,
                              const uint32_t *arguments, uint32_t count, uint32_t *ticket);

/* Bytes that executive_init takes from an arena for this configuration, at most. */
size_t executive_bytes(const struct executive_config *config);

#endif
