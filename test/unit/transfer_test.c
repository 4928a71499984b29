/* Both ends of a transfer over a simulated line with its own speed and faults. With an argument: prints how long 32 KiB
 * take (test/bench). */
#include "core/wire/transfer.h"

#include "core/base/bytes.h"
#include "core/wire/frame.h"
#include "test/oracle/random.h"
#include "test/unit/check.h"

enum {
    FILE_BYTES = 32768,
    CHUNK = 512,
    CREDIT = 3 * CHUNK,
    PAYLOAD = TRANSFER_HEAD_BYTES + CHUNK,
    LINE_BYTES = FRAME_LINE_BYTES(PAYLOAD),
    UNDER_WAY_MAX = 64,
    BAUD = 115200,
    BITS_A_BYTE = 10,
    US_PER_S = 1000000,
    US_PER_MS = 1000,
    ANSWER_US = 1000, /* until the other end looks at what came */
    TOO_LONG_US = 600 * US_PER_S,
};

/* ---- the line */

struct way { /* one direction */
    struct {
        uint8_t bytes[LINE_BYTES];
        size_t length;
        uint64_t at_us;
        bool there;
    } frame[UNDER_WAY_MAX];
    uint64_t free_us;
    struct frame_sender sender;
    struct frame_receiver receiver;
    uint8_t buffer[FRAME_BUFFER_BYTES(PAYLOAD)];
};

struct world {
    struct way to_device, to_host;
    struct random random;
    uint32_t loss, repeats, reorders, noise; /* percent */
    uint64_t now_us;
    struct transfer transfer;
    struct transfer_sender sender;
    uint8_t file[FILE_BYTES], kept[FILE_BYTES];
    uint32_t writes, refuse_at;
};

static void put_on(struct way *way, const uint8_t *bytes, size_t length, uint64_t at_us) {
    for (size_t i = 0; i < UNDER_WAY_MAX; i++) {
        if (way->frame[i].there) continue;
        way->frame[i].there = true;
        memcpy(way->frame[i].bytes, bytes, length);
        way->frame[i].length = length;
        way->frame[i].at_us = at_us;
        return;
    }
    CHECK(false);
}

static void send(struct world *world, struct way *way, const void *payload, size_t length) {
    uint8_t line[LINE_BYTES];
    size_t bytes = frame_put(&way->sender, CHANNEL_BULK, payload, length, line, sizeof line);
    CHECK(bytes > 0);
    uint64_t begin_us = way->free_us > world->now_us ? way->free_us : world->now_us;
    way->free_us = begin_us + (uint64_t)bytes * BITS_A_BYTE * US_PER_S / BAUD;
    if (random_percent(&world->random, world->noise))
        line[random_below(&world->random, (uint32_t)bytes)] ^= (uint8_t)(1u << random_below(&world->random, 8));
    if (random_percent(&world->random, world->loss)) return;
    uint64_t late_us = random_percent(&world->random, world->reorders) ? random_below(&world->random, 200000) : 0;
    put_on(way, line, bytes, way->free_us + ANSWER_US + late_us);
    if (random_percent(&world->random, world->repeats))
        put_on(way, line, bytes, way->free_us + ANSWER_US + random_below(&world->random, 100000));
}

static size_t next_on(const struct way *way) {
    size_t found = UNDER_WAY_MAX;
    for (size_t i = 0; i < UNDER_WAY_MAX; i++) {
        if (way->frame[i].there && (found == UNDER_WAY_MAX || way->frame[i].at_us < way->frame[found].at_us)) found = i;
    }
    return found;
}

/* ---- both ends */

static enum status begin_sink(void *context, struct transfer *transfer, uint32_t *received) {
    (void)context;
    (void)transfer;
    (void)received;
    return ST_OK;
}
static enum status write_sink(void *context, struct transfer *transfer, const uint8_t *bytes, uint32_t length) {
    struct world *world = context;
    if (++world->writes == world->refuse_at) {
        transfer->detail = 7;
        return ST_DENIED;
    }
    memcpy(world->kept + transfer->received, bytes, length);
    return ST_OK;
}

static void device_hears(struct world *world, const struct frame *frame) {
    const struct transfer_sink sink = {.context = world, .begin = begin_sink, .write = write_sink};
    uint8_t answer[TRANSFER_ANSWER_BYTES];
    size_t length = transfer_take(&world->transfer, &sink, frame->payload, frame->length, CREDIT, answer);
    if (length > 0) send(world, &world->to_host, answer, length);
}

