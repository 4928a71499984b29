/* The watchdog, and what outlives a reset: the guests' blackbox, the hive's, and how the last boot ended. */
#include <stdbool.h>
#include <string.h>

#include "device/port/mps2_an386/board.h"
#include "device/port/mps2_an386/start.h"
#include "device/port/port.h"

enum { WATCHDOG_MS_MAX = 120000, EVIDENCE_BYTES = 8192 };

/* Start-up leaves it alone. `how` says how the last boot came to its end, as far as it knew. */
enum { EVIDENCE_MARK = 0x64697645, HOW_ORDERED = 0x6f72646f, HOW_WATCHDOG = 0x676f6477 };
__attribute__((section(".noinit"))) static struct {
    uint32_t mark;
    volatile uint32_t how;
    uint8_t bytes[EVIDENCE_BYTES];
} evidence;

/* It counts twice: the first end is an NMI, which nobody answers, the second one resets. */
enum status port_watchdog_start(uint32_t timeout_ms) {
    if (timeout_ms < 1 || timeout_ms > WATCHDOG_MS_MAX) return ST_INVALID;
    BOARD_WATCHDOG->lock = WATCHDOG_UNLOCK;
    BOARD_WATCHDOG->load = timeout_ms * (BOARD_CLOCK_HZ / 1000 / 2);
    BOARD_WATCHDOG->control = WATCHDOG_CONTROL_INTERRUPT | WATCHDOG_CONTROL_RESET;
    BOARD_WATCHDOG->lock = 0;
    return ST_OK;
}
void port_watchdog_feed(void) {
    BOARD_WATCHDOG->lock = WATCHDOG_UNLOCK;
    BOARD_WATCHDOG->interrupt_clear = 1; /* counts from the start again */
    BOARD_WATCHDOG->lock = 0;
    if (evidence.how == HOW_WATCHDOG) evidence.how = 0;
}
void start_on_nmi(void) { evidence.how = HOW_WATCHDOG; }
_Noreturn void port_reset(void) {
    evidence.how = HOW_ORDERED;
    board_barrier();
    BOARD_RESET_CONTROL = BOARD_RESET_REQUEST;
    board_barrier();
    for (;;) {
    }
}

/* What the marks say is taken once: they are for the next boot then. */
enum port_reset_reason port_reset_reason(void) {
    static bool taken;
    static enum port_reset_reason reason;
    if (taken) return reason;
    taken = true;
    reason = PORT_RESET_OUTSIDE;
    if (evidence.how == HOW_ORDERED) reason = PORT_RESET_ORDERED;
    if (evidence.how == HOW_WATCHDOG) reason = PORT_RESET_WATCHDOG;
    if (evidence.mark != EVIDENCE_MARK) reason = PORT_RESET_POWER;
    evidence.mark = EVIDENCE_MARK;
    evidence.how = 0;
    return reason;
}

uint32_t port_evidence_bytes(void) { return sizeof evidence.bytes; }
void port_evidence_read(uint32_t offset, void *to, size_t length) { memcpy(to, evidence.bytes + offset, length); }
void port_evidence_write(uint32_t offset, const void *bytes, size_t length) {
    memcpy(evidence.bytes + offset, bytes, length);
}

/* The guests'. It is what it was only if the mark is there; else it begins as zeros. */
enum { BLACKBOX_MARK = 0x584f4242 };
__attribute__((section(".noinit"))) static struct {
    uint32_t mark;
    uint8_t bytes[PORT_BLACKBOX_BYTES];
} blackbox;

static enum status blackbox_range(uint32_t offset, size_t length) {
    if (blackbox.mark != BLACKBOX_MARK) {
        memset(blackbox.bytes, 0, sizeof blackbox.bytes);
        blackbox.mark = BLACKBOX_MARK;
    }
    return (uint64_t)offset + length <= PORT_BLACKBOX_BYTES ? ST_OK : ST_RANGE;
}
enum status port_blackbox_write(uint32_t offset, const void *bytes, size_t length) {
    const enum status status = blackbox_range(offset, length);
    if (status == ST_OK) memcpy(blackbox.bytes + offset, bytes, length);
    return status;
}
enum status port_blackbox_read(uint32_t offset, void *to, size_t length) {
    const enum status status = blackbox_range(offset, length);
    if (status == ST_OK) memcpy(to, blackbox.bytes + offset, length);
    return status;
}
