/* Files of guests, backed by a folder of the host's: names that lead elsewhere, quotas, tasks apart, ends in the
 * middle. */
#include "device/executive/file.h"

#include "core/base/bytes.h"
#include "test/sim/steps.h"
#include "test/unit/check.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { R = FILE_READ, W = FILE_WRITE, NEW = FILE_WRITE | FILE_CREATE, TO = 0xc00, LONG_US = 20000 };

static char path[64];
static struct folder folder;

static int remove_one(const char *name, const struct stat *facts, int kind, struct FTW *where) {
    (void)facts, (void)kind, (void)where;
    return remove(name);
}

static void end(void) {
    folder_close(&folder);
    nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* A rig with an empty folder. */
static struct rig *begin(void) {
    struct rig *rig = rig_new();
    snprintf(path, sizeof path, "/tmp/skep_guest_file_test.XXXXXX");
    CHECK(mkdtemp(path) != NULL);
    CHECK_EQ(ST_OK, folder_open(&folder, path));
    rig->sim.files = &folder;
    return rig;
}

static const char *under(const char *name) {
    static char text[256];
    snprintf(text, sizeof text, "%s/%s", path, name);
    return text;
}

static void put(const char *name, const char *text) {
    FILE *to = fopen(under(name), "w");
    CHECK(to != NULL && fputs(text, to) >= 0 && fclose(to) == 0);
}

/* How long a file of the host's is; -1: there is none. */
static int64_t length_of(const char *name) {
    struct stat facts;
    return lstat(under(name), &facts) == 0 ? (int64_t)facts.st_size : -1;
}

static uint32_t add(struct rig *rig, const char *name, const struct step *steps) {
    return steps_add_with(rig, steps, (struct rig_guest){.name = name});
}

/* ---- what files do */

static void what_was_written_is_read_back(void) {
    struct rig *rig = begin();
    rig_start(rig);
    uint32_t pid =
        add(rig, "one",
            STEPS(CALL("file.open", "a.txt", {NEW | R}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 200}),
                  CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 100}), CALL("file.size", NULL, {RESULT_OF(0)}),
                  CALL("file.read", NULL, {RESULT_OF(0), TO, 10}), CALL("file.seek", NULL, {RESULT_OF(0), 190}),
                  CALL("file.read", NULL, {RESULT_OF(0), TO, 256}), CALL("file.read", NULL, {RESULT_OF(0), TO, 256}),
                  CALL("file.close", NULL, {RESULT_OF(0)}), CALL("file.size", NULL, {RESULT_OF(0)})));
    rig_run(rig, 1000000);
    for (size_t i = 0; i < 9; i++) CHECK_EQ(ST_OK, steps_status(rig, pid, i));
    CHECK_EQ(300, steps_value(rig, pid, 3));
    CHECK_EQ(0, steps_value(rig, pid, 4)); /* the position is at the end */
    CHECK_EQ(110, steps_value(rig, pid, 6));
    CHECK_EQ(0, steps_value(rig, pid, 7));
    CHECK_EQ(191, steps_memory(rig, pid, TO)[0]);
    CHECK_EQ(1, steps_memory(rig, pid, TO)[10]);
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 9));
    CHECK_EQ(300, length_of("one/a.txt"));
    end();
}

static void flags_say_what_open_does(void) {
    struct rig *rig = begin();
    rig_start(rig);
    uint32_t pid = add(
        rig, "one",
        STEPS(CALL("file.open", "a", {R}), CALL("file.open", "a", {W}), CALL("file.open", "a", {0}),
              CALL("file.open", "a", {FILE_CREATE | R}), CALL("file.open", "a", {32}),
              CALL("file.open", "a", {NEW | FILE_APPEND}), CALL("file.write", NULL, {RESULT_OF(5), STEPS_BUFFER, 8}),
              CALL("file.seek", NULL, {RESULT_OF(5), 1}), CALL("file.write", NULL, {RESULT_OF(5), STEPS_BUFFER, 8}),
              CALL("file.read", NULL, {RESULT_OF(5), TO, 8}), CALL("file.open", "a", {R}),
              CALL("file.size", NULL, {RESULT_OF(10)}), CALL("file.write", NULL, {RESULT_OF(10), STEPS_BUFFER, 1}),
              CALL("file.open", "a", {W | FILE_TRUNCATE}), CALL("file.size", NULL, {RESULT_OF(10)})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 0));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 1));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 2));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 3)); /* what only reads creates nothing */
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 4));
    CHECK_EQ(ST_DENIED, steps_status(rig, pid, 9));
    CHECK_EQ(16, steps_value(rig, pid, 11));
    CHECK_EQ(ST_DENIED, steps_status(rig, pid, 12));
    CHECK_EQ(0, steps_value(rig, pid, 14));
    end();
}

