/* board_map: what images that know no board by name find out about this one; flash_map.h says where what lies. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_BOARD_MAP_H
#define SKEP_DEVICE_PORT_MPS2_AN386_BOARD_MAP_H

#include "core/trust/keys.h"
#include "device/port/mps2_an386/flash_map.h"

#define BOARD_NAME "mps2_an386"
/* X(address, bytes): where the keys are of an image that no bootloader started. */
#define BOARD_KEY_REGIONS(X) X(FLASH_BASE + KEYS_REGION_OFFSET, KEYS_REGION_BYTES)
/* The guests: one artifact at the beginning of each slot. */
#define BOARD_GUEST_FIRST (FLASH_BASE + FLASH_SLOT_FIRST)
enum {
    BOARD_PRODUCT = 0x386,
    BOARD_GUEST_SLOTS = FLASH_SLOTS,
    BOARD_GUEST_SLOT_STEP = FLASH_SLOT_BYTES,
    BOARD_GUEST_SLOT_BYTES = FLASH_SLOT_BYTES,
    BOARD_GUEST_RAM_BYTES = 1 << 20,
};

#endif
