/* The bootloader on its line: what is answered, what is refused, and that no noise, damage or disorder on the line does
 * more than cost time. Identifiers are those of a catalogue of attacks on serial transports. */
#include <stdlib.h>

#include "core/base/bytes.h"
#include "device/boot/server.h"
#include "test/boot/rig.h"
#include "test/unit/check.h"

enum { INFO = 15 * 64, START = INFO + 2, PREVIOUS = INFO + 3, HASH = INFO + 4, STATE = INFO + 5, SLOTS = INFO + 6 };
enum { BEGIN = 16 * 64, END = BEGIN + 1, ABORT = BEGIN + 2, SILENT = 1, REPLY_MAX = 256 };

static const struct geometry usual = {2048, 8, 0xff, 2};

/* A device and who speaks to it. */
struct talk {
    struct rig rig;
    struct boot boot;
    struct boot_server server;
    struct frame_sender sender;
    uint32_t now_ms;
    uint8_t reply[REPLY_MAX];
    size_t reply_bytes;
    uint16_t tag;
};

static void talk_to(struct talk *talk, bool with_v1) {
    memset(talk, 0, sizeof *talk);
    rig_init(&talk->rig, &usual);
    rig_blank(&talk->rig);
    if (with_v1) {
        struct file v1 = rig_image(&talk->rig, 0, 1, 10, KEY_FIRMWARE);
        rig_update(&talk->rig, &v1, 0);
        free(v1.bytes);
    }
    boot_open(&talk->boot, &talk->rig.board);
    boot_server_init(&talk->server, &talk->boot, "bench", !with_v1);
}

/* Bytes on the line; keeps the payload of the last frame that came back. */
static void say(struct talk *talk, const uint8_t *bytes, size_t length) {
    uint8_t line[BOOT_LINE_BYTES], room[FRAME_BUFFER_BYTES(REPLY_MAX)];
    struct frame_receiver receiver;
    frame_receiver_init(&receiver, room, sizeof room);
    for (size_t used = 0; used < length;) {
        used += boot_server_feed(&talk->server, talk->now_ms, bytes + used, length - used);
        const size_t answered = boot_server_drain(&talk->server, line, sizeof line);
        struct frame frame;
        size_t part;
        if (answered == 0 || frame_take(&receiver, 0, line, answered, &part, &frame) != FRAME_WHOLE) continue;
        talk->reply_bytes = frame.length;
        memcpy(talk->reply, frame.payload, frame.length);
    }
}

static size_t make_frame(struct talk *talk, enum frame_channel channel, const void *payload, size_t length,
                         uint8_t *to) {
    return frame_put(&talk->sender, channel, payload, length, to, FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX));
}

/* The status of the reply; SILENT: none. */
static int ask(struct talk *talk, uint16_t operation, const void *parameters, size_t length) {
    uint8_t request[64] = {1}, line[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)];
    store_le16(request + 1, operation);
    store_le16(request + 3, ++talk->tag);
    memcpy(request + 9, parameters, length);
    talk->reply_bytes = 0;
    say(talk, line, make_frame(talk, CHANNEL_OPERATIONS, request, 9 + length, line));
    return talk->reply_bytes < 7 ? SILENT : (int16_t)load_le16(talk->reply + 5);
}

static int begin(struct talk *talk, uint8_t target, const struct file *file) {
    uint8_t parameters[40] = {target, 255};
    store_le32(parameters + 2, file->length);
    store_le16(parameters + 6, TRUST_HASH_BYTES);
    trust_hash_of(file->bytes, file->length, parameters + 8);
    return ask(talk, BEGIN, parameters, sizeof parameters);
}

/* What is answered to a chunk (enum transfer_what); -1: nothing. */
static int chunk(struct talk *talk, const struct file *file, uint32_t offset, uint32_t length) {
    uint8_t payload[TRANSFER_HEAD_BYTES + BOOT_CHUNK_BYTES] = {0}, line[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)];
    uint8_t hash[TRUST_HASH_BYTES];
    trust_hash_of(file->bytes, file->length, hash);
    store_le16(payload, transfer_number(hash));
    store_le32(payload + 2, offset);
    if (offset < file->length)
        memcpy(payload + TRANSFER_HEAD_BYTES, file->bytes + offset,
               length < file->length - offset ? length : file->length - offset);
    talk->reply_bytes = 0;
    say(talk, line, make_frame(talk, CHANNEL_BULK, payload, TRANSFER_HEAD_BYTES + length, line));
    return talk->reply_bytes == TRANSFER_ANSWER_BYTES ? talk->reply[2] : -1;
}

static int end(struct talk *talk, const struct file *file) {
    uint8_t parameters[2], hash[TRUST_HASH_BYTES];
    trust_hash_of(file->bytes, file->length, hash);
    store_le16(parameters, transfer_number(hash));
    return ask(talk, END, parameters, sizeof parameters);
}

