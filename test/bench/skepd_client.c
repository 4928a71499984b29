/* skepd_client: measures a hive from the other end of its socket, in C so that the client is not what is measured.
 *
 *   skepd_client operations SOCKET COUNT          operations a second on one connection, sent without waiting
 *   skepd_client latency SOCKET CLIENTS COUNT     99th percentile, ms, of COUNT operations of each of CLIENTS, one at a
 *                                                 time
 *   skepd_client events SOCKET SECONDS            events a second to one subscriber, and how many it missed
 *
 * Prints the numbers. Exit status 1: the hive did not answer as it should. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/wire/frame.h"
#include "device/executive/operation_table.h"

enum { MESSAGE_REQUEST = 1, MESSAGE_REPLY, MESSAGE_EVENT };
enum { CLIENTS_MAX = 64, IN_BYTES = 1 << 16, NS_PER_S = 1000000000, ACKNOWLEDGE_EVERY = 1024, NS_PER_MS = 1000000 };

struct client {
    int fd;
    uint32_t session;
    struct frame_sender sender;
    struct frame_receiver receiver;
    uint8_t frame[FRAME_BUFFER_BYTES(FRAME_PAYLOAD_MAX)], in[IN_BYTES];
    size_t in_at, in_end;
    uint32_t count;
    int64_t *taken_ns; /* count of them */
};

static _Noreturn void fail(const char *why) {
    fprintf(stderr, "skepd_client: %s\n", why);
    exit(1);
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

static struct client *client_open(const char *path) {
    struct client *client = calloc(1, sizeof *client);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!client || strlen(path) >= sizeof address.sun_path) fail("no memory, or too long a path");
    memcpy(address.sun_path, path, strlen(path) + 1);
    client->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (client->fd < 0 || connect(client->fd, (const struct sockaddr *)&address, sizeof address) != 0)
        fail("no hive there");
    frame_receiver_init(&client->receiver, client->frame, sizeof client->frame);
    return client;
}

static struct writer request_of(const struct client *client, uint8_t *bytes, size_t capacity, uint32_t operation) {
    struct writer out = writer_of(bytes, capacity);
    put_u8(&out, MESSAGE_REQUEST);
    put_u16(&out, (uint16_t)operation);
    put_u16(&out, 0);
    put_u32(&out, client->session);
    return out;
}

static void send_request(struct client *client, const struct writer *request) {
    uint8_t line[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)];
    size_t length = frame_put(&client->sender, CHANNEL_OPERATIONS, request->bytes, request->length, line, sizeof line);
    for (size_t at = 0; at < length;) {
        ssize_t sent = send(client->fd, line + at, length - at, MSG_NOSIGNAL);
        if (sent <= 0) fail("the hive takes nothing more");
        at += (size_t)sent;
    }
}

static void send_info(struct client *client) {
    uint8_t bytes[16];
    struct writer request = request_of(client, bytes, sizeof bytes, OPERATION_HIVE_INFO);
    send_request(client, &request);
}

/* The next message. */
static struct reader hear(struct client *client) {
    for (;;) {
        while (client->in_at < client->in_end) {
            size_t used;
            struct frame frame;
            enum frame_found found = frame_take(&client->receiver, 0, client->in + client->in_at,
                                                client->in_end - client->in_at, &used, &frame);
            client->in_at += used;
            if (found == FRAME_WHOLE && frame.channel == CHANNEL_OPERATIONS)
                return reader_of(frame.payload, frame.length);
        }
        ssize_t length = recv(client->fd, client->in, sizeof client->in, 0);
        if (length <= 0) fail("the hive has closed the link");
        client->in_at = 0;
        client->in_end = (size_t)length;
    }
}

static struct reader hear_reply(struct client *client) {
    for (;;) {
        struct reader in = hear(client);
        if (take_u8(&in) != MESSAGE_REPLY) continue;
        (void)take_u32(&in);
        if (take_u16(&in) != 0 || in.bad) fail("the hive refused");
        return in;
    }
}

static void *send_all(void *context) {
    struct client *client = context;
    for (uint32_t i = 0; i < client->count; i++) send_info(client);
    return NULL;
}

