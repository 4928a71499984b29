#include "device/store/store.h"

#include <stdlib.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "device/port/sim/sim_flash.h"
#include "test/oracle/random.h"
#include "test/unit/check.h"

enum {
    ENTRIES = 64,
    PAGE_BYTES = 4096,
    MEMORY_BYTES = 1 << 18,
    LONG_BYTES = 100,
    A = STORE_KEY(STORE_HIVE, 1),
    B = 0x00002,
    C = 3
};

static struct {
    struct sim_power power;
    struct sim_flash flash;
    struct store_entry entries[ENTRIES];
    struct store_config config;
    struct store store;
    uint64_t memory[MEMORY_BYTES / 8];
} bench;

static enum status open_store(void) { return store_open(&bench.store, &bench.config); }

static void make_flash(uint32_t pages, uint32_t unit, uint8_t erased, bool once) {
    const struct flash_area area = {.size_bytes = pages * PAGE_BYTES,
                                    .erase_bytes = PAGE_BYTES,
                                    .program_bytes = unit,
                                    .erased_value = erased,
                                    .program_once = once,
                                    .erase_us = 20000,
                                    .program_us = 90};
    bench.power = (struct sim_power){.random = 1};
    CHECK(sim_flash_memory_bytes(&area) <= sizeof bench.memory);
    sim_flash_init(&bench.flash, &area, bench.memory, &bench.power);
    bench.config = (struct store_config){&bench.flash.area, PAGE_BYTES, bench.entries, ENTRIES, false};
}
static void make_store(uint32_t pages) {
    make_flash(pages, 8, 0xff, true);
    CHECK_EQ(ST_OK, open_store());
}

static enum status put(uint32_t key, uint32_t value) {
    uint8_t bytes[4];
    store_le32(bytes, value);
    return store_put(&bench.store, key, bytes, 4);
}
/* -1: it has none. */
static int64_t got(uint32_t key) {
    uint8_t bytes[4] = {0};
    uint32_t length;
    if (store_get(&bench.store, key, bytes, sizeof bytes, &length) != ST_OK) return -1;
    return load_le32(bytes);
}
static uint8_t version_of(uint32_t key) {
    const struct store_entry *const entry = store_find(&bench.store, key);
    return entry ? entry->version : 0;
}
static uint32_t offset_of(uint32_t key) {
    const struct store_entry *const entry = store_find(&bench.store, key);
    return entry->page * PAGE_BYTES + 2 * bench.store.head_bytes + entry->cell * bench.store.cell_bytes;
}

static void a_value_is_there_after_a_start(void) {
    make_store(2);
    CHECK_EQ(-1, got(A));
    CHECK_EQ(ST_OK, put(A, 77));
    CHECK_EQ(77, got(A));
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(77, got(A));
    CHECK_EQ(ST_OK, put(A, 78));
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(78, got(A));
    CHECK_EQ(0, bench.power.violations);
}

static void every_length_of_a_value_comes_back(void) {
    uint8_t bytes[LONG_BYTES], back[LONG_BYTES];
    for (uint32_t unit = 1; unit <= 32; unit *= 2) {
        make_flash(2, unit, unit % 3 ? 0xff : 0, false);
        CHECK_EQ(ST_OK, open_store());
        for (uint32_t length = 0; length <= LONG_BYTES; length++) {
            uint32_t there = 0;
            memset(bytes, (int)(length + 1), sizeof bytes);
            CHECK_EQ(ST_OK, store_put(&bench.store, A, bytes, length));
            if (length % 7 == 0) CHECK_EQ(ST_OK, open_store());
            CHECK_EQ(ST_OK, store_get(&bench.store, A, back, sizeof back, &there));
            CHECK_EQ(length, there);
            CHECK(memcmp(bytes, back, length) == 0);
        }
        CHECK_EQ(0, bench.power.violations);
    }
}

