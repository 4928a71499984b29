/* Whether the hive is normal, degraded or safe; the wait before guests start by themselves; what feeds the watchdog. */
#include "device/executive/blackbox.h"
#include "device/executive/clock.h"
#include "device/executive/evidence.h"
#include "device/executive/vigil.h"
#include "test/sim/hive_bench.h"
#include "test/sim/steps.h"

#define BIT(cause) (1u << CAUSE_##cause)

static const char busy[] = "more: j more";
static const char fails[] = "trap 1";

static const struct task *task_of(const struct rig *rig, uint32_t pid) { return executive_task(rig->executive, pid); }

/* A guest that starts by itself, admitted before any time passes. */
static uint32_t add_later(struct rig *rig, const struct rig_guest *guest) {
    const size_t index = rig_pack(rig, guest);
    uint16_t load = 0;
    CHECK_EQ(ST_OK,
             executive_load_later(rig->executive, rig->artifact[index].bytes, rig->artifact[index].length, &load));
    struct job *job = executive_job(rig->executive);
    job->run(job);
    executive_job_done(rig->executive, job);
    executive_admit(rig->executive);
    return rig->executive->next_pid;
}

static uint32_t add_busy_later(struct rig *rig) {
    const struct rig_guest guest = {.text = busy};
    return add_later(rig, &guest);
}

static struct rig *begin(uint32_t start_wait_ms) {
    struct rig *rig = rig_new();
    rig->config.start_wait_ms = start_wait_ms;
    rig_start(rig);
    return rig;
}

static void check_last_condition(const struct rig *rig, enum hive_condition condition, uint32_t causes) {
    const size_t count = rig_event_count(rig, EVENT_CONDITION);
    CHECK(count > 0);
    if (count == 0) return;
    CHECK_EQ(condition, rig_event(rig, EVENT_CONDITION, count - 1)->a);
    CHECK_EQ(causes, rig_event(rig, EVENT_CONDITION, count - 1)->b);
    CHECK_EQ(condition, executive_condition(rig->executive));
    CHECK_EQ(causes, executive_causes(rig->executive));
}

/* ---- starting by itself ---- */

static void without_a_wait_a_guest_starts_with_the_first_step(void) {
    struct rig *rig = begin(0);
    const uint32_t pid = add_busy_later(rig);
    CHECK_EQ(TASK_HELD, task_of(rig, pid)->state);
    rig_run(rig, 1000);
    CHECK(task_of(rig, pid)->words > 0);
    CHECK_EQ(0, rig_event_count(rig, EVENT_START));
}

static void guests_that_start_by_themselves_wait_and_others_do_not(void) {
    struct rig *rig = begin(50);
    const uint32_t later = add_busy_later(rig);
    const struct rig_guest guest = {.text = busy};
    const uint32_t ordered = rig_add(rig, &guest);
    rig_run(rig, 49000);
    CHECK_EQ(TASK_HELD, task_of(rig, later)->state);
    CHECK_EQ(0, task_of(rig, later)->words);
    CHECK(task_of(rig, ordered)->words > 0);
    CHECK_EQ(START_WAITS, executive_start_phase(rig->executive));
    rig_run(rig, 52000);
    CHECK(task_of(rig, later)->words > 0);
    CHECK(task_of(rig, later)->started_us >= 50000 && task_of(rig, later)->started_us <= 51000);
    CHECK_EQ(START_WAITS, rig_event(rig, EVENT_START, 0)->a);
    CHECK_EQ(START_OPEN, rig_event(rig, EVENT_START, 1)->a);
    CHECK_EQ(2, rig_event_count(rig, EVENT_START));
}