static void a_listing_goes_by_name_in_the_order_of_bytes(void) {
    struct rig *rig = begin();
    rig_start(rig);
    mkdir(under("one"), 0700);
    put("one/b", "12");
    put("one/B", "1");
    put("one/a.long-name_1234567890123456789", "123");
    put("one/.hidden", "no guest could have called it so");
    put("one/two words", "nor so");
    put("one/a_name_of_32_characters_12345678", "nor so");
    mkdir(under("one/c"), 0700);
    uint32_t pid =
        add(rig, "one",
            STEPS(CALL("file.next", "", {TO}), CALL("file.next", "B", {TO + 64}), CALL("file.next", "aa", {TO + 128}),
                  CALL("file.next", "b", {TO}), CALL("file.space", NULL, {TO + 192})));
    rig_run(rig, 1000000);
    CHECK_TEXT("B", (const char *)steps_memory(rig, pid, TO + CALL_FILE_FACTS_NAME));
    CHECK_TEXT("a.long-name_1234567890123456789", (const char *)steps_memory(rig, pid, TO + 64 + CALL_FILE_FACTS_NAME));
    CHECK_EQ(3, load_le32(steps_memory(rig, pid, TO + 64 + CALL_FILE_FACTS_SIZE)));
    CHECK_TEXT("b", (const char *)steps_memory(rig, pid, TO + 128 + CALL_FILE_FACTS_NAME));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 3));
    CHECK_EQ(3, load_le32(steps_memory(rig, pid, TO + 192 + CALL_FILE_SPACE_FILES)));
    CHECK_EQ(6, load_le32(steps_memory(rig, pid, TO + 192 + CALL_FILE_SPACE_SIZE)));
    CHECK_EQ(rig->config.files_of_task, load_le32(steps_memory(rig, pid, TO + 192 + CALL_FILE_SPACE_FILES_MAX)));
    CHECK_EQ(rig->config.file_bytes_of_task, load_le32(steps_memory(rig, pid, TO + 192 + CALL_FILE_SPACE_SIZE_MAX)));
    end();
}

static void a_new_name_takes_the_place_of_the_old_one_unless_it_is_open(void) {
    struct rig *rig = begin();
    rig_start(rig);
    static const struct step steps[] = {CALL("file.open", "a", {NEW}),
                                        CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 5}),
                                        CALL("file.rename", "a", {ISA_RO_BASE}),
                                        CALL("file.delete", "a", {0}),
                                        CALL("file.close", NULL, {RESULT_OF(0)}),
                                        CALL("file.open", "b", {NEW}),
                                        CALL("file.rename", "a", {ISA_RO_BASE}), /* to b, which is open */
                                        CALL("file.close", NULL, {RESULT_OF(5)}),
                                        CALL("file.rename", "a", {ISA_RO_BASE}),
                                        CALL("file.rename", "a", {ISA_RO_BASE}),
                                        CALL("file.delete", "a", {0}),
                                        CALL("file.rename", "b", {ISA_RO_BASE + 2}),
                                        {NULL, NULL, {0}}};
    uint32_t pid =
        steps_add_with(rig, steps, (struct rig_guest){.name = "one", .read_only = "b\0/b", .read_only_bytes = 5});
    rig_run(rig, 1000000);
    CHECK_EQ(ST_BUSY, steps_status(rig, pid, 2));
    CHECK_EQ(ST_BUSY, steps_status(rig, pid, 3));
    CHECK_EQ(ST_BUSY, steps_status(rig, pid, 6));
    CHECK_EQ(ST_OK, steps_status(rig, pid, 8));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 9));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 10));
    CHECK_EQ(ST_INVALID, steps_status(rig, pid, 11));
    CHECK_EQ(5, length_of("one/b"));
    CHECK_EQ(-1, length_of("one/a"));
    end();
}

/* ---- nothing but one's own */

