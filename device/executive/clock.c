#include "device/executive/clock.h"

#include "core/vm/trace.h"

#include "device/executive/events.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/task.h"

enum { WORDS_PER_SECOND = 10000000, PARTS = 1000000 /* of a word or a second */ };
#define NO_BOUND UINT32_MAX /* steps have fewer */

uint64_t clock_board_us(const struct executive *executive) {
    return PROFILE_HAS_CLOCK ? executive->clock->board_us : executive->now_us;
}

bool clock_guards_stand(const struct executive *executive) {
    return PROFILE_HAS_CLOCK && executive->clock->setting.mode == CLOCK_MANUAL;
}

static bool time_is_words(const struct clock *clock) {
    return clock->setting.mode == CLOCK_MANUAL || clock->setting.mode == CLOCK_VIRTUAL;
}

/* ---- time */

void clock_tell(struct executive *executive, uint64_t board_us) {
    if (!PROFILE_HAS_CLOCK) {
        if (board_us > executive->now_us) executive->now_us = board_us;
        return;
    }
    struct clock *clock = executive->clock;
    if (board_us <= clock->board_us) return;
    uint64_t passed_us = board_us - clock->board_us;
    clock->board_us = board_us;
    if (time_is_words(clock)) return;
    executive->now_us = board_us + clock->ahead_us;
    if (clock->setting.mode != CLOCK_LIMITED) return;
    int64_t full = (int64_t)clock->setting.burst_words * PARTS, rate = clock->setting.words_per_second;
    uint64_t until_full_us = (uint64_t)((full - clock->saved) / rate) + 1;
    clock->saved = passed_us >= until_full_us ? full : clock->saved + (int64_t)passed_us * rate;
}

/* A guard stands still while its task waits to be stepped: it moves on with the time. */
static void move_time(struct executive *executive, uint64_t by_us) {
    executive->now_us += by_us;
    if (executive->clock->setting.mode != CLOCK_MANUAL) return;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) {
        struct task *task = &executive->task[i];
        if (task->state != TASK_PAUSED) task_shift_guards(task, by_us); /* resuming does the same */
    }
}

static void spend(struct executive *executive) {
    struct clock *clock = executive->clock;
    if (clock->setting.mode == CLOCK_LIMITED) clock->saved -= (int64_t)executive->step_words * PARTS;
    if (!time_is_words(clock) || executive->step_words == 0) return;
    clock->parts += (uint64_t)executive->step_words * PARTS;
    move_time(executive, clock->parts / clock->setting.words_per_second);
    clock->parts %= clock->setting.words_per_second;
}

/* ---- steps */

static bool is_stepped(const struct clock *clock, const struct task *task) {
    return clock->stepping && (clock->step.pid == 0 || clock->step.pid == task->pid);
}

static void end_step(struct executive *executive, enum step_end end) {
    struct clock *clock = executive->clock;
    struct task *task = task_find(executive, clock->last_pid);
    clock->stepping = false;
    if (clock->pauses && task && task_is_live(task) && task->state != TASK_PAUSED)
        task_pause(executive, task, REASON_STEP);
    struct executive_event event = {.kind = EVENT_STEPPED,
                                    .refusal = (uint8_t)end,
                                    .load = clock->ticket,
                                    .pid = clock->last_pid,
                                    .a = clock->done,
                                    .b = task ? task->vm.pc : 0};
    event_put(executive, event);
}

static enum step_end how_it_stands(struct executive *executive) {
    const struct clock *clock = executive->clock;
    const struct task *task = clock->step.pid != 0 ? task_find(executive, clock->step.pid) : NULL;
    if (clock->step.pid != 0 && (!task || !task_is_live(task) || task->state == TASK_RESTARTING)) return STEP_ENDED;
    if (executive->stopped || (task && task->state == TASK_PAUSED)) return STEP_PAUSED;
    if (task && task_waits(task)) {
        bool used_up = task->budget.period_words > 0 && task->period_words >= task->budget.period_words;
        return used_up && task->state == TASK_SLEEPING ? STEP_THROTTLED : STEP_WAITS;
    }
    return clock->left == 0 && !executive->turn_goes_on ? STEP_DONE : STEP_GOES_ON;
}

