#include "device/executive/blackbox.h"

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "test/unit/check.h"

enum {
    SLOTS = 10,
    AREA_BYTES = SLOTS * BLACKBOX_SLOT_BYTES,
    RECORDS = SLOTS - 1 - SLOTS / 4,
    EVENTS = SLOTS / 4 * BLACKBOX_EVENTS_OF_SLOT,
    POWER = 0,
    WATCHDOG = 2
};

/* Memory whose power goes after so many bytes more. */
struct memory {
    uint8_t bytes[AREA_BYTES];
    uint32_t power;
};

static void read_memory(void *context, uint32_t offset, void *to, uint32_t length) {
    const struct memory *const memory = context;
    memcpy(to, memory->bytes + offset, length);
}
static void write_memory(void *context, uint32_t offset, const void *bytes, uint32_t length) {
    struct memory *const memory = context;
    const uint32_t most = length < memory->power ? length : memory->power;
    memcpy(memory->bytes + offset, bytes, most);
    memory->power -= most;
}

static struct blackbox open_it(struct memory *memory) {
    struct blackbox blackbox;
    const struct blackbox_area area = {memory, AREA_BYTES, read_memory, write_memory};
    memory->power = UINT32_MAX;
    CHECK_EQ(ST_OK, blackbox_open(&blackbox, &area));
    return blackbox;
}

static struct blackbox_record fault_of(uint32_t number) {
    struct blackbox_record record = {
        .kind = BLACKBOX_FAULT, .reason = 2, .time_us = number * 1000, .pid = number, .pc = ~number, .trace_count = 2};
    snprintf(record.name, sizeof record.name, "task-%u", number);
    for (uint32_t i = 0; i < BLACKBOX_REGISTERS; i++) record.reg[i] = number << i;
    record.trace[0] = number + 1;
    record.trace[1] = number + 2;
    return record;
}
static void put_fault(struct blackbox *blackbox, uint32_t number) {
    struct blackbox_record record = fault_of(number);
    blackbox_put(blackbox, &record);
}

static void check_fault(struct blackbox *blackbox, uint32_t sequence, uint32_t number) {
    struct blackbox_record record, want = fault_of(number);
    CHECK_EQ(ST_OK, blackbox_get(blackbox, sequence, &record));
    CHECK_EQ(sequence, record.sequence);
    CHECK_EQ(number, record.pid);
    CHECK_EQ(want.time_us, record.time_us);
    CHECK_TEXT(want.name, record.name);
    CHECK(memcmp(want.reg, record.reg, sizeof want.reg) == 0);
    CHECK(memcmp(want.trace, record.trace, sizeof want.trace) == 0);
}

static void what_was_put_in_is_there_after_a_reset(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    struct blackbox blackbox = open_it(&memory);
    CHECK(!blackbox.whole && blackbox.newest == 0);
    blackbox_boot(&blackbox, POWER, 5);
    put_fault(&blackbox, 7);
    blackbox = open_it(&memory);
    CHECK(blackbox.whole);
    CHECK_EQ(1, blackbox.boots);
    CHECK_EQ(2, blackbox.kept);
    check_fault(&blackbox, 2, 7);
    blackbox_boot(&blackbox, WATCHDOG, 9);
    struct blackbox_record record;
    CHECK_EQ(ST_OK, blackbox_get(&blackbox, 3, &record));
    CHECK_EQ(BLACKBOX_BOOT, record.kind);
    CHECK_EQ(WATCHDOG, record.reason);
    CHECK_EQ(2, record.boot);
    CHECK_EQ(9, record.time_us);
}

static void the_newest_records_stay_when_the_ring_is_full(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    struct blackbox blackbox = open_it(&memory);
    blackbox_boot(&blackbox, POWER, 0);
    for (uint32_t i = 2; i <= 3 * RECORDS; i++) put_fault(&blackbox, i);
    for (uint32_t again = 0; again < 2; again++) {
        CHECK_EQ(3 * RECORDS, blackbox.newest);
        CHECK_EQ(2 * RECORDS + 1, blackbox.oldest);
        CHECK_EQ(RECORDS, blackbox.kept);
        for (uint32_t i = blackbox.oldest; i <= blackbox.newest; i++) check_fault(&blackbox, i, i);
        struct blackbox_record record;
        CHECK_EQ(ST_NOT_FOUND, blackbox_get(&blackbox, blackbox.oldest - 1, &record));
        CHECK_EQ(ST_NOT_FOUND, blackbox_get(&blackbox, blackbox.newest + 1, &record));
        blackbox = open_it(&memory);
    }
}

