/* board_map: the first 128 KiB of the flash, for a small image of one slot (docs/STM32G474.md). Offsets are in the
 * whole flash. map.ld has what the linker needs of it. */
#ifndef SKEP_DEVICE_PORT_STM32G474_MAP_128_BOARD_MAP_H
#define SKEP_DEVICE_PORT_STM32G474_MAP_128_BOARD_MAP_H

#define BOARD_NAME        "stm32g474_128"
#define BOARD_GUEST_FIRST 0x08010000u
/* X(address, bytes): the rows of each key set, behind its head. */
#define BOARD_KEY_REGIONS(X) X(0x08017900, 2048 - 256) X(0x0801f900, 2048 - 256)
/* 64 KiB but for the boot image; the journal behind the slot stays read-only. */
#define BOARD_CODE {0x08000000, 16, 0x03}
enum {
    BOARD_PRODUCT = 0x4740,
    BOARD_RAM_BYTES = 40 << 10, /* with the bootloader's, which are its last 8 KiB */
    BOARD_GUEST_RAM_BYTES = 24 << 10,

    BOARD_FIRMWARE_SLOTS = 1,
    BOARD_FIRMWARE_FIRST = 0x4800,
    BOARD_FIRMWARE_BYTES = 42 << 10,
    BOARD_JOURNAL = 0xf000,
    BOARD_KEY_SET_0 = 0x17800,
    BOARD_KEY_SET_1 = 0x1f800,
    BOARD_REQUESTS = 0x1e800,
    /* The guests: one artifact at the beginning of each slot. */
    BOARD_GUEST_SLOTS = 2,
    BOARD_GUEST_SLOT_STEP = 32 << 10,
    BOARD_GUEST_SLOT_BYTES = 26 << 10,
    BOARD_STORE = 0x16800,
    BOARD_STORE_BYTES = 4 << 10,
};

#endif
