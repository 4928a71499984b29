/* Mailboxes: names, who may what, waiting, what is lost and who is told, devices. Guests are lists of calls. */
#include "device/executive/mailbox.h"

#include "core/base/bytes.h"
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

/* ---- messages ---- */

static void a_message_reaches_the_reader_and_says_who_sent_it(void) {
    struct rig *rig = begin();
    uint32_t reader = steps_add(rig, STEPS(CALL("mailbox.bind", "app:box", {64, QUEUE}),
                                           CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, FOREVER})));
    uint32_t sender = steps_add(rig, STEPS(CALL("mailbox.open", "app:box", {SEND, FOREVER}),
                                           CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 3, 5, 700, 0})));
    rig_run(rig, 100000);
    CHECK_EQ(ST_OK, steps_status(rig, sender, 1));
    CHECK_EQ(ST_OK, steps_status(rig, reader, 1));
    CHECK_EQ(8 + 3, steps_value(rig, reader, 1));
    const uint8_t *head = steps_memory(rig, reader, 0xc00);
    CHECK_EQ(sender, load_le32(head + CALL_MAILBOX_HEAD_SENDER));
    CHECK_EQ(700, load_le16(head + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(5, head[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK_EQ(3, head[CALL_MAILBOX_HEAD_LENGTH]);
    CHECK(memcmp(head + 8, "\1\2\3", 4) == 0);
    CHECK(all_is_free(rig));
}

static void a_name_is_one_tasks_until_it_closes_or_ends(void) {
    struct rig *rig = begin();
    uint32_t first = steps_add(rig, STEPS(CALL("mailbox.bind", "app:lock", {16, QUEUE}),
                                          CALL("task.sleep_ms", NULL, {10}), CALL("task.exit", NULL, {0})));
    uint32_t second = steps_add(
        rig, STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("mailbox.bind", "app:lock", {16, QUEUE}),
                   CALL("task.sleep_ms", NULL, {10}), CALL("mailbox.bind", "app:lock", {16, QUEUE}),
                   CALL("mailbox.close", NULL, {RESULT_OF(3)}), CALL("mailbox.bind", "app:lock", {16, QUEUE})));
    rig_run(rig, 100000);
    CHECK_EQ(ST_OK, steps_status(rig, first, 0));
    CHECK_EQ(ST_EXISTS, steps_status(rig, second, 1));
    CHECK_EQ(ST_OK, steps_status(rig, second, 3));
    CHECK_EQ(ST_OK, steps_status(rig, second, 5));
}

static void messages_are_events_if_the_hive_tells_traffic(void) {
    struct rig *rig = rig_new();
    rig->config.tell_traffic = true;
    rig_start(rig);
    uint32_t reader =
        steps_add(rig, STEPS(CALL("mailbox.bind", "app:box", {16, QUEUE}), CALL("task.sleep_ms", NULL, {5}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, FOREVER})));
    uint32_t sender = steps_add(rig, STEPS(CALL("mailbox.open", "app:box", {SEND, FOREVER}),
                                           CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 3, 5, 700, 0}),
                                           CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 6, 0, 0, 0})));
    rig_run(rig, 100000);
    const struct executive_event *sent = rig_event(rig, EVENT_SENT, 0), *took = rig_event(rig, EVENT_RECEIVED, 0),
                                 *full = rig_event(rig, EVENT_NO_ROOM, 0);
    CHECK(sent && took && full && !rig_event(rig, EVENT_SENT, 1));
    CHECK_EQ(sender, sent->pid);
    CHECK_EQ(reader, took->pid);
    CHECK_EQ(sender, full->pid);
    CHECK_EQ(3 | 5 << 8 | 700 << 16, sent->b);
    CHECK_EQ(sent->b, took->b);
    CHECK_EQ(sent->a, took->a);
    CHECK_EQ(6, full->b);
}

