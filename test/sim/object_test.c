/* What tasks offer, operated over links: values and commands. */
#include "test/sim/hive_bench.h"

static void values_are_listed_and_hidden_above_the_sessions_level(void) {
    for (int factory = 0; factory < 2; factory++) {
        struct bench *bench = opened();
        bench->config.factory = factory;
        add_thing(bench);
        CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_LIST, "w", 1u));
        CHECK_EQ(3, take_u16(&bench->in));
        for (uint32_t i = 1; i < VALUES; i++) {
            bool readable = i < LEVEL_FACTORY || factory;
            CHECK_EQ(i + 1, take_u16(&bench->in));
            CHECK_EQ(VALUE_ID + i, take_u16(&bench->in));
            CHECK_EQ(1, take_u32(&bench->in));
            CHECK_EQ(OBJECT_I32, take_u8(&bench->in));
            CHECK_EQ(i == LEVEL_FACTORY ? VALUE_PIN : 0, take_u8(&bench->in));
            CHECK_EQ(i, take_u8(&bench->in));
            CHECK_EQ(i, take_u8(&bench->in));
            CHECK_EQ(readable, take_u8(&bench->in));
            CHECK_EQ(readable ? 10 + i : 0, take_u32(&bench->in));
            CHECK_EQ(UINT32_MAX, take_u32(&bench->in));
            (void)take_bytes(&bench->in, take_u8(&bench->in));
            (void)take_bytes(&bench->in, take_u8(&bench->in));
        }
        CHECK(!bench->in.bad && bench->in.offset == bench->in.length);
        CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_LIST, "w", UINT32_MAX));
        CHECK_EQ(0, take_u16(&bench->in));
    }
}

static void what_a_session_reads_and_sets_is_by_its_level(void) {
    struct bench *bench = bench_new();
    add_thing(bench);
    bench->other.trusted = false;
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, 0, OPERATION_SESSION_OPEN, "tbbwd", "", 0, 0, 0u, (const char *)token,
                           sizeof token));
    uint32_t user = take_u32(&bench->in);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, 0, OPERATION_SESSION_OPEN, "tbbwd", "", 0, 0, 0u, "", (size_t)0));
    uint32_t again = take_u32(&bench->in), observer = open_on(bench, &bench->link, true, 0);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t session = i ? again : user; /* a second session on its link is of no higher level */
        CHECK_EQ(ST_OK, ask_as(bench, &bench->other, session, OPERATION_VALUE_GET, "h", VALUE_ID + LEVEL_USER));
        CHECK_REFUSED(ST_DENIED, WHY_LEVEL, LEVEL_ADMIN,
                      ask_as(bench, &bench->other, session, OPERATION_VALUE_GET, "h", VALUE_ID + LEVEL_ADMIN));
        CHECK_REFUSED(
            ST_DENIED, WHY_LEVEL, LEVEL_ADMIN,
            ask_as(bench, &bench->other, session, OPERATION_VALUE_SET, "hww", VALUE_ID + LEVEL_ADMIN, 1u, 0u));
    }
    CHECK_EQ(ST_OK, ask_as(bench, &bench->link, observer, OPERATION_VALUE_GET, "h", VALUE_ID));
    CHECK_REFUSED(ST_DENIED, WHY_LEVEL, LEVEL_USER,
                  ask_as(bench, &bench->link, observer, OPERATION_VALUE_GET, "h", VALUE_ID + LEVEL_USER));
    CHECK_REFUSED(ST_DENIED, WHY_OBSERVER, 0,
                  ask_as(bench, &bench->link, observer, OPERATION_VALUE_SET, "hww", VALUE_ID, 1u, 0u));
}

static void a_value_is_set_within_its_contract_and_grows_old(void) {
    struct bench *bench = opened();
    bench->config.factory = true;
    add_thing(bench);
    CHECK_REFUSED(ST_INVALID, WHY_OBJECT, VALUE_ID, ask(bench, OPERATION_VALUE_SET, "hww", VALUE_ID, 101u, 0u));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_OBJECT, 7, ask(bench, OPERATION_VALUE_SET, "hww", 7, 1u, 0u));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_OBJECT, 7, ask(bench, OPERATION_VALUE_GET, "h", 7));
    CHECK_REFUSED(ST_DENIED, WHY_PIN, 0,
                  ask(bench, OPERATION_VALUE_SET, "hww", VALUE_ID + LEVEL_FACTORY, 1u, PIN + 1u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_SET, "hww", VALUE_ID + LEVEL_FACTORY, 1u, (uint32_t)PIN));
    run_for(bench, 250000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_GET, "h", VALUE_ID + LEVEL_FACTORY));
    (void)take_bytes(&bench->in, 8); /* pid, type, flags, levels */
    CHECK_EQ(1, take_u32(&bench->in));
    (void)take_bytes(&bench->in, 20); /* initial, minimum, maximum, epsilon, rate */
    uint32_t age_ms = take_u32(&bench->in);
    CHECK(age_ms >= 250 && age_ms < 260);
}

