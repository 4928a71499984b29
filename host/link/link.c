#include "host/link/link.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/link/lines.h"

enum { MESSAGE_REQUEST = 1, MESSAGE_REPLY, MESSAGE_EVENT };
enum { AGAIN_MS = 1000, MS_PER_S = 1000, NS_PER_MS = 1000000 };

static enum status fail(struct link *link, enum status status, const char *why) {
    snprintf(link->message, sizeof link->message, "%s", why);
    return status;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MS_PER_S + now.tv_nsec / NS_PER_MS;
}

uint32_t link_now_ms(void) { return (uint32_t)now_ms(); }

const char *link_status_name(int status) {
#define STATUS_NAME(name, value, text)                                                                                 \
    case value: return &#name[3];
    switch (status) { STATUS_LIST(STATUS_NAME) }
#undef STATUS_NAME
    return "UNKNOWN";
}

/* ---- opening */

enum status link_open(struct link *link, const char *to) {
    memset(link, 0, sizeof *link);
    if (!stream_open(&link->stream, to)) {
        snprintf(link->message, sizeof link->message, "%.150s: %s", to, strerror(errno));
        return ST_IO;
    }
    frame_receiver_init(&link->receiver, link->frame, sizeof link->frame);
    link->tag = (uint16_t)now_ms(); /* answers to who was on the line before have other tags */
    return ST_OK;
}

void link_close(struct link *link) { stream_close(&link->stream); }

void link_move(struct link *to, struct link *from) {
    *to = *from;
    to->receiver.buffer = to->frame;
    from->stream.fd = -1;
}

int link_descriptor(const struct link *link) { return link->stream.fd; }
bool link_has_more(const struct link *link) { return link->in_at < link->in_end; }

/* ---- hearing */

static void tell_console(const struct link_listener *listener, const struct link_output *output) {
    if (listener->console) listener->console(listener->context, output);
}

static void tell_event(const struct link_listener *listener, json_t *event) {
    if (listener->event) listener->event(listener->context, event);
}

static enum status fill(struct link *link, int timeout_ms) {
    struct pollfd polled = {.fd = link->stream.fd, .events = POLLIN};
    int ready = poll(&polled, 1, timeout_ms);
    if (ready < 0 && errno == EINTR) return ST_AGAIN;
    if (ready == 0) return fail(link, ST_TIMEOUT, "the hive does not answer");
    ssize_t length = stream_read(&link->stream, link->in, sizeof link->in);
    if (length < 0 && errno == EINTR) return ST_AGAIN;
    if (length < 0) return fail(link, ST_IO, strerror(errno));
    if (length == 0) return fail(link, ST_IO, "the hive has closed the link");
    link->in_at = 0;
    link->in_end = (size_t)length;
    return ST_OK;
}

/* The next frame. A line that carries text too: it is passed over. */
static enum status next_frame(struct link *link, int timeout_ms, struct frame *frame) {
    int64_t until_ms = now_ms() + timeout_ms;
    for (;;) {
        while (link->in_at < link->in_end) {
            size_t used;
            enum frame_found found = frame_take(&link->receiver, (uint32_t)now_ms(), link->in + link->in_at,
                                                link->in_end - link->in_at, &used, frame);
            link->in_at += used;
            if (found == FRAME_WHOLE) return ST_OK;
        }
        int64_t left_ms = until_ms - now_ms();
        enum status status = fill(link, timeout_ms < 0 ? -1 : left_ms > 0 ? (int)left_ms : 0);
        if (status != ST_OK) return status;
    }
}

/* On a line that others used before, their sessions may still be told things. */
static bool is_for_another(const struct link *link, const struct frame *frame) {
    enum { SESSION_AT = 1 };
    return frame->length >= SESSION_AT + sizeof(uint32_t) && load_le32(frame->payload + SESSION_AT) != link->session;
}