static void a_value_longer_than_asked_for_is_cut_and_says_its_length(void) {
    uint8_t back[4] = {9, 9, 9, 9};
    uint32_t length;
    make_store(2);
    CHECK_EQ(ST_OK, store_put(&bench.store, A, "abcdefgh", 8));
    CHECK_EQ(ST_OK, store_get(&bench.store, A, back, 3, &length));
    CHECK_EQ(8, length);
    CHECK(memcmp(back, "abc\x09", 4) == 0);
}

static void what_is_removed_stays_away(void) {
    make_store(2);
    CHECK_EQ(ST_OK, put(A, 1));
    CHECK_EQ(ST_OK, put(B, 2));
    CHECK_EQ(ST_OK, store_remove(&bench.store, A));
    CHECK_EQ(-1, got(A));
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(-1, got(A));
    for (uint32_t i = 0; i < 1000; i++) CHECK_EQ(ST_OK, put(B, i));
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(-1, got(A));
    CHECK_EQ(ST_NOT_FOUND, store_remove(&bench.store, A));
}

static void a_version_counts_the_writes_of_a_key(void) {
    make_store(2);
    for (uint32_t i = 1; i <= 600; i++) {
        CHECK_EQ(ST_OK, put(A, i));
        CHECK_EQ((i - 1) % 254 + 1, version_of(A));
    }
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(599 % 254 + 1, version_of(A));
}

static void a_commit_is_refused_before_anything_is_written(void) {
    static uint8_t large[PAGE_BYTES + 1];
    make_store(2);
    CHECK_EQ(ST_OK, put(A, 1));
    const uint64_t operations = bench.power.operations;
    const struct store_change twice[] = {{.key = B}, {.key = C}, {.key = B}},
                              missing[] = {{.key = B}, {.key = C, .remove = true}};
    CHECK_EQ(ST_INVALID, store_commit(&bench.store, twice, 3));
    CHECK_EQ(ST_NOT_FOUND, store_commit(&bench.store, missing, 2));
    CHECK_EQ(ST_INVALID, put(STORE_KEY(STORE_SPACES, 0), 1));
    CHECK_EQ(ST_FULL, store_put(&bench.store, B, large, sizeof large));
    CHECK_EQ(ST_FULL, store_put(&bench.store, B, large, PAGE_BYTES * 3 / 4));
    CHECK_EQ(operations, bench.power.operations);
    CHECK_EQ(-1, got(B));
    CHECK_EQ(1, got(A));
}

static void a_full_store_still_takes_new_values_of_its_keys(void) {
    uint8_t bytes[LONG_BYTES] = {0};
    uint32_t keys = 0;
    make_store(2);
    while (store_put(&bench.store, keys, bytes, sizeof bytes) == ST_OK) keys++;
    CHECK(keys * LONG_BYTES > PAGE_BYTES / 2);
    for (uint32_t i = 0; i < 10000; i++) {
        bytes[0] = (uint8_t)i;
        CHECK_EQ(ST_OK, store_put(&bench.store, i % keys, bytes, sizeof bytes));
    }
    CHECK_EQ(ST_FULL, store_put(&bench.store, keys, bytes, sizeof bytes));
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(keys, bench.store.count);
}

static void more_keys_than_there_is_memory_for_are_refused(void) {
    make_store(2);
    for (uint32_t i = 0; i < ENTRIES; i++) CHECK_EQ(ST_OK, put(i, i));
    CHECK_EQ(ST_FULL, put(ENTRIES, 0));
    CHECK_EQ(ST_OK, put(5, 55));
    bench.config.entries_max = ENTRIES / 2;
    const uint64_t operations = bench.power.operations;
    CHECK_EQ(ST_FULL, open_store());
    CHECK_EQ(ST_FULL, put(0, 1));
    CHECK_EQ(operations, bench.power.operations);
}

/* ---- damage ---- */

