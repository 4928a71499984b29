/* The task state machine, turns by priority, pausing and stopping, budgets, quarantine, instances. */
#include "device/executive/budget.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

#include <stdlib.h>

static const char busy[] = "more: j more";
static const char fails[] = "trap 1";

static struct rig *begin(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

static const struct task *task_of(const struct rig *rig, uint32_t pid) { return executive_task(rig->executive, pid); }

static uint32_t add_text(struct rig *rig, const char *text, uint8_t priority) {
    struct rig_guest guest = {.text = text, .priority = priority};
    return rig_add(rig, &guest);
}

/* ---- moves ---- */

static bool moved(const struct rig *rig, size_t n, enum task_state from, enum task_state to, enum task_reason reason) {
    const struct executive_event *event = rig_event(rig, EVENT_MOVED, n);
    return event && event->a == ((uint32_t)from << 8 | (uint32_t)to) && event->b == (uint32_t)reason;
}

static void every_move_has_a_reason_and_is_told(void) {
    struct rig *rig = rig_new();
    rig->config.moves_told = UINT32_MAX;
    rig_start(rig);
    uint32_t pid = add_text(rig, "li a0, 5; hcall $task.sleep_ms; li a0, 3; ret", 0);
    rig_run(rig, 20000);
    CHECK_EQ(ST_OK, executive_release(rig->executive, pid));
    rig_run(rig, 20001);
    CHECK(moved(rig, 0, TASK_FREE, TASK_READY, REASON_LOADED));
    CHECK(moved(rig, 1, TASK_READY, TASK_RUNNING, REASON_TURN));
    CHECK(moved(rig, 2, TASK_RUNNING, TASK_SLEEPING, REASON_SLEEP));
    CHECK(moved(rig, 3, TASK_SLEEPING, TASK_READY, REASON_WOKEN));
    CHECK(moved(rig, 4, TASK_READY, TASK_RUNNING, REASON_TURN));
    CHECK(moved(rig, 5, TASK_RUNNING, TASK_RETURNED, REASON_END));
    char text[96];
    executive_event_text(rig_event(rig, EVENT_MOVED, 2), text, sizeof text);
    CHECK(strcmp("task 1 running -> sleeping: it sleeps", text) == 0);
}

static void only_the_moves_that_are_asked_for_are_told(void) {
    struct rig *rig = rig_new();
    rig->config.moves_told = 1u << REASON_END | 1u << REASON_PAUSE;
    rig_start(rig);
    uint32_t pid = add_text(rig, busy, 0);
    rig_run(rig, 10000);
    CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
    CHECK_EQ(ST_OK, executive_kill(rig->executive, pid));
    rig_run(rig, 10001);
    rig_run(rig, 10002);
    CHECK_EQ(2, rig_event_count(rig, EVENT_MOVED));
    CHECK(moved(rig, 1, TASK_PAUSED, TASK_KILLED, REASON_END));
}

static void nothing_leads_out_of_an_end_but_a_restart_or_the_slots_release(void) {
    static const enum task_state ends[] = {TASK_RETURNED, TASK_FAULTED, TASK_KILLED};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        for (int to = TASK_READY; to <= TASK_PAUSED; to++) CHECK(!task_may_move(ends[i], (enum task_state)to));
        CHECK(task_may_move(ends[i], TASK_FREE));
    }
    CHECK(!task_may_move(TASK_KILLED, TASK_RESTARTING));
    for (int from = TASK_READY; from < TASK_STATES; from++) {
        bool may_be_killed = from != TASK_RETURNED && from != TASK_FAULTED && from != TASK_KILLED;
        CHECK_EQ(may_be_killed, task_may_move((enum task_state)from, TASK_KILLED));
    }
}

/* ---- turns ---- */

static void a_higher_priority_goes_first_and_a_lower_one_still_goes(void) {
    struct rig *rig = begin();
    uint32_t low = add_text(rig, busy, 200), high = add_text(rig, busy, 10), middle = add_text(rig, busy, 100);
    rig_run(rig, 160000);
    int64_t all = (int64_t)(task_of(rig, low)->words + task_of(rig, high)->words + task_of(rig, middle)->words);
    CHECK((int64_t)task_of(rig, high)->words > all * 85 / 100);
    CHECK((int64_t)task_of(rig, middle)->words >= all / 16 - 2000);
    CHECK((int64_t)task_of(rig, low)->words >= all / 16 - 2000);
}

