/* slot: one image in a part of flash, written as it comes and read back, with a state that no power cut tears. Source:
 * spec/slot.md. */
#ifndef SKEP_DEVICE_STORE_SLOT_H
#define SKEP_DEVICE_STORE_SLOT_H

#include "device/store/store.h"

enum { SLOT_HASH_BYTES = 32, SLOT_NUMBER_MAX = 32766, SLOT_RECORD_BYTES = 40 };

enum slot_is { SLOT_IS_UNKNOWN, SLOT_IS_RECEIVING, SLOT_IS_WHOLE, SLOT_IS_GIVEN_UP };

struct slot_image {
    uint32_t bytes;
    uint8_t hash[SLOT_HASH_BYTES];
};

struct slot {
    const struct flash_area *area; /* all of the slot */
    struct store *store;
    uint16_t number;
};

/* SLOT_IS_UNKNOWN: there is no record, and *image is nothing. */
enum slot_is slot_state(const struct slot *slot, struct slot_image *image);

struct slot_writer {
    struct slot slot;
    struct slot_image image;
    uint32_t received; /* bytes of the image, those in unit too */

    /* below: private to slot.c */
    uint8_t unit[FLASH_AREA_PROGRAM_BYTES_MAX]; /* what does not fill a program unit yet */
};

/* Takes the image from writer->received on, which is where a break or a power cut left it. What the slot held before is
 * lost. ST_FULL: it is longer than the slot, nothing has changed; or the store is full. ST_IO as of store_commit. */
enum status slot_begin(struct slot_writer *writer, const struct slot *slot, const struct slot_image *image);
/* The next bytes. ST_INVALID: more than the image has. ST_IO: flash did not take them; the transfer is over, and may
 * begin again. Takes the time of the erases and programs that it needs. */
enum status slot_write(struct slot_writer *writer, const void *bytes, uint32_t length);
/* All of it has come, and was read back and found right by the caller: it is whole, and instead_of, unless it is NULL,
 * is given up, both or neither. ST_AGAIN: it has not all come. */
enum status slot_end(struct slot_writer *writer, const struct slot *instead_of);
/* Nobody reads it as an image any more. */
enum status slot_give_up(const struct slot *slot);

#endif
