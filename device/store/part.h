/* part: some erase units of a flash area, as an area of their own: nothing outside them can be reached through it. */
#ifndef SKEP_DEVICE_STORE_PART_H
#define SKEP_DEVICE_STORE_PART_H

#include "device/port/flash_area.h"

struct flash_part {
    struct flash_area area; /* what others are given; its context is this struct, which stays where it is */
    const struct flash_area *whole;
    uint32_t first; /* offset in the whole */
};

/* Precondition: first and bytes are multiples of the whole's erase_bytes, and inside it. */
void flash_part_init(struct flash_part *part, const struct flash_area *whole, uint32_t first, uint32_t bytes);

#endif
