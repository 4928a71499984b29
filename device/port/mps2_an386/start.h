/* start: the exceptions of this board that its own parts handle; those of every board are in board.h. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_START_H
#define SKEP_DEVICE_PORT_MPS2_AN386_START_H

#include "device/port/board.h"

void start_on_nmi(void);
void start_on_uart0_receive(void);
void start_on_uart2_receive(void);

#endif
