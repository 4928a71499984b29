/* boot: chooses what runs after a reset, and installs what comes. The program around it supplies the board, the line
 * and the jump.
 *
 * boot_open first: it settles what a power cut left, and carries out what the runtime asked for. Then boot_choose, and
 * the program starts what it names; or it serves the line, and boot_install_* takes what arrives. Keeps no clock and
 * calls nothing above it. Every function may be cut off by a reset at any flash operation, and the next boot goes on.
 * Source: spec/boot.md. */
#ifndef SKEP_DEVICE_BOOT_BOOT_H
#define SKEP_DEVICE_BOOT_BOOT_H

#include "device/boot/verify.h"

/* The one place that decides what may be written: the journal, and the window that is open (section 11). */
struct boot_guard {
    struct flash_area area; /* what the bootloader writes through */
    const struct boot_board *board;
    uint32_t open_offset, open_bytes;
};

struct boot {
    struct boot_state state;
    bool stay; /* the runtime asked for the bootloader */
    bool safe; /* the journal is one that may be written: else nothing is ever installed */

    /* below: private to device/boot */
    const struct boot_board *board;
    struct boot_guard guard;
    struct journal journal;
};

/* Reads the journal, restores it if it was lost, and carries out requests. Precondition: *boot outlives its use, and is
 * not moved. */
void boot_open(struct boot *boot, const struct boot_board *board);

/* The slot to start, or BOOT_NONE: recovery. Uses up an attempt of an image on trial. The verdict is that of the slot:
 * the program starts what boot_entry makes of it, and nothing else. */
uint32_t boot_choose(struct boot *boot, struct boot_verdict *verdict);

/* Gives an image on trial up, or else changes the active slot for the other confirmed one. ST_NOT_FOUND: there is none
 * that verifies; nothing changed. */
enum status boot_previous(struct boot *boot);

/* Whether some slot holds what could run: else it is recovery. */
bool boot_can_start(struct boot *boot);

/* What a refusal is as a status. */
enum status boot_status(enum boot_reason reason);
const char *boot_reason_text(enum boot_reason reason);

/* ---- installing ---- */

enum { BOOT_INSTALL_PIECE_BYTES = 256 };
_Static_assert((int)BOOT_INSTALL_PIECE_BYTES == (int)IMAGE_HEAD_BYTES, "the head is the first piece");

/* One transfer: firmware to the slot that it is linked for, or a key set to the region that does not count. */
struct boot_install {
    struct boot *boot;
    struct boot_fault fault; /* why the transfer was refused; it is over then */
    uint32_t received;       /* bytes that are in the flash or in the piece */

    /* below: private to install.c */
    uint32_t total, offset, slot;
    bool is_open, is_key_set;
    struct trust_hash hash;
    uint8_t content_hash[TRUST_HASH_BYTES]; /* as the head says */
    uint8_t file_id[IMAGE_ID_BYTES];
    union {
        uint8_t piece[BOOT_INSTALL_PIECE_BYTES];
        struct image head; /* the first piece */
    };
};

/* A file of so many bytes, with this SHA-256 in all, begins to arrive. A transfer of the same file that was cut off
 * goes on at install->received. Nothing is erased yet. ST_VERSION: the journal may not be written. */
enum status boot_install_begin(struct boot_install *install, struct boot *boot, uint32_t bytes,
                               const uint8_t file_hash[TRUST_HASH_BYTES]);
/* The next bytes. With the last byte of the head it is decided whether it is taken, and what was there is erased. Not
 * ST_OK: the transfer is over, and install->fault says why. */
enum status boot_install_write(struct boot_install *install, uint32_t offset, const uint8_t *bytes, size_t length);
/* Everything was there: it is verified where it lies, and becomes the trial, or the key set that counts. */
enum status boot_install_end(struct boot_install *install);

/* ---- for device/boot alone ---- */

enum status boot_commit(struct boot *boot);
/* Keeps a reason, if it is not the one that is kept already. */
void boot_note(struct boot *boot, uint32_t slot, struct boot_fault fault);
/* The confirmed slot that would run, or BOOT_NONE. */
uint32_t boot_confirmed(struct boot *boot, struct boot_verdict *verdict);
void boot_guard_init(struct boot_guard *guard, const struct boot_board *board);
void boot_guard_open(struct boot_guard *guard, uint32_t offset, uint32_t bytes);
void boot_guard_close(struct boot_guard *guard);

#endif
