/* Time across 2^32 microseconds (71 minutes) and 2^32 milliseconds (49 days): whatever a guest or an operator does
 * there goes as it goes far from there. */
#include "core/base/require.h"
#include "device/executive/clock.h"
#include "device/executive/state.h"
#include "device/executive/switches.h"
#include "test/sim/hive_bench.h"
#include "test/sim/steps.h"

#define WRAP_US (UINT64_C(1) << 32)
#define WRAP_MS ((UINT64_C(1) << 32) * 1000)
#define FAR_US  UINT64_C(1000000000)
#define DAY_US  UINT64_C(86400000000)
static const uint64_t borders[] = {WRAP_US, 2 * WRAP_US, WRAP_MS, 2 * WRAP_MS, UINT64_C(1) << 52};
enum { BORDERS = sizeof borders / sizeof *borders, BEFORE_US = 20000 };

static struct rig *begin_at(uint64_t start_us) {
    struct rig *rig = rig_new();
    rig->sim.start_us = start_us;
    rig->config.restarts_max = 5;
    rig->config.budget = (struct task_budget){.period_ms = 7, .period_words = 20000};
    rig_start(rig);
    executive_time(rig->executive, start_us);
    return rig;
}

static const struct task *task_of(const struct rig *rig, uint32_t pid) { return executive_task(rig->executive, pid); }

/* ---- the same as elsewhere ---- */

/* Sleeps, delays, timers, timeouts, guards, restarts and budgets, for a tenth of a second. */
static const struct rig_guest guests[] = {
    {.name = "sleeper",
     .text = "li s0, 30; more: li a0, 3; hcall $task.sleep_ms; addi s0, s0, -1; bne s0, zero, more; ret"},
    {.name = "delayer",
     .text = "li s0, 30; hcall $time.micros; mov s1, a1; more: set a0, 2700; hcall $time.delay_us;"
             "addi s0, s0, -1; bne s0, zero, more; hcall $time.micros; sub a0, a1, s1; ret"},
    {.name = "millis",
     .text = "hcall $time.millis; mov s1, a1; li a0, 60; hcall $time.delay_ms; hcall $time.millis;"
             "sub a0, a1, s1; ret"},
    {.name = "timer",
     .text = "set a0, 4000; li a1, 1; hcall $time.timer_create; mov s1, a1; li s0, 20;"
             "more: mov a0, s1; li a1, 50; hcall $time.timer_wait; addi s0, s0, -1; bne s0, zero, more; ret"},
    {.name = "dog",
     .text = "li a0, 35; hcall $watchdog.start; more: hcall $task.yield; j more",
     .restart = ARTIFACT_RESTART_ON_FAULT},
    {.name = "checks",
     .check_in_ms = 25,
     .text = "li a0, 20; hcall $task.sleep_ms; hcall $task.check_in; more: j more"},
    {.name = "reader",
     .text = "set a0, 0x10000000; set a1, 64; li a2, 0; hcall $mailbox.bind; mov s0, a1; li s1, 4;"
             "more: mov a0, s0; set a1, 0x600; li a2, 32; li a3, 15; hcall $mailbox.receive;"
             "addi s1, s1, -1; bne s1, zero, more; mov a0, a0; ret",
     .read_only = "app:a",
     .read_only_bytes = 6},
};
enum { GUESTS = sizeof guests / sizeof *guests, RUN_US = 100000 };

struct outcome {
    struct executive_event event[RIG_EVENTS_MAX];
    size_t event_count;
    int32_t end_detail[GUESTS];
    uint64_t words;
};

/* Times in it count from the start. */
static void run_at(uint64_t start_us, struct outcome *outcome) {
    struct rig *rig = begin_at(start_us);
    uint32_t pid[GUESTS];
    memset(outcome, 0, sizeof *outcome);
    rig->config.moves_told = 1u << REASON_MAILBOX | 1u << REASON_END | 1u << REASON_BACK_OFF | 1u << REASON_RESTART;
    for (size_t i = 0; i < GUESTS; i++) pid[i] = rig_add(rig, &guests[i]);
    rig_run(rig, start_us + RUN_US);
    outcome->event_count = rig->event_count;
    memcpy(outcome->event, rig->event, sizeof outcome->event);
    for (size_t i = 0; i < rig->event_count; i++) outcome->event[i].time_us -= start_us;
    for (size_t i = 0; i < GUESTS; i++) outcome->end_detail[i] = task_of(rig, pid[i])->end_detail;
    outcome->words = rig->executive->words;
}