static void no_ready_task_waits_longer_than_the_bound(void) {
    struct rig *rig = rig_new();
    rig->config.tasks_max = 12;
    rig_start(rig);
    uint32_t pid[12];
    for (uint32_t i = 0; i < 12; i++) pid[i] = add_text(rig, busy, (uint8_t)(i * 21));
    uint64_t words[12] = {0};
    uint32_t since[12] = {0}, most = 0;
    for (uint32_t turn = 0; turn < 20000; turn++) {
        executive_step(rig->executive, rig->sim.now_us);
        sim_spend(&rig->sim, rig->executive->step_words);
        for (uint32_t i = 0; i < 12; i++) {
            uint64_t now = task_of(rig, pid[i])->words;
            since[i] = now == words[i] ? since[i] + 1 : 0;
            words[i] = now;
            if (since[i] > most) most = since[i];
        }
    }
    CHECK(most <= SCHEDULE_LOW_TURN * (EXECUTIVE_BANDS - 1) * 2); /* two tasks in a band, at most */
}

static void tasks_of_one_band_take_turns(void) {
    struct rig *rig = begin();
    uint32_t pid[5];
    for (uint32_t i = 0; i < 5; i++) pid[i] = add_text(rig, busy, (uint8_t)(i * 6));
    rig_run(rig, 100000);
    for (uint32_t i = 1; i < 5; i++) {
        int64_t difference = (int64_t)(task_of(rig, pid[i])->words - task_of(rig, pid[0])->words);
        CHECK(difference >= -2000 && difference <= 2000);
    }
}

static void a_quantum_of_one_word_runs_word_by_word(void) {
    struct rig *rig = rig_new();
    rig->config.quantum_words = 1;
    rig_start(rig);
    uint32_t pid = add_text(rig, "li a0, 100; loop: addi a0, a0, -1; bne a0, zero, loop; li a0, 4; ret", 0);
    rig_run(rig, 100000);
    CHECK_EQ(4, task_of(rig, pid)->end_detail);
}

/* Times at random, changed at random: the heap must always know the earliest. */
static void the_earliest_time_is_always_known(void) {
    struct rig *rig = rig_new();
    rig->config.tasks_max = 32;
    rig_start(rig);
    srand(5);
    struct executive *executive = rig->executive;
    for (int round = 0; round < 50000; round++) {
        struct task *task = &executive->task[rand() % 32];
        task->state = rand() % 4 == 0 ? TASK_FREE : TASK_SLEEPING;
        task->wake_us = (uint64_t)rand() % 1000;
        task->expires_us = task->watchdog_due_us = task->check_in_due_us = task->command_due_us = UINT64_MAX;
        schedule_update(executive, task);
        uint64_t earliest = UINT64_MAX;
        for (uint32_t i = 0; i < 32; i++) {
            const struct task *other = &executive->task[i];
            if (other->state == TASK_SLEEPING && other->wake_us < earliest) earliest = other->wake_us;
        }
        CHECK_EQ((int64_t)earliest, (int64_t)schedule_next_us(executive));
    }
}

/* ---- from outside ---- */

static void a_paused_task_stands_still_and_goes_on_where_it_was(void) {
    struct rig *rig = begin();
    uint32_t pid = add_text(rig, "li a0, 20; hcall $task.sleep_ms; li a0, 6; ret", 0), other = add_text(rig, busy, 0);
    rig_run(rig, 5000);
    CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
    CHECK_EQ(ST_INVALID, executive_pause(rig->executive, pid));
    CHECK_EQ(ST_INVALID, executive_resume(rig->executive, other, rig->sim.now_us));
    CHECK_EQ(ST_NOT_FOUND, executive_pause(rig->executive, 99));
    rig_run(rig, 50000);
    CHECK_EQ(TASK_PAUSED, task_of(rig, pid)->state);
    CHECK_EQ(ST_OK, executive_resume(rig->executive, pid, rig->sim.now_us));
    rig_run(rig, 60000);
    CHECK_EQ(6, task_of(rig, pid)->end_detail);
    uint64_t words = task_of(rig, other)->words;
    CHECK_EQ(ST_OK, executive_pause(rig->executive, other));
    rig_run(rig, 70000);
    CHECK_EQ((int64_t)words, (int64_t)task_of(rig, other)->words);
}