static void host_hears(struct world *world, const struct frame *frame) {
    transfer_heard(&world->sender, (uint32_t)(world->now_us / US_PER_MS), frame->payload, frame->length);
}

static void host_sends(struct world *world) {
    uint8_t chunk[PAYLOAD];
    uint32_t offset, length;
    while (world->to_device.free_us <= world->now_us + CHUNK * BITS_A_BYTE * (US_PER_S / BAUD) &&
           (length = transfer_next(&world->sender, (uint32_t)(world->now_us / US_PER_MS), chunk, &offset)) > 0) {
        memcpy(chunk + TRANSFER_HEAD_BYTES, world->file + offset, length);
        send(world, &world->to_device, chunk, TRANSFER_HEAD_BYTES + length);
    }
}

static void arrive(struct world *world, struct way *way, size_t at,
                   void (*hear)(struct world *, const struct frame *)) {
    struct frame frame;
    size_t used, done = 0;
    for (;;) {
        enum frame_found found = frame_take(&way->receiver, (uint32_t)(world->now_us / US_PER_MS),
                                            way->frame[at].bytes + done, way->frame[at].length - done, &used, &frame);
        done += used;
        if (found == FRAME_NOTHING) break;
        if (found == FRAME_WHOLE && frame.channel == CHANNEL_BULK) hear(world, &frame);
    }
    way->frame[at].there = false;
}

/* To the next thing that happens: a frame arrives, the line is free, or a millisecond is over. */
static void step(struct world *world) {
    size_t down = next_on(&world->to_device), up = next_on(&world->to_host);
    uint64_t down_us = down < UNDER_WAY_MAX ? world->to_device.frame[down].at_us : UINT64_MAX;
    uint64_t up_us = up < UNDER_WAY_MAX ? world->to_host.frame[up].at_us : UINT64_MAX;
    uint64_t next_us = world->now_us + US_PER_MS;
    if (down_us <= up_us && down_us <= next_us) {
        if (down_us > world->now_us) world->now_us = down_us;
        arrive(world, &world->to_device, down, device_hears);
    } else if (up_us <= next_us) {
        if (up_us > world->now_us) world->now_us = up_us;
        arrive(world, &world->to_host, up, host_hears);
    } else {
        world->now_us = next_us;
    }
    host_sends(world);
}

static void begin_world(struct world *world, uint64_t seed) {
    const struct transfer_sink sink = {.context = world, .begin = begin_sink, .write = write_sink};
    memset(world, 0, sizeof *world);
    world->random.state = seed;
    for (size_t i = 0; i < FILE_BYTES; i++) world->file[i] = (uint8_t)random_below(&world->random, 256);
    struct transfer wanted = {.bytes = FILE_BYTES, .slot = TRANSFER_SLOT_ANY};
    memcpy(wanted.hash, world->file, sizeof wanted.hash); /* which one it is matters to nobody here */
    CHECK_EQ(ST_OK, transfer_begin(&world->transfer, &sink, &wanted));
    frame_receiver_init(&world->to_device.receiver, world->to_device.buffer, sizeof world->to_device.buffer);
    frame_receiver_init(&world->to_host.receiver, world->to_host.buffer, sizeof world->to_host.buffer);
    transfer_sender_init(&world->sender, wanted.hash, FILE_BYTES, 0, CHUNK, CREDIT, 0);
}

static void run(struct world *world) {
    while (world->sender.acknowledged < FILE_BYTES && !world->sender.over && world->now_us < TOO_LONG_US) step(world);
}

/* ---- tests */

static struct world world;

static void nothing_goes_wrong_and_it_takes_little_longer_than_the_line(void) {
    enum { LIMIT_US = (uint64_t)FILE_BYTES * BITS_A_BYTE * US_PER_S / BAUD };
    begin_world(&world, 1);
    run(&world);
    CHECK(memcmp(world.file, world.kept, FILE_BYTES) == 0);
    CHECK_EQ(0, world.sender.sent_again);
    CHECK(world.now_us < LIMIT_US + LIMIT_US * 15 / 100);
}

static void every_rate_of_every_fault_up_to_a_fifth_is_survived(void) {
    for (uint32_t percent = 1; percent <= 20; percent++) {
        for (uint32_t kind = 0; kind < 5; kind++) {
            begin_world(&world, percent * 10 + kind);
            if (kind == 0 || kind == 4) world.loss = percent;
            if (kind == 1 || kind == 4) world.repeats = percent;
            if (kind == 2 || kind == 4) world.reorders = percent;
            if (kind == 3 || kind == 4) world.noise = percent;
            run(&world);
            CHECK_EQ(FILE_BYTES, world.sender.acknowledged);
            CHECK(memcmp(world.file, world.kept, FILE_BYTES) == 0);
        }
    }
}

