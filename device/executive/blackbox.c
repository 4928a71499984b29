#include "device/executive/blackbox.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"

enum {
    SEAL_BYTES = 4,
    SEALED_BYTES = BLACKBOX_SLOT_BYTES - SEAL_BYTES,
    EVENT_SEALED_BYTES = BLACKBOX_EVENT_BYTES - SEAL_BYTES,
    HEADER_SEALED_BYTES = BLACKBOX_HEADER_BYTES - SEAL_BYTES,
    BOOTS_IN_A_ROW = 2,
    EVENTS_SHARE = 4, /* one in so many slots has events */
};

/* ---- one record ---- */

/* What lies behind the name's end is zeros, whatever it was. */
static void put_name(struct writer *out, const char name[BLACKBOX_NAME_BYTES]) {
    bool ended = false;
    for (uint32_t i = 0; i < BLACKBOX_NAME_BYTES; i++) {
        ended = ended || name[i] == '\0' || i == BLACKBOX_NAME_BYTES - 1;
        put_u8(out, ended ? 0 : (uint8_t)name[i]);
    }
}

void blackbox_encode(const struct blackbox_record *record, uint8_t to[BLACKBOX_SLOT_BYTES]) {
    struct writer out = writer_of(to, BLACKBOX_SLOT_BYTES);
    memset(to, 0, BLACKBOX_SLOT_BYTES);
    put_u32(&out, record->sequence);
    put_u32(&out, record->boot);
    put_u64(&out, record->time_us);
    put_u8(&out, record->kind);
    put_u8(&out, record->reason);
    put_u8(&out, record->trace_count);
    put_u8(&out, 0);
    put_u32(&out, record->detail);
    put_u32(&out, record->pid);
    put_name(&out, record->name);
    put_bytes(&out, record->build_id, BLACKBOX_BUILD_ID_BYTES);
    put_u32(&out, record->trap);
    put_u32(&out, record->trap_detail);
    put_u32(&out, record->pc);
    put_u32(&out, record->return_depth);
    for (uint32_t i = 0; i < BLACKBOX_REGISTERS; i++) put_u32(&out, record->reg[i]);
    for (uint32_t i = 0; i < BLACKBOX_TRACE_MAX; i++) put_u32(&out, i < record->trace_count ? record->trace[i] : 0);
    store_le32(to + SEALED_BYTES, crc32_add(0, to, SEALED_BYTES));
}

static void take_fields(const uint8_t *slot, struct blackbox_record *record) {
    struct reader in = reader_of(slot, SEALED_BYTES);
    *record = (struct blackbox_record){.sequence = take_u32(&in), .boot = 0};
    record->boot = take_u32(&in);
    record->time_us = take_u64(&in);
    record->kind = take_u8(&in);
    record->reason = take_u8(&in);
    record->trace_count = take_u8(&in);
    (void)take_u8(&in);
    record->detail = take_u32(&in);
    record->pid = take_u32(&in);
    memcpy(record->name, take_bytes(&in, BLACKBOX_NAME_BYTES), BLACKBOX_NAME_BYTES - 1);
    memcpy(record->build_id, take_bytes(&in, BLACKBOX_BUILD_ID_BYTES), BLACKBOX_BUILD_ID_BYTES);
    record->trap = take_u32(&in);
    record->trap_detail = take_u32(&in);
    record->pc = take_u32(&in);
    record->return_depth = take_u32(&in);
    for (uint32_t i = 0; i < BLACKBOX_REGISTERS; i++) record->reg[i] = take_u32(&in);
    for (uint32_t i = 0; i < BLACKBOX_TRACE_MAX; i++) record->trace[i] = take_u32(&in);
}

enum status blackbox_decode(const uint8_t slot[BLACKBOX_SLOT_BYTES], struct blackbox_record *record) {
    uint8_t again[BLACKBOX_SLOT_BYTES];
    if (crc32_add(0, slot, SEALED_BYTES) != load_le32(slot + SEALED_BYTES)) return ST_CORRUPT;
    take_fields(slot, record);
    if (record->sequence == 0 || record->sequence > BLACKBOX_SEQUENCE_MAX || record->boot == 0) return ST_CORRUPT;
    if (record->kind < BLACKBOX_BOOT || record->kind > BLACKBOX_BRANCHES) return ST_CORRUPT;
    if (record->trace_count > BLACKBOX_TRACE_MAX) return ST_CORRUPT;
    blackbox_encode(record, again);
    return memcmp(slot, again, sizeof again) == 0 ? ST_OK : ST_CORRUPT;
}