/* Each bit of the page, in turn: a value may fall back to one that it had, and is never another. */
static void a_flipped_bit_gives_an_older_value_or_none_at_worst(void) {
    static uint8_t whole[2 * PAGE_BYTES];
    make_store(2);
    for (uint32_t i = 1; i <= 3; i++) {
        CHECK_EQ(ST_OK, put(A, 10 + i));
        CHECK_EQ(ST_OK, put(B, 20 + i));
    }
    CHECK_EQ(ST_OK, store_put(&bench.store, C, "a longer value", 14));
    bench.config.read_only = true;
    memcpy(whole, bench.flash.bytes, sizeof whole);
    uint32_t older = 0;
    for (uint32_t bit = 0; bit < PAGE_BYTES; bit++) {
        uint8_t text[14] = "";
        uint32_t length = 0;
        bench.flash.bytes[bit / 8] = (uint8_t)(whole[bit / 8] ^ 1u << bit % 8);
        CHECK_EQ(ST_OK, open_store());
        const int64_t a = got(A), b = got(B);
        CHECK(a == -1 || (a >= 11 && a <= 13));
        CHECK(b == -1 || (b >= 21 && b <= 23));
        if (store_get(&bench.store, C, text, sizeof text, &length) == ST_OK)
            CHECK(memcmp(text, "a longer value", 14) == 0);
        if (a != 13 || b != 23) older++;
        if (a != 13 || b != 23) CHECK(bench.store.damaged == 1 || bit / 8 < 2 * bench.store.head_bytes);
        bench.flash.bytes[bit / 8] = whole[bit / 8];
    }
    CHECK_EQ(2 * 96, older); /* the last record of each, and nothing else: both headers are there twice */
}

static void a_damaged_value_of_a_commit_takes_back_all_of_it(void) {
    const struct store_change changes[] = {{.key = A, .bytes = "new", .length = 3},
                                           {.key = B, .bytes = "new", .length = 3}};
    make_store(2);
    CHECK_EQ(ST_OK, put(A, 1));
    CHECK_EQ(ST_OK, put(B, 2));
    CHECK_EQ(ST_OK, store_commit(&bench.store, changes, 2));
    CHECK_EQ(ST_OK, put(C, 3));
    bench.flash.bytes[offset_of(B) + 4] ^= 1;
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(1, got(A));
    CHECK_EQ(2, got(B));
    CHECK_EQ(3, got(C));
    CHECK_EQ(1, bench.store.damaged);
}

static void a_value_damaged_while_it_runs_falls_back_too(void) {
    make_store(2);
    CHECK_EQ(ST_OK, put(A, 1));
    CHECK_EQ(ST_OK, put(A, 2));
    bench.flash.bytes[offset_of(A) + 4] ^= 1;
    CHECK_EQ(1, got(A));
    CHECK_EQ(ST_OK, put(A, 3));
    CHECK_EQ(3, got(A));
}

static void a_damaged_copy_is_taken_from_the_page_it_was_copied_from(void) {
    make_store(3);
    CHECK_EQ(ST_OK, put(A, 1));
    while (bench.store.sequence == 1) CHECK_EQ(ST_OK, put(B, 2));
    bench.flash.bytes[offset_of(A) + 4] ^= 1;
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(1, got(A));
    CHECK_EQ(1, bench.store.damaged);
    while (bench.store.sequence < 5) CHECK_EQ(ST_OK, put(B, 2));
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(1, got(A));
    CHECK_EQ(0, bench.store.damaged);
}

