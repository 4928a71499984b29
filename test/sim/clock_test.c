/* The clock's modes, steps by order, single-instruction turns; and that they go with pauses, stops, budgets and guards.
 */
#include <stdlib.h>

#include "core/base/require.h"
#include "device/executive/clock.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

static const char busy[] = "more: j more";
static const char counts[] = "li a0, 0; more: addi a0, a0, 1; j more";
static const char sleeps[] = "li a0, 10; hcall $task.sleep_ms; hcall $time.micros; mov a0, a1; ret";

static enum status set_clock(struct rig *rig, struct clock_setting setting) {
    executive_time(rig->executive, rig->sim.now_us);
    return clock_set(rig->executive, &setting);
}

static struct rig *begin(uint32_t mode, uint32_t words_per_second) {
    struct rig *rig = rig_new();
    rig_start(rig);
    require(set_clock(rig, (struct clock_setting){.mode = mode, .words_per_second = words_per_second}) == ST_OK);
    return rig;
}

static const struct task *task_of(const struct rig *rig, uint32_t pid) { return executive_task(rig->executive, pid); }

static uint32_t add_text(struct rig *rig, const char *text) {
    struct rig_guest guest = {.text = text};
    return rig_add(rig, &guest);
}

static enum status step(struct rig *rig, uint32_t pid, uint32_t count, bool turns) {
    struct clock_step what = {.pid = pid, .count = count, .turns = turns};
    uint16_t ticket;
    executive_time(rig->executive, rig->sim.now_us);
    return clock_step(rig->executive, &what, &ticket);
}

/* How the last step ended, and what it did. */
static const struct executive_event *stepped(struct rig *rig) {
    rig_run(rig, rig->sim.now_us + 100000);
    return rig_event(rig, EVENT_STEPPED, rig_event_count(rig, EVENT_STEPPED) - 1);
}

#define CHECK_STEPPED(rig, want_end, want_done)                                                                        \
    do {                                                                                                               \
        const struct executive_event *event = stepped(rig);                                                            \
        CHECK(event != NULL);                                                                                          \
        CHECK_EQ(want_end, event->refusal);                                                                            \
        CHECK_EQ(want_done, event->a);                                                                                 \
    } while (0)

/* ---- manual ---- */

static void nobody_runs_and_no_time_passes_until_a_step(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 0);
    uint32_t pid = add_text(rig, busy), other = add_text(rig, sleeps);
    rig_run(rig, 1000000);
    CHECK_EQ(0, (int64_t)rig->executive->words);
    CHECK_EQ(0, (int64_t)rig->executive->now_us);
    CHECK_EQ(TASK_READY, task_of(rig, pid)->state);
    CHECK_EQ(TASK_READY, task_of(rig, other)->state);
    CHECK_EQ(ACTIVITY_STANDING, clock_activity(rig->executive));
}

static void a_step_is_as_many_instructions_as_were_asked_for(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 0);
    uint32_t pid = add_text(rig, counts), other = add_text(rig, counts);
    for (uint32_t n = 1; n < 40; n++) { /* entry, li, then two words for each number */
        CHECK_EQ(ST_OK, step(rig, pid, 1, false));
        CHECK_STEPPED(rig, STEP_DONE, 1);
        CHECK_EQ(n < 3 ? 0 : (n - 1) / 2, task_of(rig, pid)->vm.reg[10]);
    }
    CHECK_EQ(ST_OK, step(rig, pid, 4000, false));
    CHECK_STEPPED(rig, STEP_DONE, 4000);
    CHECK_EQ((4039 - 1) / 2, task_of(rig, pid)->vm.reg[10]);
    CHECK_EQ(task_of(rig, pid)->vm.pc, rig_event(rig, EVENT_STEPPED, 39)->b);
    CHECK_EQ(0, (int64_t)task_of(rig, other)->words);
}

static void steps_of_all_go_round_and_count_together(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 0);
    uint32_t pid[3];
    for (int i = 0; i < 3; i++) pid[i] = add_text(rig, counts);
    CHECK_EQ(ST_OK, step(rig, 0, 6, true));
    CHECK_STEPPED(rig, STEP_DONE, 6);
    for (int i = 0; i < 3; i++) CHECK_EQ(2, task_of(rig, pid[i])->turns.turns);
    CHECK_EQ(pid[0], rig_event(rig, EVENT_STEPPED, 0)->pid);
    CHECK_EQ(ST_OK, step(rig, 0, 12345, false));
    CHECK_STEPPED(rig, STEP_DONE, 12345);
}

