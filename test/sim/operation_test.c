/* A hive operated over links, byte for byte, on the simulated board in virtual time. */
#include <stdlib.h>

#include "test/oracle/random.h"
#include "test/sim/hive_bench.h"

static const char sleeper[] = "loop: li a0, 1000; hcall $time.delay_ms; j loop";

static uint16_t upload(struct bench *bench, const char *text, const char *name) {
    struct rig_guest guest = {.text = text, .name = name};
    size_t index = rig_pack(bench->rig, &guest);
    const char *bytes = (const char *)bench->rig->artifact[index].bytes;
    size_t length = bench->rig->artifact[index].length;
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", (uint32_t)length));
    uint16_t number = take_u16(&bench->in), most = take_u16(&bench->in);
    for (size_t at = 0; at < length; at += most) {
        size_t piece = length - at < most ? length - at : most;
        CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, (uint32_t)at, bytes + at, piece));
    }
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_END, "h", number));
    return take_u16(&bench->in);
}

static void a_hive_says_what_it_is_to_anybody_on_a_trusted_link(void) {
    struct bench *bench = bench_new();
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_INFO, ""));
    CHECK_EQ(OPERATION_PROTOCOL, take_u16(&bench->in));
    (void)take_u16(&bench->in);
    CHECK_EQ(HIVE_MESSAGE_BYTES, take_u16(&bench->in));
    CHECK_EQ(77, take_u32(&bench->in));
}

static void the_example_of_the_page_is_understood(void) {
    struct bench *bench = bench_new();
    static const uint8_t page[] = {1, 0x84, 0, 2, 0, 9, 0, 0, 0, 5, 0, 0, 0};
    size_t length = hive_request(bench->hive, &bench->link, 0, page, sizeof page, bench->reply, sizeof bench->reply);
    CHECK_EQ(12, length);
    CHECK(memcmp(bench->reply, "\2\x84\0\2\0", 5) == 0);
}

static void what_is_no_request_gets_no_answer(void) {
    struct bench *bench = bench_new();
    static const uint8_t bytes[] = {1, 0, 0, 0, 0, 0, 0, 0, 0};
    for (size_t length = 0; length < sizeof bytes; length++)
        CHECK_EQ(0, hive_request(bench->hive, &bench->link, 0, bytes, length, bench->reply, sizeof bench->reply));
    CHECK_EQ(0, hive_request(bench->hive, &bench->link, 0, (const uint8_t *)"GET / HTTP/1.1", 14, bench->reply,
                             sizeof bench->reply));
}

static void an_operation_that_does_not_exist_is_unsupported(void) {
    struct bench *bench = opened();
    CHECK_REFUSED(ST_UNSUPPORTED, WHY_OPERATION, 0, ask(bench, 0xffff, ""));
}

static void a_request_has_the_length_of_its_parameters(void) {
    struct bench *bench = opened();
    CHECK_REFUSED(ST_CORRUPT, WHY_LENGTH, 0, ask(bench, OPERATION_TASK_KILL, "h", 1));
    CHECK_REFUSED(ST_CORRUPT, WHY_LENGTH, 0, ask(bench, OPERATION_TASK_KILL, "wb", 1u, 0));
    CHECK_REFUSED(ST_CORRUPT, WHY_LENGTH, 0, ask(bench, OPERATION_SESSION_KEEPALIVE, "b", 0));
}

static void parameters_outside_their_bounds_are_named(void) {
    struct bench *bench = opened();
    static const char data[600];
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 0, ask(bench, OPERATION_TASK_KILL, "w", 0u));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 0, ask(bench, OPERATION_CONSOLE_WRITE, "d", data, (size_t)513));
    const char *long_name = "123456789012345678901234567890123";
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 0,
                  ask(bench, OPERATION_SESSION_OPEN, "tbbwd", long_name, 0, 0, 0u, "", (size_t)0));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 0,
                  ask(bench, OPERATION_SESSION_OPEN, "tbbwd", "\x1b[2J", 0, 0, 0u, "", (size_t)0));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 1,
                  ask(bench, OPERATION_SESSION_OPEN, "tbbwd", "", 2, 0, 0u, "", (size_t)0));
}