static void no_name_leads_out_of_the_folder(void) {
    static const char *const names[] = {
        "",      ".",       "..",          "../two/a", "/etc/passwd", "a/b",
        "a\\b",  ".hidden", "a b",         "-a",       "_a",          "a_name_of_32_characters_12345678",
        "a\x01", "a\n",     "caf\xc3\xa9", "a:b",      "a*",          "~",
        "a/../b"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct rig *rig = begin();
        rig_start(rig);
        uint32_t pid = add(rig, "one",
                           STEPS(CALL("file.open", names[i], {NEW}), CALL("file.delete", names[i], {0}),
                                 CALL("file.rename", names[i], {ISA_RO_BASE}), CALL("file.next", names[i], {TO})));
        rig_run(rig, 1000000);
        for (size_t step = 0; step < 3; step++) CHECK_EQ(ST_INVALID, steps_status(rig, pid, step));
        CHECK_EQ(i == 0 ? ST_NOT_FOUND : ST_INVALID, steps_status(rig, pid, 3));
        CHECK_EQ(-1, length_of("one"));
        end();
    }
}

static void what_is_no_plain_file_is_not_there(void) {
    static const char *const names[] = {"link", "dangling", "pipe", "folder"};
    struct rig *rig = begin();
    rig_start(rig);
    put("secret", "of the host's");
    mkdir(under("one"), 0700);
    CHECK_EQ(0, symlink("../secret", under("one/link")));
    CHECK_EQ(0, symlink("../made", under("one/dangling")));
    CHECK_EQ(0, mkfifo(under("one/pipe"), 0600));
    CHECK_EQ(0, mkdir(under("one/folder"), 0700));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t pid = add(rig, "one",
                           STEPS(CALL("file.open", names[i], {R}), CALL("file.open", names[i], {NEW | FILE_TRUNCATE}),
                                 CALL("file.delete", names[i], {0}), CALL("file.next", "", {TO})));
        rig_run(rig, rig->sim.now_us + 1000000);
        for (size_t step = 0; step < 4; step++) CHECK(steps_status(rig, pid, step) < 0);
        CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 0));
        CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, 3));
    }
    CHECK_EQ(13, length_of("secret"));
    CHECK_EQ(-1, length_of("made"));
    end();
}

static void a_tasks_folder_that_is_a_link_is_not_followed(void) {
    struct rig *rig = begin();
    rig_start(rig);
    mkdir(under("two"), 0700);
    put("two/a", "two's");
    CHECK_EQ(0, symlink("two", under("one")));
    uint32_t pid =
        add(rig, "one", STEPS(CALL("file.open", "a", {R}), CALL("file.open", "b", {NEW}), CALL("file.next", "", {TO})));
    rig_run(rig, 1000000);
    for (size_t step = 0; step < 3; step++) CHECK_EQ(ST_NOT_FOUND, steps_status(rig, pid, step));
    CHECK_EQ(-1, length_of("two/b"));
    end();
}

static void tasks_do_not_see_each_others_files_nor_handles(void) {
    struct rig *rig = begin();
    rig_start(rig);
    uint32_t one = add(rig, "one",
                       STEPS(CALL("file.open", "a", {NEW}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 3}),
                             CALL("task.sleep_ms", NULL, {20})));
    uint32_t two =
        add(rig, "two",
            STEPS(CALL("task.sleep_ms", NULL, {10}), CALL("file.open", "a", {R}), CALL("file.next", "", {TO}),
                  CALL("file.write", NULL, {1 << 12, STEPS_BUFFER, 3}), CALL("file.close", NULL, {1 << 12})));
    rig_run(rig, 1000000);
    CHECK_EQ(1 << 12, steps_value(rig, one, 0));
    CHECK_EQ(ST_OK, steps_status(rig, one, 1));
    for (size_t step = 1; step < 5; step++) CHECK_EQ(ST_NOT_FOUND, steps_status(rig, two, step));
    CHECK_EQ(3, length_of("one/a"));
    end();
}

static void instances_with_the_longest_name_have_folders_of_their_own(void) {
    struct rig *rig = begin();
    rig->config.tasks_max = 4;
    rig_start(rig);
    static const char *const names[] = {"a_name_of_31_characters_123456a", "a_name_of_31_characters_123456b"};
    for (int i = 0; i < 4; i++) {
        const struct step *steps = STEPS(CALL("file.open", "mine", {NEW}), CALL("task.sleep_ms", NULL, {50}));
        struct rig_guest guest = {.name = names[i % 2], .flags = ARTIFACT_MAY_RUN_TWICE};
        CHECK(steps_add_with(rig, steps, guest) != 0);
    }
    rig_run(rig, 1000000);
    CHECK_EQ(0, length_of("a_name_of_31_characters_123456a/mine"));
    CHECK_EQ(0, length_of("a_name_of_31_characters_123456b/mine"));
    CHECK_EQ(0, length_of("a_name_of_31_characters_123456a_#1/mine"));
    CHECK_EQ(0, length_of("a_name_of_31_characters_123456b_#1/mine"));
    end();
}

