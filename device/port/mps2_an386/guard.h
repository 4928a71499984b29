/* guard: how a boot ended, for the next one. */
#ifndef SKEP_DEVICE_PORT_MPS2_AN386_GUARD_H
#define SKEP_DEVICE_PORT_MPS2_AN386_GUARD_H

/* A reset by order comes now. */
void guard_note_reset(void);

#endif