static void a_message_that_can_never_fit_is_refused_and_the_longest_fits(void) {
    struct rig *rig = begin();
    uint32_t pid =
        steps_add(rig, STEPS(CALL("mailbox.bind", "box", {256, QUEUE}), CALL("mailbox.open", "box", {SEND, FOREVER}),
                             CALL("mailbox.send", NULL, {RESULT_OF(1), STEPS_BUFFER, 249, 0, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(1), STEPS_BUFFER, 248, 0, 0, 0}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 255, 0}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, 0}),
                             CALL("mailbox.bind", "small", {16, QUEUE}), CALL("mailbox.open", "small", {SEND, FOREVER}),
                             CALL("mailbox.send", NULL, {RESULT_OF(7), STEPS_BUFFER, 9, 0, 0, FOREVER}),
                             CALL("mailbox.send", NULL, {RESULT_OF(7), STEPS_BUFFER, 8, 8, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(7), STEPS_BUFFER, 8, 0, 0, 0})));
    rig_run(rig, 100000);
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 2));
    CHECK_EQ(ST_OK, steps_status(rig, pid, 3));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 4)); /* the buffer is too short, and the message stays */
    CHECK_EQ(256, steps_value(rig, pid, 5));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 8));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 9)); /* the overrun mark is not a sender's to set */
    CHECK_EQ(ST_OK, steps_status(rig, pid, 10));
}

static void waiting_ends_with_a_message_or_with_the_time(void) {
    struct rig *rig = begin();
    uint32_t pid = steps_add(
        rig,
        STEPS(CALL("mailbox.bind", "box", {64, QUEUE}), CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, 0}),
              CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, 10}), CALL("time.millis", NULL, {0}),
              CALL("mailbox.open", "none", {SEND, 5}), CALL("mailbox.open", "box", {SEND, FOREVER}),
              CALL("mailbox.send", NULL, {RESULT_OF(5), STEPS_BUFFER, 56, 0, 0, 0}),
              CALL("mailbox.send", NULL, {RESULT_OF(5), STEPS_BUFFER, 1, 0, 0, 0}),
              CALL("mailbox.send", NULL, {RESULT_OF(5), STEPS_BUFFER, 1, 0, 0, 20}), CALL("time.millis", NULL, {0})));
    rig_run(rig, 200000);
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, pid, 1));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, pid, 2));
    CHECK_EQ(10, steps_value(rig, pid, 3));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, pid, 4));
    CHECK_EQ(ST_FULL, steps_status(rig, pid, 7));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, pid, 8));
    CHECK_EQ(35, steps_value(rig, pid, 9));
}

static void who_comes_first_may_wait_for_the_other(void) {
    struct rig *rig = begin();
    uint32_t sender = steps_add(rig, STEPS(CALL("mailbox.open", "app:late", {SEND, FOREVER}),
                                           CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 1, 0, 0, 0})));
    steps_add(rig, STEPS(CALL("task.sleep_ms", NULL, {30}), CALL("mailbox.bind", "app:late", {64, QUEUE}),
                         CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xc00, 256, FOREVER})));
    rig_run(rig, 100000);
    CHECK_EQ(ST_OK, steps_status(rig, sender, 1));
    CHECK_EQ(2, rig_event_count(rig, EVENT_ENDED));
}

static void senders_that_wait_are_served_in_their_order_and_not_overtaken(void) {
    struct rig *rig = begin();
    uint32_t reader =
        steps_add(rig, STEPS(CALL("mailbox.bind", "app:box", {64, QUEUE}), CALL("task.sleep_ms", NULL, {50}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xa00, 256, FOREVER}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, FOREVER}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, FOREVER}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xd00, 256, FOREVER})));
    uint32_t sender[3];
    static const int32_t lengths[] = {50, 40, 1}; /* the last would fit beside the first at once */
    for (int32_t i = 0; i < 3; i++)
        sender[i] = steps_add(
            rig, STEPS(CALL("task.sleep_ms", NULL, {10 * i}), CALL("mailbox.open", "app:box", {SEND, FOREVER}),
                       CALL("mailbox.send", NULL, {RESULT_OF(1), STEPS_BUFFER, lengths[i], 0, 0, FOREVER}),
                       CALL("mailbox.send", NULL, {RESULT_OF(1), STEPS_BUFFER, 60, 0, 0, 0})));
    rig_run(rig, 200000);
    for (uint32_t i = 0; i < 3; i++)
        CHECK_EQ(sender[i], load_le32(steps_memory(rig, reader, 0xa00 + 0x100 * i) + CALL_MAILBOX_HEAD_SENDER));
}

