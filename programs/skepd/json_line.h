/* json_line: a peer of skepd that speaks lines of JSON in place of frames: each line a request, each answer, event and
 * piece of console output a line (host/link/lines.h). The shape is that of device/executive/line.h. */
#ifndef SKEP_PROGRAMS_SKEPD_JSON_LINE_H
#define SKEP_PROGRAMS_SKEPD_JSON_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "host/link/json.h"

enum {
    JSON_LINE_ANSWER_BYTES = 65536, /* the longest: a message of the hive, as text */
    JSON_LINE_OUT_BYTES = 2 * JSON_LINE_ANSWER_BYTES,
};

/* The hive behind it: binary messages of spec/operations.md, at most FRAME_PAYLOAD_MAX bytes; both give a length. */
struct json_line_hive {
    size_t (*ask)(void *context, const uint8_t *request, size_t length, uint8_t *reply, size_t capacity);
    size_t (*news)(void *context, uint8_t *to, size_t capacity); /* 0: none */
    void *context;
};

struct json_line { /* all zero at the start */
    bool closing;  /* to be dropped when everything is sent */

    /* below: private to json_line.c */
    bool has_asked;   /* a request came that was one */
    uint32_t session; /* of requests that name none */
    uint32_t lost;    /* bytes of what tasks wrote, and not yet told */
    size_t in_end, out_at, out_end;
    char in[JSON_LINE_BYTES_MAX + 1], out[JSON_LINE_OUT_BYTES];
};

/* Where bytes that come are put, and how many; 0: first it must have answered. Then how many came. */
size_t json_line_room(struct json_line *line, uint8_t **to);
void json_line_came(struct json_line *line, size_t length);
/* Answers what has come, as far as there is room for answers; then tells news. */
void json_line_serve(struct json_line *line, const struct json_line_hive *hive);
/* What a task wrote. */
void json_line_show(struct json_line *line, uint32_t pid, uint8_t stream, const uint8_t *bytes, size_t length);
size_t json_line_output(const struct json_line *line, const uint8_t **from);
void json_line_sent(struct json_line *line, size_t length);

#endif
