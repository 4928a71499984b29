/* The rules of the board's flash and of its MPU, tried on the machine: what is locked cannot change, by the driver or
 * past it. */
#include <stdbool.h>
#include <string.h>

#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/flash.h"
#include "device/port/mps2_an386/protect.h"
#include "device/port/mps2_an386/semihosting.h"
#include "device/port/mps2_an386/start.h"

static volatile uint32_t faults, fault_address;
static uint32_t failures;

/* Counts, and goes on behind the store at fault, which is four bytes long. */
void start_on_memory_fault(void) {
    uint32_t *frame;
    __asm volatile("mrs %0, psp" : "=r"(frame));
    enum { FRAME_PC = 6 };
    faults = faults + 1;
    fault_address = BOARD_FAULT_ADDRESS;
    BOARD_FAULT_STATUS = 0xff;
    frame[FRAME_PC] += 4;
}

static void check(bool good, const char *what) {
    if (good) return;
    failures++;
    semihosting_print("flash_board_test: ");
    semihosting_print(what);
    semihosting_print("\n");
}

static bool store_faults(uint32_t address) {
    const uint32_t before = faults;
    __asm volatile("str.w %0, [%1]" ::"r"(0), "r"(address) : "memory");
    return faults == before + 1 && fault_address == address;
}

static void erased_flash_is_ff_and_programming_clears_bits(void) {
    static const uint8_t pattern[8] = {0x5a, 1, 2, 3, 4, 5, 6, 7},
                         ones[8] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    check(flash_erase(0x2000, FLASH_SECTOR_BYTES) == ST_OK, "an erase is refused");
    check(flash_bytes()[0x2000] == 0xff && flash_bytes()[0x2fff] == 0xff, "erased flash is not 0xff");
    check(flash_program(0x2008, pattern, sizeof pattern) == ST_OK, "programming erased flash is refused");
    check(memcmp(flash_bytes() + 0x2008, pattern, sizeof pattern) == 0, "programmed bytes do not read back");
    check(flash_program(0x2008, ones, sizeof ones) == ST_IO, "programming sets bits");
    check(memcmp(flash_bytes() + 0x2008, pattern, sizeof pattern) == 0, "a refused operation changed bytes");
}

static void operations_keep_to_their_boundaries(void) {
    static const uint8_t zeros[16] = {0};
    check(flash_program(0x3004, zeros, 8) == ST_INVALID, "programming off its unit is taken");
    check(flash_program(0x3000, zeros, 4) == ST_INVALID, "programming half a unit is taken");
    check(flash_program(FLASH_BYTES - 8, zeros, 16) == ST_INVALID, "programming past the end is taken");
    check(flash_erase(0x3800, FLASH_SECTOR_BYTES) == ST_INVALID, "erasing half a sector is taken");
    check(flash_erase(FLASH_BYTES, FLASH_SECTOR_BYTES) == ST_INVALID, "erasing past the end is taken");
}

static void locked_flash_stays_as_it_is(void) {
    static const uint8_t zeros[8] = {0};
    check(flash_erase(0x10000, 2 * FLASH_SECTOR_BYTES) == ST_OK, "an erase is refused");
    check(flash_lock(0x10010, 0x100) == ST_OK, "a lock is refused");
    check(flash_program(0x10010, zeros, 8) == ST_DENIED, "locked bytes can be programmed");
    check(flash_program(0x10108, zeros, 8) == ST_DENIED, "the last locked bytes can be programmed");
    check(flash_erase(0x10000, FLASH_SECTOR_BYTES) == ST_DENIED, "a sector with locked bytes can be erased");
    check(flash_bytes()[0x10010] == 0xff, "locked bytes changed");
    check(flash_program(0x10008, zeros, 8) == ST_OK, "bytes before the lock cannot be programmed");
    check(flash_program(0x10110, zeros, 8) == ST_OK, "bytes behind the lock cannot be programmed");
    check(flash_unlock(0x10010, 0x100) == ST_OK, "a lock is not let go");
    check(flash_program(0x10010, zeros, 8) == ST_OK, "bytes that were let go cannot be programmed");
    check(flash_unlock(0x10010, 0x100) == ST_NOT_FOUND, "a lock is let go twice");
}

static void stores_past_the_driver_fault(void) {
    const uint8_t before = flash_bytes()[0x20000];
    check(store_faults(FLASH_BASE + 0x20000), "flash can be stored to");
    check(flash_bytes()[0x20000] == before, "a store that faulted changed flash");
    check(store_faults((uint32_t)(uintptr_t)check & ~3u), "code can be stored to");
    check(store_faults(0), "the vectors can be stored to");
    check(store_faults(0x30000000), "an address with nothing behind it can be stored to");
}

/* The board's own memset: every start and length near a step of 32 bytes, and nothing beside it. */
static void memory_is_set_to_the_byte(void) {
    static uint8_t bytes[160];
    uint32_t wrong = 0;
    for (uint32_t start = 8; start < 13; start++)
        for (uint32_t length = 0; length < 140; length++) {
            for (uint32_t i = 0; i < sizeof bytes; i++) bytes[i] = 0x11;
            wrong += memset(bytes + start, 0x3c5, length) != bytes + start;
            for (uint32_t i = 0; i < sizeof bytes; i++)
                wrong += bytes[i] != (i >= start && i < start + length ? 0xc5 : 0x11);
        }
    check(wrong == 0, "memset sets other bytes than it should");
}

int main(void) {
    protect_start();
    memory_is_set_to_the_byte();
    erased_flash_is_ff_and_programming_clears_bits();
    operations_keep_to_their_boundaries();
    locked_flash_stays_as_it_is();
    stores_past_the_driver_fault();
    semihosting_exit(failures);
}
