/* line: one line to a hive, whatever carries its bytes: takes requests out of the frames that come, and makes frames of
 * replies, news and what tasks write. Owns no device and no clock.
 *
 *     while ((room = line_room(&line, &to)) > 0 && (length = read(to, room)) > 0) line_came(&line, length);
 *     line_serve(&line, hive, now_us);
 *     while ((length = line_output(&line, &from)) > 0) line_sent(&line, write(from, length));
 *
 * On one line text and frames take turns: text that comes is typed by people, and goes to the task that reads the
 * console; what tasks write leaves as text, until a session wants it in frames. A strict line carries frames alone:
 * what is no request ends it, because nothing is typed or lost on its way. On the others a request that is repeated
 * because its reply was lost gets the same reply again, and the sideband tells the hive's state while somebody is
 * there. Source: spec/frame.md, spec/operations.md.
 */
#ifndef SKEP_DEVICE_EXECUTIVE_LINE_H
#define SKEP_DEVICE_EXECUTIVE_LINE_H

#include "core/wire/frame.h"
#include "device/executive/operation.h"

enum {
    LINE_FRAME_BYTES = FRAME_BUFFER_BYTES(HIVE_MESSAGE_BYTES), /* of `frame` */
    LINE_OUT_BYTES_MIN = 2 * FRAME_LINE_BYTES(HIVE_MESSAGE_BYTES),
    LINE_STATE_BYTES = 11, /* on the sideband */
};

/* Memory of a line. */
struct line_buffers {
    uint8_t *frame; /* LINE_FRAME_BYTES */
    uint8_t *reply; /* HIVE_MESSAGE_BYTES */
    uint8_t *in, *out;
    size_t in_bytes, out_bytes; /* of out at least LINE_OUT_BYTES_MIN */
};

struct line {
    struct hive_link link;
    bool strict;
    bool closing; /* to be dropped when everything is sent */

    /* below: private to line.c */
    struct frame_receiver receiver;
    struct frame_sender sender;
    struct line_buffers buffers;
    uint32_t request_check; /* of the last request; its reply is in buffers.reply */
    size_t request_bytes, reply_bytes;
    uint64_t heard_us, told_us; /* the last frame; the last state */
    uint8_t told;
    size_t in_at, in_end, out_at, out_end;
    uint32_t lost; /* of what tasks wrote, and not yet told */
};

void line_init(struct line *line, const struct line_buffers *buffers, uint16_t number, bool trusted, bool strict);

/* Where bytes that come are put, and how many; 0: first it must have answered. Then how many came. */
size_t line_room(struct line *line, uint8_t **to);
void line_came(struct line *line, size_t length);

/* Answers requests that have come, as far as there is room for replies; then tells news. */
void line_serve(struct line *line, struct hive *hive, uint64_t now_us);

/* What a task wrote; gives how many bytes it took. What is not wanted here is taken and forgotten. Who does not come
 * again with the rest says that it is lost, and the peer is told with the next piece. */
size_t line_show(struct line *line, const struct hive *hive, const struct executive_output *output,
                 const uint8_t *bytes, size_t length);
void line_lose(struct line *line, size_t length);

/* What is to be sent, and how much; then how much was. */
size_t line_output(const struct line *line, const uint8_t **from);
void line_sent(struct line *line, size_t length);

#endif
