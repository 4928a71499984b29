/* Values: rows, who may what, range, epsilon and rate, who is told, what stays. */
#include "core/base/bytes.h"
#include "core/wire/value_row.h"
#include "device/executive/value.h"
#include "test/sim/steps.h"
#include "test/unit/check.h"

#include <stdlib.h>

enum { FOREVER = -1, FACTS = 0xc00, ROWS_MAX = 8 };

struct rows {
    uint8_t bytes[ROWS_MAX * VALUE_ROW_BYTES];
    uint32_t count;
};

static uint32_t bits_of(float number) {
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static uint8_t *add_row(struct rows *rows, struct value_row row, const char *name, const char *unit) {
    uint8_t *to = rows->bytes + rows->count++ * VALUE_ROW_BYTES;
    memset(to, 0, VALUE_ROW_BYTES);
    store_le16(to, row.id);
    to[2] = row.type;
    to[3] = row.flags;
    to[4] = row.read_level;
    to[5] = row.write_level;
    store_le32(to + 8, row.rate_ms);
    store_le32(to + 12, row.initial);
    store_le32(to + 16, row.minimum);
    store_le32(to + 20, row.maximum);
    store_le32(to + 24, row.epsilon);
    store_le32(to + 28, row.pin);
    snprintf((char *)to + 32, VALUE_NAME_BYTES, "%s", name);
    snprintf((char *)to + 48, VALUE_UNIT_BYTES, "%s", unit);
    return to;
}

static struct rows one_row(struct value_row row) {
    struct rows rows = {.count = 0};
    (void)add_row(&rows, row, "value", "");
    return rows;
}

static const struct artifact_capability all_rights[] = {{.group = CALL_GROUP_MAILBOX, .mode = 7, .last = UINT32_MAX},
                                                        {.group = CALL_GROUP_VALUE, .mode = 7, .last = 0xffff}};

static uint32_t add_owner(struct rig *rig, const struct rows *rows, const struct step *steps) {
    return steps_add_with(
        rig, steps,
        (struct rig_guest){
            .values = rows->bytes, .value_count = rows->count, .capability = all_rights, .capability_count = 2});
}

static struct rig *begin(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

/* ---- rows ---- */

static const char *fault_of(uint32_t at, uint8_t byte) {
    struct rows rows = {.count = 0};
    struct value_row row = {.id = 0x102, .type = VALUE_I32, .minimum = (uint32_t)-5, .maximum = 5};
    uint8_t *bytes = add_row(&rows, row, "speed", "rpm");
    bytes[at] = byte;
    const char *reason;
    return value_row_decode(bytes, &row, &reason) == ST_OK ? "" : reason;
}

static void a_row_that_contradicts_itself_is_refused_with_the_reason(void) {
    CHECK_TEXT("", fault_of(0, 2));
    CHECK_TEXT("a value's type is not bool, i32, f32 or f16", fault_of(2, 4));
    CHECK_TEXT("a value has a flag that does not exist", fault_of(3, 16));
    CHECK_TEXT("a value's level is not 0 to 3", fault_of(5, 4));
    CHECK_TEXT("a reserved field of a value is not zero", fault_of(7, 1));
    CHECK_TEXT("a value's initial value is not in its range", fault_of(12, 6));
    CHECK_TEXT("a value's range is empty", fault_of(19, 0));
    CHECK_TEXT("a value's epsilon is no distance", fault_of(27, 0x80));
    CHECK_TEXT("a value has a PIN and no flag for it", fault_of(28, 1));
    CHECK_TEXT("a value's name is not 1 to 12 letters, digits, '_', '-', '.', then zeros", fault_of(32, 0));
    CHECK_TEXT("a value's name is not 1 to 12 letters, digits, '_', '-', '.', then zeros", fault_of(40, 'x'));
    CHECK_TEXT("a value's unit is not at most 7 printable bytes, then zeros", fault_of(48, 27));
}

static void a_range_is_of_the_type(void) {
    struct value_row i32 = {.type = VALUE_I32, .minimum = (uint32_t)-5, .maximum = 5};
    CHECK(value_row_allows(&i32, (uint32_t)-5) && value_row_allows(&i32, 5) && !value_row_allows(&i32, 6));
    CHECK(!value_row_allows(&i32, 0x80000000));
    struct value_row f32 = {.type = VALUE_F32, .minimum = bits_of(-1.5f), .maximum = bits_of(2.0f)};
    CHECK(value_row_allows(&f32, bits_of(-1.5f)) && value_row_allows(&f32, 0x80000000) &&
          !value_row_allows(&f32, bits_of(2.1f)));
    CHECK(!value_row_allows(&f32, 0x7fc00000) && !value_row_allows(&f32, bits_of(-1.6f)));
    struct value_row f16 = {.type = VALUE_F16, .minimum = 0xc000, .maximum = 0x4000}; /* -2 to 2 */
    CHECK(value_row_allows(&f16, 0x3c00) && !value_row_allows(&f16, 0x4001) && !value_row_allows(&f16, 0x13c00));
    CHECK(!value_row_allows(&f16, 0x7e00));
    struct value_row boolean = {.type = VALUE_BOOL};
    CHECK(value_row_allows(&boolean, 1) && !value_row_allows(&boolean, 2));
}

static void no_bytes_whatever_harm_the_decoder(void) {
    srand(9);
    for (int round = 0; round < 200000; round++) {
        struct rows rows = one_row((struct value_row){.id = 1});
        for (int i = rand() % 5; i > 0; i--) rows.bytes[rand() % VALUE_ROW_BYTES] = (uint8_t)rand();
        struct value_row row;
        const char *reason;
        if (value_row_decode(rows.bytes, &row, &reason) != ST_OK) {
            CHECK(reason != NULL);
            continue;
        }
        CHECK(value_row_allows(&row, row.initial));
        CHECK(memchr(row.name, 0, VALUE_NAME_BYTES) && memchr(row.unit, 0, VALUE_UNIT_BYTES));
    }
}

/* ---- having ---- */

static void a_declared_value_is_there_without_a_call(void) {
    struct rig *rig = begin();
    struct rows rows = {.count = 0};
    struct value_row row = {.id = 0x102, .type = VALUE_F32, .initial = bits_of(20.0f), .maximum = bits_of(99.0f)};
    (void)add_row(&rows, row, "temperature", "C");
    uint32_t pid = add_owner(rig, &rows,
                             STEPS(CALL("value.info", NULL, {0x102, FACTS}), CALL("task.sleep_ms", NULL, {5}),
                                   CALL("value.set", NULL, {0x102, (int32_t)bits_of(21.0f)}),
                                   CALL("task.sleep_ms", NULL, {7}), CALL("value.info", NULL, {0x102, FACTS + 64})));
    rig_run(rig, 1000000);
    const uint8_t *facts = steps_memory(rig, pid, FACTS), *later = facts + 64;
    CHECK_EQ(bits_of(20.0f), load_le32(facts + CALL_VALUE_FACTS_BITS));
    CHECK_EQ(pid, load_le32(facts + CALL_VALUE_FACTS_OWNER));
    CHECK(load_le64(facts + CALL_VALUE_FACTS_AGE_US) == UINT64_MAX);
    CHECK_TEXT("temperature", (const char *)facts + CALL_VALUE_FACTS_NAME);
    CHECK_TEXT("C", (const char *)facts + CALL_VALUE_FACTS_UNIT);
    CHECK_EQ(bits_of(21.0f), load_le32(later + CALL_VALUE_FACTS_BITS));
    CHECK(load_le64(later + CALL_VALUE_FACTS_AGE_US) >= 7000 && load_le64(later + CALL_VALUE_FACTS_AGE_US) < 8000);
    CHECK_EQ(0, rig->executive->values_used);
}

static void an_artifact_with_a_value_that_it_cannot_have_is_refused(void) {
    struct rig *rig = rig_new();
    rig->config.values_max = 3;
    rig_start(rig);
    static const struct step wait[] = {{"task.sleep_ms", NULL, {100}}, {NULL, NULL, {0}}};
    struct rows rows = one_row((struct value_row){.id = 5}), twice = one_row((struct value_row){.id = 6});
    (void)add_row(&twice, (struct value_row){.id = 6}, "again", "");
    CHECK(add_owner(rig, &rows, wait) != 0);
    CHECK_EQ(0, add_owner(rig, &rows, wait));
    CHECK(rig_refused(rig, REFUSED_VALUE_TAKEN) && !rig_refused(rig, REFUSED_VALUES));
    CHECK_EQ(0, add_owner(rig, &twice, wait));
    struct rig_guest bare = {.values = rows.bytes, .value_count = 1};
    store_le16(rows.bytes, 7);
    CHECK_EQ(0, steps_add_with(rig, wait, bare));
    CHECK(rig_refused(rig, REFUSED_VALUE_UNCOVERED));
    store_le16(twice.bytes, 8);
    (void)add_row(&twice, (struct value_row){.id = 9}, "third", "");
    CHECK_EQ(0, add_owner(rig, &twice, wait));
    CHECK(rig_refused(rig, REFUSED_VALUES));
    twice.bytes[2] = 9;
    CHECK_EQ(0, add_owner(rig, &twice, wait));
    CHECK(rig_refused(rig, REFUSED_ARTIFACT));
}

static void a_value_can_be_made_at_run_time_from_a_constant(void) {
    struct rig *rig = begin();
    struct rows rows = one_row((struct value_row){.id = 0x301, .type = VALUE_I32, .initial = 42});
    struct rig_guest guest = {
        .read_only = rows.bytes, .read_only_bytes = VALUE_ROW_BYTES, .capability = all_rights, .capability_count = 2};
    uint32_t pid =
        steps_add_with(rig,
                       STEPS(CALL("value.register", NULL, {ISA_RO_BASE}), CALL("value.register", NULL, {ISA_RO_BASE}),
                             CALL("value.get", NULL, {0x301}), CALL("value.register", NULL, {STEPS_BUFFER}),
                             CALL("value.register", NULL, {ISA_RO_BASE + 8}), CALL("value.register", NULL, {-4})),
                       guest);
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, pid, 0));
    CHECK_EQ(ST_EXISTS, steps_status(rig, pid, 1));
    CHECK_EQ(42, steps_value(rig, pid, 2));
    CHECK_EQ(ST_RANGE, steps_status(rig, pid, 3)); /* it could change */
    CHECK_EQ(ST_RANGE, steps_status(rig, pid, 4));
    CHECK_EQ(ST_RANGE, steps_status(rig, pid, 5));
    CHECK_EQ(0, rig->executive->values_used);
}