static void a_step_that_parks_says_so_and_only_steps_of_all_move_time_on(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 0);
    uint32_t pid = add_text(rig, sleeps);
    CHECK_EQ(ST_OK, step(rig, pid, 100, false));
    CHECK_STEPPED(rig, STEP_WAITS, 3);
    CHECK_EQ(TASK_SLEEPING, task_of(rig, pid)->state);
    CHECK_EQ(ST_OK, step(rig, pid, 100, false));
    CHECK_STEPPED(rig, STEP_WAITS, 0);
    CHECK(rig->executive->now_us < 1000);
    CHECK_EQ(ST_OK, step(rig, 0, 1, true)); /* time */
    CHECK_STEPPED(rig, STEP_DONE, 0);
    CHECK(rig->executive->now_us >= 10000 && rig->executive->now_us < 11000);
    CHECK_EQ(ST_OK, step(rig, pid, 100, false));
    CHECK_STEPPED(rig, STEP_ENDED, 4); /* with the word that a return from the program leads to */
    CHECK_EQ(TASK_END_EXIT, task_of(rig, pid)->end);
    CHECK(task_of(rig, pid)->end_detail >= 10000 && task_of(rig, pid)->end_detail < 11000);
}

static void a_step_of_all_ends_when_nobody_can_go_on(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 0);
    add_text(rig, "li a0, 0; ret");
    CHECK_EQ(ST_OK, step(rig, 0, INT32_MAX, false));
    CHECK_STEPPED(rig, STEP_IDLE, 4);
}

static void a_guard_stands_still_while_its_task_is_not_stepped(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 100000);
    uint32_t guarded = add_text(rig, "li a0, 20; hcall $watchdog.start; more: j more"), other = add_text(rig, busy);
    CHECK_EQ(ST_OK, step(rig, guarded, 4, false));
    CHECK_STEPPED(rig, STEP_DONE, 4);
    CHECK_EQ(ST_OK, step(rig, other, 10000, false)); /* a tenth of a second */
    CHECK_STEPPED(rig, STEP_DONE, 10000);
    CHECK(rig->executive->now_us >= 50000);
    CHECK(task_is_live(task_of(rig, guarded)));
    struct clock_setting board = {.mode = CLOCK_FREE};
    CHECK_EQ(ST_OK, set_clock(rig, board));
    uint64_t now_us = rig->sim.now_us;
    rig_run(rig, now_us + 15000);
    CHECK(task_is_live(task_of(rig, guarded)));
    rig_run(rig, now_us + 25000);
    CHECK_EQ(TASK_END_WATCHDOG, task_of(rig, guarded)->end);
}

static void a_step_ends_at_a_pause_a_stop_a_kill_and_another_mode(void) {
    struct rig *rig = begin(CLOCK_MANUAL, 0);
    uint32_t pid = add_text(rig, busy);
    for (int how = 0; how < 4; how++) {
        static const enum step_end ends[] = {STEP_PAUSED, STEP_PAUSED, STEP_CANCELLED, STEP_ENDED};
        struct clock_setting manual = {.mode = CLOCK_MANUAL};
        CHECK_EQ(ST_OK, step(rig, pid, INT32_MAX, false));
        CHECK_EQ(ST_BUSY, step(rig, pid, 1, false));
        executive_step(rig->executive, rig->sim.now_us);
        if (how == 0) CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
        if (how == 1) executive_stop(rig->executive);
        if (how == 2) CHECK_EQ(ST_OK, set_clock(rig, manual));
        if (how == 3) CHECK_EQ(ST_OK, executive_kill(rig->executive, pid));
        uint64_t words = rig->executive->words;
        CHECK_STEPPED(rig, ends[how], 1000); /* a turn */
        CHECK_EQ((int64_t)words, (int64_t)rig->executive->words);
        if (how == 1) CHECK_EQ(ST_INVALID, step(rig, pid, 1, false));
        executive_go(rig->executive);
        if (how < 2) CHECK_EQ(ST_OK, executive_resume(rig->executive, pid, rig->sim.now_us));
    }
    CHECK_EQ(ST_NOT_FOUND, step(rig, pid, 1, false));
    CHECK_EQ(ST_NOT_FOUND, step(rig, 99, 1, false));
}

