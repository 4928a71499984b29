/* flash_map: where what lies in the flash of mps2-an386. Read by the firmware and by the program that writes flash
 * files. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_FLASH_MAP_H
#define SKEP_DEVICE_PORT_MPS2_AN386_FLASH_MAP_H

/* The runtime's store (spec/store.md), in pages of one sector. */
enum { FLASH_STORE_FIRST = 12 << 20, FLASH_STORE_BYTES = 4 * 4096 };

#define FLASH_BASE 0x21000000u
enum {
    FLASH_BYTES = 16 << 20,
    FLASH_SECTOR_BYTES = 4096,
    FLASH_PROGRAM_BYTES = 8, /* offset and length of a program operation are multiples of it */
    /* the key region (core/trust/keys.h) is the first sector */
    FLASH_SLOT_FIRST = 1 << 20, /* artifacts, one a slot */
    FLASH_SLOT_BYTES = 1 << 20,
    FLASH_SLOTS = 8,
    /* of the bootloader (device/boot/board.h); nobody else writes them, but the runtime its requests */
    FLASH_BOOT_JOURNAL = 0x1000,  /* two sectors */
    FLASH_BOOT_REQUESTS = 0x3000, /* two */
    FLASH_BOOT_KEYS = 0x5000,     /* one each */
    FLASH_FIRMWARE_FIRST = 10 << 20,
    FLASH_FIRMWARE_BITS = 20,
    FLASH_FIRMWARE_BYTES = 1 << FLASH_FIRMWARE_BITS, /* of each of two slots */
};

#endif