static void send_from(struct talk *talk, const struct file *file, uint32_t offset) {
    for (; offset < file->length; offset += BOOT_CHUNK_BYTES) {
        const uint32_t left = file->length - offset;
        CHECK_EQ(TRANSFER_TAKEN, chunk(talk, file, offset, left < BOOT_CHUNK_BYTES ? left : BOOT_CHUNK_BYTES));
    }
}

static void in_recovery_images_are_taken_and_nothing_else_is_done(void) {
    static struct talk talk;
    talk_to(&talk, false);
    struct file v1 = rig_image(&talk.rig, 0, 1, 10, KEY_FIRMWARE);
    CHECK_EQ(ST_OK, ask(&talk, INFO, "", 0));
    CHECK_EQ(ST_OK, ask(&talk, SLOTS, "\0\0\0\0", 4));
    CHECK_EQ(ST_OK, ask(&talk, STATE, "", 0));
    CHECK_EQ(ST_DENIED, ask(&talk, START, "", 0));
    CHECK_EQ(ST_DENIED, ask(&talk, PREVIOUS, "", 0));
    CHECK_EQ(ST_DENIED, ask(&talk, HASH, "\0\0\0\0\0\1\0\0", 8));
    CHECK_EQ(ST_UNSUPPORTED, ask(&talk, 2 * 64, "", 0));
    CHECK_EQ(ST_OK, begin(&talk, TRANSFER_FIRMWARE, &v1));
    send_from(&talk, &v1, 0);
    CHECK_EQ(ST_OK, end(&talk, &v1));
    CHECK_EQ(ST_OK, ask(&talk, START, "", 0));
    CHECK(talk.server.wants_to_end);
    free(v1.bytes);
}

static void requests_of_a_wrong_length_are_refused(void) {
    static struct talk talk;
    talk_to(&talk, true);
    for (uint16_t operation = INFO; operation <= SLOTS; operation++)
        CHECK(ask(&talk, operation, "123456789012345", 15) != ST_OK);
    for (uint16_t operation = BEGIN; operation <= ABORT; operation++)
        CHECK_EQ(ST_INVALID, ask(&talk, operation, "123456789012345", 15));
}

static void a_request_that_comes_again_is_answered_again_and_done_once(void) {
    static struct talk talk;
    talk_to(&talk, true);
    struct file v2 = rig_image(&talk.rig, 1, 2, 10, KEY_FIRMWARE);
    rig_update(&talk.rig, &v2, 1);
    boot_open(&talk.boot, &talk.rig.board);
    CHECK_EQ(1, talk.boot.state.active);
    CHECK_EQ(ST_OK, ask(&talk, PREVIOUS, "", 0));
    CHECK_EQ(0, talk.boot.state.active);
    talk.tag--; /* byte for byte the same */
    CHECK_EQ(ST_OK, ask(&talk, PREVIOUS, "", 0));
    CHECK_EQ(0, talk.boot.state.active);
    CHECK_EQ(ST_OK, ask(&talk, PREVIOUS, "", 0));
    CHECK_EQ(1, talk.boot.state.active);
    free(v2.bytes);
}

/* D01, D08, D09: noise, frames that never end, escapes at the edge of the buffer. */
static void noise_between_frames_costs_no_frame(void) {
    static struct talk talk;
    uint32_t random = 12345;
    talk_to(&talk, true);
    for (int round = 0; round < 300; round++) {
        uint8_t noise[700];
        for (size_t i = 0; i < sizeof noise; i++) {
            random = random * 1664525 + 1013904223;
            noise[i] = round % 3 == 0 ? (uint8_t)(random >> 24) : round % 3 == 1 ? 0xfa : (uint8_t)(random >> 25);
        }
        if (round % 4 == 0) noise[0] = 0xf8;
        say(&talk, noise, sizeof noise);
        CHECK_EQ(ST_OK, ask(&talk, INFO, "", 0));
    }
    CHECK_EQ(0, rig_boot(&talk.rig, &talk.boot));
}

/* D02, D03: a length that is not the frame's, a check that is wrong. */
static void damaged_frames_are_not_answered(void) {
    static struct talk talk;
    talk_to(&talk, true);
    uint8_t request[9] = {1}, line[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)];
    store_le16(request + 1, INFO);
    const size_t length = make_frame(&talk, CHANNEL_OPERATIONS, request, sizeof request, line);
    for (size_t bit = 8; bit < 8 * (length - 1); bit++) {
        talk.reply_bytes = 0;
        line[bit / 8] ^= (uint8_t)(1u << bit % 8);
        say(&talk, line, length);
        line[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK_EQ(0, talk.reply_bytes);
    }
    say(&talk, line, length);
    CHECK(talk.reply_bytes > 0);
}

/* D04, D05, D06: chunks twice, out of order, missing, overlapping, behind the end; other bytes at a place that is
 * there. */
