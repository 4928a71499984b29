/* The watchdog resets a board that no longer feeds it, and both blackboxes outlive the reset: the guests' and the
 * hive's, which says who reset. Runs three times: the third one comes by order. */
#include <string.h>

#include "device/executive/evidence.h"
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

static struct blackbox blackbox;

_Noreturn void require_failed(const char *expression, const char *file, int line) {
    (void)file;
    (void)line;
    fail(expression);
}

static void check_record(uint32_t sequence, uint32_t boot, uint32_t kind, uint32_t reason, uint32_t detail) {
    struct blackbox_record record;
    if (blackbox_get(&blackbox, sequence, &record) != ST_OK) fail("a record is not there after the reset");
    if (record.boot != boot || record.kind != kind || record.reason != reason || record.detail != detail)
        fail("a record is not as it was written");
}

static void later_runs(enum port_reset_reason reason) {
    char there[8];
    if (port_blackbox_read(AT, there, sizeof there) != ST_OK) fail("the blackbox cannot be read");
    if (memcmp(there, before_reset, sizeof there) != 0) return;
    if (!blackbox.whole || blackbox.damaged > 0) fail("the hive's blackbox did not outlive the reset whole");
    check_record(1, 1, BLACKBOX_BOOT, PORT_RESET_POWER, 0);
    check_record(2, 1, BLACKBOX_RESET, BLACKBOX_CAUSE_REQUIREMENT, 17);
    if (blackbox.boots == 1) {
        if (reason != PORT_RESET_WATCHDOG) fail("the watchdog reset the board, and it does not know");
        blackbox_boot(&blackbox, reason, port_now_us());
        port_reset();
    }
    check_record(3, 2, BLACKBOX_BOOT, PORT_RESET_WATCHDOG, 0);
    if (reason != PORT_RESET_ORDERED) fail("the board reset itself, and it does not know");
    semihosting_exit(0);
}

int main(void) {
    clock_start();
    protect_start();
    const enum port_reset_reason reason = port_reset_reason();
    if (evidence_open(&blackbox) != ST_OK) fail("the board has no memory for the hive's blackbox");
    later_runs(reason);
    blackbox_boot(&blackbox, reason, port_now_us());
    evidence_reset(&blackbox, BLACKBOX_CAUSE_REQUIREMENT, "guard_board_test.c", 17, port_now_us());
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
