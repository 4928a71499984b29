/* Mailboxes that an artifact declares: rows, what they are refused for, and how long they last. */
#include "device/executive/mailbox.h"

#include "core/base/bytes.h"
#include "core/wire/mailbox_row.h"
#include "test/sim/steps.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum {
    FOREVER = -1,
    QUEUE = CALL_MAILBOX_MODE_QUEUE,
    DROP = CALL_MAILBOX_MODE_DROP,
    BLOCK = CALL_MAILBOX_MODE_BLOCK,
    SEND = CALL_MAILBOX_RIGHT_SEND,
    READ = CALL_MAILBOX_RIGHT_READ,
};
static struct rig *begin(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

static bool all_is_free(const struct rig *rig) {
    const struct executive *executive = rig->executive;
    return executive->mail_used == 0 && executive->mailboxes_used == 0 && executive->handles_used == 0;
}

struct rows {
    uint8_t bytes[12 * MAILBOX_ROW_BYTES];
    uint32_t count;
};

static uint8_t *add_row(struct rows *rows, uint8_t space, uint8_t mode, uint32_t capacity, const char *name) {
    uint8_t *to = rows->bytes + MAILBOX_ROW_BYTES * rows->count++;
    memset(to, 0, MAILBOX_ROW_BYTES);
    to[0] = space;
    to[1] = mode;
    store_le32(to + 4, capacity);
    memcpy(to + 8, name, strlen(name));
    return to;
}

static uint32_t add_declaring(struct rig *rig, const struct rows *rows, const struct step *steps,
                              struct rig_guest guest) {
    guest.mailboxes = rows->bytes;
    guest.mailbox_count = rows->count;
    return steps_add_with(rig, steps, guest);
}

static const char *fault_of(uint32_t at, uint8_t byte) {
    struct rows rows = {.count = 0};
    struct mailbox_row row;
    uint8_t *bytes = add_row(&rows, SPACE_SVC, QUEUE, 64, "a_name_of_23_characters");
    bytes[at] = byte;
    const char *reason;
    return mailbox_row_decode(bytes, &row, &reason) == ST_OK ? "" : reason;
}

static void a_row_that_contradicts_itself_is_refused_with_the_reason(void) {
    CHECK_TEXT("", fault_of(0, SPACE_APP));
    CHECK_TEXT("a mailbox's namespace is not svc, app or shared", fault_of(0, SPACE_PID));
    CHECK_TEXT("a mailbox's namespace is not svc, app or shared", fault_of(0, SPACE_HAL));
    CHECK_TEXT("a mailbox's mode is not queue, drop or block", fault_of(1, 3));
    CHECK_TEXT("a shared mailbox drops or blocks, any other queues", fault_of(1, DROP));
    CHECK_TEXT("a shared mailbox drops or blocks, any other queues", fault_of(0, SPACE_SHARED));
    CHECK_TEXT("a reserved field of a mailbox is not zero", fault_of(3, 1));
    CHECK_TEXT("a mailbox's capacity is not 16 to 65535 bytes", fault_of(4, 15));
    CHECK_TEXT("a mailbox's capacity is not 16 to 65535 bytes", fault_of(6, 1));
    CHECK_TEXT("a mailbox's name is not 1 to 23 letters, digits, '_', '-', '.', then zeros", fault_of(8, 0));
    CHECK_TEXT("a mailbox's name is not 1 to 23 letters, digits, '_', '-', '.', then zeros", fault_of(9, ':'));
    CHECK_TEXT("a mailbox's name is not 1 to 23 letters, digits, '_', '-', '.', then zeros", fault_of(31, 'x'));
}

static void no_bytes_whatever_harm_the_decoder(void) {
    srand(11);
    for (int round = 0; round < 200000; round++) {
        struct rows rows = {.count = 0};
        struct mailbox_row row;
        const char *reason;
        uint8_t *bytes = add_row(&rows, (uint8_t)(1 + rand() % 3), (uint8_t)(rand() % 3), 64, "name");
        for (int i = rand() % 4; i > 0; i--) bytes[rand() % MAILBOX_ROW_BYTES] = (uint8_t)rand();
        if (mailbox_row_decode(bytes, &row, &reason) != ST_OK) continue;
        /* what decodes is a name that a task could have said */
        static const char *const spaces[] = {"", "svc:", "app:", "shared:"};
        char text[64];
        struct mailbox_name said, declared = mailbox_name_of_row(bytes, 5);
        snprintf(text, sizeof text, "%s%s", spaces[row.space], row.name);
        CHECK_EQ(ST_OK, mailbox_name_read(text, (uint32_t)strlen(text), 5, &said));
        CHECK(said.space == declared.space && said.task == declared.task && strcmp(said.text, declared.text) == 0);
    }
}

static void a_declared_mailbox_is_there_before_the_first_instruction(void) {
    struct rig *rig = begin();
    struct rows rows = {.count = 0};
    (void)add_row(&rows, SPACE_APP, QUEUE, 64, "jobs");
    (void)add_row(&rows, SPACE_SVC, QUEUE, 64, "mine");
    (void)add_row(&rows, SPACE_SHARED, BLOCK, 64, "news");
    const struct step *reads =
        STEPS(CALL("task.sleep_ms", NULL, {20}), CALL("mailbox.open", "app:jobs", {READ, 0}),
              CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xc00, 256, 0}),
              CALL("mailbox.bind", "svc:mine", {64, QUEUE}), CALL("mailbox.open", "svc:mine", {READ, 0}));
    uint32_t reader = add_declaring(rig, &rows, reads, (struct rig_guest){.priority = 255});
    CHECK_EQ(3, rig->executive->mailboxes_used);
    uint32_t sender = steps_add(rig, STEPS(CALL("mailbox.open", "app:jobs", {SEND, 0}),
                                           CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 3, 0, 0, 0}),
                                           CALL("mailbox.open", "app:jobs", {READ, 0}),
                                           CALL("mailbox.open", "shared:news", {READ, 0}),
                                           CALL("mailbox.open", "app:none", {READ, FOREVER})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, sender, 1));
    CHECK_EQ(ST_DENIED, steps_status(rig, sender, 2)); /* it is another's */
    CHECK_EQ(ST_OK, steps_status(rig, sender, 3));
    CHECK_EQ(ST_DENIED, steps_status(rig, sender, 4)); /* and what is not there cannot be its own */
    CHECK_EQ(8 + 3, steps_value(rig, reader, 2));
    CHECK_EQ(ST_EXISTS, steps_status(rig, reader, 3));
    CHECK_EQ(ST_OK, steps_status(rig, reader, 4));
    CHECK(all_is_free(rig));
}

