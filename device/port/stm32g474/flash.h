/* flash: the chip's flash, 512 KiB in two banks of 256, as flash areas. A page has 2 KiB; a double word of 64 bits is
 * programmed as one and, because its error-correcting code goes with it, once. While one bank is busy the other one can
 * be read and executed: an area in the bank that the image does not run from stalls nothing.
 *
 * What is executed or trusted in place is locked: it can be neither programmed nor erased until it is let go. */
#ifndef SKEP_DEVICE_PORT_STM32G474_FLASH_H
#define SKEP_DEVICE_PORT_STM32G474_FLASH_H

#include <stdbool.h>

#include "device/port/flash_area.h"

enum {
    FLASH_ADDRESS = 0x08000000,
    FLASH_BYTES = 512 << 10,
    FLASH_BOOT_BYTES = 18 << 10, /* the boot image, from the first byte on */
    FLASH_BANK_BYTES = 256 << 10,
    FLASH_PAGE_BYTES = 2048,
    FLASH_WORD_BYTES = 8,
    FLASH_ERASE_US = 24500, /* at worst, DS12288 table 49 */
    FLASH_PROGRAM_US = 91,
    FLASH_LOCKS_MAX = 16,
};

/* All of it, which stalls whatever runs from it. ST_IO: the chip is set to one bank (option DBANK). */
extern const struct flash_area flash_whole;

/* The whole pages from first_byte on; *area is the caller's, and constant from then on. ST_UNSUPPORTED: the chip is set
 * to one bank (option DBANK), whose pages are others. */
enum status flash_area_init(struct flash_area *area, uint32_t first_byte, uint32_t size_bytes, uint32_t image_address);

/* By address in the whole flash. ST_FULL: FLASH_LOCKS_MAX are locked. ST_NOT_FOUND: no such lock. */
enum status flash_lock(uint32_t first_byte, uint32_t size_bytes);
enum status flash_unlock(uint32_t first_byte, uint32_t size_bytes);

/* Of the exception that a double word with two wrong bits raises. False: it came from elsewhere. */
bool flash_on_nmi(void);

#endif
