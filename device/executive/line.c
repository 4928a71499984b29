#include "device/executive/line.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"
#include "core/base/divide.h"
#include "core/base/require.h"
#include "device/executive/delivery.h"

enum { MESSAGE_LINE_BYTES = FRAME_LINE_BYTES(HIVE_MESSAGE_BYTES), US_PER_MS = 1000, OUTPUT_HEAD_BYTES = 9 };
enum { NO_TEXT = '?' };
enum { SIDEBAND_STATE = 1, SIDEBAND_WHO };
enum { HEARTBEAT_US = 1000000, THERE_US = 10000000 };

void line_init(struct line *line, const struct line_buffers *buffers, uint16_t number, bool trusted, bool strict) {
    require(buffers->out_bytes >= LINE_OUT_BYTES_MIN);
    *line = (struct line){.link = {.number = number, .trusted = trusted}, .strict = strict, .buffers = *buffers};
    frame_receiver_init(&line->receiver, buffers->frame, LINE_FRAME_BYTES);
}

/* ---- out */

static size_t free_bytes(const struct line *line) { return line->buffers.out_bytes - (line->out_end - line->out_at); }

/* Room for a frame of so many bytes at its worst, all in one piece. */
static bool has_room(struct line *line, size_t line_bytes) {
    if (free_bytes(line) < line_bytes) return false;
    if (line->out_at == 0) return true;
    memmove(line->buffers.out, line->buffers.out + line->out_at, line->out_end - line->out_at);
    line->out_end -= line->out_at;
    line->out_at = 0;
    return true;
}

/* Precondition: there is room. */
static void put(struct line *line, enum frame_channel channel, const uint8_t *payload, size_t length) {
    line->out_end += frame_put(&line->sender, channel, payload, length, line->buffers.out + line->out_end,
                               line->buffers.out_bytes - line->out_end);
}

size_t line_output(const struct line *line, const uint8_t **from) {
    *from = line->buffers.out + line->out_at;
    return line->out_end - line->out_at;
}

void line_sent(struct line *line, size_t length) { line->out_at += length; }

/* ---- in */

size_t line_room(struct line *line, uint8_t **to) {
    if (line->closing || line->in_at < line->in_end || free_bytes(line) < MESSAGE_LINE_BYTES) return 0;
    *to = line->buffers.in;
    return line->buffers.in_bytes;
}

void line_came(struct line *line, size_t length) {
    line->in_at = 0;
    line->in_end = length;
}

/* The request that was answered last, once more: its reply was lost. Where nothing is lost every request counts. */
static bool is_repeated(const struct line *line, const struct frame *frame, uint32_t check) {
    return !line->strict && line->reply_bytes > 0 && frame->length == line->request_bytes &&
           check == line->request_check;
}

/* False: it is no request. */
static bool answer(struct line *line, struct hive *hive, uint64_t now_us, const struct frame *frame) {
    const uint32_t check = crc32_add(0, frame->payload, frame->length);
    if (!is_repeated(line, frame, check)) {
        line->reply_bytes = hive_request(hive, &line->link, now_us, frame->payload, frame->length, line->buffers.reply,
                                         HIVE_MESSAGE_BYTES);
        line->request_bytes = frame->length;
        line->request_check = check;
    }
    if (line->reply_bytes > 0) put(line, CHANNEL_OPERATIONS, line->buffers.reply, line->reply_bytes);
    return line->reply_bytes > 0;
}

static bool take_chunk(struct line *line, struct hive *hive, uint64_t now_us, const struct frame *frame) {
    uint8_t message[TRANSFER_ANSWER_BYTES];
    if (!PROFILE_HAS_TRANSFER || !line->link.trusted || frame->length < TRANSFER_HEAD_BYTES) return false;
    size_t length = delivery_take(hive, &line->link, now_us, frame->payload, frame->length, message);
    if (length > 0) put(line, CHANNEL_BULK, message, length);
    return true;
}

static void tell_state(struct line *line, const struct hive *hive, uint64_t now_us) {
    uint8_t message[LINE_STATE_BYTES] = {SIDEBAND_STATE, (uint8_t)delivery_state(hive), ROLE_RUNTIME};
    store_le32(message + 3, hive->config->boot);
    store_le32(message + 7, (uint32_t)(now_us / US_PER_MS));
    line->told = message[1];
    line->told_us = now_us;
    put(line, CHANNEL_SIDEBAND, message, sizeof message);
}

static bool ask_state(struct line *line, const struct hive *hive, uint64_t now_us, const struct frame *frame) {
    if (!PROFILE_HAS_TRANSFER || !line->link.trusted || frame->length != 1 || frame->payload[0] != SIDEBAND_WHO)
        return false;
    tell_state(line, hive, now_us);
    return true;
}