static void mailboxes_that_cannot_be_are_refused_with_every_reason(void) {
    static const struct artifact_capability apps = {
        .group = CALL_GROUP_MAILBOX, .mode = MODE_MAILBOX_READ, .first = SPACE_APP, .last = SPACE_APP};
    struct rig *rig = begin();
    const struct step *waits =
        STEPS(CALL("mailbox.bind", "app:taken", {64, QUEUE}), CALL("task.sleep_ms", NULL, {100}));
    uint32_t owner = steps_add(rig, waits);
    rig_run(rig, 10000);
    struct rows rows = {.count = 0};
    (void)add_row(&rows, SPACE_APP, QUEUE, 64, "taken");
    (void)add_row(&rows, SPACE_APP, QUEUE, 4000, "twice");
    (void)add_row(&rows, SPACE_APP, QUEUE, 64, "twice");
    (void)add_row(&rows, SPACE_SVC, QUEUE, 64, "uncovered");
    rig->event_count = 0;
    const struct step *nothing = STEPS(CALL("task.yield", NULL, {0}));
    uint32_t pid = add_declaring(rig, &rows, nothing, (struct rig_guest){.capability = &apps, .capability_count = 1});
    CHECK_EQ(0, pid);
    static const struct {
        enum executive_refusal refusal;
        uint32_t a, b;
    } want[] = {{REFUSED_MAILBOX_TAKEN, 0, 1},
                {REFUSED_MAILBOX_TAKEN, 2, 0},
                {REFUSED_MAILBOX_UNCOVERED, 3, 0},
                {REFUSED_MAILBOX_BYTES, 4192, 4096}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct executive_event *event = rig_event(rig, EVENT_REFUSED, i);
        CHECK(event && event->refusal == want[i].refusal && event->a == want[i].a && event->b == want[i].b);
    }
    CHECK_EQ(sizeof want / sizeof *want, rig_event_count(rig, EVENT_REFUSED));
    CHECK_EQ(1, rig->executive->mailboxes_used);
    CHECK_EQ(1, owner);
    char text[160];
    executive_event_text(rig_event(rig, EVENT_REFUSED, 0), text, sizeof text);
    CHECK_TEXT("load 2: refused: task 1 has a mailbox of the name in row 0, or it has it twice itself", text);
}

