#include "device/port/sim/sim_flash.h"

#include <setjmp.h>

#include "test/unit/check.h"

enum { PAGE_BYTES = 256, PAGES = 2, UNIT_BYTES = 8, READS = 64 };

static struct {
    struct sim_power power;
    struct sim_flash flash;
    uint64_t memory[1024];
    jmp_buf cut;
} bench;

static const struct flash_area *area(void) { return &bench.flash.area; }

static void lost(void *context) {
    (void)context;
    longjmp(bench.cut, 1);
}

static void make(bool once, bool writable) {
    const struct flash_area geometry = {.size_bytes = PAGES * PAGE_BYTES,
                                        .erase_bytes = PAGE_BYTES,
                                        .program_bytes = UNIT_BYTES,
                                        .erased_value = 0xff,
                                        .erase_us = 1000,
                                        .program_us = 10,
                                        .program_once = once,
                                        .writable = writable};
    bench.power = (struct sim_power){.random = 5, .lost = lost};
    sim_flash_init(&bench.flash, &geometry, bench.memory, &bench.power);
}

static uint8_t byte_at(uint32_t offset) {
    uint8_t byte = 0;
    (void)area()->read(area(), offset, &byte, 1);
    return byte;
}

static void flash_keeps_its_rules(void) {
    static const uint8_t one[8] = {0xf0, 1, 2, 3, 4, 5, 6, 7}, two[8] = {0x0f, 1, 2, 3, 4, 5, 6, 7}, zeros[8] = {0};
    make(false, false);
    CHECK_EQ(0xff, byte_at(0));
    CHECK_EQ(ST_OK, area()->program(area(), 0, one, 8));
    CHECK_EQ(0, bench.power.violations);
    CHECK_EQ(ST_OK, area()->program(area(), 0, two, 8));
    CHECK_EQ(0, byte_at(0)); /* bits are only cleared */
    CHECK_EQ(1, bench.power.violations);
    CHECK_EQ(ST_OK, area()->erase(area(), 0));
    CHECK_EQ(0xff, byte_at(0));
    CHECK_EQ(1, bench.flash.erases[0]);
    CHECK_EQ(2 * 10 + 1000, bench.power.time_us);
    CHECK_EQ(ST_INVALID, area()->program(area(), 4, one, 8));
    CHECK_EQ(ST_INVALID, area()->program(area(), 0, one, 4));
    CHECK_EQ(ST_INVALID, area()->program(area(), PAGES * PAGE_BYTES, one, 8));
    CHECK_EQ(ST_INVALID, area()->erase(area(), 8));
    make(true, false);
    CHECK_EQ(ST_OK, area()->program(area(), 0, one, 8));
    CHECK_EQ(ST_OK, area()->program(area(), 0, zeros, 8));
    CHECK_EQ(0, bench.power.violations);
    CHECK_EQ(0, byte_at(0));
    make(true, false);
    CHECK_EQ(ST_OK, area()->program(area(), 0, one, 8));
    CHECK_EQ(ST_OK, area()->program(area(), 0, one, 8));
    CHECK_EQ(1, bench.power.violations);
    make(false, true);
    CHECK_EQ(ST_OK, area()->program(area(), 0, one, 8));
    CHECK_EQ(ST_OK, area()->program(area(), 0, two, 8));
    CHECK_EQ(0x0f, byte_at(0));
    CHECK_EQ(0, bench.power.violations);
}

/* Whether reading the unit gives more than one thing. */
static bool is_unstable(uint32_t offset) {
    uint8_t first[UNIT_BYTES], next[UNIT_BYTES];
    bool differs = area()->read(area(), offset, first, sizeof first) != ST_OK;
    for (uint32_t i = 0; i < READS; i++) {
        differs |= area()->read(area(), offset, next, sizeof next) != ST_OK;
        differs |= memcmp(first, next, sizeof next) != 0;
    }
    return differs;
}

static void a_torn_unit_reads_as_it_likes_until_it_is_erased_or_all_programmed(void) {
    static const uint8_t data[24] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, zeros[8] = {0};
    uint32_t unstable[SIM_POWER_MODES] = {0}, part[SIM_POWER_MODES] = {0};
    for (volatile uint32_t i = 0; i < 300; i++) {
        make(i % 2, false);
        bench.power.random = i;
        bench.power.mode = i % SIM_POWER_MODES;
        bench.power.cut_at = 2;
        if (setjmp(bench.cut) == 0) {
            (void)area()->program(area(), 0, data, sizeof data);
            CHECK_EQ(0, bench.power.operations); /* never: the power goes */
        }
        CHECK_EQ(1, byte_at(0)); /* the unit before is done, that behind untouched */
        CHECK_EQ(0xff, byte_at(16));
        unstable[i % SIM_POWER_MODES] += is_unstable(8);
        part[i % SIM_POWER_MODES] += byte_at(8) != 9 && byte_at(8) != 0xff;
        bench.power.cut_at = 0;
        CHECK_EQ(ST_OK, area()->program(area(), 8, zeros, 8));
        CHECK(!is_unstable(8));
        CHECK_EQ(0, byte_at(8));
        CHECK_EQ(0, bench.power.violations);
    }
    CHECK_EQ(0, unstable[SIM_POWER_BEFORE]);
    CHECK(unstable[SIM_POWER_TORN] > 50 && unstable[SIM_POWER_UNSTABLE] > 50);
    CHECK(part[SIM_POWER_BEFORE] == 0 && part[SIM_POWER_TORN] > 20);
}

static void a_torn_erase_leaves_its_page_unstable_and_the_others_alone(void) {
    static const uint8_t data[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (volatile uint32_t i = 0; i < 60; i++) {
        make(false, false);
        for (uint32_t at = 0; at < PAGES * PAGE_BYTES; at += 8) (void)area()->program(area(), at, data, 8);
        bench.power.random = i;
        bench.power.mode = SIM_POWER_TORN + i % 2;
        bench.power.cut_at = bench.power.operations + 1;
        if (setjmp(bench.cut) == 0) (void)area()->erase(area(), 0);
        CHECK_EQ(1, byte_at(PAGE_BYTES));
        bench.power.cut_at = 0;
        CHECK_EQ(ST_OK, area()->erase(area(), 0));
        for (uint32_t at = 0; at < PAGE_BYTES; at += 8) CHECK(!is_unstable(at) && byte_at(at) == 0xff);
    }
}

static void a_page_wears_out(void) {
    make(false, false);
    bench.flash.endurance = 3;
    bench.flash.worn = SIM_FLASH_ERASE_FAILS;
    for (uint32_t i = 0; i < 3; i++) CHECK_EQ(ST_OK, area()->erase(area(), 0));
    CHECK_EQ(ST_IO, area()->erase(area(), 0));
    CHECK_EQ(ST_OK, area()->erase(area(), PAGE_BYTES));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(flash_keeps_its_rules),
        TEST(a_torn_unit_reads_as_it_likes_until_it_is_erased_or_all_programmed),
        TEST(a_torn_erase_leaves_its_page_unstable_and_the_others_alone),
        TEST(a_page_wears_out),
    };
    return CHECK_RUN(tests);
}
