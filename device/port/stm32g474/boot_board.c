#include "board_map.h"
#include "device/port/boot_port.h"
#include "device/port/stm32g474/flash.h"

enum { ROOT = FLASH_ADDRESS + FLASH_BOOT_BYTES - (int)sizeof(struct trust_key) };

const struct boot_board boot_board = {
    .flash = &flash_whole,
    .root = (const struct trust_key *)ROOT,
    .product_id = BOARD_PRODUCT,
    .address = FLASH_ADDRESS,
    .ram_address = 0x20000000,
    .ram_bytes = BOARD_RAM_BYTES,
    .journal = BOARD_JOURNAL,
    .requests = BOARD_REQUESTS,
    .key_set = {BOARD_KEY_SET_0, BOARD_KEY_SET_1},
    .slot_count = BOARD_FIRMWARE_SLOTS,
    .slot = {{BOARD_FIRMWARE_FIRST, BOARD_FIRMWARE_BYTES},
             {BOARD_FIRMWARE_FIRST + BOARD_FIRMWARE_BYTES, BOARD_FIRMWARE_BYTES}},
    .security_step_max = 1000,
    .attempts_max = 3,
};
_Static_assert(sizeof(struct trust_key) == 64, "boot.ld keeps so many for the root key");
