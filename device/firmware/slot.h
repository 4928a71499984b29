/* slot: what a runtime that a bootloader started knows of it, and owes it: a confirmation once it has proved healthy.
 *
 * The runtime writes nothing but requests (device/boot/request.h). A runtime that lies in no slot (skep run puts it
 * into the board's SSRAM) has no bootloader. */
#ifndef SKEP_DEVICE_FIRMWARE_SLOT_H
#define SKEP_DEVICE_FIRMWARE_SLOT_H

#include "device/boot/request.h"
#include "device/firmware/report.h"

struct slot {
    bool there; /* this image lies in a firmware slot; the rest is valid then */
    uint32_t index;
    struct boot_state state;
    /* below: private to slot.c */
    const struct boot_board *board;
    uint64_t healthy_since_us, trial_us;
    bool was_healthy, asked;
};

/* `image`: where this one begins. */
void slot_open(struct slot *slot, const struct boot_board *board, const void *image);
/* The key region (core/trust/keys.h) in the key set that counts; NULL: there is none. */
const uint8_t *slot_keys(const struct slot *slot, uint32_t *bytes);
void slot_report(const struct slot *slot, struct report *report, uint64_t now_us);

/* To be called at least every second or so, with whether all is well: guests run, nothing is quarantined, the services
 * of the image do their work. An image on trial that has been well for as long as its head says asks to be confirmed.
 * True: it just did. */
bool slot_step(struct slot *slot, uint64_t now_us, bool healthy);

/* Leaves for the bootloader at the next reset, which the caller brings about. */
enum status slot_ask_to_stay(const struct slot *slot);

#endif
