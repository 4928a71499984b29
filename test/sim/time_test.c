/* The operations of the clock, of steps, of the schedule and of what tasks use, byte for byte. */
#include "device/executive/clock.h"
#include "test/sim/hive_bench.h"

static uint32_t add_text(struct bench *bench, const char *text) {
    struct rig_guest guest = {.text = text};
    return rig_add(bench->rig, &guest);
}

static int set_clock(struct bench *bench, uint32_t mode, uint32_t words_per_second) {
    return ask(bench, OPERATION_CLOCK_SET, "bwww", (int)mode, words_per_second, 0u, 0u);
}

/* The next event of that number; skips others. */
static bool hear_event(struct bench *bench, int number) {
    uint64_t sequence;
    for (int heard; (heard = hear(bench, &bench->link, &sequence)) != 0;) {
        if (heard == number) return true;
    }
    return false;
}

static void the_clock_is_read_and_set_and_tells_that_it_was(void) {
    struct bench *bench = opened();
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(0), 0u, UINT64_C(0), 0));
    add_text(bench, "more: j more");
    run_for(bench, 1000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_CLOCK_GET, ""));
    CHECK_EQ(CLOCK_FREE, take_u8(&bench->in));
    CHECK_EQ(ACTIVITY_RUNNING, take_u8(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_CLOCK_SET, "bwww", CLOCK_LIMITED, 2u, 200u, 7u));
    run_for(bench, 1000);
    CHECK(hear_event(bench, EVENT_NUMBER_CLOCK_CHANGED));
    CHECK_EQ(CLOCK_LIMITED, take_u8(&bench->in));
    CHECK_EQ(2, take_u32(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_CLOCK_GET, ""));
    CHECK_EQ(CLOCK_LIMITED, take_u8(&bench->in));
    CHECK_EQ(ACTIVITY_THROTTLED, take_u8(&bench->in));
    CHECK_EQ(2, take_u32(&bench->in));
    CHECK_EQ(200, take_u32(&bench->in));
    CHECK_EQ(7, take_u32(&bench->in));
    CHECK_EQ(1000, take_u32(&bench->in));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 1, set_clock(bench, CLOCK_LIMITED, 0));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 0, set_clock(bench, CLOCK_VIRTUAL + 1, 0));
}

static void a_step_answers_with_a_ticket_and_an_event_tells_its_end(void) {
    struct bench *bench = opened();
    uint32_t pid = add_text(bench, "li a0, 50; hcall $task.sleep_ms; more: j more");
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(0), 0u, UINT64_C(0), 0));
    CHECK_EQ(ST_OK, set_clock(bench, CLOCK_MANUAL, 0));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_STEP, "wwb", pid, 10u, 0));
    uint16_t ticket = take_u16(&bench->in);
    CHECK_REFUSED(ST_BUSY, WHY_STEP, ticket, ask(bench, OPERATION_CLOCK_STEP, "wb", 1u, 0));
    run_for(bench, 1000);
    CHECK(hear_event(bench, EVENT_NUMBER_STEP_DONE));
    CHECK_EQ(ticket, take_u16(&bench->in));
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(STEP_WAITS, take_u8(&bench->in));
    CHECK_EQ(3, take_u32(&bench->in));
    CHECK_EQ(4, take_u32(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_CLOCK_STEP, "wb", 2u, 1));
    run_for(bench, 1000);
    CHECK(hear_event(bench, EVENT_NUMBER_STEP_DONE));
    CHECK_EQ(ticket + 1, take_u16(&bench->in));
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(STEP_DONE, take_u8(&bench->in));
    CHECK_EQ(1, take_u32(&bench->in)); /* a turn, and before it time that passed */
}

static void a_step_that_cannot_be_is_refused_with_its_reason(void) {
    struct bench *bench = opened();
    uint32_t pid = add_text(bench, "more: j more");
    CHECK_REFUSED(ST_INVALID, WHY_MODE, CLOCK_FREE, ask(bench, OPERATION_CLOCK_STEP, "wb", 1u, 0));
    CHECK_REFUSED(ST_INVALID, WHY_MODE, CLOCK_FREE, ask(bench, OPERATION_TASK_STEP, "wwb", pid, 1u, 0));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 99, ask(bench, OPERATION_TASK_STEP, "wwb", 99u, 1u, 0));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 1, ask(bench, OPERATION_TASK_STEP, "wwb", pid, 0u, 0));
    CHECK_EQ(ST_OK, set_clock(bench, CLOCK_MANUAL, 0));
    CHECK_REFUSED(ST_RANGE, WHY_PARAMETER, 1, ask(bench, OPERATION_TASK_STEP, "wwb", pid, (uint32_t)INT32_MAX + 1, 0));
    CHECK_REFUSED(ST_RANGE, WHY_PARAMETER, 0, ask(bench, OPERATION_CLOCK_STEP, "wb", (uint32_t)INT32_MAX + 1, 0));
    CHECK_REFUSED(ST_RANGE, WHY_PARAMETER, 1, ask(bench, OPERATION_PROFILE_START, "ww", pid, UINT32_MAX));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_STOP, ""));
    CHECK_REFUSED(ST_INVALID, WHY_STOPPED, 0, ask(bench, OPERATION_CLOCK_STEP, "wb", 1u, 0));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_GO, ""));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_KILL, "w", pid));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, pid, ask(bench, OPERATION_TASK_STEP, "wwb", pid, 1u, 0));
}

