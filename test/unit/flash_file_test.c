#include "device/port/flash_file/flash_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/store/part.h"
#include "device/store/store.h"
#include "test/unit/check.h"

enum { BYTES = 4 * FLASH_FILE_ERASE_BYTES, ENTRIES = 4, KEY = 7 };

static char path[] = "/tmp/skep-flash-XXXXXX";

static void make_path(void) {
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    const int file = mkstemp(path);
    CHECK(file >= 0);
    close(file);
}

static void a_file_keeps_the_rules_of_flash(void) {
    static const uint8_t one[8] = {0xf0, 1, 2, 3, 4, 5, 6, 7}, more[8] = {0xff, 1, 2, 3, 4, 5, 6, 7};
    struct flash_file flash;
    uint8_t back[8];
    make_path();
    CHECK_EQ(ST_OK, flash_file_open(&flash, path, BYTES));
    const struct flash_area *const area = &flash.area;
    CHECK_EQ(ST_OK, area->program(area, 8, one, 8));
    CHECK_EQ(ST_OK, area->read(area, 8, back, 8));
    CHECK(memcmp(one, back, 8) == 0);
    CHECK_EQ(ST_IO, area->program(area, 8, more, 8));
    CHECK_EQ(ST_INVALID, area->program(area, 6, one, 8));
    CHECK_EQ(ST_INVALID, area->program(area, BYTES - 4, one, 8));
    CHECK_EQ(ST_INVALID, area->erase(area, 8));
    CHECK_EQ(ST_OK, area->erase(area, 0));
    CHECK_EQ(ST_OK, area->read(area, 8, back, 8));
    CHECK_EQ(0xff, back[0]);
    CHECK_EQ(ST_INVALID, area->read(area, BYTES - 7, back, 8));
    flash_file_close(&flash);
    unlink(path);
}

static void what_was_programmed_is_there_when_it_is_opened_again(void) {
    struct store_entry entries[ENTRIES];
    struct flash_file flash;
    struct store store;
    uint8_t back[3];
    uint32_t length;
    make_path();
    const struct store_config config = {&flash.area, FLASH_FILE_ERASE_BYTES, entries, ENTRIES, false};
    CHECK_EQ(ST_OK, flash_file_open(&flash, path, BYTES));
    CHECK_EQ(ST_OK, store_open(&store, &config));
    CHECK_EQ(ST_OK, store_put(&store, KEY, "abc", 3));
    flash_file_close(&flash);
    CHECK_EQ(ST_OK, flash_file_open(&flash, path, BYTES));
    CHECK_EQ(ST_OK, store_open(&store, &config));
    CHECK_EQ(ST_OK, store_get(&store, KEY, back, sizeof back, &length));
    CHECK(length == 3 && memcmp(back, "abc", 3) == 0);
    flash_file_close(&flash);
    unlink(path);
}

static void what_is_no_flash_file_is_refused_and_left_alone(void) {
    struct flash_file flash, second;
    struct stat facts;
    CHECK_EQ(ST_IO, flash_file_open(&flash, "/nowhere/flash", BYTES));
    CHECK_EQ(ST_IO, flash_file_open(&flash, "/tmp", BYTES));
    CHECK_EQ(ST_IO, flash_file_read(&flash, "/nowhere/flash"));
    make_path();
    for (off_t size = 1; size < 4 * BYTES; size += BYTES - 1) {
        CHECK(truncate(path, size) == 0);
        CHECK_EQ(ST_CORRUPT, flash_file_open(&flash, path, BYTES));
        CHECK_EQ(ST_CORRUPT, flash_file_read(&flash, path));
        CHECK(stat(path, &facts) == 0 && facts.st_size == size);
    }
    CHECK(truncate(path, 0) == 0);
    CHECK_EQ(ST_CORRUPT, flash_file_read(&flash, path));
    CHECK_EQ(ST_CORRUPT, flash_file_read_board(&flash, path, BYTES, 4096, 4));
    CHECK_EQ(ST_OK, flash_file_open(&flash, path, BYTES));
    CHECK_EQ(ST_BUSY, flash_file_open(&second, path, BYTES));
    CHECK_EQ(ST_OK, flash_file_read(&second, path));
    CHECK_EQ(ST_DENIED, second.area.erase(&second.area, 0));
    CHECK_EQ(ST_DENIED, second.area.program(&second.area, 0, "abcd", 4));
    flash_file_close(&second);
    flash_file_close(&flash);
    unlink(path);
}

static void a_part_reaches_nothing_outside_it(void) {
    static const uint8_t zeros[8] = {0};
    struct flash_file flash;
    struct flash_part part;
    uint8_t back[8];
    make_path();
    CHECK_EQ(ST_OK, flash_file_open(&flash, path, BYTES));
    flash_part_init(&part, &flash.area, 4096, 8192);
    const struct flash_area *const area = &part.area;
    CHECK_EQ(ST_OK, area->program(area, 0, zeros, 8));
    CHECK_EQ(ST_OK, flash.area.read(&flash.area, 4096, back, 8));
    CHECK(memcmp(zeros, back, 8) == 0);
    CHECK_EQ(ST_OK, area->erase(area, 0));
    CHECK_EQ(ST_OK, area->read(area, 0, back, 8));
    CHECK_EQ(0xff, back[0]);
    CHECK_EQ(ST_INVALID, area->program(area, 8192, zeros, 8));
    CHECK_EQ(ST_INVALID, area->program(area, 8188, zeros, 8));
    CHECK_EQ(ST_INVALID, area->read(area, 8185, back, 8));
    CHECK_EQ(ST_INVALID, area->erase(area, 8192));
    flash_file_close(&flash);
    unlink(path);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_file_keeps_the_rules_of_flash),
        TEST(what_was_programmed_is_there_when_it_is_opened_again),
        TEST(what_is_no_flash_file_is_refused_and_left_alone),
        TEST(a_part_reaches_nothing_outside_it),
    };
    return CHECK_RUN(tests);
}