/* ---- the header: two copies, of which the one that was written last holds ---- */

static bool read_header(struct blackbox *blackbox, uint32_t copy, uint8_t bytes[BLACKBOX_HEADER_BYTES]) {
    blackbox->area.read(blackbox->area.context, copy * BLACKBOX_HEADER_BYTES, bytes, BLACKBOX_HEADER_BYTES);
    if (crc32_add(0, bytes, HEADER_SEALED_BYTES) != load_le32(bytes + HEADER_SEALED_BYTES)) return false;
    if (load_le32(bytes) != BLACKBOX_MAGIC || load_le32(bytes + 4) != BLACKBOX_FORMAT) return false;
    return load_le32(bytes + 8) == blackbox->area.bytes && load_le32(bytes + 12) > 0;
}

static void read_headers(struct blackbox *blackbox) {
    uint8_t bytes[BLACKBOX_HEADER_BYTES];
    for (uint32_t copy = 0; copy < 2; copy++) {
        if (!read_header(blackbox, copy, bytes)) continue;
        const uint32_t writes = load_le32(bytes + 24);
        if (blackbox->whole && writes < blackbox->writes) continue;
        blackbox->whole = true;
        blackbox->boots = load_le32(bytes + 12);
        blackbox->reason = load_le32(bytes + 16);
        blackbox->unsettled = load_le32(bytes + 20);
        blackbox->writes = writes;
        blackbox->copy = copy;
    }
}

/* Into the other copy, so that the last one stays until this one is whole. */
static void write_header(struct blackbox *blackbox) {
    uint8_t bytes[BLACKBOX_HEADER_BYTES];
    blackbox->copy = 1 - blackbox->copy;
    if (blackbox->writes < UINT32_MAX) blackbox->writes++;
    store_le32(bytes, BLACKBOX_MAGIC);
    store_le32(bytes + 4, BLACKBOX_FORMAT);
    store_le32(bytes + 8, blackbox->area.bytes);
    store_le32(bytes + 12, blackbox->boots);
    store_le32(bytes + 16, blackbox->reason);
    store_le32(bytes + 20, blackbox->unsettled);
    store_le32(bytes + 24, blackbox->writes);
    store_le32(bytes + HEADER_SEALED_BYTES, crc32_add(0, bytes, HEADER_SEALED_BYTES));
    blackbox->area.write(blackbox->area.context, blackbox->copy * BLACKBOX_HEADER_BYTES, bytes, sizeof bytes);
}

/* ---- the ring: record n lies in slot n modulo their number ---- */

static uint32_t offset_of(const struct blackbox *blackbox, uint32_t sequence) {
    return BLACKBOX_SLOT_BYTES * (1 + sequence % blackbox->slots);
}

static enum status read_slot(struct blackbox *blackbox, uint32_t index, struct blackbox_record *record) {
    blackbox->area.read(blackbox->area.context, BLACKBOX_SLOT_BYTES * (1 + index), blackbox->slot, BLACKBOX_SLOT_BYTES);
    const enum status status = blackbox_decode(blackbox->slot, record);
    return status == ST_OK && record->sequence % blackbox->slots == index ? ST_OK : ST_CORRUPT;
}

/* Whether the slot that was read last has never been written. */
static bool is_blank(const struct blackbox *blackbox) {
    uint32_t i = 0;
    while (i < BLACKBOX_SLOT_BYTES && blackbox->slot[i] == 0) i++;
    return i == BLACKBOX_SLOT_BYTES;
}

/* Too old to lie in the same ring as the newest one: a later record should have taken its place. */
static bool is_stale(const struct blackbox *blackbox, uint32_t sequence) {
    return blackbox->newest - sequence >= blackbox->slots;
}

