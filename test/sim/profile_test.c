/* What the minimal profile leaves out, and that the rest works: linked with the libraries of that profile. */
#include "core/wire/value_row.h"
#include "test/sim/hive_bench.h"

_Static_assert(!PROFILE_HAS_VALUE && !PROFILE_HAS_WORDS, "this is a test of the minimal profile");

static void a_guest_whose_calls_are_there_runs(void) {
    const struct task *task = rig_run_text("li a0, 5; hcall $time.delay_ms; li a0, 7; ret");
    CHECK_EQ(TASK_END_EXIT, task->end);
    CHECK_EQ(7, task->end_detail);
}

static void an_artifact_that_needs_a_call_which_is_left_out_is_refused_with_its_number(void) {
    static const struct {
        const char *text;
        uint32_t number;
    } guests[] = {{"hcall $value.get; ret", CALL_VALUE_GET},
                  {"hcall $mailbox.send; ret", CALL_MAILBOX_SEND},
                  {"hcall $console.format; ret", CALL_CONSOLE_FORMAT}};
    for (size_t i = 0; i < sizeof guests / sizeof *guests; i++) {
        struct rig *rig = rig_new();
        rig_start(rig);
        CHECK_EQ(0, rig_add(rig, &(struct rig_guest){.text = guests[i].text}));
        const struct executive_event *event = rig_event(rig, EVENT_REFUSED, 0);
        CHECK(event != NULL && event->refusal == REFUSED_CALL_LEFT_OUT);
        CHECK_EQ(guests[i].number, event->a);
    }
}

static void a_call_that_no_profile_has_is_refused_as_unknown(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK_EQ(0, rig_add(rig, &(struct rig_guest){.text = "hcall 126; ret"}));
    CHECK(rig_refused(rig, REFUSED_CALL_UNKNOWN) && !rig_refused(rig, REFUSED_CALL_LEFT_OUT));
}

static void an_artifact_with_values_is_refused_for_want_of_room(void) {
    static const uint8_t row[VALUE_ROW_BYTES] = {1};
    struct rig *rig = rig_new();
    rig_start(rig);
    CHECK_EQ(0, rig_add(rig, &(struct rig_guest){.text = "ret", .values = row, .value_count = 1}));
    const struct executive_event *event = rig_event(rig, EVENT_REFUSED, 0);
    CHECK(event != NULL && event->refusal == REFUSED_VALUES);
    CHECK_EQ(1, event->a);
    CHECK_EQ(0, event->b);
}

static void a_guest_can_ask_which_groups_are_left_out(void) {
    const struct task *task = rig_run_text("li a0, 15; hcall $task.version; ret");
    CHECK_EQ(ST_UNSUPPORTED, task->end_detail);
    CHECK_EQ(ST_OK, rig_run_text("li a0, 4; hcall $task.version; ret")->end_detail);
}

static void an_operation_that_is_left_out_is_unsupported(void) {
    struct bench *bench = opened();
    CHECK_REFUSED(ST_UNSUPPORTED, WHY_OPERATION, 0, ask(bench, OPERATION_VALUE_LIST, "w", 0u));
    CHECK_REFUSED(ST_UNSUPPORTED, WHY_OPERATION, 0, ask(bench, OPERATION_SESSION_LOCK, "w", 1u));
}

static void the_one_session_lists_and_kills_tasks(void) {
    struct bench *bench = opened();
    CHECK_REFUSED(ST_FULL, WHY_ROOM, 1,
                  ask_as(bench, &bench->other, 0, OPERATION_SESSION_OPEN, "tbbwd", "second", 0, 0, 0u, "", (size_t)0));
    uint32_t pid = rig_add(bench->rig, &(struct rig_guest){.text = "loop: li a0, 1000; hcall $time.delay_ms; j loop"});
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_LIST, "w", 0u));
    CHECK_EQ(1, take_u16(&bench->in));
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_TASK_KILL, "w", pid));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, pid, ask(bench, OPERATION_TASK_KILL, "w", pid));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_guest_whose_calls_are_there_runs),
        TEST(an_artifact_that_needs_a_call_which_is_left_out_is_refused_with_its_number),
        TEST(a_call_that_no_profile_has_is_refused_as_unknown),
        TEST(an_artifact_with_values_is_refused_for_want_of_room),
        TEST(a_guest_can_ask_which_groups_are_left_out),
        TEST(an_operation_that_is_left_out_is_unsupported),
        TEST(the_one_session_lists_and_kills_tasks),
    };
    return CHECK_RUN(tests);
}
