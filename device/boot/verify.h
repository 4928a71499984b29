/* verify: whether what lies in a slot may run. Reads only; keeps nothing between calls.
 *
 * One skipped instruction must not be enough to start a bad image. So a verification gives a number, to which each of
 * its steps adds: only all of them, in order, give the right one. It is done twice, the second time from everything
 * read anew and with the complement's numbers, and whoever starts an image derives the address from both
 * (boot_entry). Source: spec/boot.md section 7. */
#ifndef SKEP_DEVICE_BOOT_VERIFY_H
#define SKEP_DEVICE_BOOT_VERIFY_H

#include "device/boot/state.h"

#define VERIFY_SEED 0x5a17c3e9u

/* The version of the table that the bootloader has for images (device/boot/table.h). */
enum { BOOT_TABLE_VERSION = 1 };

/* What a verification takes from the state. */
struct boot_basis {
    uint32_t security_version;
    uint32_t key_set; /* index; BOOT_NONE */
};
static inline struct boot_basis boot_basis_of(const struct boot_state *state) {
    return (struct boot_basis){.security_version = state->security_version, .key_set = state->key_set};
}

struct boot_verdict {
    /* Of what is refused; else any. The functions below also return the reason, 0 for none. */
    struct boot_fault fault;
    uint32_t first, second;                      /* both right: it may run */
    uint32_t vectors, version, security_version; /* of the image, if it is good */
};

/* What a verification of firmware, begun with `seed`, ends with if all is well. */
uint32_t verify_good(uint32_t seed);

/* One verification of what lies in a slot. */
uint32_t verify_slot(const struct boot_board *board, const struct boot_basis *basis, uint32_t slot, uint32_t seed,
                     struct boot_verdict *verdict);

/* Both; `state` is for the first. */
void boot_verify(const struct boot_board *board, const struct boot_state *state, uint32_t slot,
                 struct boot_verdict *verdict);
bool boot_verdict_is_good(const struct boot_verdict *verdict);
/* Where the vector table of a verified image lies; anything else if one of the verdict's numbers is wrong. */
uint32_t boot_entry(const struct boot_verdict *verdict);

/* What can be said of firmware or a key set from its head alone, before anything is erased. For firmware *slot is the
 * one that it is linked for. */
enum boot_reason verify_head(const struct boot_board *board, const struct boot_state *state, const struct image *image,
                             uint32_t *slot, struct boot_fault *fault);

/* A key set where it lies, by the root key, all of it. */
struct boot_key_set {
    uint32_t version, rows;
};
enum boot_reason verify_key_set(const struct boot_board *board, uint32_t index, struct boot_key_set *set,
                                struct boot_fault *fault);

/* SHA-256 of a range of the flash. ST_CORRUPT or ST_IO: it cannot be read. */
enum status verify_hash(const struct flash_area *flash, uint32_t offset, uint32_t length, uint8_t to[TRUST_HASH_BYTES]);

#endif
