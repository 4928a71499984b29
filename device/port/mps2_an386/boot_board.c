#include "board_map.h"
#include "device/port/boot_port.h"
#include "device/port/mps2_an386/flash.h"

enum { BOOT_IMAGE_BYTES = 16 << 10, RAM_BYTES = (4 << 20) - (8 << 10), UNIT = FLASH_SECTOR_BYTES };

const struct boot_board boot_board = {
    .flash = &flash_whole,
    .root = (const struct trust_key *)(BOOT_IMAGE_BYTES - sizeof(struct trust_key)),
    .product_id = BOARD_PRODUCT,
    .address = FLASH_BASE,
    .ram_address = 0x20000000,
    .ram_bytes = RAM_BYTES,
    .journal = FLASH_BOOT_JOURNAL,
    .requests = FLASH_BOOT_REQUESTS,
    .key_set = {FLASH_BOOT_KEYS, FLASH_BOOT_KEYS + UNIT},
    .slot_count = 2,
    .slot = {{FLASH_FIRMWARE_FIRST, FLASH_FIRMWARE_BYTES},
             {FLASH_FIRMWARE_FIRST + FLASH_FIRMWARE_BYTES, FLASH_FIRMWARE_BYTES}},
    .security_step_max = 1000,
    .attempts_max = 3,
};