static void a_hint_never_waits_and_many_are_one(void) {
    struct rig *rig = begin();
    uint32_t pid =
        steps_add(rig, STEPS(CALL("mailbox.bind", "box", {24, QUEUE}), CALL("mailbox.open", "box", {SEND, FOREVER}),
                             CALL("mailbox.send", NULL, {RESULT_OF(1), 0, 0, 0, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(1), 0, 0, 0, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(1), STEPS_BUFFER, 8, 0, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(1), 0, 0, 0, 0, FOREVER}),
                             CALL("mailbox.peek", NULL, {RESULT_OF(0), 0xc00})));
    rig_run(rig, 100000);
    CHECK_EQ(ST_OK, steps_status(rig, pid, 4));
    CHECK_EQ(ST_OK, steps_status(rig, pid, 5));
    const uint8_t *facts = steps_memory(rig, pid, 0xc00);
    CHECK_EQ(2, load_le32(facts + CALL_MAILBOX_FACTS_MESSAGES));
    CHECK_EQ(24, load_le32(facts + CALL_MAILBOX_FACTS_USED));
    CHECK_EQ(0, load_le32(facts + CALL_MAILBOX_FACTS_NEXT_LENGTH));
    CHECK_EQ(2, load_le32(facts + CALL_MAILBOX_FACTS_SENT));
}

/* ---- shared mailboxes and taps ---- */

static void each_reader_of_a_shared_mailbox_gets_each_message(void) {
    struct rig *rig = begin();
    uint32_t sender =
        steps_add(rig, STEPS(CALL("mailbox.bind", "shared:all", {64, BLOCK}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 56, 0, 0, 0}), /* nobody reads */
                             CALL("task.sleep_ms", NULL, {10}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 50, 0, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 2, 0, 0, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 2, 0, 0, FOREVER}),
                             CALL("time.millis", NULL, {0})));
    uint32_t reader[2];
    for (int32_t i = 0; i < 2; i++)
        reader[i] = steps_add(rig, STEPS(CALL("mailbox.open", "shared:all", {READ, FOREVER}),
                                         CALL("task.sleep_ms", NULL, {20 + 20 * i}),
                                         CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, FOREVER}),
                                         CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, FOREVER}),
                                         CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xd00, 256, 10})));
    rig_run(rig, 200000);
    CHECK_EQ(ST_FULL, steps_status(rig, sender, 4));
    CHECK_EQ(40, steps_value(rig, sender, 6)); /* the slower reader counts */
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(58, steps_value(rig, reader[i], 2));
        CHECK_EQ(10, steps_value(rig, reader[i], 3));
        CHECK(steps_status(rig, reader[i], 4) != ST_OK);
    }
    CHECK(all_is_free(rig));
}

static void who_reads_too_slowly_is_told_that_messages_were_dropped(void) {
    struct rig *rig = begin();
    steps_add(rig, STEPS(CALL("mailbox.bind", "shared:news", {32, DROP}), CALL("task.sleep_ms", NULL, {10}),
                         CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 1, 0}),
                         CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 2, 0}),
                         CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 3, 0}),
                         CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 4, 0}),
                         CALL("task.sleep_ms", NULL, {50})));
    uint32_t reader =
        steps_add(rig, STEPS(CALL("mailbox.open", "shared:news", {READ, FOREVER}), CALL("task.sleep_ms", NULL, {30}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, 0}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, 0}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xd00, 256, 0})));
    rig_run(rig, 200000);
    CHECK_EQ(3, load_le16(steps_memory(rig, reader, 0xb00) + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(MAILBOX_FLAG_OVERRUN, steps_memory(rig, reader, 0xb00)[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK_EQ(4, load_le16(steps_memory(rig, reader, 0xc00) + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(0, steps_memory(rig, reader, 0xc00)[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, reader, 4));
    CHECK_EQ(1, rig_event_count(rig, EVENT_OVERRUN));
    CHECK_EQ(reader, rig_event(rig, EVENT_OVERRUN, 0)->pid);
}

static void a_tap_gets_copies_and_nobody_notices(void) {
    struct rig *rig = begin();
    uint32_t reader =
        steps_add(rig, STEPS(CALL("mailbox.bind", "app:box", {32, QUEUE}), CALL("task.sleep_ms", NULL, {10}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, FOREVER}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, FOREVER}),
                             CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, FOREVER})));
    uint32_t tap = steps_add(rig, STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("mailbox.tap", "app:box", {32}),
                                        CALL("task.sleep_ms", NULL, {50}),
                                        CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xb00, 256, 0}),
                                        CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xc00, 256, 0}),
                                        CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xd00, 256, 0})));
    uint32_t sender =
        steps_add(rig, STEPS(CALL("mailbox.open", "app:box", {SEND, FOREVER}), CALL("task.sleep_ms", NULL, {8}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 1, FOREVER}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 2, FOREVER}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 3, FOREVER})));
    rig_run(rig, 200000);
    CHECK_EQ(ST_OK, steps_status(rig, sender, 4));
    CHECK_EQ(ST_OK, steps_status(rig, reader, 4));
    CHECK_EQ(2, load_le16(steps_memory(rig, tap, 0xb00) + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(sender, load_le32(steps_memory(rig, tap, 0xb00) + CALL_MAILBOX_HEAD_SENDER));
    CHECK_EQ(MAILBOX_FLAG_OVERRUN, steps_memory(rig, tap, 0xb00)[CALL_MAILBOX_HEAD_FLAGS]);
    CHECK_EQ(3, load_le16(steps_memory(rig, tap, 0xc00) + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, tap, 5));
}

static void a_tap_copies_no_more_than_its_rate(void) {
    struct rig *rig = rig_new();
    rig->config.mailbox_tap_rate = 2;
    rig_start(rig);
    uint32_t pid =
        steps_add(rig, STEPS(CALL("mailbox.bind", "shared:box", {64, DROP}), CALL("mailbox.tap", "shared:box", {256}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 1, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 2, 0}),
                             CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 8, 0, 3, 0}),
                             CALL("mailbox.peek", NULL, {RESULT_OF(1), 0xc00})));
    rig_run(rig, 100000);
    CHECK_EQ(2, load_le32(steps_memory(rig, pid, 0xc00) + CALL_MAILBOX_FACTS_MESSAGES));
    CHECK_EQ(1, load_le32(steps_memory(rig, pid, 0xc00) + CALL_MAILBOX_FACTS_LOST));
}

