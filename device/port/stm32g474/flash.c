#include "device/port/stm32g474/flash.h"

#include <string.h>

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"

enum { POLLS = 4000000 }; /* of a busy flash: far beyond the 25 ms of an erase, at any clock */

static struct {
    uint32_t first, size; /* size 0: free */
} lock[FLASH_LOCKS_MAX];
static volatile bool damaged; /* set by the NMI */

static uint32_t first_byte(const struct flash_area *area) { return (uint32_t)(uintptr_t)area->context; }

static bool meets_lock(uint32_t first, size_t size) {
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++)
        if (lock[i].size > 0 && first < lock[i].first + lock[i].size && lock[i].first < first + size) return true;
    return false;
}

static bool is_free(void) {
    for (uint32_t i = 0; i < POLLS; i++)
        if (!(access_read(FLASH_SR) & FLASH_SR_BSY)) return true;
    return false;
}

static bool has_two_banks(void) { return access_read(FLASH_OPTR) & FLASH_OPTR_DBANK; }

/* Errors of before are cleared, or the next operation fails because of them. Precondition: it is locked, as between
 * any two operations; a key out of order would lock it until reset. */
static bool unlock(void) {
    if (!has_two_banks() || !is_free()) return false;
    access_write(FLASH_SR, FLASH_SR_ERRORS | FLASH_SR_EOP);
    if (access_read(FLASH_CR) & FLASH_CR_LOCK) {
        access_write(FLASH_KEYR, FLASH_KEY1);
        access_write(FLASH_KEYR, FLASH_KEY2);
    }
    return !(access_read(FLASH_CR) & FLASH_CR_LOCK);
}

/* Done, as far as the flash says so. */
static bool ended_well(void) {
    const bool free = is_free();
    const uint32_t state = access_read(FLASH_SR);
    access_write(FLASH_SR, state & (FLASH_SR_ERRORS | FLASH_SR_EOP));
    return free && !(state & FLASH_SR_ERRORS);
}

/* Both words right behind each other: an interrupt between them may read flash, but must not program any. */
static bool program_word(uint32_t address, const uint8_t bytes[FLASH_WORD_BYTES]) {
    uint32_t words[2];
    memcpy(words, bytes, sizeof words);
    const uint32_t before = access_interrupts_off();
    access_write(address, words[0]);
    access_barrier();
    access_write(address + 4, words[1]);
    access_interrupts_restore(before);
    return ended_well();
}

static enum status area_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    if (!flash_area_holds(area, offset, length, FLASH_WORD_BYTES)) return ST_INVALID;
    const uint32_t first = first_byte(area) + offset;
    if (meets_lock(first, length)) return ST_DENIED;
    bool done = unlock();
    if (done) access_write(FLASH_CR, FLASH_CR_PG);
    for (size_t i = 0; i < length && done; i += FLASH_WORD_BYTES)
        done = program_word(FLASH_ADDRESS + first + (uint32_t)i, (const uint8_t *)from + i);
    access_write(FLASH_CR, FLASH_CR_LOCK);
    return done ? ST_OK : ST_IO;
}

/* The caches may hold what was there: they are flushed, which takes that they are off. */
static void flush_caches(void) {
    const uint32_t off = access_read(FLASH_ACR) & ~(FLASH_ACR_ICEN | FLASH_ACR_DCEN);
    access_write(FLASH_ACR, off);
    access_write(FLASH_ACR, off | FLASH_ACR_ICRST | FLASH_ACR_DCRST);
    access_write(FLASH_ACR, off);
    access_write(FLASH_ACR, off | FLASH_ACR_ICEN | FLASH_ACR_DCEN);
}

static enum status area_erase(const struct flash_area *area, uint32_t offset) {
    if (!flash_area_holds(area, offset, FLASH_PAGE_BYTES, FLASH_PAGE_BYTES)) return ST_INVALID;
    const uint32_t first = first_byte(area) + offset;
    if (meets_lock(first, FLASH_PAGE_BYTES)) return ST_DENIED;
    const uint32_t page = first % FLASH_BANK_BYTES / FLASH_PAGE_BYTES;
    const uint32_t which = FLASH_CR_PER | FLASH_CR_PNB(page) | (first >= FLASH_BANK_BYTES ? FLASH_CR_BKER : 0);
    bool done = unlock();
    if (done) {
        access_write(FLASH_CR, which);
        access_write(FLASH_CR, which | FLASH_CR_STRT);
        done = ended_well();
    }
    access_write(FLASH_CR, FLASH_CR_LOCK);
    flush_caches();
    return done ? ST_OK : ST_IO;
}

static enum status area_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    if (!flash_area_holds(area, offset, length, 1)) return ST_INVALID;
    damaged = false;
    access_copy(to, FLASH_ADDRESS + first_byte(area) + offset, length);
    access_barrier();
    return damaged ? ST_CORRUPT : ST_OK;
}

bool flash_on_nmi(void) {
    const uint32_t state = access_read(FLASH_ECCR);
    if (!(state & FLASH_ECCR_ECCD)) return false;
    access_write(FLASH_ECCR, state); /* written as one it is cleared, and the next one can be told */
    damaged = true;
    return true;
}

const struct flash_area flash_whole = {
    .size_bytes = FLASH_BYTES,
    .erase_bytes = FLASH_PAGE_BYTES,
    .program_bytes = FLASH_WORD_BYTES,
    .erase_us = FLASH_ERASE_US,
    .program_us = FLASH_PROGRAM_US,
    .erased_value = 0xff,
    .stalls = true,
    .program_once = true,
    .mapped = (const uint8_t *)FLASH_ADDRESS,
    .read = area_read,
    .program = area_program,
    .erase = area_erase,
};

enum status flash_area_init(struct flash_area *area, uint32_t first, uint32_t size_bytes, uint32_t image_address) {
    if (!has_two_banks()) return ST_UNSUPPORTED;
    if (first % FLASH_PAGE_BYTES != 0 || size_bytes % FLASH_PAGE_BYTES != 0 || first > FLASH_BYTES ||
        size_bytes > FLASH_BYTES - first)
        return ST_INVALID;
    const uint32_t image_bank = (image_address - FLASH_ADDRESS) / FLASH_BANK_BYTES;
    const uint32_t last = first + size_bytes - 1;
    *area = flash_whole;
    area->size_bytes = size_bytes;
    area->stalls = first / FLASH_BANK_BYTES <= image_bank && image_bank <= last / FLASH_BANK_BYTES;
    area->mapped = (const uint8_t *)(uintptr_t)(FLASH_ADDRESS + first);
    area->context = (void *)(uintptr_t)first;
    return ST_OK;
}

enum status flash_lock(uint32_t first, uint32_t size_bytes) {
    if (size_bytes == 0 || first > FLASH_BYTES || size_bytes > FLASH_BYTES - first) return ST_INVALID;
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++)
        if (lock[i].size == 0) {
            lock[i].first = first;
            lock[i].size = size_bytes;
            return ST_OK;
        }
    return ST_FULL;
}

enum status flash_unlock(uint32_t first, uint32_t size_bytes) {
    for (uint32_t i = 0; i < FLASH_LOCKS_MAX; i++)
        if (size_bytes > 0 && lock[i].first == first && lock[i].size == size_bytes) {
            lock[i].size = 0;
            return ST_OK;
        }
    return ST_NOT_FOUND;
}