/* `before` records, then one more whose write ends after each number of bytes there is. */
static void tear_the_record_after(uint32_t before) {
    static struct memory whole, memory;
    memset(&whole, 0, sizeof whole);
    struct blackbox blackbox = open_it(&whole);
    blackbox_boot(&blackbox, POWER, 0);
    for (uint32_t i = 2; i <= before; i++) put_fault(&blackbox, i);
    for (uint32_t cut = 0; cut <= BLACKBOX_SLOT_BYTES; cut++) {
        memory = whole;
        blackbox = open_it(&memory);
        memory.power = cut;
        put_fault(&blackbox, before + 1);
        blackbox = open_it(&memory);
        const bool done = cut == BLACKBOX_SLOT_BYTES;
        CHECK_EQ(before + done, blackbox.newest);
        const uint32_t oldest = before + 1 > RECORDS ? before + 2 - RECORDS : 2;
        for (uint32_t i = oldest; i <= before; i++) check_fault(&blackbox, i, i);
        if (done) check_fault(&blackbox, before + 1, before + 1);
        if (cut > 0) CHECK_EQ(!done, blackbox.damaged);
        blackbox_boot(&blackbox, WATCHDOG, 1);
        struct blackbox_record record;
        CHECK_EQ(ST_OK, blackbox_get(&blackbox, before + done + 1, &record));
        CHECK_EQ(BLACKBOX_BOOT, record.kind);
        if (cut > 0) CHECK_EQ(!done, record.detail);
        check_fault(&blackbox, before, before);
    }
}
static void a_write_cut_short_at_any_byte_costs_no_other_record(void) {
    tear_the_record_after(3);
    tear_the_record_after(2 * RECORDS + 3);
}

static void a_boot_cut_short_at_any_byte_leaves_the_records_and_the_count(void) {
    enum { BOOT_BYTES = BLACKBOX_HEADER_BYTES + BLACKBOX_SLOT_BYTES };
    static struct memory whole, memory;
    memset(&whole, 0, sizeof whole);
    for (uint32_t boot = 1; boot <= 3; boot++) {
        struct blackbox blackbox = open_it(&whole);
        blackbox_boot(&blackbox, POWER, 0);
        put_fault(&blackbox, 2 * boot);
    }
    for (uint32_t cut = 0; cut <= BOOT_BYTES; cut++) {
        memory = whole;
        struct blackbox blackbox = open_it(&memory);
        memory.power = cut;
        blackbox_boot(&blackbox, WATCHDOG, 0);
        blackbox = open_it(&memory);
        CHECK(blackbox.whole);
        CHECK(blackbox.boots == 3 || blackbox.boots == 4);
        CHECK_EQ(cut < BLACKBOX_HEADER_BYTES ? 3 : 4, blackbox.boots);
        CHECK_EQ(cut < BLACKBOX_HEADER_BYTES ? POWER : WATCHDOG, blackbox.reason);
        for (uint32_t boot = 1; boot <= 3; boot++) check_fault(&blackbox, 2 * boot, 2 * boot);
        blackbox_boot(&blackbox, POWER, 0);
        CHECK_EQ(cut < BLACKBOX_HEADER_BYTES ? 4 : 5, open_it(&memory).boots);
    }
}

static void the_first_boot_ever_cut_short_at_any_byte_begins_again(void) {
    static struct memory memory;
    for (uint32_t cut = 0; cut <= AREA_BYTES + BLACKBOX_HEADER_BYTES + BLACKBOX_SLOT_BYTES; cut++) {
        for (uint32_t i = 0; i < AREA_BYTES; i++) memory.bytes[i] = (uint8_t)(i * 7 + (i >> 8));
        struct blackbox blackbox = open_it(&memory);
        CHECK_EQ(RECORDS, blackbox.damaged);
        memory.power = cut;
        blackbox_boot(&blackbox, POWER, 0);
        blackbox = open_it(&memory);
        CHECK(blackbox.newest <= 1);
        blackbox_boot(&blackbox, POWER, 0);
        CHECK(blackbox.newest >= 1 && blackbox.boots <= 2);
        put_fault(&blackbox, 40);
        blackbox = open_it(&memory);
        check_fault(&blackbox, blackbox.newest, 40);
    }
}

static void every_changed_bit_of_a_record_is_found_and_costs_it_alone(void) {
    static struct memory whole, memory;
    memset(&whole, 0, sizeof whole);
    struct blackbox blackbox = open_it(&whole);
    blackbox_boot(&blackbox, POWER, 0);
    for (uint32_t i = 2; i <= 5; i++) put_fault(&blackbox, i);
    for (uint32_t bit = 0; bit < BLACKBOX_SLOT_BYTES * 8; bit++) {
        struct blackbox_record record;
        memory = whole;
        memory.bytes[BLACKBOX_SLOT_BYTES * (1 + 3) + bit / 8] ^= (uint8_t)(1 << bit % 8);
        blackbox = open_it(&memory);
        CHECK_EQ(1, blackbox.damaged);
        CHECK_EQ(4, blackbox.kept);
        CHECK_EQ(ST_NOT_FOUND, blackbox_get(&blackbox, 3, &record));
        check_fault(&blackbox, 2, 2);
        check_fault(&blackbox, 4, 4);
    }
}