/* ---- names and rights ---- */

static void names_are_read_as_the_page_says(void) {
    static const struct {
        const char *text;
        int32_t status;
        uint8_t space;
        uint32_t task;
        const char *name;
    } cases[] = {
        {"", ST_OK, SPACE_PID, 7, ""},
        {"pid:", ST_OK, SPACE_PID, 7, ""},
        {"pid:12", ST_OK, SPACE_PID, 12, ""},
        {"pid:4294967295", ST_OK, SPACE_PID, UINT32_MAX, ""},
        {"pid:4294967296", ST_INVALID, 0, 0, ""},
        {"pid:012", ST_INVALID, 0, 0, ""},
        {"pid:0", ST_INVALID, 0, 0, ""},
        {"pid:x", ST_INVALID, 0, 0, ""},
        {"log", ST_OK, SPACE_SVC, 7, "log"},
        {"svc:log", ST_OK, SPACE_SVC, 7, "log"},
        {"svc:log@3", ST_OK, SPACE_SVC, 3, "log"},
        {"log@3", ST_OK, SPACE_SVC, 3, "log"},
        {"log@", ST_INVALID, 0, 0, ""},
        {"log@3@4", ST_INVALID, 0, 0, ""},
        {"svc:", ST_INVALID, 0, 0, ""},
        {"app:stdio.out-1_A", ST_OK, SPACE_APP, 0, "stdio.out-1_A"},
        {"app:x@9", ST_OK, SPACE_APP, 9, "x"},
        {"shared:x", ST_OK, SPACE_SHARED, 0, "x"},
        {"shared:x@9", ST_INVALID, 0, 0, ""},
        {"hal:gpio:13", ST_OK, SPACE_HAL, 7, "gpio:13"},
        {"hal:gpio:13@2", ST_INVALID, 0, 0, ""},
        {"app:gpio:13", ST_INVALID, 0, 0, ""},
        {"other:x", ST_INVALID, 0, 0, ""},
        {":x", ST_INVALID, 0, 0, ""},
        {"SVC:x", ST_INVALID, 0, 0, ""},
        {"a b", ST_INVALID, 0, 0, ""},
        {"app:abcdefghijklmnopqrstuvw", ST_OK, SPACE_APP, 0, "abcdefghijklmnopqrstuvw"},
        {"app:abcdefghijklmnopqrstuvwx", ST_INVALID, 0, 0, ""},
        {"svc:abcdefghijklmnopqrstuvw@4294967295x", ST_INVALID, 0, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mailbox_name name = {0};
        enum status status = mailbox_name_read(cases[i].text, (uint32_t)strlen(cases[i].text), 7, &name);
        if (status != cases[i].status) printf("  \"%s\"\n", cases[i].text);
        CHECK_EQ(cases[i].status, status);
        CHECK_EQ(cases[i].space, name.space);
        CHECK_EQ(cases[i].task, name.task);
        CHECK(strcmp(cases[i].name, name.text) == 0);
    }
}

static void no_bytes_whatever_are_more_than_a_name(void) {
    static const char alphabet[] = "pidsvcaphrel:@0123456789._-\0 \xff\n";
    srand(3);
    for (int round = 0; round < 200000; round++) {
        char text[48];
        uint32_t length = (uint32_t)rand() % sizeof text;
        static const char *const begins[] = {"", "pid:", "svc:", "app:", "shared:", "hal:gpio:"};
        const char *begin_with = begins[rand() % 6];
        for (uint32_t i = 0; i < length; i++) text[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        memcpy(text, begin_with, strlen(begin_with) < length ? strlen(begin_with) : length);
        struct mailbox_name name;
        if (mailbox_name_read(text, length, 7, &name) != ST_OK) continue;
        CHECK(memchr(name.text, 0, sizeof name.text) != NULL && name.space <= SPACE_HAL);
        CHECK(name.space == SPACE_PID || name.text[0] != '\0');
    }
}

static void a_task_binds_only_names_of_its_own(void) {
    struct rig *rig = begin();
    uint32_t pid = steps_add(
        rig, STEPS(CALL("mailbox.bind", "svc:x@77", {64, QUEUE}), CALL("mailbox.bind", "pid:77", {64, QUEUE}),
                   CALL("mailbox.bind", "app:x@77", {64, QUEUE}), CALL("mailbox.bind", "app:x", {64, DROP}),
                   CALL("mailbox.bind", "shared:x", {64, QUEUE}), CALL("mailbox.bind", "app:x", {64, QUEUE}),
                   CALL("mailbox.bind", "app:x", {64, QUEUE}), CALL("mailbox.bind", "svc:x", {64, QUEUE}),
                   CALL("mailbox.bind", "", {64, QUEUE}), CALL("mailbox.open", "app:x", {READ, FOREVER}),
                   CALL("mailbox.send", NULL, {RESULT_OF(5), STEPS_BUFFER, 1, 0, 0, 0}),
                   CALL("mailbox.open", "app:x", {SEND, FOREVER}),
                   CALL("mailbox.receive", NULL, {RESULT_OF(11), 0xc00, 256, 0}), CALL("mailbox.tap", "app:y", {64})));
    rig_run(rig, 100000);
    static const int32_t want[] = {ST_DENIED, ST_DENIED, ST_DENIED, ST_INVALID, ST_INVALID, ST_OK,     ST_EXISTS,
                                   ST_OK,     ST_OK,     ST_OK,     ST_DENIED,  ST_OK,      ST_DENIED, ST_NOT_FOUND};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        if (want[i] != steps_status(rig, pid, i)) printf("  step %zu\n", i);
        CHECK_EQ(want[i], steps_status(rig, pid, i));
    }
}

static void rights_are_by_space_and_mode(void) {
    struct rig *rig = begin();
    static const struct artifact_capability rows[] = {
        {.group = CALL_GROUP_MAILBOX, .mode = MODE_MAILBOX_READ, .first = SPACE_SVC, .last = SPACE_SVC},
        {.group = CALL_GROUP_MAILBOX, .mode = MODE_MAILBOX_WRITE, .first = SPACE_APP, .last = SPACE_APP},
        {.group = CALL_GROUP_MAILBOX, .mode = MODE_MAILBOX_TAP, .first = SPACE_HAL, .last = SPACE_HAL}};
    struct rig_guest guest = {.capability = rows, .capability_count = 3};
    uint32_t pid =
        steps_add_with(rig,
                       STEPS(CALL("mailbox.bind", "svc:a", {64, QUEUE}), CALL("mailbox.bind", "app:a", {64, QUEUE}),
                             CALL("mailbox.open", "svc:a", {SEND, 0}), CALL("mailbox.open", "app:a", {SEND, 0}),
                             CALL("mailbox.bind", "shared:a", {64, DROP}), CALL("mailbox.tap", "svc:a", {64}),
                             CALL("mailbox.bind", "hal:gpio:3", {64, QUEUE})),
                       guest);
    rig_run(rig, 100000);
    static const int32_t want[] = {ST_OK, ST_DENIED, ST_DENIED, ST_TIMEOUT, ST_DENIED, ST_DENIED, ST_DENIED};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        if (want[i] != steps_status(rig, pid, i)) printf("  step %zu\n", i);
        CHECK_EQ(want[i], steps_status(rig, pid, i));
    }
}