static void an_operator_holds_what_waits_and_lets_it_go(void) {
    struct rig *rig = begin(50);
    const uint32_t pid = add_busy_later(rig);
    rig_run(rig, 20000);
    executive_hold(rig->executive);
    rig_run(rig, 500000);
    CHECK_EQ(TASK_HELD, task_of(rig, pid)->state);
    const uint32_t second = add_busy_later(rig);
    rig_run(rig, 600000);
    CHECK_EQ(TASK_HELD, task_of(rig, second)->state);
    CHECK_EQ(ST_OK, executive_start(rig->executive));
    rig_run(rig, 601000);
    CHECK(task_of(rig, pid)->words > 0);
    CHECK(task_of(rig, second)->words > 0);
}

static void a_single_guest_that_is_held_is_started_or_killed_by_order(void) {
    struct rig *rig = begin(50);
    const uint32_t first = add_busy_later(rig), second = add_busy_later(rig);
    executive_hold(rig->executive);
    CHECK_EQ(ST_INVALID, executive_pause(rig->executive, first));
    CHECK_EQ(ST_OK, executive_resume(rig->executive, first, 0));
    CHECK_EQ(ST_OK, executive_kill(rig->executive, second));
    rig_run(rig, 1000);
    CHECK(task_of(rig, first)->words > 0);
    CHECK_EQ(1, rig->executive->live);
}

static void after_an_emergency_stop_nothing_starts_by_itself(void) {
    struct rig *rig = begin(50);
    const uint32_t pid = add_busy_later(rig);
    executive_stop(rig->executive);
    executive_go(rig->executive);
    rig_run(rig, 100000);
    CHECK_EQ(TASK_HELD, task_of(rig, pid)->state);
}

/* ---- the condition ---- */

static void a_task_in_quarantine_degrades_the_hive_until_it_is_let_out_or_killed(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 100;
    rig->config.quarantine_failures = 2;
    rig->config.quarantine_ms = 1000;
    rig_start(rig);
    const struct rig_guest guest = {.text = fails, .restart = ARTIFACT_RESTART_ON_FAULT};
    const uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 50000);
    CHECK_EQ(TASK_QUARANTINED, task_of(rig, pid)->state);
    rig_run(rig, 51000);
    check_last_condition(rig, HIVE_DEGRADED, BIT(QUARANTINE));
    CHECK_EQ(ST_OK, executive_kill(rig->executive, pid));
    rig_run(rig, 52000);
    check_last_condition(rig, HIVE_NORMAL, 0);
}

static void a_full_table_degrades_the_hive_until_there_is_room(void) {
    struct rig *rig = rig_new();
    rig->config.mailboxes_max = 1;
    rig_start(rig);
    steps_add(rig, STEPS(CALL("mailbox.bind", "a", {64, 0}), CALL("mailbox.bind", "b", {64, 0}),
                         CALL("task.sleep_ms", NULL, {20}), CALL("mailbox.close", NULL, {RESULT_OF(0)}),
                         CALL("task.sleep_ms", NULL, {20})));
    rig_run(rig, 10000);
    check_last_condition(rig, HIVE_DEGRADED, BIT(TABLE));
    rig_run(rig, 30000);
    check_last_condition(rig, HIVE_NORMAL, 0);
}

static void a_safe_hive_starts_nothing_by_itself_and_what_runs_goes_on(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 100;
    rig_start(rig);
    const struct rig_guest runs = {.text = busy, .restart = ARTIFACT_RESTART_ALWAYS};
    const struct rig_guest restarts = {.text = fails, .restart = ARTIFACT_RESTART_ON_FAULT};
    const uint32_t running = rig_add(rig, &runs), again = rig_add(rig, &restarts);
    executive_cause(rig->executive, BIT(ORDER), true);
    const uint32_t later = add_busy_later(rig);
    rig_run(rig, 100000);
    check_last_condition(rig, HIVE_SAFE, BIT(ORDER));
    CHECK(task_of(rig, running)->words > 500000);
    CHECK_EQ(TASK_HELD, task_of(rig, again)->state);
    CHECK_EQ(1, task_of(rig, again)->restarts);
    CHECK_EQ(TASK_HELD, task_of(rig, later)->state);
    CHECK_EQ(ST_INVALID, executive_start(rig->executive));
    executive_normal(rig->executive);
    rig_run(rig, 102000);
    check_last_condition(rig, HIVE_NORMAL, 0);
    CHECK(task_of(rig, again)->restarts > 1);
    CHECK(task_of(rig, later)->words > 0);
}

