#include "device/executive/evidence.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/vm/trace.h"

_Static_assert((int)BLACKBOX_REGISTERS == (int)VM_REGISTERS, "a record has room for all registers");
_Static_assert((int)BLACKBOX_TRACE_MAX >= (int)TASK_TRACE_MAX, "a record has room for a task's trace");
_Static_assert((int)BLACKBOX_NAME_BYTES == (int)EXECUTIVE_NAME_BYTES, "a record has room for a task's name");
_Static_assert((int)BLACKBOX_BUILD_ID_BYTES == (int)ARTIFACT_BUILD_ID_BYTES, "a record has room for a build id");

static void read_port(void *context, uint32_t offset, void *to, uint32_t length) {
    (void)context;
    port_evidence_read(offset, to, length);
}
static void write_port(void *context, uint32_t offset, const void *bytes, uint32_t length) {
    (void)context;
    port_evidence_write(offset, bytes, length);
}

enum status evidence_open(struct blackbox *blackbox) {
    const struct blackbox_area area = {.bytes = port_evidence_bytes(), .read = read_port, .write = write_port};
    return blackbox_open(blackbox, &area) == ST_OK ? ST_OK : ST_UNSUPPORTED;
}

/* Why the boot before ended, if that is the last thing that is known of it; else 0. */
static uint32_t last_cause(struct blackbox *blackbox) {
    struct blackbox_record record;
    if (blackbox_get(blackbox, blackbox->newest, &record) != ST_OK) return 0;
    return record.kind == BLACKBOX_RESET && record.boot == blackbox->boots ? record.reason : 0;
}

bool evidence_ended_by_order(struct blackbox *blackbox) { return last_cause(blackbox) == BLACKBOX_CAUSE_ORDER; }

uint32_t evidence_boot(struct blackbox *blackbox, enum port_reset_reason reason, uint32_t boots_max, uint64_t time_us) {
    uint32_t causes = 0;
    if (reason == PORT_RESET_WATCHDOG) causes |= 1u << CAUSE_WATCHDOG;
    const uint32_t cause = reason == PORT_RESET_POWER ? 0 : last_cause(blackbox);
    if (cause != 0 && cause != BLACKBOX_CAUSE_ORDER) causes |= 1u << CAUSE_FAILURE;
    const bool headless = !blackbox->whole && blackbox->newest > 0;
    if (headless || (blackbox->whole && blackbox->damaged > 0)) causes |= 1u << CAUSE_BLACKBOX;
    blackbox_boot(blackbox, reason, time_us);
    if (boots_max > 0 && blackbox->unsettled > boots_max) causes |= 1u << CAUSE_BOOT_LOOP;
    return causes;
}

/* A task that returned 0 did what it was to do. */
static bool is_evidence(const struct task *task) { return task->end != TASK_END_EXIT || task->end_detail != 0; }

/* The latest first. */
static void put_branches(const struct executive *executive, const struct task *task) {
    const struct vm_trace *const trace = executive->trace;
    struct blackbox_record record = {.time_us = executive->now_us, .kind = BLACKBOX_BRANCHES, .pid = task->pid};
    while (record.trace_count < VM_TRACE_BRANCHES && record.trace_count < trace->count) {
        const uint32_t at = (trace->count - 1 - record.trace_count) % VM_TRACE_BRANCHES;
        record.reg[record.trace_count] = trace->from[at];
        record.trace[record.trace_count++] = trace->to[at];
    }
    memcpy(record.name, task->name, sizeof record.name);
    memcpy(record.build_id, task->build_id, sizeof record.build_id);
    blackbox_put(executive->config->blackbox, &record);
}

void evidence_task_end(const struct executive *executive, const struct task *task) {
    struct blackbox *const blackbox = executive->config->blackbox;
    if (!blackbox || !is_evidence(task)) return;
    const bool by_order = task->end == TASK_END_EXIT || task->end == TASK_END_KILLED;
    const bool trapped = task->end == TASK_END_TRAP;
    struct blackbox_record record = {
        .time_us = executive->now_us,
        .kind = by_order ? BLACKBOX_END : BLACKBOX_FAULT,
        .reason = (uint8_t)task->end,
        .trace_count = (uint8_t)task->trace_count,
        .detail = (uint32_t)task->end_detail,
        .pid = task->pid,
        .trap = trapped ? task->vm.trap : 0,
        .trap_detail = trapped ? task->vm.trap_detail : 0,
        .pc = task->vm.pc,
        .return_depth = task->vm.return_depth,
    };
    memcpy(record.name, task->name, sizeof record.name);
    memcpy(record.build_id, task->build_id, sizeof record.build_id);
    memcpy(record.reg, task->vm.reg, sizeof record.reg);
    memcpy(record.trace, task->trace, sizeof task->trace);
    blackbox_put(blackbox, &record);
    if (PROFILE_HAS_BRANCHES && !by_order && executive->traced_pid == task->pid) put_branches(executive, task);
}

void evidence_event(const struct executive *executive, const struct executive_event *event) {
    struct blackbox *const blackbox = executive->config->blackbox;
    const bool often = event->kind == EVENT_MOVED || event->kind == EVENT_VALUE || event->kind >= EVENT_SENT;
    if (!blackbox || often) return;
    struct blackbox_event kept = {.time_us = event->time_us,
                                  .kind = event->kind,
                                  .refusal = event->refusal,
                                  .load = event->load,
                                  .pid = event->pid,
                                  .a = event->a,
                                  .b = event->b};
    blackbox_put_event(blackbox, &kept);
}

struct executive_event evidence_event_of(const struct blackbox_event *event) {
    return (struct executive_event){.time_us = event->time_us,
                                    .kind = event->kind,
                                    .refusal = event->refusal,
                                    .load = event->load,
                                    .pid = event->pid,
                                    .a = event->a,
                                    .b = event->b};
}

void evidence_reset(struct blackbox *blackbox, enum blackbox_cause cause, const char *file, uint32_t line,
                    uint64_t time_us) {
    struct blackbox_record record = {
        .time_us = time_us, .kind = BLACKBOX_RESET, .reason = (uint8_t)cause, .detail = line};
    const size_t length = file ? text_length(file) : 0, most = sizeof record.name - 1;
    if (file) memcpy(record.name, length > most ? file + length - most : file, length > most ? most : length);
    blackbox_put(blackbox, &record);
}
