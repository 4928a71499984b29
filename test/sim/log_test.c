/* The log: lines with time, task and level; what a terminal would obey is not in them; nobody fills it for the others.
 */
#include "device/executive/log.h"

#include "test/sim/steps.h"
#include "test/unit/check.h"

#include <stdlib.h>

static struct rig *begin(void) {
    struct rig *rig = rig_new();
    rig_start(rig);
    return rig;
}

/* A task that does nothing, for bytes that are written in its name. */
static const struct task *idle(struct rig *rig) {
    uint32_t pid = steps_add(rig, STEPS(CALL("task.sleep_ms", NULL, {60000})));
    return executive_task(rig->executive, pid);
}

static void put(struct rig *rig, const struct task *task, enum task_stream stream, const char *text) {
    log_output(rig->executive, task, stream, (const uint8_t *)text, strlen(text));
}

/* The n-th line of that task's streams, from 0; "": there is none. */
static struct log_line line_of(struct rig *rig, uint32_t pid, size_t n) {
    struct log_line line = {.sequence = 0};
    while (log_next(rig->executive, line.sequence, &line)) {
        if (line.source != LOG_FROM_HIVE && line.pid == pid && n-- == 0) return line;
    }
    return (struct log_line){.text = ""};
}

static void what_is_written_becomes_lines(void) {
    struct rig *rig = rig_new();
    rig->sim.start_us = 5000;
    rig_start(rig);
    static const char text[] = "one\n\ntwo\nthree";
    struct rig_guest guest = {.read_only = text, .read_only_bytes = sizeof text};
    uint32_t pid = steps_add_with(rig,
                                  STEPS(CALL("console.write", NULL, {ISA_RO_BASE, 2}),
                                        CALL("console.write", NULL, {ISA_RO_BASE + 2, 12}),
                                        CALL("console.write_error", NULL, {ISA_RO_BASE, 4})),
                                  guest);
    rig_run(rig, 1000000);
    static const char *const want[] = {"one", "two", "three", "one", ""};
    for (size_t i = 0; i < 5; i++) CHECK_TEXT(want[i], line_of(rig, pid, i).text);
    struct log_line line = line_of(rig, pid, 0);
    CHECK(line.source == LOG_FROM_STDOUT && line.level == LOG_INFO && !line.continues && line.time_us >= 5000);
    line = line_of(rig, pid, 3);
    CHECK(line.source == LOG_FROM_STDERR && line.level == LOG_ERROR);
    CHECK_EQ(2 + 12 + 4, rig->output_bytes); /* the stream has every byte */
}

static void a_mark_says_the_level(void) {
    struct rig *rig = begin();
    const struct task *task = idle(rig);
    put(rig, task, STREAM_OUT, "<3>bad\n<7>chatter\n<8>no level\n<3\nx<2>inside\n");
    put(rig, task, STREAM_ERROR, "<6>harmless\n");
    static const struct {
        const char *text;
        uint8_t level;
    } want[] = {{"bad", LOG_ERROR}, {"chatter", LOG_DEBUG},   {"<8>no level", LOG_INFO},
                {"<3", LOG_INFO},   {"x<2>inside", LOG_INFO}, {"harmless", LOG_INFO}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct log_line line = line_of(rig, task->pid, i);
        CHECK_TEXT(want[i].text, line.text);
        CHECK_EQ(want[i].level, line.level);
    }
}

static void lines_of_two_tasks_that_mix_are_told_apart(void) {
    struct rig *rig = begin();
    const struct task *one = idle(rig), *two = idle(rig);
    put(rig, one, STREAM_OUT, "<4>first half");
    put(rig, two, STREAM_OUT, "other\n");
    put(rig, one, STREAM_OUT, ", second half\nnext\n");
    struct log_line line = line_of(rig, one->pid, 0);
    CHECK(!line.continues && line.level == LOG_WARNING);
    CHECK_TEXT("first half", line.text);
    line = line_of(rig, one->pid, 1);
    CHECK(line.continues && line.level == LOG_WARNING);
    CHECK_TEXT(", second half", line.text);
    CHECK(!line_of(rig, one->pid, 2).continues);
    CHECK_TEXT("other", line_of(rig, two->pid, 0).text);
}