static void chunks_in_disorder_change_nothing(void) {
    static struct talk talk;
    talk_to(&talk, true);
    struct file v2 = rig_image(&talk.rig, 1, 2, 11, KEY_FIRMWARE), other = rig_image(&talk.rig, 1, 3, 11, KEY_FIRMWARE);
    CHECK_EQ(ST_OK, begin(&talk, TRANSFER_FIRMWARE, &v2));
    CHECK_EQ(TRANSFER_GAP, chunk(&talk, &v2, 512, 256));
    CHECK_EQ(TRANSFER_TAKEN, chunk(&talk, &v2, 0, 256));
    CHECK_EQ(TRANSFER_HAD, chunk(&talk, &v2, 0, 256));
    CHECK_EQ(-1, chunk(&talk, &other, 256, 256)); /* of another transfer */
    CHECK_EQ(TRANSFER_HAD, chunk(&talk, &v2, 128, 256));
    CHECK_EQ(-1, chunk(&talk, &v2, 250, 256)); /* not on a boundary */
    CHECK_EQ(TRANSFER_TAKEN, chunk(&talk, &v2, 256, 256));
    send_from(&talk, &v2, 512);
    CHECK_EQ(ST_OK, end(&talk, &v2));
    CHECK_EQ(ST_OK, end(&talk, &v2)); /* again: the same */
    CHECK_EQ(1, rig_boot(&talk.rig, &talk.boot));
    free(v2.bytes);
    free(other.bytes);
}

static void a_chunk_behind_the_end_ends_the_transfer_and_leaves_the_active_slot(void) {
    static struct talk talk;
    talk_to(&talk, true);
    struct file v2 = rig_image(&talk.rig, 1, 2, 11, KEY_FIRMWARE);
    CHECK_EQ(ST_OK, begin(&talk, TRANSFER_FIRMWARE, &v2));
    CHECK_EQ(TRANSFER_TAKEN, chunk(&talk, &v2, 0, 256));
    CHECK_EQ(TRANSFER_OVER, chunk(&talk, &v2, v2.length / 16 * 16, 256));
    CHECK(end(&talk, &v2) != ST_OK);
    CHECK_EQ(0, rig_boot(&talk.rig, &talk.boot));
    free(v2.bytes);
}

/* D07: a byte at a time, with pauses of less and of more than the line's patience. */
static void a_slow_peer_is_heard_and_a_too_slow_one_starts_again(void) {
    static struct talk talk;
    talk_to(&talk, true);
    for (uint32_t pause_ms = 100; pause_ms <= 300; pause_ms += 200) {
        uint8_t request[9] = {1}, line[FRAME_LINE_BYTES(FRAME_PAYLOAD_MAX)];
        store_le16(request + 1, INFO);
        store_le16(request + 3, (uint16_t)pause_ms);
        const size_t length = make_frame(&talk, CHANNEL_OPERATIONS, request, sizeof request, line);
        talk.reply_bytes = 0;
        for (size_t i = 0; i < length; i++, talk.now_ms += pause_ms) say(&talk, line + i, 1);
        CHECK_EQ(pause_ms == 100, talk.reply_bytes > 0);
        CHECK_EQ(ST_OK, ask(&talk, INFO, "", 0));
    }
}

static void flash_is_measured_in_bounds_and_not_often(void) {
    static struct talk talk;
    talk_to(&talk, true);
    uint8_t range[8], hash[TRUST_HASH_BYTES];
    const uint32_t slot = talk.rig.board.slot[0].offset, bytes = talk.rig.board.slot[0].bytes;
    const struct {
        uint32_t offset, length;
        int status;
    } rows[] = {
        {slot, 255, ST_RANGE},
        {slot, 0, ST_RANGE},
        {slot - 1, 256, ST_RANGE},
        {talk.rig.board.journal, 256, ST_RANGE},
        {slot + bytes - 255, bytes + 256, ST_RANGE},
        {0xffffff00, 0x200, ST_RANGE},
        {slot, 256, ST_OK},
        {slot, 257, ST_BUSY},
    };
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        store_le32(range, rows[i].offset);
        store_le32(range + 4, rows[i].length);
        CHECK_EQ(rows[i].status, ask(&talk, HASH, range, sizeof range));
    }
    talk.now_ms += BOOT_MEASURE_MS;
    CHECK_EQ(ST_OK, ask(&talk, HASH, range, sizeof range));
    trust_hash_of(talk.rig.flash.bytes + slot, 257, hash);
    CHECK(memcmp(hash, talk.reply + 9, sizeof hash) == 0);
}

static const struct check_test tests[] = {
    TEST(in_recovery_images_are_taken_and_nothing_else_is_done),
    TEST(requests_of_a_wrong_length_are_refused),
    TEST(a_request_that_comes_again_is_answered_again_and_done_once),
    TEST(noise_between_frames_costs_no_frame),
    TEST(damaged_frames_are_not_answered),
    TEST(chunks_in_disorder_change_nothing),
    TEST(a_chunk_behind_the_end_ends_the_transfer_and_leaves_the_active_slot),
    TEST(a_slow_peer_is_heard_and_a_too_slow_one_starts_again),
    TEST(flash_is_measured_in_bounds_and_not_often),
};

int main(void) { return CHECK_RUN(tests); }