static void a_step_meets_the_budget(void) {
    struct rig *rig = rig_new();
    rig->config.budget = (struct task_budget){.fuel_words = 5000, .period_ms = 10, .period_words = 2000};
    rig_start(rig);
    struct clock_setting manual = {.mode = CLOCK_MANUAL};
    CHECK_EQ(ST_OK, set_clock(rig, manual));
    uint32_t pid = add_text(rig, busy);
    CHECK_EQ(ST_OK, step(rig, pid, 100000, false));
    const struct executive_event *event = stepped(rig);
    CHECK_EQ(STEP_THROTTLED, event->refusal);
    CHECK(event->a >= 1990 && event->a <= 2000);
    CHECK_EQ(ST_OK, step(rig, 0, 100000, false));
    CHECK_EQ(STEP_IDLE, stepped(rig)->refusal);
    CHECK_EQ(TASK_END_FUEL, task_of(rig, pid)->end);
}

/* ---- a paused task, in any mode ---- */

static void a_paused_task_is_stepped_beside_the_others_and_paused_again(void) {
    struct rig *rig = begin(CLOCK_FREE, 0);
    uint32_t pid = add_text(rig, counts), other = add_text(rig, busy);
    rig_run(rig, 10000);
    CHECK_EQ(ST_INVALID, step(rig, pid, 1, false)); /* it runs */
    CHECK_EQ(ST_INVALID, step(rig, 0, 1, false));   /* all: only in manual */
    CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
    uint32_t before = task_of(rig, pid)->vm.reg[10];
    uint64_t words = task_of(rig, other)->words;
    CHECK_EQ(ST_OK, step(rig, pid, 20, false));
    CHECK_STEPPED(rig, STEP_DONE, 20);
    CHECK_EQ(before + 10, task_of(rig, pid)->vm.reg[10]);
    CHECK_EQ(TASK_PAUSED, task_of(rig, pid)->state);
    CHECK(task_of(rig, other)->words > words + 100000);
}

static void a_paused_task_that_sleeps_is_stepped_when_its_time_has_come(void) {
    struct rig *rig = begin(CLOCK_FREE, 0);
    uint32_t pid = add_text(rig, "li a0, 300; hcall $task.sleep_ms; li a0, 7; more: j more");
    rig_run(rig, 1000);
    CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
    CHECK_EQ(ST_OK, step(rig, pid, 2, false));
    CHECK_STEPPED(rig, STEP_WAITS, 0);
    CHECK_EQ(TASK_PAUSED, task_of(rig, pid)->state);
    rig_run(rig, 400000);
    CHECK_EQ(ST_OK, step(rig, pid, 2, false));
    CHECK_STEPPED(rig, STEP_DONE, 2);
    CHECK_EQ(7, task_of(rig, pid)->vm.reg[10]);
}

/* ---- turns of single instructions ---- */

static void a_turn_can_be_one_instruction(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct clock_setting single = {.mode = CLOCK_FREE, .turn_instructions = 1};
    CHECK_EQ(ST_OK, set_clock(rig, single));
    uint32_t pid[2] = {add_text(rig, counts), add_text(rig, counts)};
    for (uint32_t turn = 1; turn < 1000; turn++) {
        executive_step(rig->executive, rig->sim.now_us);
        uint32_t had[2] = {turn / 2, (turn + 1) / 2};
        for (int i = 0; i < 2; i++) CHECK_EQ(had[i] < 3 ? 0 : (had[i] - 1) / 2, task_of(rig, pid[i])->vm.reg[10]);
    }
}

