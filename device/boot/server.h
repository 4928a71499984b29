/* server: the bootloader on a line: frames in, frames out. It says who it is, takes images and key sets, and, unless it
 * is in recovery, does the few things of group 15 of spec/operations.json that concern the bootloader.
 *
 * Owns no line and no clock. One request is done before the next one is looked at; the last reply is kept and given
 * again when its request comes again. Source: spec/boot.md sections 9 and 10, spec/link.md. */
#ifndef SKEP_DEVICE_BOOT_SERVER_H
#define SKEP_DEVICE_BOOT_SERVER_H

#include "core/wire/frame.h"
#include "core/wire/transfer.h"
#include "device/boot/boot.h"

enum {
    BOOT_SERVER_VERSION = 1 << 24,
    BOOT_CHUNK_BYTES = 256,
    BOOT_CREDIT_BYTES = 256, /* under way; a line's receive buffer has 512 bytes */
    BOOT_REPLY_BYTES = 80,
    BOOT_LINE_BYTES = FRAME_LINE_BYTES(BOOT_REPLY_BYTES),
    BOOT_MEASURE_BYTES_MIN = 256,
    BOOT_MEASURE_MS = 100,
    BOOT_REASON_OPERATION = 3, /* of spec/operations.json: there is no such operation here */
    BOOT_REASON_PARAMETER = 2,
    BOOT_REASON_REFUSED = 32, /* the bootloader's own: its enum boot_reason is the detail */
};

struct boot_server {
    bool recovery;      /* nothing was there to start; said of it, while it is so */
    bool wants_to_end;  /* it was told to start what is chosen; after what is to be sent was sent */
    bool wants_to_stay; /* boot.enter or transfer.begin came: whoever only asks who is there does not hold it up */

    /* below: private to server.c */
    struct boot *boot;
    const char *board;
    struct boot_install install;
    struct transfer transfer;
    struct frame_receiver receiver;
    struct frame_sender sender;
    uint32_t measured_ms, asked_crc;
    uint16_t reply_bytes, line_bytes, line_sent;
    bool was_measured, ended;
    uint8_t frame[FRAME_BUFFER_BYTES(TRANSFER_HEAD_BYTES + BOOT_CHUNK_BYTES)];
    uint8_t reply[BOOT_REPLY_BYTES];
    uint8_t line[BOOT_LINE_BYTES];
};

void boot_server_init(struct boot_server *server, struct boot *boot, const char *board, bool recovery);
/* Takes bytes that came at now_ms, up to the end of the first frame that is answered; gives how many. The answer has to
 * be drained before more is fed. */
size_t boot_server_feed(struct boot_server *server, uint32_t now_ms, const uint8_t *bytes, size_t length);
/* What is to be sent; 0: nothing. */
size_t boot_server_drain(struct boot_server *server, uint8_t *to, size_t capacity);

#endif