static void rights_are_by_mode(void) {
    struct rig *rig = begin();
    rig_start(rig);
    mkdir(under("one"), 0700);
    put("one/a", "text");
    static const struct artifact_capability reads = {.group = CALL_GROUP_FILE,
                                                     .mode = MODE_FILE_READ,
                                                     .last = UINT32_MAX},
                                            writes = {
                                                .group = CALL_GROUP_FILE, .mode = MODE_FILE_WRITE, .last = UINT32_MAX};
    const struct step *reading =
        STEPS(CALL("file.open", "a", {R}), CALL("file.open", "a", {W}), CALL("file.open", "a", {W | R}),
              CALL("file.size", NULL, {RESULT_OF(0)}), CALL("file.space", NULL, {TO}));
    const struct step *writing =
        STEPS(CALL("file.open", "a", {W}), CALL("file.open", "a", {R}), CALL("file.open", "a", {W | R}),
              CALL("file.size", NULL, {RESULT_OF(0)}), CALL("file.space", NULL, {TO}));
    uint32_t reader =
        steps_add_with(rig, reading, (struct rig_guest){.name = "one", .capability = &reads, .capability_count = 1});
    rig_run(rig, 1000000);
    uint32_t writer =
        steps_add_with(rig, writing, (struct rig_guest){.name = "one", .capability = &writes, .capability_count = 1});
    rig_run(rig, 2000000);
    static const int32_t want[] = {ST_OK, ST_DENIED, ST_DENIED, ST_OK, ST_OK};
    for (size_t step = 0; step < 5; step++) {
        CHECK_EQ(want[step], steps_status(rig, reader, step));
        CHECK_EQ(want[step], steps_status(rig, writer, step));
    }
    /* a program that reads needs the right to, whatever it opens */
    const struct step *sneaky = STEPS(CALL("file.next", "", {TO}));
    CHECK_EQ(0, steps_add_with(rig, sneaky,
                               (struct rig_guest){.name = "one", .capability = &writes, .capability_count = 1}));
    CHECK(rig_refused(rig, REFUSED_CALL_UNCOVERED));
    end();
}

/* ---- limits */

static void bytes_beyond_the_quota_are_refused_and_change_nothing(void) {
    struct rig *rig = begin();
    rig->config.file_bytes_of_task = 512;
    rig_start(rig);
    uint32_t pid = add(
        rig, "one",
        STEPS(CALL("file.open", "a", {NEW}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 256}),
              CALL("file.open", "b", {NEW}), CALL("file.write", NULL, {RESULT_OF(2), STEPS_BUFFER, 255}),
              CALL("file.write", NULL, {RESULT_OF(2), STEPS_BUFFER, 2}), CALL("file.size", NULL, {RESULT_OF(2)}),
              CALL("file.write", NULL, {RESULT_OF(2), STEPS_BUFFER, 1}), CALL("file.seek", NULL, {RESULT_OF(0), 0}),
              CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 256}), /* what is there may be written over */
              CALL("file.seek", NULL, {RESULT_OF(0), 0x7fffffff}),
              CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 1}), CALL("file.open", "b", {W | FILE_TRUNCATE}),
              CALL("file.seek", NULL, {RESULT_OF(0), 511}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 1})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, pid, 3));
    CHECK_EQ(ST_QUOTA, steps_status(rig, pid, 4));
    CHECK_EQ(255, steps_value(rig, pid, 5));
    CHECK_EQ(ST_OK, steps_status(rig, pid, 6));
    CHECK_EQ(ST_OK, steps_status(rig, pid, 8));
    CHECK_EQ(ST_QUOTA, steps_status(rig, pid, 10)); /* the gap counts */
    CHECK_EQ(ST_OK, steps_status(rig, pid, 13));
    CHECK_EQ(512, length_of("one/a"));
    end();
}