static void a_paused_tasks_watchdog_stands_still_too(void) {
    struct rig *rig = begin();
    uint32_t pid = add_text(rig, "li a0, 20; hcall $watchdog.start; more: j more", 0);
    rig_run(rig, 10000);
    CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
    rig_run(rig, 100000);
    CHECK_EQ(TASK_PAUSED, task_of(rig, pid)->state);
    CHECK_EQ(ST_OK, executive_resume(rig->executive, pid, rig->sim.now_us));
    rig_run(rig, 105000);
    CHECK(task_is_live(task_of(rig, pid)));
    rig_run(rig, 120000);
    CHECK_EQ(TASK_END_WATCHDOG, task_of(rig, pid)->end);
}

static void a_stop_reaches_every_task_before_its_next_turn(void) {
    struct rig *rig = begin();
    uint32_t pid[3] = {add_text(rig, busy, 0), add_text(rig, "more: hcall $time.micros; j more", 0),
                       add_text(rig, "li a0, 90; hcall $task.sleep_ms; ret", 0)};
    rig_run(rig, 10000);
    uint64_t words = task_of(rig, pid[0])->words + task_of(rig, pid[1])->words;
    executive_stop(rig->executive);
    uint32_t late = add_text(rig, busy, 0);
    rig_run(rig, 50000);
    CHECK_EQ((int64_t)words, (int64_t)(task_of(rig, pid[0])->words + task_of(rig, pid[1])->words));
    for (int i = 0; i < 3; i++) CHECK_EQ(TASK_PAUSED, task_of(rig, pid[i])->state);
    CHECK_EQ(0, (int64_t)task_of(rig, late)->words);
    CHECK_EQ(3, rig_event(rig, EVENT_STOPPED, 0)->a);
    executive_go(rig->executive);
    CHECK_EQ(ST_OK, executive_resume(rig->executive, pid[2], rig->sim.now_us));
    rig_run(rig, 100000);
    CHECK(task_of(rig, late)->words > 0);
    CHECK_EQ(TASK_END_EXIT, task_of(rig, pid[2])->end);
}

/* ---- budgets ---- */

static const struct task *run_within(const char *text, struct task_budget budget) {
    struct rig *rig = rig_new();
    rig->config.budget = budget;
    rig_start(rig);
    uint32_t pid = add_text(rig, text, 0);
    rig_run(rig, 1000000);
    return task_of(rig, pid);
}

static void each_budget_ends_the_task_with_its_reason(void) {
    static const char calls[] = "more: hcall $task.check_in; j more";
    static const char writes[] = "more: set a0, 0x500; li a1, 100; hcall $console.write; j more";
    CHECK_EQ(TASK_END_FUEL, run_within(busy, (struct task_budget){.fuel_words = 5000})->end);
    const struct task *task = run_within(calls, (struct task_budget){.calls = 40});
    CHECK_EQ(TASK_END_CALLS, task->end);
    CHECK_EQ(40, task->calls);
    task = run_within(writes, (struct task_budget){.log_bytes = 950});
    CHECK_EQ(TASK_END_LOG, task->end);
    CHECK_EQ(900, task->log_bytes);
    task = run_within(busy, (struct task_budget){.live_ms = 7});
    CHECK_EQ(TASK_END_TIME, task->end);
}

static void formatted_output_counts_too(void) {
    struct rig *rig = rig_new();
    rig->config.budget.log_bytes = 100;
    rig_start(rig);
    struct rig_guest guest = {.text = "more: set a0, 0x10000000; set a1, 0x500; hcall $console.format; j more",
                              .read_only = "twenty characters..\n",
                              .read_only_bytes = 21};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_LOG, task_of(rig, pid)->end);
    CHECK_EQ(100, rig->output_bytes);
}

static void messages_beyond_the_budget_are_not_sent(void) {
    struct rig *rig = rig_new();
    rig->config.budget.messages = 3;
    rig_start(rig);
    struct rig_guest guest = {.text = "set a0, 0x10000000; set a1, 1024; li a2, 1; hcall $mailbox.bind; mov s0, a1;"
                                      "more: mov a0, s0; set a1, 0x500; li a2, 4; li a3, 0; li a4, 0; li a5, 0;"
                                      "hcall $mailbox.send; j more",
                              .read_only = "shared:a",
                              .read_only_bytes = 9};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 100000);
    CHECK_EQ(TASK_END_MESSAGES, task_of(rig, pid)->end);
    CHECK_EQ(3, task_of(rig, pid)->messages);
}