/* ---- life and limits ---- */

static void what_a_task_had_ends_with_it(void) {
    struct rig *rig = begin();
    uint32_t owner =
        steps_add(rig, STEPS(CALL("mailbox.bind", "app:a", {64, QUEUE}), CALL("mailbox.bind", "shared:a", {64, BLOCK}),
                             CALL("mailbox.tap", "app:a", {64}), CALL("task.sleep_ms", NULL, {20})));
    uint32_t other = steps_add(
        rig, STEPS(CALL("mailbox.open", "app:a", {SEND, FOREVER}), CALL("mailbox.open", "shared:a", {READ, FOREVER}),
                   CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 56, 0, 0, 0}),
                   CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 56, 0, 0, FOREVER}),
                   CALL("mailbox.send", NULL, {RESULT_OF(0), STEPS_BUFFER, 1, 0, 0, 0}),
                   CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xc00, 256, 10}),
                   CALL("mailbox.close", NULL, {RESULT_OF(0)}), CALL("mailbox.close", NULL, {RESULT_OF(0)}),
                   CALL("mailbox.close", NULL, {RESULT_OF(1)})));
    rig_run(rig, 200000);
    CHECK_EQ(ST_OK, steps_status(rig, owner, 2));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, other, 3)); /* while it waited */
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, other, 4));
    CHECK_EQ(ST_TIMEOUT, steps_status(rig, other, 5)); /* a shared one outlives who bound it */
    CHECK_EQ(ST_OK, steps_status(rig, other, 6));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, other, 7));
    CHECK(all_is_free(rig));
}

