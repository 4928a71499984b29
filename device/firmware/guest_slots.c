#include "device/firmware/guest_slots.h"

#include <string.h>

#include "core/base/require.h"
#include "device/port/mps2_an386/flash.h"

enum { UNIT_PAD = 0xff };

static uint32_t offset_of(uint32_t slot) { return FLASH_SLOT_FIRST + slot * FLASH_SLOT_BYTES; }
static const uint8_t *bytes_of(uint32_t slot) { return flash_bytes() + offset_of(slot); }

static bool is_blank(uint32_t slot) {
    const uint8_t *const bytes = bytes_of(slot);
    for (uint32_t i = 0; i < TRANSFER_UNIT_BYTES; i++) {
        if (bytes[i] != UNIT_PAD) return false;
    }
    return true;
}

static enum status look(uint32_t slot, struct artifact *artifact, struct artifact_fault *fault) {
    enum status status = artifact_decode(bytes_of(slot), ARTIFACT_HEAD_BYTES_MAX, artifact, fault);
    if (status != ST_OK || artifact->total_bytes <= FLASH_SLOT_BYTES) return status;
    *fault = (struct artifact_fault){.offset = 8, .reason = "it is longer than the slot that it lies in"};
    return ST_CORRUPT;
}

/* Nothing is read there any more. Programming to 0 needs no erase, so that this is one write. */
static void clear(uint32_t slot) {
    static const uint8_t zeros[TRANSFER_UNIT_BYTES];
    (void)flash_program(offset_of(slot), zeros, sizeof zeros);
}

/* ---- what is there */

typedef enum status load_function(struct executive *, const void *, size_t, uint16_t *);

static enum status load(struct guest_slots *slots, uint32_t slot, load_function *give, struct artifact_fault *fault) {
    struct artifact artifact;
    slots->slot[slot].load = UINT16_MAX;
    if (is_blank(slot)) return ST_NOT_FOUND;
    require(flash_lock(offset_of(slot), FLASH_SLOT_BYTES) == ST_OK);
    slots->slot[slot].is_locked = true;
    enum status status = look(slot, &artifact, fault);
    if (status == ST_OK) {
        *fault = (struct artifact_fault){.offset = 0, .reason = "the executive takes no further artifact"};
        status = give(slots->executive, bytes_of(slot), artifact.total_bytes, &slots->slot[slot].load);
    }
    if (status != ST_OK) guest_slots_let_go(slots, slot);
    return status;
}

enum status guest_slots_load(struct guest_slots *slots, uint32_t slot, struct artifact_fault *fault) {
    return load(slots, slot, executive_load_later, fault);
}

void guest_slots_let_go(struct guest_slots *slots, uint32_t slot) {
    if (slot == GUEST_SLOTS_NONE || !slots->slot[slot].is_locked) return;
    flash_unlock(offset_of(slot), FLASH_SLOT_BYTES);
    slots->slot[slot].is_locked = false;
}

uint32_t guest_slots_of_load(const struct guest_slots *slots, uint16_t load) {
    uint32_t slot = 0;
    while (slot < FLASH_SLOTS && slots->slot[slot].load != load) slot++;
    return slot;
}
uint32_t guest_slots_of_pid(const struct guest_slots *slots, uint32_t pid) {
    uint32_t slot = 0;
    while (slot < FLASH_SLOTS && slots->slot[slot].pid != pid) slot++;
    return slot;
}

/* The next slot behind `from` that has a guest of that name, and is free. */
static uint32_t next_namesake(const struct guest_slots *slots, uint32_t of, uint32_t from) {
    struct artifact artifact, other;
    struct artifact_fault fault;
    if (look(of, &artifact, &fault) != ST_OK) return FLASH_SLOTS;
    for (uint32_t slot = from; slot < FLASH_SLOTS; slot++) {
        if (slot == of || slots->slot[slot].is_locked || slot == slots->arriving || is_blank(slot)) continue;
        if (look(slot, &other, &fault) == ST_OK && strcmp(artifact.manifest.name, other.manifest.name) == 0)
            return slot;
    }
    return FLASH_SLOTS;
}

static void replace_namesakes(struct guest_slots *slots, uint32_t slot) {
    for (uint32_t old = next_namesake(slots, slot, 0); old < FLASH_SLOTS; old = next_namesake(slots, slot, old + 1))
        clear(old);
}

static void bring_back_namesakes(struct guest_slots *slots, uint32_t slot) {
    struct artifact_fault fault;
    for (uint32_t old = next_namesake(slots, slot, 0); old < FLASH_SLOTS; old = next_namesake(slots, slot, old + 1))
        (void)load(slots, old, executive_load, &fault);
}

void guest_slots_hear(struct guest_slots *slots, const struct executive_event *event) {
    const uint32_t slot = guest_slots_of_load(slots, event->load);
    const bool is_loaded = event->kind == EVENT_LOADED;
    if (slot == GUEST_SLOTS_NONE || (!is_loaded && event->kind != EVENT_LOAD_FAILED)) return;
    const bool is_new = slots->slot[slot].is_new;
    slots->slot[slot].is_new = false;
    if (is_loaded) slots->slot[slot].pid = event->pid;
    if (is_loaded && is_new) replace_namesakes(slots, slot);
    if (is_loaded) return;
    guest_slots_let_go(slots, slot);
    if (is_new) bring_back_namesakes(slots, slot);
    if (is_new) clear(slot);
}

/* ---- what comes */

static bool is_free(const struct guest_slots *slots, uint32_t slot) {
    struct artifact artifact;
    struct artifact_fault fault;
    return !slots->slot[slot].is_locked && (is_blank(slot) || look(slot, &artifact, &fault) != ST_OK);
}

