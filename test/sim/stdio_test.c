/* A task's streams: kept apart, tapped by who may, fed by who may, while the task makes the same calls as ever. */
#include "device/executive/stdio.h"

#include "core/base/bytes.h"
#include "device/executive/console.h"
#include "test/sim/steps.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum { FOREVER = -1, TO = 0xc00, SEND = CALL_MAILBOX_RIGHT_SEND, READ = CALL_MAILBOX_RIGHT_READ };

static struct rig *begin(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

static const struct artifact_capability everything[] = {
    {.group = CALL_GROUP_CONSOLE, .mode = MODE_CONSOLE_READ | MODE_CONSOLE_WRITE, .last = UINT32_MAX},
    {.group = CALL_GROUP_MAILBOX, .mode = 7, .last = UINT32_MAX},
};

/* With the text at the start of its read-only window, and every right. */
static uint32_t add(struct rig *rig, const char *text, const struct step *steps) {
    struct rig_guest guest = {.read_only = text,
                              .read_only_bytes = (uint32_t)strlen(text) + 1,
                              .capability = everything,
                              .capability_count = 2};
    return steps_add_with(rig, steps, guest);
}

static const char *received(const struct rig *rig, uint32_t pid, uint32_t at) {
    static char text[257];
    const uint8_t *head = steps_memory(rig, pid, at);
    snprintf(text, sizeof text, "%.*s", head[CALL_MAILBOX_HEAD_LENGTH], (const char *)head + CALL_MAILBOX_HEAD_BYTES);
    return text;
}

/* ---- what a task writes ---- */

static void errors_are_kept_apart_from_output(void) {
    struct console console;
    uint8_t memory[256];
    char got[16];
    struct executive_output from;
    struct arena arena = arena_of(memory, sizeof memory);
    CHECK(console_init(&console, &arena, 16, 64));
    CHECK_EQ(3, console_write(&console, (struct executive_output){7, STREAM_OUT}, "out", 3));
    CHECK_EQ(5, console_write(&console, (struct executive_output){7, STREAM_ERROR}, "error", 5));
    CHECK_EQ(3, console_drain(&console, &from, got, sizeof got));
    CHECK(from.pid == 7 && from.stream == STREAM_OUT);
    CHECK_EQ(2, console_drain(&console, &from, got, 2)); /* what is left of it is of the same stream */
    CHECK(from.stream == STREAM_ERROR && memcmp(got, "er", 2) == 0);
    CHECK_EQ(3, console_drain(&console, &from, got, sizeof got));
    CHECK(from.pid == 7 && from.stream == STREAM_ERROR && memcmp(got, "ror", 3) == 0);
}

static void a_tap_gets_one_stream_of_one_task(void) {
    struct rig *rig = begin();
    const struct step *writes = STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("console.write", NULL, {ISA_RO_BASE, 3}),
                                      CALL("console.write_error", NULL, {ISA_RO_BASE + 3, 3}));
    uint32_t one = add(rig, "outerr", writes);
    add(rig, "OUTERR", writes);
    uint32_t tapper =
        add(rig, "",
            STEPS(CALL("mailbox.tap", "svc:stdio.err@1", {64}), CALL("mailbox.tap", "svc:stdio.out@1", {64}),
                  CALL("mailbox.receive", NULL, {RESULT_OF(0), TO, 256, FOREVER}),
                  CALL("mailbox.receive", NULL, {RESULT_OF(1), TO + 256, 256, FOREVER}),
                  CALL("task.sleep_ms", NULL, {50}), CALL("mailbox.receive", NULL, {RESULT_OF(0), TO + 512, 256, 0}),
                  CALL("mailbox.receive", NULL, {RESULT_OF(1), TO + 512, 256, 0})));
    rig_run(rig, 1000000);
    CHECK_EQ(1, one);
    CHECK_TEXT("err", received(rig, tapper, TO));
    CHECK_TEXT("out", received(rig, tapper, TO + 256));
    const uint8_t *head = steps_memory(rig, tapper, TO);
    CHECK_EQ(one, load_le32(head + CALL_MAILBOX_HEAD_SENDER));
    CHECK_EQ(2, head[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK_EQ(1, steps_memory(rig, tapper, TO + 256)[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, tapper, 5)); /* nothing of the other task's */
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, tapper, 6));
    CHECK_EQ(12, rig->output_bytes); /* the console has it all the same */
    CHECK_EQ(0, rig->executive->mailboxes_used);
}

