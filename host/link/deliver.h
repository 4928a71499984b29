/* deliver: sends a file over a link in a transfer and has it taken. Source: spec/link.md section 1. */
#ifndef SKEP_HOST_LINK_DELIVER_H
#define SKEP_HOST_LINK_DELIVER_H

#include "core/wire/transfer.h"
#include "host/link/link.h"

struct delivery {
    uint8_t target, slot; /* enum transfer_target; TRANSFER_SLOT_ANY: the device chooses */
    const uint8_t *bytes;
    uint32_t length;
    void (*progress)(void *context, uint32_t done); /* bytes that are kept, from time to time; may be NULL */
    void *context;

    uint32_t from;       /* told: where it went on */
    uint32_t sent_again; /* told: bytes that were sent more than once */
};

/* ST_OK: all of it is there. Otherwise as link_call, whose message says it for people; after ST_IO and ST_TIMEOUT the
 * same delivery on a new link goes on where this one was. */
enum status deliver(struct link *link, struct delivery *delivery, struct link_refusal *refusal);
/* Has it checked and taken. ST_OK: *result is what transfer.end gave, the caller's. Otherwise as link_call. */
enum status deliver_end(struct link *link, const struct delivery *delivery, json_t **result,
                        struct link_refusal *refusal);

#endif