static void a_command_runs_and_an_event_tells_its_result(void) {
    struct bench *bench = opened();
    uint64_t sequence;
    add_thing(bench);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_COMMAND_LIST, "w", 0u));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_EQ(COMMAND_ID, take_u16(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_MAX, 0u,
                        UINT64_C(1) << EVENT_NUMBER_COMMAND_DONE, 0));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 2, 40u, 2u, 0u, 0u));
    uint16_t ticket = take_u16(&bench->in);
    run_for(bench, 5000);
    CHECK_EQ(EVENT_NUMBER_COMMAND_DONE, hear(bench, &bench->link, &sequence));
    CHECK_EQ(1, take_u32(&bench->in));
    CHECK_EQ(ticket, take_u16(&bench->in));
    CHECK_EQ(ST_OK, take_u32(&bench->in));
    CHECK_EQ(42, take_u32(&bench->in));
}

static void a_command_that_may_not_run_is_refused_with_the_reason(void) {
    struct bench *bench = opened();
    add_thing(bench);
    CHECK_REFUSED(ST_DENIED, WHY_PIN, 0,
                  ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, 0u, 2, 1u, 2u, 0u, 0u));
    CHECK_REFUSED(ST_INVALID, WHY_OBJECT, COMMAND_ID,
                  ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 1, 1u, 2u, 0u, 0u));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 2,
                  ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 5, 1u, 2u, 0u, 0u));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_OBJECT, 9, ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", 9, 0u, 0, 0u, 0u, 0u, 0u));
    uint32_t runs_max = bench->rig->config.command_runs_max;
    for (uint32_t i = 0; i < runs_max; i++) {
        CHECK_EQ(ST_OK, ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 2, 1u, 2u, 0u, 0u));
    }
    CHECK_REFUSED(ST_FULL, WHY_ROOM, runs_max,
                  ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 2, 1u, 2u, 0u, 0u));
}

/* The executive last knew the time when it last did something, which may be long ago. */
static void a_commands_time_counts_from_the_request(void) {
    struct bench *bench = opened();
    add_thing(bench);
    sim_advance(&bench->rig->sim, bench->rig->sim.now_us + UINT64_C(3600000000));
    bench->session = open_on(bench, &bench->link, false, 0);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_MAX, 0u,
                        UINT64_C(1) << EVENT_NUMBER_COMMAND_DONE, 0));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 2, 1u, 2u, 0u, 0u));
    uint64_t sequence;
    run_for(bench, 5000);
    CHECK_EQ(EVENT_NUMBER_COMMAND_DONE, hear(bench, &bench->link, &sequence));
    (void)take_bytes(&bench->in, 6);
    CHECK_EQ(ST_OK, take_u32(&bench->in));
}

static void what_a_locked_task_offers_is_for_its_session_alone(void) {
    struct bench *bench = opened();
    add_thing(bench);
    uint32_t second = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_LOCK, "w", 1u));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, second, OPERATION_VALUE_SET, "hww", VALUE_ID, 1u, 0u));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, second, OPERATION_COMMAND_CALL, "hwbwwww", COMMAND_ID, (uint32_t)PIN, 2,
                         1u, 2u, 0u, 0u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_VALUE_SET, "hww", VALUE_ID, 1u, 0u));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(values_are_listed_and_hidden_above_the_sessions_level),
        TEST(what_a_session_reads_and_sets_is_by_its_level),
        TEST(a_value_is_set_within_its_contract_and_grows_old),
        TEST(a_command_runs_and_an_event_tells_its_result),
        TEST(a_command_that_may_not_run_is_refused_with_the_reason),
        TEST(a_commands_time_counts_from_the_request),
        TEST(what_a_locked_task_offers_is_for_its_session_alone),
    };
    return CHECK_RUN(tests);
}