static void operations(const char *path, uint32_t count) {
    struct client *client = client_open(path);
    client->count = count;
    pthread_t sender;
    int64_t begin = now_ns();
    if (pthread_create(&sender, NULL, send_all, client) != 0) fail("no thread");
    for (uint32_t i = 0; i < count; i++) (void)hear_reply(client);
    int64_t end = now_ns();
    pthread_join(sender, NULL);
    printf("%.0f\n", (double)count * (double)NS_PER_S / (double)(end - begin));
}

static void *ask_one_by_one(void *context) {
    struct client *client = context;
    for (uint32_t i = 0; i < client->count; i++) {
        int64_t begin = now_ns();
        send_info(client);
        (void)hear_reply(client);
        client->taken_ns[i] = now_ns() - begin;
    }
    return NULL;
}

static int order(const void *a, const void *b) {
    int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

static void latency(const char *path, uint32_t clients, uint32_t count) {
    pthread_t thread[CLIENTS_MAX];
    int64_t *taken = calloc((size_t)clients * count, sizeof *taken);
    if (!taken || clients > CLIENTS_MAX) fail("no memory, or too many clients");
    for (uint32_t i = 0; i < clients; i++) {
        struct client *client = client_open(path);
        client->count = count;
        client->taken_ns = taken + (size_t)i * count;
        if (pthread_create(&thread[i], NULL, ask_one_by_one, client) != 0) fail("no thread");
    }
    for (uint32_t i = 0; i < clients; i++) pthread_join(thread[i], NULL);
    size_t all = (size_t)clients * count;
    qsort(taken, all, sizeof *taken, order);
    printf("%.4f\n", (double)taken[all - 1 - all / 100] / (double)NS_PER_MS);
}

static void subscribe(struct client *client) {
    uint8_t bytes[64];
    struct writer request = request_of(client, bytes, sizeof bytes, OPERATION_SESSION_OPEN);
    put_u8(&request, 0);  /* no name */
    put_u16(&request, 0); /* no observer, no console */
    put_u32(&request, 0);
    put_u16(&request, 0); /* no token */
    send_request(client, &request);
    struct reader opened = hear_reply(client);
    client->session = take_u32(&opened);
    request = request_of(client, bytes, sizeof bytes, OPERATION_EVENT_SUBSCRIBE);
    put_u64(&request, UINT64_MAX);
    put_u32(&request, 0);
    put_u64(&request, 0);
    put_u16(&request, 0);
    send_request(client, &request);
    (void)hear_reply(client);
}

static void acknowledge(struct client *client, uint64_t sequence) {
    uint8_t bytes[32];
    struct writer request = request_of(client, bytes, sizeof bytes, OPERATION_EVENT_ACKNOWLEDGE);
    put_u64(&request, sequence);
    send_request(client, &request);
}

static void events(const char *path, uint32_t seconds) {
    struct client *client = client_open(path);
    subscribe(client);
    uint64_t told = 0, missed = 0;
    int64_t begin = now_ns(), end = begin;
    while (end - begin < (int64_t)seconds * NS_PER_S) {
        struct reader in = hear(client);
        if (take_u8(&in) != MESSAGE_EVENT) continue;
        (void)take_u32(&in);
        uint64_t sequence = take_u64(&in);
        (void)take_u64(&in);
        uint32_t number = take_u8(&in);
        if (number == EVENT_NUMBER_EVENT_MISSED) {
            uint64_t first = take_u64(&in);
            missed += take_u64(&in) - first + 1;
        }
        if (sequence == 0) continue;
        if (++told % ACKNOWLEDGE_EVERY == 0) {
            acknowledge(client, sequence);
            end = now_ns();
        }
    }
    printf("%.0f %llu\n", (double)told * (double)NS_PER_S / (double)(end - begin), (unsigned long long)missed);
}

int main(int argc, char **argv) {
    const char *mode = argc > 3 ? argv[1] : "";
    uint32_t first = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0;
    if (strcmp(mode, "operations") == 0)
        operations(argv[2], first);
    else if (strcmp(mode, "latency") == 0 && argc > 4)
        latency(argv[2], first, (uint32_t)strtoul(argv[4], NULL, 10));
    else if (strcmp(mode, "events") == 0)
        events(argv[2], first);
    else
        fail("operations SOCKET COUNT | latency SOCKET CLIENTS COUNT | events SOCKET SECONDS");
    return 0;
}