/* A line that says everything twice must not make the sender say everything twice. */
static void repeated_frames_cost_no_repetition(void) {
    begin_world(&world, 3);
    world.repeats = 100;
    run(&world);
    CHECK(memcmp(world.file, world.kept, FILE_BYTES) == 0);
    CHECK_EQ(0, world.sender.sent_again);
}

static void a_break_goes_on_where_it_was(void) {
    const struct transfer_sink sink = {.context = &world, .begin = begin_sink, .write = write_sink};
    begin_world(&world, 4);
    while (world.sender.acknowledged < FILE_BYTES / 2) step(&world);
    struct transfer again = world.transfer;
    again.received = 0;
    uint32_t before = world.transfer.received;
    CHECK_EQ(ST_OK, transfer_begin(&world.transfer, &sink, &again));
    CHECK_EQ(before, world.transfer.received);
    transfer_sender_init(&world.sender, again.hash, FILE_BYTES, before, CHUNK, CREDIT,
                         (uint32_t)(world.now_us / US_PER_MS));
    run(&world);
    CHECK(memcmp(world.file, world.kept, FILE_BYTES) == 0);
    CHECK_EQ(FILE_BYTES / CHUNK, world.writes);
}

static void another_one_begins_at_the_start(void) {
    const struct transfer_sink sink = {.context = &world, .begin = begin_sink, .write = write_sink};
    begin_world(&world, 5);
    while (world.transfer.received < CHUNK) step(&world);
    struct transfer other = world.transfer;
    other.hash[0] ^= 1;
    CHECK_EQ(ST_OK, transfer_begin(&world.transfer, &sink, &other));
    CHECK_EQ(0, world.transfer.received);
}

static void what_the_sink_refuses_is_over_and_says_why(void) {
    begin_world(&world, 6);
    world.refuse_at = 3;
    run(&world);
    CHECK(world.sender.over);
    CHECK_EQ(ST_DENIED, world.transfer.status);
    CHECK_EQ(7, world.transfer.detail);
    CHECK_EQ(2 * CHUNK, world.transfer.received);
    CHECK_EQ(3, world.writes);
}

/* By hand: each row is a chunk and the answer to it. */
static void chunks_that_do_not_fit_change_nothing(void) {
    static const struct {
        uint32_t offset, length, number;
        size_t answer;
        enum transfer_what what;
        enum status status;
    } rows[] = {
        {16, 16, 0, TRANSFER_ANSWER_BYTES, TRANSFER_GAP, ST_OK},
        {0, 15, 0, 0, TRANSFER_TAKEN, ST_OK},                                /* no unit, and not the last */
        {8, 16, 0, 0, TRANSFER_TAKEN, ST_OK},                                /* between units */
        {0, 16, 1, 0, TRANSFER_TAKEN, ST_OK},                                /* of another transfer */
        {0, 0, 0, TRANSFER_ANSWER_BYTES, TRANSFER_HAD, ST_OK},               /* asks how far it is */
        {FILE_BYTES, 16, 0, TRANSFER_ANSWER_BYTES, TRANSFER_OVER, ST_RANGE}, /* behind the end */
        {FILE_BYTES - 16, 32, 0, TRANSFER_ANSWER_BYTES, TRANSFER_OVER, ST_RANGE},
        {0xfffffff0, 32, 0, TRANSFER_ANSWER_BYTES, TRANSFER_OVER, ST_RANGE}, /* the sum wraps */
        {0xfffffff0, 16, 0, TRANSFER_ANSWER_BYTES, TRANSFER_OVER, ST_RANGE},
    };
    const struct transfer_sink sink = {.context = &world, .begin = begin_sink, .write = write_sink};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t chunk[TRANSFER_HEAD_BYTES + 32] = {0}, answer[TRANSFER_ANSWER_BYTES];
        begin_world(&world, 7);
        store_le16(chunk, (uint16_t)(transfer_number(world.transfer.hash) + rows[i].number));
        store_le32(chunk + 2, rows[i].offset);
        size_t length =
            transfer_take(&world.transfer, &sink, chunk, TRANSFER_HEAD_BYTES + rows[i].length, CREDIT, answer);
        CHECK_EQ(rows[i].answer, length);
        if (length > 0) CHECK_EQ(rows[i].what, answer[2]);
        CHECK_EQ(rows[i].status, world.transfer.status);
        CHECK_EQ(0, world.transfer.received);
        CHECK_EQ(0, world.writes);
    }
}

