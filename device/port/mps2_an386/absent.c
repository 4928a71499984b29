/* What the emulated board lacks. */
#include "device/port/port.h"

enum status port_adc_read(uint32_t channel, uint32_t *value) {
    (void)channel;
    *value = 0;
    return ST_UNSUPPORTED;
}
enum status port_pwm_write(uint32_t channel, uint32_t period_us, uint32_t duty) {
    (void)channel;
    (void)period_us;
    (void)duty;
    return ST_UNSUPPORTED;
}
enum status port_i2c_transfer(uint32_t bus, uint32_t address, const void *out, size_t out_bytes, void *in,
                              size_t in_bytes) {
    (void)bus;
    (void)address;
    (void)out;
    (void)out_bytes;
    (void)in;
    (void)in_bytes;
    return ST_UNSUPPORTED;
}
enum status port_spi_transfer(uint32_t bus, uint32_t select, const void *out, void *in, size_t bytes) {
    (void)bus;
    (void)select;
    (void)out;
    (void)in;
    (void)bytes;
    return ST_UNSUPPORTED;
}
enum status port_can_send(const struct port_can_frame *frame) {
    (void)frame;
    return ST_UNSUPPORTED;
}
enum status port_can_receive(struct port_can_frame *frame) {
    (void)frame;
    return ST_UNSUPPORTED;
}
enum status port_random(void *to, size_t bytes) {
    (void)to;
    (void)bytes;
    return ST_UNSUPPORTED;
}
enum status port_file(enum port_file_operation operation, struct port_file *file) {
    (void)operation;
    (void)file;
    return ST_UNSUPPORTED;
}