static void a_long_line_goes_on_in_the_next(void) {
    struct rig *rig = begin();
    const struct task *task = idle(rig);
    char text[451];
    memset(text, 'x', 450);
    text[449] = '\n';
    text[450] = '\0';
    put(rig, task, STREAM_OUT, text);
    size_t length = 0;
    for (size_t i = 0; i < 3; i++) {
        struct log_line line = line_of(rig, task->pid, i);
        CHECK_EQ(i > 0, line.continues);
        length += strlen(line.text);
    }
    CHECK_EQ(449, length);
}

static void a_line_without_an_end_is_told_after_a_second(void) {
    struct rig *rig = begin();
    const struct task *task = idle(rig);
    put(rig, task, STREAM_OUT, "password: ");
    CHECK_TEXT("", line_of(rig, task->pid, 0).text);
    executive_time(rig->executive, 1000000);
    CHECK_TEXT("password: ", line_of(rig, task->pid, 0).text);
    put(rig, task, STREAM_OUT, "ok\n");
    CHECK_TEXT("password: ", line_of(rig, task->pid, 0).text); /* what was told does not change */
    CHECK_TEXT("ok", line_of(rig, task->pid, 1).text);
    CHECK(line_of(rig, task->pid, 1).continues);
}

/* ---- what a terminal would obey ---- */

static void what_a_terminal_would_obey_is_left_out(void) {
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"a\x1b[2Jb\n", "ab"},
        {"\x1b[1;31mred\x1b[0m\n", "red"},
        {"\x1b]0;title\x07t\n", "t"},
        {"\x1b]8;;http://x\x1b\\link\n", "link"},
        {"\x1bP1$r\x1b\\x\n", "x"},
        {"\x1b(Bb\x1b#8c\x1b"
         "7d\n",
         "bcd"},
        {"tab\there\r\n", "tab here"},
        {"bell\x07 back\x08 del\x7f\n", "bell back del"},
        {"cut off \x1b[31\nnext\n", "cut off "},
        {"\x1b]0;never ends\nnext\n", "next"},
        {"\x1b[3\x18x\n", "x"},
        {"caf\xc3\xa9\n", "caf\xc3\xa9"},
        {"\x1b[2J\nnext\n", "next"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rig *rig = begin();
        const struct task *task = idle(rig);
        put(rig, task, STREAM_OUT, cases[i].bytes);
        CHECK_TEXT(cases[i].text, line_of(rig, task->pid, 0).text);
    }
}

static void a_sequence_in_pieces_is_left_out_too(void) {
    struct rig *rig = begin();
    const struct task *one = idle(rig), *two = idle(rig);
    static const char *const pieces[] = {"a\x1b", "[", "2", "Jb"};
    for (size_t i = 0; i < 4; i++) {
        put(rig, one, STREAM_OUT, pieces[i]);
        put(rig, two, STREAM_OUT, "[H\n");
    }
    put(rig, one, STREAM_OUT, "\n");
    CHECK_TEXT("a", line_of(rig, one->pid, 0).text);
    CHECK_TEXT("b", line_of(rig, one->pid, 1).text);
    CHECK_TEXT("[H", line_of(rig, two->pid, 3).text);
}

