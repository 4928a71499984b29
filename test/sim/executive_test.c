/* Tasks: their turns, their waits, their ends, and what keeps one from being another's business. */
#include "device/executive/executive.h"

#include "test/sim/rig.h"
#include "test/unit/check.h"

#define EXIT_WITH_A0 "hcall $task.exit; ret;"

static void a_function_that_returns_ends_the_task_with_its_result(void) {
    const struct task *task = rig_run_text("li a0, 42; ret");
    CHECK_EQ(TASK_END_EXIT, task->end);
    CHECK_EQ(42, task->end_detail);
}

static void exit_ends_the_task_wherever_it_is(void) {
    const struct task *task = rig_run_text("call deep; li a0, 1; ret; func deep; li a0, -7;" EXIT_WITH_A0);
    CHECK_EQ(TASK_END_EXIT, task->end);
    CHECK_EQ(-7, task->end_detail);
}

static void data_and_stack_are_where_the_artifact_says(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    static const uint8_t data[] = {1, 2, 3, 4};
    struct rig_guest guest = {.text = "set a1, 0x500; lw a0, a1, 0; lw a2, a1, 4; add a0, a0, a2; add a0, a0, sp; ret",
                              .data = data,
                              .data_bytes = sizeof data};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(0x04030201 + 0x500, executive_task(rig->executive, pid)->end_detail);
}

static void two_busy_tasks_share_the_time_evenly(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {.text = "nop: j nop"};
    uint32_t first = rig_add(rig, &guest), second = rig_add(rig, &guest);
    rig_run(rig, 100000);
    int64_t words = (int64_t)executive_task(rig->executive, first)->words;
    int64_t others = (int64_t)executive_task(rig->executive, second)->words;
    CHECK(words > 400000 && words < 600000);
    CHECK(words - others <= 2000 && others - words <= 2000);
}

static void a_trap_ends_its_task_and_no_other(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest good = {.text = "li a0, 50; hcall $time.delay_ms; li a0, 9; ret"};
    struct rig_guest bad = {.text = "li a1, 0; call use; ret; func use; lw a0, a1, 4; ret"};
    uint32_t good_pid = rig_add(rig, &good), bad_pid = rig_add(rig, &bad);
    rig_run(rig, 1000000);
    const struct task *trapped = executive_task(rig->executive, bad_pid);
    CHECK_EQ(TASK_END_TRAP, trapped->end);
    CHECK_EQ(VM_TRAP_MEMORY, trapped->vm.trap);
    CHECK_EQ(4, trapped->vm.trap_detail);
    CHECK_EQ(2, trapped->trace_count);
    CHECK_EQ(0, trapped->trace[1]);
    CHECK_EQ(9, executive_task(rig->executive, good_pid)->end_detail);
}