static void a_record_that_a_later_one_should_have_replaced_is_skipped_and_counted(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    struct blackbox blackbox = open_it(&memory);
    blackbox_boot(&blackbox, POWER, 0);
    for (uint32_t i = 2; i <= 2 * RECORDS; i++) put_fault(&blackbox, i);
    struct blackbox_record old = fault_of(3);
    old.sequence = 3;
    old.boot = 1;
    blackbox_encode(&old, memory.bytes + BLACKBOX_SLOT_BYTES * (1 + 3));
    blackbox = open_it(&memory);
    CHECK_EQ(1, blackbox.stale);
    CHECK_EQ(RECORDS - 1, blackbox.kept);
    CHECK_EQ(RECORDS + 1, blackbox.oldest);
    CHECK_EQ(ST_NOT_FOUND, blackbox_get(&blackbox, 3, &old));
}

static void a_whole_record_in_the_wrong_slot_is_damage(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    struct blackbox blackbox = open_it(&memory);
    blackbox_boot(&blackbox, POWER, 0);
    put_fault(&blackbox, 2);
    memcpy(memory.bytes + BLACKBOX_SLOT_BYTES * 6, memory.bytes + BLACKBOX_SLOT_BYTES * 3, BLACKBOX_SLOT_BYTES);
    blackbox = open_it(&memory);
    CHECK_EQ(1, blackbox.damaged);
    CHECK_EQ(2, blackbox.kept);
}

static void a_device_that_boots_over_and_over_keeps_what_was_before(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    struct blackbox blackbox = open_it(&memory);
    blackbox_boot(&blackbox, POWER, 0);
    put_fault(&blackbox, 2);
    for (uint32_t i = 0; i < 1000; i++) {
        blackbox = open_it(&memory);
        blackbox_boot(&blackbox, WATCHDOG, 0);
    }
    blackbox = open_it(&memory);
    CHECK_EQ(1001, blackbox.boots);
    CHECK_EQ(WATCHDOG, blackbox.reason);
    CHECK_EQ(4, blackbox.newest);
    check_fault(&blackbox, 2, 2);
}

