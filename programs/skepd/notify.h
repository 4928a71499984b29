/* notify: tells the service manager that started skepd how it does, by the protocol of sd_notify(3): datagrams to the
 * socket that NOTIFY_SOCKET names. Without one, nothing is told and nothing fails. */
#ifndef SKEP_PROGRAMS_SKEPD_NOTIFY_H
#define SKEP_PROGRAMS_SKEPD_NOTIFY_H

#include <stdint.h>

/* "READY=1", "STOPPING=1", "STATUS=..", "WATCHDOG=1". */
void notify(const char *text);
/* How long the manager waits for WATCHDOG=1 before it ends this process; 0: it does not. */
uint64_t notify_watchdog_us(void);

#endif