/* Any bytes of many tasks: numbers without a gap, no control characters, the newest lines kept, all in its bounds. */
static void no_bytes_whatever_harm_the_log(void) {
    struct rig *rig = rig_new();
    rig->config.log_bytes = LOG_BYTES_MIN;
    rig->config.log_rate = 1000000;
    rig_start(rig);
    const struct task *task[3] = {idle(rig), idle(rig), idle(rig)};
    srand(5);
    static const char alphabet[] = "ab \n\n\x1b\x1b[]P\\\x07<3>;\t\x9b\xc2\xff\x18";
    uint32_t newest = 0;
    for (int round = 0; round < 30000; round++) {
        char bytes[300];
        size_t length = (size_t)rand() % sizeof bytes;
        for (size_t i = 0; i < length; i++) bytes[i] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        rig->executive->now_us += (uint64_t)rand() % 1000;
        log_output(rig->executive, task[rand() % 3], rand() % 2 ? STREAM_OUT : STREAM_ERROR, (const uint8_t *)bytes,
                   length);
        if (round % 100 != 0) continue;
        struct log_line line = {.sequence = 0};
        uint32_t before = 0;
        while (log_next(rig->executive, line.sequence, &line)) {
            CHECK(before == 0 || line.sequence == before + 1);
            CHECK(line.level <= LOG_DEBUG && line.source <= LOG_FROM_STDERR && strlen(line.text) <= LOG_TEXT_MAX);
            for (const char *c = line.text; *c; c++) CHECK((uint8_t)*c >= ' ' && *c != 0x7f);
            before = line.sequence;
        }
        CHECK(before >= newest);
        newest = before;
    }
    CHECK(newest > 1000);
    CHECK(rig->executive->log->used <= LOG_BYTES_MIN);
}

/* ---- levels, rates, the hive's own ---- */

static void a_level_is_kept_for_the_hive_or_for_one_task(void) {
    struct rig *rig = begin();
    const struct task *one = idle(rig), *two = idle(rig);
    uint8_t before;
    CHECK_EQ(ST_OK, log_set_level(rig->executive, 0, LOG_WARNING, &before));
    CHECK_EQ(LOG_DEBUG, before);
    CHECK_EQ(ST_OK, log_set_level(rig->executive, two->pid, LOG_DEBUG, &before));
    CHECK_EQ(LOG_WARNING, before);
    CHECK_EQ(ST_NOT_FOUND, log_set_level(rig->executive, 99, LOG_DEBUG, &before));
    put(rig, one, STREAM_OUT, "unimportant, in two ");
    put(rig, two, STREAM_OUT, "wanted\n");
    put(rig, one, STREAM_OUT, "pieces\n<4>important\n");
    CHECK_TEXT("important", line_of(rig, one->pid, 0).text);
    CHECK_TEXT("", line_of(rig, one->pid, 1).text);
    CHECK_TEXT("wanted", line_of(rig, two->pid, 0).text);
    CHECK_EQ(ST_OK, log_set_level(rig->executive, 0, LOG_DEBUG, &before));
    put(rig, one, STREAM_OUT, "<7>all\n");
    CHECK_TEXT("all", line_of(rig, one->pid, 1).text);
}

static void who_writes_too_much_is_cut_and_told_of_and_the_others_are_not(void) {
    struct rig *rig = rig_new();
    rig->config.log_rate = 1000;
    rig->config.log_bytes = 65536;
    rig_start(rig);
    const struct task *loud = idle(rig), *quiet = idle(rig);
    for (int ms = 0; ms < 10000; ms += 10) {
        rig_run(rig, (uint64_t)ms * 1000);
        for (int i = 0; i < 10; i++) put(rig, loud, STREAM_OUT, "123456789\n"); /* 10,000 bytes a second */
        if (ms % 1000 == 0) put(rig, quiet, STREAM_OUT, "here\n");
    }
    size_t loud_lines = 0, quiet_lines = 0;
    while (line_of(rig, loud->pid, loud_lines).sequence > 0) loud_lines++;
    while (line_of(rig, quiet->pid, quiet_lines).sequence > 0) quiet_lines++;
    CHECK_EQ(10, quiet_lines);
    CHECK(loud_lines > 900 && loud_lines < 1150); /* 10 s at 1000 bytes, and a second's worth at once */
    size_t told = 0, lost = 0;
    for (; rig_event(rig, EVENT_LOG_LOST, told); told++) {
        CHECK_EQ(loud->pid, rig_event(rig, EVENT_LOG_LOST, told)->pid);
        lost += rig_event(rig, EVENT_LOG_LOST, told)->a;
    }
    CHECK(told >= 10 && told <= 25);
    CHECK(lost > 80000 && lost < 90000);
    char text[160];
    executive_event_text(rig_event(rig, EVENT_LOG_LOST, 0), text, sizeof text);
    CHECK(strstr(text, "wrote more than the log takes") != NULL);
}

