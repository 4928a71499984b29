#include "host/link/deliver.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/trust/trust.h"

enum { STUCK_MS = 20000, CHECK_MS = 120000, POLL_NS = 20000000 };

static enum status call(struct link *link, const char *name, json_t *parameters, json_t **result,
                        struct link_refusal *refusal) {
    enum status status = link_call(link, operation_named(name), parameters, result, refusal);
    json_decref(parameters);
    return status;
}

static uint32_t member(const json_t *object, const char *name) {
    return (uint32_t)json_integer_value(json_object_get(object, name));
}

static enum status begin(struct link *link, struct delivery *delivery, const uint8_t hash[TRANSFER_HASH_BYTES],
                         struct transfer_sender *sender, struct link_refusal *refusal) {
    char digits[2 * TRANSFER_HASH_BYTES + 1];
    json_t *result;
    for (size_t i = 0; i < TRANSFER_HASH_BYTES; i++) snprintf(digits + 2 * i, 3, "%02x", hash[i]);
    enum status status = call(link, "transfer.begin",
                              json_pack("{s:i, s:i, s:I, s:s}", "target", delivery->target, "slot", delivery->slot,
                                        "bytes", (json_int_t)delivery->length, "hash", digits),
                              &result, refusal);
    if (status != ST_OK) return status;
    delivery->from = member(result, "received");
    if (delivery->from > delivery->length) delivery->from = delivery->length;
    const uint32_t most = FRAME_PAYLOAD_MAX - TRANSFER_HEAD_BYTES, chunk_max = member(result, "chunk_max");
    transfer_sender_init(sender, hash, delivery->length, delivery->from, chunk_max < most ? chunk_max : most,
                         member(result, "credit"), link_now_ms());
    json_decref(result);
    return ST_OK;
}

static enum status send_what_may_be_sent(struct link *link, const struct delivery *delivery,
                                         struct transfer_sender *sender) {
    uint8_t chunk[FRAME_PAYLOAD_MAX];
    uint32_t offset, length;
    while ((length = transfer_next(sender, link_now_ms(), chunk, &offset)) > 0) {
        memcpy(chunk + TRANSFER_HEAD_BYTES, delivery->bytes + offset, length);
        enum status status = link_send(link, CHANNEL_BULK, chunk, TRANSFER_HEAD_BYTES + length);
        if (status != ST_OK) return status;
    }
    return ST_OK;
}

/* Until all is there, it is refused, or nothing has been taken for too long. */
static enum status send_all(struct link *link, const struct delivery *delivery, struct transfer_sender *sender) {
    uint32_t moved_ms = link_now_ms(), before = sender->acknowledged;
    while (sender->acknowledged < sender->bytes && !sender->over) {
        enum status status = send_what_may_be_sent(link, delivery, sender);
        if (status != ST_OK) return status;
        status = link_hear(link, (int)transfer_wait_ms(sender, link_now_ms()) + 1);
        if (status != ST_OK && status != ST_AGAIN && status != ST_TIMEOUT) return status;
        if (sender->acknowledged != before) {
            before = sender->acknowledged;
            moved_ms = link_now_ms();
            if (delivery->progress) delivery->progress(delivery->context, before);
        }
        if (link_now_ms() - moved_ms > STUCK_MS) {
            snprintf(link->message, sizeof link->message, "the device took nothing more for %d s", STUCK_MS / 1000);
            return ST_TIMEOUT;
        }
    }
    return ST_OK;
}

enum status deliver(struct link *link, struct delivery *delivery, struct link_refusal *refusal) {
    struct transfer_sender sender;
    uint8_t hash[TRANSFER_HASH_BYTES];
    trust_hash_of(delivery->bytes, delivery->length, hash);
    enum status status = begin(link, delivery, hash, &sender, refusal);
    if (status != ST_OK) return status;
    link->transfer = &sender;
    status = send_all(link, delivery, &sender);
    link->transfer = NULL;
    delivery->sent_again += sender.sent_again;
    return status;
}

enum status deliver_end(struct link *link, const struct delivery *delivery, json_t **result,
                        struct link_refusal *refusal) {
    const uint32_t begin_ms = link_now_ms();
    uint8_t hash[TRANSFER_HASH_BYTES];
    trust_hash_of(delivery->bytes, delivery->length, hash);
    for (;;) {
        enum status status =
            call(link, "transfer.end", json_pack("{s:i}", "transfer", transfer_number(hash)), result, refusal);
        bool checks = status == ST_REFUSED && refusal->status == ST_AGAIN;
        if (!checks || link_now_ms() - begin_ms > CHECK_MS) return status;
        nanosleep(&(struct timespec){.tv_nsec = POLL_NS}, NULL);
    }
}
