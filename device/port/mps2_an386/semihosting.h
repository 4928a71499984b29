/* semihosting: how a test or bench image speaks to whoever started the emulator. Shipped firmware does not use it. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_SEMIHOSTING_H
#define SKEP_DEVICE_PORT_MPS2_AN386_SEMIHOSTING_H

#include <stddef.h>
#include <stdint.h>

void semihosting_print(const char *text);
void semihosting_print_hex(uint32_t value);
_Noreturn void semihosting_exit(uint32_t status);

#endif
