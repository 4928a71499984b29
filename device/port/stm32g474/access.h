/* access: how the drivers of stm32g474 reach the chip: one function for each way. The image binds access.c, which is
 * the chip itself; the tests bind a model of it that keeps the reference manual's rules. */
#ifndef SKEP_DEVICE_PORT_STM32G474_ACCESS_H
#define SKEP_DEVICE_PORT_STM32G474_ACCESS_H

#include <stddef.h>
#include <stdint.h>

uint32_t access_read(uint32_t address);
void access_write(uint32_t address, uint32_t value);
/* Memory-mapped bytes, flash above all. */
void access_copy(void *to, uint32_t address, size_t length);

/* Interrupts that may preempt the caller; given back by restore. */
uint32_t access_interrupts_off(void);
void access_interrupts_restore(uint32_t before);
void access_barrier(void);
void access_wait_for_interrupt(void);
/* To the image whose vectors lie there, as after reset. */
_Noreturn void access_jump(uint32_t vectors);

static inline void access_set(uint32_t address, uint32_t bits) { access_write(address, access_read(address) | bits); }
static inline void access_clear(uint32_t address, uint32_t bits) {
    access_write(address, access_read(address) & ~bits);
}
/* Of a field of several bits: the others stay. */
static inline void access_field(uint32_t address, uint32_t mask, uint32_t bits) {
    access_write(address, (access_read(address) & ~mask) | bits);
}

#endif
