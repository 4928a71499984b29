/* transfer: a long piece of bytes over a line that may lose, repeat and reorder frames: both ends. Owns no line, no
 * clock and no storage: payloads of the channel bulk are given and made, time is an argument.
 *
 * The receiving end keeps what comes in order, in a sink; the sending end keeps as much under way as it has credit for.
 * Source: spec/link.md section 1. */
#ifndef SKEP_CORE_WIRE_TRANSFER_H
#define SKEP_CORE_WIRE_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum {
    TRANSFER_HASH_BYTES = 32,
    TRANSFER_UNIT_BYTES = 16, /* of offsets, and of lengths but the last */
    TRANSFER_HEAD_BYTES = 6,  /* of a chunk */
    TRANSFER_ANSWER_BYTES = 11,
    TRANSFER_SLOT_ANY = 255,
};

enum transfer_target { TRANSFER_GUEST, TRANSFER_FIRMWARE, TRANSFER_KEYS };
enum transfer_what { TRANSFER_TAKEN, TRANSFER_HAD, TRANSFER_GAP, TRANSFER_OVER };

/* What is being transferred. */
struct transfer {
    uint8_t target, slot; /* enum transfer_target; slot may be TRANSFER_SLOT_ANY */
    uint8_t hash[TRANSFER_HASH_BYTES];
    uint32_t bytes;    /* 0: there is no transfer */
    uint32_t received; /* in order, from the start */
    int16_t status; /* enum status; other than ST_OK: it is over, because of `reason` and `detail` (operations.json) */
    uint8_t reason;
    uint32_t detail;
};

/* The number of the transfer with that hash. */
uint16_t transfer_number(const uint8_t hash[TRANSFER_HASH_BYTES]);

/* ---- receiving */

/* Where the bytes go. Each may refuse: gives a status other than ST_OK, and may set the transfer's reason and detail.
 */
struct transfer_sink {
    void *context;
    /* Makes ready for transfer->bytes in transfer->slot, which it may choose; *received: so many are there of an
     * earlier attempt at the same. What was there before that must stay is not touched yet. */
    enum status (*begin)(void *context, struct transfer *transfer, uint32_t *received);
    /* The next bytes, at transfer->received. */
    enum status (*write)(void *context, struct transfer *transfer, const uint8_t *bytes, uint32_t length);
};

/* Begins, or goes on with the same. What it gives back is transfer->status too. ST_INVALID: there is nothing to
 * transfer. */
enum status transfer_begin(struct transfer *transfer, const struct transfer_sink *sink, const struct transfer *wanted);

/* Takes a payload of the channel bulk and makes the answer to it; gives the answer's length. 0: it is no chunk of this
 * transfer. `credit` is what the answer tells. */
size_t transfer_take(struct transfer *transfer, const struct transfer_sink *sink, const uint8_t *payload, size_t length,
                     uint32_t credit, uint8_t answer[TRANSFER_ANSWER_BYTES]);

/* ---- sending */

struct transfer_sender {
    uint32_t bytes, acknowledged; /* done when equal */
    bool over;                    /* the other end refused: ask it why */
    uint32_t sent_again;          /* bytes */

    /* below: private to transfer.c */
    uint16_t number, chunk_bytes;
    uint32_t credit, sent;
    uint32_t heard_ms, timed_ms, timed_to, patience_ms;
    bool has_gone_back, is_timed;
};

/* As transfer.begin answered. */
void transfer_sender_init(struct transfer_sender *sender, const uint8_t hash[TRANSFER_HASH_BYTES], uint32_t bytes,
                          uint32_t received, uint32_t chunk_max, uint32_t credit, uint32_t now_ms);

/* The next chunk to send: writes its head; *offset and the result say which bytes follow it. 0: none now. */
uint32_t transfer_next(struct transfer_sender *sender, uint32_t now_ms, uint8_t head[TRANSFER_HEAD_BYTES],
                       uint32_t *offset);
/* A payload of the channel bulk came. */
void transfer_heard(struct transfer_sender *sender, uint32_t now_ms, const uint8_t *payload, size_t length);
/* How long to wait for one before transfer_next has something again. */
uint32_t transfer_wait_ms(const struct transfer_sender *sender, uint32_t now_ms);

#endif
