/* boot_board: what this board says to the bootloader, and to the runtime that leaves it requests. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_BOOT_BOARD_H
#define SKEP_DEVICE_PORT_MPS2_AN386_BOOT_BOARD_H

#include "device/boot/table.h"

enum { BOOT_BOARD_PRODUCT = 0x386, BOOT_BOARD_BUTTON = 2 };
#define BOOT_BOARD_NAME "mps2_an386"
extern const struct boot_board boot_board;

/* In the boot image (device/boot/table.h); of images in slots alone. The linker script says where. */
extern const struct boot_table boot_board_table;

#endif
