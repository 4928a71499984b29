/* request: what the runtime wants of the bootloader at the next boot, left in pages that only the runtime writes.
 * Source: spec/boot.md section 5. */
#ifndef SKEP_DEVICE_BOOT_REQUEST_H
#define SKEP_DEVICE_BOOT_REQUEST_H

#include "device/boot/state.h"

/* Adds to what is asked for and not done yet; `more->number` is not looked at. Returns ST_OK when it will be done,
 * whatever happens to the power; ST_FULL: no place for another guest's counter; ST_VERSION, ST_IO as journal_write.
 * `board->flash` is what is written through. */
enum status boot_request_add(const struct boot_board *board, const struct boot_request *more);

/* What is asked for and not done yet; number 0: nothing. */
enum status boot_request_pending(const struct boot_board *board, struct boot_request *pending);

#endif