/* ---- setting ---- */

static void range_epsilon_and_rate_are_kept(void) {
    struct rig *rig = begin();
    struct rows rows =
        one_row((struct value_row){.id = 1, .type = VALUE_I32, .maximum = 100, .epsilon = 2, .rate_ms = 10});
    uint32_t pid = add_owner(rig, &rows,
                             STEPS(CALL("value.set", NULL, {1, 101}), CALL("value.set", NULL, {1, -1}),
                                   CALL("value.set", NULL, {1, 2}), CALL("value.get", NULL, {1}),
                                   CALL("value.set", NULL, {1, 3}), CALL("value.set", NULL, {1, 50}),
                                   CALL("value.set", NULL, {1, 4}), CALL("task.sleep_ms", NULL, {10}),
                                   CALL("value.set", NULL, {1, 50}), CALL("value.get", NULL, {1})));
    rig_run(rig, 1000000);
    static const int32_t want[] = {ST_INVALID, ST_INVALID, ST_OK, ST_OK, ST_OK, ST_BUSY, ST_OK, ST_OK, ST_OK};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) CHECK_EQ(want[i], steps_status(rig, pid, i));
    CHECK_EQ(0, steps_value(rig, pid, 3));
    CHECK_EQ(50, steps_value(rig, pid, 9));
}

