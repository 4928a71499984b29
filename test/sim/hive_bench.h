/* hive_bench: a hive on the rig's board, operated byte for byte over two links, and a task that offers values and a
 * command. For tests, in each of which it is a copy of its own, because failures are counted there. */
#ifndef SKEP_TEST_SIM_HIVE_BENCH_H
#define SKEP_TEST_SIM_HIVE_BENCH_H

#include <stdarg.h>

#include "core/base/require.h"
#include "core/wire/command_row.h"
#include "device/executive/calls_table.h"
#include "device/executive/operation.h"
#include "test/sim/rig.h"
#include "test/unit/check.h"

enum {
    MEMORY_BYTES = 1 << 20,
    UPLOAD_BYTES = 32768,
    SESSIONS = PROFILE_SESSIONS_MAX < 3 ? PROFILE_SESSIONS_MAX : 3,
    UPLOADS = PROFILE_UPLOADS_MAX
};
static const uint8_t token[] = "a token of this test";

struct bench {
    struct rig *rig;
    struct hive_config config;
    struct hive *hive;
    _Alignas(16) uint8_t memory[MEMORY_BYTES];
    struct hive_link link, other;
    uint8_t reply[HIVE_MESSAGE_BYTES];
    struct reader in; /* what follows the status of the last reply */
    uint32_t session;
};

static inline struct bench *bench_new(void) {
    static struct bench bench;
    memset(&bench, 0, sizeof bench);
    bench.rig = rig_new();
    rig_start(bench.rig);
    bench.config = hive_config_of_profile();
    bench.config.name = "bench";
    bench.config.boot = 77;
    bench.config.token = token;
    bench.config.token_bytes = sizeof token;
    bench.config.sessions_max = SESSIONS;
    bench.config.history_max = 16;
    bench.config.upload_bytes = UPLOAD_BYTES;
    struct arena arena = arena_of(bench.memory, sizeof bench.memory);
    bench.hive = hive_init(&arena, &bench.config, bench.rig->executive);
    require(bench.hive != NULL && arena.used_bytes <= hive_bytes(&bench.config));
    bench.link = (struct hive_link){.number = 1, .trusted = true};
    bench.other = (struct hive_link){.number = 2, .trusted = true};
    return &bench;
}

static inline void run_for(struct bench *bench, uint64_t us) {
    struct rig *rig = bench->rig;
    uint64_t until_us = rig->sim.now_us + us;
    do {
        struct job *job = executive_job(rig->executive);
        if (job) job->run(job);
        if (job) executive_job_done(rig->executive, job);
        uint64_t due_us = executive_step(rig->executive, rig->sim.now_us);
        (void)hive_step(bench->hive, rig->sim.now_us);
        sim_spend(&rig->sim, rig->executive->step_words);
        if (due_us > until_us) due_us = until_us;
        if (due_us > rig->sim.now_us) sim_advance(&rig->sim, due_us);
    } while (rig->sim.now_us < until_us);
}

/* Sends a request whose parameters are `format`: b u8, h u16, w u32, q u64, t text, d bytes and length. */
static inline int ask_on(struct bench *bench, struct hive_link *link, uint32_t session, unsigned number,
                         const char *format, va_list values) {
    uint8_t request[HIVE_MESSAGE_BYTES];
    struct writer out = writer_of(request, sizeof request);
    put_u8(&out, 1);
    put_u16(&out, (uint16_t)number);
    put_u16(&out, 0x1234);
    put_u32(&out, session);
    for (; *format; format++) {
        const char *text = *format == 't' || *format == 'd' ? va_arg(values, const char *) : NULL;
        if (*format == 'b') put_u8(&out, (uint8_t)va_arg(values, int));
        if (*format == 'h') put_u16(&out, (uint16_t)va_arg(values, int));
        if (*format == 'w') put_u32(&out, va_arg(values, uint32_t));
        if (*format == 'q') put_u64(&out, va_arg(values, uint64_t));
        size_t length = *format == 't' ? strlen(text) : *format == 'd' ? va_arg(values, size_t) : 0;
        if (*format == 't') put_u8(&out, (uint8_t)length);
        if (*format == 'd') put_u16(&out, (uint16_t)length);
        if (text) put_bytes(&out, text, length);
    }
    require(!out.full);
    size_t length =
        hive_request(bench->hive, link, bench->rig->sim.now_us, request, out.length, bench->reply, sizeof bench->reply);
    bench->in = reader_of(bench->reply, length);
    CHECK_EQ(2, take_u8(&bench->in));
    CHECK_EQ(number, take_u16(&bench->in));
    CHECK_EQ(0x1234, take_u16(&bench->in));
    return (int16_t)take_u16(&bench->in);
}

static inline int ask(struct bench *bench, unsigned number, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int status = ask_on(bench, &bench->link, bench->session, number, format, values);
    va_end(values);
    return status;
}

