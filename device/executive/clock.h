/* clock: how the executive's time goes, who may have a turn in it, and steps by order of an operator. Time is the
 * board's, or is made by the words that run; turns are given as they come, so many words a second, or only when
 * somebody asks for one. Source: spec/executive.md section 11. */
#ifndef SKEP_DEVICE_EXECUTIVE_CLOCK_H
#define SKEP_DEVICE_EXECUTIVE_CLOCK_H

#include "device/executive/executive.h"

enum clock_mode {
    CLOCK_FREE,    /* the board's time, turns as they come */
    CLOCK_LIMITED, /* the board's time, and at most words_per_second */
    CLOCK_MANUAL,  /* time and turns only for steps */
    CLOCK_VIRTUAL, /* time moves by the words that run, and jumps when nobody wants a turn */
};

struct clock_setting {
    uint32_t mode;              /* enum clock_mode */
    uint32_t words_per_second;  /* LIMITED: the bound, not 0. MANUAL, VIRTUAL: so many make a second; 0: 10 million */
    uint32_t burst_words;       /* LIMITED: as many can be saved up; 0: a quantum */
    uint32_t turn_instructions; /* a turn is exactly so many; 0: a quantum of fuel */
};

/* What the hive does at present. */
enum clock_activity {
    ACTIVITY_IDLE,      /* there is no task */
    ACTIVITY_RUNNING,   /* a task wants its turn, and gets it */
    ACTIVITY_WAITING,   /* all tasks wait or are paused */
    ACTIVITY_THROTTLED, /* a task wants its turn, and there are no words for it yet */
    ACTIVITY_STANDING,  /* MANUAL, and no step is under way */
    ACTIVITY_STEPPING,
    ACTIVITY_STOPPED, /* executive_stop */
};

/* How a step ended. */
enum step_end {
    STEP_DONE,
    STEP_WAITS,     /* the task waits in a call; time has to move */
    STEP_THROTTLED, /* it has used its fuel for this period */
    STEP_ENDED,     /* the task has */
    STEP_PAUSED,    /* somebody paused it, or stopped the hive */
    STEP_IDLE,      /* of all: nobody wants a turn, and no time will change that */
    STEP_CANCELLED, /* the clock was set */
    STEP_GOES_ON,
};

struct clock_step {
    uint32_t pid;   /* 0: of all tasks */
    uint32_t count; /* instructions, or */
    bool turns;     /* turns */
};

struct clock {
    struct clock_setting setting;
    uint64_t board_us; /* the board's time, as it was last told */

    /* below: private to clock.c */
    uint64_t ahead_us;  /* the executive's time less the board's, modulo 2^64; FREE and LIMITED */
    uint64_t parts;     /* of a microsecond, in words * 10^6 / words_per_second; MANUAL and VIRTUAL */
    int64_t saved;      /* LIMITED: millionths of words that may run now */
    uint32_t turn_left; /* instructions of this turn */
    struct clock_step step;
    bool stepping, pauses; /* a step is under way; its task is paused when it is over */
    uint32_t left, done, last_pid;
    uint16_t ticket;
};

/* Both of these begin at the time of the last executive_time.
 * ST_INVALID: no such mode, or LIMITED to nothing. Ends a step that is under way. */
enum status clock_set(struct executive *executive, const struct clock_setting *setting);
enum clock_activity clock_activity(const struct executive *executive);

/* Begins a step, which EVENT_STEPPED ends. Of one task: in MANUAL, or when it is paused, as it is again then. Of all:
 * in MANUAL. ST_NOT_FOUND: no such task. ST_INVALID: the mode or the task's state is not for that, or the hive is
 * stopped. ST_BUSY: another step is under way. Precondition: count is 1 .. 2^31 - 1. */
enum status clock_step(struct executive *executive, const struct clock_step *step, uint16_t *ticket);

/* Whether a task that is ready gets a turn at present. */
bool clock_gives_turns(const struct executive *executive);
/* The board's time, as it was last told. */
uint64_t clock_board_us(const struct executive *executive);

/* ---- for the executive */

/* It is board_us on the board. */
void clock_tell(struct executive *executive, uint64_t board_us);
/* The task whose turn it is; NULL: nobody may have one now. */
struct task *clock_pick(struct executive *executive);
/* Fuel of a turn that begins now, for a task. */
uint32_t clock_begin_turn(struct executive *executive, const struct task *task);
/* Watchdogs and check-ins do not end anybody. */
bool clock_guards_stand(const struct executive *executive);
bool clock_turn_is_over(const struct executive *executive);
/* Runs the task, as far as its turn goes. */
enum vm_stop clock_run(struct executive *executive, struct task *task);
/* At the end of a step of the executive; `task` had a turn, or NULL. */
void clock_end_step(struct executive *executive, const struct task *task);
/* When the executive is to be called again, in the board's time; `due_us` in its own is when something is due, and
 * `at_once` if not only time makes it go on. In VIRTUAL, and for a step in MANUAL, time jumps there. */
uint64_t clock_deadline(struct executive *executive, uint64_t due_us, bool at_once);

#endif