/* The first commit of a new page reads as damaged at one start, and as whole later. */
static void a_page_whose_commit_was_half_done_never_comes_back(void) {
    static const uint8_t large[LONG_BYTES];
    make_store(3);
    CHECK_EQ(ST_OK, put(A, 1));
    while (bench.store.cells - bench.store.end > 8) CHECK_EQ(ST_OK, put(B, 2));
    const struct store_change changes[] = {
        {.key = A}, {.key = B}, {.key = C}, {.key = 9, .bytes = large, .length = sizeof large}};
    CHECK_EQ(ST_OK, store_commit(&bench.store, changes, 4));
    CHECK_EQ(2, bench.store.sequence);
    uint8_t *const half_done = bench.flash.bytes + offset_of(9) + 4;
    *half_done ^= 1;
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(1, got(A));
    CHECK_EQ(ST_OK, put(A, 3));
    CHECK_EQ(0, store_find(&bench.store, A)->page);
    *half_done ^= 1;
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(3, got(A));
}

static void a_page_that_fails_is_passed_over(void) {
    for (uint8_t fault = SIM_FLASH_ERASE_FAILS; fault < SIM_FLASH_FAULTS; fault++) {
        make_store(3);
        bench.flash.fault[1] = fault;
        bench.flash.bytes[PAGE_BYTES + 100] = 0; /* an erase that does nothing leaves something */
        for (uint32_t i = 0; i < 2000; i++) CHECK_EQ(ST_OK, put(i % 5, i));
        CHECK_EQ(ST_OK, open_store());
        for (uint32_t i = 0; i < 5; i++) CHECK_EQ(1995 + i, got(i));
    }
}

static void a_worn_out_store_can_still_be_read(void) {
    for (uint32_t fault = SIM_FLASH_ERASE_FAILS; fault < SIM_FLASH_UNREADABLE; fault++) {
        uint32_t acknowledged = 0;
        make_store(2);
        bench.flash.endurance = 10;
        bench.flash.worn = fault;
        while (acknowledged < 100000 && put(A, acknowledged + 1) == ST_OK) acknowledged++;
        CHECK(acknowledged > 2000 && acknowledged < 100000);
        CHECK_EQ(ST_IO, put(A, 0));
        CHECK_EQ(acknowledged, got(A));
        (void)open_store();
        CHECK_EQ(acknowledged, got(A));
    }
}

/* ---- formats ---- */

static void write_header(uint32_t offset, uint8_t format, uint8_t readable, uint32_t sequence) {
    uint8_t *const header = bench.flash.bytes + offset;
    header[4] = format;
    header[5] = readable;
    store_le32(header + 8, sequence);
    store_le32(header + 12, crc32_add(0, header, 12));
}

static void a_newer_format_is_read_if_it_says_so_and_never_written(void) {
    for (uint8_t readable = 1; readable <= 2; readable++) {
        make_store(2);
        CHECK_EQ(ST_OK, put(A, 7));
        write_header(0, 2, readable, 1);
        const uint64_t operations = bench.power.operations;
        CHECK_EQ(ST_VERSION, open_store());
        CHECK_EQ(readable == 1 ? 7 : -1, got(A));
        CHECK_EQ(ST_VERSION, put(A, 8));
        CHECK_EQ(ST_VERSION, store_remove(&bench.store, A));
        CHECK_EQ(operations, bench.power.operations);
    }
}

static void behind_the_last_sequence_no_page_is_begun(void) {
    uint32_t value = 1;
    make_store(3);
    CHECK_EQ(ST_OK, put(A, value));
    write_header(0, 1, 1, UINT32_MAX - 1);
    write_header(bench.store.head_bytes, 1, 1, UINT32_MAX - 1);
    CHECK_EQ(ST_OK, open_store());
    while (value < 2000 && put(A, value + 1) == ST_OK) value++;
    CHECK(value > 2 * 250 - 20 && value < 2 * 256);
    CHECK_EQ(ST_IO, put(A, 0));
    CHECK_EQ(value, got(A));
}

static void a_geometry_that_is_none_is_refused(void) {
    make_store(2);
    bench.config.page_bytes = PAGE_BYTES - 8;
    CHECK_EQ(ST_INVALID, open_store());
    bench.config.page_bytes = 2 * PAGE_BYTES;
    CHECK_EQ(ST_INVALID, open_store());
    CHECK_EQ(ST_INVALID, put(A, 1));
    CHECK_EQ(-1, got(A));
}

