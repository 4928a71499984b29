/* start: the exceptions that an image may handle by defining these functions. */
#ifndef SKEP_DEVICE_PORT_STM32G474_START_H
#define SKEP_DEVICE_PORT_STM32G474_START_H

void start_on_pendsv(void);
void start_on_memory_fault(void);

#endif
