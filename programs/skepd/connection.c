#include "programs/skepd/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void connection_open(struct connection *connection, int fd, uint16_t number, bool trusted, uint64_t now_us) {
    const struct line_buffers buffers = {.frame = connection->frame,
                                         .reply = connection->reply,
                                         .in = connection->in,
                                         .in_bytes = sizeof connection->in,
                                         .out = connection->out,
                                         .out_bytes = sizeof connection->out};
    connection->fd = fd;
    connection->json = NULL;
    connection->has_begun = false;
    connection->since_us = now_us;
    line_init(&connection->line, &buffers, number, trusted, true);
    connection->line.link.credit = CONNECTION_CREDIT_BYTES;
}

void connection_close(struct connection *connection, struct hive *hive) {
    hive_link_closed(hive, &connection->line.link);
    close(connection->fd);
    free(connection->json);
    connection->json = NULL;
    connection->fd = -1;
}

static size_t room(struct connection *connection, uint8_t **to) {
    return connection->json ? json_line_room(connection->json, to) : line_room(&connection->line, to);
}

static size_t output(const struct connection *connection, const uint8_t **from) {
    return connection->json ? json_line_output(connection->json, from) : line_output(&connection->line, from);
}

bool connection_wants_input(struct connection *connection) {
    uint8_t *to;
    return room(connection, &to) > 0;
}

bool connection_has_output(const struct connection *connection) {
    const uint8_t *from;
    return output(connection, &from) > 0;
}

bool connection_is_closing(const struct connection *connection) {
    return connection->line.closing || (connection->json && connection->json->closing);
}

/* The first bytes, which lie in the frames' buffer, say what is spoken. */
static void came(struct connection *connection, const uint8_t *bytes, size_t length) {
    if (!connection->has_begun && bytes[0] == '{') {
        connection->json = calloc(1, sizeof *connection->json);
        connection->line.closing = !connection->json;
        uint8_t *to;
        if (connection->json && json_line_room(connection->json, &to) >= length) memcpy(to, bytes, length);
    }
    connection->has_begun = true;
    if (connection->json)
        json_line_came(connection->json, length);
    else
        line_came(&connection->line, length);
}

void connection_read(struct connection *connection, struct hive *hive, uint64_t now_us) {
    uint8_t *to;
    size_t most = room(connection, &to);
    if (most == 0) return;
    ssize_t length = recv(connection->fd, to, most, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) {
        connection_close(connection, hive);
        return;
    }
    came(connection, to, (size_t)length);
    connection_serve(connection, hive, now_us);
}

void connection_write(struct connection *connection, struct hive *hive) {
    const uint8_t *from;
    for (size_t left; (left = output(connection, &from)) > 0;) {
        ssize_t length = send(connection->fd, from, left, MSG_NOSIGNAL);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0 && errno == EAGAIN) return;
        if (length < 0) {
            connection_close(connection, hive);
            return;
        }
        if (connection->json)
            json_line_sent(connection->json, (size_t)length);
        else
            line_sent(&connection->line, (size_t)length);
    }
    if (connection_is_closing(connection)) connection_close(connection, hive);
}

struct asking {
    struct hive *hive;
    struct hive_link *link;
    uint64_t now_us;
};

static size_t ask(void *context, const uint8_t *request, size_t length, uint8_t *reply, size_t capacity) {
    const struct asking *asking = context;
    return hive_request(asking->hive, asking->link, asking->now_us, request, length, reply, capacity);
}

static size_t news(void *context, uint8_t *to, size_t capacity) {
    const struct asking *asking = context;
    return hive_news(asking->hive, asking->link, to, capacity);
}

static void serve_json(struct connection *connection, struct hive *hive, uint64_t now_us) {
    struct asking asking = {hive, &connection->line.link, now_us};
    json_line_serve(connection->json, &(struct json_line_hive){ask, news, &asking});
    connection->line.closing |= asking.link->over;
}

void connection_serve(struct connection *connection, struct hive *hive, uint64_t now_us) {
    struct line *line = &connection->line;
    if (connection->json)
        serve_json(connection, hive, now_us);
    else
        line_serve(line, hive, now_us);
    if (!line->link.trusted && now_us - connection->since_us > CONNECTION_PATIENCE_US) line->closing = true;
}

void connection_show(struct connection *connection, const struct hive *hive, const struct executive_output *output,
                     const uint8_t *bytes, size_t length) {
    if (!connection->json)
        line_lose(&connection->line, length - line_show(&connection->line, hive, output, bytes, length));
    else if (hive_wants_output(hive, &connection->line.link, output))
        json_line_show(connection->json, output->pid, output->stream, bytes, length);
}
