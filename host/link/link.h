/* link: a program's end of the line to a hive: asks, and hears what comes by itself. Blocking, with a time limit.
 * Source: spec/frame.md, spec/operations.md. */
#ifndef SKEP_HOST_LINK_LINK_H
#define SKEP_HOST_LINK_LINK_H

#include "core/base/status.h"
#include "core/wire/frame.h"
#include "core/wire/transfer.h"
#include "host/link/codec.h"
#include "host/link/stream.h"

enum { LINK_ANSWER_MS = 10000, LINK_MESSAGE_BYTES = 256 };

/* What a task wrote. */
struct link_output {
    uint32_t pid;
    uint8_t stream; /* 1 stdout, 2 stderr */
    uint32_t lost;  /* bytes of any task that there was no room for before these */
    const uint8_t *bytes;
    size_t length;
};

/* What comes by itself. Both are the link's. */
struct link_listener {
    void (*event)(void *context, json_t *event);
    void (*console)(void *context, const struct link_output *output);
    void *context;
};

struct link {
    uint32_t session;                 /* of further requests; 0: none yet */
    struct link_listener listener;    /* may be left zero */
    struct link_listener aside;       /* hears the same, whoever the listener is; may be left zero */
    uint32_t answer_ms;               /* how long an answer is waited for; 0: LINK_ANSWER_MS */
    struct transfer_sender *transfer; /* what answers on the channel bulk are for; NULL: nothing */
    char message[LINK_MESSAGE_BYTES]; /* why something failed */

    /* below: private to link.c */
    struct stream stream;
    uint16_t tag;
    struct frame_sender sender;
    struct frame_receiver receiver;
    uint8_t frame[FRAME_BUFFER_BYTES(FRAME_PAYLOAD_MAX)], in[4096];
    size_t in_at, in_end;
};

/* `to` as stream_open takes it. ST_IO: the message says why. */
enum status link_open(struct link *link, const char *to);
void link_close(struct link *link);
/* The line goes on in another place; *from is closed. */
void link_move(struct link *to, struct link *from);
/* What poll() can wait on, and whether something has come already that poll() does not see. -1: closed. */
int link_descriptor(const struct link *link);
bool link_has_more(const struct link *link);

/* Why the hive refused. */
struct link_refusal {
    int status; /* enum status */
    uint8_t reason;
    uint32_t detail;
};

/* Asks, and gives the result. ST_OK: *result is the caller's. ST_INVALID: the parameters are not what the operation
 * takes, nothing was sent. ST_REFUSED: the hive refused, *refusal says why. ST_IO, ST_TIMEOUT: the link is of no more
 * use. The message says it for people. What comes by itself meanwhile goes to the listener. On a serial line, which may
 * lose frames, it asks again with the same tag, which has the hive answer but once. */
enum status link_call(struct link *link, const struct operation_name *row, const json_t *parameters, json_t **result,
                      struct link_refusal *refusal);

/* Sends a frame of another channel. ST_IO. */
enum status link_send(struct link *link, enum frame_channel channel, const uint8_t *payload, size_t length);

/* The clock of transfers. */
uint32_t link_now_ms(void);

/* Hears what comes by itself for so long, or until something has come; -1: for ever. ST_TIMEOUT: nothing. */
enum status link_hear(struct link *link, int timeout_ms);

/* "BUSY": of the list in core/base/status.h. */
const char *link_status_name(int status);

#endif