static void the_same_offset_with_other_bytes_changes_nothing(void) {
    const struct transfer_sink sink = {.context = &world, .begin = begin_sink, .write = write_sink};
    uint8_t chunk[TRANSFER_HEAD_BYTES + 32] = {0}, answer[TRANSFER_ANSWER_BYTES];
    begin_world(&world, 8);
    store_le16(chunk, transfer_number(world.transfer.hash));
    CHECK_EQ(TRANSFER_ANSWER_BYTES, transfer_take(&world.transfer, &sink, chunk, sizeof chunk, CREDIT, answer));
    memset(chunk + TRANSFER_HEAD_BYTES, 0x55, 32);
    CHECK_EQ(TRANSFER_ANSWER_BYTES, transfer_take(&world.transfer, &sink, chunk, sizeof chunk, CREDIT, answer));
    CHECK_EQ(TRANSFER_HAD, answer[2]);
    CHECK_EQ(0, world.kept[0]);
    CHECK_EQ(1, world.writes);
}

static void a_silent_line_is_asked_again_with_patience(void) {
    uint8_t head[TRANSFER_HEAD_BYTES], hash[TRANSFER_HASH_BYTES] = {1};
    uint32_t offset, now_ms = UINT32_MAX - 1000; /* it may wrap meanwhile */
    struct transfer_sender sender;
    transfer_sender_init(&sender, hash, 4 * CHUNK, 0, CHUNK, 2 * CHUNK, now_ms);
    CHECK_EQ(CHUNK, transfer_next(&sender, now_ms, head, &offset));
    CHECK_EQ(CHUNK, transfer_next(&sender, now_ms, head, &offset));
    CHECK_EQ(CHUNK, offset);
    CHECK_EQ(0, transfer_next(&sender, now_ms, head, &offset));
    uint32_t wait_ms = transfer_wait_ms(&sender, now_ms);
    CHECK_EQ(0, transfer_next(&sender, now_ms + wait_ms - 1, head, &offset));
    CHECK_EQ(CHUNK, transfer_next(&sender, now_ms + wait_ms, head, &offset));
    CHECK_EQ(0, offset);
    CHECK(transfer_wait_ms(&sender, now_ms + wait_ms) > wait_ms);
}

static void answers_that_lie_do_not_lead_astray(void) {
    uint8_t head[TRANSFER_HEAD_BYTES], hash[TRANSFER_HASH_BYTES] = {1},
                                       answer[TRANSFER_ANSWER_BYTES] = {1, 0, TRANSFER_TAKEN};
    uint32_t offset;
    struct transfer_sender sender;
    transfer_sender_init(&sender, hash, 4 * CHUNK, CHUNK, CHUNK, CREDIT, 0);
    CHECK_EQ(CHUNK, transfer_next(&sender, 0, head, &offset));
    store_le32(answer + 3, 4 * CHUNK + 1); /* more than there is */
    transfer_heard(&sender, 0, answer, sizeof answer);
    store_le32(answer + 3, 0); /* less than it had */
    transfer_heard(&sender, 0, answer, sizeof answer);
    transfer_heard(&sender, 0, answer, sizeof answer - 1);
    CHECK_EQ(CHUNK, sender.acknowledged);
    CHECK_EQ(CREDIT, sender.credit);
}

static void print_bench(void) {
    begin_world(&world, 1);
    run(&world);
    printf("%u %llu\n", (unsigned)FILE_BYTES, (unsigned long long)world.now_us);
}

int main(int argc, char **argv) {
    static const struct check_test tests[] = {
        TEST(nothing_goes_wrong_and_it_takes_little_longer_than_the_line),
        TEST(every_rate_of_every_fault_up_to_a_fifth_is_survived),
        TEST(repeated_frames_cost_no_repetition),
        TEST(a_break_goes_on_where_it_was),
        TEST(another_one_begins_at_the_start),
        TEST(what_the_sink_refuses_is_over_and_says_why),
        TEST(chunks_that_do_not_fit_change_nothing),
        TEST(the_same_offset_with_other_bytes_changes_nothing),
        TEST(a_silent_line_is_asked_again_with_patience),
        TEST(answers_that_lie_do_not_lead_astray),
    };
    (void)argv;
    if (argc > 1) return print_bench(), 0;
    return CHECK_RUN(tests);
}