/* ---- what a boot says of the one before ---- */

/* A board with memory that outlives a reset; gives the causes that it comes up with. */
static uint8_t evidence[SIM_EVIDENCE_BYTES];
static struct blackbox blackbox;

static struct rig *boot(enum port_reset_reason reason) {
    struct rig *rig = rig_new();
    rig->sim.evidence = evidence;
    rig->sim.reset_reason = reason;
    rig->config.blackbox = &blackbox;
    rig->config.settle_ms = 100;
    rig->config.boots_max = 3;
    rig_start(rig);
    CHECK_EQ(ST_OK, evidence_open(&blackbox));
    executive_cause(rig->executive, evidence_boot(&blackbox, port_reset_reason(), rig->config.boots_max, 0), true);
    return rig;
}

static struct rig *first_boot(void) {
    memset(evidence, 0, sizeof evidence);
    return boot(PORT_RESET_POWER);
}

static void each_bad_end_of_the_last_boot_degrades_the_hive(void) {
    struct rig *rig = first_boot();
    CHECK_EQ(0, executive_causes(rig->executive));
    rig = boot(PORT_RESET_OUTSIDE);
    CHECK_EQ(0, executive_causes(rig->executive));
    rig = boot(PORT_RESET_WATCHDOG);
    CHECK_EQ(BIT(WATCHDOG), executive_causes(rig->executive));
    executive_normal(rig->executive);
    CHECK_EQ(HIVE_NORMAL, executive_condition(rig->executive));
    evidence_reset(&blackbox, BLACKBOX_CAUSE_REQUIREMENT, "file.c", 7, 0);
    rig = boot(PORT_RESET_ORDERED);
    CHECK_EQ(BIT(FAILURE), executive_causes(rig->executive));
    rig = boot(PORT_RESET_ORDERED);
    CHECK_EQ(0, executive_causes(rig->executive));
    evidence[BLACKBOX_SLOT_BYTES * 2 + 100] ^= 1;
    rig = boot(PORT_RESET_OUTSIDE);
    CHECK_EQ(BIT(BLACKBOX), executive_causes(rig->executive));
}

static void a_board_that_resets_over_and_over_starts_nothing_until_it_is_let(void) {
    (void)first_boot();
    struct rig *rig = NULL;
    for (int i = 0; i < 3; i++) {
        CHECK(!rig || executive_condition(rig->executive) == HIVE_DEGRADED);
        rig = boot(PORT_RESET_WATCHDOG);
        rig_run(rig, 50000);
    }
    CHECK_EQ(BIT(WATCHDOG) | BIT(BOOT_LOOP), executive_causes(rig->executive));
    const uint32_t pid = add_busy_later(rig);
    rig_run(rig, 300000);
    CHECK_EQ(TASK_HELD, task_of(rig, pid)->state);
    rig = boot(PORT_RESET_WATCHDOG);
    CHECK_EQ(HIVE_SAFE, executive_condition(rig->executive)); /* that it lasted says nothing: nothing ran */
    executive_normal(rig->executive);
    CHECK_EQ(HIVE_NORMAL, executive_condition(rig->executive));
    rig = boot(PORT_RESET_OUTSIDE);
    CHECK_EQ(HIVE_NORMAL, executive_condition(rig->executive));
}

static void a_boot_that_lasts_is_no_part_of_a_loop(void) {
    (void)first_boot();
    for (int i = 0; i < 10; i++) {
        struct rig *rig = boot(PORT_RESET_WATCHDOG);
        CHECK_EQ(BIT(WATCHDOG), executive_causes(rig->executive));
        (void)add_busy_later(rig);
        rig_run(rig, 101000);
    }
}