static void the_hives_own_notices_are_in_the_same_log(void) {
    struct rig *rig = begin();
    uint32_t pid = steps_add(rig, STEPS(CALL("task.exit", NULL, {3})));
    rig_run(rig, 100000);
    struct log_line line = {.sequence = 0};
    static const struct {
        const char *text;
        uint8_t level;
    } want[] = {{"load 1: accepted as task 1", LOG_NOTICE},
                {"task 1 started", LOG_NOTICE},
                {"task 1 exited with status 3", LOG_WARNING}};
    CHECK_EQ(1, pid);
    for (size_t i = 0; i < 3; i++) {
        CHECK(log_next(rig->executive, line.sequence, &line));
        CHECK_EQ(LOG_FROM_HIVE, line.source);
        CHECK_EQ(i + 1, line.sequence);
        CHECK_EQ(want[i].level, line.level);
        CHECK_TEXT(want[i].text, line.text);
    }
    CHECK(!log_next(rig->executive, line.sequence, &line));
}

static void the_oldest_lines_go_first_and_numbers_say_so(void) {
    struct rig *rig = rig_new();
    rig->config.log_bytes = LOG_BYTES_MIN;
    rig_start(rig);
    const struct task *task = idle(rig);
    char text[32];
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "%d\n", i);
        put(rig, task, STREAM_OUT, text);
    }
    struct log_line line = {.sequence = 0};
    CHECK(log_next(rig->executive, 0, &line));
    CHECK(line.sequence > 70);
    uint32_t count = 1;
    for (uint32_t before = line.sequence; log_next(rig->executive, line.sequence, &line);
         before = line.sequence, count++)
        CHECK_EQ(before + 1, line.sequence);
    CHECK_TEXT("99", line.text);
    CHECK_EQ(LOG_BYTES_MIN / (LOG_HEAD_BYTES + 2), count);
}

static void a_hive_without_a_log_has_none(void) {
    struct rig *rig = rig_new();
    rig->config.log_bytes = 0;
    rig_start(rig);
    const struct task *task = idle(rig);
    struct log_line line;
    uint8_t before;
    put(rig, task, STREAM_OUT, "gone\n");
    CHECK(!log_next(rig->executive, 0, &line));
    CHECK_EQ(ST_NOT_FOUND, log_set_level(rig->executive, 0, LOG_DEBUG, &before));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(what_is_written_becomes_lines),
        TEST(a_mark_says_the_level),
        TEST(lines_of_two_tasks_that_mix_are_told_apart),
        TEST(a_long_line_goes_on_in_the_next),
        TEST(a_line_without_an_end_is_told_after_a_second),
        TEST(what_a_terminal_would_obey_is_left_out),
        TEST(a_sequence_in_pieces_is_left_out_too),
        TEST(no_bytes_whatever_harm_the_log),
        TEST(a_level_is_kept_for_the_hive_or_for_one_task),
        TEST(who_writes_too_much_is_cut_and_told_of_and_the_others_are_not),
        TEST(the_hives_own_notices_are_in_the_same_log),
        TEST(the_oldest_lines_go_first_and_numbers_say_so),
        TEST(a_hive_without_a_log_has_none),
    };
    return CHECK_RUN(tests);
}
