/* line: UART0 for the bootloader: received bytes wait in a ring as large as its credit needs; sending waits for the
 * transmitter. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_LINE_H
#define SKEP_DEVICE_PORT_MPS2_AN386_LINE_H

#include <stddef.h>
#include <stdint.h>

void line_start(void);
size_t line_read(uint8_t *to, size_t capacity);
void line_write(const uint8_t *bytes, size_t length);

#endif