static void reading_only_changes_nothing(void) {
    make_store(2);
    CHECK_EQ(ST_OK, put(A, 1));
    const uint64_t operations = bench.power.operations;
    bench.config.read_only = true;
    CHECK_EQ(ST_OK, open_store());
    CHECK_EQ(1, got(A));
    CHECK_EQ(ST_DENIED, put(A, 2));
    CHECK_EQ(operations, bench.power.operations);
}

/* ---- cost ---- */

static void a_small_value_costs_no_more_than_said(void) {
    static const struct {
        uint32_t unit, bytes;
    } cases[] = {{1, 12}, {4, 12}, {8, 16}, {16, 16}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        make_flash(2, cases[i].unit, 0xff, false);
        CHECK_EQ(ST_OK, open_store());
        CHECK_EQ(ST_OK, put(A, 1));
        const uint64_t before = bench.flash.bytes_programmed;
        CHECK_EQ(ST_OK, put(A, 2));
        CHECK_EQ(cases[i].bytes, bench.flash.bytes_programmed - before);
    }
}

static void all_pages_wear_alike(void) {
    uint32_t most = 0, sum = 0;
    make_store(5);
    for (uint32_t i = 0; i < 100000; i++) {
        CHECK_EQ(ST_OK, put(i % 8, i));
        if (i % 1000 == 0) CHECK_EQ(ST_OK, open_store());
    }
    for (uint32_t i = 0; i < 5; i++) {
        sum += bench.flash.erases[i];
        if (bench.flash.erases[i] > most) most = bench.flash.erases[i];
    }
    CHECK(most * 100 <= sum / 5 * 110);
    CHECK(sum < 100000 / 200);
}

static void opening_takes_no_longer_than_said(void) {
    make_store(4);
    for (uint32_t i = 0; i < 3000; i++) {
        CHECK_EQ(ST_OK, put(i % 9, i));
        if (i % 7 > 0) continue;
        const uint64_t time_us = bench.power.time_us, bytes = bench.flash.bytes_read;
        CHECK_EQ(ST_OK, open_store());
        CHECK(bench.power.time_us - time_us <= store_us_max(&bench.flash.area, PAGE_BYTES));
        CHECK(bench.flash.bytes_read - bytes <= 5 * PAGE_BYTES);
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_value_is_there_after_a_start),
        TEST(every_length_of_a_value_comes_back),
        TEST(a_value_longer_than_asked_for_is_cut_and_says_its_length),
        TEST(what_is_removed_stays_away),
        TEST(a_version_counts_the_writes_of_a_key),
        TEST(a_commit_is_refused_before_anything_is_written),
        TEST(a_full_store_still_takes_new_values_of_its_keys),
        TEST(more_keys_than_there_is_memory_for_are_refused),
        TEST(a_flipped_bit_gives_an_older_value_or_none_at_worst),
        TEST(a_damaged_value_of_a_commit_takes_back_all_of_it),
        TEST(a_value_damaged_while_it_runs_falls_back_too),
        TEST(a_damaged_copy_is_taken_from_the_page_it_was_copied_from),
        TEST(a_page_whose_commit_was_half_done_never_comes_back),
        TEST(a_page_that_fails_is_passed_over),
        TEST(a_worn_out_store_can_still_be_read),
        TEST(a_newer_format_is_read_if_it_says_so_and_never_written),
        TEST(behind_the_last_sequence_no_page_is_begun),
        TEST(a_geometry_that_is_none_is_refused),
        TEST(reading_only_changes_nothing),
        TEST(a_small_value_costs_no_more_than_said),
        TEST(all_pages_wear_alike),
        TEST(opening_takes_no_longer_than_said),
    };
    return CHECK_RUN(tests);
}