/* ---- what the blackbox tells ---- */

static void the_last_events_are_there_after_a_reset(void) {
    struct rig *rig = first_boot();
    const struct rig_guest guest = {.text = fails};
    CHECK(rig_add(rig, &guest) != 0);
    rig_run(rig, 10000);
    (void)boot(PORT_RESET_WATCHDOG);
    static const uint8_t kinds[] = {EVENT_LOADED, EVENT_STARTED, EVENT_ENDED};
    CHECK_EQ(3, blackbox.newest_event);
    for (uint32_t i = 0; i < 3; i++) {
        struct blackbox_event kept;
        CHECK_EQ(ST_OK, blackbox_get_event(&blackbox, i + 1, &kept));
        CHECK_EQ(kinds[i], kept.kind);
        CHECK_EQ(1, kept.boot);
        CHECK_EQ(1, kept.pid);
    }
    struct blackbox_event kept;
    char text[96];
    CHECK_EQ(ST_OK, blackbox_get_event(&blackbox, 3, &kept));
    const struct executive_event event = evidence_event_of(&kept);
    executive_event_text(&event, text, sizeof text);
    CHECK_TEXT("task 1 trapped: no more is known", text);
}

static void a_missed_check_in_is_a_fault_that_is_told_and_kept(void) {
    struct rig *rig = first_boot();
    const struct rig_guest guest = {.text = busy, .check_in_ms = 20};
    const uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 50000);
    const struct executive_event *ended = rig_event(rig, EVENT_ENDED, 0);
    CHECK_EQ(TASK_FAULTED, task_of(rig, pid)->state);
    CHECK_EQ(TASK_END_CHECK_IN, ended->a);
    CHECK(ended->time_us >= 20000 && ended->time_us < 21000);
    struct blackbox_record record;
    CHECK_EQ(ST_OK, blackbox_get(&blackbox, blackbox.newest, &record));
    CHECK_EQ(BLACKBOX_FAULT, record.kind);
    CHECK_EQ(TASK_END_CHECK_IN, record.reason);
    CHECK_EQ(pid, record.pid);
}

static void a_fault_of_a_traced_task_comes_with_the_branches_it_took(void) {
    static const char text[] = "li s0, 3; more: addi s0, s0, -1; bne s0, zero, more; j over; li a0, 1; over: trap 1";
    struct rig *rig = first_boot();
    const struct rig_guest guest = {.text = text};
    const uint32_t pid = rig_add(rig, &guest);
    CHECK_EQ(ST_NOT_FOUND, executive_trace(rig->executive, pid + 1));
    CHECK_EQ(ST_OK, executive_trace(rig->executive, pid));
    rig_run(rig, 10000);
    struct blackbox_record fault, branches;
    CHECK_EQ(ST_OK, blackbox_get(&blackbox, blackbox.newest - 1, &fault));
    CHECK_EQ(ST_OK, blackbox_get(&blackbox, blackbox.newest, &branches));
    CHECK_EQ(BLACKBOX_FAULT, fault.kind);
    CHECK_EQ(BLACKBOX_BRANCHES, branches.kind);
    CHECK_EQ(pid, branches.pid);
    CHECK_EQ(3, branches.trace_count);
    CHECK_EQ(fault.pc, branches.trace[0]);
    CHECK_EQ(branches.reg[1] + 1, branches.reg[0]);
    CHECK_EQ(branches.reg[1], branches.reg[2]);
    CHECK_EQ(branches.trace[1], branches.trace[2]);
    CHECK_EQ(branches.reg[1] - 1, branches.trace[1]);
}

