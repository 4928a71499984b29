/* Source: spec/boot.md, spec/link.md section 1, spec/operations.md section 1. */
#include "device/boot/server.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"

enum { MESSAGE_REQUEST = 1, MESSAGE_REPLY = 2, REQUEST_HEAD_BYTES = 9, ROLE_BOOTLOADER = 0 };
enum { STATE_READY = 0, STATE_RECEIVING = 1, STATE_DEGRADED = 4 };

/* Group * 64 + function. */
enum operation {
    BOOT_INFO = 15 * 64,
    BOOT_ENTER = 15 * 64 + 1,
    BOOT_START = 15 * 64 + 2,
    BOOT_PREVIOUS = 15 * 64 + 3,
    BOOT_HASH = 15 * 64 + 4,
    BOOT_STATE = 15 * 64 + 5,
    BOOT_SLOTS = 15 * 64 + 6,
    TRANSFER_BEGIN = 16 * 64,
    TRANSFER_END = 16 * 64 + 1,
    TRANSFER_ABORT = 16 * 64 + 2,
};

/* A request being answered: its parameters, and where the result goes. */
struct asked {
    struct boot_server *server;
    struct reader in;
    struct writer out;
    uint32_t now_ms;
    uint8_t reason;
    uint32_t detail;
};

static enum status refuse(struct asked *asked, enum status status, uint8_t reason, uint32_t detail) {
    asked->reason = reason;
    asked->detail = detail;
    return status;
}

static void put_text(struct writer *out, const char *text) {
    const size_t length = text_length(text);
    put_u8(out, (uint8_t)length);
    put_bytes(out, text, length);
}

/* ---- a transfer ---- */

static enum status sink_status(struct transfer *transfer, const struct boot_install *install, enum status status) {
    if (status == ST_OK) return status;
    transfer->reason = BOOT_REASON_REFUSED;
    transfer->detail = install->fault.reason;
    return status;
}

static enum status sink_begin(void *context, struct transfer *transfer, uint32_t *received) {
    struct boot_server *const server = context;
    const enum status status = boot_install_begin(&server->install, server->boot, transfer->bytes, transfer->hash);
    *received = server->install.received;
    return sink_status(transfer, &server->install, status);
}

static enum status sink_write(void *context, struct transfer *transfer, const uint8_t *bytes, uint32_t length) {
    struct boot_server *const server = context;
    return sink_status(transfer, &server->install,
                       boot_install_write(&server->install, transfer->received, bytes, length));
}

static struct transfer_sink sink_of(struct boot_server *server) {
    return (struct transfer_sink){.context = server, .begin = sink_begin, .write = sink_write};
}

static enum status answer_begin(struct asked *asked) {
    struct transfer wanted = {.target = take_u8(&asked->in), .slot = TRANSFER_SLOT_ANY};
    struct boot_server *const server = asked->server;
    const struct transfer_sink sink = sink_of(server);
    (void)take_u8(&asked->in);
    wanted.bytes = take_u32(&asked->in);
    const uint16_t length = take_u16(&asked->in);
    const uint8_t *const hash = take_bytes(&asked->in, TRANSFER_HASH_BYTES);
    if (asked->in.bad || length != TRANSFER_HASH_BYTES) return refuse(asked, ST_INVALID, BOOT_REASON_PARAMETER, 3);
    if (wanted.target != TRANSFER_FIRMWARE && wanted.target != TRANSFER_KEYS)
        return refuse(asked, ST_UNSUPPORTED, BOOT_REASON_PARAMETER, 0);
    memcpy(wanted.hash, hash, sizeof wanted.hash);
    server->ended = false;
    server->wants_to_stay = true;
    const enum status status = transfer_begin(&server->transfer, &sink, &wanted);
    if (status != ST_OK) return refuse(asked, status, server->transfer.reason, server->transfer.detail);
    put_u16(&asked->out, transfer_number(wanted.hash));
    put_u32(&asked->out, server->transfer.received);
    put_u16(&asked->out, BOOT_CHUNK_BYTES);
    put_u32(&asked->out, BOOT_CREDIT_BYTES);
    return ST_OK;
}

static bool names_transfer(struct asked *asked) {
    const struct transfer *const transfer = &asked->server->transfer;
    return take_u16(&asked->in) == transfer_number(transfer->hash) && transfer->bytes > 0;
}

static enum status answer_end(struct asked *asked) {
    struct boot_server *const server = asked->server;
    struct transfer *const transfer = &server->transfer;
    if (!names_transfer(asked)) return refuse(asked, ST_NOT_FOUND, BOOT_REASON_PARAMETER, 0);
    if (transfer->status == ST_OK && !server->ended) {
        server->ended = true;
        transfer->status = (int16_t)sink_status(transfer, &server->install, boot_install_end(&server->install));
        if (transfer->status == ST_OK) server->recovery = false;
    }
    if (transfer->status != ST_OK)
        return refuse(asked, (enum status)transfer->status, transfer->reason, transfer->detail);
    put_u16(&asked->out, 0); /* no guest is loaded */
    return ST_OK;
}