static void others_read_and_write_what_they_may(void) {
    struct rig *rig = begin();
    struct rows rows = {.count = 0};
    (void)add_row(&rows, (struct value_row){.id = 0x11, .type = VALUE_I32}, "open", "");
    (void)add_row(&rows, (struct value_row){.id = 0x12, .type = VALUE_I32, .flags = VALUE_READ_ONLY}, "sensor", "");
    (void)add_row(&rows, (struct value_row){.id = 0x13, .type = VALUE_I32, .flags = VALUE_PIN, .pin = 1234}, "pin", "");
    (void)add_row(
        &rows, (struct value_row){.id = 0x14, .type = VALUE_I32, .read_level = LEVEL_ADMIN, .write_level = LEVEL_ADMIN},
        "admin", "");
    (void)add_row(&rows, (struct value_row){.id = 0x21, .type = VALUE_I32}, "other", "");
    add_owner(rig, &rows, STEPS(CALL("value.set", NULL, {0x12, 7}), CALL("task.sleep_ms", NULL, {100})));
    static const struct artifact_capability some[] = {
        {.group = CALL_GROUP_VALUE, .mode = MODE_VALUE_READ | MODE_VALUE_WRITE, .first = 0x10, .last = 0x1f}};
    struct rig_guest guest = {.capability = some, .capability_count = 1};
    uint32_t pid = steps_add_with(
        rig,
        STEPS(CALL("task.sleep_ms", NULL, {1}), CALL("value.set", NULL, {0x11, 9}), CALL("value.get", NULL, {0x11}),
              CALL("value.set", NULL, {0x12, 9}), CALL("value.get", NULL, {0x12}), CALL("value.set", NULL, {0x13, 9}),
              CALL("value.get", NULL, {0x14}), CALL("value.set", NULL, {0x14, 1}), CALL("value.get", NULL, {0x21}),
              CALL("value.get", NULL, {0x1f}), CALL("value.next", NULL, {0}), CALL("value.next", NULL, {0x13}),
              CALL("value.next", NULL, {0x14})),
        guest);
    rig_run(rig, 1000000);
    static const int32_t want[] = {ST_OK,     ST_OK,     ST_OK,        ST_DENIED, ST_OK, ST_DENIED,   ST_DENIED,
                                   ST_DENIED, ST_DENIED, ST_NOT_FOUND, ST_OK,     ST_OK, ST_NOT_FOUND};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        if (want[i] != steps_status(rig, pid, i)) printf("  step %zu\n", i);
        CHECK_EQ(want[i], steps_status(rig, pid, i));
    }
    CHECK_EQ(9, steps_value(rig, pid, 2));
    CHECK_EQ(7, steps_value(rig, pid, 4));
    CHECK_EQ(0x11, steps_value(rig, pid, 10));
    CHECK_EQ(0x13, steps_value(rig, pid, 11));
}

