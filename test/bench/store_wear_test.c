/* What the store costs in flash and how it wears it, by the real code on simulated flash. Prints one JSON object; fails
 * when a figure that was asked for is missed. */
#include <inttypes.h>
#include <stdio.h>

#include "core/base/bytes.h"
#include "device/port/sim/sim_flash.h"
#include "device/store/store.h"

enum { PAGE_BYTES = 4096, KEYS = 8, UPDATES = 1000000, ERASES = 10000, PAGES_MAX = 8, MINUTES_A_YEAR = 525960 };

static struct {
    struct sim_power power;
    struct sim_flash flash;
    struct store_entry entries[KEYS];
    struct store_config config;
    struct store store;
    uint64_t memory[1 << 14];
} bench;

struct figures {
    double years, ratio, bytes;
    uint64_t record_bytes; /* of an update without the copies that new pages take */
    uint64_t time_us;
};

/* 10^6 updates of 4 bytes of one of eight keys. */
static bool measure(uint32_t unit, uint32_t pages, struct figures *figures) {
    const struct flash_area area = {.size_bytes = pages * PAGE_BYTES,
                                    .erase_bytes = PAGE_BYTES,
                                    .program_bytes = unit,
                                    .erased_value = 0xff,
                                    .erase_us = 22000,
                                    .program_us = 90};
    uint32_t most = 0, sum = 0;
    bench.power = (struct sim_power){.random = 1};
    sim_flash_init(&bench.flash, &area, bench.memory, &bench.power);
    bench.config = (struct store_config){&bench.flash.area, PAGE_BYTES, bench.entries, KEYS, false};
    if (store_open(&bench.store, &bench.config) != ST_OK) return false;
    for (uint32_t i = 0; i < UPDATES; i++) {
        const uint64_t before = bench.flash.bytes_programmed;
        uint8_t bytes[4];
        store_le32(bytes, i);
        if (store_put(&bench.store, i % KEYS, bytes, sizeof bytes) != ST_OK) return false;
        if (i == 1) figures->record_bytes = bench.flash.bytes_programmed - before;
    }
    for (uint32_t i = 0; i < pages; i++) {
        sum += bench.flash.erases[i];
        if (bench.flash.erases[i] > most) most = bench.flash.erases[i];
    }
    figures->ratio = (double)most * pages / sum;
    figures->years = (double)UPDATES / most * (double)ERASES / (double)MINUTES_A_YEAR;
    figures->bytes = (double)bench.flash.bytes_programmed / (double)UPDATES;
    figures->time_us = bench.power.time_us;
    return true;
}

int main(void) {
    static const struct {
        uint32_t unit, pages;
        double years;
        uint64_t bytes;
    } cases[] = {{4, 2, 12, 12}, {8, 2, 9, 16}, {4, 5, 30, 12}, {8, 5, 22, 16}};
    bool good = true;
    printf("{\"store\": [");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct figures figures = {0};
        good &= measure(cases[i].unit, cases[i].pages, &figures);
        good &= figures.years >= cases[i].years && figures.ratio <= 1.10;
        good &= figures.record_bytes <= cases[i].bytes;
        printf("%s{\"program_bytes\": %" PRIu32 ", \"pages\": %" PRIu32
               ", \"years\": %.2f, \"wear_ratio\": %.4f, \"record_bytes\": %" PRIu64
               ", \"bytes_a_update\": %.2f, \"us_a_update\": %.0f}",
               i > 0 ? ", " : "", cases[i].unit, cases[i].pages, figures.years, figures.ratio, figures.record_bytes,
               figures.bytes, (double)figures.time_us / (double)UPDATES);
    }
    puts("]}");
    return !good;
}
