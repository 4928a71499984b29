#include "board_map.h"
#include "core/base/require.h"
#include "device/port/board.h"
#include "device/port/port.h"
#include "device/port/stm32g474/board_code.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/console.h"
#include "device/port/stm32g474/flash.h"
#include "device/port/stm32g474/gpio.h"

extern const uint8_t start_image[]; /* where this one lies, says the linker script */

/* Of the flash the runtime may write its requests and the store, and nothing else. */
static void lock_flash(void) {
    require(flash_lock(0, FLASH_BOOT_BYTES) == ST_OK);
    require(flash_lock(BOARD_FIRMWARE_FIRST, BOARD_FIRMWARE_SLOTS * BOARD_FIRMWARE_BYTES) == ST_OK);
    require(flash_lock(BOARD_JOURNAL, 2 * FLASH_PAGE_BYTES) == ST_OK);
    require(flash_lock(BOARD_KEY_SET_0, FLASH_PAGE_BYTES) == ST_OK);
    require(flash_lock(BOARD_KEY_SET_1, FLASH_PAGE_BYTES) == ST_OK);
    for (uint32_t slot = 0; slot < BOARD_GUEST_SLOTS; slot++)
        require(flash_lock(BOARD_GUEST_FIRST - FLASH_ADDRESS + slot * BOARD_GUEST_SLOT_STEP, BOARD_GUEST_SLOT_BYTES) ==
                ST_OK);
}

void board_start(void) {
    if (clock_start() == ST_IO) port_reset();
    protect_start(
        &board_code[((uint32_t)(uintptr_t)start_image - FLASH_ADDRESS - BOARD_FIRMWARE_FIRST) / BOARD_FIRMWARE_BYTES]);
    gpio_start(NULL);
    console_start();
    lock_flash();
}