static void what_needs_a_session_is_denied_without_one(void) {
    struct bench *bench = opened();
    CHECK_REFUSED(ST_DENIED, WHY_SESSION, 0, ask_as(bench, &bench->link, 0, OPERATION_TASK_LIST, "w", 0u));
    CHECK_REFUSED(ST_DENIED, WHY_SESSION, 0, ask_as(bench, &bench->link, 99, OPERATION_TASK_LIST, "w", 0u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_CLOSE, ""));
    CHECK_REFUSED(ST_DENIED, WHY_SESSION, 0, ask(bench, OPERATION_TASK_LIST, "w", 0u));
}

static void a_heartbeat_is_held_to_its_bounds_and_a_silent_session_ends(void) {
    static const uint32_t asked[] = {0, 1, 5000, 300000, 300001, UINT32_MAX},
                          held[] = {30000, 5000, 5000, 300000, 300000, 300000};
    for (size_t i = 0; i < 6; i++) {
        struct bench *bench = bench_new();
        bench->session = open_on(bench, &bench->link, false, asked[i]);
        CHECK_EQ(held[i], take_u32(&bench->in));
        run_for(bench, held[i] * UINT64_C(1000) - 1);
        CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_KEEPALIVE, ""));
        run_for(bench, held[i] * UINT64_C(1000));
        CHECK_EQ(ST_DENIED, ask(bench, OPERATION_SESSION_KEEPALIVE, ""));
    }
}

static void there_are_as_many_sessions_as_there_may_be(void) {
    struct bench *bench = bench_new();
    for (int i = 0; i < SESSIONS; i++) CHECK(open_on(bench, &bench->link, false, 0) != 0);
    CHECK_REFUSED(ST_FULL, WHY_ROOM, SESSIONS,
                  ask(bench, OPERATION_SESSION_OPEN, "tbbwd", "", 0, 0, 0u, "", (size_t)0));
    CHECK_EQ(ST_OK, ask_as(bench, &bench->link, 1, OPERATION_SESSION_LIST, "w", 0u));
    CHECK_EQ(SESSIONS, take_u16(&bench->in));
}

static void an_artifact_comes_in_chunks_runs_and_is_killed(void) {
    struct bench *bench = opened();
    uint64_t sequence;
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(0), 0u, UINT64_C(0), 0));
    uint16_t load = upload(bench, sleeper, "sleeper");
    run_for(bench, 5000);
    CHECK_EQ(EVENT_NUMBER_LOAD_ACCEPTED, hear(bench, &bench->link, &sequence));
    CHECK_EQ(1, sequence);
    CHECK_EQ(load, take_u16(&bench->in));
    uint32_t pid = take_u32(&bench->in);
    CHECK_EQ(EVENT_NUMBER_TASK_STARTED, hear(bench, &bench->link, &sequence));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LIST, "w", 0u));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(TASK_SLEEPING, take_u8(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_KILL, "w", pid));
    run_for(bench, 1);
    CHECK_EQ(EVENT_NUMBER_TASK_ENDED, hear(bench, &bench->link, &sequence));
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(TASK_END_KILLED, take_u8(&bench->in));
    CHECK_EQ(0, hear(bench, &bench->link, &sequence));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, pid, ask(bench, OPERATION_TASK_KILL, "w", pid));
}

static void a_refused_artifact_tells_why_and_frees_its_place(void) {
    struct bench *bench = opened();
    uint64_t sequence;
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(0), 0u, UINT64_C(0), 0));
    for (int i = 0; i < 3 * UPLOADS; i++) {
        CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", 8u));
        uint16_t number = take_u16(&bench->in);
        CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, 0u, "no artif", (size_t)8));
        CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_END, "h", number));
        run_for(bench, 1);
        CHECK_EQ(EVENT_NUMBER_LOAD_REFUSED, hear(bench, &bench->link, &sequence));
        CHECK_EQ(EVENT_NUMBER_LOAD_FAILED, hear(bench, &bench->link, &sequence));
        CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_ACKNOWLEDGE, "q", sequence));
    }
}