static void what_guests_do_at_a_border_goes_as_it_goes_elsewhere(void) {
    static struct outcome far, near;
    run_at(FAR_US, &far);
    CHECK(far.event_count > 30);
    CHECK(far.end_detail[1] >= 81000 && far.end_detail[1] < 100000);
    CHECK_EQ(60, far.end_detail[2]);
    for (size_t i = 0; i < BORDERS; i++) {
        for (uint64_t before_us = 0; before_us <= 2 * BEFORE_US; before_us += BEFORE_US) {
            run_at(borders[i] - before_us, &near);
            CHECK_EQ(far.event_count, near.event_count);
            CHECK(memcmp(far.event, near.event, sizeof far.event) == 0);
            CHECK_EQ(far.words, near.words);
            CHECK_EQ(far.end_detail[1], near.end_detail[1]);
            for (size_t guest = 0; guest < GUESTS; guest++)
                CHECK(far.end_detail[guest] >= near.end_detail[guest] - 1 &&
                      far.end_detail[guest] <= near.end_detail[guest] + 1); /* of millis, which is cut off */
        }
    }
}

/* ---- long waits ---- */

static void a_sleep_of_49_days_is_as_long_as_was_asked(void) {
    static const char *const texts[] = {"li a0, -2; hcall $task.sleep_ms; hcall $time.millis; mov a0, a1; ret",
                                        "li a0, -2; hcall $time.delay_ms; hcall $time.millis; mov a0, a1; ret"};
    for (size_t i = 0; i < 2; i++) {
        struct rig *rig = begin_at(WRAP_MS - BEFORE_US);
        struct rig_guest guest = {.text = texts[i]};
        uint32_t pid = rig_add(rig, &guest);
        uint64_t end_us = WRAP_MS - BEFORE_US + (uint64_t)(UINT32_MAX - 1) * 1000;
        rig_run(rig, end_us - 1);
        CHECK(task_is_live(task_of(rig, pid)));
        rig_run(rig, end_us + 1000);
        CHECK_EQ(TASK_END_EXIT, task_of(rig, pid)->end);
        CHECK_EQ((int32_t)(uint32_t)(end_us / 1000), task_of(rig, pid)->end_detail);
    }
}