static void no_more_files_than_the_quota(void) {
    struct rig *rig = begin();
    rig->config.files_of_task = 2;
    rig_start(rig);
    uint32_t pid =
        add(rig, "one",
            STEPS(CALL("file.open", "a", {NEW}), CALL("file.open", "b", {NEW}), CALL("file.open", "c", {NEW}),
                  CALL("file.open", "a", {NEW}), CALL("file.close", NULL, {RESULT_OF(1)}),
                  CALL("file.delete", "b", {0}), CALL("file.open", "c", {NEW})));
    rig_run(rig, 1000000);
    static const int32_t want[] = {ST_OK, ST_OK, ST_QUOTA, ST_OK, ST_OK, ST_OK, ST_OK};
    for (size_t step = 0; step < 7; step++) CHECK_EQ(want[step], steps_status(rig, pid, step));
    CHECK_EQ(-1, length_of("one/b"));
    end();
}

static void handles_are_shared_out_and_come_back(void) {
    struct rig *rig = begin(); /* 4 of a task, 6 in all */
    rig_start(rig);
    const struct step *greedy =
        STEPS(CALL("file.open", "a", {NEW}), CALL("file.open", "a", {NEW}), CALL("file.open", "a", {NEW}),
              CALL("file.open", "a", {NEW}), CALL("file.open", "a", {NEW}), CALL("task.sleep_ms", NULL, {50}));
    uint32_t one = add(rig, "one", greedy);
    rig_run(rig, 20000);
    uint32_t two = add(rig, "two", greedy);
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, one, 3));
    CHECK_EQ(ST_QUOTA, steps_status(rig, one, 4));
    CHECK_EQ(ST_OK, steps_status(rig, two, 1));
    CHECK_EQ(ST_FULL, steps_status(rig, two, 2));
    uint32_t three = add(rig, "three", STEPS(CALL("file.open", "a", {NEW}), CALL("file.close", NULL, {1 << 12})));
    rig_run(rig, 2000000);
    CHECK_EQ(ST_OK, steps_status(rig, three, 0));
    CHECK_EQ(ST_NOT_FOUND, steps_status(rig, three, 1)); /* an old handle is nobody's */
    end();
}

/* ---- waiting, and ends in the middle */

static void slow_storage_holds_nobody_else_up(void) {
    struct rig *rig = begin();
    rig->config.file_us = LONG_US;
    rig_start(rig);
    uint32_t slow = add(
        rig, "one", STEPS(CALL("file.open", "a", {NEW}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 9})));
    uint32_t quick =
        add(rig, "two",
            STEPS(CALL("task.sleep_ms", NULL, {1}), CALL("task.sleep_ms", NULL, {1}), CALL("time.micros", NULL, {0})));
    rig_run(rig, 1000000);
    CHECK_EQ(ST_OK, steps_status(rig, slow, 1));
    CHECK(steps_value(rig, quick, 2) < 2500);
    end();
}

static void tasks_take_turns_at_the_storage(void) {
    struct rig *rig = begin();
    rig->config.file_us = 1000;
    rig_start(rig);
    uint32_t pids[3];
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"one", "two", "three"};
        static const char asks[] = "set a0, 0x10000000; li a1, 6; hcall $file.open; mov s1, a1; more: mov a0, s1; "
                                   "hcall $file.size; addi s0, s0, 1; set a2, 0x600; sw s0, a2, 0; j more";
        struct rig_guest guest = {.name = names[i], .text = asks, .read_only = "a", .read_only_bytes = 2};
        pids[i] = rig_add(rig, &guest);
    }
    rig_run(rig, 300000);
    for (int i = 0; i < 3; i++) {
        uint32_t count = load_le32(steps_memory(rig, pids[i], 0x600));
        CHECK(count > 60 && count < 110);
    }
    end();
}

static void a_task_killed_in_the_middle_leaves_whole_writes_and_no_handles(void) {
    for (uint64_t cut_us = 0; cut_us < 8000; cut_us += 250) {
        struct rig *rig = begin();
        rig->config.file_us = 1000;
        rig_start(rig);
        uint32_t pid =
            add(rig, "one",
                STEPS(CALL("file.open", "a", {NEW}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 100}),
                      CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 100}),
                      CALL("file.rename", "b", {ISA_RO_BASE}), CALL("task.sleep_ms", NULL, {100})));
        rig_run(rig, cut_us);
        (void)executive_kill(rig->executive, pid);
        for (uint32_t i = 0; i < rig->config.file_handles_max; i++) CHECK_EQ(0, rig->executive->file[i].pid);
        uint32_t next =
            add(rig, "one",
                STEPS(CALL("file.open", "c", {NEW}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 7}),
                      CALL("file.size", NULL, {RESULT_OF(0)})));
        rig_run(rig, 1000000);
        CHECK_EQ(ST_OK, steps_status(rig, next, 1));
        CHECK_EQ(7, steps_value(rig, next, 2));
        int64_t length = length_of("one/a");
        CHECK(length == -1 || length == 0 || length == 100 || length == 200);
        end();
    }
}

