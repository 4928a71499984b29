/* delivery: what comes over a link in a transfer, and where it goes: to where the board keeps guests, or, where it has
 * no such place, into memory. One at a time. What came is read back by a job before it is taken. Source: spec/link.md.
 */
#ifndef SKEP_DEVICE_EXECUTIVE_DELIVERY_H
#define SKEP_DEVICE_EXECUTIVE_DELIVERY_H

#include "core/wire/transfer.h"
#include "device/executive/operation.h"

enum link_state { LINK_READY, LINK_RECEIVING, LINK_PROCESSING, LINK_BOOT_REQUESTED, LINK_DEGRADED };
enum hive_role { ROLE_BOOTLOADER, ROLE_RUNTIME };
/* Of firmware, as the bootloader says (spec/boot.md); of guests, and what both can be. */
enum slot_state {
    SLOT_EMPTY,
    SLOT_ERASING,
    SLOT_RECEIVING,
    SLOT_TRIAL,
    SLOT_CONFIRMED,
    SLOT_REVERTED,
    SLOT_WHOLE,
    SLOT_RUNNING,
    SLOT_BAD
};

/* Where guests are kept. */
struct delivery_place {
    struct transfer_sink sink; /* its context is that of the others too; begin says which slot it takes */
    uint32_t slots;            /* from 1; 0: what is there cannot be named */
    /* What is kept in a slot, of the transfer under way too; called in a job. ST_RANGE: that is not in it. */
    enum status (*read)(void *context, uint32_t slot, uint32_t offset, void *to, size_t length);
    /* It is whole: has it loaded. */
    enum status (*accept)(void *context, struct transfer *transfer, uint16_t *load);
    /* Nobody wants it any more. */
    void (*let_go)(void *context);
};

/* What only the board's composition knows. */
struct hive_board {
    void *context;
    const char *name;
    uint32_t version;                   /* of the firmware, as boot.info tells it */
    const struct delivery_place *place; /* NULL: guests go into memory (hive_config.uploads_max) */
    bool (*slot)(void *context, uint32_t after, struct boot_slots_row *row); /* NULL: it has none */
    void (*leave)(void *context, bool emergency); /* for the bootloader; NULL: there is none */
};

bool delivery_init(struct hive *hive, struct arena *arena);
size_t delivery_bytes(void);

/* A payload of the channel bulk; gives the length of the answer, 0: none. */
size_t delivery_take(struct hive *hive, const struct hive_link *link, uint64_t now_us, const uint8_t *payload,
                     size_t length, uint8_t answer[TRANSFER_ANSWER_BYTES]);

/* What the sideband tells. */
enum link_state delivery_state(const struct hive *hive);

/* After a step: leaves for the bootloader if that was asked and nothing is half done. Gives when to be called again. */
uint64_t delivery_step(struct hive *hive, uint64_t now_us);

#endif