static enum status begin(void *context, struct transfer *transfer, uint32_t *received) {
    struct guest_slots *slots = context;
    uint32_t slot = transfer->slot - 1u;
    (void)received;
    transfer->reason = WHY_ROOM;
    transfer->detail = FLASH_SLOT_BYTES;
    if (transfer->bytes > FLASH_SLOT_BYTES) return ST_QUOTA;
    transfer->detail = FLASH_SLOTS;
    if (transfer->slot == TRANSFER_SLOT_ANY)
        for (slot = 0; slot < FLASH_SLOTS && !is_free(slots, slot); slot++) {
        }
    if (transfer->slot == TRANSFER_SLOT_ANY && slot == FLASH_SLOTS) return ST_FULL;
    transfer->reason = WHY_SLOT;
    transfer->detail = transfer->slot;
    if (slot >= FLASH_SLOTS) return ST_NOT_FOUND;
    if (slots->slot[slot].is_locked) return ST_BUSY;
    slots->arriving = slot;
    transfer->slot = (uint8_t)(slot + 1);
    return ST_OK;
}

/* Sectors are erased as they are reached, and what does not fill the last program unit is filled up. */
static enum status write(void *context, struct transfer *transfer, const uint8_t *bytes, uint32_t length) {
    struct guest_slots *slots = context;
    const uint32_t at = offset_of(slots->arriving);
    uint32_t offset = transfer->received, done = 0;
    if (offset == 0) {
        memset(slots->first, UNIT_PAD, sizeof slots->first);
        memcpy(slots->first, bytes, length < sizeof slots->first ? length : sizeof slots->first);
    }
    while (done < length) {
        uint8_t unit[FLASH_PROGRAM_BYTES];
        const uint32_t left = length - done, piece = left < sizeof unit ? left : sizeof unit;
        enum status status = ST_OK;
        memset(unit, UNIT_PAD, sizeof unit);
        memcpy(unit, bytes + done, piece);
        if (offset % FLASH_SECTOR_BYTES == 0) status = flash_erase(at + offset, FLASH_SECTOR_BYTES);
        if (status == ST_OK && offset >= sizeof slots->first) status = flash_program(at + offset, unit, sizeof unit);
        if (status != ST_OK) return status;
        done += piece;
        offset += piece;
    }
    return ST_OK;
}

static enum status read(void *context, uint32_t slot, uint32_t offset, void *to, size_t length) {
    const struct guest_slots *slots = context;
    if (slot == 0 || slot > FLASH_SLOTS || offset > FLASH_SLOT_BYTES || length > FLASH_SLOT_BYTES - offset)
        return ST_RANGE;
    memcpy(to, bytes_of(slot - 1) + offset, length);
    if (slot - 1 == slots->arriving && offset < sizeof slots->first) {
        const size_t rest = sizeof slots->first - offset;
        memcpy(to, slots->first + offset, length < rest ? length : rest);
    }
    return ST_OK;
}

static enum status accept(void *context, struct transfer *transfer, uint16_t *number) {
    struct guest_slots *slots = context;
    const uint32_t slot = slots->arriving;
    struct artifact_fault fault;
    enum status status = flash_program(offset_of(slot), slots->first, sizeof slots->first);
    slots->arriving = GUEST_SLOTS_NONE;
    transfer->reason = WHY_SLOT;
    transfer->detail = slot + 1;
    if (status == ST_OK) status = load(slots, slot, executive_load, &fault);
    if (status != ST_OK) clear(slot);
    if (status != ST_OK) return status == ST_BUSY ? ST_FULL : status;
    slots->slot[slot].is_new = true;
    *number = slots->slot[slot].load;
    return ST_OK;
}

static void forget(void *context) { ((struct guest_slots *)context)->arriving = GUEST_SLOTS_NONE; }

void guest_slots_init(struct guest_slots *slots, struct executive *executive) {
    *slots = (struct guest_slots){.executive = executive, .arriving = GUEST_SLOTS_NONE};
    slots->place = (struct delivery_place){
        .sink = {.context = slots, .begin = begin, .write = write},
        .slots = FLASH_SLOTS,
        .read = read,
        .accept = accept,
        .let_go = forget,
    };
}

/* ---- what is told */

static enum slot_state state_of(const struct guest_slots *slots, uint32_t slot, const struct artifact *artifact) {
    if (slot == slots->arriving) return SLOT_RECEIVING;
    if (slots->slot[slot].is_locked) return SLOT_RUNNING;
    if (artifact) return SLOT_WHOLE;
    return is_blank(slot) ? SLOT_EMPTY : SLOT_BAD;
}

/* The name is told from flash, where it lies as it is. */
bool guest_slots_row(void *context, uint32_t after, struct boot_slots_row *row) {
    const struct guest_slots *slots = context;
    static struct artifact artifact; /* for the name, until the row is told */
    struct artifact_fault fault;
    if (after >= FLASH_SLOTS) return false;
    const bool is_there = !is_blank(after) && look(after, &artifact, &fault) == ST_OK;
    *row = (struct boot_slots_row){
        .slot = after + 1,
        .target = TRANSFER_GUEST,
        .state = (uint8_t)state_of(slots, after, is_there ? &artifact : NULL),
        .bytes = FLASH_SLOT_BYTES,
        .version = is_there ? artifact.manifest.version : 0,
        .security = is_there ? artifact.manifest.security_version : 0,
        .name = is_there ? artifact.manifest.name : "",
    };
    return true;
}
