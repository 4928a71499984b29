/* Commands: handlers that run at a task's next turn, whatever it is at; arguments, results, timeouts, ends. */
#include "core/base/bytes.h"
#include "core/wire/command_row.h"
#include "device/executive/command.h"
#include "test/sim/steps.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum { FOREVER = -1, ROWS_MAX = 8, FIRST_FUNCTION = 4 }; /* its code address, from ISA_CODE_BASE on: word 0 is STOP */

/* The window of every owner begins with the address of the first function: the handler. */
static const uint8_t window[4] = {FIRST_FUNCTION, 0, 0, ISA_CODE_BASE >> 24};

#define ADDS  ".entry main; func work taken=1; add a0, a0, a1; ret; func main;"
#define SPINS ".entry main; func work taken=1; more: j more; func main;"
#define TRAPS ".entry main; func work taken=1; trap 1; func main;"
/* Sleeps 5 ms and gives the time of day in ms. */
#define WAITS                                                                                                          \
    ".entry main; func work taken=1; li a0, 5; hcall $task.sleep_ms; hcall $time.millis; mov a0, a1; ret; func main;"

struct rows {
    uint8_t bytes[ROWS_MAX * COMMAND_ROW_BYTES];
    uint32_t count;
};

static uint8_t *add_row(struct rows *rows, struct command_row row, const char *name, const char *help) {
    uint8_t *to = rows->bytes + rows->count++ * COMMAND_ROW_BYTES;
    memset(to, 0, COMMAND_ROW_BYTES);
    store_le16(to, row.id);
    to[2] = row.flags;
    to[3] = row.level;
    to[4] = row.argument_count;
    memcpy(to + 5, row.argument, COMMAND_ARGUMENTS_MAX);
    to[9] = row.result;
    store_le32(to + 12, row.timeout_ms);
    store_le32(to + 16, row.handler ? row.handler : ISA_RO_BASE);
    store_le32(to + 20, row.pin);
    snprintf((char *)to + 24, 16, "%s", name);
    snprintf((char *)to + 40, COMMAND_HELP_BYTES, "%s", help);
    return to;
}

static const struct command_row two_numbers = {
    .id = 0x107, .argument_count = 2, .argument = {VALUE_I32, VALUE_I32}, .result = VALUE_I32};
static const struct command_row nothing = {.id = 0x107, .result = VALUE_I32};

static const struct artifact_capability all_rights[] = {{.group = CALL_GROUP_MAILBOX, .mode = 7, .last = UINT32_MAX},
                                                        {.group = CALL_GROUP_COMMAND, .mode = 3, .last = 0xffff}};

static uint32_t add_owner(struct rig *rig, struct command_row row, const char *text, const struct step *steps) {
    struct rows rows = {.count = 0};
    (void)add_row(&rows, row, "work", "does it");
    return steps_add_with(rig, steps,
                          (struct rig_guest){.text = text,
                                             .commands = rows.bytes,
                                             .command_count = 1,
                                             .read_only = window,
                                             .read_only_bytes = sizeof window,
                                             .capability = all_rights,
                                             .capability_count = 2});
}

static uint32_t add_caller(struct rig *rig, const struct step *steps) {
    return steps_add_with(rig, steps, (struct rig_guest){.capability = all_rights, .capability_count = 2});
}

