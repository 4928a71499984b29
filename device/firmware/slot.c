#include "device/firmware/slot.h"

#include <string.h>

enum { TRIAL_S_MIN = 1 };

void slot_open(struct slot *slot, const struct boot_board *board, const void *image) {
    struct journal journal;
    struct image head;
    *slot = (struct slot){.board = board};
    for (slot->index = 0; slot->index < board->slot_count; slot->index++)
        if ((uintptr_t)image == board->address + board->slot[slot->index].offset) break;
    if (slot->index == board->slot_count) return;
    (void)boot_state_open(board, &journal, &slot->state);
    if (board->flash->read(board->flash, board->slot[slot->index].offset, &head, sizeof head) != ST_OK) return;
    slot->trial_us = (uint64_t)(head.trial_s > TRIAL_S_MIN ? head.trial_s : TRIAL_S_MIN) * 1000000;
    slot->there = true;
}

const uint8_t *slot_keys(const struct slot *slot, uint32_t *bytes) {
    const struct boot_board *const board = slot->board;
    if (slot->state.key_set >= BOOT_KEY_SETS || !board->flash->mapped) return NULL;
    *bytes = board->flash->erase_bytes - IMAGE_HEAD_BYTES;
    return board->flash->mapped + board->key_set[slot->state.key_set] + IMAGE_HEAD_BYTES;
}

void slot_report(const struct slot *slot, struct report *report, uint64_t now_us) {
    const struct boot_slot *const own = &slot->state.slot[slot->index];
    report_begin(report, "firmware", now_us);
    report_number(report, "firmware_slot", slot->index);
    report_number(report, "state", own->state);
    report_number(report, "attempts", own->attempts);
    report_number(report, "version", own->version);
    report_number(report, "security_version", slot->state.security_version);
    report_number(report, "key_set_version", slot->state.key_set_version);
    report_number(report, "reason", slot->state.reason);
    report_number(report, "reason_slot", slot->state.reason_slot);
    report_number(report, "detail", slot->state.detail);
    report_end(report);
}

bool slot_step(struct slot *slot, uint64_t now_us, bool healthy) {
    const struct boot_slot *const own = &slot->state.slot[slot->index];
    if (!slot->there || slot->asked || own->state != BOOT_TRIAL) return false;
    if (!healthy || !slot->was_healthy) slot->healthy_since_us = now_us;
    slot->was_healthy = healthy;
    if (!healthy || now_us - slot->healthy_since_us < slot->trial_us) return false;
    struct boot_request confirm = {.wants = BOOT_WANT_CONFIRM, .slot = (uint8_t)slot->index};
    memcpy(confirm.id, own->id, sizeof confirm.id);
    slot->asked = boot_request_add(slot->board, &confirm) == ST_OK;
    return slot->asked;
}

enum status slot_ask_to_stay(const struct slot *slot) {
    const struct boot_request stay = {.wants = BOOT_WANT_STAY};
    return slot->there ? boot_request_add(slot->board, &stay) : ST_UNSUPPORTED;
}
