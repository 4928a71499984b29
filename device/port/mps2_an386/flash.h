/* flash: the board's NOR flash, memory-mapped for reading. The emulated memory would take any write, so the rules of
 * NOR are kept here: erasing sets a sector to 0xff, programming only clears bits, and both go through this file,
 * because to everyone else the MPU shows the region read-only.
 *
 * What is executed or trusted in place is locked: it can be neither programmed nor erased until it is let go. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_FLASH_H
#define SKEP_DEVICE_PORT_MPS2_AN386_FLASH_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "device/port/flash_area.h"
#include "device/port/mps2_an386/flash_map.h"

enum { FLASH_LOCKS_MAX = FLASH_SLOTS + 4 };

/* All of the flash, to read from. */
const uint8_t *flash_bytes(void);
/* All of it as an area, with offsets as in flash_map.h. The times are those of a common NOR flash. */
extern const struct flash_area flash_whole;

/* ST_DENIED: the range meets a locked one. ST_INVALID: not on the boundaries of flash_map.h, or outside. ST_IO:
 * programming would have to set a bit; nothing was written. */
enum status flash_program(uint32_t offset, const void *from, size_t length);
enum status flash_erase(uint32_t offset, size_t length);

/* Locks and lets go of a range. ST_FULL: FLASH_LOCKS_MAX are locked. ST_NOT_FOUND: no such lock. */
enum status flash_lock(uint32_t offset, uint32_t length);
enum status flash_unlock(uint32_t offset, uint32_t length);

#endif