/* The heartbeat, and every change: while somebody is there. */
static void tell_news_of_state(struct line *line, const struct hive *hive, uint64_t now_us) {
    bool is_there = line->heard_us > 0 && now_us - line->heard_us < THERE_US;
    if (!PROFILE_HAS_TRANSFER || line->strict || !is_there || !has_room(line, MESSAGE_LINE_BYTES)) return;
    if (now_us - line->told_us >= HEARTBEAT_US || delivery_state(hive) != line->told) tell_state(line, hive, now_us);
}

/* False: nobody may type here. */
static bool type(const struct line *line, struct hive *hive, const struct frame *frame) {
    if (!line->link.trusted) return false;
    (void)executive_feed(hive->executive, frame->payload, frame->length);
    return true;
}

static bool take_frame(struct line *line, struct hive *hive, uint64_t now_us, const struct frame *frame) {
    line->heard_us = now_us;
    line->link.counts.frames++;
    line->link.counts.missing += frame->missing;
    switch (frame->channel) {
    case CHANNEL_CONSOLE: return type(line, hive, frame);
    case CHANNEL_OPERATIONS: return answer(line, hive, now_us, frame);
    case CHANNEL_BULK: return take_chunk(line, hive, now_us, frame);
    case CHANNEL_SIDEBAND: return ask_state(line, hive, now_us, frame);
    case CHANNEL_COUNT: break;
    }
    return false;
}

static void take_all(struct line *line, struct hive *hive, uint64_t now_us) {
    struct frame frame;
    size_t used;
    while (line->in_at < line->in_end && !line->closing && has_room(line, MESSAGE_LINE_BYTES)) {
        enum frame_found found = frame_take(&line->receiver, (uint32_t)divide_u64(now_us, US_PER_MS),
                                            line->buffers.in + line->in_at, line->in_end - line->in_at, &used, &frame);
        line->in_at += used;
        line->link.counts.damaged = line->receiver.damaged;
        bool good = !line->strict || line->receiver.damaged == 0;
        if (found == FRAME_WHOLE) good &= take_frame(line, hive, now_us, &frame);
        if (found == FRAME_TEXT) good &= !line->strict && type(line, hive, &frame);
        line->closing = line->link.over || (line->strict && !good);
    }
}

void line_serve(struct line *line, struct hive *hive, uint64_t now_us) {
    uint8_t message[HIVE_MESSAGE_BYTES];
    size_t length;
    take_all(line, hive, now_us);
    while (!line->closing && has_room(line, MESSAGE_LINE_BYTES) &&
           (length = hive_news(hive, &line->link, message, sizeof message)) > 0)
        put(line, CHANNEL_OPERATIONS, message, length);
    tell_news_of_state(line, hive, now_us);
}

/* ---- what tasks write */

static void put_text(struct line *line, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++)
        line->buffers.out[line->out_end++] = frame_is_text(bytes[i]) ? bytes[i] : NO_TEXT;
}

static void put_console(struct line *line, const struct executive_output *output, const uint8_t *bytes, size_t length) {
    uint8_t message[HIVE_MESSAGE_BYTES];
    store_le32(message, output->pid);
    message[4] = output->stream;
    store_le32(message + 5, line->lost);
    line->lost = 0;
    memcpy(message + OUTPUT_HEAD_BYTES, bytes, length);
    put(line, CHANNEL_CONSOLE, message, OUTPUT_HEAD_BYTES + length);
}

/* Room for a reply always stays. */
size_t line_show(struct line *line, const struct hive *hive, const struct executive_output *output,
                 const uint8_t *bytes, size_t length) {
    enum { PIECE_MAX = HIVE_MESSAGE_BYTES - OUTPUT_HEAD_BYTES };
    const bool framed = hive_wants_console(hive, &line->link);
    size_t done = 0;
    if (framed ? !hive_wants_output(hive, &line->link, output) : line->strict) return length;
    while (done < length) {
        size_t piece = length - done < PIECE_MAX ? length - done : PIECE_MAX;
        if (!has_room(line, MESSAGE_LINE_BYTES + FRAME_LINE_BYTES(OUTPUT_HEAD_BYTES + piece))) break;
        if (framed)
            put_console(line, output, bytes + done, piece);
        else
            put_text(line, bytes + done, piece);
        done += piece;
    }
    return done;
}

void line_lose(struct line *line, size_t length) {
    line->lost = length > UINT32_MAX - line->lost ? UINT32_MAX : line->lost + (uint32_t)length;
}
