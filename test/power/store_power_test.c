/* Records of the store under power cuts: what was acknowledged is there, a commit is there as a whole or not at all,
 * and what was seen after a start stays so. */
#include <string.h>

#include "device/store/store.h"
#include "test/power/power.h"

enum { KEYS = 7, VALUE_BYTES_MAX = 40, ENTRIES = 12, COMMIT_MAX = 4, OPEN_MAX = POWER_CUTS_MAX + 1, CUTS = 15000 };

struct value {
    uint32_t length;
    bool there;
    uint8_t bytes[VALUE_BYTES_MAX];
};

/* What the world knows: what was acknowledged, and what each commit that was not would make of it. A commit whose cells
 * read as erased may come to light at a later start, as long as nothing has been acknowledged since. */
struct known {
    struct value now[KEYS], next[OPEN_MAX][KEYS];
    uint32_t open;
    struct random random;
};

/* What a device has, until its power is gone. */
struct device {
    struct store_entry entries[ENTRIES];
    struct store_config config;
    struct store store;
};

static struct known *known_of(struct power_rig *rig) { return rig->state; }
static struct device *device_of(struct power_rig *rig) {
    return (struct device *)(void *)((uint8_t *)rig->state + POWER_STATE_BYTES / 2);
}

static void open_store(struct power_rig *rig) {
    struct device *const device = device_of(rig);
    const struct flash_area *const area = &rig->area[0].area;
    memset(device, 0xa5, sizeof *device);
    device->config = (struct store_config){area, area->erase_bytes, device->entries, ENTRIES, false};
    const uint64_t before_us = rig->power.time_us, before_bytes = rig->area[0].bytes_read;
    const enum status status = store_open(&device->store, &device->config);
    if (status != ST_OK) power_fail(rig, "opening says %s", status_text(status));
    POWER_CHECK(rig, rig->power.time_us - before_us <= store_us_max(area, area->erase_bytes));
    POWER_CHECK(rig, rig->area[0].bytes_read - before_bytes <= 40u * area->size_bytes);
}

static bool is_as(struct power_rig *rig, const struct value *values) {
    struct device *const device = device_of(rig);
    for (uint32_t key = 0; key < KEYS; key++) {
        uint8_t bytes[VALUE_BYTES_MAX];
        uint32_t length = 0;
        const enum status status =
            store_get(&device->store, STORE_KEY(key % STORE_SPACES, key), bytes, sizeof bytes, &length);
        if (status != (values[key].there ? ST_OK : ST_NOT_FOUND)) return false;
        if (values[key].there && (length != values[key].length || memcmp(bytes, values[key].bytes, length) != 0))
            return false;
    }
    return true;
}

static void boot(struct power_rig *rig) {
    struct known *const known = known_of(rig);
    open_store(rig);
    if (is_as(rig, known->now)) return;
    for (uint32_t i = 0; i < known->open; i++) {
        if (!is_as(rig, known->next[i])) continue;
        memcpy(known->now, known->next[i], sizeof known->now);
        known->open = 0;
        return;
    }
    power_fail(rig, "a value is neither what was acknowledged nor what came after it");
}

static void make_change(struct known *known, uint32_t key, struct store_change *change) {
    static const uint32_t lengths[] = {4, 4, 4, 1, 0, 5, 8, 23, VALUE_BYTES_MAX};
    struct value *const value = &known->next[known->open][key];
    *change = (struct store_change){.key = STORE_KEY(key % STORE_SPACES, key)};
    change->remove = value->there && random_percent(&known->random, 15);
    value->there = !change->remove;
    value->length = lengths[random_below(&known->random, sizeof lengths / sizeof lengths[0])];
    for (uint32_t i = 0; i < value->length; i++) value->bytes[i] = (uint8_t)random_edge(&known->random);
    change->bytes = value->bytes;
    change->length = value->length;
}

static void commit(struct power_rig *rig, uint32_t count) {
    struct known *const known = known_of(rig);
    struct store_change changes[COMMIT_MAX];
    const uint32_t first = random_below(&known->random, KEYS);
    memcpy(known->next[known->open], known->now, sizeof known->now);
    for (uint32_t i = 0; i < count; i++) make_change(known, (first + i) % KEYS, &changes[i]);
    known->open++;
    const enum status status = store_commit(&device_of(rig)->store, changes, count);
    if (status != ST_OK) power_fail(rig, "a commit says %s", status_text(status));
    memcpy(known->now, known->next[known->open - 1], sizeof known->now);
    known->open = 0;
}

/* Until so many cells of the page that counts are left. */
static void fill(struct power_rig *rig, uint32_t left) {
    struct store *const store = &device_of(rig)->store;
    while (store->cells - store->end > left) commit(rig, 1);
}

static void set_up(struct power_rig *rig) {
    power_area(rig, 2 + (uint32_t)(rig->random.state % 3));
    known_of(rig)->random = rig->random;
    boot(rig);
    for (uint32_t i = 0; i < KEYS; i++) commit(rig, 1);
}
static void set_up_full(struct power_rig *rig) {
    set_up(rig);
    fill(rig, 8);
}
static void set_up_nothing(struct power_rig *rig) {
    power_area(rig, 2);
    known_of(rig)->random = rig->random;
    boot(rig);
}

static void update(struct power_rig *rig) {
    for (uint32_t i = 0; i < 4; i++) commit(rig, 1);
}
static void commit_several(struct power_rig *rig) {
    for (uint32_t i = 0; i < 3; i++) commit(rig, 2 + i % (COMMIT_MAX - 1));
}
static void restart(struct power_rig *rig) {
    for (uint32_t i = 0; i < 3; i++) {
        boot(rig);
        commit(rig, 1 + i);
    }
}
static void proceed(struct power_rig *rig) {
    commit(rig, 1);
    commit(rig, 3);
}

static const struct power_scenario scenarios[] = {
    {"first-page", set_up_nothing, update, boot, proceed, NULL},
    {"update", set_up, update, boot, proceed, NULL},
    {"commit", set_up, commit_several, boot, proceed, NULL},
    {"compact", set_up_full, update, boot, proceed, NULL},
    {"compact-commit", set_up_full, commit_several, boot, proceed, NULL},
    {"restart", set_up, restart, boot, proceed, NULL},
    {"restart-full", set_up_full, restart, boot, proceed, NULL},
};

int main(int argc, char **argv) {
    return power_main(scenarios, sizeof scenarios / sizeof scenarios[0], CUTS, argc, argv);
}
