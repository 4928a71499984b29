/* frame: what is on a line between a device and whoever operates it: frames with a check, and text between them.
 * The same code for both ends and every kind of line.
 *
 * Owns no line and no clock: bytes are given, time is an argument. Milliseconds, which may wrap.
 * Source: spec/frame.md. */
#ifndef SKEP_CORE_WIRE_FRAME_H
#define SKEP_CORE_WIRE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FRAME_PAYLOAD_MAX = 1024,
    FRAME_HEAD_BYTES = 3,
    FRAME_CHECK_BYTES = 4,
    FRAME_IDLE_MS = 250, /* a frame that has had no byte for so long is over */
};
/* Room that a receiver needs for payloads of so many bytes; and a line, for one frame of them at its worst. */
#define FRAME_BUFFER_BYTES(payload) (FRAME_HEAD_BYTES + (payload) + FRAME_CHECK_BYTES)
#define FRAME_LINE_BYTES(payload)   (2 + 2 * FRAME_BUFFER_BYTES(payload))

enum frame_channel { CHANNEL_CONSOLE, CHANNEL_OPERATIONS, CHANNEL_BULK, CHANNEL_SIDEBAND, CHANNEL_COUNT };

struct frame {
    enum frame_channel channel;
    const uint8_t *payload; /* as frame_take says */
    size_t length;
    uint16_t sequence;
    uint16_t missing; /* so many frames were sent between the last one and this, and did not come */
};

enum frame_found {
    FRAME_NOTHING, /* all bytes are used, and nothing is complete */
    FRAME_TEXT,    /* payload and length: text, in place in the bytes that were given */
    FRAME_WHOLE,   /* a frame; its payload is in the receiver's buffer until the next call */
};

struct frame_receiver {
    uint32_t damaged; /* frames that were dropped */

    /* below: private to frame.c */
    uint8_t *buffer;
    size_t capacity, length;
    uint32_t last_ms;
    uint16_t sequence;
    uint8_t state;
    bool has_sequence;
};

/* `capacity` is FRAME_BUFFER_BYTES of the longest payload that is taken. Precondition: at least that of 0. */
void frame_receiver_init(struct frame_receiver *receiver, uint8_t *buffer, size_t capacity);

/* Takes bytes that came at now_ms, up to the end of a frame or of a run of text; *used says how many. To be called
 * again with the rest until it answers FRAME_NOTHING. */
enum frame_found frame_take(struct frame_receiver *receiver, uint32_t now_ms, const uint8_t *bytes, size_t length,
                            size_t *used, struct frame *found);

/* Lets go of a frame whose end does not come. frame_take does it too when the next byte comes; this is for a line that
 * may stay silent for longer than now_ms counts. */
void frame_idle(struct frame_receiver *receiver, uint32_t now_ms);

struct frame_sender {
    uint16_t sequence;
    bool begun;
};

/* Writes one frame to the line; gives its length. 0: it did not fit into `capacity`, or the payload is longer than
 * FRAME_PAYLOAD_MAX, and no frame was counted. A sender begins as all zero. */
size_t frame_put(struct frame_sender *sender, enum frame_channel channel, const void *payload, size_t length,
                 uint8_t *to, size_t capacity);

/* Whether a byte may be sent as text, between frames. */
static inline bool frame_is_text(uint8_t byte) { return byte < 0xf8 || byte > 0xfb; }

#endif
