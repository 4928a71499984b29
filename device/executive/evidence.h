/* evidence: what the executive and the firmware put into the blackbox, and what its records mean in words. */
#ifndef SKEP_DEVICE_EXECUTIVE_EVIDENCE_H
#define SKEP_DEVICE_EXECUTIVE_EVIDENCE_H

#include "device/executive/blackbox.h"
#include "device/executive/executive.h"
#include "device/port/port.h"

/* The port's area. ST_UNSUPPORTED: the board has none, and everything that is put in is dropped. */
enum status evidence_open(struct blackbox *blackbox);

/* Whether the boot before ended as it was told to. */
bool evidence_ended_by_order(struct blackbox *blackbox);

/* Counts a boot and records it. Gives what it shows of the one before: bits of enum hive_cause. `boots_max` boots in a
 * row that did not last, this one not counted, are a loop; 0: none are. */
uint32_t evidence_boot(struct blackbox *blackbox, enum port_reset_reason reason, uint32_t boots_max, uint64_t time_us);

/* A task has ended, its trace is kept: if that is evidence, and there is a blackbox, it is recorded. */
void evidence_task_end(const struct executive *executive, const struct task *task);

/* The executive tells this: it is kept, unless it is of a kind that would push everything else out. */
void evidence_event(const struct executive *executive, const struct executive_event *event);

/* The hive is about to reset itself. `file` may be NULL; of a path the end is kept. */
void evidence_reset(struct blackbox *blackbox, enum blackbox_cause cause, const char *file, uint32_t line,
                    uint64_t time_us);

/* "boot", "fault", "end", "reset", "branches"; and its reason: "watchdog", "trap", "requirement". */
const char *evidence_kind_text(const struct blackbox_record *record);
const char *evidence_reason_text(const struct blackbox_record *record);
/* Of an enum port_reset_reason. */
const char *evidence_boot_text(uint32_t reason);

/* One line for people, cut where `capacity` ends, NUL-terminated: "#7 boot 2 at 1503 ms: fault: trap press pid 1 ...".
 * Gives its length. Precondition: capacity is not 0. */
size_t evidence_text(const struct blackbox_record *record, char *to, size_t capacity);

/* An event as it was, but for its text, which is not kept. */
struct executive_event evidence_event_of(const struct blackbox_event *event);

#endif
