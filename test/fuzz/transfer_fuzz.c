/* Both ends of a transfer, given any payloads between good ones: what is kept is in order and inside, nothing is sent
 * that is not there or beyond the credit, and whoever is not refused comes to the end.
 *
 * Input: steps of a byte that says what happens, a byte of length where bytes are given, and those. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/wire/transfer.h"
#include "test/fuzz/fuzz.h"

enum { BYTES = 1000, CHUNK = 64, CREDIT = 160, PIECE_MAX = TRANSFER_HEAD_BYTES + 255 };
enum { STEP_CHUNK, STEP_ANSWER, STEP_SEND, STEP_LOSE, STEP_WAIT, STEPS };

struct ends {
    struct transfer transfer;
    struct transfer_sender sender;
    uint32_t kept, now_ms;
};

static enum status begin(void *context, struct transfer *transfer, uint32_t *received) {
    (void)context;
    (void)transfer;
    (void)received;
    return ST_OK;
}

static enum status keep(void *context, struct transfer *transfer, const uint8_t *bytes, uint32_t length) {
    struct ends *ends = context;
    (void)bytes;
    if (transfer->received != ends->kept || length > BYTES - ends->kept) fuzz_failed("what is kept has a gap");
    if (ends->kept % TRANSFER_UNIT_BYTES != 0) fuzz_failed("what is kept begins between units");
    ends->kept += length;
    return ST_OK;
}

static void to_device(struct ends *ends, const uint8_t *payload, size_t length, bool answered) {
    const struct transfer_sink sink = {.context = ends, .begin = begin, .write = keep};
    uint8_t answer[TRANSFER_ANSWER_BYTES];
    size_t bytes = transfer_take(&ends->transfer, &sink, payload, length, CREDIT, answer);
    if (ends->transfer.received != ends->kept) fuzz_failed("it says that it has what it has not");
    if (bytes > 0 && answered) transfer_heard(&ends->sender, ends->now_ms, answer, bytes);
}

static void send(struct ends *ends, bool lost) {
    uint8_t chunk[TRANSFER_HEAD_BYTES + CHUNK] = {0};
    uint32_t offset = 0, credit = ends->sender.credit;
    uint32_t length = transfer_next(&ends->sender, ends->now_ms, chunk, &offset);
    if (length == 0) return;
    if (length > CHUNK || offset > BYTES || length > BYTES - offset) fuzz_failed("it sends what is not there");
    if (offset + length - ends->sender.acknowledged > credit) fuzz_failed("it sends more than it may");
    if (!lost) to_device(ends, chunk, TRANSFER_HEAD_BYTES + length, true);
}

static size_t step(struct ends *ends, const uint8_t *bytes, size_t length) {
    uint8_t piece[PIECE_MAX];
    uint32_t what = bytes[0] % STEPS;
    if (what == STEP_WAIT) ends->now_ms += 64u * (bytes[0] / STEPS);
    if (what == STEP_SEND || what == STEP_LOSE) send(ends, what == STEP_LOSE);
    if (what > STEP_ANSWER || length < 2) return 1;
    size_t given = bytes[1] < length - 2 ? bytes[1] : length - 2;
    memcpy(piece, bytes + 2, given);
    if (what == STEP_CHUNK) to_device(ends, piece, given, false);
    if (what == STEP_ANSWER) transfer_heard(&ends->sender, ends->now_ms, piece, given);
    if (ends->sender.acknowledged > BYTES) fuzz_failed("more is acknowledged than there is");
    return 2 + given;
}

/* Answers that were given could have lied: then only the receiver is asked for sense. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct ends ends = {0};
    const struct transfer_sink sink = {.context = &ends, .begin = begin, .write = keep};
    const struct transfer wanted = {.bytes = BYTES, .hash = {1}};
    bool lies = false;
    if (transfer_begin(&ends.transfer, &sink, &wanted) != ST_OK) fuzz_failed("it does not begin");
    transfer_sender_init(&ends.sender, wanted.hash, BYTES, 0, CHUNK, CREDIT, 0);
    for (size_t at = 0; at < length;) {
        lies = lies || bytes[at] % STEPS == STEP_ANSWER || bytes[at] % STEPS == STEP_CHUNK;
        at += step(&ends, bytes + at, length - at);
    }
    for (uint32_t left = 20 * BYTES / CHUNK; left > 0 && ends.sender.acknowledged < BYTES; left--) {
        ends.now_ms += 10000;
        send(&ends, false);
    }
    if (!lies && (ends.sender.acknowledged != BYTES || ends.kept != BYTES)) fuzz_failed("it does not come to its end");
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    size_t length = 0;
    for (uint32_t left = 1 + random_below(random, 60); left > 0; left--) {
        uint32_t what = random_below(random, 2) ? STEP_SEND + random_below(random, 3) : random_below(random, STEPS);
        to[length++] = (uint8_t)(what + STEPS * random_below(random, 50));
        if (what > STEP_ANSWER) continue;
        uint8_t *payload = to + length + 1;
        uint32_t bytes =
            what == STEP_ANSWER ? TRANSFER_ANSWER_BYTES : TRANSFER_HEAD_BYTES + 16 * random_below(random, 5);
        memset(payload, 0, bytes);
        payload[0] = 1; /* the number of this transfer */
        payload[2] = (uint8_t)(what == STEP_ANSWER ? random_below(random, 4) : 16 * random_below(random, 16));
        payload[3] = (uint8_t)random_below(random, 4);
        if (what == STEP_ANSWER) store_le32(payload + 7, CREDIT);
        to[length] = (uint8_t)bytes;
        length += 1 + bytes;
    }
    return length;
}

void fuzz_mend(uint8_t *bytes, size_t length) {
    (void)bytes;
    (void)length;
}