static void a_paused_task_takes_its_answer_when_it_goes_on(void) {
    struct rig *rig = begin();
    rig->config.file_us = 1000;
    rig_start(rig);
    uint32_t pid = add(rig, "one", STEPS(CALL("file.open", "a", {NEW}), CALL("file.size", NULL, {RESULT_OF(0)})));
    uint32_t other = add(rig, "two", STEPS(CALL("file.open", "a", {NEW})));
    rig_run(rig, 500);
    CHECK_EQ(ST_OK, executive_pause(rig->executive, pid));
    rig_run(rig, 100000);
    CHECK_EQ(ST_OK, steps_status(rig, other, 0));
    CHECK_EQ(ST_OK, executive_resume(rig->executive, pid, rig->sim.now_us));
    rig_run(rig, 200000);
    CHECK_EQ(ST_OK, steps_status(rig, pid, 1));
    end();
}

static void files_stay_for_the_next_task_of_that_name(void) {
    struct rig *rig = begin();
    rig_start(rig);
    add(rig, "one", STEPS(CALL("file.open", "a", {NEW}), CALL("file.write", NULL, {RESULT_OF(0), STEPS_BUFFER, 42})));
    rig_run(rig, 1000000);
    struct folder kept = folder;
    rig = rig_new(); /* the hive starts anew */
    rig->sim.files = &kept;
    rig_start(rig);
    uint32_t pid = add(rig, "one", STEPS(CALL("file.open", "a", {R}), CALL("file.size", NULL, {RESULT_OF(0)})));
    rig_run(rig, 1000000);
    CHECK_EQ(42, steps_value(rig, pid, 1));
    end();
}

static void two_programs_do_not_share_a_folder(void) {
    struct rig *rig = begin();
    rig_start(rig);
    struct folder other;
    CHECK_EQ(ST_BUSY, folder_open(&other, path));
    CHECK_EQ(ST_NOT_FOUND, folder_open(&other, under("none")));
    end();
}

static void a_board_without_storage_says_so(void) {
    static const struct step steps[] = {CALL("file.open", "a", {NEW}),
                                        CALL("file.next", "", {TO}),
                                        CALL("file.space", NULL, {TO}),
                                        CALL("file.delete", "a", {0}),
                                        {NULL, NULL, {0}}};
    for (int without_table = 0; without_table < 2; without_table++) {
        struct rig *rig = rig_new();
        if (without_table) rig->config.file_handles_max = 0;
        rig_start(rig);
        uint32_t pid = add(rig, "one", steps);
        rig_run(rig, 1000000);
        for (size_t step = 0; step < 4; step++) CHECK_EQ(ST_UNSUPPORTED, steps_status(rig, pid, step));
    }
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(what_was_written_is_read_back),
        TEST(flags_say_what_open_does),
        TEST(a_listing_goes_by_name_in_the_order_of_bytes),
        TEST(a_new_name_takes_the_place_of_the_old_one_unless_it_is_open),
        TEST(no_name_leads_out_of_the_folder),
        TEST(what_is_no_plain_file_is_not_there),
        TEST(a_tasks_folder_that_is_a_link_is_not_followed),
        TEST(tasks_do_not_see_each_others_files_nor_handles),
        TEST(instances_with_the_longest_name_have_folders_of_their_own),
        TEST(rights_are_by_mode),
        TEST(bytes_beyond_the_quota_are_refused_and_change_nothing),
        TEST(no_more_files_than_the_quota),
        TEST(handles_are_shared_out_and_come_back),
        TEST(slow_storage_holds_nobody_else_up),
        TEST(tasks_take_turns_at_the_storage),
        TEST(a_task_killed_in_the_middle_leaves_whole_writes_and_no_handles),
        TEST(a_paused_task_takes_its_answer_when_it_goes_on),
        TEST(files_stay_for_the_next_task_of_that_name),
        TEST(two_programs_do_not_share_a_folder),
        TEST(a_board_without_storage_says_so),
    };
    return CHECK_RUN(tests);
}