static struct rig *begin(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

static bool all_is_free(const struct rig *rig) {
    for (uint32_t i = 0; i < rig->config.command_runs_max; i++) {
        if (rig->executive->run[i].state != RUN_FREE) return false;
    }
    return rig->executive->commands_used == 0;
}

/* ---- rows ---- */

static const char *fault_of(uint32_t at, uint8_t byte) {
    struct rows rows = {.count = 0};
    struct command_row row = two_numbers;
    uint8_t *bytes = add_row(&rows, row, "work", "does it");
    bytes[at] = byte;
    const char *reason;
    return command_row_decode(bytes, &row, &reason) == ST_OK ? "" : reason;
}

static void a_row_that_contradicts_itself_is_refused_with_the_reason(void) {
    CHECK_TEXT("", fault_of(0, 9));
    CHECK_TEXT("a command has a flag that does not exist", fault_of(2, 2));
    CHECK_TEXT("a command's level is not 0 to 3", fault_of(3, 4));
    CHECK_TEXT("a command has more than four arguments", fault_of(4, 5));
    CHECK_TEXT("a type of a command's argument is not bool, i32, f32 or f16", fault_of(4, 1));
    CHECK_TEXT("a type of a command's argument is not bool, i32, f32 or f16", fault_of(5, 4));
    CHECK_TEXT("a command's result is not bool, i32, f32, f16 or none", fault_of(9, 4));
    CHECK_TEXT("", fault_of(9, 255));
    CHECK_TEXT("a reserved field of a command is not zero", fault_of(11, 1));
    CHECK_TEXT("a command's timeout is longer than an hour", fault_of(15, 1));
    CHECK_TEXT("a command has a PIN and no flag for it", fault_of(20, 1));
    CHECK_TEXT("a command's name is not 1 to 12 letters, digits, '_', '-', '.', then zeros", fault_of(24, ' '));
    CHECK_TEXT("a command's help is not at most 39 printable bytes, then zeros", fault_of(40, 7));
}

static void no_bytes_whatever_harm_the_decoder(void) {
    srand(4);
    for (int round = 0; round < 100000; round++) {
        struct rows rows = {.count = 0};
        struct command_row row = two_numbers;
        uint8_t *bytes = add_row(&rows, row, "work", "does it");
        for (int i = rand() % 5; i > 0; i--) bytes[rand() % COMMAND_ROW_BYTES] = (uint8_t)rand();
        const char *reason;
        bool good = command_row_decode(bytes, &row, &reason) == ST_OK;
        CHECK(good == (reason == NULL));
        if (good) CHECK(row.argument_count <= COMMAND_ARGUMENTS_MAX && memchr(row.help, 0, COMMAND_HELP_BYTES));
    }
}

/* ---- running ---- */

static void a_command_runs_while_its_task_sleeps_and_gives_its_result(void) {
    struct rig *rig = begin();
    uint32_t owner =
        add_owner(rig, two_numbers, ADDS, STEPS(CALL("task.sleep_ms", NULL, {50}), CALL("time.millis", NULL, {0})));
    uint32_t caller =
        add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {10}), CALL("command.call", NULL, {0x107, STEPS_BUFFER, 8}),
                              CALL("time.millis", NULL, {0}), CALL("command.call", NULL, {0x107, STEPS_BUFFER, 4}),
                              CALL("command.call", NULL, {0x108, STEPS_BUFFER, 8}),
                              CALL("command.call", NULL, {0x107, STEPS_BUFFER, 7})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, caller, 1));
    CHECK_EQ(0x04030201 + 0x08070605, steps_value(rig, caller, 1));
    CHECK_EQ(10, steps_value(rig, caller, 2));
    CHECK_EQ(ST_INVALID, steps_status(rig, caller, 3));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 4));
    CHECK_EQ(ST_INVALID, steps_status(rig, caller, 5));
    CHECK_EQ(ST_OK, steps_status(rig, owner, 0));
    CHECK_EQ(50, steps_value(rig, owner, 1)); /* its sleep was not cut short */
    CHECK(all_is_free(rig));
}

