/* Any bytes on a line to a hive, in pieces, while time passes: what leaves is whole frames and text, a line that is not
 * strict is never closed, there is always room for what comes next once what leaves has left, and a transfer keeps no
 * more than was said. */
#include "device/executive/line.h"

#include <string.h>

#include "core/base/bytes.h"
#include "device/executive/delivery.h"
#include "test/fuzz/fuzz.h"
#include "test/sim/rig.h"

enum { MEMORY_BYTES = 1 << 18, IN_BYTES = 256, OUT_BYTES = LINE_OUT_BYTES_MIN + 512, CREDIT = 768, FILE_BYTES = 640 };
enum { STEP_US = 50000, PIECE_MAX = 200 };

struct stage {
    struct executive *executive;
    struct hive *hive;
    struct line line;
    struct frame_receiver peer;
    uint64_t now_us;
    uint8_t frame[LINE_FRAME_BYTES], reply[HIVE_MESSAGE_BYTES], in[IN_BYTES], out[OUT_BYTES],
        peer_frame[LINE_FRAME_BYTES];
};

static void set_up(struct stage *stage, bool strict) {
    static struct rig *rig;
    static struct executive_config config;
    static struct hive_config hive_config;
    static _Alignas(16) uint8_t memory[MEMORY_BYTES];
    if (!rig) {
        rig = rig_new();
        rig_start(rig);
        config = rig->config;
        hive_config = hive_config_of_profile();
        hive_config.name = "fuzz";
        hive_config.sessions_max = 2;
        hive_config.history_max = 8;
        hive_config.upload_bytes = 4096;
    }
    struct arena arena = arena_of(memory, sizeof memory);
    memset(stage, 0, sizeof *stage);
    stage->now_us = 1;
    stage->executive = executive_init(&arena, &config);
    stage->hive = stage->executive ? hive_init(&arena, &hive_config, stage->executive) : NULL;
    if (!stage->hive) fuzz_failed("the stage does not fit its memory");
    const struct line_buffers buffers = {.frame = stage->frame,
                                         .reply = stage->reply,
                                         .in = stage->in,
                                         .in_bytes = IN_BYTES,
                                         .out = stage->out,
                                         .out_bytes = OUT_BYTES};
    line_init(&stage->line, &buffers, 1, true, strict);
    stage->line.link.credit = CREDIT;
    frame_receiver_init(&stage->peer, stage->peer_frame, sizeof stage->peer_frame);
}

static void drain(struct stage *stage) {
    const uint8_t *from;
    struct frame frame;
    size_t used;
    for (size_t left; (left = line_output(&stage->line, &from)) > 0; line_sent(&stage->line, used)) {
        if (frame_take(&stage->peer, 0, from, left, &used, &frame) == FRAME_WHOLE && frame.missing > 0)
            fuzz_failed("a frame is missing");
        if (used == 0 || used > left) fuzz_failed("what leaves has no end");
    }
    if (stage->peer.damaged > 0) fuzz_failed("what leaves is no frame");
}

static void settle(struct stage *stage) {
    struct job *job = executive_job(stage->executive);
    if (job) job->run(job);
    if (job) executive_job_done(stage->executive, job);
    (void)executive_step(stage->executive, stage->now_us);
    (void)hive_step(stage->hive, stage->now_us);
}

static void give(struct stage *stage, const uint8_t *bytes, size_t length) {
    uint8_t *to;
    for (int rounds = 0; length > 0; rounds++) {
        size_t room = line_room(&stage->line, &to);
        if (room == 0 && stage->line.closing) return;
        if (room == 0 && rounds > 4 * FUZZ_BYTES_MAX) fuzz_failed("it takes nothing more");
        if (room > length) room = length;
        if (room > 0) memcpy(to, bytes, room);
        if (room > 0) line_came(&stage->line, room);
        bytes += room;
        length -= room;
        line_serve(&stage->line, stage->hive, stage->now_us);
        drain(stage);
    }
}

