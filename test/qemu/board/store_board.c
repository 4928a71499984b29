/* Updates records and slots for as long as it lives; store_kill_test.py ends it at any moment. It says first what it
 * finds, then what was acknowledged. */
#include <stdbool.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"
#include "device/port/mps2_an386/flash.h"
#include "device/port/mps2_an386/protect.h"
#include "device/port/mps2_an386/semihosting.h"
#include "device/port/mps2_an386/start.h"
#include "device/store/part.h"
#include "device/store/slot.h"

enum {
    KEYS = 4,
    ENTRIES = 16,
    SLOTS = 2,
    SLOT_BYTES = 3 * FLASH_SECTOR_BYTES,
    IMAGE_BYTES = SLOT_BYTES - 100,
    PERIOD = 16
};

static struct {
    struct flash_part part, slot_part[SLOTS];
    struct store_entry entries[ENTRIES];
    struct store_config config;
    struct store store;
    struct slot slot[SLOTS];
    uint8_t image[IMAGE_BYTES];
} board;

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    semihosting_print("failed ");
    semihosting_print(expression);
    semihosting_print("\n");
    (void)file;
    semihosting_exit((uint32_t)line);
}
void start_on_memory_fault(void) { require_failed("no memory fault", __FILE__, __LINE__); }

static void say(const char *what, uint32_t number, uint32_t more) {
    semihosting_print(what);
    semihosting_print(" ");
    semihosting_print_hex(number);
    semihosting_print(" ");
    semihosting_print_hex(more);
    semihosting_print("\n");
}

static uint32_t value_of(uint32_t key) {
    uint8_t bytes[4] = {0};
    uint32_t length;
    (void)store_get(&board.store, STORE_KEY(STORE_HIVE, key), bytes, sizeof bytes, &length);
    return load_le32(bytes);
}

/* Image n: its number, then bytes that follow from it. */
static void make_image(uint32_t number) {
    for (uint32_t i = 0; i < IMAGE_BYTES; i++) board.image[i] = (uint8_t)(number * 31 + i * 7 + (i >> 8));
    store_le32(board.image, number);
}

static void say_slot(uint32_t index) {
    static uint8_t there[IMAGE_BYTES];
    struct slot_image image;
    if (slot_state(&board.slot[index], &image) != SLOT_IS_WHOLE) return;
    require(image.bytes == IMAGE_BYTES);
    require(board.slot[index].area->read(board.slot[index].area, 0, there, sizeof there) == ST_OK);
    make_image(load_le32(there));
    require(memcmp(there, board.image, sizeof there) == 0);
    say("slot", index, load_le32(there));
}

static void commit(uint32_t number) {
    uint8_t bytes[4];
    struct store_change changes[KEYS];
    store_le32(bytes, number);
    for (uint32_t i = 0; i < KEYS; i++)
        changes[i] = (struct store_change){.key = STORE_KEY(STORE_HIVE, i), .bytes = bytes, .length = sizeof bytes};
    require(store_commit(&board.store, changes, KEYS) == ST_OK);
    say("kept", number, 0);
}

static void install(uint32_t index, uint32_t number) {
    struct slot_writer writer;
    struct slot_image image = {.bytes = IMAGE_BYTES};
    store_le32(image.hash, number);
    make_image(number);
    require(slot_begin(&writer, &board.slot[index], &image) == ST_OK);
    require(slot_write(&writer, board.image + writer.received, IMAGE_BYTES - writer.received) == ST_OK);
    require(slot_end(&writer, &board.slot[SLOTS - 1 - index]) == ST_OK);
    say("installed", index, number);
}

int main(void) {
    protect_start();
    flash_part_init(&board.part, &flash_whole, FLASH_STORE_FIRST, FLASH_STORE_BYTES);
    board.config = (struct store_config){&board.part.area, FLASH_SECTOR_BYTES, board.entries, ENTRIES, false};
    require(store_open(&board.store, &board.config) == ST_OK);
    for (uint16_t i = 0; i < SLOTS; i++) {
        flash_part_init(&board.slot_part[i], &flash_whole, FLASH_SLOT_FIRST + i * (uint32_t)FLASH_SLOT_BYTES,
                        SLOT_BYTES);
        board.slot[i] = (struct slot){&board.slot_part[i].area, &board.store, i};
    }
    for (uint32_t i = 0; i < KEYS; i++) say("value", i, value_of(i));
    for (uint32_t i = 0; i < SLOTS; i++) say_slot(i);
    say("ready", 0, 0);
    for (uint32_t number = value_of(0) + 1;; number++) {
        commit(number);
        if (number % PERIOD == 0) install(number / PERIOD % SLOTS, number);
    }
}
