/* Streams and the log, operated over links: typing to one task, listening to some, what a slow peer is told, lines. */
#include "device/executive/line.h"
#include "device/executive/log.h"
#include "test/sim/hive_bench.h"

enum { READER_BUFFER = 0xc00, OUT_BYTES = LINE_OUT_BYTES_MIN + 200 };

static const struct artifact_capability console_rights = {
    .group = CALL_GROUP_CONSOLE, .mode = MODE_CONSOLE_READ | MODE_CONSOLE_WRITE, .last = UINT32_MAX};

/* Reads what it gets for ever; how many bytes in all is at READER_BUFFER - 4. */
static uint32_t add_reader(struct bench *bench) {
    struct rig_guest guest = {.text = "more: set a0, 0xc00; li a1, 256; li a2, -1; hcall $console.read; set a2, 0xbfc; "
                                      "lw a3, a2, 0; add a3, a3, a1; sw a3, a2, 0; j more",
                              .capability = &console_rights,
                              .capability_count = 1};
    return rig_add(bench->rig, &guest);
}

static uint32_t bytes_read(const struct bench *bench, uint32_t pid) {
    return load_le32(executive_task(bench->rig->executive, pid)->vm.ram + READER_BUFFER - 4 - ISA_RAM_BASE);
}

static void what_is_sent_reaches_one_task_alone(void) {
    struct bench *bench = opened();
    uint32_t one = add_reader(bench), two = add_reader(bench);
    run_for(bench, 1000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_CONSOLE_SEND, "wbd", two, 0, "hello", (size_t)5));
    CHECK_EQ(5, take_u16(&bench->in));
    run_for(bench, 1000);
    CHECK_EQ(0, bytes_read(bench, one));
    CHECK_EQ(5, bytes_read(bench, two));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 77, ask(bench, OPERATION_CONSOLE_SEND, "wbd", 77u, 0, "x", (size_t)1));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 0, ask(bench, OPERATION_CONSOLE_SEND, "wbd", 0u, 0, "x", (size_t)1));
    uint32_t other = open_on(bench, &bench->other, false, 0);
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, other, OPERATION_SESSION_LOCK, "w", two));
    CHECK_REFUSED(ST_BUSY, WHY_LOCKED, other, ask(bench, OPERATION_CONSOLE_SEND, "wbd", two, 0, "x", (size_t)1));
    CHECK_EQ(ST_OK, ask_as(bench, &bench->other, other, OPERATION_CONSOLE_SEND, "wbd", two, 0, "x", (size_t)1));
    uint32_t observer = open_on(bench, &bench->link, true, 0);
    CHECK_REFUSED(ST_DENIED, WHY_OBSERVER, 0,
                  ask_as(bench, &bench->link, observer, OPERATION_CONSOLE_SEND, "wbd", one, 0, "x", (size_t)1));
}

/* ---- listening: a strict line, whose frames are taken as a peer would ---- */

static uint8_t frame_bytes[LINE_FRAME_BYTES], in_bytes[256], out_bytes[OUT_BYTES];
static struct line line;

/* A line with a session that wants console output. */
static uint32_t listen_on_line(struct bench *bench) {
    const struct line_buffers buffers = {.frame = frame_bytes,
                                         .in = in_bytes,
                                         .in_bytes = sizeof in_bytes,
                                         .out = out_bytes,
                                         .out_bytes = sizeof out_bytes};
    line_init(&line, &buffers, 5, true, true);
    CHECK_EQ(ST_OK, ask_as(bench, &line.link, 0, OPERATION_SESSION_OPEN, "tbbwd", "peer", 1, 1, 0u, "", (size_t)0));
    return take_u32(&bench->in);
}

static size_t show(struct bench *bench, uint32_t pid, uint8_t stream, const char *text) {
    struct executive_output output = {pid, stream};
    size_t length = strlen(text), taken = line_show(&line, bench->hive, &output, (const uint8_t *)text, length);
    line_lose(&line, length - taken);
    return taken;
}

struct heard {
    uint32_t pid, lost;
    uint8_t stream;
    char text[HIVE_MESSAGE_BYTES + 1];
};

/* The next frame that the peer gets; false: none. */
static bool hear_output(struct frame_receiver *receiver, struct heard *heard) {
    const uint8_t *from;
    struct frame frame;
    for (size_t left; (left = line_output(&line, &from)) > 0;) {
        size_t used;
        enum frame_found found = frame_take(receiver, 0, from, left, &used, &frame);
        line_sent(&line, used);
        if (found != FRAME_WHOLE) continue;
        CHECK_EQ(CHANNEL_CONSOLE, frame.channel);
        struct reader in = reader_of(frame.payload, frame.length);
        heard->pid = take_u32(&in);
        heard->stream = take_u8(&in);
        heard->lost = take_u32(&in);
        snprintf(heard->text, sizeof heard->text, "%.*s", (int)(in.length - in.offset),
                 (const char *)in.bytes + in.offset);
        return !in.bad;
    }
    return false;
}