static void single_instructions_give_what_whole_quanta_give(void) {
    int32_t end[2];
    for (int single = 0; single < 2; single++) {
        struct rig *rig = rig_new();
        rig_start(rig);
        struct clock_setting setting = {.turn_instructions = (uint32_t)single};
        CHECK_EQ(ST_OK, set_clock(rig, setting));
        uint32_t pid = add_text(rig, "li s0, 200; li s1, 1; more: slli a0, s1, 1; add s1, s1, a0; hcall $task.yield;"
                                     "addi s0, s0, -1; bne s0, zero, more; mov a0, s1; ret");
        rig_run(rig, 1000000);
        CHECK_EQ(TASK_END_EXIT, task_of(rig, pid)->end);
        end[single] = task_of(rig, pid)->end_detail;
    }
    CHECK_EQ(end[0], end[1]);
}

/* ---- limited ---- */

static void the_hive_runs_no_more_words_than_its_rate_and_what_was_saved(void) {
    struct rig *rig = begin(CLOCK_LIMITED, 100000);
    add_text(rig, busy);
    add_text(rig, busy);
    uint64_t before = 0;
    for (uint64_t ms = 10; ms <= 1000; ms += 10) {
        rig_run(rig, ms * 1000);
        uint64_t words = rig->executive->words;
        CHECK(words <= ms * 100 + 1000 + 2);
        CHECK(words + 1000 + 2 >= ms * 100);
        CHECK(words - before <= 1000 + 1000 + 2); /* ten milliseconds, and a burst */
        before = words;
    }
    CHECK_EQ(ACTIVITY_THROTTLED, clock_activity(rig->executive));
}

static void what_is_saved_up_is_bounded(void) {
    struct rig *rig = begin(CLOCK_FREE, 0);
    struct clock_setting setting = {.mode = CLOCK_LIMITED, .words_per_second = 1000000, .burst_words = 5000};
    CHECK_EQ(ST_OK, set_clock(rig, setting));
    add_text(rig, "li a0, 500; hcall $task.sleep_ms; more: j more");
    rig_run(rig, 500000);
    uint64_t words = rig->executive->words;
    rig_run(rig, 501000);
    CHECK(rig->executive->words - words <= 5000 + 1000 + 2000);
    CHECK(rig->executive->words - words >= 5000);
}

static void tasks_share_what_the_limit_leaves_and_none_starves(void) {
    struct rig *rig = rig_new();
    rig->config.tasks_max = 12;
    rig_start(rig);
    struct clock_setting setting = {.mode = CLOCK_LIMITED, .words_per_second = 50000};
    CHECK_EQ(ST_OK, set_clock(rig, setting));
    uint32_t pid[12];
    for (uint32_t i = 0; i < 12; i++) {
        struct rig_guest guest = {.text = busy, .priority = (uint8_t)(i * 21)};
        pid[i] = rig_add(rig, &guest);
    }
    rig_run(rig, 20000000);
    for (uint32_t i = 0; i < 12; i++) {
        uint32_t turns = task_of(rig, pid[i])->turns.turns, all = rig->executive->turns;
        CHECK(turns >= all / (SCHEDULE_LOW_TURN * (EXECUTIVE_BANDS - 1) * 2) - 1);
    }
}

/* ---- virtual ---- */

static void virtual_time_is_the_words_that_run(void) {
    struct rig *rig = begin(CLOCK_VIRTUAL, 1000000);
    uint32_t pid =
        add_text(rig, "set s0, 20000; more: addi s0, s0, -1; bne s0, zero, more; hcall $time.micros; mov a0, a1; ret");
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_EXIT, task_of(rig, pid)->end);
    CHECK(task_of(rig, pid)->end_detail >= 39000 && task_of(rig, pid)->end_detail <= 41000); /* the board: a tenth */
}

static void virtual_time_jumps_over_a_sleep_and_never_goes_back(void) {
    struct rig *rig = begin(CLOCK_VIRTUAL, 0);
    uint32_t pid = add_text(rig, "set a0, 3600000; hcall $task.sleep_ms; more: j more");
    rig_run(rig, 1000);
    CHECK(task_of(rig, pid)->words > 100);
    uint64_t now_us = rig->executive->now_us;
    CHECK(now_us >= UINT64_C(3600000000));
    struct clock_setting board = {.mode = CLOCK_FREE};
    CHECK_EQ(ST_OK, set_clock(rig, board));
    rig_run(rig, 51000);
    CHECK(rig->executive->now_us >= now_us + 49000 && rig->executive->now_us <= now_us + 52000);
}