void clock_end_step(struct executive *executive, const struct task *task) {
    if (!PROFILE_HAS_CLOCK) return;
    struct clock *clock = executive->clock;
    spend(executive);
    if (!clock->stepping) return;
    if (task && is_stepped(clock, task)) {
        clock->last_pid = task->pid;
        if (clock->step.turns && !executive->turn_goes_on) {
            clock->left--;
            clock->done++;
        }
    }
    enum step_end end = how_it_stands(executive);
    if (end != STEP_GOES_ON) end_step(executive, end);
}

enum status clock_step(struct executive *executive, const struct clock_step *step, uint16_t *ticket) {
    struct clock *clock = executive->clock;
    bool manual = clock->setting.mode == CLOCK_MANUAL;
    struct task *task = step->pid != 0 ? task_find(executive, step->pid) : NULL;
    if (step->pid != 0 && (!task || task->state == TASK_FREE)) return ST_NOT_FOUND;
    if (clock->stepping) return ST_BUSY;
    if (executive->stopped) return ST_INVALID;
    bool paused = task && task->state == TASK_PAUSED;
    bool lives = !task || (task_is_live(task) && task->state != TASK_HELD);
    if (!paused && !(manual && lives)) return ST_INVALID;
    clock->step = *step;
    clock->stepping = true;
    clock->pauses = paused;
    clock->left = step->count;
    clock->done = 0;
    clock->last_pid = step->pid;
    *ticket = ++clock->ticket;
    if (paused) task_resume(executive, task, REASON_STEP);
    return ST_OK;
}

/* ---- turns */

struct task *clock_pick(struct executive *executive) {
    const struct clock *clock = executive->clock;
    if (executive->stopped) return NULL;
    if (!PROFILE_HAS_CLOCK) return schedule_pick(executive);
    if (clock->setting.mode == CLOCK_LIMITED && clock->saved < PARTS) return NULL;
    if (clock->setting.mode != CLOCK_MANUAL) return schedule_pick(executive);
    if (!clock->stepping || clock->left == 0) return NULL;
    if (clock->step.pid == 0) return schedule_pick(executive);
    struct task *task = task_find(executive, clock->step.pid);
    if (!task || task->state != TASK_READY) return NULL;
    executive->turn = (uint32_t)(task - executive->task);
    executive->turns++;
    return task;
}

uint32_t clock_begin_turn(struct executive *executive, const struct task *task) {
    if (!PROFILE_HAS_CLOCK) return executive->config->quantum_words;
    struct clock *clock = executive->clock;
    const struct clock_setting *setting = &clock->setting;
    clock->turn_left = setting->turn_instructions > 0 ? setting->turn_instructions : NO_BOUND;
    if (is_stepped(clock, task) && !clock->step.turns && clock->left < clock->turn_left) clock->turn_left = clock->left;
    uint32_t quantum = executive->config->quantum_words;
    if (setting->mode != CLOCK_LIMITED || clock->saved >= (int64_t)quantum * PARTS) return quantum;
    return (uint32_t)(clock->saved / PARTS);
}

bool clock_turn_is_over(const struct executive *executive) {
    return PROFILE_HAS_CLOCK && executive->clock->turn_left == 0;
}

enum vm_stop clock_run(struct executive *executive, struct task *task) {
    struct clock *clock = executive->clock;
    bool bounded = PROFILE_HAS_CLOCK && clock->turn_left != NO_BOUND;
    bool traced = PROFILE_HAS_BRANCHES && executive->traced_pid == task->pid;
    if (!bounded && !traced) return vm_run(&task->vm);
    uint32_t all = UINT32_MAX, *words = bounded ? &clock->turn_left : &all, before = *words;
    enum vm_stop stop = traced ? vm_run_traced(&task->vm, words, executive->trace) : vm_run_words(&task->vm, words);
    if (bounded && is_stepped(clock, task) && !clock->step.turns) {
        clock->left -= before - clock->turn_left;
        clock->done += before - clock->turn_left;
    }
    return stop;
}

/* ---- when to be called again */

static uint64_t earlier(uint64_t a, uint64_t b) { return a < b ? a : b; }

static uint64_t to_board(const struct executive *executive, uint64_t time_us) {
    const struct clock *clock = executive->clock;
    if (time_us == UINT64_MAX) return time_us;
    return time_us > executive->now_us ? time_us - clock->ahead_us : clock->board_us;
}

