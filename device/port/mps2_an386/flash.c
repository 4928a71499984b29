#include "device/port/mps2_an386/flash.h"

#include <stdbool.h>
#include <string.h>

#include "device/port/mps2_an386/protect.h"

static struct {
    struct {
        uint32_t offset, length; /* length 0: free */
    } lock[FLASH_LOCKS_MAX];
} flash;

const uint8_t *flash_bytes(void) { return (const uint8_t *)FLASH_BASE; }

static bool inside(uint32_t offset, size_t length, uint32_t unit) {
    return offset % unit == 0 && length % unit == 0 && (uint64_t)offset + length <= FLASH_BYTES;
}
static bool meets_lock(uint32_t offset, size_t length) {
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++)
        if (flash.lock[i].length > 0 && offset < (uint64_t)flash.lock[i].offset + flash.lock[i].length &&
            flash.lock[i].offset < (uint64_t)offset + length)
            return true;
    return false;
}

enum status flash_program(uint32_t offset, const void *from, size_t length) {
    if (!inside(offset, length, FLASH_PROGRAM_BYTES)) return ST_INVALID;
    if (meets_lock(offset, length)) return ST_DENIED;
    const uint8_t *const bytes = from, *const there = flash_bytes() + offset;
    for (size_t i = 0; i < length; i++)
        if (bytes[i] & ~there[i]) return ST_IO;
    protect_flash(true);
    memcpy((void *)(uintptr_t)there, bytes, length);
    protect_flash(false);
    return ST_OK;
}

enum status flash_erase(uint32_t offset, size_t length) {
    if (!inside(offset, length, FLASH_SECTOR_BYTES)) return ST_INVALID;
    if (meets_lock(offset, length)) return ST_DENIED;
    protect_flash(true);
    memset((void *)(uintptr_t)(FLASH_BASE + offset), 0xff, length);
    protect_flash(false);
    return ST_OK;
}

enum status flash_lock(uint32_t offset, uint32_t length) {
    if (length == 0 || (uint64_t)offset + length > FLASH_BYTES) return ST_INVALID;
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++)
        if (flash.lock[i].length == 0) {
            flash.lock[i].offset = offset;
            flash.lock[i].length = length;
            return ST_OK;
        }
    return ST_FULL;
}

enum status flash_unlock(uint32_t offset, uint32_t length) {
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++)
        if (length > 0 && flash.lock[i].offset == offset && flash.lock[i].length == length) {
            flash.lock[i].length = 0;
            return ST_OK;
        }
    return ST_NOT_FOUND;
}

/* ---- as a flash area ---- */

static enum status area_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    if (!flash_area_holds(area, offset, length, 1)) return ST_INVALID;
    memcpy(to, flash_bytes() + offset, length);
    return ST_OK;
}
static enum status area_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    (void)area;
    return flash_program(offset, from, length);
}
static enum status area_erase(const struct flash_area *area, uint32_t offset) {
    return flash_erase(offset, area->erase_bytes);
}

const struct flash_area flash_whole = {
    .size_bytes = FLASH_BYTES,
    .erase_bytes = FLASH_SECTOR_BYTES,
    .program_bytes = FLASH_PROGRAM_BYTES,
    .erase_us = 50000,
    .program_us = 20,
    .erased_value = 0xff,
    .mapped = (const uint8_t *)FLASH_BASE,
    .read = area_read,
    .program = area_program,
    .erase = area_erase,
};