/* The same work with the same fuel, whether somebody looks or not. */
static void a_traced_task_does_what_it_does_untraced(void) {
    static const char text[] = "li s0, 200; li a0, 0; more: add a0, a0, s0; addi s0, s0, -1; bne s0, zero, more; ret";
    uint64_t words[2];
    for (int traced = 0; traced < 2; traced++) {
        struct rig *rig = first_boot();
        const struct rig_guest guest = {.text = text};
        const uint32_t pid = rig_add(rig, &guest);
        if (traced) CHECK_EQ(ST_OK, executive_trace(rig->executive, pid));
        rig_run(rig, 100000);
        CHECK_EQ(TASK_END_EXIT, task_of(rig, pid)->end);
        CHECK_EQ(200 * 201 / 2, task_of(rig, pid)->end_detail);
        words[traced] = task_of(rig, pid)->words;
    }
    CHECK_EQ(words[0], words[1]);
}

static void the_blackbox_is_read_over_a_link_piece_by_piece(void) {
    struct bench *bench = opened();
    CHECK_EQ(ST_UNSUPPORTED, ask(bench, OPERATION_BLACKBOX_INFO, ""));
    bench->rig->sim.evidence = evidence;
    bench->rig->config.blackbox = &blackbox;
    memset(evidence, 0, sizeof evidence);
    CHECK_EQ(ST_OK, evidence_open(&blackbox));
    (void)evidence_boot(&blackbox, PORT_RESET_WATCHDOG, 0, 5);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_BLACKBOX_INFO, ""));
    CHECK_EQ(SIM_EVIDENCE_BYTES, take_u32(&bench->in));
    CHECK_EQ(1, take_u32(&bench->in));
    CHECK_EQ(PORT_RESET_WATCHDOG, take_u8(&bench->in));
    for (uint32_t at = 0; at < SIM_EVIDENCE_BYTES; at += 256) {
        CHECK_EQ(ST_OK, ask(bench, OPERATION_BLACKBOX_READ, "wh", at, 256));
        CHECK_EQ(256, take_u16(&bench->in));
        const uint8_t *got = take_bytes(&bench->in, 256);
        CHECK(got && memcmp(evidence + at, got, 256) == 0);
    }
    CHECK_REFUSED(ST_RANGE, WHY_PARAMETER, 0, ask(bench, OPERATION_BLACKBOX_READ, "wh", SIM_EVIDENCE_BYTES - 1u, 2));
    CHECK_REFUSED(ST_RANGE, WHY_PARAMETER, 0, ask(bench, OPERATION_BLACKBOX_READ, "wh", UINT32_MAX, 1));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 1, ask(bench, OPERATION_BLACKBOX_READ, "wh", 0u, 257));
}

/* ---- the watchdog ---- */

enum { WATCHDOG_MS = 100, SERVICE_LINK = 0, SERVICE_HEARTBEAT = 1 };

/* What is wrong with the loop, in each of the tests. */
struct loop {
    bool no_steps, time_stands, no_link, no_turns, no_deadlines;
};

/* Drives the board for two seconds; whether its watchdog let it live. */
static bool lives(struct rig *rig, struct loop wrong, struct vigil *vigil) {
    *vigil = (struct vigil){.services = 1u << SERVICE_LINK | 1u << SERVICE_HEARTBEAT,
                            .period_us = WATCHDOG_MS * 1000 / 4,
                            .late_us = WATCHDOG_MS * 1000 / 4};
    CHECK_EQ(ST_OK, port_watchdog_start(WATCHDOG_MS));
    while (rig->sim.now_us < 2000000 && !rig->sim.reset_asked) {
        const uint64_t now_us = rig->sim.now_us;
        const bool broken = now_us > 500000;
        uint64_t due_us = now_us + 1000;
        if (broken && wrong.no_turns) rig->executive->bands = 0;
        if (broken && wrong.no_deadlines) rig->executive->task[rig->executive->due[0]].due_us = UINT64_MAX;
        if (!broken || !wrong.no_steps)
            due_us = executive_step(rig->executive, broken && wrong.time_stands ? 500000 : now_us);
        if (!broken || !wrong.no_link) vigil_served(vigil, SERVICE_LINK);
        vigil_served(vigil, SERVICE_HEARTBEAT);
        if (vigil_is_kept(vigil, rig->executive, port_now_us())) port_watchdog_feed();
        sim_spend(&rig->sim, rig->executive->step_words + 100);
        if (due_us > now_us + 10000) due_us = now_us + 10000;
        if (due_us > rig->sim.now_us) sim_advance(&rig->sim, due_us);
    }
    return !rig->sim.reset_asked;
}

