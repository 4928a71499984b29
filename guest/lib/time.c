/* time: what the C library builds time and clock on. There is no calendar: time starts at the reset. */
#include <stdint.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "console.h"
#include "skep.h"

enum { US_PER_SECOND = 1000000, MS_PER_SECOND = 1000 };

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    uint64_t us = 0;
    (void)zone;
    if (skep_time_now(&us) < 0) return -1;
    now->tv_sec = (time_t)(us / US_PER_SECOND);
    now->tv_usec = (suseconds_t)(us % US_PER_SECOND);
    return 0;
}

/* Microseconds, as CLOCKS_PER_SEC says. The time that passed, not the processor's: a task cannot see its own share. */
clock_t clock(void) { return (clock_t)skep_time_micros(); }

unsigned sleep(unsigned seconds) {
    if (console_flush) console_flush();
    skep_time_delay_ms(seconds * MS_PER_SECOND);
    return 0;
}

int usleep(useconds_t us) {
    if (console_flush) console_flush();
    skep_time_delay_us((uint32_t)us);
    return 0;
}