static void virtual_time_stands_while_the_hive_is_stopped(void) {
    struct rig *rig = begin(CLOCK_VIRTUAL, 0);
    add_text(rig, "set a0, 3600000; hcall $task.sleep_ms; ret");
    executive_step(rig->executive, 0);
    executive_stop(rig->executive);
    rig_run(rig, 100000);
    CHECK(rig->executive->now_us < 1000000);
}

static void what_no_mode_is_is_refused(void) {
    struct rig *rig = begin(CLOCK_FREE, 0);
    struct clock_setting setting = {.mode = CLOCK_VIRTUAL + 1};
    CHECK_EQ(ST_INVALID, set_clock(rig, setting));
    setting = (struct clock_setting){.mode = CLOCK_LIMITED};
    CHECK_EQ(ST_INVALID, set_clock(rig, setting));
    CHECK_EQ(CLOCK_FREE, rig->executive->clock->setting.mode);
}

/* Every mode in any order, with orders between: time never goes back, and a task that sleeps wakes no earlier than it
 * asked. */
static void any_order_of_modes_keeps_time_whole(void) {
    for (unsigned seed = 1; seed <= 20; seed++) {
        struct rig *rig = begin(CLOCK_FREE, 0);
        uint32_t guard = add_text(rig, busy);
        uint32_t pid =
            add_text(rig, "set s1, 0x400; more: hcall $time.micros; mov s0, a1; li a0, 3; hcall $task.sleep_ms;"
                          "hcall $time.micros; sub a1, a1, s0; set a2, 3000; bgeu a1, a2, more; trap 1");
        uint64_t now_us = 0;
        srand(seed);
        for (int i = 0; i < 300; i++) {
            struct clock_setting setting = {.mode = (uint32_t)rand() % 4,
                                            .words_per_second = 1000u + (uint32_t)rand() % 10000000,
                                            .turn_instructions = rand() % 3 == 0 ? 1 + (uint32_t)rand() % 50 : 0};
            if (rand() % 4 == 0) CHECK_EQ(ST_OK, set_clock(rig, setting));
            if (rand() % 3 == 0) (void)step(rig, rand() % 2 ? 0 : pid, 1 + (uint32_t)rand() % 500, rand() % 2);
            if (rand() % 5 == 0) (void)executive_pause(rig->executive, guard);
            if (rand() % 5 == 0) (void)executive_resume(rig->executive, guard, rig->sim.now_us);
            rig_run(rig, rig->sim.now_us + (uint64_t)rand() % 5000);
            rig->event_count = 0;
            CHECK(rig->executive->now_us >= now_us);
            now_us = rig->executive->now_us;
        }
        CHECK(task_is_live(task_of(rig, pid)));
        CHECK(task_is_live(task_of(rig, guard)));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(nobody_runs_and_no_time_passes_until_a_step),
        TEST(a_step_is_as_many_instructions_as_were_asked_for),
        TEST(steps_of_all_go_round_and_count_together),
        TEST(a_step_that_parks_says_so_and_only_steps_of_all_move_time_on),
        TEST(a_step_of_all_ends_when_nobody_can_go_on),
        TEST(a_guard_stands_still_while_its_task_is_not_stepped),
        TEST(a_step_ends_at_a_pause_a_stop_a_kill_and_another_mode),
        TEST(a_step_meets_the_budget),
        TEST(a_paused_task_is_stepped_beside_the_others_and_paused_again),
        TEST(a_paused_task_that_sleeps_is_stepped_when_its_time_has_come),
        TEST(a_turn_can_be_one_instruction),
        TEST(single_instructions_give_what_whole_quanta_give),
        TEST(the_hive_runs_no_more_words_than_its_rate_and_what_was_saved),
        TEST(what_is_saved_up_is_bounded),
        TEST(tasks_share_what_the_limit_leaves_and_none_starves),
        TEST(virtual_time_is_the_words_that_run),
        TEST(virtual_time_jumps_over_a_sleep_and_never_goes_back),
        TEST(virtual_time_stands_while_the_hive_is_stopped),
        TEST(what_no_mode_is_is_refused),
        TEST(any_order_of_modes_keeps_time_whole),
    };
    return CHECK_RUN(tests);
}
