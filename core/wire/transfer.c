#include "core/wire/transfer.h"

#include <string.h>

#include "core/base/bytes.h"

enum { PATIENCE_MS = 2000, PATIENCE_MS_MIN = 400, PATIENCE_MS_MAX = 8000 };

uint16_t transfer_number(const uint8_t hash[TRANSFER_HASH_BYTES]) {
    uint16_t number = load_le16(hash);
    return number == 0 ? 1 : number;
}

/* ---- receiving */

static bool is_same(const struct transfer *a, const struct transfer *b) {
    return a->target == b->target && (a->slot == b->slot || b->slot == TRANSFER_SLOT_ANY) && a->bytes == b->bytes &&
           memcmp(a->hash, b->hash, sizeof a->hash) == 0;
}

enum status transfer_begin(struct transfer *transfer, const struct transfer_sink *sink, const struct transfer *wanted) {
    if (transfer->bytes > 0 && transfer->status == ST_OK && is_same(transfer, wanted)) return ST_OK;
    if (wanted->bytes == 0) return ST_INVALID;
    uint32_t received = 0;
    *transfer = *wanted;
    transfer->status = ST_OK;
    transfer->received = 0;
    transfer->status = (int16_t)sink->begin(sink->context, transfer, &received);
    transfer->received = received;
    return (enum status)transfer->status;
}

/* Keeps a chunk if it is the next one. */
static enum transfer_what keep(struct transfer *transfer, const struct transfer_sink *sink, uint32_t offset,
                               const uint8_t *data, uint32_t length) {
    if (transfer->status != ST_OK) return TRANSFER_OVER;
    if (offset > transfer->bytes || length > transfer->bytes - offset) {
        transfer->status = ST_RANGE;
        transfer->detail = offset;
        return TRANSFER_OVER;
    }
    if (offset > transfer->received) return TRANSFER_GAP;
    if (offset < transfer->received || length == 0) return TRANSFER_HAD;
    transfer->status = (int16_t)sink->write(sink->context, transfer, data, length);
    if (transfer->status != ST_OK) return TRANSFER_OVER;
    transfer->received += length;
    return TRANSFER_TAKEN;
}

size_t transfer_take(struct transfer *transfer, const struct transfer_sink *sink, const uint8_t *payload, size_t length,
                     uint32_t credit, uint8_t answer[TRANSFER_ANSWER_BYTES]) {
    if (transfer->bytes == 0 || length < TRANSFER_HEAD_BYTES || load_le16(payload) != transfer_number(transfer->hash))
        return 0;
    uint32_t offset = load_le32(payload + 2), data_bytes = (uint32_t)(length - TRANSFER_HEAD_BYTES);
    bool is_last = offset + data_bytes == transfer->bytes;
    if (offset % TRANSFER_UNIT_BYTES != 0 || (data_bytes % TRANSFER_UNIT_BYTES != 0 && !is_last)) return 0;
    enum transfer_what what = keep(transfer, sink, offset, payload + TRANSFER_HEAD_BYTES, data_bytes);
    memcpy(answer, payload, 2);
    answer[2] = (uint8_t)what;
    store_le32(answer + 3, transfer->received);
    store_le32(answer + 7, credit);
    return TRANSFER_ANSWER_BYTES;
}

/* ---- sending */

void transfer_sender_init(struct transfer_sender *sender, const uint8_t hash[TRANSFER_HASH_BYTES], uint32_t bytes,
                          uint32_t received, uint32_t chunk_max, uint32_t credit, uint32_t now_ms) {
    uint32_t chunk = chunk_max < credit ? chunk_max : credit;
    *sender = (struct transfer_sender){
        .bytes = bytes,
        .acknowledged = received,
        .sent = received,
        .number = transfer_number(hash),
        .chunk_bytes = (uint16_t)(chunk - chunk % TRANSFER_UNIT_BYTES),
        .credit = credit,
        .heard_ms = now_ms,
        .patience_ms = PATIENCE_MS,
    };
}

static void go_back(struct transfer_sender *sender, uint32_t now_ms) {
    sender->sent_again += sender->sent - sender->acknowledged;
    sender->sent = sender->acknowledged;
    sender->has_gone_back = true;
    sender->is_timed = false; /* an answer could be to either of the two */
    sender->heard_ms = now_ms;
}

uint32_t transfer_wait_ms(const struct transfer_sender *sender, uint32_t now_ms) {
    uint32_t silent_ms = now_ms - sender->heard_ms;
    return silent_ms < sender->patience_ms ? sender->patience_ms - silent_ms : 0;
}

uint32_t transfer_next(struct transfer_sender *sender, uint32_t now_ms, uint8_t head[TRANSFER_HEAD_BYTES],
                       uint32_t *offset) {
    bool is_waiting = sender->sent > sender->acknowledged;
    if (is_waiting && transfer_wait_ms(sender, now_ms) == 0) {
        go_back(sender, now_ms);
        sender->patience_ms = sender->patience_ms * 2 < PATIENCE_MS_MAX ? sender->patience_ms * 2 : PATIENCE_MS_MAX;
    }
    uint32_t left = sender->bytes - sender->sent, under_way = sender->sent - sender->acknowledged;
    uint32_t length = left < sender->chunk_bytes ? left : sender->chunk_bytes;
    if (length == 0 || sender->over || under_way + length > sender->credit) return 0;
    if (under_way == 0) sender->heard_ms = now_ms;
    *offset = sender->sent;
    store_le16(head, sender->number);
    store_le32(head + 2, sender->sent);
    sender->sent += length;
    if (!sender->is_timed && !sender->has_gone_back) {
        sender->is_timed = true;
        sender->timed_to = sender->sent;
        sender->timed_ms = now_ms;
    }
    return length;
}

/* Twice what an answer took, and some: so a slow line is not taken for a broken one. */
static void learn(struct transfer_sender *sender, uint32_t now_ms) {
    if (!sender->is_timed || sender->acknowledged < sender->timed_to) return;
    uint32_t took_ms = now_ms - sender->timed_ms, patience_ms = 2 * took_ms + PATIENCE_MS_MIN;
    sender->is_timed = false;
    sender->patience_ms = patience_ms < PATIENCE_MS_MAX ? patience_ms : PATIENCE_MS_MAX;
}

void transfer_heard(struct transfer_sender *sender, uint32_t now_ms, const uint8_t *payload, size_t length) {
    if (length != TRANSFER_ANSWER_BYTES || load_le16(payload) != sender->number) return;
    enum transfer_what what = (enum transfer_what)payload[2];
    uint32_t received = load_le32(payload + 3);
    if (what == TRANSFER_OVER) sender->over = true;
    if (received > sender->bytes || received < sender->acknowledged) return; /* older than what is known */
    sender->credit = load_le32(payload + 7);
    if (received > sender->acknowledged) {
        sender->acknowledged = received;
        if (sender->sent < received) sender->sent = received;
        sender->has_gone_back = false;
        sender->heard_ms = now_ms;
        learn(sender, now_ms);
    }
    if (what == TRANSFER_GAP && !sender->has_gone_back) go_back(sender, now_ms);
}