static void an_operator_needs_the_level_and_the_pin(void) {
    struct rig *rig = begin();
    struct rows rows = {.count = 0};
    struct value_row row = {.id = 1,
                            .type = VALUE_I32,
                            .flags = VALUE_PIN,
                            .pin = 1234,
                            .read_level = LEVEL_USER,
                            .write_level = LEVEL_ADMIN};
    (void)add_row(&rows, row, "guarded", "");
    (void)add_row(&rows,
                  (struct value_row){.id = 2, .type = VALUE_F32, .flags = VALUE_READ_ONLY, .initial = bits_of(1.5f)},
                  "sensor", "");
    add_owner(rig, &rows, STEPS(CALL("task.sleep_ms", NULL, {100})));
    uint32_t bits = 0;
    CHECK_EQ(ST_DENIED, executive_value_set(rig->executive, 1, LEVEL_USER, 1234, 5));
    CHECK_EQ(ST_DENIED, executive_value_set(rig->executive, 1, LEVEL_ADMIN, 1235, 5));
    CHECK_EQ(ST_OK, executive_value_set(rig->executive, 1, LEVEL_ADMIN, 1234, 5));
    CHECK_EQ(ST_DENIED, executive_value_get(rig->executive, 1, LEVEL_PUBLIC, &bits));
    CHECK_EQ(ST_OK, executive_value_get(rig->executive, 1, LEVEL_USER, &bits));
    CHECK_EQ(5, bits);
    CHECK_EQ(ST_DENIED, executive_value_set(rig->executive, 2, LEVEL_FACTORY, 0, 0));
    CHECK_EQ(ST_NOT_FOUND, executive_value_set(rig->executive, 3, LEVEL_FACTORY, 0, 0));
    CHECK_EQ(0x4500, executive_value_compact(rig->executive, 1)); /* 5 */
    CHECK_EQ(0x3e00, executive_value_compact(rig->executive, 2)); /* 1.5 */
    CHECK(executive_value_compact(rig->executive, 3) == VALUE_NO_COMPACT);
}

/* ---- telling ---- */