static void who_has_used_the_periods_fuel_waits_for_the_next(void) {
    struct rig *rig = rig_new();
    rig->config.moves_told = 1u << REASON_THROTTLED;
    rig->config.budget = (struct task_budget){.period_ms = 10, .period_words = 5000};
    rig_start(rig);
    uint32_t pid = add_text(rig, busy, 0);
    rig_run(rig, 95000);
    int64_t words = (int64_t)task_of(rig, pid)->words;
    CHECK(words >= 10 * 5000 && words < 10 * 5000 + 2000);
    CHECK_EQ(10, rig_event_count(rig, EVENT_MOVED));
    CHECK(task_is_live(task_of(rig, pid)));
}

static void a_budget_can_be_changed_while_the_task_runs(void) {
    struct rig *rig = begin();
    uint32_t pid = add_text(rig, busy, 0);
    rig_run(rig, 10000);
    struct task_budget less = {.fuel_words = 10};
    CHECK_EQ(ST_OK, executive_budget(rig->executive, pid, &less));
    rig_run(rig, 11000);
    CHECK_EQ(TASK_END_FUEL, task_of(rig, pid)->end);
    CHECK_EQ(ST_NOT_FOUND, executive_budget(rig->executive, pid, &less));
}

static void more_memory_than_a_task_may_have_is_refused(void) {
    struct rig *rig = rig_new();
    rig->config.budget.ram_bytes = 8192;
    rig_start(rig);
    struct rig_guest guest = {.text = busy, .ram_bytes = 8208};
    CHECK_EQ(0, rig_add(rig, &guest));
    CHECK(rig_refused(rig, REFUSED_BUDGET));
    guest.ram_bytes = 8192;
    CHECK(rig_add(rig, &guest) != 0);
}

/* A hostile task beside good ones: they miss nothing, and it is ended at most two quanta late. */
static void a_greedy_task_is_stopped_and_the_others_keep_their_times(void) {
    struct rig *rig = rig_new();
    rig->config.budget.fuel_words = 300000;
    rig_start(rig);
    static const char good[] = "li s0, 50; more: li a0, 1; hcall $task.sleep_ms; addi s0, s0, -1;"
                               "bne s0, zero, more; hcall $time.micros; mov a0, a1; ret";
    uint32_t pid[3];
    for (int i = 0; i < 3; i++) pid[i] = add_text(rig, good, 64);
    uint32_t greedy = add_text(rig, busy, 200);
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_FUEL, task_of(rig, greedy)->end);
    CHECK(task_of(rig, greedy)->words <= 300000 + 2 * 1000);
    for (int i = 0; i < 3; i++) CHECK(task_of(rig, pid[i])->end_detail < 50 * 1400);
}

static void an_artifact_gets_the_budget_that_it_asks_for(void) {
    static const char calls[] = "more: hcall $task.check_in; j more";
    const struct budget_row row = {.calls = 50, .live_ms = 500};
    struct rig *rig = rig_new();
    rig->config.budget.calls = 100;
    rig->config.budget.log_bytes = 70;
    rig_start(rig);
    struct rig_guest guest = {.text = calls, .budget = &row};
    uint32_t modest = rig_add(rig, &guest), plain = add_text(rig, calls, 0);
    CHECK_EQ(50, task_of(rig, modest)->budget.calls);
    CHECK_EQ(500, task_of(rig, modest)->budget.live_ms);
    CHECK_EQ(70, task_of(rig, modest)->budget.log_bytes);
    rig_run(rig, 100000);
    CHECK_EQ(TASK_END_CALLS, task_of(rig, modest)->end);
    CHECK_EQ(50, task_of(rig, modest)->calls);
    CHECK_EQ(100, task_of(rig, plain)->calls);
}

