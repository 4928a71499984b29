/* The independent watchdog, resets and their reasons, random numbers, and what outlives a reset. */
#include <string.h>

#include "device/port/port.h"
#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"

enum { POLLS = 100000, PRESCALER_FIRST = 4, PRESCALERS = 7, EVIDENCE_BYTES = 1024 };

static enum status becomes(uint32_t address, uint32_t mask, uint32_t value) {
    for (uint32_t i = 0; i < POLLS; i++)
        if ((access_read(address) & mask) == value) return ST_OK;
    return ST_IO;
}

/* The finest prescaler (4, 8 .. 256) whose 4,096 counts reach the time; once started only a reset stops it. */
enum status port_watchdog_start(uint32_t timeout_ms) {
    uint32_t prescaler = 0, counts = 0;
    if (timeout_ms < 1 || timeout_ms > UINT32_MAX / (IWDG_HZ / 1000)) return ST_INVALID;
    for (; prescaler < PRESCALERS; prescaler++) {
        const uint32_t wanted = timeout_ms * (IWDG_HZ / 1000) / ((uint32_t)PRESCALER_FIRST << prescaler);
        counts = wanted > IWDG_RELOAD_MAX ? 0 : wanted < 1 ? 1 : wanted;
        if (counts > 0) break;
    }
    if (counts == 0) return ST_INVALID;
    access_write(IWDG_KR, IWDG_START);
    access_write(IWDG_KR, IWDG_UNLOCK);
    access_write(IWDG_PR, prescaler);
    access_write(IWDG_RLR, counts);
    const enum status status = becomes(IWDG_SR, 7, 0); /* it takes both over into its own clock */
    access_write(IWDG_KR, IWDG_FEED);
    return status;
}
void port_watchdog_feed(void) { access_write(IWDG_KR, IWDG_FEED); }

/* Every reset pulls the reset pin too, so that one says something only if it is alone. Flags are cleared once they are
 * read: they are for the next boot then. */
enum port_reset_reason port_reset_reason(void) {
    static bool taken;
    static enum port_reset_reason reason;
    if (taken) return reason;
    taken = true;
    const uint32_t flags = access_read(RCC_CSR);
    reason = PORT_RESET_OUTSIDE;
    if (flags & RCC_CSR_SFTRSTF) reason = PORT_RESET_ORDERED;
    if (flags & RCC_CSR_IWDGRSTF) reason = PORT_RESET_WATCHDOG;
    if (flags & RCC_CSR_BORRSTF) reason = PORT_RESET_POWER;
    access_set(RCC_CSR, RCC_CSR_RMVF);
    return reason;
}

_Noreturn void port_reset(void) {
    access_barrier();
    access_write(CORE_RESET_CONTROL, CORE_RESET_REQUEST);
    access_barrier();
    for (;;) access_wait_for_interrupt();
}

/* From the chip's noise source; a fault of it is an error, never a weak number. */
enum status port_random(void *to, size_t bytes) {
    uint8_t *const out = to;
    access_set(RCC_CRRCR, RCC_CRRCR_HSI48ON);
    if (becomes(RCC_CRRCR, RCC_CRRCR_HSI48RDY, RCC_CRRCR_HSI48RDY) != ST_OK) return ST_IO;
    access_clear(RCC_CCIPR, RCC_CCIPR_CLK48);
    access_set(RCC_AHB2ENR, RCC_AHB2ENR_RNG);
    access_write(RNG_CR, RNG_CR_RNGEN);
    for (size_t done = 0; done < bytes;) {
        if (becomes(RNG_SR, RNG_SR_DRDY, RNG_SR_DRDY) != ST_OK || access_read(RNG_SR) & RNG_SR_FAULTS) {
            memset(out, 0, bytes);
            access_write(RNG_CR, 0);
            return ST_IO;
        }
        const uint32_t number = access_read(RNG_DR);
        const size_t piece = bytes - done < sizeof number ? bytes - done : sizeof number;
        memcpy(out + done, &number, piece);
        done += piece;
    }
    return ST_OK;
}

/* Start-up leaves these alone. What they hold says by itself whether it is whole. */
__attribute__((section(".noinit"))) static uint8_t evidence[EVIDENCE_BYTES];
__attribute__((section(".noinit"))) static struct {
    uint32_t mark;
    uint8_t bytes[PORT_BLACKBOX_BYTES];
} blackbox;
enum { BLACKBOX_MARK = 0x584f4242 };

uint32_t port_evidence_bytes(void) { return sizeof evidence; }
void port_evidence_read(uint32_t offset, void *to, size_t length) { memcpy(to, evidence + offset, length); }
void port_evidence_write(uint32_t offset, const void *bytes, size_t length) {
    memcpy(evidence + offset, bytes, length);
}

static enum status blackbox_range(uint32_t offset, size_t length) {
    if (blackbox.mark != BLACKBOX_MARK) {
        memset(blackbox.bytes, 0, sizeof blackbox.bytes);
        blackbox.mark = BLACKBOX_MARK;
    }
    return offset <= PORT_BLACKBOX_BYTES && length <= PORT_BLACKBOX_BYTES - offset ? ST_OK : ST_RANGE;
}
enum status port_blackbox_write(uint32_t offset, const void *bytes, size_t length) {
    const enum status status = blackbox_range(offset, length);
    if (status == ST_OK) memcpy(blackbox.bytes + offset, bytes, length);
    return status;
}
enum status port_blackbox_read(uint32_t offset, void *to, size_t length) {
    const enum status status = blackbox_range(offset, length);
    if (status == ST_OK) memcpy(to, blackbox.bytes + offset, length);
    return status;
}
