/* journal: one small state, kept in two erase units of flash so that power may fail at any operation. Each state is
 * written twice; only then is it a fact.
 *
 * Used by the bootloader for its state and by the runtime for requests. Keeps nothing between calls but this struct,
 * which journal_open fills from the flash. Source: spec/boot.md section 3. */
#ifndef SKEP_DEVICE_BOOT_JOURNAL_H
#define SKEP_DEVICE_BOOT_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "device/port/flash_area.h"

enum { JOURNAL_BODY_BYTES_MAX = 176, JOURNAL_HEAD_BYTES = 12, JOURNAL_CRC_BYTES = 4 };
#define JOURNAL_STATE_MAGIC   0x314a4253u /* SBJ1 */
#define JOURNAL_REQUEST_MAGIC 0x31524253u /* SBR1 */

struct journal {
    const struct flash_area *area;
    uint32_t offset; /* of the first of its two erase units */
    uint32_t magic;
    uint16_t body_bytes; /* a multiple of 4, at most JOURNAL_BODY_BYTES_MAX */

    bool has;   /* there is a state */
    bool clean; /* it is there twice, and nothing is behind it; also when both units are blank */
    bool newer; /* an entry is of a format that is not known here: nothing may be written */

    /* below: private to journal.c */
    uint32_t sequence; /* of the newest entry */
    uint32_t unit;     /* 0 or 1: where it is */
    uint32_t next;     /* entry of that unit behind all that is not blank */
    uint32_t copies;
};

/* Reads; *body is the newest state, if there is one. ST_OK: it is as `has` and `clean` say. ST_VERSION: newer. Never
 * writes. */
enum status journal_open(struct journal *journal, void *body);

/* Makes *body the state, twice, and reads it back. ST_IO: the flash did not keep it, and the state may be the old one
 * or the new one; ST_VERSION: newer. Precondition: journal_open was called. */
enum status journal_write(struct journal *journal, const void *body);

#endif
