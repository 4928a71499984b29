/* Slots under power cuts: what a slot says to be whole is the image that was sent, all of it; what it says to have
 * received is its beginning; and of two slots of which one takes the other's place, exactly one is whole. */
#include <string.h>

#include "device/store/slot.h"
#include "test/power/power.h"

enum { ENTRIES = 12, SLOTS = 2, SLOT_UNITS = 2, PIECE_BYTES = 100, IMAGES = 4, CUTS = 5000, STORE_AREA = 0 };

/* What the world knows. */
struct known {
    uint32_t whole[SLOTS]; /* the image of each slot; 0: none was acknowledged, or it is given up */
    uint32_t next;         /* the image on its way, into slot `into` */
    uint32_t into;
    uint32_t sent;
    bool begins, ends; /* begun and not acknowledged; the same of its end */
};

struct device {
    struct store_entry entries[ENTRIES];
    struct store_config config;
    struct store store;
    struct slot slot[SLOTS];
};

static struct known *known_of(struct power_rig *rig) { return rig->state; }
static struct device *device_of(struct power_rig *rig) {
    return (struct device *)(void *)((uint8_t *)rig->state + POWER_STATE_BYTES / 2);
}

/* Image n is known by its number: no two are alike in length or anywhere in content. */
static uint8_t byte_of(uint32_t number, uint32_t offset) {
    return (uint8_t)(number * 77 + offset * 13 + (offset >> 8) * 5);
}
static struct slot_image image_of(struct power_rig *rig, uint32_t number) {
    const uint32_t most = SLOT_UNITS * rig->geometry->erase_bytes;
    struct slot_image image = {.bytes = most - 17 - number % IMAGES * 5};
    memset(image.hash, (int)number, sizeof image.hash);
    return image;
}

static void check_content(struct power_rig *rig, uint32_t slot, uint32_t number, uint32_t length) {
    const struct flash_area *const area = device_of(rig)->slot[slot].area;
    uint8_t bytes[256];
    for (uint32_t at = 0; at < length; at += sizeof bytes) {
        const uint32_t piece = length - at < sizeof bytes ? length - at : sizeof bytes;
        POWER_CHECK(rig, area->read(area, at, bytes, piece) == ST_OK);
        for (uint32_t i = 0; i < piece; i++)
            if (bytes[i] != byte_of(number, at + i)) power_fail(rig, "slot %u: byte %u is another", slot, at + i);
    }
}

static uint32_t number_whole(struct power_rig *rig, uint32_t slot) {
    struct slot_image image;
    if (slot_state(&device_of(rig)->slot[slot], &image) != SLOT_IS_WHOLE) return 0;
    POWER_CHECK(rig, image.bytes == image_of(rig, image.hash[0]).bytes);
    check_content(rig, slot, image.hash[0], image.bytes);
    return image.hash[0];
}

static void boot(struct power_rig *rig) {
    struct known *const known = known_of(rig);
    struct device *const device = device_of(rig);
    const uint32_t into = known->into, other = SLOTS - 1 - into;
    memset(device, 0xa5, sizeof *device);
    device->config =
        (struct store_config){&rig->area[STORE_AREA].area, rig->geometry->erase_bytes, device->entries, ENTRIES, false};
    POWER_CHECK(rig, store_open(&device->store, &device->config) == ST_OK);
    for (uint16_t i = 0; i < SLOTS; i++) device->slot[i] = (struct slot){&rig->area[1 + i].area, &device->store, i};
    const uint32_t now = number_whole(rig, into), beside = number_whole(rig, other);
    if (known->ends && now == known->next && beside == 0) {
        known->whole[into] = known->next;
        known->whole[other] = 0;
        known->ends = false;
    }
    if (known->begins && now == 0) known->whole[into] = 0;
    POWER_CHECK(rig, now == known->whole[into]);
    POWER_CHECK(rig, beside == known->whole[other]);
}

/* Sends an image until it is whole, beginning where the slot says. */
static void install(struct power_rig *rig, uint32_t number) {
    struct known *const known = known_of(rig);
    struct device *const device = device_of(rig);
    const struct slot_image image = image_of(rig, number);
    const uint32_t other = SLOTS - 1 - known->into;
    struct slot_writer writer;
    uint8_t piece[PIECE_BYTES];
    known->next = number;
    known->begins = true;
    POWER_CHECK(rig, slot_begin(&writer, &device->slot[known->into], &image) == ST_OK);
    known->whole[known->into] = 0;
    known->begins = false;
    check_content(rig, known->into, number, writer.received);
    while (writer.received < image.bytes) {
        const uint32_t left = image.bytes - writer.received, length = left < sizeof piece ? left : sizeof piece;
        for (uint32_t i = 0; i < length; i++) piece[i] = byte_of(number, writer.received + i);
        POWER_CHECK(rig, slot_write(&writer, piece, length) == ST_OK);
    }
    known->ends = true;
    POWER_CHECK(rig, slot_end(&writer, &device->slot[other]) == ST_OK);
    known->whole[known->into] = number;
    known->whole[other] = 0;
    known->ends = false;
    POWER_CHECK(rig, number_whole(rig, known->into) == number);
}

/* Two images, each into the slot that the other one is not in. */
static void set_up(struct power_rig *rig) {
    power_area(rig, 2);
    for (uint32_t i = 0; i < SLOTS; i++) power_area(rig, SLOT_UNITS);
    boot(rig);
    install(rig, 1);
    known_of(rig)->into = 1;
}
static void work(struct power_rig *rig) { install(rig, 2); }

/* The sender comes again with the same image; or, every second time and when that is whole, with another one. */
static void proceed(struct power_rig *rig) {
    struct known *const known = known_of(rig);
    const bool is_whole = known->whole[known->into] == known->next;
    if (is_whole) known->into = SLOTS - 1 - known->into;
    install(rig, is_whole || known->sent++ % 2 == 1 ? known->next + 1 : known->next);
}

static const struct power_scenario scenarios[] = {
    {"install", set_up, work, boot, proceed, "page-2k-unit-8"},
    {"install-4k", set_up, work, boot, proceed, "page-4k-unit-8"},
    {"install-zero", set_up, work, boot, proceed, "page-4k-unit-16-once-zero"},
    {"install-fram", set_up, work, boot, proceed, "fram-1k-zero"},
};

int main(int argc, char **argv) {
    return power_main(scenarios, sizeof scenarios / sizeof scenarios[0], CUTS, argc, argv);
}