static void sealed_nonsense_is_no_record(void) {
    uint8_t slot[BLACKBOX_SLOT_BYTES];
    const struct {
        uint32_t at;
        uint8_t byte;
    } wrong[] = {{0, 0}, {3, 0x80}, {4, 0}, {16, 0}, {16, 6}, {18, 17}, {19, 1}, {59, 'x'}, {164, 1}, {220, 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct blackbox_record record = fault_of(1), got;
        record.sequence = record.boot = 1;
        blackbox_encode(&record, slot);
        CHECK_EQ(ST_OK, blackbox_decode(slot, &got));
        slot[wrong[i].at] = wrong[i].byte;
        store_le32(slot + BLACKBOX_SLOT_BYTES - 4, crc32_add(0, slot, BLACKBOX_SLOT_BYTES - 4));
        check_equal(ST_CORRUPT, blackbox_decode(slot, &got), "decode", __FILE__, (int)wrong[i].at);
    }
}

static void an_area_of_no_use_is_refused_and_drops_what_it_gets(void) {
    static struct memory memory;
    struct blackbox blackbox;
    struct blackbox_area area = {&memory, 0, read_memory, write_memory};
    memory.power = 0;
    for (area.bytes = 0; area.bytes < BLACKBOX_SLOTS_MIN * BLACKBOX_SLOT_BYTES; area.bytes += 100)
        CHECK_EQ(ST_RANGE, blackbox_open(&blackbox, &area));
    blackbox_boot(&blackbox, POWER, 0);
    put_fault(&blackbox, 1);
    CHECK_EQ(0, blackbox.newest);
}

static void boots_that_do_not_last_are_counted_until_one_does(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    for (uint32_t i = 1; i <= 5; i++) {
        struct blackbox blackbox = open_it(&memory);
        CHECK_EQ(i - 1, blackbox.unsettled);
        blackbox_boot(&blackbox, WATCHDOG, 0);
        CHECK_EQ(i, blackbox.unsettled);
    }
    struct blackbox blackbox = open_it(&memory);
    blackbox_boot(&blackbox, WATCHDOG, 0);
    blackbox_settle(&blackbox);
    blackbox = open_it(&memory);
    CHECK_EQ(6, blackbox.boots);
    CHECK_EQ(0, blackbox.unsettled);
}

static void settling_cut_short_at_any_byte_leaves_the_count_or_none(void) {
    for (uint32_t cut = 0; cut <= BLACKBOX_HEADER_BYTES; cut++) {
        static struct memory memory;
        memset(&memory, 0, sizeof memory);
        struct blackbox blackbox = open_it(&memory);
        blackbox_boot(&blackbox, POWER, 0);
        memory.power = cut;
        blackbox_settle(&blackbox);
        blackbox = open_it(&memory);
        CHECK_EQ(1, blackbox.boots);
        CHECK_EQ(cut < BLACKBOX_HEADER_BYTES ? 1 : 0, blackbox.unsettled);
    }
}

static void put_event(struct blackbox *blackbox, uint32_t number) {
    struct blackbox_event event = {
        .time_us = number * 1000, .kind = 4, .load = (uint16_t)number, .pid = number, .a = ~number, .b = number << 3};
    blackbox_put_event(blackbox, &event);
}
static void check_event(struct blackbox *blackbox, uint32_t number) {
    struct blackbox_event event;
    CHECK_EQ(ST_OK, blackbox_get_event(blackbox, number, &event));
    CHECK_EQ(number, event.pid);
    CHECK_EQ(~number, event.a);
    CHECK_EQ(number << 3, event.b);
    CHECK_EQ(number * 1000, event.time_us);
}

static void the_newest_events_stay_and_cost_no_record(void) {
    static struct memory memory;
    memset(&memory, 0, sizeof memory);
    struct blackbox blackbox = open_it(&memory);
    blackbox_boot(&blackbox, POWER, 0);
    put_fault(&blackbox, 2);
    for (uint32_t i = 1; i <= 3 * EVENTS; i++) put_event(&blackbox, i);
    blackbox = open_it(&memory);
    CHECK_EQ(3 * EVENTS, blackbox.newest_event);
    for (uint32_t i = 2 * EVENTS + 1; i <= 3 * EVENTS; i++) check_event(&blackbox, i);
    struct blackbox_event event;
    CHECK_EQ(ST_NOT_FOUND, blackbox_get_event(&blackbox, 2 * EVENTS, &event));
    CHECK_EQ(ST_NOT_FOUND, blackbox_get_event(&blackbox, 3 * EVENTS + 1, &event));
    check_fault(&blackbox, 2, 2);
    CHECK_EQ(0, blackbox.damaged);
    put_event(&blackbox, 3 * EVENTS + 1);
    check_event(&blackbox, 3 * EVENTS + 1);
}

static void an_event_cut_short_at_any_byte_costs_no_other(void) {
    for (uint32_t cut = 0; cut < BLACKBOX_EVENT_BYTES; cut++) {
        static struct memory memory;
        memset(&memory, 0, sizeof memory);
        struct blackbox blackbox = open_it(&memory);
        blackbox_boot(&blackbox, POWER, 0);
        for (uint32_t i = 1; i <= EVENTS + 3; i++) put_event(&blackbox, i);
        memory.power = cut;
        put_event(&blackbox, EVENTS + 4);
        blackbox = open_it(&memory);
        CHECK_EQ(EVENTS + 3, blackbox.newest_event);
        for (uint32_t i = 5; i <= EVENTS + 3; i++) check_event(&blackbox, i);
        put_event(&blackbox, EVENTS + 4);
        check_event(&blackbox, EVENTS + 4);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(what_was_put_in_is_there_after_a_reset),
        TEST(the_newest_records_stay_when_the_ring_is_full),
        TEST(a_write_cut_short_at_any_byte_costs_no_other_record),
        TEST(a_boot_cut_short_at_any_byte_leaves_the_records_and_the_count),
        TEST(the_first_boot_ever_cut_short_at_any_byte_begins_again),
        TEST(every_changed_bit_of_a_record_is_found_and_costs_it_alone),
        TEST(a_record_that_a_later_one_should_have_replaced_is_skipped_and_counted),
        TEST(a_whole_record_in_the_wrong_slot_is_damage),
        TEST(a_device_that_boots_over_and_over_keeps_what_was_before),
        TEST(sealed_nonsense_is_no_record),
        TEST(an_area_of_no_use_is_refused_and_drops_what_it_gets),
        TEST(boots_that_do_not_last_are_counted_until_one_does),
        TEST(settling_cut_short_at_any_byte_leaves_the_count_or_none),
        TEST(the_newest_events_stay_and_cost_no_record),
        TEST(an_event_cut_short_at_any_byte_costs_no_other),
    };
    return CHECK_RUN(tests);
}
