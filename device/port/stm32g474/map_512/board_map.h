/* board_map: the chip's 512 KiB and 128 KiB of RAM: two firmware slots in bank 1; guests and the store in bank 2, where
 * writing stalls no firmware (docs/STM32G474.md). Offsets are in the whole flash. map.ld has what the linker needs of
 * it. */
#ifndef SKEP_DEVICE_PORT_STM32G474_MAP_512_BOARD_MAP_H
#define SKEP_DEVICE_PORT_STM32G474_MAP_512_BOARD_MAP_H

#define BOARD_NAME        "stm32g474_512"
#define BOARD_GUEST_FIRST 0x08040000u
/* X(address, bytes): the rows of each key set, behind its head. */
#define BOARD_KEY_REGIONS(X) X(0x08006100, 2048 - 256) X(0x08006900, 2048 - 256)
/* 128 KiB each, but for what lies before the first and behind the second. */
#define BOARD_CODE {0x08000000, 17, 0x03}, {0x08020000, 17, 0xc0}
enum {
    BOARD_PRODUCT = 0x474,
    BOARD_RAM_BYTES = 128 << 10, /* with the bootloader's, which are its last 8 KiB */
    BOARD_GUEST_RAM_BYTES = 88 << 10,

    BOARD_FIRMWARE_SLOTS = 2,
    BOARD_FIRMWARE_FIRST = 0x8000,
    BOARD_FIRMWARE_BYTES = 96 << 10,
    BOARD_JOURNAL = 0x5000,
    BOARD_KEY_SET_0 = 0x6000,
    BOARD_KEY_SET_1 = 0x6800,
    BOARD_REQUESTS = 0x7000,
    /* The guests: one artifact at the beginning of each slot, two slots for each of four. */
    BOARD_GUEST_SLOTS = 8,
    BOARD_GUEST_SLOT_STEP = 28 << 10,
    BOARD_GUEST_SLOT_BYTES = 28 << 10,
    BOARD_STORE = 0x78000,
    BOARD_STORE_BYTES = 32 << 10,
};

#endif
