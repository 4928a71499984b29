/* One line to a hive, byte for byte: what is asked twice, what is typed, what the sideband tells, and transfers. */
#include "device/executive/line.h"

#include "core/trust/trust.h"
#include "device/executive/delivery.h"
#include "test/sim/hive_bench.h"

enum { IN_BYTES = 4096, OUT_BYTES = 16384, CREDIT = 1536, MS = 1000, S = 1000000 };

static const char sleeper[] = "loop: li a0, 1000; hcall $time.delay_ms; j loop";

/* The other end: what it sends, and what came, the newest of each channel. */
struct peer {
    struct bench *bench;
    struct line line;
    uint8_t frame[LINE_FRAME_BYTES], reply[HIVE_MESSAGE_BYTES], in[IN_BYTES], out[OUT_BYTES];
    struct frame_sender sender;
    struct frame_receiver receiver;
    uint8_t buffer[LINE_FRAME_BYTES];
    uint8_t came[CHANNEL_COUNT][HIVE_MESSAGE_BYTES];
    size_t came_bytes[CHANNEL_COUNT];
    uint32_t came_count[CHANNEL_COUNT];
    char text[256];
    size_t text_bytes;
    uint16_t tag;
};
static struct peer peer;

static void peer_begin(bool strict) {
    const struct line_buffers buffers = {.frame = peer.frame,
                                         .reply = peer.reply,
                                         .in = peer.in,
                                         .in_bytes = sizeof peer.in,
                                         .out = peer.out,
                                         .out_bytes = sizeof peer.out};
    memset(&peer, 0, sizeof peer);
    peer.bench = bench_new();
    line_init(&peer.line, &buffers, 5, true, strict);
    peer.line.link.credit = CREDIT;
    frame_receiver_init(&peer.receiver, peer.buffer, sizeof peer.buffer);
}

static void take(const struct frame *frame) {
    memcpy(peer.came[frame->channel], frame->payload, frame->length);
    peer.came_bytes[frame->channel] = frame->length;
    peer.came_count[frame->channel]++;
}

static void drain(void) {
    const uint8_t *from;
    struct frame frame;
    size_t used;
    for (size_t left; (left = line_output(&peer.line, &from)) > 0; line_sent(&peer.line, used)) {
        enum frame_found found = frame_take(&peer.receiver, 0, from, left, &used, &frame);
        if (found == FRAME_WHOLE) take(&frame);
        if (found != FRAME_TEXT || peer.text_bytes + frame.length > sizeof peer.text) continue;
        memcpy(peer.text + peer.text_bytes, frame.payload, frame.length);
        peer.text_bytes += frame.length;
    }
}

static void serve(void) {
    line_serve(&peer.line, peer.bench->hive, peer.bench->rig->sim.now_us);
    drain();
}

static void give(const void *bytes, size_t length) {
    uint8_t *to;
    size_t room = line_room(&peer.line, &to);
    CHECK(room >= length);
    memcpy(to, bytes, length);
    line_came(&peer.line, length);
    serve();
}

static void send(enum frame_channel channel, const void *payload, size_t length) {
    uint8_t line[FRAME_LINE_BYTES(HIVE_MESSAGE_BYTES)];
    give(line, frame_put(&peer.sender, channel, payload, length, line, sizeof line));
}

/* Sends a request with that tag; gives the status of the reply and leaves what follows in *in. */
static int request_with(uint16_t tag, uint16_t number, const void *parameters, size_t length, struct reader *in) {
    uint8_t request[HIVE_MESSAGE_BYTES];
    struct writer out = writer_of(request, sizeof request);
    put_u8(&out, 1);
    put_u16(&out, number);
    put_u16(&out, tag);
    put_u32(&out, peer.bench->session);
    put_bytes(&out, parameters, length);
    uint32_t before = peer.came_count[CHANNEL_OPERATIONS];
    send(CHANNEL_OPERATIONS, request, out.length);
    CHECK_EQ(before + 1, peer.came_count[CHANNEL_OPERATIONS]);
    *in = reader_of(peer.came[CHANNEL_OPERATIONS], peer.came_bytes[CHANNEL_OPERATIONS]);
    CHECK_EQ(2, take_u8(in));
    CHECK_EQ(number, take_u16(in));
    CHECK_EQ(tag, take_u16(in));
    return (int16_t)take_u16(in);
}
static int request(uint16_t number, const void *parameters, size_t length, struct reader *in) {
    return request_with(++peer.tag, number, parameters, length, in);
}