static void a_busy_task_is_interrupted_and_goes_on_where_it_was(void) {
    struct rig *rig = begin();
    struct rig_guest guest = {.name = NULL};
    struct rows rows = {.count = 0};
    (void)add_row(&rows, two_numbers, "work", "");
    guest = (struct rig_guest){
        .text = ADDS "li a0, 0; set a1, 100000; loop: addi a0, a0, 1; addi a1, a1, -1; bne a1, zero, loop; ret",
        .commands = rows.bytes,
        .command_count = 1,
        .read_only = window,
        .read_only_bytes = 4,
        .capability = all_rights,
        .capability_count = 2};
    uint32_t owner = rig_add(rig, &guest);
    uint32_t caller =
        add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("command.call", NULL, {0x107, STEPS_BUFFER, 8})));
    rig_run(rig, 1000000);
    CHECK_EQ(0x04030201 + 0x08070605, steps_value(rig, caller, 1));
    CHECK_EQ(100000, executive_task(rig->executive, owner)->end_detail);
}

static void a_handler_may_wait_and_its_task_still_waits_after(void) {
    struct rig *rig = begin();
    uint32_t owner =
        add_owner(rig, nothing, WAITS,
                  STEPS(CALL("mailbox.bind", "app:a", {64, 0}),
                        CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, 40}), CALL("time.millis", NULL, {0})));
    uint32_t caller =
        add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {10}), CALL("command.call", NULL, {0x107, 0, 0})));
    rig_run(rig, 1000000);
    CHECK_EQ(15, steps_value(rig, caller, 1));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, owner, 1));
    CHECK_EQ(40, steps_value(rig, owner, 2));
}

static void a_task_may_call_its_own_command(void) {
    struct rig *rig = begin();
    uint32_t pid = add_owner(rig, two_numbers, ADDS, STEPS(CALL("command.call", NULL, {0x107, STEPS_BUFFER, 8})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, pid, 0));
    CHECK_EQ(0x04030201 + 0x08070605, steps_value(rig, pid, 0));
    CHECK(all_is_free(rig));
}

static void a_handler_that_takes_too_long_is_cut_off(void) {
    struct rig *rig = begin();
    struct command_row row = nothing;
    row.timeout_ms = 20;
    uint32_t owner =
        add_owner(rig, row, SPINS, STEPS(CALL("task.sleep_ms", NULL, {10}), CALL("time.millis", NULL, {0})));
    uint32_t caller = add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {2}), CALL("command.call", NULL, {0x107, 0, 0}),
                                            CALL("time.millis", NULL, {0})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, caller, 1));
    CHECK_EQ(22, steps_value(rig, caller, 2));
    CHECK_EQ(22, steps_value(rig, owner, 1));
    CHECK_EQ(TASK_END_EXIT, executive_task(rig->executive, owner)->end);
}

static void a_command_ends_with_its_task(void) {
    struct rig *rig = begin();
    uint32_t owner = add_owner(rig, nothing, TRAPS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t caller = add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {2}), CALL("command.call", NULL, {0x107, 0, 0}),
                                            CALL("command.call", NULL, {0x107, 0, 0})));
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_TRAP, executive_task(rig->executive, owner)->end);
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 1));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 2));
    CHECK(all_is_free(rig));
}

static void commands_of_one_task_run_one_after_the_other_in_their_order(void) {
    struct rig *rig = begin();
    add_owner(rig, nothing, WAITS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t caller[3];
    for (int32_t i = 0; i < 3; i++)
        caller[i] =
            add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {10 + i}), CALL("command.call", NULL, {0x107, 0, 0})));
    rig_run(rig, 1000000);
    for (uint32_t i = 0; i < 3; i++) CHECK_EQ(15 + 5 * i, steps_value(rig, caller[i], 1));
}

