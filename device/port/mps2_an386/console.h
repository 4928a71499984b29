/* console: what the board has beyond port.h on its serial lines. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_CONSOLE_H
#define SKEP_DEVICE_PORT_MPS2_AN386_CONSOLE_H

#include <stddef.h>
#include <stdint.h>

void console_start(void);

/* What has come on the console's line: bytes for which there was no room; bytes that waited at once, at most, and that
 * may wait. */
struct console_counts {
    uint32_t lost, waiting_most, waiting_max;
};
struct console_counts console_counts(void);

/* UART1, on which programs read what the firmware reports. Gives how many bytes were taken. */
size_t console_report_write(const void *bytes, size_t length);

#endif