static int open_session_with(uint16_t tag) {
    static const uint8_t parameters[] = {0, 0, 1, 0, 0, 0, 0, 0, 0}; /* the console too */
    struct reader in;
    int status = request_with(tag, OPERATION_SESSION_OPEN, parameters, sizeof parameters, &in);
    peer.bench->session = take_u32(&in);
    return status;
}

static size_t open_sessions(void) {
    size_t count = 0;
    for (uint32_t i = 0; i < peer.bench->hive->sessions.max; i++)
        count += peer.bench->hive->sessions.session[i].id != 0;
    return count;
}

/* ---- requests */

static void a_request_that_comes_again_gets_the_same_reply_and_is_done_once(void) {
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(7));
    uint32_t first = peer.bench->session;
    peer.bench->session = 0; /* the same bytes as before */
    CHECK_EQ(ST_OK, open_session_with(7));
    CHECK_EQ(first, peer.bench->session);
    CHECK_EQ(1, open_sessions());
    peer.bench->session = 0;
    CHECK_EQ(ST_OK, open_session_with(8));
    CHECK_EQ(2, open_sessions());
}

static void on_a_strict_line_every_request_counts(void) {
    peer_begin(true);
    CHECK_EQ(ST_OK, open_session_with(7));
    peer.bench->session = 0;
    CHECK_EQ(ST_OK, open_session_with(7));
    CHECK_EQ(2, open_sessions());
}

static void damage_and_text_end_a_strict_line_and_no_other(void) {
    static const char *const bytes[] = {"hello", "\xf8zzzzzzzzzz\xf9"};
    for (size_t i = 0; i < 2; i++) {
        peer_begin(false);
        give(bytes[i], strlen(bytes[i]));
        CHECK(!peer.line.closing);
        peer_begin(true);
        give(bytes[i], strlen(bytes[i]));
        CHECK(peer.line.closing);
    }
}

/* ---- console */

static const struct executive_output of_task_3 = {.pid = 3, .stream = STREAM_OUT};

static void what_a_task_writes_is_text_until_a_session_wants_it_in_frames(void) {
    peer_begin(false);
    CHECK_EQ(4, line_show(&peer.line, peer.bench->hive, &of_task_3, (const uint8_t *)"a\xf8\xfbz", 4));
    drain();
    CHECK_EQ(4, peer.text_bytes);
    CHECK(memcmp(peer.text, "a??z", 4) == 0);
    CHECK_EQ(ST_OK, open_session_with(1));
    CHECK_EQ(2, line_show(&peer.line, peer.bench->hive, &of_task_3, (const uint8_t *)"\xf8z", 2));
    drain();
    CHECK_EQ(4, peer.text_bytes);
    CHECK_EQ(11, peer.came_bytes[CHANNEL_CONSOLE]);
    CHECK(memcmp(peer.came[CHANNEL_CONSOLE], "\3\0\0\0\1\0\0\0\0\xf8z", 11) == 0);
}

static void a_full_line_takes_no_more_and_keeps_room_for_a_reply(void) {
    peer_begin(false);
    static const uint8_t much[OUT_BYTES];
    size_t taken = line_show(&peer.line, peer.bench->hive, &of_task_3, much, sizeof much);
    CHECK(taken > 0 && taken < sizeof much);
    uint8_t *to;
    CHECK(line_room(&peer.line, &to) > 0);
}

/* ---- sideband */

static uint32_t states(void) { return peer.came_count[CHANNEL_SIDEBAND]; }

static void the_heart_beats_once_a_second_while_somebody_is_there(void) {
    peer_begin(false);
    for (int i = 0; i < 30; i++) {
        run_for(peer.bench, 100 * MS);
        serve();
    }
    CHECK_EQ(0, states()); /* nobody has said anything yet */
    send(CHANNEL_SIDEBAND, "\2", 1);
    CHECK_EQ(1, states());
    CHECK_EQ(LINE_STATE_BYTES, peer.came_bytes[CHANNEL_SIDEBAND]);
    const uint8_t *state = peer.came[CHANNEL_SIDEBAND];
    CHECK_EQ(1, state[0]);
    CHECK_EQ(LINK_READY, state[1]);
    CHECK_EQ(ROLE_RUNTIME, state[2]);
    CHECK_EQ(77, load_le32(state + 3));
    CHECK_EQ(3000, load_le32(state + 7));
    for (int i = 0; i < 200; i++) {
        run_for(peer.bench, 100 * MS);
        serve();
    }
    CHECK_EQ(1 + 9, states()); /* for ten seconds, and no longer */
}

