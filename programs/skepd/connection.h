/* connection: one peer of skepd: a line over a socket. What it says is answered as fast as it reads the answers. Who
 * begins with a brace speaks lines of JSON, who begins otherwise frames. */
#ifndef SKEP_PROGRAMS_SKEPD_CONNECTION_H
#define SKEP_PROGRAMS_SKEPD_CONNECTION_H

#include "device/executive/line.h"
#include "programs/skepd/json_line.h"

enum {
    CONNECTION_IN_BYTES = 4096,
    CONNECTION_OUT_BYTES = 65536,
    CONNECTION_CREDIT_BYTES = 32768,
    CONNECTION_PATIENCE_US = 5000000, /* for the first request of a peer that must show a token */
};

struct connection {
    int fd;                 /* -1: none */
    struct line line;       /* its link is the connection's, also with JSON */
    struct json_line *json; /* NULL: it speaks frames, or has not begun */
    uint64_t since_us;

    /* below: private to connection.c */
    bool has_begun;
    uint8_t frame[LINE_FRAME_BYTES], reply[HIVE_MESSAGE_BYTES], in[CONNECTION_IN_BYTES], out[CONNECTION_OUT_BYTES];
};

void connection_open(struct connection *connection, int fd, uint16_t number, bool trusted, uint64_t now_us);
/* Closes it at once, and tells the hive. */
void connection_close(struct connection *connection, struct hive *hive);

/* Whether there is room for what its next request could answer. */
bool connection_wants_input(struct connection *connection);
bool connection_has_output(const struct connection *connection);
bool connection_is_closing(const struct connection *connection);
/* Both close it when the peer is gone or says what is no request. */
void connection_read(struct connection *connection, struct hive *hive, uint64_t now_us);
void connection_write(struct connection *connection, struct hive *hive);
/* Answers requests that have come, as far as there is room; then tells news. */
void connection_serve(struct connection *connection, struct hive *hive, uint64_t now_us);
/* What a task wrote. */
void connection_show(struct connection *connection, const struct hive *hive, const struct executive_output *output,
                     const uint8_t *bytes, size_t length);

#endif