static void a_delay_of_71_minutes_crosses_the_microseconds(void) {
    struct rig *rig = begin_at(WRAP_US - BEFORE_US);
    struct rig_guest guest = {.text = "li a0, -1; hcall $time.delay_us; ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 2 * WRAP_US - BEFORE_US - 2);
    CHECK(task_is_live(task_of(rig, pid)));
    rig_run(rig, 2 * WRAP_US - BEFORE_US + 1000);
    CHECK_EQ(TASK_END_EXIT, task_of(rig, pid)->end);
}

static void a_deadline_in_64_bits_is_met_beyond_the_border(void) {
    for (size_t i = 0; i < BORDERS; i++) {
        struct rig *rig = begin_at(borders[i] - BEFORE_US);
        uint64_t deadline_us = borders[i] + 12345;
        char text[160];
        snprintf(text, sizeof text,
                 "set a0, %d; set a1, %d; hcall $task.sleep_until; hcall $time.micros; mov a0, a1; ret",
                 (int32_t)(uint32_t)deadline_us, (int32_t)(uint32_t)(deadline_us >> 32));
        struct rig_guest guest = {.text = text};
        uint32_t pid = rig_add(rig, &guest);
        rig_run(rig, deadline_us - 1);
        CHECK(task_is_live(task_of(rig, pid)));
        rig_run(rig, deadline_us + 1000);
        uint32_t late_us = (uint32_t)task_of(rig, pid)->end_detail - (uint32_t)deadline_us;
        CHECK(late_us < 100);
    }
}

static void a_timer_keeps_its_phase_over_days_that_nobody_took_it(void) {
    struct rig *rig = begin_at(WRAP_MS - BEFORE_US);
    static const struct step calls[] = {CALL("time.timer_create", NULL, {1000000, 1}),
                                        CALL("time.delay_ms", NULL, {864000000}),
                                        CALL("time.timer_wait", NULL, {RESULT_OF(0), 0}),
                                        {NULL, NULL, {0}}};
    uint32_t pid = steps_add(rig, calls);
    rig_run(rig, WRAP_MS + 11 * DAY_US);
    CHECK_EQ(864000, steps_value(rig, pid, 2));
}

static void a_priority_is_kept_for_as_long_as_tasks_run(void) {
    struct rig *rig = begin_at(WRAP_MS - BEFORE_US);
    struct rig_guest low = {.text = "more: j more", .priority = 200}, high = {.text = "more: j more", .priority = 10};
    uint32_t pid[2] = {rig_add(rig, &low), rig_add(rig, &high)};
    struct task_budget all = {.fuel_words = 0};
    for (int i = 0; i < 2; i++) CHECK_EQ(ST_OK, executive_budget(rig->executive, pid[i], &all));
    rig->executive->turns = UINT32_MAX - 20; /* of the schedule's count, too */
    rig_run(rig, WRAP_MS + BEFORE_US);
    CHECK(task_of(rig, pid[1])->words > 6 * task_of(rig, pid[0])->words);
    CHECK(task_of(rig, pid[0])->words * 9 > task_of(rig, pid[1])->words);
}

/* ---- operators ---- */

static void a_limit_holds_across_the_borders(void) {
    for (size_t i = 0; i < BORDERS; i++) {
        struct rig *rig = begin_at(borders[i] - BEFORE_US);
        struct clock_setting setting = {.mode = CLOCK_LIMITED, .words_per_second = 100000, .burst_words = 100};
        CHECK_EQ(ST_OK, clock_set(rig->executive, &setting));
        struct rig_guest guest = {.text = "more: j more"};
        rig_add(rig, &guest);
        rig_run(rig, borders[i] + BEFORE_US);
        CHECK(rig->executive->words >= 3900 && rig->executive->words <= 4200);
    }
}

static void a_limit_forgets_nothing_over_a_long_idle_time(void) {
    struct rig *rig = begin_at(WRAP_US - BEFORE_US);
    struct clock_setting setting = {.mode = CLOCK_LIMITED, .words_per_second = UINT32_MAX, .burst_words = UINT32_MAX};
    CHECK_EQ(ST_OK, clock_set(rig->executive, &setting));
    executive_step(rig->executive, 1000 * DAY_US);
    CHECK(clock_gives_turns(rig->executive));
    setting.words_per_second = 1;
    CHECK_EQ(ST_OK, clock_set(rig->executive, &setting));
    executive_step(rig->executive, 2000 * DAY_US);
    CHECK(clock_gives_turns(rig->executive));
}

static void sessions_and_ages_go_on_across_the_borders(void) {
    for (size_t i = 0; i < BORDERS; i++) {
        struct bench *bench = bench_new();
        sim_advance(&bench->rig->sim, borders[i] - BEFORE_US);
        bench->session = open_on(bench, &bench->link, false, 0);
        add_thing(bench);
        CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_SET, "hww", VALUE_ID, 42u, 0u));
        run_for(bench, UINT64_C(29000000));
        CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_GET, "h", VALUE_ID));
        for (int skipped = 0; skipped < 4 + 1 + 1 + 1 + 1 + 6 * 4; skipped++) (void)take_u8(&bench->in);
        uint32_t age_ms = take_u32(&bench->in);
        CHECK(age_ms >= 28990 && age_ms <= 29010);
        run_for(bench, UINT64_C(30000000) + 1);
        CHECK_EQ(ST_DENIED, ask(bench, OPERATION_SESSION_KEEPALIVE, ""));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(what_guests_do_at_a_border_goes_as_it_goes_elsewhere),
        TEST(a_sleep_of_49_days_is_as_long_as_was_asked),
        TEST(a_delay_of_71_minutes_crosses_the_microseconds),
        TEST(a_deadline_in_64_bits_is_met_beyond_the_border),
        TEST(a_timer_keeps_its_phase_over_days_that_nobody_took_it),
        TEST(a_priority_is_kept_for_as_long_as_tasks_run),
        TEST(a_limit_holds_across_the_borders),
        TEST(a_limit_forgets_nothing_over_a_long_idle_time),
        TEST(sessions_and_ages_go_on_across_the_borders),
    };
    return CHECK_RUN(tests);
}
