#include "device/port/mps2_an386/protect.h"

#include <stdint.h>

#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/flash_map.h"

extern uint32_t start_interrupt_guard[], start_thread_guard[];
/* Where the image lies that executes, and 2^ of how many bytes: addresses of the linker script. */
extern uint32_t start_image[], start_image_bits[];

/* Region numbers: of two that overlap the higher one counts. */
enum {
    REGION_CODE,
    REGION_RAM,
    REGION_FLASH,
    REGION_DEVICES,
    REGION_INTERRUPT_GUARD,
    REGION_THREAD_GUARD,
    REGION_IMAGE
};

#define MPU_NO_EXECUTE (1u << 28)
#define MPU_CLOSED     (0u << 24)
#define MPU_READ_WRITE (1u << 24)
#define MPU_READ_ONLY  (5u << 24)
#define MPU_MEMORY     (1u << 17) /* write-through, not shared */
#define MPU_DEVICE     (1u << 18 | 1u << 16)
#define MPU_SIZE(bits) (((bits) - 1u) << 1) /* 2^bits bytes */
#define MPU_ENABLE     1u

static void region(uint32_t number, uint32_t base, uint32_t attributes) {
    BOARD_MPU->number = number;
    BOARD_MPU->attributes = 0;
    BOARD_MPU->base = base;
    BOARD_MPU->attributes = attributes | MPU_ENABLE;
}

void protect_flash(bool writable) {
    const uint32_t before = board_interrupts_off(); /* the region number is shared */
    region(REGION_FLASH, FLASH_BASE,
           MPU_NO_EXECUTE | (writable ? MPU_READ_WRITE : MPU_READ_ONLY) | MPU_MEMORY | MPU_SIZE(24));
    board_barrier();
    board_interrupts_restore(before);
}

void protect_image(uint32_t address, uint32_t bits) {
    region(REGION_IMAGE, address, MPU_READ_ONLY | MPU_MEMORY | MPU_SIZE(bits));
    board_barrier();
}

void protect_start(void) {
    BOARD_MPU->control = 0; /* a bootloader's regions end while they become ours */
    board_barrier();
    region(REGION_CODE, 0x00000000, MPU_READ_ONLY | MPU_MEMORY | MPU_SIZE(22));
    region(REGION_RAM, 0x20000000, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_MEMORY | MPU_SIZE(22));
    region(REGION_DEVICES, 0x40000000, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_DEVICE | MPU_SIZE(29));
    region(REGION_INTERRUPT_GUARD, (uint32_t)(uintptr_t)start_interrupt_guard,
           MPU_NO_EXECUTE | MPU_CLOSED | MPU_MEMORY | MPU_SIZE(5));
    region(REGION_THREAD_GUARD, (uint32_t)(uintptr_t)start_thread_guard,
           MPU_NO_EXECUTE | MPU_CLOSED | MPU_MEMORY | MPU_SIZE(5));
    protect_flash(false);
    protect_image((uint32_t)(uintptr_t)start_image, (uint32_t)(uintptr_t)start_image_bits);
    BOARD_FAULT_CONTROL |= 1u << 16; /* a memory fault has its own exception */
    BOARD_MPU->control = MPU_ENABLE;
    board_barrier();
}
