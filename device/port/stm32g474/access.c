#include "device/port/stm32g474/access.h"

#include <string.h>

uint32_t access_read(uint32_t address) { return *(volatile const uint32_t *)(uintptr_t)address; }
void access_write(uint32_t address, uint32_t value) { *(volatile uint32_t *)(uintptr_t)address = value; }
void access_copy(void *to, uint32_t address, size_t length) { memcpy(to, (const void *)(uintptr_t)address, length); }

uint32_t access_interrupts_off(void) {
    uint32_t before;
    __asm volatile("mrs %0, primask\n cpsid i" : "=r"(before)::"memory");
    return before;
}
void access_interrupts_restore(uint32_t before) { __asm volatile("msr primask, %0" ::"r"(before) : "memory"); }
void access_barrier(void) { __asm volatile("dsb\n isb" ::: "memory"); }
void access_wait_for_interrupt(void) { __asm volatile("wfi"); }

_Noreturn void access_jump(uint32_t vectors) {
    __asm volatile("ldr r1, [%0]\n"
                   "ldr r2, [%0, #4]\n"
                   "movs r3, #0\n"
                   "msr control, r3\n"
                   "isb\n"
                   "msr msp, r1\n"
                   "cpsie i\n"
                   "bx r2\n" ::"r"(vectors)
                   : "r1", "r2", "r3", "memory");
    __builtin_unreachable();
}
