/* The watchdog resets a board that no longer feeds it, and the blackbox outlives the reset. Runs twice: what the first
 * run writes, the second one reads. */
#include <string.h>

#include "device/port/mps2_an386/clock.h"
#include "device/port/mps2_an386/protect.h"
#include "device/port/mps2_an386/semihosting.h"
#include "device/port/port.h"

enum { TIMEOUT_MS = 50, FED_US = 200000, LIMIT_US = 2000000, AT = 16 };
static const char before_reset[8] = "fed";

_Noreturn static void fail(const char *what) {
    semihosting_print("guard_board_test: ");
    semihosting_print(what);
    semihosting_print("\n");
    semihosting_exit(1);
}

static void second_run(void) {
    char there[8];
    if (port_blackbox_read(AT, there, sizeof there) != ST_OK) fail("the blackbox cannot be read");
    if (memcmp(there, before_reset, sizeof there) == 0) semihosting_exit(0);
}

int main(void) {
    clock_start();
    protect_start();
    second_run();
    if (port_blackbox_write(PORT_BLACKBOX_BYTES - 4, before_reset, sizeof before_reset) != ST_RANGE)
        fail("a write past the blackbox's end is taken");
    if (port_watchdog_start(0) != ST_INVALID) fail("a watchdog of 0 ms is taken");
    if (port_watchdog_start(TIMEOUT_MS) != ST_OK) fail("the watchdog does not start");
    while (port_now_us() < FED_US) {
        port_sleep_until_us(port_now_us() + 1000);
        port_watchdog_feed();
    }
    if (port_blackbox_write(AT, before_reset, sizeof before_reset) != ST_OK) fail("the blackbox cannot be written");
    while (port_now_us() < LIMIT_US) {
    }
    fail("nobody fed the watchdog for two seconds, and it did not reset");
}
