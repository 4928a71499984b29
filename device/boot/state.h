/* state: what the bootloader knows from one boot to the next, and what the runtime asks of it; both as the bodies of
 * journal entries. Source: spec/boot.md sections 2, 3, 5 and 6. */
#ifndef SKEP_DEVICE_BOOT_STATE_H
#define SKEP_DEVICE_BOOT_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/wire/image.h"
#include "device/boot/board.h"
#include "device/boot/journal.h"

/* X(NAME, number, words) */
#define BOOT_REASONS(X)                                                                                                \
    X(NONE, 0, "none")                                                                                                 \
    X(BLANK, 1, "nothing is there")                                                                                    \
    X(FORMAT, 2, "it is not the head of a firmware image or key set")                                                  \
    X(PRODUCT, 3, "it is made for another product")                                                                    \
    X(ADDRESS, 4, "it is linked for another slot")                                                                     \
    X(SIZE, 5, "it does not fit")                                                                                      \
    X(VECTORS, 6, "its first stack pointer or first instruction lies outside")                                         \
    X(KEY, 7, "its key is not in the key set")                                                                         \
    X(ROLE, 8, "its key is not for artifacts of this type")                                                            \
    X(REVOKED, 9, "its key was revoked")                                                                               \
    X(SIGNATURE, 10, "the signature is not that of this head")                                                         \
    X(CONTENT, 11, "the content is not what was signed")                                                               \
    X(SECURITY, 12, "its security version is below the device's")                                                      \
    X(STEP, 13, "its security version is too far above the device's")                                                  \
    X(NOT_CONFIRMED, 14, "it was not confirmed in the boots that it had")                                              \
    X(ORDERED, 15, "by command")                                                                                       \
    X(KEYS, 16, "there is no key set that the root key signed")                                                        \
    X(ACTIVE, 17, "it would overwrite the image that runs")                                                            \
    X(FLASH, 18, "the flash did not keep what was written")                                                            \
    X(JOURNAL, 19, "the bootloader's journal was lost, or is of a newer format")                                       \
    X(OFFSET, 20, "a piece does not follow the one before")                                                            \
    X(ABI, 21, "it is made for another version of the bootloader")                                                     \
    X(DISAGREE, 22, "two verifications gave different results")                                                        \
    X(FULL, 23, "there is no room for another name")
#define BOOT_REASON_ENUM(name, number, words) BOOT_REASON_##name = (number),
enum boot_reason { BOOT_REASONS(BOOT_REASON_ENUM) };
#undef BOOT_REASON_ENUM

/* Why something is refused; a reason of 0 is none. */
struct boot_fault {
    enum boot_reason reason;
    uint32_t detail;
};

enum boot_slot_state { BOOT_EMPTY, BOOT_ERASING, BOOT_RECEIVING, BOOT_TRIAL, BOOT_CONFIRMED, BOOT_REVERTED };

/* The three that follow lie in the journal as they lie here: little-endian and without gaps. */
struct boot_slot {
    uint8_t state; /* enum boot_slot_state */
    uint8_t attempts, reason;
    uint8_t unit; /* while erasing: the first erase unit that is being erased */
    uint32_t version, security_version;
    uint8_t id[IMAGE_ID_BYTES];
};

enum { BOOT_COUNTERS = 8, BOOT_NAME_BYTES = 8 };
struct boot_counter {
    uint8_t name[BOOT_NAME_BYTES]; /* first bytes of SHA-256 of the guest's name; all zero: free */
    uint32_t value;
};

struct boot_state {
    uint32_t security_version, key_set_version;
    uint8_t key_set, active; /* BOOT_NONE */
    uint8_t reason, reason_slot;
    uint32_t detail, request, zero;
    struct boot_slot slot[BOOT_SLOTS_MAX];
    struct boot_counter counter[BOOT_COUNTERS];
};
enum { BOOT_STATE_BYTES = 176, BOOT_REQUEST_BYTES = 120 };
_Static_assert(sizeof(struct boot_state) == BOOT_STATE_BYTES && offsetof(struct boot_state, slot) == 24 &&
                   offsetof(struct boot_state, counter) == 80,
               "spec/boot.md section 3");

enum boot_want { BOOT_WANT_CONFIRM = 1, BOOT_WANT_PREVIOUS = 2, BOOT_WANT_STAY = 4 };
struct boot_request {
    uint32_t number;
    uint8_t wants, slot; /* enum boot_want, ored */
    uint16_t zero;
    uint8_t id[IMAGE_ID_BYTES];
    struct boot_counter counter[BOOT_COUNTERS];
};
_Static_assert(sizeof(struct boot_request) == BOOT_REQUEST_BYTES && offsetof(struct boot_request, counter) == 24,
               "spec/boot.md section 5");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "as docs/CAVEATS.md says");

/* What a device knows that knows nothing. */
struct boot_state boot_state_blank(void);

/* Opens the bootloader's journal and decodes what is in it, or gives the blank state. ST_CORRUPT: it was lost;
 * ST_VERSION: it is of a newer format. Never writes. */
enum status boot_state_open(const struct boot_board *board, struct journal *journal, struct boot_state *state);

/* The counter of a guest, by its name; 0 of one that has none. */
void boot_name_hash(const char *name, uint8_t to[BOOT_NAME_BYTES]);
uint32_t boot_counter_of(const struct boot_counter *counters, const uint8_t name[BOOT_NAME_BYTES]);
/* Raises it; never lowers. False: there is no free place for another name. */
bool boot_counter_raise(struct boot_counter *counters, const struct boot_counter *to);

#endif
