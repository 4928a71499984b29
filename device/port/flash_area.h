/* flash_area: memory that keeps its bytes without power, as what lies above sees it: a part of a chip's flash, an
 * FRAM, a file. One struct for each; a board makes them, and several drivers may be in one image.
 *
 * Flash is erased in units of erase_bytes, to erased_value, and programmed in units of program_bytes. Programming moves
 * bits away from the erased value and never back. A memory that is written byte by byte (FRAM) has program_bytes 1 and
 * writable true: every bit can be written both ways, and erase is a fill.
 *
 * When the power fails in an operation, the units before the one under way are done, those behind it untouched, and the
 * one under way may read as anything, and as something else the next time, until it is erased, or programmed to
 * all-programmed. An erase that is cut short leaves its whole unit so. An operation that returned ST_OK has lasted. */
#ifndef SKEP_DEVICE_PORT_FLASH_AREA_H
#define SKEP_DEVICE_PORT_FLASH_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum { FLASH_AREA_PROGRAM_BYTES_MAX = 32 };

struct flash_area {
    uint32_t size_bytes;
    uint32_t erase_bytes;   /* divides size_bytes */
    uint32_t program_bytes; /* a power of two, at most FLASH_AREA_PROGRAM_BYTES_MAX; divides erase_bytes */
    uint32_t erase_us;      /* of one erase unit, at worst */
    uint32_t program_us;    /* of one program unit, at worst */
    uint8_t erased_value;   /* 0xff or 0x00; all-programmed is its complement */
    bool stalls;            /* nothing is executed from the same memory while it erases or programs */
    bool program_once;      /* a unit takes one program between erases (words with an error-correcting code), and
                             * after it only all-programmed; else also any that leads further from erased */
    bool writable;          /* bytes can be written over without an erase */
    const uint8_t *mapped;  /* where the processor reads it in place; NULL: it cannot */

    /* ST_INVALID: not on the units' boundaries (of reads: outside the area). ST_DENIED: locked or guarded; nothing was
     * changed. ST_IO: the memory did not take it; the units named are as after a power cut. ST_CORRUPT, of reads: an
     * error-correcting code says that bytes there are lost; what was read is anything. A length of 0 does nothing. */
    enum status (*read)(const struct flash_area *area, uint32_t offset, void *to, size_t length);
    enum status (*program)(const struct flash_area *area, uint32_t offset, const void *from, size_t length);
    enum status (*erase)(const struct flash_area *area, uint32_t offset); /* one unit */
    void *context;                                                        /* the driver's */
};

/* For drivers: whether a range lies inside the area, on multiples of unit. */
static inline bool flash_area_holds(const struct flash_area *area, uint32_t offset, size_t length, uint32_t unit) {
    return offset % unit == 0 && length % unit == 0 && offset <= area->size_bytes &&
           length <= area->size_bytes - offset;
}

#endif