static void each_thing_that_is_asked_for_too_much_is_told(void) {
    const struct budget_row row = {.fuel_words = 1001,
                                   .period_ms = 10,
                                   .period_words = 101,
                                   .calls = 11,
                                   .messages = 12,
                                   .log_bytes = 13,
                                   .live_ms = 14};
    static const uint32_t may[BUDGET_ITEMS] = {1000, 100, 10, 11, 12, 13};
    struct rig *rig = rig_new();
    rig->config.budget = (struct task_budget){.fuel_words = may[0],
                                              .period_ms = 10,
                                              .period_words = may[1],
                                              .calls = may[2],
                                              .messages = may[3],
                                              .log_bytes = may[4],
                                              .live_ms = may[5]};
    rig_start(rig);
    struct rig_guest guest = {.text = busy, .budget = &row};
    CHECK_EQ(0, rig_add(rig, &guest));
    CHECK_EQ(BUDGET_ITEMS, rig_event_count(rig, EVENT_REFUSED));
    for (size_t i = 0; i < BUDGET_ITEMS; i++) {
        const struct executive_event *event = rig_event(rig, EVENT_REFUSED, i);
        CHECK_EQ(REFUSED_BUDGET_ITEM, event->refusal);
        CHECK_EQ(i, event->a);
        CHECK_EQ(may[i], event->b);
    }
    char text[120];
    executive_event_text(rig_event(rig, EVENT_REFUSED, 2), text, sizeof text);
    CHECK_TEXT("load 1: refused: it asks for more than the 10 host calls that a task may make", text);
}

static void a_period_is_held_to_its_rate_and_its_length(void) {
    static const struct {
        uint32_t ms, words;
        bool fits;
    } cases[] = {{10, 100, true}, {5, 50, true}, {5, 51, false}, {20, 200, false}, {20, 10, false}, {1, 10, true}};
    const struct task_budget most = {.period_ms = 10, .period_words = 100};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct budget_row row = {.period_ms = cases[i].ms, .period_words = cases[i].words};
        struct task_budget granted;
        CHECK_EQ(cases[i].fits ? 0 : 1u << BUDGET_PERIOD, budget_grant(&most, &row, &granted));
    }
    const struct budget_row row = {.period_ms = 1000, .period_words = UINT32_MAX};
    struct task_budget granted;
    CHECK_EQ(0, budget_grant(&(struct task_budget){0}, &row, &granted));
    CHECK_EQ(UINT32_MAX, granted.period_words);
}

static void half_a_period_is_no_budget(void) {
    const struct budget_row row = {.period_ms = 10};
    struct rig *rig = begin();
    struct rig_guest guest = {.text = busy, .budget = &row};
    CHECK_EQ(0, rig_add(rig, &guest));
    CHECK(rig_refused(rig, REFUSED_ARTIFACT));
}

/* ---- quarantine ---- */

static void a_task_that_fails_too_often_is_quarantined_until_it_is_let_out(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 100;
    rig->config.quarantine_failures = 3;
    rig->config.quarantine_ms = 1000;
    rig_start(rig);
    struct rig_guest guest = {.text = fails, .name = "bad", .restart = ARTIFACT_RESTART_ON_FAULT};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 500000);
    CHECK_EQ(TASK_QUARANTINED, task_of(rig, pid)->state);
    CHECK_EQ(3, rig_event_count(rig, EVENT_STARTED));
    CHECK_EQ(3, rig_event(rig, EVENT_QUARANTINED, 0)->a);
    CHECK_EQ(0, rig->executive->live);
    CHECK_EQ(0, rig_add(rig, &guest)); /* its name is still its own */
    CHECK_EQ(ST_OK, executive_resume(rig->executive, pid, rig->sim.now_us));
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_QUARANTINED, task_of(rig, pid)->state);
    CHECK_EQ(6, rig_event_count(rig, EVENT_STARTED));
    CHECK_EQ(ST_NOT_FOUND, executive_release(rig->executive, pid));
    CHECK_EQ(ST_OK, executive_kill(rig->executive, pid));
    CHECK_EQ(TASK_FREE, task_of(rig, pid)->state);
}

static void failures_that_are_far_apart_do_not_count_together(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 100;
    rig->config.restart_delay_us = 100000;
    rig->config.quarantine_failures = 3;
    rig->config.quarantine_ms = 150;
    rig_start(rig);
    struct rig_guest guest = {.text = fails, .restart = ARTIFACT_RESTART_ON_FAULT};
    rig_add(rig, &guest);
    rig_run(rig, 3000000);
    CHECK_EQ(0, rig_event_count(rig, EVENT_QUARANTINED));
    CHECK(rig_event_count(rig, EVENT_STARTED) >= 4);
}