static void chunks_follow_each_other_and_may_be_repeated(void) {
    struct bench *bench = opened();
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", 10u));
    uint16_t number = take_u16(&bench->in);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, 0u, "1234", (size_t)4));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, 0u, "1234", (size_t)4));
    CHECK_EQ(4, take_u32(&bench->in));
    CHECK_REFUSED(ST_RANGE, WHY_UPLOAD, 4, ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, 5u, "1", (size_t)1));
    CHECK_REFUSED(ST_RANGE, WHY_UPLOAD, 4,
                  ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, 4u, "1234567", (size_t)7));
    CHECK_REFUSED(ST_RANGE, WHY_UPLOAD, 4,
                  ask(bench, OPERATION_TASK_LOAD_CHUNK, "hwd", number, UINT32_MAX, "12", (size_t)2));
    CHECK_REFUSED(ST_AGAIN, WHY_UPLOAD, 4, ask(bench, OPERATION_TASK_LOAD_END, "h", number));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_UPLOAD, 0, ask(bench, OPERATION_TASK_LOAD_END, "h", 99));
    uint32_t second = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_NOT_FOUND, ask_as(bench, &bench->other, second, OPERATION_TASK_LOAD_END, "h", number));
    CHECK_REFUSED(ST_QUOTA, WHY_ROOM, UPLOAD_BYTES,
                  ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", (uint32_t)UPLOAD_BYTES + 1));
}

static void places_for_artifacts_are_taken_until_their_tasks_end(void) {
    struct bench *bench = opened();
    (void)upload(bench, sleeper, "one");
    run_for(bench, 5000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", 8u));
    CHECK_REFUSED(ST_FULL, WHY_ROOM, UPLOADS, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", 8u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_KILL, "w", 1u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", 8u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_CLOSE, ""));
    bench->session = open_on(bench, &bench->link, false, 0);
    for (int i = 0; i < UPLOADS; i++) CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LOAD_BEGIN, "w", 8u));
}

static void a_locked_task_is_for_its_session_alone(void) {
    struct bench *bench = opened();
    (void)upload(bench, sleeper, "sleeper");
    run_for(bench, 5000);
    uint32_t second = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_LOCK, "w", 1u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_LOCK, "w", 1u));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, bench->session,
                  ask_as(bench, &bench->other, second, OPERATION_TASK_KILL, "w", 1u));
    CHECK_EQ(ST_BUSY, ask_as(bench, &bench->other, second, OPERATION_SESSION_LOCK, "w", 1u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_UNLOCK, "w", 1u));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 1, ask(bench, OPERATION_SESSION_UNLOCK, "w", 1u));
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, second, OPERATION_TASK_KILL, "w", 1u));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 1, ask(bench, OPERATION_SESSION_LOCK, "w", 1u));
}

static uint8_t state_of_the_only_task(struct bench *bench) {
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LIST, "w", 0u));
    CHECK_EQ(1, take_u16(&bench->in));
    (void)take_u32(&bench->in);
    return take_u8(&bench->in);
}

static void a_task_is_paused_and_goes_on(void) {
    struct bench *bench = opened();
    (void)upload(bench, "loop: j loop", "busy");
    run_for(bench, 5000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_PAUSE, "w", 1u));
    run_for(bench, 5000);
    CHECK_EQ(TASK_PAUSED, state_of_the_only_task(bench));
    CHECK_REFUSED(ST_INVALID, WHY_TASK, 1, ask(bench, OPERATION_TASK_PAUSE, "w", 1u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_RESUME, "w", 1u));
    run_for(bench, 5000);
    CHECK(state_of_the_only_task(bench) != TASK_PAUSED);
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 9, ask(bench, OPERATION_TASK_PAUSE, "w", 9u));
}

static void an_emergency_stop_pauses_everybody_until_told(void) {
    struct bench *bench = opened();
    (void)upload(bench, "loop: j loop", "busy");
    run_for(bench, 5000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_STOP, ""));
    run_for(bench, 5000);
    CHECK_EQ(TASK_PAUSED, state_of_the_only_task(bench));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_GO, ""));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_RESUME, "w", 1u));
    run_for(bench, 5000);
    CHECK(state_of_the_only_task(bench) != TASK_PAUSED);
}

static void locks_go_with_a_session_that_falls_silent(void) {
    struct bench *bench = opened();
    (void)upload(bench, sleeper, "sleeper");
    run_for(bench, 5000);
    uint32_t second = open_on(bench, &bench->other, false, 300000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_LOCK, "w", 1u));
    run_for(bench, UINT64_C(30000000));
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, second, OPERATION_TASK_KILL, "w", 1u));
}