static void an_answer_may_come_as_a_message(void) {
    struct rig *rig = begin();
    uint32_t owner = add_owner(rig, two_numbers, ADDS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t caller = add_caller(rig, STEPS(CALL("mailbox.bind", "done", {128, 0}),
                                            CALL("command.send", NULL, {0x107, STEPS_BUFFER, 8, RESULT_OF(0)}),
                                            CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, FOREVER}),
                                            CALL("command.send", NULL, {0x107, STEPS_BUFFER, 8, 77})));
    rig_run(rig, 1000000);
    const uint8_t *head = steps_memory(rig, caller, 0xc00), *done = head + CALL_MAILBOX_HEAD_BYTES;
    CHECK_EQ(owner, load_le32(head + CALL_MAILBOX_HEAD_SENDER));
    CHECK_EQ(0x107, load_le32(done + CALL_COMMAND_DONE_ID));
    CHECK_EQ(steps_value(rig, caller, 1), load_le32(done + CALL_COMMAND_DONE_TICKET));
    CHECK_EQ(0, load_le32(done + CALL_COMMAND_DONE_STATUS));
    CHECK_EQ(0x04030201 + 0x08070605, load_le32(done + CALL_COMMAND_DONE_RESULT));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 3));
    CHECK(all_is_free(rig));
}

static void arguments_and_results_are_of_their_types(void) {
    struct rig *rig = begin();
    struct command_row row = {
        .id = 0x107, .argument_count = 2, .argument = {VALUE_BOOL, VALUE_F32}, .result = VALUE_BOOL};
    add_owner(rig, row, ADDS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t ticket;
    struct executive *executive = rig->executive;
    CHECK_EQ(ST_INVALID, executive_command(executive, 0x107, LEVEL_USER, 0, (uint32_t[]){2, 0}, 2, &ticket));
    CHECK_EQ(ST_INVALID, executive_command(executive, 0x107, LEVEL_USER, 0, (uint32_t[]){1, 0x7fc00000}, 2, &ticket));
    CHECK_EQ(ST_INVALID, executive_command(executive, 0x107, LEVEL_USER, 0, (uint32_t[]){1, 0, 0, 0, 0}, 5, &ticket));
    CHECK_EQ(ST_OK, executive_command(executive, 0x107, LEVEL_USER, 0, (uint32_t[]){1, 0}, 2, &ticket));
    CHECK_EQ(ST_OK, executive_command(executive, 0x107, LEVEL_USER, 0, (uint32_t[]){1, 1}, 2, &ticket)); /* gives 2 */
    rig_run(rig, 50000);
    CHECK_EQ(ST_OK, rig_event(rig, EVENT_COMMAND, 0)->a);
    CHECK_EQ(1, rig_event(rig, EVENT_COMMAND, 0)->b);
    CHECK_EQ((uint32_t)ST_INVALID, rig_event(rig, EVENT_COMMAND, 1)->a);
}

/* ---- who may, how many ---- */

static void levels_and_pins_guard_a_command(void) {
    struct rig *rig = begin();
    struct command_row row = nothing;
    row.flags = COMMAND_PIN;
    row.pin = 4711;
    row.level = LEVEL_ADMIN;
    add_owner(rig, row, ADDS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t ticket,
        caller = add_caller(rig, STEPS(CALL("command.call", NULL, {0x107, 0, 0}),
                                       CALL("command.info", NULL, {0x107, 0xc00}), CALL("command.next", NULL, {0})));
    CHECK_EQ(ST_DENIED, executive_command(rig->executive, 0x107, LEVEL_USER, 4711, NULL, 0, &ticket));
    CHECK_EQ(ST_DENIED, executive_command(rig->executive, 0x107, LEVEL_FACTORY, 4712, NULL, 0, &ticket));
    CHECK_EQ(ST_OK, executive_command(rig->executive, 0x107, LEVEL_ADMIN, 4711, NULL, 0, &ticket));
    CHECK_EQ(ST_NOT_FOUND, executive_command(rig->executive, 0x106, LEVEL_ADMIN, 4711, NULL, 0, &ticket));
    rig_run(rig, 50000);
    CHECK_EQ(ST_DENIED, steps_status(rig, caller, 0));
    CHECK_EQ(ST_DENIED, steps_status(rig, caller, 1));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 2));
}

