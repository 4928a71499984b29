/* console: what the board has beyond port.h on its serial lines. */
#ifndef SKEP_DEVICE_PORT_STM32G474_CONSOLE_H
#define SKEP_DEVICE_PORT_STM32G474_CONSOLE_H

#include <stddef.h>

/* USART1 on PA9 and PA10: the link and the console. USART2 on PA2 and PA3: what the firmware reports. */
void console_start(void);
void console_start_link(void); /* USART1 alone */
size_t console_report_write(const void *bytes, size_t length);

void console_on_usart1(void);

#endif
