/* Transfers poll, each for at most TRANSFER_US_MAX: 255 bytes each way at 100 kHz take 46 ms, and a device that holds
 * the clock is given up. Then, and after a bus error, the block is switched off and on, which lets go of the bus. */

#include "device/port/port.h"
#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/pin.h"

enum { ALTERNATE_I2C = 4, PORT_B = 1, BYTES_MAX = 255, ADDRESS_MAX = 127, TRANSFER_US_MAX = 60000 };
#define FAULTS (I2C_ISR_NACKF | I2C_ISR_BERR | I2C_ISR_ARLO)

/* At the first transfer: an image whose guests have no bus does without. */
static void start(void) {
    access_set(RCC_APB1ENR1, RCC_APB1ENR1_I2C1);
    access_set(RCC_CR, RCC_CR_HSION);
    access_set(RCC_CCIPR, RCC_CCIPR_I2C1_HSI);
    pin_alternate(PORT_B, 8, ALTERNATE_I2C, GPIO_PULL_UP, 1);
    pin_alternate(PORT_B, 9, ALTERNATE_I2C, GPIO_PULL_UP, 1);
    access_write(I2C1_TIMINGR, I2C_TIMING_100_KHZ);
    access_write(I2C1_CR1, I2C_CR1_PE);
}

static void let_go(void) {
    access_write(I2C1_CR1, 0);
    for (int i = 0; i < 3; i++) (void)access_read(I2C1_CR1); /* off for at least three cycles of the bus clock */
    access_write(I2C1_CR1, I2C_CR1_PE);
}

/* Until one of the bits is there. */
static enum status wait_for(uint32_t bits, uint64_t deadline_us) {
    for (;;) {
        const uint32_t state = access_read(I2C1_ISR);
        if (state & I2C_ISR_NACKF) return ST_NOT_FOUND;
        if (state & FAULTS) return ST_IO;
        if (state & bits) return ST_OK;
        if (port_now_us() >= deadline_us) return ST_TIMEOUT;
    }
}

/* One direction. After out comes in without a stop: then the block says that it is complete and waits. */
static enum status move(uint32_t address, uint32_t cr2, const uint8_t *out, uint8_t *in, size_t length,
                        uint64_t deadline_us) {
    enum status status = ST_OK;
    access_write(I2C1_CR2, address << 1 | I2C_CR2_NBYTES(length) | cr2 | I2C_CR2_START);
    for (size_t i = 0; i < length && status == ST_OK; i++) {
        status = wait_for(out ? I2C_ISR_TXIS : I2C_ISR_RXNE, deadline_us);
        if (status != ST_OK) break;
        if (out)
            access_write(I2C1_TXDR, out[i]);
        else
            in[i] = (uint8_t)access_read(I2C1_RXDR);
    }
    return status == ST_OK ? wait_for(cr2 & I2C_CR2_AUTOEND ? I2C_ISR_STOPF : I2C_ISR_TC, deadline_us) : status;
}

/* What was not acknowledged the block itself ends. */
static void await_stop(uint64_t deadline_us) {
    while (!(access_read(I2C1_ISR) & I2C_ISR_STOPF) && port_now_us() < deadline_us) {
    }
}

enum status port_i2c_transfer(uint32_t bus, uint32_t address, const void *out, size_t out_bytes, void *in,
                              size_t in_bytes) {
    if (!(access_read(RCC_APB1ENR1) & RCC_APB1ENR1_I2C1)) start();
    if (bus != 0) return ST_UNSUPPORTED;
    if (address > ADDRESS_MAX || out_bytes > BYTES_MAX || in_bytes > BYTES_MAX) return ST_INVALID;
    if (access_read(I2C1_ISR) & I2C_ISR_BUSY) return ST_BUSY;
    const uint64_t deadline_us = port_now_us() + TRANSFER_US_MAX;
    enum status status = ST_OK;
    if (out_bytes > 0 || in_bytes == 0) /* nothing either way: is somebody there? */
        status = move(address, in_bytes > 0 ? 0 : I2C_CR2_AUTOEND, out, NULL, out_bytes, deadline_us);
    if (status == ST_OK && in_bytes > 0)
        status = move(address, I2C_CR2_READ | I2C_CR2_AUTOEND, NULL, in, in_bytes, deadline_us);
    if (status == ST_NOT_FOUND) await_stop(deadline_us);
    access_write(I2C1_ICR, I2C_ISR_ENDS);
    if (status != ST_OK) let_go();
    return status;
}
