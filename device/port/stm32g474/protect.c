#include "device/port/stm32g474/protect.h"

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/flash.h"

extern uint32_t start_interrupt_guard[], start_thread_guard[];

#define MPU_NO_EXECUTE (1u << 28)
#define MPU_CLOSED     (0u << 24)
#define MPU_READ_WRITE (1u << 24)
#define MPU_MEMORY     (1u << 17) /* write-through, not shared */
#define MPU_DEVICE     (1u << 18 | 1u << 16)
#define MPU_READ_ONLY  (5u << 24)
#define MPU_ENABLE     1u
#define MPU_BACKGROUND (0u << 2) /* what no region names is closed, to privileged code too */

#define MPU_SIZE(bits) (((bits) - 1u) << 1) /* 2^bits bytes */

/* Of two regions that overlap the later one counts. Flash stays writable as far as the MPU goes: a store there does
 * nothing before the flash is unlocked, which flash.c does around each operation, and a store out of turn is an error
 * that it sees. */
static const struct {
    const void *first;
    uint32_t attributes;
} rows[] = {
    {(const void *)FLASH_ADDRESS, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_MEMORY | MPU_SIZE(19)},
    {(const void *)FLASH_ADDRESS, MPU_READ_ONLY | MPU_MEMORY | MPU_SIZE(14)}, /* the boot image: 16 KiB */
    {(const void *)(FLASH_ADDRESS + (16 << 10)), MPU_READ_ONLY | MPU_MEMORY | MPU_SIZE(11)}, /* and 2 */
    {(const void *)0x20000000, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_MEMORY | MPU_SIZE(17)},
    {(const void *)0x40000000, MPU_NO_EXECUTE | MPU_READ_WRITE | MPU_DEVICE | MPU_SIZE(29)},
    {start_interrupt_guard, MPU_NO_EXECUTE | MPU_CLOSED | MPU_MEMORY | MPU_SIZE(5)},
    {start_thread_guard, MPU_NO_EXECUTE | MPU_CLOSED | MPU_MEMORY | MPU_SIZE(5)},
};
enum { ROWS = sizeof rows / sizeof rows[0], REGION_CODE = ROWS };

static void region(uint32_t number, uint32_t address, uint32_t attributes) {
    access_write(CORE_MPU_NUMBER, number);
    access_write(CORE_MPU_BASE, address);
    access_write(CORE_MPU_ATTRIBUTES, attributes | MPU_ENABLE);
}

void protect_start(const struct protect_code *code) {
    access_write(CORE_MPU_CONTROL, 0); /* a bootloader's regions end while they become ours */
    access_barrier();
    for (uint32_t i = 0; i < ROWS; i++) region(i, (uint32_t)(uintptr_t)rows[i].first, rows[i].attributes);
    region(REGION_CODE, code->address, MPU_READ_ONLY | MPU_MEMORY | (uint32_t)code->closed << 8 | MPU_SIZE(code->bits));
    access_set(CORE_FAULT_CONTROL, CORE_MEMORY_FAULTS); /* a memory fault has its own exception */
    access_write(CORE_MPU_CONTROL, MPU_BACKGROUND | MPU_ENABLE);
    access_barrier();
}