static void a_tap_never_holds_up_who_writes(void) {
    struct rig *rig = begin();
    char text[201];
    memset(text, 'x', 200);
    text[200] = '\0';
    uint32_t writer =
        add(rig, text,
            STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("console.write", NULL, {ISA_RO_BASE, 200}),
                  CALL("console.write", NULL, {ISA_RO_BASE, 200}), CALL("console.format", NULL, {ISA_RO_BASE, 0x800})));
    uint32_t tapper = add(rig, "",
                          STEPS(CALL("mailbox.tap", "svc:stdio.out@1", {32}), CALL("task.sleep_ms", NULL, {50}),
                                CALL("mailbox.receive", NULL, {RESULT_OF(0), TO, 256, 0})));
    rig_run(rig, 1000000);
    CHECK_EQ(200, steps_value(rig, writer, 1));
    CHECK_EQ(200, steps_value(rig, writer, 3));
    CHECK_EQ(600, rig->output_bytes);
    CHECK_EQ(8, steps_memory(rig, tapper, TO)[CALL_MAILBOX_HEAD_LENGTH]); /* 600 bytes in pieces of 24: the last one */
    CHECK(steps_memory(rig, tapper, TO)[CALL_MAILBOX_HEAD_FLAGS] & MAILBOX_FLAG_OVERRUN);
}

static void streams_are_tapped_by_right_and_of_tasks_that_live(void) {
    static const struct artifact_capability only_reads[] = {
        {.group = CALL_GROUP_MAILBOX, .mode = MODE_MAILBOX_READ | MODE_MAILBOX_WRITE, .last = UINT32_MAX}};
    struct rig *rig = begin();
    add(rig, "", STEPS(CALL("task.sleep_ms", NULL, {50})));
    const struct step *taps =
        STEPS(CALL("mailbox.tap", "svc:stdio.out@1", {64}), CALL("mailbox.tap", "svc:stdio.err@9", {64}),
              CALL("mailbox.bind", "svc:stdio.out", {64, 0}), CALL("mailbox.bind", "svc:stdio.in", {64, 0}),
              CALL("mailbox.open", "svc:stdio.out@1", {SEND, 0}), CALL("mailbox.open", "svc:stdio.in@2", {READ, 0}));
    uint32_t tapper = add(rig, "", taps);
    const struct step *wants = STEPS(CALL("mailbox.open", "svc:stdio.in@1", {SEND, 0}));
    CHECK(steps_add_with(rig, wants, (struct rig_guest){.capability = only_reads, .capability_count = 1}) != 0);
    const struct step *sneaks = STEPS(CALL("mailbox.tap", "svc:stdio.out@1", {64}));
    CHECK_EQ(0, steps_add_with(rig, sneaks, (struct rig_guest){.capability = only_reads, .capability_count = 1}));
    rig_run(rig, 1000000);
    static const int32_t want[] = {ST_OK, ST_NOT_FOUND, ST_EXISTS, ST_EXISTS, ST_DENIED, ST_DENIED};
    for (size_t step = 0; step < 6; step++) CHECK_EQ(want[step], steps_status(rig, tapper, step));
}

/* ---- what is typed to it ---- */

static void another_task_types_into_the_one_that_reads_the_console(void) {
    struct rig *rig = begin();
    uint32_t reader =
        add(rig, "",
            STEPS(CALL("console.read", NULL, {TO, 3, FOREVER}), CALL("console.read", NULL, {TO + 16, 100, FOREVER}),
                  CALL("console.read", NULL, {TO + 32, 100, FOREVER}), CALL("console.read", NULL, {TO + 48, 100, 10})));
    uint32_t writer =
        add(rig, "typed",
            STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("mailbox.open", "svc:stdio.in@1", {SEND, FOREVER}),
                  CALL("mailbox.send", NULL, {RESULT_OF(1), ISA_RO_BASE, 5, 0, 0, 0}),
                  CALL("mailbox.send", NULL, {RESULT_OF(1), ISA_RO_BASE, 0, 0, 0, 0})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, writer, 3));
    CHECK_EQ(3, steps_value(rig, reader, 0));
    CHECK_EQ(2, steps_value(rig, reader, 1)); /* the rest of the same message */
    CHECK(memcmp(steps_memory(rig, reader, TO), "typ", 3) == 0 &&
          memcmp(steps_memory(rig, reader, TO + 16), "ed", 2) == 0);
    CHECK_EQ(ST_OK, steps_status(rig, reader, 2));
    CHECK_EQ(0, steps_value(rig, reader, 2));           /* a message of no bytes: the input has ended */
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, reader, 3)); /* and goes on after */
    CHECK_EQ(0, rig->executive->mailboxes_used);
}