static void a_handle_is_of_one_task(void) {
    struct rig *rig = begin();
    uint32_t first = steps_add(rig, STEPS(CALL("mailbox.bind", "box", {64, QUEUE}), CALL("task.sleep_ms", NULL, {20})));
    rig_run(rig, 1000);
    int32_t handle = (int32_t)steps_value(rig, first, 0);
    uint32_t second =
        steps_add(rig, STEPS(CALL("mailbox.receive", NULL, {handle, 0xc00, 256, 0}),
                             CALL("mailbox.send", NULL, {handle, STEPS_BUFFER, 1, 0, 0, 0}),
                             CALL("mailbox.close", NULL, {handle}), CALL("mailbox.peek", NULL, {handle, 0xc00})));
    rig_run(rig, 100000);
    for (size_t i = 0; i < 4; i++) CHECK_EQ(ST_NOT_FOUND, steps_status(rig, second, i));
}

static void a_task_cannot_take_more_than_its_share(void) {
    struct rig *rig = rig_new();
    rig->config.mailbox_handles_of_task = 3;
    rig->config.mailbox_bytes_of_task = 200;
    rig_start(rig);
    uint32_t pid =
        steps_add(rig, STEPS(CALL("mailbox.bind", "a", {100, QUEUE}), CALL("mailbox.bind", "b", {101, QUEUE}),
                             CALL("mailbox.bind", "b", {100, QUEUE}), CALL("mailbox.open", "a", {SEND, FOREVER}),
                             CALL("mailbox.open", "b", {SEND, FOREVER}), CALL("mailbox.close", NULL, {RESULT_OF(0)}),
                             CALL("mailbox.open", "b", {SEND, FOREVER})));
    rig_run(rig, 100000);
    static const int32_t want[] = {ST_OK, ST_QUOTA, ST_OK, ST_OK, ST_QUOTA, ST_OK, ST_OK};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) CHECK_EQ(want[i], steps_status(rig, pid, i));
}

