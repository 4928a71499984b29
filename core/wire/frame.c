#include "core/wire/frame.h"

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "core/base/require.h"

enum { BEGIN = 0xf8, END = 0xf9, ESCAPE = 0xfa, RESERVED = 0xfb, FLIP = 0x20 };
enum { VERSION = 1, FIRST = 8, CHANNEL_MASK = 7 };

/* SKIP: behind a damaged frame, whose rest may still come. */
enum state { STATE_TEXT, STATE_INSIDE, STATE_ESCAPE, STATE_SKIP };

void frame_receiver_init(struct frame_receiver *receiver, uint8_t *buffer, size_t capacity) {
    require(capacity >= FRAME_BUFFER_BYTES(0));
    *receiver = (struct frame_receiver){.buffer = buffer, .capacity = capacity, .state = STATE_TEXT};
}

static void damage(struct frame_receiver *receiver) {
    receiver->damaged++;
    receiver->state = STATE_SKIP;
    receiver->length = 0;
}

void frame_idle(struct frame_receiver *receiver, uint32_t now_ms) {
    if (receiver->state == STATE_TEXT || now_ms - receiver->last_ms < FRAME_IDLE_MS) return;
    if (receiver->state != STATE_SKIP) receiver->damaged++;
    receiver->state = STATE_TEXT;
}

static bool is_whole(const struct frame_receiver *receiver) {
    if (receiver->length < FRAME_BUFFER_BYTES(0)) return false;
    size_t checked = receiver->length - FRAME_CHECK_BYTES;
    uint8_t head = receiver->buffer[0];
    if (crc32_add(0, receiver->buffer, checked) != load_le32(receiver->buffer + checked)) return false;
    return head >> 4 == VERSION && (head & CHANNEL_MASK) < CHANNEL_COUNT;
}

/* At END: a frame, or damage that ends here. */
static enum frame_found finish(struct frame_receiver *receiver, struct frame *found) {
    if (receiver->state == STATE_ESCAPE || !is_whole(receiver)) {
        damage(receiver);
        return FRAME_NOTHING;
    }
    uint8_t head = receiver->buffer[0];
    uint16_t sequence = load_le16(receiver->buffer + 1);
    bool follows = receiver->has_sequence && (head & FIRST) == 0;
    *found = (struct frame){
        .channel = (enum frame_channel)(head & CHANNEL_MASK),
        .payload = receiver->buffer + FRAME_HEAD_BYTES,
        .length = receiver->length - FRAME_BUFFER_BYTES(0),
        .sequence = sequence,
        .missing = follows ? (uint16_t)(sequence - receiver->sequence - 1) : 0,
    };
    receiver->sequence = sequence;
    receiver->has_sequence = true;
    receiver->state = STATE_TEXT;
    return FRAME_WHOLE;
}

static void keep(struct frame_receiver *receiver, uint8_t byte) {
    if (receiver->length == receiver->capacity)
        damage(receiver);
    else
        receiver->buffer[receiver->length++] = byte;
}

static enum frame_found take_mark(struct frame_receiver *receiver, uint8_t byte, struct frame *found) {
    bool inside = receiver->state == STATE_INSIDE || receiver->state == STATE_ESCAPE;
    if (byte == BEGIN) {
        if (inside) receiver->damaged++;
        receiver->state = STATE_INSIDE;
        receiver->length = 0;
    } else if (byte == END) {
        if (inside) return finish(receiver, found);
        receiver->state = STATE_TEXT;
    } else if (receiver->state == STATE_INSIDE && byte == ESCAPE) {
        receiver->state = STATE_ESCAPE;
    } else if (inside) {
        damage(receiver);
    }
    return FRAME_NOTHING;
}

/* Of a frame, or of what is skipped: then length counts it. */
static void take_inside(struct frame_receiver *receiver, uint8_t byte) {
    if (receiver->state == STATE_INSIDE) {
        keep(receiver, byte);
    } else if (receiver->state == STATE_ESCAPE) {
        receiver->state = STATE_INSIDE;
        if (frame_is_text(byte ^ FLIP))
            damage(receiver);
        else
            keep(receiver, byte ^ FLIP);
    } else if (++receiver->length == FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)) {
        receiver->state = STATE_TEXT;
    }
}

static size_t text_run(const uint8_t *bytes, size_t length) {
    size_t run = 0;
    while (run < length && frame_is_text(bytes[run])) run++;
    return run;
}

enum frame_found frame_take(struct frame_receiver *receiver, uint32_t now_ms, const uint8_t *bytes, size_t length,
                            size_t *used, struct frame *found) {
    frame_idle(receiver, now_ms);
    if (length > 0) receiver->last_ms = now_ms;
    for (size_t i = 0; i < length; i++) {
        if (!frame_is_text(bytes[i])) {
            enum frame_found what = take_mark(receiver, bytes[i], found);
            *used = i + 1;
            if (what != FRAME_NOTHING) return what;
        } else if (receiver->state == STATE_TEXT) {
            *found = (struct frame){.payload = bytes + i, .length = text_run(bytes + i, length - i)};
            *used = i + found->length;
            return FRAME_TEXT;
        } else {
            take_inside(receiver, bytes[i]);
        }
    }
    *used = length;
    return FRAME_NOTHING;
}

/* ---- sending */

static void put_escaped(struct writer *out, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (!frame_is_text(bytes[i])) put_u8(out, ESCAPE);
        put_u8(out, frame_is_text(bytes[i]) ? bytes[i] : bytes[i] ^ FLIP);
    }
}

size_t frame_put(struct frame_sender *sender, enum frame_channel channel, const void *payload, size_t length,
                 uint8_t *to, size_t capacity) {
    if (length > FRAME_PAYLOAD_MAX) return 0;
    uint8_t head[FRAME_HEAD_BYTES], check[FRAME_CHECK_BYTES];
    head[0] = (uint8_t)(VERSION << 4 | (sender->begun ? 0 : FIRST) | channel);
    store_le16(head + 1, sender->sequence);
    store_le32(check, crc32_add(crc32_add(0, head, sizeof head), payload, length));
    struct writer out = writer_of(to, capacity);
    put_u8(&out, BEGIN);
    put_escaped(&out, head, sizeof head);
    put_escaped(&out, payload, length);
    put_escaped(&out, check, sizeof check);
    put_u8(&out, END);
    if (out.full) return 0;
    sender->begun = true;
    sender->sequence++;
    return out.length;
}
