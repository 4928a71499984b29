#include "device/port/stm32g474/protect.h"

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"

extern uint32_t start_interrupt_guard[], start_thread_guard[];

/* Region numbers: of two that overlap the higher one counts. */
enum { REGION_FLASH, REGION_CODE, REGION_RAM, REGION_DEVICES, REGION_INTERRUPT_GUARD, REGION_THREAD_GUARD };

#define MPU_NO_EXECUTE (1u << 28)
#define MPU_CLOSED     (0u << 24)
#define MPU_READ_WRITE (1u << 24)
#define MPU_MEMORY     (1u << 17) /* write-through, not shared */
#define MPU_DEVICE     (1u << 18 | 1u << 16)
#define MPU_READ_ONLY  (5u << 24)
#define MPU_ENABLE     1u
#define MPU_BACKGROUND (0u << 2) /* what no region names is closed, to privileged code too */

static uint32_t mpu_size(uint32_t bytes) { return (uint32_t)(30 - __builtin_clz(bytes)) << 1; } /* 2^(n + 1) */

static void region(uint32_t number, uint32_t address, uint32_t bytes, uint32_t attributes) {
    access_write(CORE_MPU_NUMBER, number);
    access_write(CORE_MPU_ATTRIBUTES, 0);
    access_write(CORE_MPU_BASE, address);
    access_write(CORE_MPU_ATTRIBUTES, attributes | mpu_size(bytes) | MPU_ENABLE);
}

/* Flash stays writable as far as the MPU goes: a store there does nothing before the flash is unlocked, which flash.c
 * does around each operation, and a store out of turn is an error that it sees. */
void protect_start(uint32_t code_address, uint32_t code_bytes) {
    region(REGION_FLASH, 0x08000000, 512 << 10, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_MEMORY);
    region(REGION_CODE, code_address, code_bytes, MPU_READ_ONLY | MPU_MEMORY);
    region(REGION_RAM, 0x20000000, 128 << 10, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_MEMORY);
    region(REGION_DEVICES, 0x40000000, 512 << 20, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_DEVICE);
    region(REGION_INTERRUPT_GUARD, (uint32_t)(uintptr_t)start_interrupt_guard, 32,
           MPU_NO_EXECUTE | MPU_CLOSED | MPU_MEMORY);
    region(REGION_THREAD_GUARD, (uint32_t)(uintptr_t)start_thread_guard, 32, MPU_NO_EXECUTE | MPU_CLOSED | MPU_MEMORY);
    access_set(CORE_FAULT_CONTROL, CORE_MEMORY_FAULTS); /* a memory fault has its own exception */
    access_write(CORE_MPU_CONTROL, MPU_BACKGROUND | MPU_ENABLE);
    access_barrier();
}