static enum status answer_abort(struct asked *asked) {
    if (!names_transfer(asked)) return refuse(asked, ST_NOT_FOUND, BOOT_REASON_PARAMETER, 0);
    asked->server->transfer.bytes = 0;
    boot_guard_close(&asked->server->boot->guard);
    return ST_OK;
}

/* ---- what else is asked ---- */

static enum status answer_info(struct asked *asked) {
    const struct boot_server *const server = asked->server;
    const bool receives = server->transfer.bytes > 0 && server->transfer.status == ST_OK && !server->ended;
    put_u8(&asked->out, ROLE_BOOTLOADER);
    put_u8(&asked->out, receives ? STATE_RECEIVING : server->recovery ? STATE_DEGRADED : STATE_READY);
    put_u32(&asked->out, BOOT_SERVER_VERSION);
    put_u32(&asked->out, server->boot->state.security_version);
    put_text(&asked->out, server->board);
    return ST_OK;
}

/* Firmware slots from 1 on; behind the board's last one there is none. */
static enum status answer_slots(struct asked *asked) {
    const struct boot_board *const board = asked->server->boot->board;
    const uint32_t after = take_u32(&asked->in);
    const uint32_t count = after < board->slot_count ? board->slot_count - after : 0;
    put_u16(&asked->out, (uint16_t)count);
    for (uint32_t i = board->slot_count - count; i < board->slot_count; i++) {
        const struct boot_slot *const slot = &asked->server->boot->state.slot[i];
        put_u32(&asked->out, i + 1);
        put_u8(&asked->out, TRANSFER_FIRMWARE);
        put_u8(&asked->out, slot->state);
        put_u32(&asked->out, board->address + board->slot[i].offset);
        put_u32(&asked->out, board->slot[i].bytes);
        put_u32(&asked->out, slot->version);
        put_u32(&asked->out, slot->security_version);
        put_text(&asked->out, "");
    }
    return ST_OK;
}

static enum status answer_state(struct asked *asked) {
    const struct boot_state *const state = &asked->server->boot->state;
    put_u8(&asked->out, state->reason);
    put_u8(&asked->out, state->reason_slot);
    put_u32(&asked->out, state->detail);
    put_u32(&asked->out, state->key_set_version);
    put_u32(&asked->out, state->request);
    return ST_OK;
}

static bool is_measurable(const struct boot_board *board, uint32_t offset, uint32_t length) {
    for (uint32_t i = 0; i < board->slot_count; i++)
        if (offset >= board->slot[i].offset && offset - board->slot[i].offset < board->slot[i].bytes &&
            length <= board->slot[i].bytes - (offset - board->slot[i].offset))
            return true;
    return false;
}

/* The hash of no less than so many bytes, and not often: so that nobody finds the content by trying. */
static enum status answer_hash(struct asked *asked) {
    struct boot_server *const server = asked->server;
    const uint32_t offset = take_u32(&asked->in), length = take_u32(&asked->in);
    uint8_t hash[TRUST_HASH_BYTES];
    if (length < BOOT_MEASURE_BYTES_MIN || !is_measurable(server->boot->board, offset, length))
        return refuse(asked, ST_RANGE, BOOT_REASON_PARAMETER, 0);
    if (server->was_measured && asked->now_ms - server->measured_ms < BOOT_MEASURE_MS)
        return refuse(asked, ST_BUSY, 0, BOOT_MEASURE_MS);
    server->was_measured = true;
    server->measured_ms = asked->now_ms;
    const enum status status = verify_hash(server->boot->board->flash, offset, length, hash);
    put_u16(&asked->out, sizeof hash);
    put_bytes(&asked->out, hash, sizeof hash);
    return status;
}

static enum status answer_previous(struct asked *asked) {
    const enum status status = boot_previous(asked->server->boot);
    return status == ST_OK ? status : refuse(asked, status, BOOT_REASON_REFUSED, asked->server->boot->state.reason);
}

static enum status answer_enter(struct asked *asked) {
    asked->server->wants_to_stay = true;
    return ST_OK;
}

static enum status answer_start(struct asked *asked) {
    asked->server->wants_to_end = true;
    return ST_OK;
}

