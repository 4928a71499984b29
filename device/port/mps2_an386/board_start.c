#include "core/base/require.h"
#include "core/trust/keys.h"
#include "device/port/board.h"
#include "device/port/mps2_an386/clock.h"
#include "device/port/mps2_an386/console.h"
#include "device/port/mps2_an386/flash.h"
#include "device/port/mps2_an386/gpio.h"
#include "device/port/mps2_an386/protect.h"

/* Of the flash, what runs and what is trusted is locked as long as the image runs. */
void board_start(void) {
    clock_start();
    protect_start();
    console_start();
    gpio_start(NULL);
    require(flash_lock(KEYS_REGION_OFFSET, KEYS_REGION_BYTES) == ST_OK);
    require(flash_lock(FLASH_SLOT_FIRST, FLASH_SLOTS * FLASH_SLOT_BYTES) == ST_OK);
}
