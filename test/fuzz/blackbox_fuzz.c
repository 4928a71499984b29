/* Any bytes where a blackbox should lie: what is read from it is in order and whole, reading changes nothing, and a
 * boot and a record that are written into it afterwards are there. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "device/executive/blackbox.h"
#include "test/fuzz/fuzz.h"

struct memory {
    uint8_t *bytes;
    size_t length;
};

static void read_bytes(void *context, uint32_t offset, void *to, uint32_t length) {
    const struct memory *const memory = context;
    if (offset > memory->length || length > memory->length - offset) fuzz_failed("something outside is read");
    memcpy(to, memory->bytes + offset, length);
}
static void write_bytes(void *context, uint32_t offset, const void *bytes, uint32_t length) {
    struct memory *const memory = context;
    if (offset > memory->length || length > memory->length - offset) fuzz_failed("something outside is written");
    memcpy(memory->bytes + offset, bytes, length);
}

static void check_records(struct blackbox *blackbox) {
    struct blackbox_record record;
    uint8_t slot[BLACKBOX_SLOT_BYTES];
    uint32_t found = 0;
    for (uint32_t i = blackbox->oldest; i <= blackbox->newest && i > 0; i++) {
        if (blackbox_get(blackbox, i, &record) != ST_OK) continue;
        found++;
        if (record.sequence != i || record.trace_count > BLACKBOX_TRACE_MAX) fuzz_failed("it is another record");
        if (!memchr(record.name, 0, sizeof record.name)) fuzz_failed("a name has no end");
        blackbox_encode(&record, slot);
        if (blackbox_decode(slot, &record) != ST_OK) fuzz_failed("what was read cannot be written");
    }
    if (found != blackbox->kept) fuzz_failed("not so many records are there as was said");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static uint8_t memory[FUZZ_BYTES_MAX];
    struct blackbox blackbox;
    struct blackbox_record record = {.kind = BLACKBOX_FAULT, .pid = 77}, got;
    if (length > FUZZ_BYTES_MAX) return 0;
    memset(memory, 0, sizeof memory);
    memcpy(memory, bytes, length);
    struct memory whole = {memory, length};
    const struct blackbox_area area = {&whole, (uint32_t)length, read_bytes, write_bytes};
    if (blackbox_open(&blackbox, &area) != ST_OK) return 0;
    if (memcmp(memory, bytes, length) != 0) fuzz_failed("opening it changed it");
    check_records(&blackbox);
    if (blackbox.newest > BLACKBOX_SEQUENCE_MAX - 2 || blackbox.newest_event == BLACKBOX_SEQUENCE_MAX) return 0;
    blackbox_boot(&blackbox, 2, 1);
    blackbox_put(&blackbox, &record);
    struct blackbox_event event = {.kind = 1, .pid = 78}, told;
    blackbox_put_event(&blackbox, &event);
    const uint32_t boots = blackbox.boots;
    if (blackbox_open(&blackbox, &area) != ST_OK || blackbox.boots < boots) fuzz_failed("a boot is not counted");
    if (blackbox_get(&blackbox, record.sequence, &got) != ST_OK || got.pid != 77) fuzz_failed("a record is not there");
    if (blackbox_get_event(&blackbox, event.sequence, &told) != ST_OK || told.pid != 78)
        fuzz_failed("an event is not there");
    check_records(&blackbox);
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    struct blackbox blackbox;
    const uint32_t slots = BLACKBOX_SLOTS_MIN + random_below(random, 12);
    struct memory whole = {to, (size_t)slots * BLACKBOX_SLOT_BYTES};
    const struct blackbox_area area = {&whole, slots * BLACKBOX_SLOT_BYTES, read_bytes, write_bytes};
    memset(to, 0, area.bytes);
    for (uint32_t boot = 1 + random_below(random, 4); boot > 0; boot--) {
        if (blackbox_open(&blackbox, &area) != ST_OK) fuzz_failed("a blank area is refused");
        blackbox_boot(&blackbox, random_below(random, 4), random_64(random));
        for (uint32_t left = random_below(random, 8); left > 0; left--) {
            struct blackbox_record record = {.kind = (uint8_t)(BLACKBOX_FAULT + random_below(random, 4)),
                                             .reason = (uint8_t)random_below(random, 14),
                                             .trace_count = (uint8_t)random_below(random, BLACKBOX_TRACE_MAX + 1),
                                             .pc = (uint32_t)random_64(random),
                                             .name = "guest"};
            blackbox_put(&blackbox, &record);
            struct blackbox_event event = {.kind = (uint8_t)random_64(random), .pid = (uint32_t)random_64(random)};
            blackbox_put_event(&blackbox, &event);
        }
    }
    return area.bytes;
}

/* Every slot's seal, and both headers'. */
void fuzz_mend(uint8_t *bytes, size_t length) {
    enum {
        SEALED = BLACKBOX_SLOT_BYTES - 4,
        HEADER_SEALED = BLACKBOX_HEADER_BYTES - 4,
        EVENT_SEALED = BLACKBOX_EVENT_BYTES - 4
    };
    for (size_t at = BLACKBOX_SLOT_BYTES; at + BLACKBOX_SLOT_BYTES <= length; at += BLACKBOX_SLOT_BYTES)
        store_le32(bytes + at + SEALED, crc32_add(0, bytes + at, SEALED));
    for (size_t slot = 1; slot * BLACKBOX_SLOT_BYTES < length; slot++) {
        for (size_t i = 0; i < BLACKBOX_EVENTS_OF_SLOT; i++) {
            uint8_t *cell = bytes + slot * BLACKBOX_SLOT_BYTES + i * BLACKBOX_EVENT_BYTES;
            bool is_event =
                cell + BLACKBOX_EVENT_BYTES <= bytes + length && 4 * slot >= 3 * (length / BLACKBOX_SLOT_BYTES);
            if (is_event) store_le32(cell + EVENT_SEALED, crc32_add(0, cell, EVENT_SEALED));
        }
    }
    for (size_t at = 0; at < 2 * (size_t)BLACKBOX_HEADER_BYTES && at + BLACKBOX_HEADER_BYTES <= length;
         at += BLACKBOX_HEADER_BYTES)
        store_le32(bytes + at + HEADER_SEALED, crc32_add(0, bytes + at, HEADER_SEALED));
}