static void observers_look_and_change_nothing(void) {
    struct bench *bench = bench_new();
    bench->session = open_on(bench, &bench->link, true, 0);
    static const unsigned changing[] = {OPERATION_SESSION_LOCK,  OPERATION_TASK_LOAD_BEGIN, OPERATION_TASK_LOAD_CHUNK,
                                        OPERATION_TASK_LOAD_END, OPERATION_TASK_KILL,       OPERATION_CONSOLE_WRITE,
                                        OPERATION_SESSION_UNLOCK};
    for (size_t i = 0; i < sizeof changing / sizeof *changing; i++)
        CHECK_REFUSED(ST_DENIED, WHY_OBSERVER, 0, ask(bench, changing[i], "w", 1u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LIST, "w", 0u));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(0), 0u, UINT64_C(0), 0));
}

static void a_session_survives_its_link_and_no_other_link_can_take_it_before(void) {
    struct bench *bench = opened();
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(0), 0u, UINT64_C(0), 0));
    CHECK_REFUSED(ST_DENIED, WHY_SESSION, 0,
                  ask_as(bench, &bench->other, bench->session, OPERATION_SESSION_KEEPALIVE, ""));
    hive_link_closed(bench->hive, &bench->link);
    (void)ask_as(bench, &bench->other, bench->session, OPERATION_SESSION_KEEPALIVE, "");
    struct rig_guest guest = {.text = "li a0, 0; ret"};
    (void)rig_load(bench->rig, &guest);
    run_for(bench, 5000);
    uint64_t sequence;
    CHECK_EQ(0, hear(bench, &bench->link, &sequence));
    CHECK_EQ(EVENT_NUMBER_LOAD_ACCEPTED, hear(bench, &bench->other, &sequence));
}

static void a_cursor_leads_on_where_the_last_link_ended(void) {
    struct bench *bench = opened();
    struct rig_guest guest = {.text = "li a0, 7; ret"};
    uint64_t sequence;
    (void)rig_load(bench->rig, &guest);
    run_for(bench, 5000); /* accepted, started, ended */
    bench->session = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, bench->session, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(2), 0u,
                           UINT64_C(0), 0));
    CHECK_EQ(EVENT_NUMBER_TASK_ENDED, hear(bench, &bench->other, &sequence));
    CHECK_EQ(3, sequence);
    (void)take_u32(&bench->in);
    CHECK_EQ(TASK_END_EXIT, take_u8(&bench->in));
    CHECK_EQ(7, take_u32(&bench->in));
    CHECK_REFUSED(ST_RANGE, WHY_CURSOR, 3,
                  ask_as(bench, &bench->other, bench->session, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(4), 0u,
                         UINT64_C(0), 0));
}

static void events_that_are_gone_are_told_as_a_range(void) {
    struct bench *bench = opened();
    uint64_t sequence;
    for (int i = 0; i < 8; i++) {
        struct rig_guest guest = {.text = "li a0, 7; ret"};
        (void)rig_load(bench->rig, &guest);
        run_for(bench, 5000);
    } /* 24 events, of which 16 are kept */
    CHECK_EQ(ST_OK, ask(bench, OPERATION_EVENT_SUBSCRIBE, "qwqh", UINT64_C(3), 0u, UINT64_C(0), 0));
    CHECK_EQ(EVENT_NUMBER_EVENT_MISSED, hear(bench, &bench->link, &sequence));
    CHECK_EQ(0, sequence);
    CHECK_EQ(4, take_u64(&bench->in));
    CHECK_EQ(8, take_u64(&bench->in));
    CHECK_EQ(EVENT_NUMBER_EVENT_SLOW, hear(bench, &bench->link, &sequence));
    CHECK_EQ(EVENT_NUMBER_TASK_ENDED, hear(bench, &bench->link, &sequence));
    CHECK_EQ(9, sequence);
}

static void without_the_right_token_a_link_ends(void) {
    for (int i = 0; i < 4; i++) {
        struct bench *bench = bench_new();
        uint8_t wrong[sizeof token];
        memcpy(wrong, token, sizeof token);
        wrong[5] ^= (uint8_t)(i == 0);
        bench->link.trusted = false;
        int status = i == 3 ? ask(bench, OPERATION_HIVE_INFO, "")
                            : ask(bench, OPERATION_SESSION_OPEN, "tbbwd", "", 0, 0, 0u, (const char *)wrong,
                                  sizeof token - (size_t)(i == 1));
        CHECK_EQ(i == 2 ? ST_OK : ST_DENIED, status);
        CHECK_EQ(i == 2, bench->link.trusted);
        CHECK_EQ(i != 2, bench->link.over);
        if (i != 2) CHECK_EQ(WHY_TOKEN, take_u8(&bench->in));
    }
}