static void a_strict_line_tells_the_state_only_when_asked(void) {
    peer_begin(true);
    send(CHANNEL_SIDEBAND, "\2", 1);
    run_for(peer.bench, 3 * S);
    serve();
    CHECK_EQ(1, states());
    send(CHANNEL_SIDEBAND, "what?", 5);
    CHECK(peer.line.closing);
}

/* ---- transfers */

static struct {
    const uint8_t *bytes;
    uint32_t length;
    uint8_t hash[TRANSFER_HASH_BYTES];
} file;

static void make_file(void) {
    static const uint8_t constants[4000]; /* so that it takes several chunks */
    struct rig_guest guest = {
        .text = sleeper, .name = "sleeper", .read_only = constants, .read_only_bytes = sizeof constants};
    size_t index = rig_pack(peer.bench->rig, &guest);
    file.bytes = peer.bench->rig->artifact[index].bytes;
    file.length = (uint32_t)peer.bench->rig->artifact[index].length;
    trust_hash_of(file.bytes, file.length, file.hash);
}

static int begin_transfer(uint8_t target, uint32_t *received, struct reader *in) {
    uint8_t parameters[64];
    struct writer out = writer_of(parameters, sizeof parameters);
    put_u8(&out, target);
    put_u8(&out, TRANSFER_SLOT_ANY);
    put_u32(&out, file.length);
    put_u16(&out, TRANSFER_HASH_BYTES);
    put_bytes(&out, file.hash, TRANSFER_HASH_BYTES);
    int status = request(OPERATION_TRANSFER_BEGIN, parameters, out.length, in);
    if (status != ST_OK) return status;
    CHECK_EQ(transfer_number(file.hash), take_u16(in));
    *received = take_u32(in);
    CHECK_EQ(CREDIT / 3, take_u16(in));
    CHECK_EQ(CREDIT, take_u32(in));
    return status;
}

/* Sends chunks from `at` on; up to `until`. */
static void send_chunks(uint32_t at, uint32_t until) {
    while (at < until) {
        uint8_t chunk[TRANSFER_HEAD_BYTES + CREDIT / 3];
        uint32_t left = file.length - at, length = left < CREDIT / 3 ? left : CREDIT / 3;
        store_le16(chunk, transfer_number(file.hash));
        store_le32(chunk + 2, at);
        memcpy(chunk + TRANSFER_HEAD_BYTES, file.bytes + at, length);
        send(CHANNEL_BULK, chunk, TRANSFER_HEAD_BYTES + length);
        at += length;
        CHECK_EQ(TRANSFER_TAKEN, peer.came[CHANNEL_BULK][2]);
        CHECK_EQ(at, load_le32(peer.came[CHANNEL_BULK] + 3));
    }
}

static int end_transfer(struct reader *in) {
    uint8_t number[2];
    store_le16(number, transfer_number(file.hash));
    int status = request(OPERATION_TRANSFER_END, number, sizeof number, in);
    for (int left = 100; status == ST_AGAIN && in->bytes[in->offset] == WHY_CHECKING && left > 0; left--) {
        run_for(peer.bench, 10 * MS);
        status = request(OPERATION_TRANSFER_END, number, sizeof number, in);
    }
    return status;
}

static void a_transfer_becomes_a_task(void) {
    struct reader in;
    uint32_t received = 1;
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    CHECK_EQ(0, received);
    CHECK_EQ(LINK_RECEIVING, delivery_state(peer.bench->hive));
    send_chunks(0, file.length);
    CHECK_EQ(ST_OK, end_transfer(&in));
    uint16_t load = take_u16(&in);
    CHECK_EQ(ST_OK, end_transfer(&in)); /* whose reply was lost asks again */
    CHECK_EQ(load, take_u16(&in));
    run_for(peer.bench, 100 * MS);
    CHECK_EQ(1, peer.bench->rig->executive->live);
    CHECK_EQ(LINK_READY, delivery_state(peer.bench->hive));
}

static void what_is_read_back_with_another_hash_is_refused_and_nothing_starts(void) {
    struct reader in;
    uint32_t received;
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    file.hash[31] ^= 1;
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    send_chunks(0, file.length);
    CHECK_EQ(ST_CORRUPT, end_transfer(&in));
    CHECK_EQ(WHY_HASH, take_u8(&in));
    run_for(peer.bench, 100 * MS);
    CHECK_EQ(0, peer.bench->rig->executive->live);
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    CHECK_EQ(0, received);
}