static void a_table_that_fills_up_is_told_once_and_taken_back_once(void) {
    struct rig *rig = rig_new();
    rig->config.mailboxes_max = 5;
    rig_start(rig);
    uint32_t pid =
        steps_add(rig, STEPS(CALL("mailbox.bind", "a", {64, QUEUE}), CALL("mailbox.bind", "b", {64, QUEUE}),
                             CALL("mailbox.bind", "c", {64, QUEUE}), CALL("mailbox.bind", "d", {64, QUEUE}),
                             CALL("mailbox.bind", "e", {64, QUEUE}), CALL("mailbox.bind", "f", {64, QUEUE}),
                             CALL("mailbox.bind", "g", {64, QUEUE}), CALL("mailbox.close", NULL, {RESULT_OF(0)}),
                             CALL("mailbox.close", NULL, {RESULT_OF(1)})));
    rig_run(rig, 100000);
    CHECK_EQ(ST_OK, steps_status(rig, pid, 4));
    CHECK_EQ(ST_FULL, steps_status(rig, pid, 5));
    CHECK_EQ(ST_FULL, steps_status(rig, pid, 6));
    CHECK_EQ(1, rig_event_count(rig, EVENT_PRESSURE));
    CHECK_EQ(80, rig_event(rig, EVENT_PRESSURE, 0)->b);
    CHECK_EQ(1, rig_event_count(rig, EVENT_EXHAUSTED));
    CHECK_EQ(1, rig_event_count(rig, EVENT_RELIEVED));
    CHECK_EQ(60, rig_event(rig, EVENT_RELIEVED, 0)->b);
    char text[96];
    executive_event_text(rig_event(rig, EVENT_PRESSURE, 0), text, sizeof text);
    CHECK(strcmp("mailboxes: 80 percent are in use", text) == 0);
}

/* ---- devices ---- */

static uint32_t add_with_devices(struct rig *rig, const struct step *steps) {
    static const struct artifact_capability rows[] = {
        {.group = CALL_GROUP_GPIO, .mode = MODE_GPIO_INPUT, .last = UINT32_MAX},
        {.group = CALL_GROUP_UART, .mode = MODE_UART_READ, .last = UINT32_MAX},
        {.group = CALL_GROUP_CAN, .mode = MODE_CAN_READ, .first = 0x100, .last = 0x1ff},
        {.group = CALL_GROUP_MAILBOX, .mode = MODE_MAILBOX_READ, .last = UINT32_MAX}};
    return steps_add_with(rig, steps, (struct rig_guest){.capability = rows, .capability_count = 4});
}

static void edges_frames_bytes_and_timers_arrive_as_messages(void) {
    struct rig *rig = rig_new();
    rig_script(rig, "at 0s pin 5 low\nat 10ms pin 5 high\nat 12ms uart 0 \"hello\"\nat 13ms can 0x223 09\nat 14ms can "
                    "0x123 01 02\n");
    rig_start(rig);
    uint32_t pid = add_with_devices(
        rig,
        STEPS(CALL("mailbox.bind", "hal:gpio:5", {128, QUEUE}), CALL("mailbox.bind", "hal:uart:0:rx", {128, QUEUE}),
              CALL("mailbox.bind", "hal:can:rx", {128, QUEUE}),
              CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xa00, 256, FOREVER}),
              CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xb00, 256, FOREVER}),
              CALL("mailbox.receive", NULL, {RESULT_OF(2), 0xc00, 256, FOREVER}),
              CALL("mailbox.bind", "hal:gpio:99", {128, QUEUE}), CALL("mailbox.bind", "hal:uart:9:rx", {128, QUEUE}),
              CALL("mailbox.bind", "hal:spi:1", {128, QUEUE}), CALL("mailbox.bind", "hal:timer:1", {128, QUEUE})));
    rig_run(rig, 100000);
    const uint8_t *edge = steps_memory(rig, pid, 0xa08), *frame = steps_memory(rig, pid, 0xc08);
    CHECK_EQ(5, load_le32(edge + CALL_GPIO_EVENT_PIN));
    CHECK_EQ(1, load_le32(edge + CALL_GPIO_EVENT_LEVEL));
    CHECK_EQ(10000, load_le64(edge + CALL_GPIO_EVENT_TIME_US));
    CHECK_EQ(0, load_le32(steps_memory(rig, pid, 0xa00) + CALL_MAILBOX_HEAD_SENDER));
    CHECK(memcmp(steps_memory(rig, pid, 0xb08), "hello", 5) == 0);
    CHECK_EQ(0x123, load_le32(frame + CALL_CAN_FRAME_ID));
    CHECK_EQ(2, frame[CALL_CAN_FRAME_LENGTH]);
    CHECK_EQ(ST_UNSUPPORTED, steps_status(rig, pid, 6));
    CHECK_EQ(ST_UNSUPPORTED, steps_status(rig, pid, 7));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 8));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 9));
}