static void typing_reaches_the_task_that_reads(void) {
    struct bench *bench = opened();
    CHECK_EQ(ST_OK, ask(bench, OPERATION_CONSOLE_WRITE, "d", "typed", (size_t)5));
    CHECK_EQ(5, take_u16(&bench->in));
}

/* Whatever is sent: no harm, and every answer is a reply to it. */
static void random_requests_in_random_states_do_no_harm(void) {
    static const uint32_t numbers[] = {0,   1,   2,   133, 134, 64,  65,  66,  67,  68,  69,  128, 129, 130,
                                       131, 132, 192, 193, 194, 256, 300, 320, 321, 322, 384, 385, 448};
    struct random random = {1};
    struct bench *bench = opened();
    add_thing(bench);
    for (int i = 0; i < 200000; i++) {
        uint8_t request[96];
        size_t length = 9 + random_below(&random, sizeof request - 8);
        for (size_t at = 0; at < length; at++)
            request[at] = (uint8_t)(random_percent(&random, 60) ? random_below(&random, 4) : random_64(&random));
        request[0] = 1;
        store_le16(request + 1, (uint16_t)numbers[random_below(&random, sizeof numbers / sizeof *numbers)]);
        store_le32(request + 5, bench->hive->sessions.session[random_below(&random, SESSIONS)].id);
        struct hive_link *link = random_percent(&random, 50) ? &bench->link : &bench->other;
        uint8_t *exact = malloc(length);
        require(exact != NULL);
        memcpy(exact, request, length);
        size_t got =
            hive_request(bench->hive, link, bench->rig->sim.now_us, exact, length, bench->reply, sizeof bench->reply);
        free(exact);
        CHECK(got >= 7 && bench->reply[0] == 2 && memcmp(bench->reply + 1, request + 1, 4) == 0);
        uint64_t sequence;
        if (random_percent(&random, 20)) (void)hear(bench, link, &sequence);
        if (random_percent(&random, 5)) run_for(bench, random_below(&random, 100000));
        if (random_percent(&random, 1)) hive_link_closed(bench->hive, link);
    }
}

static void a_budget_is_told_and_changed_over_a_link(void) {
    struct bench *bench = opened();
    struct rig_guest guest = {.text = "more: j more"};
    const uint32_t pid = rig_add(bench->rig, &guest);
    run_for(bench, 1000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_BUDGET, "w", pid));
    CHECK_EQ(0, take_u64(&bench->in));
    const uint64_t used = take_u64(&bench->in);
    CHECK(used > 0);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_SET_BUDGET, "wqwwwwww", pid, used + 20000, 0u, 0u, 0u, 0u, 0u, 0u));
    run_for(bench, 100000);
    CHECK_EQ(TASK_END_FUEL, executive_task(bench->rig->executive, pid)->end);
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, pid + 1, ask(bench, OPERATION_TASK_BUDGET, "w", pid + 1));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, pid,
                  ask(bench, OPERATION_TASK_SET_BUDGET, "wqwwwwww", pid, UINT64_C(0), 0u, 0u, 0u, 0u, 0u, 0u));
}

static void another_session_is_ended_by_order(void) {
    struct bench *bench = opened();
    uint32_t pid = rig_add(bench->rig, &(struct rig_guest){.text = sleeper});
    uint32_t stale = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, stale, OPERATION_SESSION_LOCK, "w", pid));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, stale, ask(bench, OPERATION_TASK_KILL, "w", pid));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_SESSION_END, "w", stale));
    CHECK_REFUSED(ST_DENIED, WHY_SESSION, 0, ask_as(bench, &bench->other, stale, OPERATION_SESSION_KEEPALIVE, ""));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_KILL, "w", pid));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_SESSION, stale, ask(bench, OPERATION_SESSION_END, "w", stale));
    uint32_t observer = open_on(bench, &bench->other, true, 0);
    CHECK_REFUSED(ST_DENIED, WHY_OBSERVER, 0,
                  ask_as(bench, &bench->other, observer, OPERATION_SESSION_END, "w", bench->session));
    bench->link.token = true;
    CHECK_REFUSED(ST_DENIED, WHY_LEVEL, LEVEL_ADMIN, ask(bench, OPERATION_SESSION_END, "w", observer));
}

