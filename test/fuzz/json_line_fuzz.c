/* Any bytes, in any pieces, from a peer of skepd that speaks lines of JSON, and any answers and events from the hive
 * behind it: what the peer gets is lines of JSON, each with its version, and a first line that is no request ends it.
 * The input: how long pieces are, what the hive says, then what the peer says. */
#include <stdlib.h>
#include <string.h>

#include "host/link/json.h"
#include "host/link/lines.h"
#include "programs/skepd/json_line.h"
#include "test/fuzz/fuzz.h"

enum { HIVE_BYTES = 64, ROUNDS_MAX = 4096, EVENTS_MAX = 8 };

struct source {
    const uint8_t *bytes; /* HIVE_BYTES: the head of a reply is kept, the rest is said */
    size_t events;
};

static size_t ask(void *context, const uint8_t *request, size_t length, uint8_t *reply, size_t capacity) {
    struct source *source = context;
    if (length < 9 || request[0] != 1 || capacity < FRAME_PAYLOAD_MAX) fuzz_failed("what was asked is no request");
    reply[0] = 2;
    memcpy(reply + 1, request + 1, 4);
    size_t most = source->bytes[0] % (HIVE_BYTES - 1);
    memcpy(reply + 5, source->bytes + 1, most);
    return 5 + most;
}

static size_t news(void *context, uint8_t *to, size_t capacity) {
    struct source *source = context;
    if (capacity < FRAME_PAYLOAD_MAX) fuzz_failed("there is no room for an event");
    if (source->events++ % EVENTS_MAX == EVENTS_MAX - 1) return 0;
    memcpy(to, source->bytes, HIVE_BYTES);
    to[0] = 3;
    return HIVE_BYTES;
}

/* What is whole of it; gives how many bytes that is. */
static size_t look(const char *text, size_t length) {
    size_t used = 0;
    for (const char *end; (end = memchr(text + used, '\n', length - used)); used = (size_t)(end - text) + 1) {
        json_error_t error;
        json_t *line =
            json_loadb(text + used, (size_t)(end - text) - used, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
        if (!json_is_object(line)) fuzz_failed("what was said is no object");
        if (json_integer_value(json_object_get(line, "version")) != JSON_VERSION_OF_LINES)
            fuzz_failed("a line has no version");
        json_decref(line);
    }
    return used;
}

static void drain(struct json_line *line) {
    const uint8_t *from;
    size_t length = json_line_output(line, &from);
    if (look((const char *)from, length) != length) fuzz_failed("a line has no end");
    json_line_sent(line, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1 + HIVE_BYTES) return 0;
    struct json_line *line = calloc(1, sizeof *line);
    struct source source = {.bytes = bytes + 1};
    const struct json_line_hive hive = {ask, news, &source};
    size_t piece = 1u + bytes[0] * 16u, at = 1 + HIVE_BYTES;
    if (!line) return 0;
    for (int round = 0; round < ROUNDS_MAX && !line->closing && at < length; round++) {
        uint8_t *to;
        size_t room = json_line_room(line, &to), left = length - at;
        if (room == 0) fuzz_failed("it neither takes bytes nor has said why");
        size_t some = left < piece ? left : piece;
        if (some > room) some = room;
        memcpy(to, bytes + at, some);
        at += some;
        json_line_came(line, some);
        json_line_serve(line, &hive);
        json_line_show(line, 1, 1, bytes, 1 + HIVE_BYTES);
        drain(line);
    }
    drain(line);
    free(line);
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static const char *const asked[] = {
        "{\"version\":1,\"operation\":\"hive.info\"}\n",
        "{\"version\":1,\"operation\":\"session.open\",\"parameters\":{\"client\":\"fuzz\"},\"id\":[1,\"a\"]}\n",
        "{\"version\":1,\"operation\":\"task.list\",\"session\":3,\"parameters\":{\"after\":0}}\n",
        "{\"version\":1,\"operation\":\"task.kill\",\"parameters\":{\"pid\":7}}\r\n",
        "{\"version\":1,\"operation\":\"nothing.here\"}\n",
        "[1]\n",
    };
    size_t at = 0;
    for (; at < 1 + HIVE_BYTES; at++) to[at] = (uint8_t)(random_percent(random, 60) ? 0 : random_64(random));
    to[0] = (uint8_t)random_64(random);
    for (uint32_t left = 1 + random_below(random, 12); left > 0; left--) {
        const char *line = asked[random_below(random, random_percent(random, 80) ? 4 : 6)];
        memcpy(to + at, line, strlen(line));
        at += strlen(line);
    }
    return at;
}

void fuzz_mend(uint8_t *bytes, size_t length) { (void)bytes, (void)length; }
