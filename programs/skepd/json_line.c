#include "programs/skepd/json_line.h"

#include <string.h>

#include "core/base/bytes.h"
#include "host/link/lines.h"

enum { MESSAGE_REQUEST = 1, STATUS_AT = 5 };

/* ---- out */

static bool has_room(struct json_line *line) {
    if (line->out_at > 0) memmove(line->out, line->out + line->out_at, line->out_end - line->out_at);
    line->out_end -= line->out_at;
    line->out_at = 0;
    return sizeof line->out - line->out_end >= JSON_LINE_ANSWER_BYTES;
}

/* Takes the object over. Precondition: there is room. */
static void put(struct json_line *line, json_t *object) {
    size_t room = sizeof line->out - line->out_end - 1;
    size_t length = json_dumpb(object, line->out + line->out_end, room, JSON_COMPACT);
    json_decref(object);
    if (length == 0 || length > room) {
        line->closing = true;
        return;
    }
    line->out_end += length;
    line->out[line->out_end++] = '\n';
}

size_t json_line_output(const struct json_line *line, const uint8_t **from) {
    *from = (const uint8_t *)line->out + line->out_at;
    return line->out_end - line->out_at;
}

void json_line_sent(struct json_line *line, size_t length) { line->out_at += length; }

/* ---- in */

size_t json_line_room(struct json_line *line, uint8_t **to) {
    if (line->closing || !has_room(line)) return 0;
    *to = (uint8_t *)line->in + line->in_end;
    return sizeof line->in - line->in_end;
}

void json_line_came(struct json_line *line, size_t length) { line->in_end += length; }

static json_t *read_reply(struct json_line *line, const struct lines_request *request, const uint8_t *reply,
                          size_t length) {
    char why[LINK_MESSAGE_BYTES];
    struct reader in = reader_of(reply, length);
    (void)take_bytes(&in, STATUS_AT);
    struct link_refusal refusal = {.status = (int16_t)take_u16(&in)};
    if (refusal.status != ST_OK) {
        refusal.reason = take_u8(&in);
        refusal.detail = take_u32(&in);
        lines_refusal_text(request->row, &refusal, why);
        return lines_refusal(request, refusal.status, why, &refusal);
    }
    json_t *result = codec_result(request->row, &in);
    if (!result) return lines_refusal(request, ST_CORRUPT, "the hive's answer is not as its table says", NULL);
    const json_t *session = json_object_get(result, "session");
    if (request->row == operation_named("session.open")) line->session = (uint32_t)json_integer_value(session);
    return lines_result(request, result);
}

static json_t *ask(struct json_line *line, const struct json_line_hive *hive, const struct lines_request *request) {
    uint8_t message[FRAME_PAYLOAD_MAX], reply[FRAME_PAYLOAD_MAX];
    char why[CODEC_MESSAGE_BYTES];
    struct writer out = writer_of(message, sizeof message);
    put_u8(&out, MESSAGE_REQUEST);
    put_u16(&out, request->row->number);
    put_u16(&out, 0);
    put_u32(&out, request->session ? request->session : line->session);
    if (!codec_encode(&request->row->parameters, request->parameters, &out, why))
        return lines_refusal(request, ST_INVALID, why, NULL);
    size_t length = hive->ask(hive->context, message, out.length, reply, sizeof reply);
    line->has_asked = true;
    return read_reply(line, request, reply, length);
}

/* A first line that is no request ends it. */
static void take_line(struct json_line *line, const struct json_line_hive *hive, const char *text, size_t length) {
    struct lines_request request;
    json_t *answer;
    if (lines_read(text, length, &request, &answer)) {
        answer = ask(line, hive, &request);
        lines_done(&request);
    }
    put(line, answer);
    line->closing |= !line->has_asked;
}

static void take_all(struct json_line *line, const struct json_line_hive *hive) {
    size_t used = 0;
    const char *end;
    while (!line->closing && has_room(line) && (end = memchr(line->in + used, '\n', line->in_end - used))) {
        const char *text = line->in + used;
        used = (size_t)(end - line->in) + 1;
        take_line(line, hive, text, (size_t)(end - text));
    }
    memmove(line->in, line->in + used, line->in_end - used);
    line->in_end -= used;
    if (line->closing || line->in_end < sizeof line->in || memchr(line->in, '\n', line->in_end)) return;
    take_line(line, hive, line->in, line->in_end); /* it is too long, and is told so */
    line->closing = true;
}

void json_line_serve(struct json_line *line, const struct json_line_hive *hive) {
    uint8_t message[FRAME_PAYLOAD_MAX];
    size_t length;
    take_all(line, hive);
    while (!line->closing && has_room(line) && (length = hive->news(hive->context, message, sizeof message)) > 0) {
        struct reader in = reader_of(message, length);
        json_t *event = codec_event(&in);
        if (event) put(line, lines_versioned(event));
    }
}

/* Room for an answer always stays. */
void json_line_show(struct json_line *line, uint32_t pid, uint8_t stream, const uint8_t *bytes, size_t length) {
    struct link_output output = {.pid = pid, .stream = stream, .lost = line->lost, .bytes = bytes, .length = length};
    if (!has_room(line)) {
        line->lost += (uint32_t)length;
        return;
    }
    line->lost = 0;
    put(line, lines_console(&output));
}