/* When there is a word again. */
static uint64_t word_us(const struct clock *clock) {
    if (clock->saved >= PARTS) return clock->board_us;
    return clock->board_us + (uint64_t)((PARTS - 1 - clock->saved) / clock->setting.words_per_second) + 1;
}

/* Nobody wants a turn, so time jumps to what is next. That is one of what a step counts, so that each step ends. */
static void jump(struct executive *executive, uint64_t due_us) {
    struct clock *clock = executive->clock;
    if (due_us > executive->now_us) move_time(executive, due_us - executive->now_us);
    if (clock->stepping && clock->step.pid == 0 && clock->left > 0) clock->left--;
}

static uint64_t manual_deadline(struct executive *executive, uint64_t due_us, bool ready) {
    struct clock *clock = executive->clock;
    if (!clock->stepping) return UINT64_MAX;
    if (!ready && clock->step.pid == 0) {
        if (due_us == UINT64_MAX)
            end_step(executive, STEP_IDLE);
        else
            jump(executive, due_us);
    }
    return clock->board_us;
}

uint64_t clock_deadline(struct executive *executive, uint64_t due_us, bool at_once) {
    bool ready = executive->bands != 0 && !executive->stopped;
    if (!PROFILE_HAS_CLOCK) return at_once || ready || due_us < executive->now_us ? executive->now_us : due_us;
    struct clock *clock = executive->clock;
    if (at_once) return clock->board_us;
    switch ((enum clock_mode)clock->setting.mode) {
    case CLOCK_FREE: return ready ? clock->board_us : to_board(executive, due_us);
    case CLOCK_LIMITED: return earlier(ready ? word_us(clock) : UINT64_MAX, to_board(executive, due_us));
    case CLOCK_MANUAL: return manual_deadline(executive, due_us, ready);
    case CLOCK_VIRTUAL:
        if (!ready && (due_us == UINT64_MAX || executive->stopped)) return UINT64_MAX;
        if (!ready) jump(executive, due_us);
        return clock->board_us;
    }
    return clock->board_us;
}

/* ---- for operators */

enum status clock_set(struct executive *executive, const struct clock_setting *setting) {
    struct clock *clock = executive->clock;
    bool limited = setting->mode == CLOCK_LIMITED;
    if (setting->mode > CLOCK_VIRTUAL || (limited && setting->words_per_second == 0)) return ST_INVALID;
    if (clock->stepping) end_step(executive, STEP_CANCELLED);
    bool were_words = time_is_words(clock);
    clock->setting = *setting;
    if (setting->words_per_second == 0) clock->setting.words_per_second = WORDS_PER_SECOND;
    if (setting->burst_words == 0) clock->setting.burst_words = executive->config->quantum_words;
    clock->parts = 0;
    clock->saved = 0;
    if (were_words && !time_is_words(clock)) clock->ahead_us = executive->now_us - clock->board_us;
    for (uint32_t i = 0; i < executive->config->tasks_max; i++) schedule_update(executive, &executive->task[i]);
    struct executive_event event = {.kind = EVENT_CLOCK, .a = setting->mode, .b = clock->setting.words_per_second};
    event_put(executive, event);
    return ST_OK;
}

bool clock_gives_turns(const struct executive *executive) {
    const struct clock *clock = executive->clock;
    if (executive->stopped) return false;
    if (!PROFILE_HAS_CLOCK || clock->setting.mode == CLOCK_FREE || clock->setting.mode == CLOCK_VIRTUAL) return true;
    return clock->setting.mode == CLOCK_LIMITED ? clock->saved >= PARTS : clock->stepping;
}

enum clock_activity clock_activity(const struct executive *executive) {
    const struct clock *clock = executive->clock;
    bool wanted = executive->bands != 0 || executive->turn_goes_on;
    if (executive->stopped) return ACTIVITY_STOPPED;
    if (clock->stepping) return ACTIVITY_STEPPING;
    if (executive->live == 0) return ACTIVITY_IDLE;
    if (clock->setting.mode == CLOCK_MANUAL) return ACTIVITY_STANDING;
    if (!wanted) return ACTIVITY_WAITING;
    return clock_gives_turns(executive) ? ACTIVITY_RUNNING : ACTIVITY_THROTTLED;
}
