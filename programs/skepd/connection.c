#include "programs/skepd/connection.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/bytes.h"

enum { MESSAGE_LINE_BYTES = FRAME_LINE_BYTES(HIVE_MESSAGE_BYTES), US_PER_MS = 1000, PID_BYTES = 4 };

void connection_open(struct connection *connection, int fd, uint16_t number, bool trusted, uint64_t now_us) {
    *connection = (struct connection){.fd = fd, .link = {.number = number, .trusted = trusted}, .since_us = now_us};
    frame_receiver_init(&connection->receiver, connection->frame, sizeof connection->frame);
}

void connection_close(struct connection *connection, struct hive *hive) {
    hive_link_closed(hive, &connection->link);
    close(connection->fd);
    connection->fd = -1;
}

static size_t room(struct connection *connection) {
    if (connection->out_at > 0) {
        memmove(connection->out, connection->out + connection->out_at, connection->out_end - connection->out_at);
        connection->out_end -= connection->out_at;
        connection->out_at = 0;
    }
    return sizeof connection->out - connection->out_end;
}

static void put(struct connection *connection, enum frame_channel channel, const uint8_t *payload, size_t length) {
    connection->out_end += frame_put(&connection->sender, channel, payload, length,
                                     connection->out + connection->out_end, room(connection));
}

bool connection_wants_input(const struct connection *connection) {
    size_t used = connection->out_end - connection->out_at;
    return !connection->closing && connection->in_at == connection->in_end &&
           sizeof connection->out - used >= MESSAGE_LINE_BYTES;
}

bool connection_has_output(const struct connection *connection) { return connection->out_at < connection->out_end; }

void connection_read(struct connection *connection, struct hive *hive, uint64_t now_us) {
    if (connection->in_at < connection->in_end) return;
    ssize_t length = recv(connection->fd, connection->in, sizeof connection->in, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) {
        connection_close(connection, hive);
        return;
    }
    connection->in_at = 0;
    connection->in_end = (size_t)length;
    connection_serve(connection, hive, now_us);
}

void connection_write(struct connection *connection, struct hive *hive) {
    while (connection_has_output(connection)) {
        ssize_t length = send(connection->fd, connection->out + connection->out_at,
                              connection->out_end - connection->out_at, MSG_NOSIGNAL);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0 && errno == EAGAIN) return;
        if (length < 0) {
            connection_close(connection, hive);
            return;
        }
        connection->out_at += (size_t)length;
    }
    if (connection->closing) connection_close(connection, hive);
}

/* Text, damage or anything else that is no request ends a connection: here nothing is lost on the way. */
static void answer(struct connection *connection, struct hive *hive, uint64_t now_us, const struct frame *frame) {
    uint8_t reply[HIVE_MESSAGE_BYTES];
    size_t length = 0;
    if (frame->channel == CHANNEL_OPERATIONS)
        length = hive_request(hive, &connection->link, now_us, frame->payload, frame->length, reply, sizeof reply);
    if (length > 0) put(connection, CHANNEL_OPERATIONS, reply, length);
    if (length == 0 || connection->link.over) connection->closing = true;
}

static void take_requests(struct connection *connection, struct hive *hive, uint64_t now_us) {
    struct frame frame;
    size_t used;
    while (connection->in_at < connection->in_end && !connection->closing && room(connection) >= MESSAGE_LINE_BYTES) {
        enum frame_found found =
            frame_take(&connection->receiver, (uint32_t)(now_us / US_PER_MS), connection->in + connection->in_at,
                       connection->in_end - connection->in_at, &used, &frame);
        connection->in_at += used;
        if (found == FRAME_WHOLE) answer(connection, hive, now_us, &frame);
        if (found == FRAME_TEXT || connection->receiver.damaged > 0) connection->closing = true;
    }
}

void connection_serve(struct connection *connection, struct hive *hive, uint64_t now_us) {
    uint8_t message[HIVE_MESSAGE_BYTES];
    size_t length;
    take_requests(connection, hive, now_us);
    bool is_late = !connection->link.trusted && now_us - connection->since_us > CONNECTION_PATIENCE_US;
    if (is_late) connection->closing = true;
    while (!connection->closing && room(connection) >= MESSAGE_LINE_BYTES &&
           (length = hive_news(hive, &connection->link, message, sizeof message)) > 0)
        put(connection, CHANNEL_OPERATIONS, message, length);
}

void connection_show(struct connection *connection, uint32_t pid, const uint8_t *bytes, size_t length) {
    uint8_t message[HIVE_MESSAGE_BYTES];
    while (length > 0) {
        size_t piece = length < sizeof message - PID_BYTES ? length : sizeof message - PID_BYTES;
        store_le32(message, pid);
        memcpy(message + PID_BYTES, bytes, piece);
        if (room(connection) >= 2 * MESSAGE_LINE_BYTES) /* one reply always fits beside it */
            put(connection, CHANNEL_CONSOLE, message, PID_BYTES + piece);
        else
            connection->dropped += (uint32_t)piece;
        bytes += piece;
        length -= piece;
    }
}