/* The first byte says whether the line is strict. Then pieces: how long, and how much time passes behind it. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static struct stage stage;
    if (length == 0 || length > FUZZ_BYTES_MAX) return 0;
    const bool strict = (bytes[0] & 1) != 0;
    set_up(&stage, strict);
    for (size_t at = 1; at + 2 <= length;) {
        const size_t said = bytes[at], there = said < length - at - 2 ? said : length - at - 2;
        stage.now_us += (uint64_t)(bytes[at + 1] & 15) * STEP_US;
        give(&stage, bytes + at + 2, there);
        settle(&stage);
        at += 2 + there;
    }
    line_serve(&stage.line, stage.hive, stage.now_us);
    drain(&stage);
    if (!strict && stage.line.closing) fuzz_failed("noise closed a line");
    return 0;
}

/* ---- inputs to begin with */

static void put_frame(struct writer *out, struct frame_sender *sender, enum frame_channel channel, const void *payload,
                      size_t length) {
    uint8_t line[FRAME_LINE_BYTES(HIVE_MESSAGE_BYTES)];
    size_t left = frame_put(sender, channel, payload, length, line, sizeof line);
    for (size_t at = 0; at < left; at += PIECE_MAX) {
        size_t piece = left - at < PIECE_MAX ? left - at : PIECE_MAX;
        put_u8(out, (uint8_t)piece);
        put_u8(out, 0);
        put_bytes(out, line + at, piece);
    }
}

static struct writer request(uint8_t *to, size_t capacity, uint16_t number, uint16_t tag) {
    struct writer out = writer_of(to, capacity);
    put_u8(&out, 1);
    put_u16(&out, number);
    put_u16(&out, tag);
    put_u32(&out, number == OPERATION_SESSION_OPEN ? 0 : 1);
    return out;
}

static void put_transfer(struct random *random, struct writer *out, struct frame_sender *sender) {
    uint8_t message[HIVE_MESSAGE_BYTES], hash[TRANSFER_HASH_BYTES] = {7, 1};
    struct writer begin = request(message, sizeof message, OPERATION_TRANSFER_BEGIN, 2);
    put_u8(&begin, (uint8_t)random_below(random, 2));
    put_u8(&begin, TRANSFER_SLOT_ANY);
    put_u32(&begin, FILE_BYTES);
    put_u16(&begin, TRANSFER_HASH_BYTES);
    put_bytes(&begin, hash, sizeof hash);
    put_frame(out, sender, CHANNEL_OPERATIONS, message, begin.length);
    for (uint32_t at = 0; at < FILE_BYTES; at += 128) {
        struct writer chunk = writer_of(message, sizeof message);
        put_u16(&chunk, transfer_number(hash));
        put_u32(&chunk, random_percent(random, 10) ? (uint32_t)random_64(random) : at);
        for (int i = 0; i < 128; i++) put_u8(&chunk, (uint8_t)(0xf0 + i % 16));
        put_frame(out, sender, CHANNEL_BULK, message, chunk.length);
    }
    for (uint16_t tag = 3; tag < 6; tag++) {
        struct writer end = request(message, sizeof message, OPERATION_TRANSFER_END, tag);
        put_u16(&end, transfer_number(hash));
        put_frame(out, sender, CHANNEL_OPERATIONS, message, end.length);
    }
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static const uint8_t open[] = {0, 0, 1, 0, 0, 0, 0, 0, 0};
    uint8_t message[HIVE_MESSAGE_BYTES];
    struct writer out = writer_of(to, FUZZ_BYTES_MAX);
    struct frame_sender sender = {0};
    put_u8(&out, (uint8_t)random_below(random, 2));
    struct writer session = request(message, sizeof message, OPERATION_SESSION_OPEN, 1);
    put_bytes(&session, open, sizeof open);
    put_frame(&out, &sender, CHANNEL_OPERATIONS, message, session.length);
    if (random_percent(random, 50)) put_frame(&out, &sender, CHANNEL_OPERATIONS, message, session.length);
    if (random_percent(random, 50)) put_frame(&out, &sender, CHANNEL_SIDEBAND, "\2", 1);
    if (random_percent(random, 80)) put_transfer(random, &out, &sender);
    if (random_percent(random, 50)) put_frame(&out, &sender, CHANNEL_CONSOLE, "typed", 5);
    return out.length;
}

void fuzz_mend(uint8_t *bytes, size_t length) {
    (void)bytes;
    (void)length;
}
