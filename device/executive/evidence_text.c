/* What the blackbox kept, in words. Apart, so that a device that does not print them does not carry them. */
#include "core/base/bytes.h"
#include "device/executive/evidence.h"

const char *evidence_kind_text(const struct blackbox_record *record) {
    switch ((enum blackbox_kind)record->kind) {
    case BLACKBOX_BOOT: return "boot";
    case BLACKBOX_FAULT: return "fault";
    case BLACKBOX_END: return "end";
    case BLACKBOX_RESET: return "reset";
    case BLACKBOX_BRANCHES: return "branches";
    }
    return "unknown";
}

const char *evidence_boot_text(uint32_t reason) {
    static const char *const names[] = {
        [PORT_RESET_POWER] = "power",
        [PORT_RESET_ORDERED] = "reset",
        [PORT_RESET_WATCHDOG] = "watchdog",
        [PORT_RESET_OUTSIDE] = "outside",
    };
    return reason < sizeof names / sizeof *names ? names[reason] : "unknown";
}

static const char *end_text(uint32_t end) {
    static const char *const names[] = {
        [TASK_END_NONE] = "none",         [TASK_END_EXIT] = "exit",         [TASK_END_TRAP] = "trap",
        [TASK_END_FUEL] = "fuel",         [TASK_END_WATCHDOG] = "watchdog", [TASK_END_CHECK_IN] = "check-in",
        [TASK_END_BREAK] = "break",       [TASK_END_KILLED] = "killed",     [TASK_END_CALLS] = "calls",
        [TASK_END_MESSAGES] = "messages", [TASK_END_LOG] = "log",           [TASK_END_TIME] = "time",
    };
    return end < sizeof names / sizeof *names ? names[end] : "unknown";
}

const char *evidence_reason_text(const struct blackbox_record *record) {
    if (record->kind == BLACKBOX_BOOT) return evidence_boot_text(record->reason);
    if (record->kind == BLACKBOX_BRANCHES) return "traced";
    if (record->kind != BLACKBOX_RESET) return end_text(record->reason);
    if (record->reason == BLACKBOX_CAUSE_REQUIREMENT) return "requirement";
    if (record->reason == BLACKBOX_CAUSE_ORDER) return "order";
    return record->reason == BLACKBOX_CAUSE_MEMORY_FAULT ? "memory fault" : "unknown";
}

/* ---- a line ---- */

static void put_text(struct writer *out, const char *text) {
    while (*text) put_u8(out, (uint8_t)*text++);
}

static void put_number(struct writer *out, const char *before, uint64_t value) {
    char digits[20];
    int count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    put_text(out, before);
    while (count > 0) put_u8(out, (uint8_t)digits[--count]);
}

static void put_build_id(struct writer *out, const uint8_t id[BLACKBOX_BUILD_ID_BYTES]) {
    static const char digits[] = "0123456789abcdef";
    put_text(out, " build ");
    for (uint32_t i = 0; i < BLACKBOX_BUILD_ID_BYTES; i++) {
        put_u8(out, (uint8_t)digits[id[i] >> 4]);
        put_u8(out, (uint8_t)digits[id[i] & 15]);
    }
}

static void put_task(struct writer *out, const struct blackbox_record *record) {
    put_text(out, " ");
    put_text(out, record->name);
    put_number(out, " pid ", record->pid);
    put_number(out, " trap ", record->trap);
    put_number(out, ",", record->trap_detail);
    put_number(out, " word ", record->pc);
    for (uint32_t i = 0; i < record->trace_count; i++) put_number(out, i == 0 ? " from " : ",", record->trace[i]);
    put_build_id(out, record->build_id);
}

size_t evidence_text(const struct blackbox_record *record, char *to, size_t capacity) {
    struct writer out = writer_of((uint8_t *)to, capacity - 1);
    put_number(&out, "#", record->sequence);
    put_number(&out, " boot ", record->boot);
    put_number(&out, " at ", record->time_us / 1000);
    put_text(&out, " ms: ");
    put_text(&out, evidence_kind_text(record));
    put_text(&out, ": ");
    put_text(&out, evidence_reason_text(record));
    if (record->kind == BLACKBOX_RESET && record->name[0]) {
        put_text(&out, " at ");
        put_text(&out, record->name);
        put_number(&out, ":", record->detail);
    } else if (record->kind == BLACKBOX_FAULT || record->kind == BLACKBOX_END) {
        put_task(&out, record);
    }
    to[out.length] = '\0';
    return out.length;
}
