/* blackbox: the hive's last words. A ring of records and one of events in memory that outlives a reset, each entry
 * sealed with a check, so that whatever cuts a write short costs that one entry and no other.
 *
 * Owns no memory and no clock: the area is reached through two functions, time is in the record. Knows nothing of
 * tasks; evidence.h puts them in. The same code reads a device's area and a file of it. Source: spec/blackbox.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_BLACKBOX_H
#define SKEP_DEVICE_EXECUTIVE_BLACKBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum {
    BLACKBOX_SLOT_BYTES = 256, /* slot 0 is the header, the last quarter has events, each other one a record */
    BLACKBOX_EVENT_BYTES = 36,
    BLACKBOX_EVENTS_OF_SLOT = BLACKBOX_SLOT_BYTES / BLACKBOX_EVENT_BYTES,
    BLACKBOX_HEADER_BYTES = 32,
    BLACKBOX_FORMAT = 2,
    BLACKBOX_SLOTS_MIN = 4,
    BLACKBOX_SLOTS_MAX = 1024,
    BLACKBOX_NAME_BYTES = 32, /* NUL-terminated */
    BLACKBOX_BUILD_ID_BYTES = 16,
    BLACKBOX_REGISTERS = 16,
    BLACKBOX_TRACE_MAX = 16,
    BLACKBOX_SEQUENCE_MAX = 0x7fffffff,
};
#define BLACKBOX_MAGIC 0x58424b53u /* "SKBX" */

/* Memory, `bytes` of it. Ranges that are asked for lie inside. write keeps the order of the bytes. */
struct blackbox_area {
    void *context;
    uint32_t bytes;
    void (*read)(void *context, uint32_t offset, void *to, uint32_t length);
    void (*write)(void *context, uint32_t offset, const void *bytes, uint32_t length);
};

enum blackbox_kind {
    BLACKBOX_BOOT = 1, /* reason: enum port_reset_reason; detail: slots that were found damaged */
    BLACKBOX_FAULT,    /* a task was ended for what it did. reason: enum task_end, detail: task->end_detail */
    BLACKBOX_END,      /* a task was killed, or gave a status that is not 0; the same */
    BLACKBOX_RESET,    /* the hive resets itself. reason: enum blackbox_cause; name: file, detail: line */
    BLACKBOX_BRANCHES, /* behind the fault of a task that was traced: reg[i] to trace[i], the latest first */
};
/* ORDER: the hive was told to end, and did. */
enum blackbox_cause { BLACKBOX_CAUSE_REQUIREMENT = 1, BLACKBOX_CAUSE_MEMORY_FAULT, BLACKBOX_CAUSE_ORDER };

/* Fields that a kind does not use are 0. */
struct blackbox_record {
    uint32_t sequence, boot; /* both count from 1; set by blackbox_put */
    uint64_t time_us;        /* since that boot */
    uint8_t kind;            /* enum blackbox_kind */
    uint8_t reason;
    uint8_t trace_count;
    uint32_t detail, pid;
    char name[BLACKBOX_NAME_BYTES];
    uint8_t build_id[BLACKBOX_BUILD_ID_BYTES];
    uint32_t trap, trap_detail, pc; /* enum vm_trap; 0: it did not trap */
    uint32_t return_depth;          /* of which trace has the innermost, innermost first, with their marks */
    uint32_t reg[BLACKBOX_REGISTERS], trace[BLACKBOX_TRACE_MAX];
};

/* An event of the executive: kind, refusal, load, a and b as in struct executive_event. */
struct blackbox_event {
    uint32_t sequence, boot; /* both count from 1; set by blackbox_put_event */
    uint64_t time_us;        /* since that boot */
    uint8_t kind, refusal;
    uint16_t load;
    uint32_t pid, a, b;
};

struct blackbox {
    bool whole;              /* a header was found */
    uint32_t boots, reason;  /* so far; enum port_reset_reason of the last one */
    uint32_t unsettled;      /* boots in a row, this one counted, that blackbox_settle did not follow */
    uint32_t oldest, newest; /* sequence numbers, between which some may be missing; newest 0: no record */
    uint32_t kept;           /* records that can be read */
    uint32_t newest_event;   /* sequence number; those before it may be missing; 0: none */
    uint32_t events_max;     /* that there is room for */
    uint32_t damaged, stale; /* slots with something else: a cut-short write; a record too old to be where it is */

    /* below: private to blackbox.c */
    struct blackbox_area area;
    uint32_t slots, copy, writes; /* copy: which header holds; writes: of headers so far */
    uint8_t slot[BLACKBOX_SLOT_BYTES];
};

/* Finds what is there; writes nothing. ST_RANGE: the area is too small or too large for a blackbox. */
enum status blackbox_open(struct blackbox *blackbox, const struct blackbox_area *area);
/* Counts a boot and records it. Of boots with nothing between them the first two are records, the others are counted
 * alone, so that a device that resets over and over keeps what was before. */
void blackbox_boot(struct blackbox *blackbox, uint32_t reason, uint64_t time_us);
/* This boot has lasted, or ends as it should. */
void blackbox_settle(struct blackbox *blackbox);
/* Appends a record, over the oldest one when the ring is full. May be called from a handler that interrupted another
 * call and does not return to it. */
void blackbox_put(struct blackbox *blackbox, struct blackbox_record *record);
/* ST_NOT_FOUND: no readable record has that sequence number. */
enum status blackbox_get(struct blackbox *blackbox, uint32_t sequence, struct blackbox_record *record);

/* The same of an event. */
void blackbox_put_event(struct blackbox *blackbox, struct blackbox_event *event);
enum status blackbox_get_event(struct blackbox *blackbox, uint32_t sequence, struct blackbox_event *event);
/* Bytes of the area as they lie, until the next call of this. Precondition: at most BLACKBOX_SLOT_BYTES, inside. */
const uint8_t *blackbox_read(struct blackbox *blackbox, uint32_t offset, uint32_t length);

/* One record and its slot. decode: ST_CORRUPT unless encode would give these very bytes. */
void blackbox_encode(const struct blackbox_record *record, uint8_t to[BLACKBOX_SLOT_BYTES]);
enum status blackbox_decode(const uint8_t slot[BLACKBOX_SLOT_BYTES], struct blackbox_record *record);

#endif
