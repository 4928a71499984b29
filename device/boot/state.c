/* Source: spec/boot.md sections 3 and 5. */
#include "device/boot/state.h"

#include <string.h>

#include "core/base/bytes.h"

_Static_assert((int)BOOT_STATE_BYTES <= (int)JOURNAL_BODY_BYTES_MAX &&
                   (int)BOOT_REQUEST_BYTES <= (int)JOURNAL_BODY_BYTES_MAX,
               "both are bodies of entries");
enum { SLOT_BYTES = 28, SLOTS_AT = 24, COUNTER_BYTES = 12, COUNTERS_AT = 80, REQUEST_COUNTERS_AT = 24 };

static void put_counters(const struct boot_counter *from, uint8_t *to) {
    for (uint32_t i = 0; i < BOOT_COUNTERS; i++, to += COUNTER_BYTES) {
        memcpy(to, from[i].name, BOOT_NAME_BYTES);
        store_le32(to + BOOT_NAME_BYTES, from[i].value);
    }
}
static void take_counters(const uint8_t *from, struct boot_counter *to) {
    for (uint32_t i = 0; i < BOOT_COUNTERS; i++, from += COUNTER_BYTES) {
        memcpy(to[i].name, from, BOOT_NAME_BYTES);
        to[i].value = load_le32(from + BOOT_NAME_BYTES);
    }
}

void boot_state_encode(const struct boot_state *state, uint8_t to[BOOT_STATE_BYTES]) {
    memset(to, 0, BOOT_STATE_BYTES);
    store_le32(to, state->security_version);
    store_le32(to + 4, state->key_set_version);
    to[8] = state->key_set;
    to[9] = state->active;
    to[10] = state->reason;
    to[11] = state->reason_slot;
    store_le32(to + 12, state->detail);
    store_le32(to + 16, state->request);
    for (uint32_t i = 0; i < BOOT_SLOTS_MAX; i++) {
        const struct boot_slot *slot = &state->slot[i];
        uint8_t *at = to + SLOTS_AT + i * SLOT_BYTES;
        at[0] = slot->state;
        at[1] = slot->attempts;
        at[2] = slot->reason;
        at[3] = slot->unit;
        store_le32(at + 4, slot->version);
        store_le32(at + 8, slot->security_version);
        memcpy(at + 12, slot->id, IMAGE_ID_BYTES);
    }
    put_counters(state->counter, to + COUNTERS_AT);
}

void boot_state_decode(const uint8_t from[BOOT_STATE_BYTES], struct boot_state *state) {
    state->security_version = load_le32(from);
    state->key_set_version = load_le32(from + 4);
    state->key_set = from[8];
    state->active = from[9];
    state->reason = from[10];
    state->reason_slot = from[11];
    state->detail = load_le32(from + 12);
    state->request = load_le32(from + 16);
    for (uint32_t i = 0; i < BOOT_SLOTS_MAX; i++) {
        struct boot_slot *slot = &state->slot[i];
        const uint8_t *at = from + SLOTS_AT + i * SLOT_BYTES;
        slot->state = at[0];
        slot->attempts = at[1];
        slot->reason = at[2];
        slot->unit = at[3];
        slot->version = load_le32(at + 4);
        slot->security_version = load_le32(at + 8);
        memcpy(slot->id, at + 12, IMAGE_ID_BYTES);
    }
    take_counters(from + COUNTERS_AT, state->counter);
}

void boot_request_encode(const struct boot_request *request, uint8_t to[BOOT_REQUEST_BYTES]) {
    memset(to, 0, BOOT_REQUEST_BYTES);
    store_le32(to, request->number);
    to[4] = request->wants;
    to[5] = request->slot;
    memcpy(to + 8, request->id, IMAGE_ID_BYTES);
    put_counters(request->counter, to + REQUEST_COUNTERS_AT);
}

void boot_request_decode(const uint8_t from[BOOT_REQUEST_BYTES], struct boot_request *request) {
    request->number = load_le32(from);
    request->wants = from[4];
    request->slot = from[5];
    memcpy(request->id, from + 8, IMAGE_ID_BYTES);
    take_counters(from + REQUEST_COUNTERS_AT, request->counter);
}

struct boot_state boot_state_blank(void) {
    return (struct boot_state){.key_set = BOOT_NONE, .active = BOOT_NONE, .reason_slot = BOOT_NONE};
}

enum status boot_state_open(const struct boot_board *board, struct journal *journal, struct boot_state *state) {
    uint8_t body[BOOT_STATE_BYTES];
    *journal = (struct journal){
        .area = board->flash, .offset = board->journal, .magic = JOURNAL_STATE_MAGIC, .body_bytes = BOOT_STATE_BYTES};
    *state = boot_state_blank();
    const enum status status = journal_open(journal, body);
    if (status != ST_OK) return status;
    if (journal->has) boot_state_decode(body, state);
    return journal->has || journal->clean ? ST_OK : ST_CORRUPT;
}

enum status boot_state_commit(struct journal *journal, const struct boot_state *state) {
    uint8_t body[BOOT_STATE_BYTES];
    boot_state_encode(state, body);
    return journal_write(journal, body);
}

void boot_name_hash(const char *name, uint8_t to[BOOT_NAME_BYTES]) {
    uint8_t hash[TRUST_HASH_BYTES];
    trust_hash_of(name, strlen(name), hash);
    memcpy(to, hash, BOOT_NAME_BYTES);
}

uint32_t boot_counter_of(const struct boot_counter *counters, const uint8_t name[BOOT_NAME_BYTES]) {
    for (uint32_t i = 0; i < BOOT_COUNTERS; i++)
        if (memcmp(counters[i].name, name, BOOT_NAME_BYTES) == 0) return counters[i].value;
    return 0;
}

bool boot_counter_raise(struct boot_counter *counters, const struct boot_counter *to) {
    static const uint8_t free_name[BOOT_NAME_BYTES];
    const uint8_t *const wanted[] = {to->name, free_name};
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < BOOT_COUNTERS; i++) {
            if (memcmp(counters[i].name, wanted[pass], BOOT_NAME_BYTES) != 0) continue;
            if (pass == 0 && counters[i].value >= to->value) return true;
            counters[i] = *to;
            return true;
        }
    return false;
}
