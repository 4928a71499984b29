/* Source: spec/boot.md sections 3 to 5. */
#include "device/boot/boot.h"

#include <string.h>

enum status boot_commit(struct boot *boot) { return journal_write(&boot->journal, &boot->state); }

static void set_reason(struct boot_state *state, uint32_t slot, struct boot_fault fault) {
    state->reason = (uint8_t)fault.reason;
    state->reason_slot = (uint8_t)slot;
    state->detail = fault.detail;
    if (slot < BOOT_SLOTS_MAX) state->slot[slot].reason = (uint8_t)fault.reason;
}

void boot_note(struct boot *boot, uint32_t slot, struct boot_fault fault) {
    const struct boot_state *const state = &boot->state;
    if (state->reason == fault.reason && state->reason_slot == slot && state->detail == fault.detail) return;
    set_reason(&boot->state, slot, fault);
    if (boot->safe) (void)boot_commit(boot); /* a reason is worth a try, not a refusal to start */
}

static bool verifies(struct boot *boot, uint32_t slot, struct boot_verdict *verdict) {
    boot_verify(boot->board, &boot->state, slot, verdict);
    if (boot_verdict_is_good(verdict)) return true;
    boot_note(boot, slot, verdict->fault);
    return false;
}

uint32_t boot_confirmed(struct boot *boot, struct boot_verdict *verdict) {
    const uint32_t first = boot->state.active < boot->board->slot_count ? boot->state.active : 0;
    for (uint32_t i = 0; i < boot->board->slot_count; i++) {
        const uint32_t slot = (first + i) % boot->board->slot_count;
        if (boot->state.slot[slot].state == BOOT_CONFIRMED && verifies(boot, slot, verdict)) return slot;
    }
    return BOOT_NONE;
}

/* One that has attempts left, rather than one that has not. */
static uint32_t slot_on_trial(const struct boot *boot) {
    uint32_t found = BOOT_NONE;
    for (uint32_t slot = 0; slot < boot->board->slot_count; slot++) {
        if (boot->state.slot[slot].state != BOOT_TRIAL) continue;
        if (boot->state.slot[slot].attempts < boot->board->attempts_max) return slot;
        if (found == BOOT_NONE) found = slot;
    }
    return found;
}

static enum status revert(struct boot *boot, uint32_t slot, struct boot_fault fault) {
    boot->state.slot[slot].state = BOOT_REVERTED;
    set_reason(&boot->state, slot, fault);
    return boot_commit(boot);
}

/* Whether the slot on trial is the one to start. */
static bool choose_trial(struct boot *boot, uint32_t slot, struct boot_verdict *verdict) {
    struct boot_slot *const trial = &boot->state.slot[slot];
    boot_verify(boot->board, &boot->state, slot, verdict);
    if (!boot_verdict_is_good(verdict)) {
        (void)revert(boot, slot, verdict->fault);
        return false;
    }
    if (trial->attempts < boot->board->attempts_max) {
        trial->attempts++;
        if (boot_commit(boot) == ST_OK) return true;
        trial->attempts = boot->board->attempts_max; /* an attempt that cannot be counted is none */
    }
    struct boot_verdict other;
    if (boot_confirmed(boot, &other) == BOOT_NONE) return true;
    (void)revert(boot, slot, (struct boot_fault){BOOT_REASON_NOT_CONFIRMED, trial->attempts});
    return false;
}

__attribute__((noinline)) uint32_t boot_choose(struct boot *boot, struct boot_verdict *verdict) {
    const uint32_t trial = slot_on_trial(boot);
    if (boot->safe && trial != BOOT_NONE && choose_trial(boot, trial, verdict)) return trial;
    return boot->safe ? boot_confirmed(boot, verdict) : BOOT_NONE;
}

bool boot_can_start(struct boot *boot) {
    struct boot_verdict verdict;
    const uint32_t trial = slot_on_trial(boot);
    return (trial != BOOT_NONE && verifies(boot, trial, &verdict)) || boot_confirmed(boot, &verdict) != BOOT_NONE;
}

static bool other_confirmed(struct boot *boot, uint32_t *slot) {
    struct boot_verdict verdict;
    *slot = boot->state.active == 0 ? 1 : 0;
    return *slot < boot->board->slot_count && boot->state.slot[*slot].state == BOOT_CONFIRMED &&
           verifies(boot, *slot, &verdict);
}

/* In the state alone; the caller commits. */
static bool previous(struct boot *boot) {
    const uint32_t trial = slot_on_trial(boot);
    uint32_t other = BOOT_NONE;
    struct boot_verdict verdict;
    if (trial != BOOT_NONE) {
        if (boot_confirmed(boot, &verdict) == BOOT_NONE) return false;
        boot->state.slot[trial].state = BOOT_REVERTED;
        set_reason(&boot->state, trial, (struct boot_fault){BOOT_REASON_ORDERED, 0});
        return true;
    }
    if (boot->state.active >= boot->board->slot_count || !other_confirmed(boot, &other)) return false;
    set_reason(&boot->state, boot->state.active, (struct boot_fault){BOOT_REASON_ORDERED, 0});
    boot->state.active = (uint8_t)other;
    return true;
}