static void who_comes_back_goes_on_and_who_is_not_done_is_told(void) {
    struct reader in;
    uint32_t received;
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    send_chunks(0, 1);
    CHECK_EQ(ST_AGAIN, end_transfer(&in));
    CHECK_EQ(WHY_TRANSFER, take_u8(&in));
    CHECK_EQ(CREDIT / 3, take_u32(&in));
    peer.bench->session = 0;
    CHECK_EQ(ST_OK, open_session_with(50));
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    CHECK_EQ(CREDIT / 3, received);
    send_chunks(received, file.length);
    CHECK_EQ(ST_OK, end_transfer(&in));
}

static void one_at_a_time_as_long_as_who_began_is_there(void) {
    struct reader in;
    uint32_t received;
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    uint32_t first = peer.bench->session;
    peer.bench->session = 0;
    CHECK_EQ(ST_OK, open_session_with(50));
    uint32_t second = peer.bench->session;
    file.hash[0] ^= 1;
    CHECK_EQ(ST_BUSY, begin_transfer(TRANSFER_GUEST, &received, &in));
    CHECK_EQ(WHY_TRANSFER, take_u8(&in));
    CHECK_EQ(first, take_u32(&in));
    peer.bench->session = first;
    CHECK_EQ(ST_OK, request(OPERATION_SESSION_CLOSE, NULL, 0, &in));
    peer.bench->session = second;
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    CHECK_EQ(0, received);
}

static void what_is_not_for_a_running_hive_is_refused_by_name(void) {
    struct reader in;
    uint32_t received;
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    CHECK_EQ(ST_UNSUPPORTED, begin_transfer(TRANSFER_FIRMWARE, &received, &in));
    CHECK_EQ(WHY_TARGET, take_u8(&in));
    CHECK_EQ(ST_UNSUPPORTED, begin_transfer(TRANSFER_KEYS, &received, &in));
    CHECK_EQ(ST_UNSUPPORTED, request(OPERATION_BOOT_ENTER, "", 1, &in)); /* this one has no bootloader */
    file.length = UPLOAD_BYTES + 1;
    CHECK_EQ(ST_QUOTA, begin_transfer(TRANSFER_GUEST, &received, &in));
    CHECK_EQ(WHY_ROOM, take_u8(&in));
    CHECK_EQ(UPLOAD_BYTES, take_u32(&in));
}

static void a_transfer_may_be_let_go(void) {
    struct reader in;
    uint32_t received;
    uint8_t number[2];
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    for (int i = 0; i < 2 * UPLOADS; i++) { /* its place is free then */
        CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
        CHECK_EQ(0, received);
        send_chunks(0, 1);
        store_le16(number, transfer_number(file.hash));
        CHECK_EQ(ST_OK, request(OPERATION_TRANSFER_ABORT, number, sizeof number, &in));
        CHECK_EQ(ST_NOT_FOUND, request(OPERATION_TRANSFER_ABORT, number, sizeof number, &in));
    }
    CHECK_EQ(ST_NOT_FOUND, end_transfer(&in));
}

static void chunks_of_another_line_are_not_taken(void) {
    struct reader in;
    uint32_t received;
    uint8_t answer[TRANSFER_ANSWER_BYTES], chunk[TRANSFER_HEAD_BYTES + 16] = {0};
    peer_begin(false);
    CHECK_EQ(ST_OK, open_session_with(1));
    make_file();
    CHECK_EQ(ST_OK, begin_transfer(TRANSFER_GUEST, &received, &in));
    store_le16(chunk, transfer_number(file.hash));
    CHECK_EQ(0, delivery_take(peer.bench->hive, &peer.bench->other, 0, chunk, sizeof chunk, answer));
    CHECK_EQ(sizeof answer, delivery_take(peer.bench->hive, &peer.line.link, 0, chunk, sizeof chunk, answer));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_request_that_comes_again_gets_the_same_reply_and_is_done_once),
        TEST(on_a_strict_line_every_request_counts),
        TEST(damage_and_text_end_a_strict_line_and_no_other),
        TEST(what_a_task_writes_is_text_until_a_session_wants_it_in_frames),
        TEST(a_full_line_takes_no_more_and_keeps_room_for_a_reply),
        TEST(the_heart_beats_once_a_second_while_somebody_is_there),
        TEST(a_strict_line_tells_the_state_only_when_asked),
        TEST(a_transfer_becomes_a_task),
        TEST(what_is_read_back_with_another_hash_is_refused_and_nothing_starts),
        TEST(who_comes_back_goes_on_and_who_is_not_done_is_told),
        TEST(one_at_a_time_as_long_as_who_began_is_there),
        TEST(what_is_not_for_a_running_hive_is_refused_by_name),
        TEST(a_transfer_may_be_let_go),
        TEST(chunks_of_another_line_are_not_taken),
    };
    return CHECK_RUN(tests);
}