static void who_subscribed_is_told_of_each_change(void) {
    struct rig *rig = rig_new();
    rig->config.tell_values = true;
    rig_start(rig);
    struct rows rows = one_row((struct value_row){.id = 0x105, .type = VALUE_I32, .epsilon = 1});
    uint32_t owner = add_owner(rig, &rows,
                               STEPS(CALL("task.sleep_ms", NULL, {5}), CALL("value.set", NULL, {0x105, 10}),
                                     CALL("value.set", NULL, {0x105, 11}), CALL("value.set", NULL, {0x105, 20}),
                                     CALL("task.sleep_ms", NULL, {20})));
    struct rig_guest guest = {.capability = all_rights, .capability_count = 2};
    uint32_t reader = steps_add_with(
        rig,
        STEPS(CALL("mailbox.bind", "changes", {128, 0}), CALL("value.subscribe", NULL, {0x105, RESULT_OF(0)}),
              CALL("value.subscribe", NULL, {0x105, RESULT_OF(0)}),
              CALL("value.subscribe", NULL, {0x106, RESULT_OF(0)}),
              CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xa00, 256, FOREVER}),
              CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xb00, 256, FOREVER}),
              CALL("mailbox.receive", NULL, {RESULT_OF(0), 0xc00, 256, 2}), CALL("value.unsubscribe", NULL, {0x105}),
              CALL("value.unsubscribe", NULL, {0x105})),
        guest);
    rig_run(rig, 1000000);
    static const int32_t want[] = {ST_OK, ST_OK,      ST_EXISTS, ST_NOT_FOUND, ST_OK,
                                   ST_OK, ST_TIMEOUT, ST_OK,     ST_NOT_FOUND};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) CHECK_EQ(want[i], steps_status(rig, reader, i));
    const uint8_t *head = steps_memory(rig, reader, 0xb00), *change = head + CALL_MAILBOX_HEAD_BYTES;
    CHECK_EQ(owner, load_le32(head + CALL_MAILBOX_HEAD_SENDER));
    CHECK_EQ(0x105, load_le16(head + CALL_MAILBOX_HEAD_CHANNEL));
    CHECK_EQ(10, load_le32(change + CALL_VALUE_CHANGE_BEFORE));
    CHECK_EQ(20, load_le32(change + CALL_VALUE_CHANGE_AFTER));
    CHECK_EQ(2, rig_event_count(rig, EVENT_VALUE));
}

/* ---- staying ---- */

static void a_restart_sets_values_back_unless_they_are_sticky(void) {
    struct rig *rig = rig_new();
    rig->config.restarts_max = 1;
    rig->config.restart_delay_us = 10000;
    rig_start(rig);
    struct rows rows = {.count = 0};
    (void)add_row(&rows, (struct value_row){.id = 1, .type = VALUE_I32, .initial = 3}, "plain", "");
    (void)add_row(&rows, (struct value_row){.id = 2, .type = VALUE_I32, .initial = 3, .flags = VALUE_STICKY}, "sticky",
                  "");
    struct rig_guest guest = {.text = "li a0, 50; hcall $task.sleep_ms; trap 1",
                              .values = rows.bytes,
                              .value_count = 2,
                              .capability = all_rights,
                              .capability_count = 2,
                              .restart = ARTIFACT_RESTART_ON_FAULT};
    CHECK(rig_add(rig, &guest) != 0);
    CHECK_EQ(ST_OK, executive_value_set(rig->executive, 1, LEVEL_USER, 0, 8));
    CHECK_EQ(ST_OK, executive_value_set(rig->executive, 2, LEVEL_USER, 0, 8));
    uint32_t bits = 0;
    rig_run(rig, 55000); /* it waits to be restarted */
    CHECK_EQ(ST_OK, executive_value_get(rig->executive, 1, LEVEL_USER, &bits));
    rig_run(rig, 80000);
    CHECK_EQ(ST_OK, executive_value_get(rig->executive, 1, LEVEL_USER, &bits));
    CHECK_EQ(3, bits);
    CHECK_EQ(ST_OK, executive_value_get(rig->executive, 2, LEVEL_USER, &bits));
    CHECK_EQ(8, bits);
    rig_run(rig, 500000);
    CHECK_EQ(ST_NOT_FOUND, executive_value_get(rig->executive, 2, LEVEL_USER, &bits));
}

struct shelf {
    uint32_t bits[4];
    bool there[4];
    int saves;
    bool broken;
};

