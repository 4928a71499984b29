/* Any requests in any order, on two links, while time passes, links close and tasks run that have values, commands,
 * mailboxes and subscriptions: each gets a reply that is
 * one, news are whole, and what is told as missed was. The input is a list of steps: an action, a length, its bytes. */
#include <stdlib.h>
#include <string.h>

#include "device/executive/operation.h"
#include "device/executive/operation_table.h"
#include "test/fuzz/fuzz.h"
#include "test/sim/busy.h"
#include "test/sim/rig.h"

enum { SESSIONS = 3, HISTORY = 8, TOKEN_BYTES = 16, MEMORY_BYTES = 1 << 18, STEP_US = 100000 };
enum action { ACTION_ASK = 200, ACTION_TIME = 220, ACTION_NEWS = 240 }; /* below: that; above: a link closes */

static const uint8_t token[] = "0123456789abcdef";

struct stage {
    struct executive *executive;
    struct hive *hive;
    struct hive_link link[2];
    uint64_t now_us;
};

static void settle(struct stage *stage) {
    struct job *job = executive_job(stage->executive);
    if (job) job->run(job);
    if (job) executive_job_done(stage->executive, job);
    (void)executive_step(stage->executive, stage->now_us);
    (void)hive_step(stage->hive, stage->now_us);
}

static void set_up(struct stage *stage) {
    static struct rig *rig;
    static struct executive_config config;
    static _Alignas(16) uint8_t memory[MEMORY_BYTES];
    static struct hive_config hive_config;
    static size_t packed[BUSY_KINDS];
    if (!rig) {
        rig = rig_new();
        rig_start(rig);
        busy_pack(rig, packed);
        config = rig->config;
        hive_config = hive_config_of_profile();
        hive_config.name = "fuzz";
        hive_config.token = token;
        hive_config.token_bytes = TOKEN_BYTES;
        hive_config.sessions_max = SESSIONS;
        hive_config.history_max = HISTORY;
        hive_config.upload_bytes = 4096;
    }
    struct arena arena = arena_of(memory, sizeof memory);
    *stage = (struct stage){.executive = executive_init(&arena, &config), .now_us = 1};
    stage->hive = stage->executive ? hive_init(&arena, &hive_config, stage->executive) : NULL;
    if (!stage->hive) fuzz_failed("the stage does not fit its memory");
    stage->link[0] = (struct hive_link){.number = 1, .trusted = true};
    stage->link[1] = (struct hive_link){.number = 2};
    for (size_t i = 0; i < BUSY_KINDS; i++) {
        uint16_t load;
        (void)executive_load(stage->executive, rig->artifact[packed[i]].bytes, rig->artifact[packed[i]].length, &load);
        for (int step = 0; step < 4; step++) settle(stage);
    }
}

static void ask(struct stage *stage, struct hive_link *link, const uint8_t *bytes, size_t length) {
    uint8_t reply[HIVE_MESSAGE_BYTES];
    bool was_trusted = link->trusted;
    size_t got = hive_request(stage->hive, link, stage->now_us, bytes, length, reply, sizeof reply);
    if (got == 0) {
        if (length >= 9 && bytes[0] == 1) fuzz_failed("a request got no reply");
        return;
    }
    if (got < 7 || got > sizeof reply || reply[0] != 2 || memcmp(reply + 1, bytes + 1, 4) != 0)
        fuzz_failed("what came is no reply to it");
    bool answered = load_le16(reply + 5) == 0, has_token = false;
    for (size_t i = 0; i + TOKEN_BYTES <= length; i++) has_token |= memcmp(bytes + i, token, TOKEN_BYTES) == 0;
    if (!was_trusted && !has_token && (answered || link->trusted)) fuzz_failed("who is not trusted was answered");
}

static void take_news(struct stage *stage, struct hive_link *link) {
    uint8_t message[HIVE_MESSAGE_BYTES];
    for (int i = 0; i < 4 * HISTORY * SESSIONS; i++) {
        size_t length = hive_news(stage->hive, link, message, sizeof message);
        if (length == 0) return;
        if (length < 22 || message[0] != 3) fuzz_failed("what came is no event");
        if (!session_find(&stage->hive->sessions, load_le32(message + 1))) fuzz_failed("nobody was told something");
        if (message[21] == EVENT_NUMBER_EVENT_MISSED && load_le64(message + 22) > load_le64(message + 30))
            fuzz_failed("a range ends before it begins");
    }
    fuzz_failed("there is no end of news");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct stage stage;
    set_up(&stage);
    for (size_t at = 0; at + 2 <= length;) {
        uint8_t action = bytes[at], size = bytes[at + 1];
        struct hive_link *link = &stage.link[action & 1];
        at += 2;
        if (action < ACTION_ASK) {
            size_t there = size < length - at ? size : length - at;
            ask(&stage, link, bytes + at, there);
            at += there;
        } else if (action < ACTION_TIME) {
            stage.now_us += (uint64_t)size * STEP_US;
            settle(&stage);
        } else if (action < ACTION_NEWS) {
            take_news(&stage, link);
        } else {
            hive_link_closed(stage.hive, link);
        }
    }
    return 0;
}