static void a_device_mailbox_needs_the_right_to_the_device(void) {
    struct rig *rig = begin();
    uint32_t pid = steps_add(rig, STEPS(CALL("mailbox.bind", "hal:gpio:5", {64, QUEUE}),
                                        CALL("mailbox.bind", "hal:uart:0:rx", {64, QUEUE}),
                                        CALL("mailbox.bind", "hal:can:rx", {64, QUEUE})));
    rig_run(rig, 100000);
    for (size_t i = 0; i < 3; i++) CHECK_EQ(ST_DENIED, steps_status(rig, pid, i));
}

/* The handle of the first timer is 256: slot 0, first use. */
static void a_timer_tells_how_often_it_expired(void) {
    struct rig *rig = begin();
    uint32_t pid = steps_add(
        rig, STEPS(CALL("time.timer_create", NULL, {5000, 1}), CALL("mailbox.bind", "hal:timer:256", {24, QUEUE}),
                   CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xa00, 256, FOREVER}),
                   CALL("task.sleep_ms", NULL, {21}), CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xb00, 256, 0}),
                   CALL("mailbox.receive", NULL, {RESULT_OF(1), 0xc00, 256, FOREVER})));
    rig_run(rig, 100000);
    CHECK_EQ(256, steps_value(rig, pid, 0));
    CHECK_EQ(1, load_le32(steps_memory(rig, pid, 0xa08) + CALL_TIMER_EVENT_EXPIRED));
    CHECK_EQ(1, load_le32(steps_memory(rig, pid, 0xb08) + CALL_TIMER_EVENT_EXPIRED));
    CHECK_EQ(
        3, load_le32(steps_memory(rig, pid, 0xc08) + CALL_TIMER_EVENT_EXPIRED)); /* added up while there was no room */
}

static void a_closed_device_mailbox_leaves_the_pin_alone(void) {
    struct rig *rig = begin();
    add_with_devices(rig, STEPS(CALL("mailbox.bind", "hal:gpio:5", {128, QUEUE}), CALL("task.sleep_ms", NULL, {5}),
                                CALL("mailbox.close", NULL, {RESULT_OF(0)}), CALL("task.sleep_ms", NULL, {5})));
    rig_run(rig, 2000);
    CHECK_EQ(PORT_GPIO_EDGE_BOTH, rig->sim.pin[5].edge);
    rig_run(rig, 7000);
    CHECK_EQ(PORT_GPIO_EDGE_NONE, rig->sim.pin[5].edge);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_message_reaches_the_reader_and_says_who_sent_it),
        TEST(a_name_is_one_tasks_until_it_closes_or_ends),
        TEST(messages_are_events_if_the_hive_tells_traffic),
        TEST(a_message_that_can_never_fit_is_refused_and_the_longest_fits),
        TEST(waiting_ends_with_a_message_or_with_the_time),
        TEST(who_comes_first_may_wait_for_the_other),
        TEST(senders_that_wait_are_served_in_their_order_and_not_overtaken),
        TEST(a_hint_never_waits_and_many_are_one),
        TEST(each_reader_of_a_shared_mailbox_gets_each_message),
        TEST(who_reads_too_slowly_is_told_that_messages_were_dropped),
        TEST(a_tap_gets_copies_and_nobody_notices),
        TEST(a_tap_copies_no_more_than_its_rate),
        TEST(names_are_read_as_the_page_says),
        TEST(no_bytes_whatever_are_more_than_a_name),
        TEST(a_task_binds_only_names_of_its_own),
        TEST(rights_are_by_space_and_mode),
        TEST(what_a_task_had_ends_with_it),
        TEST(a_handle_is_of_one_task),
        TEST(a_task_cannot_take_more_than_its_share),
        TEST(a_table_that_fills_up_is_told_once_and_taken_back_once),
        TEST(edges_frames_bytes_and_timers_arrive_as_messages),
        TEST(a_device_mailbox_needs_the_right_to_the_device),
        TEST(a_timer_tells_how_often_it_expired),
        TEST(a_closed_device_mailbox_leaves_the_pin_alone),
    };
    return CHECK_RUN(tests);
}