static void nobody_else_moves_a_task_that_is_locked(void) {
    struct bench *bench = opened();
    uint32_t pid = add_text(bench, "more: j more"), other = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_LOCK, "w", pid));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, other, OPERATION_CLOCK_SET, "bwww", CLOCK_MANUAL, 0u, 0u, 0u));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, other, OPERATION_CLOCK_STEP, "wb", 1u, 0));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, other, OPERATION_TASK_STEP, "wwb", pid, 1u, 0));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, other, OPERATION_TASK_PRIORITY, "wb", pid, 1));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_PRIORITY, "wb", pid, 1));
}

static void heartbeats_go_by_the_boards_time_whatever_the_clock_does(void) {
    struct bench *bench = opened();
    add_text(bench, "more: set a0, 100000; hcall $task.sleep_ms; j more");
    CHECK_EQ(ST_OK, set_clock(bench, CLOCK_VIRTUAL, 0));
    run_for(bench, 1000);
    CHECK(bench->rig->executive->now_us > UINT64_C(100000000));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_KEEPALIVE, ""));
    CHECK_EQ(ST_OK, set_clock(bench, CLOCK_MANUAL, 0));
    run_for(bench, UINT64_C(29000000));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_KEEPALIVE, ""));
    run_for(bench, UINT64_C(30000001));
    CHECK_EQ(ST_DENIED, ask(bench, OPERATION_SESSION_KEEPALIVE, ""));
}

static void the_schedule_is_listed_and_its_switches_remembered(void) {
    struct bench *bench = opened();
    uint32_t pid = add_text(bench, "more: j more"), other = add_text(bench, "more: j more");
    CHECK_REFUSED(ST_RANGE, WHY_ROOM, 8, ask(bench, OPERATION_SCHEDULE_KEEP, "w", 9u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SCHEDULE_KEEP, "w", 8u));
    run_for(bench, 10000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SCHEDULE_LIST, "w", pid));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_EQ(other, take_u32(&bench->in));
    CHECK_EQ(TASK_READY, take_u8(&bench->in));
    CHECK_EQ(0, take_u8(&bench->in));
    uint32_t turns = take_u32(&bench->in);
    CHECK(turns > 40);
    CHECK_EQ(turns, take_u32(&bench->in)); /* each turn was a switch, */
    CHECK_EQ(turns, take_u32(&bench->in)); /* and ended by the quantum */
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SCHEDULE_TOTALS, ""));
    uint32_t all = take_u32(&bench->in);
    CHECK(all >= 2 * turns - 1 && all <= 2 * turns + 1);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SCHEDULE_TRACE, "w", 0u));
    CHECK_EQ(8, take_u16(&bench->in));
    CHECK_EQ(all - 7, take_u32(&bench->in));
}

static void what_tasks_use_and_where_their_words_go_is_told(void) {
    struct bench *bench = opened();
    uint32_t pid = add_text(bench, "addi a0, sp, -40; sw a0, a0, 0; more: hcall $task.version; j more");
    CHECK_EQ(ST_OK, ask(bench, OPERATION_PROFILE_START, "ww", 0u, 10u));
    run_for(bench, 10000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_PROFILE_USE, "w", 0u));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(0, take_u32(&bench->in));
    CHECK(take_u64(&bench->in) > 10000);
    CHECK(take_u32(&bench->in) > 100); /* calls */
    CHECK_EQ(0, take_u32(&bench->in) + take_u32(&bench->in) + take_u32(&bench->in));
    CHECK_EQ(4096, take_u32(&bench->in));
    CHECK_EQ(RIG_STACK_BYTES, take_u32(&bench->in));
    CHECK_EQ(40, take_u32(&bench->in));
    CHECK_EQ(16, take_u32(&bench->in));
    CHECK_EQ(1, take_u32(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_PROFILE_STOP, ""));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_PROFILE_GET, ""));
    CHECK_EQ(0, take_u8(&bench->in));
    CHECK_EQ(0, take_u32(&bench->in));
    CHECK_EQ(10, take_u32(&bench->in));
    uint64_t samples = take_u64(&bench->in), got = 0;
    CHECK_EQ(0, (int64_t)take_u64(&bench->in));
    uint32_t places = take_u32(&bench->in);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_PROFILE_READ, "w", 0u));
    CHECK_EQ(places, take_u16(&bench->in));
    for (uint32_t i = 0; i < places; i++) {
        (void)take_u32(&bench->in);
        CHECK_EQ(pid, take_u32(&bench->in));
        (void)take_u32(&bench->in);
        got += take_u32(&bench->in);
    }
    CHECK_EQ((int64_t)samples, (int64_t)got);
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 77, ask(bench, OPERATION_PROFILE_START, "ww", 77u, 10u));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(the_clock_is_read_and_set_and_tells_that_it_was),
        TEST(a_step_answers_with_a_ticket_and_an_event_tells_its_end),
        TEST(a_step_that_cannot_be_is_refused_with_its_reason),
        TEST(nobody_else_moves_a_task_that_is_locked),
        TEST(heartbeats_go_by_the_boards_time_whatever_the_clock_does),
        TEST(the_schedule_is_listed_and_its_switches_remembered),
        TEST(what_tasks_use_and_where_their_words_go_is_told),
    };
    return CHECK_RUN(tests);
}
