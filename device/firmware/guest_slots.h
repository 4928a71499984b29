/* guest_slots: the guests in the board's flash: which slot holds what, loading them, and taking new ones that come over
 * the link. What runs is locked, so that what was verified is what runs. A slot counts once its first bytes are there:
 * they are written last, when all else was read back; so a power cut leaves what was there before, or all that is new.
 */
#ifndef SKEP_DEVICE_FIRMWARE_GUEST_SLOTS_H
#define SKEP_DEVICE_FIRMWARE_GUEST_SLOTS_H

#include "device/executive/delivery.h"
#include "device/port/mps2_an386/flash_map.h"

enum { GUEST_SLOTS_NONE = FLASH_SLOTS };

struct guest_slots {
    struct executive *executive;
    struct {
        uint16_t load;
        uint32_t pid;
        bool is_locked, is_new; /* is_new: came over the link, and is not a task yet */
    } slot[FLASH_SLOTS];
    uint32_t arriving; /* or GUEST_SLOTS_NONE */
    uint8_t first[TRANSFER_UNIT_BYTES];
    struct delivery_place place;
};

void guest_slots_init(struct guest_slots *slots, struct executive *executive);

/* Has it loaded what a slot holds, as at the board's start. ST_NOT_FOUND: nothing. Otherwise, unless it is ST_OK,
 * *fault says what is wrong there. */
enum status guest_slots_load(struct guest_slots *slots, uint32_t slot, struct artifact_fault *fault);

/* Which slot it came from; GUEST_SLOTS_NONE: it came over a link into memory. */
uint32_t guest_slots_of_load(const struct guest_slots *slots, uint16_t load);
uint32_t guest_slots_of_pid(const struct guest_slots *slots, uint32_t pid);

/* What came of a load: a new guest takes the place of those of its name; a new one that was refused is gone, and those
 * of its name are loaded again. */
void guest_slots_hear(struct guest_slots *slots, const struct executive_event *event);
/* Its task has ended. */
void guest_slots_let_go(struct guest_slots *slots, uint32_t slot);

/* For boot.slots. */
bool guest_slots_row(void *slots, uint32_t after, struct boot_slots_row *row);

#endif
