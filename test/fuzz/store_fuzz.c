/* Any bytes where a store should lie: what is read from it is in order, the same as a reader that writes nothing sees,
 * and what is put into it afterwards is there, unless it refuses. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "device/port/sim/sim_flash.h"
#include "device/store/store.h"
#include "test/fuzz/fuzz.h"

enum {
    PAGES = 3,
    PAGE_BYTES = 1024,
    UNIT_BYTES = 4,
    ENTRIES = 40,
    HEADER_BYTES = 16,
    CELL_BYTES = 12,
    VALUE_BYTES = 1 << 12
};

struct bench {
    struct sim_power power;
    struct sim_flash flash;
    struct store_entry entries[ENTRIES];
    struct store_config config;
    struct store store;
    uint64_t memory[4096];
};

static void power_lost(void *context) {
    (void)context;
    fuzz_failed("the power goes by itself");
}

static void make(struct bench *bench) {
    const struct flash_area area = {
        .size_bytes = PAGES * PAGE_BYTES, .erase_bytes = PAGE_BYTES, .program_bytes = UNIT_BYTES, .erased_value = 0xff};
    bench->power = (struct sim_power){.random = 1, .lost = power_lost};
    if (sim_flash_memory_bytes(&area) > sizeof bench->memory) fuzz_failed("it does not fit");
    sim_flash_init(&bench->flash, &area, bench->memory, &bench->power);
    bench->config = (struct store_config){&bench->flash.area, PAGE_BYTES, bench->entries, ENTRIES, false};
}

/* Of all keys and values, whatever their order. */
static uint32_t sum_of(struct bench *bench) {
    static uint8_t bytes[VALUE_BYTES];
    uint32_t sum = 0, length;
    if (bench->store.count > ENTRIES) fuzz_failed("more keys than there is room for");
    for (uint32_t i = 0; i < bench->store.count; i++) {
        const uint32_t key = bench->entries[i].key;
        if (store_find(&bench->store, key) != &bench->entries[i]) fuzz_failed("a key is there twice");
        if (store_get(&bench->store, key, bytes, sizeof bytes, &length) != ST_OK) fuzz_failed("a value cannot be read");
        if (length > PAGE_BYTES) fuzz_failed("a value is longer than a page");
        sum += crc32_add(key, bytes, length);
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static struct bench bench;
    uint8_t value[4] = {1, 2, 3, 4}, back[4];
    uint32_t back_bytes;
    if (length > PAGES * PAGE_BYTES) return 0;
    make(&bench);
    memcpy(bench.flash.bytes, bytes, length);
    bench.config.read_only = true;
    const enum status seen = store_open(&bench.store, &bench.config);
    const uint32_t before = sum_of(&bench);
    if (bench.power.operations > 0) fuzz_failed("a reader wrote");
    bench.config.read_only = false;
    const enum status status = store_open(&bench.store, &bench.config);
    if ((seen == ST_FULL) != (status == ST_FULL && bench.power.operations == 0) && seen == ST_FULL)
        fuzz_failed("what was too many keys is not");
    if (status == ST_VERSION && bench.power.operations > 0) fuzz_failed("a newer format was written");
    if (seen != ST_FULL && sum_of(&bench) != before) fuzz_failed("opening it changed a value");
    if (status != ST_OK) return 0;
    const bool last = bench.store.sequence >= UINT32_MAX - 1;
    const enum status taken = store_put(&bench.store, 5, value, sizeof value);
    if (taken != ST_OK && taken != ST_FULL && !last) fuzz_failed("a sound memory takes no value");
    if (taken != ST_OK) return 0;
    if (store_open(&bench.store, &bench.config) != ST_OK && !last) fuzz_failed("it cannot be opened again");
    if (store_get(&bench.store, 5, back, sizeof back, &back_bytes) != ST_OK || memcmp(back, value, sizeof back) != 0)
        fuzz_failed("a value is not there");
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static struct bench bench;
    uint8_t value[40];
    make(&bench);
    if (store_open(&bench.store, &bench.config) != ST_OK) fuzz_failed("an erased area is refused");
    for (uint32_t left = random_below(random, 300); left > 0; left--) {
        struct store_change changes[3];
        const uint32_t count = 1 + random_below(random, 3), first = random_below(random, 10);
        for (uint32_t i = 0; i < sizeof value; i++) value[i] = (uint8_t)random_64(random);
        for (uint32_t i = 0; i < count; i++)
            changes[i] =
                (struct store_change){.key = first + i, .bytes = value, .length = random_below(random, 12) * 3};
        if (store_commit(&bench.store, changes, count) != ST_OK) fuzz_failed("a value is refused");
        if (random_percent(random, 5) && store_open(&bench.store, &bench.config) != ST_OK)
            fuzz_failed("it is not opened");
    }
    memcpy(to, bench.flash.bytes, PAGES * PAGE_BYTES);
    return PAGES * PAGE_BYTES;
}

/* Every header and every cell; what is the body of a long value is changed along. */
void fuzz_mend(uint8_t *bytes, size_t length) {
    for (size_t page = 0; page + PAGE_BYTES <= length; page += PAGE_BYTES) {
        for (size_t at = page; at < page + 2 * (size_t)HEADER_BYTES; at += HEADER_BYTES)
            store_le32(bytes + at + 12, crc32_add(0, bytes + at, 12));
        for (size_t at = page + 2 * (size_t)HEADER_BYTES; at + CELL_BYTES <= page + PAGE_BYTES; at += CELL_BYTES)
            if (load_le32(bytes + at) != UINT32_MAX) store_le32(bytes + at + 8, crc32_add(0, bytes + at, 8));
    }
}