static enum status shelf_load(void *context, uint16_t id, uint32_t *bits) {
    const struct shelf *shelf = context;
    if (id >= 4 || !shelf->there[id]) return ST_NOT_FOUND;
    *bits = shelf->bits[id];
    return ST_OK;
}

static enum status shelf_save(void *context, uint16_t id, uint32_t bits) {
    struct shelf *shelf = context;
    if (shelf->broken) return ST_IO;
    shelf->bits[id] = bits;
    shelf->there[id] = true;
    shelf->saves++;
    return ST_OK;
}

static void persistent_values_are_loaded_and_saved_once_they_are_quiet(void) {
    struct shelf shelf = {.bits = {0, 55, 5555}, .there = {false, true, true}};
    struct executive_store store = {&shelf, shelf_load, shelf_save};
    struct rig *rig = rig_new();
    rig->config.store = &store;
    rig->config.store_delay_ms = 20;
    rig_start(rig);
    struct rows rows = {.count = 0};
    for (uint16_t id = 1; id < 4; id++)
        (void)add_row(
            &rows,
            (struct value_row){
                .id = id, .type = VALUE_I32, .initial = 3, .maximum = 100, .flags = id < 3 ? VALUE_PERSISTENT : 0},
            "v", "");
    add_owner(rig, &rows,
              STEPS(CALL("task.sleep_ms", NULL, {10}), CALL("value.set", NULL, {1, 60}),
                    CALL("value.set", NULL, {3, 60}), CALL("task.sleep_ms", NULL, {10}),
                    CALL("value.set", NULL, {1, 61}), CALL("task.sleep_ms", NULL, {100})));
    uint32_t bits = 0;
    CHECK_EQ(ST_OK, executive_value_get(rig->executive, 1, LEVEL_USER, &bits));
    CHECK_EQ(55, bits);
    CHECK_EQ(ST_OK, executive_value_get(rig->executive, 2, LEVEL_USER, &bits));
    CHECK_EQ(3, bits); /* what was stored is not in its range */
    rig_run(rig, 39000);
    CHECK_EQ(0, shelf.saves);
    rig_run(rig, 42000);
    CHECK_EQ(1, shelf.saves);
    CHECK_EQ(61, shelf.bits[1]);
    CHECK(!shelf.there[3]);
    rig_run(rig, 1000000);
    CHECK_EQ(1, shelf.saves);
}

static void a_value_that_cannot_be_kept_is_told(void) {
    struct shelf shelf = {.broken = true};
    struct executive_store store = {&shelf, shelf_load, shelf_save};
    struct rig *rig = rig_new();
    rig->config.store = &store;
    rig_start(rig);
    struct rows rows =
        one_row((struct value_row){.id = 1, .type = VALUE_I32, .maximum = 100, .flags = VALUE_PERSISTENT});
    const uint32_t pid =
        add_owner(rig, &rows, STEPS(CALL("value.set", NULL, {1, 60}), CALL("task.sleep_ms", NULL, {10})));
    rig_run(rig, 5000);
    const struct executive_event *const event = rig_event(rig, EVENT_UNSAVED, 0);
    CHECK(event != NULL);
    CHECK_EQ(pid, event ? event->pid : 0);
    CHECK_EQ(1, event ? event->a : 0);
    CHECK_EQ(ST_IO, event ? (int32_t)event->b : 0);
    CHECK_EQ(0, shelf.saves);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_row_that_contradicts_itself_is_refused_with_the_reason),
        TEST(a_range_is_of_the_type),
        TEST(no_bytes_whatever_harm_the_decoder),
        TEST(a_declared_value_is_there_without_a_call),
        TEST(an_artifact_with_a_value_that_it_cannot_have_is_refused),
        TEST(a_value_can_be_made_at_run_time_from_a_constant),
        TEST(range_epsilon_and_rate_are_kept),
        TEST(others_read_and_write_what_they_may),
        TEST(an_operator_needs_the_level_and_the_pin),
        TEST(who_subscribed_is_told_of_each_change),
        TEST(a_restart_sets_values_back_unless_they_are_sticky),
        TEST(persistent_values_are_loaded_and_saved_once_they_are_quiet),
        TEST(a_value_that_cannot_be_kept_is_told),
    };
    return CHECK_RUN(tests);
}