static const struct row {
    uint16_t operation;
    uint8_t parameter_bytes;
    bool in_recovery;
    enum status (*answer)(struct asked *asked);
} rows[] = {
    {BOOT_INFO, 0, true, answer_info},
    {BOOT_SLOTS, 4, true, answer_slots},
    {TRANSFER_BEGIN, 1 + 1 + 4 + 2 + TRANSFER_HASH_BYTES, true, answer_begin},
    {TRANSFER_END, 2, true, answer_end},
    {TRANSFER_ABORT, 2, true, answer_abort},
    {BOOT_ENTER, 1, true, answer_enter},
    {BOOT_START, 0, false, answer_start},
    {BOOT_PREVIOUS, 0, false, answer_previous},
    {BOOT_HASH, 8, false, answer_hash},
    {BOOT_STATE, 0, true, answer_state},
};
enum { ROWS = sizeof rows / sizeof *rows };

static enum status answer(struct asked *asked, uint16_t operation, size_t parameter_bytes) {
    for (uint32_t i = 0; i < ROWS; i++) {
        if (rows[i].operation != operation) continue;
        if (!rows[i].in_recovery && !boot_can_start(asked->server->boot))
            return refuse(asked, ST_DENIED, BOOT_REASON_OPERATION, 0);
        if (rows[i].parameter_bytes != parameter_bytes) return refuse(asked, ST_INVALID, 1, 0);
        return rows[i].answer(asked);
    }
    return refuse(asked, ST_UNSUPPORTED, BOOT_REASON_OPERATION, 0);
}

/* The reply that was given last is given again to the same request. */
__attribute__((noinline)) static void take_request(struct boot_server *server, uint32_t now_ms,
                                                   const struct frame *frame) {
    enum { REPLY_HEAD_BYTES = 7, STATUS_AT = 5 };
    const uint8_t *const head = frame->payload;
    if (frame->length < REQUEST_HEAD_BYTES || head[0] != MESSAGE_REQUEST) return;
    const uint32_t crc = crc32_add(0, frame->payload, frame->length);
    if (server->reply_bytes == 0 || crc != server->asked_crc) {
        const size_t parameter_bytes = frame->length - REQUEST_HEAD_BYTES;
        struct asked asked = {.server = server,
                              .in = reader_of(head + REQUEST_HEAD_BYTES, parameter_bytes),
                              .out = writer_of(server->reply, sizeof server->reply),
                              .now_ms = now_ms};
        put_u8(&asked.out, MESSAGE_REPLY);
        put_bytes(&asked.out, head + 1, 4); /* operation and tag */
        put_u16(&asked.out, 0);
        const enum status status = answer(&asked, load_le16(head + 1), parameter_bytes);
        if (status != ST_OK) {
            asked.out.length = REPLY_HEAD_BYTES;
            put_u8(&asked.out, asked.reason);
            put_u32(&asked.out, asked.detail);
        }
        store_le16(server->reply + STATUS_AT, (uint16_t)status);
        server->reply_bytes = (uint16_t)asked.out.length;
        server->asked_crc = crc;
    }
    server->line_bytes = (uint16_t)frame_put(&server->sender, CHANNEL_OPERATIONS, server->reply, server->reply_bytes,
                                             server->line, sizeof server->line);
}

__attribute__((noinline)) static void take_chunk(struct boot_server *server, const struct frame *frame) {
    uint8_t reply[TRANSFER_ANSWER_BYTES];
    const struct transfer_sink sink = sink_of(server);
    const size_t length = server->ended ? 0
                                        : transfer_take(&server->transfer, &sink, frame->payload, frame->length,
                                                        BOOT_CREDIT_BYTES, reply);
    if (length > 0)
        server->line_bytes =
            (uint16_t)frame_put(&server->sender, CHANNEL_BULK, reply, length, server->line, sizeof server->line);
}

void boot_server_init(struct boot_server *server, struct boot *boot, const char *board, bool recovery) {
    *server = (struct boot_server){.boot = boot, .board = board, .recovery = recovery};
    frame_receiver_init(&server->receiver, server->frame, sizeof server->frame);
}

size_t boot_server_feed(struct boot_server *server, uint32_t now_ms, const uint8_t *bytes, size_t length) {
    size_t used = 0;
    while (used < length && server->line_bytes == 0) {
        struct frame frame;
        size_t part;
        const enum frame_found found =
            frame_take(&server->receiver, now_ms, bytes + used, length - used, &part, &frame);
        used += part;
        if (found != FRAME_WHOLE) continue;
        if (frame.channel == CHANNEL_OPERATIONS) take_request(server, now_ms, &frame);
        if (frame.channel == CHANNEL_BULK) take_chunk(server, &frame);
    }
    return used;
}

size_t boot_server_drain(struct boot_server *server, uint8_t *to, size_t capacity) {
    const size_t left = (size_t)server->line_bytes - server->line_sent, part = left < capacity ? left : capacity;
    memcpy(to, server->line + server->line_sent, part);
    server->line_sent = (uint16_t)(server->line_sent + part);
    if (server->line_sent == server->line_bytes) server->line_sent = server->line_bytes = 0;
    return part;
}