static void who_may_not_read_the_console_cannot_be_typed_to(void) {
    static const struct artifact_capability writes = {
        .group = CALL_GROUP_CONSOLE, .mode = MODE_CONSOLE_WRITE, .last = UINT32_MAX};
    struct rig *rig = begin();
    const struct step *sleeps = STEPS(CALL("task.sleep_ms", NULL, {50}));
    uint32_t deaf = steps_add_with(rig, sleeps, (struct rig_guest){.capability = &writes, .capability_count = 1});
    uint32_t writer = add(
        rig, "", STEPS(CALL("mailbox.open", "svc:stdio.in@1", {SEND, 1}), CALL("mailbox.tap", "svc:stdio.in@1", {64})));
    size_t taken;
    CHECK_EQ(ST_NOT_FOUND, executive_type(rig->executive, deaf, "x", 1, false, &taken));
    CHECK_EQ(ST_NOT_FOUND, executive_type(rig->executive, 99, "x", 1, false, &taken));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, writer, 0));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, writer, 1));
    CHECK_EQ(0, rig->executive->mailboxes_used);
}

static void an_operator_types_to_one_task_before_it_reads(void) {
    struct rig *rig = begin(); /* 256 bytes for what is typed */
    uint32_t other = add(rig, "", STEPS(CALL("console.read", NULL, {TO, 100, 30})));
    uint32_t reader =
        add(rig, "",
            STEPS(CALL("task.sleep_ms", NULL, {20}), CALL("console.read", NULL, {TO, 256, 0}),
                  CALL("console.read", NULL, {TO, 256, 0}), CALL("console.read", NULL, {TO + 256, 256, 0})));
    char text[300];
    size_t taken;
    memset(text, 'y', sizeof text);
    rig_run(rig, 1000);
    CHECK_EQ(ST_OK, executive_type(rig->executive, reader, "hello", 5, false, &taken));
    CHECK_EQ(5, taken);
    CHECK_EQ(ST_OK, executive_type(rig->executive, reader, text, sizeof text, false, &taken));
    CHECK_EQ(256 - 8 - 5 - 8, taken); /* as much as there is room for */
    CHECK_EQ(ST_FULL, executive_type(rig->executive, reader, text, 0, true, &taken));
    rig_run(rig, 1000000);
    CHECK_EQ(5, steps_value(rig, reader, 1));
    CHECK_EQ(256 - 8 - 5 - 8, steps_value(rig, reader, 2));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, reader, 3));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, other, 0));
    CHECK_EQ(0, rig->executive->mail_used);
}

static void what_is_typed_to_all_still_reaches_who_reads(void) {
    struct rig *rig = rig_new();
    rig_script(rig, "at 10ms console \"all\"\n");
    rig_start(rig);
    uint32_t reader =
        add(rig, "", STEPS(CALL("console.read", NULL, {TO, 100, 5}), CALL("console.read", NULL, {TO, 100, FOREVER})));
    size_t taken;
    CHECK_EQ(ST_OK, executive_type(rig->executive, reader, "one", 3, false, &taken));
    rig_run(rig, 1000000);
    CHECK_EQ(3, steps_value(rig, reader, 0));
    CHECK_EQ(3, steps_value(rig, reader, 1));
    CHECK(memcmp(steps_memory(rig, reader, TO), "all", 3) == 0);
}

static void what_was_typed_goes_with_the_task(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 1;
    rig_start(rig);
    const struct step *fails = STEPS(CALL("console.read", NULL, {TO, 100, 0}), CALL("watchdog.start", NULL, {1}),
                                     CALL("task.sleep_ms", NULL, {50}));
    uint32_t pid = steps_add_with(rig, fails, (struct rig_guest){.restart = ARTIFACT_RESTART_ON_FAULT});
    size_t taken;
    rig_run(rig, 100);
    CHECK_EQ(ST_OK, executive_type(rig->executive, pid, "late", 4, false, &taken));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, pid, 0)); /* the second run's read */
    CHECK_EQ(0, rig->executive->mailboxes_used);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(errors_are_kept_apart_from_output),
        TEST(a_tap_gets_one_stream_of_one_task),
        TEST(a_tap_never_holds_up_who_writes),
        TEST(streams_are_tapped_by_right_and_of_tasks_that_live),
        TEST(another_task_types_into_the_one_that_reads_the_console),
        TEST(who_may_not_read_the_console_cannot_be_typed_to),
        TEST(an_operator_types_to_one_task_before_it_reads),
        TEST(what_is_typed_to_all_still_reaches_who_reads),
        TEST(what_was_typed_goes_with_the_task),
    };
    return CHECK_RUN(tests);
}