/* ---- inputs to begin with */

/* A request of session 1 on a link, but for its parameters. */
static void put_request(struct writer *out, int link, uint16_t number, uint32_t parameters_bytes) {
    put_u8(out, (uint8_t)link);
    put_u8(out, (uint8_t)(9 + parameters_bytes));
    put_u8(out, 1);
    put_u16(out, number);
    put_u16(out, 7);
    put_u32(out, number == OPERATION_SESSION_OPEN ? 0 : 1 + (out->length % 7 == 0));
}

static void put_open(struct writer *out, int link, uint32_t token_bytes) {
    put_request(out, link, OPERATION_SESSION_OPEN, 9 + token_bytes);
    put_u8(out, 0);
    put_u16(out, 0);
    put_u32(out, 0);
    put_u16(out, (uint16_t)token_bytes);
    put_bytes(out, token, token_bytes);
}

static void put_subscribe(struct writer *out, struct random *random) {
    put_request(out, 0, OPERATION_EVENT_SUBSCRIBE, 22);
    put_u64(out, random_below(random, 2));
    put_u32(out, 0);
    put_u64(out, 0);
    put_u16(out, (uint16_t)random_below(random, 4));
}

/* An artifact that is none: two events. */
static void put_load(struct writer *out) {
    put_request(out, 0, OPERATION_TASK_LOAD_BEGIN, 4);
    put_u32(out, 1);
    put_request(out, 0, OPERATION_TASK_LOAD_CHUNK, 9);
    put_u16(out, 1);
    put_u32(out, 0);
    put_u16(out, 1);
    put_u8(out, 0);
    put_request(out, 0, OPERATION_TASK_LOAD_END, 2);
    put_u16(out, 1);
    put_u8(out, ACTION_ASK);
    put_u8(out, 0);
}

/* Numbers that name something more often than not: pids, object ids, slots, tickets. */
static uint64_t any_number(struct random *random) {
    return random_percent(random, 80) ? random_below(random, 6) : random_edge(random);
}

static void put_parameter(struct writer *out, struct random *random, const struct operation_field *field) {
    uint32_t kind = field->kind & FIELD_KIND, length = random_below(random, field->most < 12 ? field->most + 1u : 12);
    if (kind == FIELD_TEXT) put_u8(out, (uint8_t)length);
    if (kind == FIELD_BYTES) put_u16(out, (uint16_t)length);
    if (kind == FIELD_TEXT || kind == FIELD_BYTES)
        for (; length > 0; length--) put_u8(out, (uint8_t)('a' + random_below(random, 26)));
    uint64_t number = any_number(random);
    if (kind == 1) put_u8(out, (uint8_t)number);
    if (kind == 2) put_u16(out, (uint16_t)number);
    if (kind == 4) put_u32(out, (uint32_t)number);
    if (kind == 8) put_u64(out, number);
}

/* An operation of the table, with parameters of its row; now and then with a few bytes that are none. */
static void put_any(struct writer *out, struct random *random) {
    uint8_t bytes[128];
    struct writer parameters = writer_of(bytes, sizeof bytes);
    const struct operation_row *row =
        &operation_table.operations[random_below(random, operation_table.operation_count)];
    for (uint32_t i = 0; i < row->parameters.count; i++)
        put_parameter(&parameters, random, &operation_table.fields[row->parameters.first + i]);
    if (random_percent(random, 10)) put_u8(&parameters, (uint8_t)random_64(random));
    put_request(out, random_percent(random, 15), row->number, (uint32_t)parameters.length);
    put_bytes(out, bytes, parameters.length);
}

/* Locked by the one or the other session, and told of everything. */
static void put_beginning(struct writer *out, struct random *random) {
    put_open(out, 0, 0);
    if (random_percent(random, 50)) put_open(out, 0, 0);
    if (random_percent(random, 80)) put_subscribe(out, random);
    for (uint32_t left = random_below(random, 3); left > 0; left--) {
        put_request(out, 0, OPERATION_SESSION_LOCK, 4);
        put_u32(out, 1 + random_below(random, BUSY_KINDS));
    }
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    struct writer out = writer_of(to, FUZZ_BYTES_MAX);
    put_beginning(&out, random);
    for (uint32_t left = random_below(random, 60); left > 0; left--) {
        uint32_t what = random_below(random, 10);
        if (what < 6) put_any(&out, random);
        if (what >= 6 && what < 8) put_load(&out);
        if (what == 8) put_open(&out, 1, TOKEN_BYTES - random_below(random, 2));
        if (what != 9) continue;
        put_u8(&out, (uint8_t)(ACTION_ASK + random_below(random, 56)));
        put_u8(&out, (uint8_t)random_below(random, 8));
    }
    return out.length;
}

void fuzz_mend(uint8_t *bytes, size_t length) { (void)bytes, (void)length; }
