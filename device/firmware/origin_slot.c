#include "core/base/require.h"
#include "device/firmware/origin.h"
#include "device/firmware/slot.h"
#include "device/port/boot_port.h"

extern const uint8_t start_image[]; /* where it lies, says the linker script */
static struct slot slot;

/* Without any key set the bootloader would have started nothing. */
uint32_t origin_key_region(void) {
    slot_open(&slot, &boot_board, start_image);
    require(slot.there &&
            slot.state.key_set < BOOT_KEY_SETS); /* or it is linked for another map than the bootloader's */
    return slot.state.key_set;
}
void origin_prove(uint64_t now_us, bool healthy) { (void)slot_step(&slot, now_us, healthy); }
