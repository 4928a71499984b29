/* Source: spec/boot.md sections 3 and 5. */
#include "device/boot/state.h"

#include <string.h>

#include "core/base/bytes.h"

_Static_assert((int)BOOT_STATE_BYTES <= (int)JOURNAL_BODY_BYTES_MAX &&
                   (int)BOOT_REQUEST_BYTES <= (int)JOURNAL_BODY_BYTES_MAX,
               "both are bodies of entries");

struct boot_state boot_state_blank(void) {
    return (struct boot_state){.key_set = BOOT_NONE, .active = BOOT_NONE, .reason_slot = BOOT_NONE};
}

enum status boot_state_open(const struct boot_board *board, struct journal *journal, struct boot_state *state) {
    *journal = (struct journal){
        .area = board->flash, .offset = board->journal, .magic = JOURNAL_STATE_MAGIC, .body_bytes = BOOT_STATE_BYTES};
    const enum status status = journal_open(journal, state);
    if (!journal->has) *state = boot_state_blank();
    if (status != ST_OK) return status;
    return journal->has || journal->clean ? ST_OK : ST_CORRUPT;
}

void boot_name_hash(const char *name, uint8_t to[BOOT_NAME_BYTES]) {
    uint8_t hash[TRUST_HASH_BYTES];
    trust_hash_of(name, text_length(name), hash);
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