/* What is no reply. */
static enum status pass_on(struct link *link, const struct frame *frame) {
    struct reader in = reader_of(frame->payload, frame->length);
    if (frame->channel == CHANNEL_CONSOLE) {
        struct link_output output = {.pid = take_u32(&in)};
        output.stream = take_u8(&in);
        output.lost = take_u32(&in);
        if (in.bad) return fail(link, ST_IO, "the hive sent what is no console output");
        output.bytes = in.bytes + in.offset;
        output.length = in.length - in.offset;
        tell_console(&link->listener, &output);
        tell_console(&link->aside, &output);
        return ST_OK;
    }
    if (frame->channel == CHANNEL_BULK && link->transfer)
        transfer_heard(link->transfer, link_now_ms(), frame->payload, frame->length);
    if (frame->channel != CHANNEL_OPERATIONS || frame->length == 0 || frame->payload[0] != MESSAGE_EVENT) return ST_OK;
    if (is_for_another(link, frame)) return ST_OK;
    json_t *event = codec_event(&in);
    if (!event) return fail(link, ST_IO, "the hive sent an event that is not as spec/events.json says");
    tell_event(&link->listener, event);
    tell_event(&link->aside, event);
    json_decref(event);
    return ST_OK;
}

enum status link_hear(struct link *link, int timeout_ms) {
    struct frame frame;
    enum status status = next_frame(link, timeout_ms, &frame);
    return status == ST_OK ? pass_on(link, &frame) : status;
}

/* ---- asking */

static enum status send_all(struct link *link, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = stream_write(&link->stream, bytes, length);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return fail(link, ST_IO, strerror(errno));
        bytes += sent;
        length -= (size_t)sent;
    }
    return ST_OK;
}

enum status link_send(struct link *link, enum frame_channel channel, const uint8_t *payload, size_t length) {
    uint8_t line[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)];
    return send_all(link, line, frame_put(&link->sender, channel, payload, length, line, sizeof line));
}

static enum status read_reply(struct link *link, const struct operation_name *row, struct reader *in, json_t **result,
                              struct link_refusal *refusal) {
    refusal->status = (int16_t)take_u16(in);
    if (refusal->status == ST_OK) {
        *result = codec_result(row, in);
        return *result ? ST_OK : fail(link, ST_IO, "the hive's answer is not as spec/operations.json says");
    }
    refusal->reason = take_u8(in);
    refusal->detail = take_u32(in);
    lines_refusal_text(row, refusal, link->message);
    return ST_REFUSED;
}

static enum status wait_for_reply(struct link *link, const struct operation_name *row, int64_t until_ms,
                                  json_t **result, struct link_refusal *refusal) {
    for (;;) {
        struct frame frame;
        int64_t left_ms = until_ms - now_ms();
        enum status status = next_frame(link, left_ms > 0 ? (int)left_ms : 0, &frame);
        if (status == ST_AGAIN) continue;
        if (status != ST_OK) return status;
        struct reader in = reader_of(frame.payload, frame.length);
        bool is_reply = frame.channel == CHANNEL_OPERATIONS && take_u8(&in) == MESSAGE_REPLY;
        if (!is_reply) {
            status = pass_on(link, &frame);
            if (status != ST_OK) return status;
            continue;
        }
        uint16_t number = take_u16(&in), tag = take_u16(&in);
        if (number == row->number && tag == link->tag) return read_reply(link, row, &in, result, refusal);
    }
}

enum status link_call(struct link *link, const struct operation_name *row, const json_t *parameters, json_t **result,
                      struct link_refusal *refusal) {
    uint8_t request[FRAME_PAYLOAD_MAX];
    struct writer out = writer_of(request, sizeof request);
    put_u8(&out, MESSAGE_REQUEST);
    put_u16(&out, row->number);
    put_u16(&out, ++link->tag);
    put_u32(&out, link->session);
    *refusal = (struct link_refusal){0};
    if (!codec_encode(&row->parameters, parameters, &out, link->message)) return ST_INVALID;
    const int64_t end_ms = now_ms() + (link->answer_ms > 0 ? (int64_t)link->answer_ms : LINK_ANSWER_MS);
    enum status status = ST_TIMEOUT;
    while (status == ST_TIMEOUT && now_ms() < end_ms) {
        const int64_t again_ms = link->stream.serial ? now_ms() + AGAIN_MS : end_ms;
        status = link_send(link, CHANNEL_OPERATIONS, request, out.length);
        if (status == ST_OK) status = wait_for_reply(link, row, again_ms < end_ms ? again_ms : end_ms, result, refusal);
    }
    return status;
}