/* ---- instances ---- */

static void a_second_instance_gets_a_number_behind_its_name(void) {
    struct rig *rig = begin();
    struct rig_guest guest = {.text = busy, .name = "worker", .flags = ARTIFACT_MAY_RUN_TWICE};
    uint32_t first = rig_add(rig, &guest), second = rig_add(rig, &guest), third = rig_add(rig, &guest);
    CHECK_TEXT("worker", task_of(rig, first)->name);
    CHECK_TEXT("worker_#1", task_of(rig, second)->name);
    CHECK_TEXT("worker_#2", task_of(rig, third)->name);
    CHECK_EQ(ST_OK, executive_kill(rig->executive, second));
    uint32_t again = rig_add(rig, &guest);
    CHECK_TEXT("worker_#1", task_of(rig, again)->name);
    guest.name = "a_name_of_thirty_one_characters";
    CHECK(rig_add(rig, &guest) != 0);
    CHECK_TEXT("a_name_of_thirty_one_charact_#1", task_of(rig, rig_add(rig, &guest))->name);
}

static void tasks_that_come_and_go_leave_nothing_behind(void) {
    struct rig *rig = rig_new();
    rig->config.keep_ended = false;
    rig_start(rig);
    struct rig_guest guest = {
        .text = "set a0, 0x10000000; set a1, 64; li a2, 0; hcall $mailbox.bind; set a0, 1000; li a1, 1;"
                "hcall $time.timer_create; more: hcall $task.yield; j more",
        .read_only = "app:a",
        .read_only_bytes = 6};
    size_t index = rig_pack(rig, &guest);
    struct executive *executive = rig->executive;
    for (int round = 0; round < 20000; round++) {
        uint16_t load;
        struct executive_event event;
        CHECK_EQ(ST_OK, executive_load(executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
        struct job *job = executive_job(executive);
        job->run(job);
        executive_job_done(executive, job);
        for (int i = 0; i < 4; i++) executive_step(executive, (uint64_t)round * 10 + (uint64_t)i);
        CHECK_EQ(64, executive->mail_used);
        CHECK_EQ(ST_OK, executive_kill(executive, executive->next_pid));
        while (executive_event_take(executive, &event)) CHECK(event.kind != EVENT_REFUSED);
        CHECK_EQ(0, executive->mail_used + executive->handles_used + executive->live + executive->bands);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(every_move_has_a_reason_and_is_told),
        TEST(only_the_moves_that_are_asked_for_are_told),
        TEST(nothing_leads_out_of_an_end_but_a_restart_or_the_slots_release),
        TEST(a_higher_priority_goes_first_and_a_lower_one_still_goes),
        TEST(no_ready_task_waits_longer_than_the_bound),
        TEST(tasks_of_one_band_take_turns),
        TEST(a_quantum_of_one_word_runs_word_by_word),
        TEST(the_earliest_time_is_always_known),
        TEST(a_paused_task_stands_still_and_goes_on_where_it_was),
        TEST(a_paused_tasks_watchdog_stands_still_too),
        TEST(a_stop_reaches_every_task_before_its_next_turn),
        TEST(each_budget_ends_the_task_with_its_reason),
        TEST(formatted_output_counts_too),
        TEST(messages_beyond_the_budget_are_not_sent),
        TEST(who_has_used_the_periods_fuel_waits_for_the_next),
        TEST(a_budget_can_be_changed_while_the_task_runs),
        TEST(more_memory_than_a_task_may_have_is_refused),
        TEST(a_greedy_task_is_stopped_and_the_others_keep_their_times),
        TEST(an_artifact_gets_the_budget_that_it_asks_for),
        TEST(each_thing_that_is_asked_for_too_much_is_told),
        TEST(a_period_is_held_to_its_rate_and_its_length),
        TEST(half_a_period_is_no_budget),
        TEST(a_task_that_fails_too_often_is_quarantined_until_it_is_let_out),
        TEST(failures_that_are_far_apart_do_not_count_together),
        TEST(a_second_instance_gets_a_number_behind_its_name),
        TEST(tasks_that_come_and_go_leave_nothing_behind),
    };
    return CHECK_RUN(tests);
}