static struct rig *with_guests(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = UINT32_MAX;
    rig->config.quarantine_failures = 3;
    rig->config.quarantine_ms = 1000;
    rig_start(rig);
    static const char *const hostile[] = {busy, fails, "more: li a0, 1; hcall $task.sleep_ms; j more",
                                          "more: hcall $time.micros; j more",
                                          "more: set a0, 0x400; li a1, 256; hcall $console.write; j more"};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const struct rig_guest guest = {.text = hostile[i], .restart = ARTIFACT_RESTART_ALWAYS};
        CHECK(rig_add(rig, &guest) != 0);
    }
    return rig;
}

static void hostile_guests_do_not_make_the_watchdog_bite(void) {
    struct vigil vigil;
    CHECK(lives(with_guests(), (struct loop){0}, &vigil));
    CHECK_EQ(0, vigil.faults);
}

static void a_clock_that_gives_few_turns_or_none_does_not_make_it_bite(void) {
    static const struct clock_setting settings[] = {{.mode = CLOCK_MANUAL},
                                                    {.mode = CLOCK_VIRTUAL},
                                                    {.mode = CLOCK_LIMITED, .words_per_second = 3, .burst_words = 1}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        struct vigil vigil;
        struct rig *rig = with_guests();
        CHECK_EQ(ST_OK, clock_set(rig->executive, &settings[i]));
        CHECK(lives(rig, (struct loop){0}, &vigil));
        CHECK_EQ(0, vigil.faults);
    }
}

static void an_idle_hive_feeds_its_watchdog(void) {
    struct vigil vigil;
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK(lives(rig, (struct loop){0}, &vigil));
}

static void whatever_the_loop_leaves_out_makes_the_watchdog_bite(void) {
    static const struct {
        struct loop wrong;
        uint32_t fault;
    } cases[] = {
        {{.no_steps = true}, VIGIL_STEPS},        {{.time_stands = true}, VIGIL_TIME},
        {{.no_link = true}, VIGIL_SERVICES},      {{.no_turns = true}, VIGIL_TURNS},
        {{.no_deadlines = true}, VIGIL_DEADLINE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vigil vigil;
        struct rig *rig = with_guests();
        CHECK(!lives(rig, cases[i].wrong, &vigil));
        CHECK(vigil.faults & cases[i].fault);
        CHECK(rig->sim.now_us < 500000 + 2 * WATCHDOG_MS * 1000);
    }
}

/* ---- over a link ---- */

static void the_state_is_told_and_changed_over_a_link(void) {
    struct bench *bench = opened();
    run_for(bench, 1000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_STATE, ""));
    CHECK_EQ(HIVE_NORMAL, take_u8(&bench->in));
    CHECK_EQ(0, take_u32(&bench->in));
    CHECK_EQ(START_OPEN, take_u8(&bench->in));
    CHECK_EQ(0, take_u32(&bench->in));
    CHECK_EQ(0, take_u16(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_SAFE, ""));
    (void)add_busy_later(bench->rig);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_STATE, ""));
    CHECK_EQ(HIVE_SAFE, take_u8(&bench->in));
    CHECK_EQ(BIT(ORDER), take_u32(&bench->in));
    CHECK_EQ(START_HELD, take_u8(&bench->in));
    CHECK_EQ(UINT32_MAX, take_u32(&bench->in));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_REFUSED(ST_INVALID, WHY_SAFE, BIT(ORDER), ask(bench, OPERATION_HIVE_START, ""));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_NORMAL, ""));
    CHECK_EQ(HIVE_NORMAL, take_u8(&bench->in));
    run_for(bench, 1000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_STATE, ""));
    bench->in.offset += 10;
    CHECK_EQ(0, take_u16(&bench->in));
}