static inline int ask_as(struct bench *bench, struct hive_link *link, uint32_t session, unsigned number,
                         const char *format, ...) {
    va_list values;
    va_start(values, format);
    int status = ask_on(bench, link, session, number, format, values);
    va_end(values);
    return status;
}

#define CHECK_REFUSED(want_status, want_reason, want_detail, got_status)                                               \
    do {                                                                                                               \
        CHECK_EQ(want_status, got_status);                                                                             \
        CHECK_EQ(want_reason, take_u8(&bench->in));                                                                    \
        CHECK_EQ(want_detail, take_u32(&bench->in));                                                                   \
    } while (0)

static inline uint32_t open_on(struct bench *bench, struct hive_link *link, bool observer, uint32_t heartbeat_ms) {
    CHECK_EQ(ST_OK, ask_as(bench, link, 0, OPERATION_SESSION_OPEN, "tbbwd", "tester", observer, 0, heartbeat_ms, "",
                           (size_t)0));
    return take_u32(&bench->in);
}

static inline struct bench *opened(void) {
    struct bench *bench = bench_new();
    bench->session = open_on(bench, &bench->link, false, 0);
    CHECK(bench->session != 0);
    return bench;
}

/* The next message for a link: its number, and in bench->in what follows. 0: none. */
static inline int hear(struct bench *bench, struct hive_link *link, uint64_t *sequence) {
    *sequence = 0;
    size_t length = hive_news(bench->hive, link, bench->reply, sizeof bench->reply);
    bench->in = reader_of(bench->reply, length);
    if (length == 0) return 0;
    CHECK_EQ(3, take_u8(&bench->in));
    (void)take_u32(&bench->in);
    *sequence = take_u64(&bench->in);
    (void)take_u64(&bench->in);
    return take_u8(&bench->in);
}

enum { PIN = 4711, VALUES = 4, VALUE_ID = 0x200, COMMAND_ID = 0x107, HANDLER_WORD = 4 };

/* i32 values 0x200 to 0x203 of the levels public to factory, the last of which asks for a PIN; within 0 to 100. */
static inline void put_values(uint8_t rows[VALUES * VALUE_ROW_BYTES]) {
    memset(rows, 0, VALUES * VALUE_ROW_BYTES);
    for (uint8_t i = 0; i < VALUES; i++) {
        uint8_t *row = rows + i * VALUE_ROW_BYTES;
        store_le16(row, (uint16_t)(VALUE_ID + i));
        row[2] = VALUE_I32;
        row[3] = i == LEVEL_FACTORY ? VALUE_PIN : 0;
        row[4] = row[5] = i;
        store_le32(row + 12, 10u + i);
        store_le32(row + 20, 100);
        store_le32(row + 28, i == LEVEL_FACTORY ? PIN : 0);
        memcpy(row + 32, "level", 5);
        row[37] = (uint8_t)('0' + i);
        row[48] = 'C';
    }
}

/* Adds its two arguments; for users, and takes a PIN. */
static inline void put_command(uint8_t row[COMMAND_ROW_BYTES]) {
    memset(row, 0, COMMAND_ROW_BYTES);
    store_le16(row, COMMAND_ID);
    row[2] = COMMAND_PIN;
    row[3] = LEVEL_USER;
    row[4] = 2;
    row[5] = row[6] = row[9] = VALUE_I32;
    store_le32(row + 16, ISA_RO_BASE);
    store_le32(row + 20, PIN);
    memcpy(row + 24, "add", 3);
    memcpy(row + 40, "adds", 4);
}

static inline void add_thing(struct bench *bench) {
    static const uint8_t window[4] = {HANDLER_WORD, 0, 0, ISA_CODE_BASE >> 24};
    static const struct artifact_capability rights[] = {{.group = CALL_GROUP_MAILBOX, .mode = 7, .last = UINT32_MAX},
                                                        {.group = CALL_GROUP_VALUE, .mode = 7, .last = 0xffff},
                                                        {.group = CALL_GROUP_COMMAND, .mode = 3, .last = 0xffff}};
    uint8_t values[VALUES * VALUE_ROW_BYTES], command[COMMAND_ROW_BYTES];
    put_values(values);
    put_command(command);
    struct rig_guest guest = {.text = ".entry main; func work taken=1; add a0, a0, a1; ret; func main;"
                                      "loop: li a0, 1000; hcall $task.sleep_ms; j loop",
                              .values = values,
                              .value_count = VALUES,
                              .commands = command,
                              .command_count = 1,
                              .read_only = window,
                              .read_only_bytes = sizeof window,
                              .capability = rights,
                              .capability_count = 3};
    (void)rig_load(bench->rig, &guest);
    run_for(bench, 5000);
}

#endif
