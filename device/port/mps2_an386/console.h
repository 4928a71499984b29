/* console: what the board has beyond port.h on its serial lines. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_CONSOLE_H
#define SKEP_DEVICE_PORT_MPS2_AN386_CONSOLE_H

#include <stddef.h>

void console_start(void);

/* UART1, on which programs read what the firmware reports. Gives how many bytes were taken. */
size_t console_report_write(const void *bytes, size_t length);

#endif