static void more_mailboxes_than_there_is_room_for_are_refused(void) {
    struct rig *rig = rig_new();
    rig->config.mailboxes_max = 3;
    rig_start(rig);
    struct rows rows = {.count = 0};
    static const char *const names[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < 4; i++) (void)add_row(&rows, SPACE_SVC, QUEUE, 16, names[i]);
    const struct step *opens = STEPS(CALL("mailbox.open", "d", {READ, 0}), CALL("mailbox.bind", "e", {16, QUEUE}));
    CHECK_EQ(0, add_declaring(rig, &rows, opens, (struct rig_guest){.name = "one"}));
    const struct executive_event *event = rig_event(rig, EVENT_REFUSED, 0);
    CHECK(event && event->refusal == REFUSED_MAILBOXES && event->a == 4 && event->b == 3);
    CHECK_EQ(1, rig_event_count(rig, EVENT_REFUSED));
    rows.count = 3;
    CHECK(add_declaring(rig, &rows, opens, (struct rig_guest){.name = "two"}) != 0);
    rig_run(rig, 1000000);
    CHECK(all_is_free(rig));
}

/* Reads one of two messages and fails; the other one is gone, what is sent before it runs again is not. */
static void declared_mailboxes_stay_while_their_task_waits_to_be_restarted(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 1;
    rig->config.restart_delay_us = 20000;
    rig_start(rig);
    struct rows rows = {.count = 0};
    (void)add_row(&rows, SPACE_APP, QUEUE, 64, "jobs");
    const struct step *fails = STEPS(CALL("mailbox.open", "app:jobs", {READ, 0}),
                                     CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, FOREVER}),
                                     CALL("mailbox.peek", NULL, {RESULT_OF(0), 0xd00}),
                                     CALL("watchdog.start", NULL, {1}), CALL("task.sleep_ms", NULL, {50}));
    uint32_t reader = add_declaring(rig, &rows, fails, (struct rig_guest){.restart = ARTIFACT_RESTART_ON_FAULT});
    uint32_t sender =
        steps_add(rig, STEPS(CALL("mailbox.open", "app:jobs", {SEND, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 1, 0, 1, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 1, 0, 2, 0}),
                             CALL("task.sleep_ms", NULL, {10}), /* the reader has failed by now */
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 1, 0, 3, 0}),
                             CALL("mailbox.bind", "app:jobs", {64, QUEUE}), CALL("task.sleep_ms", NULL, {40}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 1, 0, 4, 0})));
    rig_run(rig, 15000);
    CHECK_EQ(TASK_RESTARTING, executive_task(rig->executive, reader)->state);
    CHECK_EQ(ST_OK, steps_status(rig, sender, 4));
    CHECK_EQ(ST_EXISTS, steps_status(rig, sender, 5));
    rig_run(rig, 30000);
    CHECK_EQ(3, load_le16(steps_memory(rig, reader, 0xc00) + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(0, load_le32(steps_memory(rig, reader, 0xd00) + CALL_MAILBOX_FACTS_MESSAGES));
    rig_run(rig, 1000000);
    CHECK_EQ(TASK_END_WATCHDOG, executive_task(rig->executive, reader)->end);
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, sender, 7)); /* it has ended for good */
    CHECK(all_is_free(rig));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_row_that_contradicts_itself_is_refused_with_the_reason),
        TEST(no_bytes_whatever_harm_the_decoder),
        TEST(a_declared_mailbox_is_there_before_the_first_instruction),
        TEST(mailboxes_that_cannot_be_are_refused_with_every_reason),
        TEST(more_mailboxes_than_there_is_room_for_are_refused),
        TEST(declared_mailboxes_stay_while_their_task_waits_to_be_restarted),
    };
    return CHECK_RUN(tests);
}
