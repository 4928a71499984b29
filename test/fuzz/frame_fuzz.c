/* Any bytes on a line: taken whole and byte by byte they give the same frames and the same text, no more than was
 * there; and what was taken, sent again, is taken as the same. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "core/wire/frame.h"
#include "test/fuzz/fuzz.h"

enum { PAYLOAD = 96, FRAMES_MAX = 1 + FUZZ_BYTES_MAX / 9 };

/* All that a receiver found: what was text, and each frame's channel, length and payload. */
struct heard {
    uint8_t text[FUZZ_BYTES_MAX], frame[FUZZ_BYTES_MAX];
    size_t text_length, frame_length, frames;
    uint32_t damaged;
};

static void take_frame(struct heard *heard, const struct frame *frame) {
    uint8_t again[FRAME_LINE_BYTES(PAYLOAD)], buffer[FRAME_BUFFER_BYTES(PAYLOAD)];
    struct frame_sender sender = {.sequence = frame->sequence};
    struct frame_receiver receiver;
    struct frame twin;
    size_t used;
    if (frame->length > PAYLOAD || ++heard->frames > FRAMES_MAX) fuzz_failed("a frame is longer than what it was in");
    size_t length = frame_put(&sender, frame->channel, frame->payload, frame->length, again, sizeof again);
    frame_receiver_init(&receiver, buffer, sizeof buffer);
    bool good = frame_take(&receiver, 0, again, length, &used, &twin) == FRAME_WHOLE && used == length;
    good = good && twin.channel == frame->channel && twin.sequence == frame->sequence && twin.length == frame->length;
    if (!good || memcmp(twin.payload, frame->payload, frame->length) != 0) fuzz_failed("a frame sent again differs");
    heard->frame[heard->frame_length++] = (uint8_t)frame->channel;
    memcpy(heard->frame + heard->frame_length, frame->payload, frame->length);
    heard->frame_length += frame->length;
}

static void hear(struct heard *heard, const uint8_t *bytes, size_t length, size_t piece) {
    uint8_t buffer[FRAME_BUFFER_BYTES(PAYLOAD)];
    struct frame_receiver receiver;
    struct frame found;
    memset(heard, 0, sizeof *heard);
    frame_receiver_init(&receiver, buffer, sizeof buffer);
    while (length > 0) {
        size_t used = 0, given = piece < length ? piece : length;
        enum frame_found what = frame_take(&receiver, 0, bytes, given, &used, &found);
        if (used == 0 || used > given) fuzz_failed("no byte was used, or more than there were");
        bytes += used;
        length -= used;
        if (what == FRAME_WHOLE) take_frame(heard, &found);
        if (what != FRAME_TEXT) continue;
        memcpy(heard->text + heard->text_length, found.payload, found.length);
        heard->text_length += found.length;
    }
    heard->damaged = receiver.damaged;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static struct heard whole, pieces;
    if (length > FUZZ_BYTES_MAX) return 0;
    hear(&whole, bytes, length, length);
    hear(&pieces, bytes, length, 1);
    bool same = whole.text_length == pieces.text_length && whole.frame_length == pieces.frame_length &&
                whole.frames == pieces.frames && whole.damaged == pieces.damaged &&
                memcmp(whole.text, pieces.text, whole.text_length) == 0 &&
                memcmp(whole.frame, pieces.frame, whole.frame_length) == 0;
    if (!same) fuzz_failed("byte by byte something else is found");
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    struct frame_sender sender = {.sequence = (uint16_t)random_64(random), .begun = random_percent(random, 50)};
    size_t length = 0;
    for (uint32_t left = 1 + random_below(random, 8); left > 0; left--) {
        uint8_t payload[PAYLOAD + 8];
        size_t bytes = random_below(random, sizeof payload + 1);
        for (size_t i = 0; i < bytes; i++)
            payload[i] = (uint8_t)(random_percent(random, 20) ? 0xf8 + random_below(random, 4) : random_64(random));
        length += frame_put(&sender, (enum frame_channel)random_below(random, CHANNEL_COUNT), payload, bytes,
                            to + length, FUZZ_BYTES_MAX - length);
        if (random_percent(random, 50)) to[length++] = (uint8_t)random_64(random);
    }
    return length;
}

/* The check of the first frame, if it has no escapes. */
void fuzz_mend(uint8_t *bytes, size_t length) {
    const uint8_t *begin = length > 0 ? memchr(bytes, 0xf8, length) : NULL;
    if (!begin) return;
    size_t start = (size_t)(begin - bytes) + 1;
    const uint8_t *end = memchr(bytes + start, 0xf9, length - start);
    if (!end || (size_t)(end - bytes) < start + FRAME_BUFFER_BYTES(0)) return;
    size_t check = (size_t)(end - bytes) - FRAME_CHECK_BYTES;
    store_le32(bytes + check, crc32_add(0, bytes + start, check - start));
}
