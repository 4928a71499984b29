/* How a boot image leaves, by the board's map. */
#include "board_map.h"
#include "device/port/boot_port.h"
#include "device/port/port.h"
#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/board_code.h"
#include "device/port/stm32g474/flash.h"
#include "device/port/stm32g474/launch.h"

_Noreturn void launch_reset(void) { port_reset(); }

_Noreturn void launch(uint32_t vectors) {
    launch_prepare(vectors, &board_code[(vectors - FLASH_ADDRESS - BOARD_FIRMWARE_FIRST) / BOARD_FIRMWARE_BYTES]);
    access_jump(vectors);
}
