/* What is counted of turns and switches, how deep stacks were, and samples of where words go. */
#include "core/base/require.h"
#include "device/executive/clock.h"
#include "device/executive/sample.h"
#include "device/executive/schedule.h"
#include "device/executive/state.h"
#include "device/executive/switches.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

static const char busy[] = "more: j more";
static const char naps[] = "more: li a0, 1; hcall $task.sleep_ms; j more";

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

/* ---- turns and switches ---- */

static void turns_are_counted_by_how_they_end(void) {
    struct rig *rig = begin();
    uint32_t pid = add_text(rig, busy, 100), sleeper = add_text(rig, naps, 0);
    rig_run(rig, 100000);
    const struct task_turns *one = &task_of(rig, pid)->turns, *other = &task_of(rig, sleeper)->turns;
    CHECK_EQ(one->turns, one->preemptions);
    CHECK_EQ(0, one->waits + one->throttles);
    CHECK(other->waits >= 80 && other->waits <= 100);
    CHECK_EQ(0, other->preemptions);
    CHECK(one->switches <= other->switches + 1 && other->switches <= one->switches + 1);
    CHECK_EQ(rig->executive->switches->count, one->switches + other->switches);
    CHECK_EQ(rig->executive->switches->turns, one->turns + other->turns);
    CHECK(other->longest_wait_us >= 50 && other->longest_wait_us <= 300); /* a quantum of the other's is 100 us */
}

static void a_turn_that_gets_no_fuel_is_counted_as_throttled(void) {
    struct rig *rig = rig_new();
    rig->config.budget = (struct task_budget){.period_ms = 10, .period_words = 2000};
    rig_start(rig);
    uint32_t pid = add_text(rig, busy, 0);
    rig_run(rig, 95000);
    CHECK_EQ(10, task_of(rig, pid)->turns.throttles);
}

static void switches_are_remembered_on_request_the_newest_ones(void) {
    struct rig *rig = begin();
    uint32_t pid = add_text(rig, busy, 100), sleeper = add_text(rig, naps, 0);
    struct switch_record record;
    rig_run(rig, 5000);
    const struct switches *switches = rig->executive->switches;
    CHECK_EQ(0, switches_next(switches, 0, &record));
    CHECK_EQ(ST_RANGE, switches_keep(rig->executive, 9));
    CHECK_EQ(ST_OK, switches_keep(rig->executive, 8));
    uint32_t first = switches->count + 1;
    rig_run(rig, 8000);
    CHECK_EQ(first, switches_next(switches, 0, &record));
    rig_run(rig, 100000);
    uint32_t number = 0, rows = 0;
    uint64_t before_us = 0;
    for (uint32_t next; (next = switches_next(switches, number, &record)) != 0; number = next, rows++) {
        CHECK(number == 0 || next == number + 1);
        CHECK_EQ(record.before == pid ? sleeper : pid, record.after);
        CHECK_EQ(record.before == pid ? REASON_QUANTUM : REASON_SLEEP, record.reason);
        CHECK(record.time_us >= before_us);
        CHECK(record.before == pid ? record.turns >= 8 && record.words > 8000
                                   : record.turns == 1 && record.words < 100);
        before_us = record.time_us;
    }
    CHECK_EQ(8, rows);
    CHECK_EQ(switches->count, number);
    CHECK_EQ(ST_OK, switches_keep(rig->executive, 0));
    CHECK_EQ(0, switches_next(switches, 0, &record));
}

static void numbers_of_switches_wrap_and_stay_in_order(void) {
    struct rig *rig = begin();
    add_text(rig, busy, 100);
    add_text(rig, naps, 0);
    rig->executive->switches->count = UINT32_MAX - 3;
    CHECK_EQ(ST_OK, switches_keep(rig->executive, 8));
    rig_run(rig, 20000);
    const struct switches *switches = rig->executive->switches;
    struct switch_record record;
    uint32_t number = switches->count - 8, rows = 0;
    for (uint32_t next; (next = switches_next(switches, number, &record)) != 0; number = next, rows++)
        CHECK_EQ(number + 1, next);
    CHECK_EQ(8, rows);
}

static void a_priority_can_be_changed_while_tasks_run(void) {
    struct rig *rig = begin();
    uint32_t pid[2] = {add_text(rig, busy, 100), add_text(rig, busy, 100)};
    rig_run(rig, 100000);
    CHECK(task_of(rig, pid[0])->words < task_of(rig, pid[1])->words * 11 / 10);
    uint64_t words = task_of(rig, pid[1])->words;
    schedule_priority(rig->executive, &rig->executive->task[0], 0);
    rig_run(rig, 200000);
    CHECK((task_of(rig, pid[1])->words - words) * 6 < rig->executive->words / 2);
    CHECK_EQ(9, rig->executive->bands); /* bands 0 and 3, and no bit left behind */
}

/* ---- stacks ---- */

static void a_stack_is_as_deep_as_it_was_ever_written(void) {
    struct rig *rig = begin();
    uint32_t flat = add_text(rig, busy, 0);
    uint32_t deep = add_text(rig, "addi a0, sp, -100; sw a0, a0, 0; more: j more", 0);
    rig_run(rig, 10000);
    CHECK_EQ(0, sample_stack_bytes(task_of(rig, flat)));
    CHECK_EQ(100, sample_stack_bytes(task_of(rig, deep)));
    CHECK_EQ(ST_OK, executive_kill(rig->executive, deep));
    CHECK_EQ(0, sample_stack_bytes(task_of(rig, deep)));
}

static void a_return_stack_is_as_deep_as_calls_ever_went(void) {
    struct rig *rig = begin();
    uint32_t pid =
        add_text(rig, "call one; more: j more; func one; call two; ret; func two; call three; ret; func three; ret", 0);
    rig_run(rig, 10000);
    CHECK_EQ(4, sample_return_entries(task_of(rig, pid)));
    CHECK_EQ(1, task_of(rig, pid)->vm.return_depth);
}

