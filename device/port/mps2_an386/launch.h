/* launch: leaves the boot image for another one, or for a reset. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_LAUNCH_H
#define SKEP_DEVICE_PORT_MPS2_AN386_LAUNCH_H

#include <stdint.h>

/* Starts the image whose vector table lies at `vectors`, with the watchdog running and the MPU letting execute only the
 * boot image and the slot there. */
_Noreturn void launch(uint32_t vectors);
_Noreturn void launch_reset(void);

#endif