static void scan(struct blackbox *blackbox) {
    struct blackbox_record record;
    for (uint32_t i = 0; i < blackbox->slots; i++) {
        if (read_slot(blackbox, i, &record) != ST_OK) {
            blackbox->damaged += !is_blank(blackbox);
            continue;
        }
        if (record.sequence > blackbox->newest) blackbox->newest = record.sequence;
        if (record.boot > blackbox->boots) blackbox->boots = record.boot;
    }
    blackbox->oldest = blackbox->newest;
    for (uint32_t i = 0; i < blackbox->slots; i++) {
        if (read_slot(blackbox, i, &record) != ST_OK) continue;
        if (is_stale(blackbox, record.sequence)) {
            blackbox->stale++;
            continue;
        }
        blackbox->kept++;
        if (record.sequence < blackbox->oldest) blackbox->oldest = record.sequence;
    }
}

/* ---- events: number n lies in cell n modulo their number ---- */

static uint32_t event_offset(const struct blackbox *blackbox, uint32_t sequence) {
    const uint32_t cell = sequence % blackbox->events_max, slot = 1 + blackbox->slots + cell / BLACKBOX_EVENTS_OF_SLOT;
    return slot * BLACKBOX_SLOT_BYTES + cell % BLACKBOX_EVENTS_OF_SLOT * BLACKBOX_EVENT_BYTES;
}

/* What lies where an event of that number would; ST_CORRUPT: no event that belongs there. */
static enum status read_event(const struct blackbox *blackbox, uint32_t sequence, struct blackbox_event *event) {
    uint8_t bytes[BLACKBOX_EVENT_BYTES];
    blackbox->area.read(blackbox->area.context, event_offset(blackbox, sequence), bytes, sizeof bytes);
    if (crc32_add(0, bytes, EVENT_SEALED_BYTES) != load_le32(bytes + EVENT_SEALED_BYTES)) return ST_CORRUPT;
    struct reader in = reader_of(bytes, sizeof bytes);
    *event = (struct blackbox_event){.sequence = take_u32(&in), .boot = 0};
    event->boot = take_u32(&in);
    event->time_us = take_u64(&in);
    event->kind = take_u8(&in);
    event->refusal = take_u8(&in);
    event->load = take_u16(&in);
    event->pid = take_u32(&in);
    event->a = take_u32(&in);
    event->b = take_u32(&in);
    const bool belongs = event->sequence % blackbox->events_max == sequence % blackbox->events_max;
    if (event->sequence == 0 || event->sequence > BLACKBOX_SEQUENCE_MAX || event->boot == 0) return ST_CORRUPT;
    return belongs ? ST_OK : ST_CORRUPT;
}

static void scan_events(struct blackbox *blackbox) {
    struct blackbox_event event;
    for (uint32_t cell = 0; cell < blackbox->events_max; cell++) {
        if (read_event(blackbox, cell, &event) != ST_OK) continue;
        if (event.sequence > blackbox->newest_event) blackbox->newest_event = event.sequence;
    }
}

void blackbox_put_event(struct blackbox *blackbox, struct blackbox_event *event) {
    uint8_t bytes[BLACKBOX_EVENT_BYTES];
    struct writer out = writer_of(bytes, sizeof bytes);
    if (blackbox->newest_event == BLACKBOX_SEQUENCE_MAX || blackbox->slots == 0) return;
    event->sequence = ++blackbox->newest_event;
    event->boot = blackbox->boots;
    put_u32(&out, event->sequence);
    put_u32(&out, event->boot);
    put_u64(&out, event->time_us);
    put_u8(&out, event->kind);
    put_u8(&out, event->refusal);
    put_u16(&out, event->load);
    put_u32(&out, event->pid);
    put_u32(&out, event->a);
    put_u32(&out, event->b);
    put_u32(&out, crc32_add(0, bytes, EVENT_SEALED_BYTES));
    blackbox->area.write(blackbox->area.context, event_offset(blackbox, event->sequence), bytes, sizeof bytes);
}

enum status blackbox_get_event(struct blackbox *blackbox, uint32_t sequence, struct blackbox_event *event) {
    if (sequence == 0 || sequence > blackbox->newest_event) return ST_NOT_FOUND;
    const enum status status = read_event(blackbox, sequence, event);
    return status == ST_OK && event->sequence == sequence ? ST_OK : ST_NOT_FOUND;
}