enum status boot_previous(struct boot *boot) { return previous(boot) ? boot_commit(boot) : ST_NOT_FOUND; }

/* ---- what the runtime asked for ---- */

static void confirm(struct boot *boot, const struct boot_request *request) {
    if (request->slot >= boot->board->slot_count) return;
    struct boot_slot *const slot = &boot->state.slot[request->slot];
    if (slot->state != BOOT_TRIAL || memcmp(slot->id, request->id, sizeof slot->id) != 0) return;
    slot->state = BOOT_CONFIRMED;
    slot->reason = BOOT_REASON_NONE;
    boot->state.active = request->slot;
    if (slot->security_version > boot->state.security_version) boot->state.security_version = slot->security_version;
}

static void carry_out(struct boot *boot, const struct boot_request *request) {
    static const uint8_t none[BOOT_NAME_BYTES];
    if (request->wants & BOOT_WANT_CONFIRM) confirm(boot, request);
    if (request->wants & BOOT_WANT_PREVIOUS) (void)previous(boot);
    for (uint32_t i = 0; i < BOOT_COUNTERS; i++) {
        if (memcmp(request->counter[i].name, none, sizeof none) == 0) continue;
        if (!boot_counter_raise(boot->state.counter, &request->counter[i]))
            set_reason(&boot->state, BOOT_NONE, (struct boot_fault){BOOT_REASON_FULL, i});
    }
    boot->state.request = request->number;
    if (boot_commit(boot) == ST_OK) boot->stay = (request->wants & BOOT_WANT_STAY) != 0;
}

static void take_requests(struct boot *boot) {
    struct boot_request request;
    struct journal journal = {.area = boot->board->flash,
                              .offset = boot->board->requests,
                              .magic = JOURNAL_REQUEST_MAGIC,
                              .body_bytes = BOOT_REQUEST_BYTES};
    if (journal_open(&journal, &request) != ST_OK || !journal.has || !journal.clean) return;
    if ((int32_t)(request.number - boot->state.request) > 0) carry_out(boot, &request);
}

/* ---- a journal that was lost ---- */

static void restore_key_set(struct boot *boot) {
    struct boot_state *const state = &boot->state;
    struct boot_fault fault;
    struct boot_key_set set;
    for (uint32_t i = 0; i < BOOT_KEY_SETS; i++) {
        if (verify_key_set(boot->board, i, &set, &fault) != BOOT_REASON_NONE) continue;
        if (state->key_set != BOOT_NONE && set.version <= state->key_set_version) continue;
        state->key_set = (uint8_t)i;
        state->key_set_version = set.version;
    }
}

/* Of two images the one with the higher security version is tried first, then the one with the higher version. */
static void restore_slots(struct boot *boot) {
    struct boot_state *const state = &boot->state;
    struct boot_board any_step = *boot->board;
    any_step.security_step_max = UINT32_MAX;
    for (uint32_t i = 0; i < boot->board->slot_count; i++) {
        struct boot_verdict verdict;
        const struct boot_basis unbound = {.key_set = state->key_set};
        uint8_t hash[TRUST_HASH_BYTES];
        if (verify_slot(&any_step, &unbound, i, VERIFY_SEED, &verdict) != verify_good(VERIFY_SEED)) continue;
        if (verify_hash(boot->board->flash, boot->board->slot[i].offset, IMAGE_HEAD_BYTES, hash) != ST_OK) continue;
        struct boot_slot *const slot = &state->slot[i];
        *slot = (struct boot_slot){
            .state = BOOT_CONFIRMED, .version = verdict.version, .security_version = verdict.security_version};
        memcpy(slot->id, hash, sizeof slot->id);
        const struct boot_slot *const best = &state->slot[0];
        if (i > 0 && best->state == BOOT_CONFIRMED &&
            (slot->security_version < best->security_version ||
             (slot->security_version == best->security_version && slot->version < best->version)))
            continue;
        state->active = (uint8_t)i;
        state->security_version = slot->security_version;
    }
}

__attribute__((noinline)) void boot_open(struct boot *boot, const struct boot_board *board) {
    boot->board = board;
    boot->stay = false;
    boot_guard_init(&boot->guard, board);
    const enum status status = boot_state_open(board, &boot->journal, &boot->state);
    boot->journal.area = &boot->guard.area;
    boot->safe = status != ST_VERSION;
    if (!boot->safe) {
        set_reason(&boot->state, BOOT_NONE, (struct boot_fault){BOOT_REASON_JOURNAL, 1});
        return;
    }
    if (status == ST_CORRUPT) {
        restore_key_set(boot);
        restore_slots(boot);
        set_reason(&boot->state, BOOT_NONE, (struct boot_fault){BOOT_REASON_JOURNAL, 0});
    }
    if (!boot->journal.clean) (void)boot_commit(boot);
    take_requests(boot);
}
