/* connection: one peer of skepd: frames in, frames out. What it says is answered as fast as it reads the answers. */
#ifndef SKEP_PROGRAMS_SKEPD_CONNECTION_H
#define SKEP_PROGRAMS_SKEPD_CONNECTION_H

#include "core/wire/frame.h"
#include "device/executive/operation.h"

enum {
    CONNECTION_IN_BYTES = 4096,
    CONNECTION_OUT_BYTES = 65536,
    CONNECTION_PATIENCE_US = 5000000, /* for the first request of a peer that must show a token */
};

struct connection {
    int fd; /* -1: none */
    struct hive_link link;
    uint64_t since_us;
    bool closing;     /* when everything is written */
    uint32_t dropped; /* bytes of console output for which there was no room */

    /* below: private to connection.c */
    struct frame_receiver receiver;
    struct frame_sender sender;
    uint8_t frame[FRAME_BUFFER_BYTES(HIVE_MESSAGE_BYTES)];
    uint8_t in[CONNECTION_IN_BYTES], out[CONNECTION_OUT_BYTES];
    size_t in_at, in_end, out_at, out_end;
};

void connection_open(struct connection *connection, int fd, uint16_t number, bool trusted, uint64_t now_us);
/* Closes it at once, and tells the hive. */
void connection_close(struct connection *connection, struct hive *hive);

/* Whether there is room for what its next request could answer. */
bool connection_wants_input(const struct connection *connection);
bool connection_has_output(const struct connection *connection);
/* Both close it when the peer is gone or says what is no request. */
void connection_read(struct connection *connection, struct hive *hive, uint64_t now_us);
void connection_write(struct connection *connection, struct hive *hive);
/* Answers requests that have come, as far as there is room; then tells news. */
void connection_serve(struct connection *connection, struct hive *hive, uint64_t now_us);
/* What a task wrote. */
void connection_show(struct connection *connection, uint32_t pid, const uint8_t *bytes, size_t length);

#endif