static void a_session_hears_the_streams_that_it_listens_to(void) {
    static uint8_t buffer[FRAME_BUFFER_BYTES(HIVE_MESSAGE_BYTES)];
    struct frame_receiver receiver;
    struct heard heard;
    struct bench *bench = opened();
    uint32_t session = listen_on_line(bench);
    frame_receiver_init(&receiver, buffer, sizeof buffer);
    show(bench, 1, STREAM_OUT, "out\x1b[0m");
    show(bench, 2, STREAM_ERROR, "error");
    CHECK(hear_output(&receiver, &heard));
    CHECK(heard.pid == 1 && heard.stream == STREAM_OUT && heard.lost == 0);
    CHECK_TEXT("out\x1b[0m", heard.text); /* the bytes are as they were written */
    CHECK(hear_output(&receiver, &heard));
    CHECK(heard.pid == 2 && heard.stream == STREAM_ERROR);

    CHECK_EQ(ST_OK, ask_as(bench, &line.link, session, OPERATION_CONSOLE_LISTEN, "wb", 2u, 2));
    CHECK_EQ(3, show(bench, 1, STREAM_OUT, "out")); /* what nobody wants is taken, and not lost */
    CHECK_EQ(3, show(bench, 2, STREAM_OUT, "out"));
    CHECK_EQ(5, show(bench, 1, STREAM_ERROR, "error"));
    show(bench, 2, STREAM_ERROR, "wanted");
    CHECK(hear_output(&receiver, &heard));
    CHECK_TEXT("wanted", heard.text);
    CHECK(heard.pid == 2 && heard.stream == STREAM_ERROR && heard.lost == 0);
    CHECK(!hear_output(&receiver, &heard));

    CHECK_EQ(ST_OK, ask_as(bench, &line.link, session, OPERATION_CONSOLE_LISTEN, "wb", 0u, 0));
    show(bench, 2, STREAM_ERROR, "unwanted");
    CHECK(!hear_output(&receiver, &heard));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 1,
                  ask_as(bench, &line.link, session, OPERATION_CONSOLE_LISTEN, "wb", 0u, 4));
}

static void a_peer_that_is_slow_is_told_how_much_it_lost(void) {
    static uint8_t buffer[FRAME_BUFFER_BYTES(HIVE_MESSAGE_BYTES)];
    struct frame_receiver receiver;
    struct heard heard;
    struct bench *bench = opened();
    (void)listen_on_line(bench);
    frame_receiver_init(&receiver, buffer, sizeof buffer);
    size_t written = 0, told = 0, lost = 0;
    for (int i = 0; i < 400; i++) {
        show(bench, 1, STREAM_OUT, "0123456789");
        written += 10;
    }
    while (hear_output(&receiver, &heard)) {
        told += strlen(heard.text);
        lost += heard.lost;
    }
    CHECK(told > 0 && told < written);
    CHECK_EQ(0, lost); /* nothing came behind the gap yet */
    show(bench, 1, STREAM_OUT, "after");
    CHECK(hear_output(&receiver, &heard));
    CHECK_TEXT("after", heard.text);
    CHECK_EQ(written - told, heard.lost);
    show(bench, 1, STREAM_OUT, "more");
    CHECK(hear_output(&receiver, &heard));
    CHECK_EQ(0, heard.lost); /* it is told once */
}

/* ---- the log ---- */

static void lines_of_the_log_are_listed_and_a_cursor_leads_on(void) {
    struct bench *bench = opened();
    static const char text[] = "<4>cold\n";
    struct rig_guest guest = {.text = "set a0, 0x10000000; li a1, 8; hcall $console.write; li a0, 0; ret",
                              .read_only = text,
                              .read_only_bytes = sizeof text};
    uint32_t pid = rig_add(bench->rig, &guest);
    rig_run(bench->rig, 10000);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_LOG_LIST, "w", 2u));
    CHECK_EQ(2, take_u16(&bench->in)); /* accepted and started are 1 and 2 */
    CHECK_EQ(3, take_u32(&bench->in));
    CHECK(take_u64(&bench->in) < 10000);
    CHECK_EQ(pid, take_u32(&bench->in));
    CHECK_EQ(LOG_WARNING, take_u8(&bench->in));
    CHECK_EQ(LOG_FROM_STDOUT, take_u8(&bench->in));
    CHECK_EQ(0, take_u8(&bench->in));
    CHECK_EQ(4, take_u8(&bench->in));
    const uint8_t *said = take_bytes(&bench->in, 4);
    CHECK(said && memcmp(said, "cold", 4) == 0);
    CHECK_EQ(4, take_u32(&bench->in)); /* it exited */
    CHECK_EQ(ST_OK, ask(bench, OPERATION_LOG_LIST, "w", 4u));
    CHECK_EQ(0, take_u16(&bench->in));
}

static void the_level_of_the_log_is_set_over_a_link(void) {
    struct bench *bench = opened();
    uint32_t pid = add_reader(bench);
    CHECK_EQ(ST_OK, ask(bench, OPERATION_LOG_LEVEL, "wb", 0u, LOG_WARNING));
    CHECK_EQ(LOG_DEBUG, take_u8(&bench->in));
    CHECK_EQ(ST_OK, ask(bench, OPERATION_LOG_LEVEL, "wb", pid, LOG_NOTICE));
    CHECK_EQ(LOG_WARNING, take_u8(&bench->in));
    CHECK_REFUSED(ST_NOT_FOUND, WHY_TASK, 9, ask(bench, OPERATION_LOG_LEVEL, "wb", 9u, LOG_NOTICE));
    CHECK_REFUSED(ST_INVALID, WHY_PARAMETER, 1, ask(bench, OPERATION_LOG_LEVEL, "wb", 0u, 8));
    uint32_t observer = open_on(bench, &bench->link, true, 0);
    CHECK_REFUSED(ST_DENIED, WHY_OBSERVER, 0,
                  ask_as(bench, &bench->link, observer, OPERATION_LOG_LEVEL, "wb", 0u, LOG_DEBUG));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(what_is_sent_reaches_one_task_alone),          TEST(a_session_hears_the_streams_that_it_listens_to),
        TEST(a_peer_that_is_slow_is_told_how_much_it_lost), TEST(lines_of_the_log_are_listed_and_a_cursor_leads_on),
        TEST(the_level_of_the_log_is_set_over_a_link),
    };
    return CHECK_RUN(tests);
}
