/* origin: who started this image, and so whose keys it trusts and to whom it proves its health. One of two files is
 * linked: origin_alone.c where there is no bootloader, origin_slot.c for an image in a firmware slot. */
#ifndef SKEP_DEVICE_FIRMWARE_ORIGIN_H
#define SKEP_DEVICE_FIRMWARE_ORIGIN_H

#include <stdbool.h>
#include <stdint.h>

/* Which of the board's key regions (BOARD_KEY_REGIONS of board_map.h) counts. To be called once, before origin_prove.
 */
uint32_t origin_key_region(void);
/* To be called at least every second or so, with whether all is well. */
void origin_prove(uint64_t now_us, bool healthy);

#endif
