/* model: STM32G474 as far as the drivers of device/port/stm32g474 reach it: it binds access.h. It keeps the rules of
 * RM0440 that a driver can break, and remembers the first one that was broken. A peripheral whose clock is off, a
 * reserved order of writes, a byte sent into a full transmitter: a chip would be silent about them. */
#ifndef SKEP_TEST_STM32G474_MODEL_H
#define SKEP_TEST_STM32G474_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MODEL_FLASH_BYTES = 512 << 10,
    MODEL_LINE_BYTES = 8192,
    MODEL_REGIONS = 8,
    MODEL_DEVICE = 0x3c, /* who answers on the I2C bus */
};

struct model {
    const char *broken;                               /* the first rule that was; NULL: none */
    bool no_crystal, no_pll, noise_fails, clock_held; /* faults of the chip and of who is around it */

    uint8_t flash[MODEL_FLASH_BYTES];
    bool damaged[MODEL_FLASH_BYTES / 8]; /* a double word with two wrong bits */
    bool worn;                           /* erasing leaves PGSERR */
    uint32_t erases, programs;

    uint32_t clock_hz;
    uint64_t now_us; /* moves by a microsecond with every access once TIM2 counts */

    uint8_t sent[2][MODEL_LINE_BYTES]; /* by USART1 and USART2 */
    size_t sent_bytes[2];
    uint8_t received[MODEL_LINE_BYTES]; /* waiting at USART1 */
    size_t received_at, received_end;

    uint8_t bus_written[64], bus_read[64]; /* what the device was told, what it says */
    size_t bus_written_bytes, bus_stops;

    struct {
        uint32_t base, attributes;
    } region[MODEL_REGIONS];
    bool watchdog_runs;
    uint32_t watchdog_feeds;
    bool reset_ordered, pended;
};
extern struct model model;

/* As after power came. */
void model_start(void);
uint32_t model_register(uint32_t address);
void model_set_register(uint32_t address, uint32_t value);

/* A pin of the chip changes from outside. port: 0 is A. */
void model_pin(uint32_t port, uint32_t bit, uint32_t level);
void model_hear(const void *bytes, size_t length); /* on USART1 */
void model_pass_us(uint64_t us);
/* How long the watchdog waits, from its registers. */
uint32_t model_watchdog_ms(void);
/* By the memory protection as it is set up. */
enum model_access { MODEL_READ, MODEL_WRITE, MODEL_EXECUTE };
bool model_allows(uint32_t address, enum model_access access);

#endif