static void an_operator_holds_and_starts_over_a_link_and_an_observer_does_not(void) {
    struct bench *bench = opened();
    const uint32_t observer = open_on(bench, &bench->other, true, 0);
    CHECK_REFUSED(ST_DENIED, WHY_OBSERVER, 0, ask_as(bench, &bench->other, observer, OPERATION_HIVE_HOLD, ""));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_HOLD, ""));
    const uint32_t pid = add_busy_later(bench->rig);
    run_for(bench, 50000);
    CHECK_EQ(TASK_HELD, task_of(bench->rig, pid)->state);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_HIVE_START, ""));
    run_for(bench, 1000);
    CHECK(task_of(bench->rig, pid)->words > 0);
}

static void an_operator_who_falls_silent_degrades_the_hive_until_one_comes(void) {
    struct bench *bench = bench_new();
    (void)open_on(bench, &bench->other, true, 5000);
    run_for(bench, 6000000);
    run_for(bench, 1000);
    CHECK_EQ(HIVE_NORMAL, executive_condition(bench->rig->executive));
    (void)open_on(bench, &bench->link, false, 5000);
    run_for(bench, 6000000);
    run_for(bench, 1000);
    CHECK_EQ(BIT(LINK), executive_causes(bench->rig->executive));
    (void)open_on(bench, &bench->link, false, 5000);
    run_for(bench, 1000);
    CHECK_EQ(HIVE_NORMAL, executive_condition(bench->rig->executive));
}

static void conditions_are_told_in_words(void) {
    const struct executive_event event = {.kind = EVENT_CONDITION, .a = HIVE_SAFE, .b = BIT(WATCHDOG) | BIT(BOOT_LOOP)};
    char text[96];
    executive_event_text(&event, text, sizeof text);
    CHECK_TEXT("the hive is safe: watchdog reset, boot loop", text);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(without_a_wait_a_guest_starts_with_the_first_step),
        TEST(guests_that_start_by_themselves_wait_and_others_do_not),
        TEST(an_operator_holds_what_waits_and_lets_it_go),
        TEST(a_single_guest_that_is_held_is_started_or_killed_by_order),
        TEST(after_an_emergency_stop_nothing_starts_by_itself),
        TEST(a_task_in_quarantine_degrades_the_hive_until_it_is_let_out_or_killed),
        TEST(a_full_table_degrades_the_hive_until_there_is_room),
        TEST(a_safe_hive_starts_nothing_by_itself_and_what_runs_goes_on),
        TEST(each_bad_end_of_the_last_boot_degrades_the_hive),
        TEST(a_board_that_resets_over_and_over_starts_nothing_until_it_is_let),
        TEST(a_boot_that_lasts_is_no_part_of_a_loop),
        TEST(the_last_events_are_there_after_a_reset),
        TEST(a_missed_check_in_is_a_fault_that_is_told_and_kept),
        TEST(a_fault_of_a_traced_task_comes_with_the_branches_it_took),
        TEST(a_traced_task_does_what_it_does_untraced),
        TEST(the_blackbox_is_read_over_a_link_piece_by_piece),
        TEST(hostile_guests_do_not_make_the_watchdog_bite),
        TEST(a_clock_that_gives_few_turns_or_none_does_not_make_it_bite),
        TEST(an_idle_hive_feeds_its_watchdog),
        TEST(whatever_the_loop_leaves_out_makes_the_watchdog_bite),
        TEST(the_state_is_told_and_changed_over_a_link),
        TEST(an_operator_holds_and_starts_over_a_link_and_an_observer_does_not),
        TEST(an_operator_who_falls_silent_degrades_the_hive_until_one_comes),
        TEST(conditions_are_told_in_words),
    };
    return CHECK_RUN(tests);
}
