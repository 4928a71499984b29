#include "programs/skepd/connection.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

void connection_open(struct connection *connection, int fd, uint16_t number, bool trusted, uint64_t now_us) {
    const struct line_buffers buffers = {.frame = connection->frame,
                                         .in = connection->in,
                                         .in_bytes = sizeof connection->in,
                                         .out = connection->out,
                                         .out_bytes = sizeof connection->out};
    connection->fd = fd;
    connection->since_us = now_us;
    line_init(&connection->line, &buffers, number, trusted, true);
}

void connection_close(struct connection *connection, struct hive *hive) {
    hive_link_closed(hive, &connection->line.link);
    close(connection->fd);
    connection->fd = -1;
}

bool connection_wants_input(struct connection *connection) {
    uint8_t *to;
    return line_room(&connection->line, &to) > 0;
}

bool connection_has_output(const struct connection *connection) {
    const uint8_t *from;
    return line_output(&connection->line, &from) > 0;
}

void connection_read(struct connection *connection, struct hive *hive, uint64_t now_us) {
    uint8_t *to;
    size_t room = line_room(&connection->line, &to);
    if (room == 0) return;
    ssize_t length = recv(connection->fd, to, room, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) {
        connection_close(connection, hive);
        return;
    }
    line_came(&connection->line, (size_t)length);
    connection_serve(connection, hive, now_us);
}

void connection_write(struct connection *connection, struct hive *hive) {
    const uint8_t *from;
    for (size_t left; (left = line_output(&connection->line, &from)) > 0;) {
        ssize_t length = send(connection->fd, from, left, MSG_NOSIGNAL);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0 && errno == EAGAIN) return;
        if (length < 0) {
            connection_close(connection, hive);
            return;
        }
        line_sent(&connection->line, (size_t)length);
    }
    if (connection->line.closing) connection_close(connection, hive);
}

void connection_serve(struct connection *connection, struct hive *hive, uint64_t now_us) {
    struct line *line = &connection->line;
    line_serve(line, hive, now_us);
    if (!line->link.trusted && now_us - connection->since_us > CONNECTION_PATIENCE_US) line->closing = true;
}