/* ---- samples ---- */

static uint32_t samples_of(const struct rig *rig, uint32_t pid, uint64_t *places) {
    struct sample_place place;
    uint32_t samples = 0;
    *places = 0;
    for (uint32_t slot = 0; (slot = sample_next(rig->executive->sampling, slot, &place)) != 0;) {
        if (place.pid != pid) continue;
        samples += place.samples;
        ++*places;
    }
    return samples;
}

static void there_is_a_sample_for_every_period_of_words(void) {
    struct rig *rig = begin();
    uint64_t places;
    uint32_t pid = add_text(rig, "more: addi a0, a0, 1; j more", 0), other = add_text(rig, busy, 0);
    CHECK_EQ(ST_RANGE, sample_start(rig->executive, pid, 0));
    CHECK_EQ(ST_RANGE, sample_start(rig->executive, pid, (uint32_t)INT32_MAX + 1));
    CHECK_EQ(ST_NOT_FOUND, sample_start(rig->executive, 99, 10));
    CHECK_EQ(ST_OK, sample_start(rig->executive, pid, 37));
    rig_run(rig, 100000);
    const struct sampling *sampling = rig->executive->sampling;
    CHECK_EQ((int64_t)(task_of(rig, pid)->words / 37), (int64_t)sampling->samples);
    CHECK_EQ((int64_t)sampling->samples, samples_of(rig, pid, &places));
    CHECK_EQ(sampling->places, places);
    CHECK_EQ(0, samples_of(rig, other, &places));
    sample_stop(rig->executive);
    uint64_t samples = sampling->samples;
    rig_run(rig, 110000);
    CHECK_EQ((int64_t)samples, (int64_t)sampling->samples);
}

static void samples_show_where_the_words_go(void) {
    struct rig *rig = begin();
    uint32_t pid = add_text(rig,
                            "more: set a0, 900; long: addi a0, a0, -1; bne a0, zero, long;"
                            "set a0, 100; short: addi a0, a0, -1; bne a0, zero, short; j more",
                            0);
    CHECK_EQ(ST_OK, sample_start(rig->executive, 0, 101));
    rig_run(rig, 1000000);
    struct sample_place place, most = {0};
    for (uint32_t slot = 0; (slot = sample_next(rig->executive->sampling, slot, &place)) != 0;) {
        CHECK_EQ(pid, place.pid);
        if (place.samples > most.samples) most = place;
    }
    CHECK(most.samples > rig->executive->sampling->samples * 85 / 100);
    CHECK(most.samples < rig->executive->sampling->samples * 95 / 100);
}

static void a_profile_changes_nothing_but_itself(void) {
    uint64_t words[2], turns[2];
    for (int on = 0; on < 2; on++) {
        struct rig *rig = begin();
        uint32_t pid = add_text(rig, "more: addi a0, a0, 1; j more", 0);
        add_text(rig, naps, 0);
        if (on) CHECK_EQ(ST_OK, sample_start(rig->executive, 0, 3));
        rig_run(rig, 50000);
        words[on] = task_of(rig, pid)->words;
        turns[on] = task_of(rig, pid)->turns.turns;
    }
    CHECK_EQ((int64_t)words[0], (int64_t)words[1]);
    CHECK_EQ((int64_t)turns[0], (int64_t)turns[1]);
}

static void places_without_room_are_counted_as_lost(void) {
    struct rig *rig = rig_new();
    rig->config.samples_max = 2;
    rig_start(rig);
    uint64_t places;
    uint32_t pid = add_text(rig, "more: call a; call b; call c; j more; func a; ret; func b; ret; func c; ret", 0);
    CHECK_EQ(ST_OK, sample_start(rig->executive, pid, 1));
    rig_run(rig, 20000);
    const struct sampling *sampling = rig->executive->sampling;
    CHECK_EQ(2, sampling->places);
    CHECK(sampling->lost > 0);
    CHECK_EQ((int64_t)(sampling->samples - sampling->lost), samples_of(rig, pid, &places));
}

static void what_a_call_costs_falls_on_the_call(void) {
    struct rig *rig = begin();
    uint64_t places;
    uint32_t pid = add_text(rig, "more: hcall $task.version; j more", 0);
    CHECK_EQ(ST_OK, sample_start(rig->executive, pid, 5));
    rig_run(rig, 20000);
    CHECK_EQ((int64_t)(task_of(rig, pid)->words / 5), samples_of(rig, pid, &places));
    CHECK_EQ(2, places);
}

static void without_room_there_is_no_profile(void) {
    struct rig *rig = rig_new();
    rig->config.samples_max = 0;
    rig_start(rig);
    CHECK_EQ(ST_UNSUPPORTED, sample_start(rig->executive, 0, 100));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(turns_are_counted_by_how_they_end),
        TEST(a_turn_that_gets_no_fuel_is_counted_as_throttled),
        TEST(switches_are_remembered_on_request_the_newest_ones),
        TEST(numbers_of_switches_wrap_and_stay_in_order),
        TEST(a_priority_can_be_changed_while_tasks_run),
        TEST(a_stack_is_as_deep_as_it_was_ever_written),
        TEST(a_return_stack_is_as_deep_as_calls_ever_went),
        TEST(there_is_a_sample_for_every_period_of_words),
        TEST(samples_show_where_the_words_go),
        TEST(a_profile_changes_nothing_but_itself),
        TEST(places_without_room_are_counted_as_lost),
        TEST(what_a_call_costs_falls_on_the_call),
        TEST(without_room_there_is_no_profile),
    };
    return CHECK_RUN(tests);
}
