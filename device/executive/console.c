#include "device/executive/console.h"

#include "core/base/bytes.h"

bool console_init(struct console *console, struct arena *arena, uint32_t in_bytes, uint32_t out_bytes) {
    console->in = (struct ring){.bytes = ARENA_ARRAY(arena, uint8_t, in_bytes), .size = in_bytes};
    console->out = (struct ring){.bytes = ARENA_ARRAY(arena, uint8_t, out_bytes), .size = out_bytes};
    console->in_ended = false;
    return console->in.bytes && console->out.bytes;
}

static void ring_put(struct ring *ring, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) ring->bytes[(ring->head + ring->used + i) % ring->size] = bytes[i];
    ring->used += (uint32_t)length;
}

static uint8_t ring_at(const struct ring *ring, size_t index) { return ring->bytes[(ring->head + index) % ring->size]; }

static void ring_drop(struct ring *ring, size_t length) {
    ring->head = (uint32_t)((ring->head + length) % ring->size);
    ring->used -= (uint32_t)length;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

size_t console_feed(struct console *console, const void *bytes, size_t length) {
    length = least(length, console->in.size - console->in.used);
    ring_put(&console->in, bytes, length);
    return length;
}

size_t console_read(struct console *console, void *to, size_t capacity) {
    size_t length = least(capacity, console->in.used);
    for (size_t i = 0; i < length; i++) ((uint8_t *)to)[i] = ring_at(&console->in, i);
    ring_drop(&console->in, length);
    return length;
}

size_t console_room(const struct console *console) {
    size_t room = console->out.size - console->out.used;
    return room > CONSOLE_MARK_BYTES ? least(room - CONSOLE_MARK_BYTES, CONSOLE_RUN_MAX) : 0;
}

/* In the top bit of the length: the stream is that of errors. */
static uint16_t mark_of(uint8_t stream, size_t length) {
    return (uint16_t)(length | (stream == STREAM_ERROR ? CONSOLE_RUN_MAX + 1u : 0));
}

size_t console_write(struct console *console, struct executive_output output, const void *bytes, size_t length) {
    length = least(length, console_room(console));
    if (length == 0) return 0;
    uint8_t mark[CONSOLE_MARK_BYTES];
    store_le32(mark, output.pid);
    store_le16(mark + 4, mark_of(output.stream, length));
    ring_put(&console->out, mark, sizeof mark);
    ring_put(&console->out, bytes, length);
    return length;
}

/* The mark at the head is rewritten for what is left of its run, so a small buffer loses nothing. */
size_t console_drain(struct console *console, struct executive_output *output, void *to, size_t capacity) {
    struct ring *out = &console->out;
    if (out->used == 0 || capacity == 0) return 0;
    uint8_t mark[CONSOLE_MARK_BYTES];
    for (size_t i = 0; i < sizeof mark; i++) mark[i] = ring_at(out, i);
    output->pid = load_le32(mark);
    output->stream = load_le16(mark + 4) > CONSOLE_RUN_MAX ? STREAM_ERROR : STREAM_OUT;
    size_t run = load_le16(mark + 4) & CONSOLE_RUN_MAX, length = least(run, capacity);
    for (size_t i = 0; i < length; i++) ((uint8_t *)to)[i] = ring_at(out, sizeof mark + i);
    if (length == run) {
        ring_drop(out, sizeof mark + length);
        return length;
    }
    store_le16(mark + 4, mark_of(output->stream, run - length));
    ring_drop(out, length);
    for (size_t i = 0; i < sizeof mark; i++) out->bytes[(out->head + i) % out->size] = mark[i];
    return length;
}