static void a_command_tells_of_itself(void) {
    struct rig *rig = begin();
    uint32_t owner = add_owner(rig, two_numbers, ADDS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t caller = add_caller(rig, STEPS(CALL("command.next", NULL, {0}), CALL("command.info", NULL, {0x107, 0xc00}),
                                            CALL("command.next", NULL, {0x108})));
    rig_run(rig, 50000);
    const uint8_t *facts = steps_memory(rig, caller, 0xc00);
    CHECK_EQ(0x107, steps_value(rig, caller, 0));
    CHECK_EQ(owner, load_le32(facts + CALL_COMMAND_FACTS_OWNER));
    CHECK_EQ(2, facts[CALL_COMMAND_FACTS_ARGUMENTS]);
    CHECK_TEXT("work", (const char *)facts + CALL_COMMAND_FACTS_NAME);
    CHECK_TEXT("does it", (const char *)facts + CALL_COMMAND_FACTS_HELP);
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 2));
}

static void no_more_calls_are_under_way_than_there_may_be(void) {
    struct rig *rig = begin();
    add_owner(rig, nothing, WAITS, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t caller = add_caller(rig, STEPS(CALL("mailbox.bind", "done", {128, 0}),
                                            CALL("command.send", NULL, {0x107, 0, 0, RESULT_OF(0)}),
                                            CALL("command.send", NULL, {0x107, 0, 0, RESULT_OF(0)}),
                                            CALL("command.send", NULL, {0x107, 0, 0, RESULT_OF(0)}),
                                            CALL("command.send", NULL, {0x107, 0, 0, RESULT_OF(0)})));
    uint32_t ticket;
    rig_run(rig, 1000);
    CHECK_EQ(ST_OK, steps_status(rig, caller, 3));
    CHECK_EQ(ST_QUOTA, steps_status(rig, caller, 4));
    CHECK_EQ(ST_OK, executive_command(rig->executive, 0x107, LEVEL_USER, 0, NULL, 0, &ticket));
    rig_run(rig, 200000);
    CHECK(all_is_free(rig));
}

static void an_artifact_with_a_command_that_it_cannot_have_is_refused(void) {
    struct rig *rig = begin();
    static const struct step wait[] = {{"task.sleep_ms", NULL, {100}}, {NULL, NULL, {0}}};
    CHECK(add_owner(rig, nothing, ADDS, wait) != 0);
    CHECK_EQ(0, add_owner(rig, nothing, ADDS, wait));
    CHECK(rig_refused(rig, REFUSED_COMMAND_TAKEN));
    struct command_row row = {.id = 1, .handler = ISA_RO_BASE + 64, .result = COMMAND_NO_RESULT};
    CHECK_EQ(0, add_owner(rig, row, ADDS, wait));
    CHECK(rig_refused(rig, REFUSED_ARTIFACT));
    row.handler = 0x800; /* in RAM, where it could change */
    CHECK_EQ(0, add_owner(rig, row, ADDS, wait));
}

/* A handler's address that leads nowhere is found when it is called, and harms nobody. */
static void a_handler_that_is_no_function_is_not_found(void) {
    struct rig *rig = begin();
    uint32_t owner = add_owner(rig, nothing, ".entry main; func work; add a0, a0, a1; ret; func main;",
                               STEPS(CALL("task.sleep_ms", NULL, {20})));
    uint32_t caller =
        add_caller(rig, STEPS(CALL("task.sleep_ms", NULL, {2}), CALL("command.call", NULL, {0x107, 0, 0})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, caller, 1));
    CHECK_EQ(TASK_END_EXIT, executive_task(rig->executive, owner)->end);
}

static void a_restarted_task_still_has_its_commands(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 1;
    rig_start(rig);
    struct rows rows = {.count = 0};
    (void)add_row(&rows, two_numbers, "work", "");
    struct rig_guest guest = {.text = ADDS "li a0, 20; hcall $task.sleep_ms; trap 1",
                              .commands = rows.bytes,
                              .command_count = 1,
                              .read_only = window,
                              .read_only_bytes = 4,
                              .capability = all_rights,
                              .capability_count = 2,
                              .restart = ARTIFACT_RESTART_ON_FAULT};
    uint32_t ticket;
    CHECK(rig_add(rig, &guest) != 0);
    rig_run(rig, 20500);
    CHECK_EQ(ST_NOT_FOUND, executive_command(rig->executive, 0x107, LEVEL_USER, 0, (uint32_t[]){1, 2}, 2, &ticket));
    rig_run(rig, 30000);
    CHECK_EQ(ST_OK, executive_command(rig->executive, 0x107, LEVEL_USER, 0, (uint32_t[]){1, 2}, 2, &ticket));
    rig_run(rig, 100000);
    CHECK_EQ(3, rig_event(rig, EVENT_COMMAND, 0)->b);
    CHECK(all_is_free(rig));
}

/* 256 bytes of stack are declared; the program needs 100 of them. */
static void a_handler_that_does_not_fit_above_its_program_is_refused(void) {
    static const struct {
        const char *text;
        uint32_t needs; /* 0: it fits */
    } cases[] = {
        {".entry main; func work taken=1 depth=39; add a0, a0, a1; ret; func main depth=25; ret", 0},
        {".entry main; func work taken=1 depth=40; add a0, a0, a1; ret; func main depth=25; ret", 260},
        {".entry main; func work taken=1 depth=0xffff; add a0, a0, a1; ret; func main depth=25; ret", 0},
        {".entry main; func work taken=1 depth=65; add a0, a0, a1; ret; func main depth=0xffff; ret", 260},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rows rows = {.count = 0};
        (void)add_row(&rows, two_numbers, "work", "does it");
        struct rig *rig = begin();
        const struct rig_guest guest = {.text = cases[i].text,
                                        .commands = rows.bytes,
                                        .command_count = 1,
                                        .read_only = window,
                                        .read_only_bytes = sizeof window,
                                        .capability = all_rights,
                                        .capability_count = 2};
        CHECK_EQ(cases[i].needs == 0, rig_add(rig, &guest) != 0);
        if (cases[i].needs == 0) continue;
        CHECK_EQ(1, rig_event_count(rig, EVENT_REFUSED));
        CHECK_EQ(REFUSED_COMMAND_STACK, rig_event(rig, EVENT_REFUSED, 0)->refusal);
        CHECK_EQ(cases[i].needs, rig_event(rig, EVENT_REFUSED, 0)->a);
        CHECK_EQ(RIG_STACK_BYTES, rig_event(rig, EVENT_REFUSED, 0)->b);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_row_that_contradicts_itself_is_refused_with_the_reason),
        TEST(no_bytes_whatever_harm_the_decoder),
        TEST(a_command_runs_while_its_task_sleeps_and_gives_its_result),
        TEST(a_busy_task_is_interrupted_and_goes_on_where_it_was),
        TEST(a_handler_may_wait_and_its_task_still_waits_after),
        TEST(a_task_may_call_its_own_command),
        TEST(a_handler_that_takes_too_long_is_cut_off),
        TEST(a_command_ends_with_its_task),
        TEST(commands_of_one_task_run_one_after_the_other_in_their_order),
        TEST(an_answer_may_come_as_a_message),
        TEST(arguments_and_results_are_of_their_types),
        TEST(levels_and_pins_guard_a_command),
        TEST(a_command_tells_of_itself),
        TEST(no_more_calls_are_under_way_than_there_may_be),
        TEST(an_artifact_with_a_command_that_it_cannot_have_is_refused),
        TEST(a_handler_that_is_no_function_is_not_found),
        TEST(a_restarted_task_still_has_its_commands),
        TEST(a_handler_that_does_not_fit_above_its_program_is_refused),
    };
    return CHECK_RUN(tests);
}
