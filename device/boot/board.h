/* board: what a board says about itself to the bootloader. Constant; lies in the boot image. */
#ifndef SKEP_DEVICE_BOOT_BOARD_H
#define SKEP_DEVICE_BOOT_BOARD_H

#include <stdint.h>

#include "core/trust/trust.h"
#include "device/port/flash_area.h"

enum { BOOT_SLOTS_MAX = 2, BOOT_KEY_SETS = 2, BOOT_NONE = 255 };

struct boot_board {
    const struct flash_area *flash; /* all offsets are in it, and begin erase units of their own */
    const struct trust_key *root;   /* signs key sets; all 0xff: none, and nothing is trusted */
    uint32_t product_id;
    uint32_t address; /* where the flash's first byte is when it is executed */
    uint32_t ram_address, ram_bytes;
    uint32_t journal, requests;      /* two erase units each */
    uint32_t key_set[BOOT_KEY_SETS]; /* one erase unit each */
    uint32_t slot_count;             /* 1 or 2; a board with one has nothing to revert to */
    struct {
        uint32_t offset, bytes; /* whole erase units */
    } slot[BOOT_SLOTS_MAX];
    uint32_t security_step_max; /* how far an image's security version may be above the counter */
    uint8_t attempts_max;       /* boots of an image on trial */
};

#endif