static void a_sleep_lasts_at_least_as_long_as_asked_and_hardly_longer(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {
        .text =
            "hcall $time.micros; mov s0, a1; li a0, 20; hcall $task.sleep_ms; hcall $time.micros; sub a0, a1, s0; ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    int32_t passed_us = executive_task(rig->executive, pid)->end_detail;
    CHECK(passed_us >= 20000 && passed_us < 20100);
}

static void a_clock_that_is_read_twice_has_moved_by_what_ran_between(void) {
    const struct task *task =
        rig_run_text("hcall $time.micros; mov s0, a1; li a2, 100; loop: addi a2, a2, -1; bne a2, zero, loop;"
                     "hcall $time.micros; sub a0, a1, s0; ret");
    CHECK(task->end_detail >= 20 && task->end_detail <= 45); /* some 200 words of 100 ns, 16 for a call */
}

static void the_memory_of_an_ended_task_is_wiped(void) {
    struct rig *rig = rig_new();
    rig->config.keep_ended = false;
    rig_start(rig);
    struct rig_guest guest = {
        .text = "set a1, 0x600; set a2, 0x5ec4e75e; sw a2, a1, 0; li a0, 10; hcall $task.sleep_ms; ret"};
    (void)rig_add(rig, &guest);
    rig_run(rig, 5000);
    uint32_t found = 0;
    for (uint32_t i = 0; i < rig->config.pool_bytes; i++) found += rig->executive->pool[i] == 0x5e;
    CHECK(found > 0);
    rig_run(rig, 50000);
    for (uint32_t i = 0; i < rig->config.pool_bytes; i++) CHECK_EQ(0, rig->executive->pool[i]);
}

static void fuel_that_is_used_up_ends_the_task(void) {
    struct rig *rig = rig_new();
    rig->config.budget.fuel_words = 12345;
    rig_start(rig);
    struct rig_guest guest = {.text = "nop: j nop"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    const struct task *task = executive_task(rig->executive, pid);
    CHECK_EQ(TASK_END_FUEL, task->end);
    CHECK(task->words >= 12345 && task->words < 12345 + 10);
}

static void a_break_without_a_debugger_ends_the_task(void) {
    const struct task *task = rig_run_text("break 77; ret");
    CHECK_EQ(TASK_END_BREAK, task->end);
    CHECK_EQ(77, task->end_detail);
}

static void a_killed_task_is_gone(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {.text = "nop: j nop"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000);
    CHECK_EQ(ST_OK, executive_kill(rig->executive, pid));
    CHECK_EQ(ST_NOT_FOUND, executive_kill(rig->executive, pid));
    CHECK_EQ(TASK_END_KILLED, executive_task(rig->executive, pid)->end);
    CHECK_EQ(UINT64_MAX, executive_step(rig->executive, 2000));
}

static void a_task_that_faults_is_restarted_as_often_as_the_device_allows(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 3;
    rig_start(rig);
    struct rig_guest guest = {.text = "trap 1", .restart = ARTIFACT_RESTART_ON_FAULT};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(4, rig_event_count(rig, EVENT_STARTED));
    CHECK_EQ(4, rig_event_count(rig, EVENT_ENDED));
    CHECK_EQ(TASK_FAULTED, executive_task(rig->executive, pid)->state);
    uint64_t second = rig_event(rig, EVENT_STARTED, 2)->time_us - rig_event(rig, EVENT_ENDED, 1)->time_us;
    uint64_t third = rig_event(rig, EVENT_STARTED, 3)->time_us - rig_event(rig, EVENT_ENDED, 2)->time_us;
    CHECK(second >= 2000 && second < 2100 && third >= 4000 && third < 4100);
}

static void a_task_that_exits_is_restarted_only_if_it_is_to_run_always(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 2;
    rig_start(rig);
    struct rig_guest once = {.text = "ret", .restart = ARTIFACT_RESTART_ON_FAULT},
                     always = {.text = "ret", .restart = ARTIFACT_RESTART_ALWAYS};
    uint32_t first = rig_add(rig, &once), second = rig_add(rig, &always);
    rig_run(rig, 1000000);
    CHECK_EQ(0, executive_task(rig->executive, first)->restarts);
    CHECK_EQ(2, executive_task(rig->executive, second)->restarts);
}

static void a_restarted_task_finds_its_memory_as_at_the_start(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 1;
    rig_start(rig);
    static const uint8_t data[] = {5, 0, 0, 0};
    struct rig_guest guest = {
        .text = "set a1, 0x500; lw a0, a1, 0; lw a2, a1, 64; add a0, a0, a2; sw a0, a1, 0; sw a0, a1, 64; ret",
        .data = data,
        .data_bytes = sizeof data,
        .restart = ARTIFACT_RESTART_ALWAYS};
    (void)rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(5, rig_event(rig, EVENT_ENDED, 0)->b);
    CHECK_EQ(5, rig_event(rig, EVENT_ENDED, 1)->b);
}

static void a_watchdog_that_is_not_fed_ends_its_task(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {
        .text =
            "li a0, 10; hcall $watchdog.start; li s0, 5; loop: li a0, 8; hcall $task.sleep_ms; hcall $watchdog.feed;"
            "addi s0, s0, -1; bne s0, zero, loop; stuck: j stuck"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_WATCHDOG, executive_task(rig->executive, pid)->end);
    uint64_t ended_us = rig_event(rig, EVENT_ENDED, 0)->time_us;
    CHECK(ended_us >= 50000 && ended_us < 51000);
}

static void a_task_that_does_not_check_in_is_ended(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest good = {
        .text = "li s0, 4; loop: li a0, 15; hcall $task.sleep_ms; hcall $task.check_in; addi s0, s0, -1;"
                "bne s0, zero, loop; li a0, 3; ret",
        .check_in_ms = 20};
    struct rig_guest bad = {.text = "li a0, 100; hcall $task.sleep_ms; ret", .check_in_ms = 20};
    uint32_t good_pid = rig_add(rig, &good), bad_pid = rig_add(rig, &bad);
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_EXIT, executive_task(rig->executive, good_pid)->end);
    CHECK_EQ(TASK_END_CHECK_IN, executive_task(rig->executive, bad_pid)->end);
}

static void output_waits_for_room_and_loses_nothing(void) {
    struct rig *rig = rig_new();
    rig->config.console_out_bytes = 64;
    rig_start(rig);
    static const char data[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    struct rig_guest guest = {
        .text = "set s0, 0x500; li s1, 96; loop: mov a0, s0; mov a1, s1; hcall $console.write; add s0, s0, a1;"
                "sub s1, s1, a1; bne s1, zero, loop; li a0, 0; ret",
        .data = data,
        .data_bytes = sizeof data};
    (void)rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_TEXT(data, rig->output);
}

static void a_task_that_floods_the_console_does_not_hold_up_another(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest flood = {.text = "loop: set a0, 0x400; li a1, 256; hcall $console.write; j loop"};
    struct rig_guest timer = {.text = "li s0, 50; loop: li a0, 1; hcall $task.sleep_ms; addi s0, s0, -1; bne s0, zero, "
                                      "loop; hcall $time.millis; mov a0, a1; ret"};
    (void)rig_add(rig, &flood);
    uint32_t pid = rig_add(rig, &timer);
    for (int i = 0; i < 40 && executive_task(rig->executive, pid)->end == TASK_END_NONE; i++) {
        rig->output_bytes = 0;
        rig_run(rig, rig->sim.now_us + 2000);
    }
    int32_t ms = executive_task(rig->executive, pid)->end_detail;
    CHECK(ms >= 50 && ms <= 60);
}

static void refused_calls_are_counted_and_told_once(void) {
    static const struct artifact_capability rows[] = {{.group = 4, .mode = 2, .first = 13, .last = 13, .rate = 10}};
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {.text = "li s0, 30; loop: li a0, 13; li a1, 1; hcall $gpio.write; li a0, 12; li a1, 1;"
                                      "hcall $gpio.write; addi s0, s0, -1; bne s0, zero, loop; ret",
                              .capability = rows,
                              .capability_count = 1};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 100000);
    CHECK_EQ(29 + 30, executive_task(rig->executive, pid)->calls_refused);
    CHECK_EQ(2, rig_event_count(rig, EVENT_DENIED));
    CHECK_EQ(pid, rig_event(rig, EVENT_DENIED, 0)->pid);
    CHECK_EQ(4 << 6 | 1, rig_event(rig, EVENT_DENIED, 0)->a);
    CHECK_EQ((uint32_t)ST_DENIED, rig_event(rig, EVENT_DENIED, 0)->b);
    CHECK_EQ((uint32_t)ST_QUOTA, rig_event(rig, EVENT_DENIED, 1)->b);
}

static void what_a_task_writes_to_a_uart_leaves_by_that_port(void) {
    static const struct artifact_capability row = {.group = 7, .mode = 2, .first = 0, .last = 1};
    struct rig *rig = rig_new();
    rig_start(rig);
    struct rig_guest guest = {.text = "set t0, 0x600; li t1, 0x6968; sh t1, t0, 0; li a0, 1; mov a1, t0; li a2, 2;"
                                      "hcall $uart.write; ret",
                              .capability = &row,
                              .capability_count = 1};
    rig_add(rig, &guest);
    rig_run(rig, 100000);
    char seen[8] = {0};
    CHECK_EQ(0, sim_uart_see(&rig->sim, 0, seen, sizeof seen));
    CHECK_EQ(2, sim_uart_see(&rig->sim, 1, seen, sizeof seen));
    CHECK_TEXT("hi", seen);
}

static void input_wakes_the_reader(void) {
    struct rig *rig = rig_new();
    rig_script(rig, "at 30ms console \"hi\"\nat 60ms console end\n");
    rig_start(rig);
    struct rig_guest guest = {
        .text = "set a0, 0x600; li a1, 16; li a2, -1; hcall $console.read; mov s0, a1; hcall $time.millis; mov s1, a1;"
                "set a0, 0x600; li a1, 16; li a2, -1; hcall $console.read; slli s0, s0, 8; add s0, s0, a1; slli s1, "
                "s1, 16; add a0, s0, s1; ret"};
    uint32_t pid = rig_add(rig, &guest);
    rig_run(rig, 1000000);
    CHECK_EQ(30 << 16 | 2 << 8 | 0, executive_task(rig->executive, pid)->end_detail);
}

/* The work that comes every millisecond must be done by the next: it notes the largest distance between two beginnings.
 */
static const char metronome[] = "hcall $time.micros; mov s0, a1; li s1, 0; li a4, 200; set a5, 0x600;"
                                "loop: sw a4, a5, 0; addi s0, s0, 1000; mov a0, s0; li a1, 0; hcall $task.sleep_until;"
                                "hcall $time.micros; sub a1, a1, s0; maxu s1, s1, a1;"
                                "set a5, 0x600; lw a4, a5, 0; addi a4, a4, -1; bne a4, zero, loop; mov a0, s1; ret";

static void no_deadline_waits_for_a_signature(void) {
    struct rig *rig = rig_new();
    rig->config.check_us_per_kib = 1000;
    rig->config.signature_us = 100000;
    rig_start(rig);
    struct rig_guest ticking = {.text = metronome}, busy = {.text = "nop: j nop"}, late = {.text = "li a0, 1; ret"};
    uint32_t pid = rig_add(rig, &ticking);
    (void)rig_add(rig, &busy);
    rig_run(rig, 20000);
    uint64_t asked_us = rig->sim.now_us;
    (void)rig_load(rig, &late);
    rig_run(rig, 400000);
    const struct task *task = executive_task(rig->executive, pid);
    CHECK_EQ(TASK_END_EXIT, task->end);
    CHECK(task->end_detail < 250); /* microseconds: the other tasks' turns of 100 us each */
    const struct executive_event *loaded = rig_event(rig, EVENT_LOADED, 2);
    CHECK(loaded && loaded->time_us >= asked_us + 1000); /* the job took its time, beside the tasks */
}

static void tasks_are_moved_together_when_memory_is_in_pieces(void) {
    struct rig *rig = rig_new();
    rig->config.pool_bytes = 40000;
    rig_start(rig);
    struct rig_guest first = {.text = "nop: j nop", .ram_bytes = 16000};
    struct rig_guest stays = {
        .text = "set s0, 0x700; set a1, 123456; sw a1, s0, 0; call wait; set a1, 0x700; lw a0, a1, 0; ret;"
                "func wait; li a0, 50; hcall $task.sleep_ms; ret",
        .ram_bytes = 8000};
    struct rig_guest large = {.text = "li a0, 5; ret", .ram_bytes = 28000};
    uint32_t first_pid = rig_add(rig, &first), stays_pid = rig_add(rig, &stays);
    rig_run(rig, 10000);
    CHECK_EQ(0, rig_add(rig, &large));
    CHECK(rig_refused(rig, REFUSED_MEMORY));
    CHECK_EQ(ST_OK, executive_kill(rig->executive, first_pid));
    const uint8_t *before = executive_task(rig->executive, stays_pid)->vm.ram;
    uint32_t large_pid = rig_add(rig, &large);
    CHECK(large_pid != 0);
    CHECK(executive_task(rig->executive, stays_pid)->vm.ram != before);
    rig_run(rig, 200000);
    CHECK_EQ(123456, executive_task(rig->executive, stays_pid)->end_detail);
    CHECK_EQ(5, executive_task(rig->executive, large_pid)->end_detail);
}

static void the_same_run_gives_the_same_events_twice(void) {
    uint64_t times[2][8];
    for (int run = 0; run < 2; run++) {
        struct rig *rig = rig_new();
        rig_start(rig);
        struct rig_guest ticking = {.text = metronome},
                         busy = {.text = "set a0, 300000; loop: addi a0, a0, -1; bne a0, zero, loop; ret"};
        (void)rig_add(rig, &ticking);
        (void)rig_add(rig, &busy);
        rig_run(rig, 1000000);
        CHECK_EQ(6, rig->event_count);
        for (size_t i = 0; i < 6; i++) times[run][i] = rig->event[i].time_us;
    }
    CHECK(memcmp(times[0], times[1], 6 * sizeof times[0][0]) == 0);
}

static void events_that_do_not_fit_are_counted(void) {
    struct rig *rig = rig_new();
    rig->config.events_max = 4;
    rig->config.restarts_max = 10;
    rig->config.restart_delay_us = 0;
    rig_start(rig);
    struct rig_guest guest = {.text = "ret", .restart = ARTIFACT_RESTART_ALWAYS};
    (void)rig_add(rig, &guest);
    for (uint64_t now_us = 0; now_us < 100; now_us++) (void)executive_step(rig->executive, now_us);
    struct executive_event event;
    CHECK(executive_event_take(rig->executive, &event));
    CHECK_EQ(EVENT_LOST, event.kind);
    CHECK_EQ(22 - 1 - 4, event.a); /* 11 starts and 11 ends, but for the first start, which was taken */
    char text[64];
    executive_event_text(&event, text, sizeof text);
    CHECK_TEXT("17 events were lost", text);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_function_that_returns_ends_the_task_with_its_result),
        TEST(exit_ends_the_task_wherever_it_is),
        TEST(data_and_stack_are_where_the_artifact_says),
        TEST(two_busy_tasks_share_the_time_evenly),
        TEST(a_trap_ends_its_task_and_no_other),
        TEST(a_sleep_lasts_at_least_as_long_as_asked_and_hardly_longer),
        TEST(a_clock_that_is_read_twice_has_moved_by_what_ran_between),
        TEST(the_memory_of_an_ended_task_is_wiped),
        TEST(fuel_that_is_used_up_ends_the_task),
        TEST(a_break_without_a_debugger_ends_the_task),
        TEST(a_killed_task_is_gone),
        TEST(a_task_that_faults_is_restarted_as_often_as_the_device_allows),
        TEST(a_task_that_exits_is_restarted_only_if_it_is_to_run_always),
        TEST(a_restarted_task_finds_its_memory_as_at_the_start),
        TEST(a_watchdog_that_is_not_fed_ends_its_task),
        TEST(a_task_that_does_not_check_in_is_ended),
        TEST(output_waits_for_room_and_loses_nothing),
        TEST(a_task_that_floods_the_console_does_not_hold_up_another),
        TEST(refused_calls_are_counted_and_told_once),
        TEST(what_a_task_writes_to_a_uart_leaves_by_that_port),
        TEST(input_wakes_the_reader),
        TEST(no_deadline_waits_for_a_signature),
        TEST(tasks_are_moved_together_when_memory_is_in_pieces),
        TEST(the_same_run_gives_the_same_events_twice),
        TEST(events_that_do_not_fit_are_counted),
    };
    return CHECK_RUN(tests);
}