static void a_hive_says_what_can_be_asked_of_it(void) {
    struct bench *bench = bench_new();
    bench->config.keep_events = UINT64_C(1) << EVENT_NUMBER_TASK_ENDED;
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_OFFERS, ""));
    const uint32_t groups = take_u32(&bench->in), calls = take_u32(&bench->in);
    for (uint32_t group = 0; group < 32; group++) {
        bool here = false;
        for (uint32_t i = 0; i < operation_table.operation_count; i++)
            here = here || operation_table.operations[i].number / 64 == group;
        CHECK_EQ(here, groups >> group & 1);
    }
    CHECK((groups & 1) != 0 && (calls & CALL_GROUPS_OPEN) == CALL_GROUPS_OPEN);
    CHECK_EQ(UINT64_C(1) << EVENT_NUMBER_TASK_ENDED, take_u64(&bench->in));
}

static enum status note_end(void *context, bool again) {
    *(int *)context = again ? 2 : 1;
    return ST_OK;
}

static void a_hive_ends_by_order_unless_somebody_works_with_it(void) {
    struct bench *bench = opened();
    int ended = 0;
    CHECK_EQ(ST_UNSUPPORTED, ask(bench, OPERATION_HIVE_SHUTDOWN, ""));
    const struct hive_host host = {.context = &ended, .end = note_end};
    bench->config.host = &host;
    uint32_t pid = rig_add(bench->rig, &(struct rig_guest){.text = sleeper});
    uint32_t other = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, other, OPERATION_SESSION_LOCK, "w", pid));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, other, ask(bench, OPERATION_HIVE_SHUTDOWN, ""));
    CHECK_EQ(0, ended);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, other, OPERATION_HIVE_SHUTDOWN, ""));
    CHECK_EQ(1, ended);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, other, OPERATION_HIVE_RESTART, ""));
    CHECK_EQ(2, ended);
    bench->other.token = true;
    CHECK_REFUSED(ST_DENIED, WHY_LEVEL, LEVEL_ADMIN, ask_as(bench, &bench->other, other, OPERATION_HIVE_RESTART, ""));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_hive_says_what_it_is_to_anybody_on_a_trusted_link),
        TEST(the_example_of_the_page_is_understood),
        TEST(what_is_no_request_gets_no_answer),
        TEST(an_operation_that_does_not_exist_is_unsupported),
        TEST(a_request_has_the_length_of_its_parameters),
        TEST(parameters_outside_their_bounds_are_named),
        TEST(what_needs_a_session_is_denied_without_one),
        TEST(a_heartbeat_is_held_to_its_bounds_and_a_silent_session_ends),
        TEST(there_are_as_many_sessions_as_there_may_be),
        TEST(an_artifact_comes_in_chunks_runs_and_is_killed),
        TEST(a_refused_artifact_tells_why_and_frees_its_place),
        TEST(chunks_follow_each_other_and_may_be_repeated),
        TEST(places_for_artifacts_are_taken_until_their_tasks_end),
        TEST(a_locked_task_is_for_its_session_alone),
        TEST(a_task_is_paused_and_goes_on),
        TEST(an_emergency_stop_pauses_everybody_until_told),
        TEST(locks_go_with_a_session_that_falls_silent),
        TEST(observers_look_and_change_nothing),
        TEST(a_session_survives_its_link_and_no_other_link_can_take_it_before),
        TEST(a_cursor_leads_on_where_the_last_link_ended),
        TEST(events_that_are_gone_are_told_as_a_range),
        TEST(without_the_right_token_a_link_ends),
        TEST(typing_reaches_the_task_that_reads),
        TEST(random_requests_in_random_states_do_no_harm),
        TEST(a_budget_is_told_and_changed_over_a_link),
        TEST(another_session_is_ended_by_order),
        TEST(a_hive_says_what_can_be_asked_of_it),
        TEST(a_hive_ends_by_order_unless_somebody_works_with_it),
    };
    return CHECK_RUN(tests);
}