const uint8_t *blackbox_read(struct blackbox *blackbox, uint32_t offset, uint32_t length) {
    blackbox->area.read(blackbox->area.context, offset, blackbox->slot, length);
    return blackbox->slot;
}

enum status blackbox_open(struct blackbox *blackbox, const struct blackbox_area *area) {
    *blackbox = (struct blackbox){.area = *area};
    const uint32_t slots = area->bytes / BLACKBOX_SLOT_BYTES;
    if (slots < BLACKBOX_SLOTS_MIN || slots > BLACKBOX_SLOTS_MAX) return ST_RANGE;
    blackbox->slots = slots - 1 - slots / EVENTS_SHARE;
    blackbox->events_max = slots / EVENTS_SHARE * BLACKBOX_EVENTS_OF_SLOT;
    read_headers(blackbox);
    scan(blackbox);
    scan_events(blackbox);
    return ST_OK;
}

enum status blackbox_get(struct blackbox *blackbox, uint32_t sequence, struct blackbox_record *record) {
    if (sequence == 0 || sequence > blackbox->newest || is_stale(blackbox, sequence)) return ST_NOT_FOUND;
    const enum status status = read_slot(blackbox, sequence % blackbox->slots, record);
    return status == ST_OK && record->sequence == sequence ? ST_OK : ST_NOT_FOUND;
}

/* The seal comes last: before it the slot holds no record, whichever part of it is there. */
void blackbox_put(struct blackbox *blackbox, struct blackbox_record *record) {
    const struct blackbox_area *const area = &blackbox->area;
    if (blackbox->newest == BLACKBOX_SEQUENCE_MAX || blackbox->slots == 0) return;
    record->sequence = blackbox->newest + 1;
    record->boot = blackbox->boots;
    const uint32_t at = offset_of(blackbox, record->sequence);
    blackbox_encode(record, blackbox->slot);
    area->write(area->context, at, blackbox->slot, SEALED_BYTES);
    area->write(area->context, at + SEALED_BYTES, blackbox->slot + SEALED_BYTES, SEAL_BYTES);
    blackbox->newest = record->sequence;
    if (blackbox->kept < blackbox->slots) blackbox->kept++;
    if (blackbox->oldest == 0 || is_stale(blackbox, blackbox->oldest))
        blackbox->oldest = blackbox->oldest == 0 ? record->sequence : blackbox->newest - blackbox->slots + 1;
}

/* What memory holds after power-up is nothing that anybody wrote. */
static void begin_afresh(struct blackbox *blackbox) {
    memset(blackbox->slot, 0, sizeof blackbox->slot);
    for (uint32_t at = 0; at <= blackbox->area.bytes - BLACKBOX_SLOT_BYTES; at += BLACKBOX_SLOT_BYTES)
        blackbox->area.write(blackbox->area.context, at, blackbox->slot, BLACKBOX_SLOT_BYTES);
    blackbox->damaged = blackbox->newest_event = 0;
}

static bool only_boots_lately(struct blackbox *blackbox) {
    struct blackbox_record record;
    for (uint32_t i = 0; i < BOOTS_IN_A_ROW; i++) {
        if (i >= blackbox->newest || blackbox_get(blackbox, blackbox->newest - i, &record) != ST_OK) return false;
        if (record.kind != BLACKBOX_BOOT) return false;
    }
    return true;
}

void blackbox_boot(struct blackbox *blackbox, uint32_t reason, uint64_t time_us) {
    if (blackbox->slots == 0) return;
    if (!blackbox->whole && blackbox->newest == 0) begin_afresh(blackbox);
    if (blackbox->boots < UINT32_MAX) blackbox->boots++;
    if (blackbox->unsettled < UINT32_MAX) blackbox->unsettled++;
    blackbox->reason = reason;
    write_header(blackbox);
    blackbox->whole = true;
    if (only_boots_lately(blackbox)) return;
    struct blackbox_record record = {
        .kind = BLACKBOX_BOOT, .time_us = time_us, .reason = (uint8_t)reason, .detail = blackbox->damaged};
    blackbox_put(blackbox, &record);
}

void blackbox_settle(struct blackbox *blackbox) {
    if (blackbox->slots == 0 || blackbox->unsettled == 0) return;
    blackbox->unsettled = 0;
    write_header(blackbox);
}
