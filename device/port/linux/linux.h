/* linux: what the program that is the board tells it. */
#ifndef SKEP_DEVICE_PORT_LINUX_LINUX_H
#define SKEP_DEVICE_PORT_LINUX_LINUX_H

#include "device/port/folder/folder.h"
#include "device/port/port.h"

/* Guests' files lie there, from now on; it stays open. NULL: there is no storage. */
void linux_files(const struct folder *folder);

/* The hive's blackbox lies there, from now on; and what began this process, which is its boot. NULL: there is none. */
void linux_evidence(uint8_t *bytes, uint32_t length, enum port_reset_reason reason);

#endif
