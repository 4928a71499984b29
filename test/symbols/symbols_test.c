/* Symbols against a guest whose lines are known by name (guest/deep.c), as two compilers write it down at several levels. The map is
 * the simplest one: word i is the instruction at 0x40000000 + 4 * i. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "toolchain/symbols/symbols.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "test/unit/check.h"

enum { TEXT_BASE = 0x40000000, WORDS = 4096, MAP_BYTES = 28 + WORDS * 12, PATH = 1024 };

static const char *const optimised[] = {"clang_O0", "clang_Og", "clang_O2", "gcc_O0", "gcc_Og", "gcc_O2"};
enum { OPTIMISED = sizeof optimised / sizeof *optimised };

struct bytes {
    uint8_t *at;
    size_t length;
};

static struct bytes read_path(const char *path) {
    struct bytes bytes = {NULL, 0};
    FILE *from = fopen(path, "rb");
    if (!from) {
        printf("  cannot read %s\n", path);
        exit(1);
    }
    fseek(from, 0, SEEK_END);
    bytes.length = (size_t)ftell(from);
    rewind(from);
    bytes.at = malloc(bytes.length + 1);
    bytes.at[bytes.length] = '\0';
    if (fread(bytes.at, 1, bytes.length, from) != bytes.length) exit(1);
    fclose(from);
    return bytes;
}

static struct bytes read_guest(const char *name) {
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s.elf", GUEST_FOLDER, name);
    return read_path(path);
}

static uint8_t *plain_map(const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES]) {
    static uint8_t map[MAP_BYTES];
    memcpy(map, "SKMP", 4);
    store_le32(map + 4, 1);
    memcpy(map + 8, build_id, SYMBOLS_BUILD_ID_BYTES);
    store_le32(map + 24, WORDS);
    for (uint32_t i = 0; i < WORDS; i++) {
        store_le32(map + 28 + i * 12, i);
        store_le32(map + 32 + i * 12, TEXT_BASE + 4 * i);
        store_le32(map + 36 + i * 12, TEXT_BASE + 4 * i);
    }
    return map;
}

static struct symbols *open_guest(const char *name) {
    static const uint8_t no_id[SYMBOLS_BUILD_ID_BYTES];
    struct bytes elf = read_guest(name);
    struct symbols *symbols = NULL;
    CHECK_EQ(ST_OK, symbols_of(elf.at, elf.length, plain_map(no_id), MAP_BYTES, &symbols));
    free(elf.at);
    return symbols;
}

/* The line that carries "mark: NAME". */
static uint32_t line_of(const char *mark) {
    struct bytes source = read_path(GUEST_SOURCE);
    char want[64];
    snprintf(want, sizeof want, "mark: %s *", mark);
    char *found = strstr((char *)source.at, want);
    uint32_t line = 1;
    for (char *at = (char *)source.at; found && at < found; at++) line += *at == '\n';
    free(source.at);
    return found ? line : 0;
}

/* Frames of the first word whose innermost frame is on that line, 0 when no word is. */
static size_t frames_on(const struct symbols *symbols, const char *mark,
                        struct symbols_frame frames[SYMBOLS_FRAMES_MAX], uint32_t *address) {
    uint32_t line = line_of(mark);
    for (uint32_t word = 0; word < WORDS; word++) {
        if (!symbols_address(symbols, word, 0, address)) continue;
        size_t count = symbols_frames(symbols, *address, frames);
        if (count > 0 && frames[0].line == line && frames[0].file) return count;
    }
    return 0;
}

static void an_inlined_call_inside_an_inlined_call_gives_three_frames(void) {
    for (int i = 0; i < OPTIMISED; i++) {
        struct symbols *symbols = open_guest(optimised[i]);
        struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
        uint32_t address;
        CHECK_EQ(3, frames_on(symbols, "quotient", frames, &address));
        CHECK_TEXT("quotient", frames[0].function);
        CHECK_TEXT("share", frames[1].function);
        CHECK_TEXT("average", frames[2].function);
        CHECK_EQ(line_of("share"), frames[1].line);
        CHECK_EQ(line_of("average"), frames[2].line);
        CHECK(frames[0].is_inlined && frames[1].is_inlined && !frames[2].is_inlined);
        for (int at = 0; at < 3; at++) CHECK_TEXT(GUEST_SOURCE, frames[at].file);
        symbols_close(symbols);
    }
}

static void a_line_of_its_own_function_gives_one_frame(void) {
    for (int i = 0; i < OPTIMISED; i++) {
        struct symbols *symbols = open_guest(optimised[i]);
        struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
        uint32_t address;
        CHECK_EQ(1, frames_on(symbols, "second", frames, &address));
        CHECK_TEXT("main", frames[0].function);
        CHECK(frames[0].column > 0);
        symbols_close(symbols);
    }
}

static void without_debugging_information_functions_keep_their_names(void) {
    struct symbols *symbols = open_guest("clang_plain");
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    bool seen_main = false, seen_start = false;
    for (uint32_t word = 0; word < WORDS; word++) {
        size_t count = symbols_frames(symbols, TEXT_BASE + 4 * word, frames);
        if (count == 0) continue;
        bool is_main = strcmp(frames[0].function, "main") == 0, is_start = strcmp(frames[0].function, "_start") == 0;
        if (is_main || is_start) CHECK(count == 1 && frames[0].file == NULL && frames[0].line == 0);
        seen_main |= is_main;
        seen_start |= is_start;
    }
    CHECK(seen_main && seen_start);
    CHECK_EQ(0, symbols_frames(symbols, 0x10, frames));
    CHECK_EQ(0, symbols_frames(symbols, 0xfffffffc, frames));
    symbols_close(symbols);
}

static void a_word_without_an_entry_takes_the_one_before_in_its_function(void) {
    static const uint8_t no_id[SYMBOLS_BUILD_ID_BYTES];
    struct bytes elf = read_guest("clang_O0");
    uint8_t map[28 + 2 * 12] = {0};
    memcpy(map, plain_map(no_id), 24);
    store_le32(map + 24, 2);
    store_le32(map + 28, 5);
    store_le32(map + 32, 0x40000010);
    store_le32(map + 40, 9);
    store_le32(map + 44, 0x40000020);
    struct symbols *symbols;
    uint32_t address = 0;
    CHECK_EQ(ST_OK, symbols_of(elf.at, elf.length, map, sizeof map, &symbols));
    CHECK(!symbols_address(symbols, 4, 0, &address));
    CHECK(symbols_address(symbols, 5, 5, &address) && address == 0x40000010);
    CHECK(symbols_address(symbols, 8, 5, &address) && address == 0x40000010);
    CHECK(!symbols_address(symbols, 8, 7, &address));
    CHECK(symbols_address(symbols, 4000000000u, 9, &address) && address == 0x40000020);
    symbols_close(symbols);
    free(elf.at);
}

/* Variables: sp or s0 is 0x1000 in a RAM that holds what the test puts there. */
struct stopped {
    uint32_t reg[16];
    uint8_t ram[0x2000];
    struct symbols_state state;
};

static struct symbols_local local_named(const struct symbols_local *locals, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(locals[i].name, name) == 0) return locals[i];
    return (struct symbols_local){.name = "(none)", .value = "(no such variable)"};
}

/* Where the value of `name` lies, by moving a marker through memory until it shows: no knowledge of the frame's layout. */
static bool place_value(const struct symbols *symbols, uint32_t address, struct stopped *stopped, const char *name,
                        const void *value, size_t bytes, const char *shown) {
    struct symbols_local locals[32];
    for (size_t at = 0; at + bytes <= sizeof stopped->ram; at++) {
        memset(stopped->ram, 0x55, sizeof stopped->ram);
        memcpy(stopped->ram + at, value, bytes);
        size_t count = symbols_locals(symbols, address, &stopped->state, locals, 32);
        if (strcmp(local_named(locals, count, name).value, shown) == 0) return true;
    }
    printf("  %s never shows %s\n", name, shown);
    return false;
}

static struct stopped stopped_guest(void) {
    struct stopped stopped = {0};
    for (int i = 0; i < 16; i++) stopped.reg[i] = 0x400 + 0x1000;
    return stopped;
}

static void variables_show_their_types_and_values(void) {
    static const char *const builds[] = {"clang_O0", "gcc_O0"};
    for (int i = 0; i < 2; i++) {
        struct symbols *symbols = open_guest(builds[i]);
        struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
        uint32_t address;
        CHECK_EQ(1, frames_on(symbols, "variables", frames, &address));
        struct stopped stopped = stopped_guest();
        stopped.state =
            (struct symbols_state){stopped.reg, stopped.ram, sizeof stopped.ram, (const uint8_t *)"\0\0hello", 8};
        CHECK(place_value(symbols, address, &stopped, "small", "A", 1, "65 'A'"));
        CHECK(place_value(symbols, address, &stopped, "negative", "\xfd\xff", 2, "-3"));
        CHECK(place_value(symbols, address, &stopped, "half", "\0\0\0\x3f", 4, "0.5"));
        CHECK(place_value(symbols, address, &stopped, "third", "\0\0\0\0\0\0\xd0\x3f", 8, "0.25"));
        CHECK(place_value(symbols, address, &stopped, "wide", "\0\x0e\xfa\xd5\xfe\xff\xff\xff", 8, "-5000000000"));
        CHECK(place_value(symbols, address, &stopped, "color", "\2\0\0\0", 4, "BLUE"));
        CHECK(place_value(symbols, address, &stopped, "text", "\2\0\0\x10", 4, "0x10000002 \"hello\""));
        struct symbols_local locals[32];
        size_t count = symbols_locals(symbols, address, &stopped.state, locals, 32);
        CHECK_TEXT("const char *", local_named(locals, count, "text").type);
        CHECK_TEXT("volatile struct point", local_named(locals, count, "where").type);
        CHECK_TEXT("enum color", local_named(locals, count, "color").type);
        CHECK(strncmp(local_named(locals, count, "where").value, "at 0x", 5) == 0);
        CHECK_EQ(2, symbols_locals(symbols, address, &stopped.state, locals, 2));
        symbols_close(symbols);
    }
}

static void memory_that_is_not_at_hand_leaves_values_empty(void) {
    struct symbols *symbols = open_guest("clang_O0");
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    struct symbols_local locals[32];
    struct stopped stopped = stopped_guest();
    uint32_t address;
    stopped.state = (struct symbols_state){.reg = stopped.reg};
    CHECK_EQ(1, frames_on(symbols, "variables", frames, &address));
    size_t count = symbols_locals(symbols, address, &stopped.state, locals, 32);
    CHECK_TEXT("", local_named(locals, count, "small").value);
    symbols_close(symbols);
}

/* Files beside an artifact. */
struct beside {
    char folder[64], artifact[128], elf[128], map[128];
    uint8_t code[16], build_id[SYMBOLS_BUILD_ID_BYTES];
};

static void write_path(const char *path, const void *bytes, size_t length) {
    FILE *to = fopen(path, "wb");
    if (!to || fwrite(bytes, 1, length, to) != length || fclose(to) != 0) exit(1);
}

static struct beside write_beside(void) {
    struct beside files = {.folder = "/tmp/symbols_test_XXXXXX", .code = "code of 16 bytes"};
    if (!mkdtemp(files.folder)) exit(1);
    snprintf(files.artifact, sizeof files.artifact, "%s/a.b.cvm1", files.folder);
    snprintf(files.elf, sizeof files.elf, "%s/a.b.elf", files.folder);
    snprintf(files.map, sizeof files.map, "%s/a.b.map", files.folder);
    struct bytes elf = read_guest("clang_O2");
    symbols_build_id(files.code, sizeof files.code, elf.at, elf.length, files.build_id);
    write_path(files.elf, elf.at, elf.length);
    write_path(files.map, plain_map(files.build_id), MAP_BYTES);
    free(elf.at);
    return files;
}

static void remove_beside(const struct beside *files) {
    unlink(files->elf);
    unlink(files->map);
    rmdir(files->folder);
}

static enum status open_beside(const struct beside *files, char message[SYMBOLS_MESSAGE_BYTES]) {
    struct symbols *symbols;
    enum status status =
        symbols_open(files->artifact, files->build_id, files->code, sizeof files->code, &symbols, message);
    CHECK((status == ST_OK) == (symbols != NULL));
    symbols_close(symbols);
    return status;
}

static void the_files_beside_an_artifact_are_found_by_name(void) {
    char message[SYMBOLS_MESSAGE_BYTES];
    struct beside files = write_beside();
    CHECK_EQ(ST_OK, open_beside(&files, message));
    CHECK_TEXT("", message);
    remove_beside(&files);
    CHECK_EQ(ST_NOT_FOUND, open_beside(&files, message));
    CHECK(strstr(message, "a.b.map") && strstr(message, "skep build"));
}

static void a_file_of_another_build_is_named_and_not_used(void) {
    char message[SYMBOLS_MESSAGE_BYTES];
    struct beside files = write_beside();
    files.code[0] ^= 1;
    CHECK_EQ(ST_VERSION, open_beside(&files, message));
    CHECK(strstr(message, "a.b.elf") && strstr(message, "another build"));
    files.code[0] ^= 1;
    files.build_id[15] ^= 1;
    CHECK_EQ(ST_VERSION, open_beside(&files, message));
    CHECK(strstr(message, "a.b.map") && strstr(message, "another build"));
    files.build_id[15] ^= 1;
    struct bytes other = read_guest("clang_O0");
    write_path(files.elf, other.at, other.length);
    CHECK_EQ(ST_VERSION, open_beside(&files, message));
    free(other.at);
    remove_beside(&files);
}

static void a_damaged_map_is_named(void) {
    char message[SYMBOLS_MESSAGE_BYTES];
    struct beside files = write_beside();
    for (size_t length = 0; length < 64; length++) {
        write_path(files.map, plain_map(files.build_id), length);
        CHECK_EQ(ST_CORRUPT, open_beside(&files, message));
        CHECK(strstr(message, "damaged"));
    }
    remove_beside(&files);
}

/* Everything a caller can ask, at a spread of addresses. */
static void ask_everything(const struct symbols *symbols) {
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    struct symbols_local locals[8];
    struct stopped stopped = stopped_guest();
    stopped.state = (struct symbols_state){stopped.reg, stopped.ram, sizeof stopped.ram, NULL, 0};
    for (uint32_t address = TEXT_BASE; address < TEXT_BASE + 0x200; address += 28) {
        size_t count = symbols_frames(symbols, address, frames);
        for (size_t i = 0; i < count; i++) CHECK(!frames[i].function || strlen(frames[i].function) < 100000);
        symbols_locals(symbols, address, &stopped.state, locals, 8);
    }
}

/* libdw itself loses a few bytes when it gives up on damaged scopes. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libdw.so"; }

static void damaged_elf_files_give_no_answer_or_a_wrong_one_but_no_harm(void) {
    static const uint8_t no_id[SYMBOLS_BUILD_ID_BYTES];
    uint32_t random = 12345;
    struct bytes elf = read_guest("clang_O2");
    uint8_t *copy = malloc(elf.length);
    for (int round = 0; round < 1500; round++) {
        memcpy(copy, elf.at, elf.length);
        for (int flip = 0; flip < 1 + round % 8; flip++) {
            random = random * 1664525u + 1013904223u;
            copy[(random >> 8) % elf.length] ^= (uint8_t)(1u << (random & 7));
        }
        size_t length = round % 5 == 0 ? (random >> 4) % elf.length : elf.length;
        struct symbols *symbols;
        if (symbols_of(copy, length, plain_map(no_id), MAP_BYTES, &symbols) != ST_OK) continue;
        ask_everything(symbols);
        symbols_close(symbols);
    }
    free(copy);
    free(elf.at);
}

int main(void) {
    const struct check_test tests[] = {
        TEST(an_inlined_call_inside_an_inlined_call_gives_three_frames),
        TEST(a_line_of_its_own_function_gives_one_frame),
        TEST(without_debugging_information_functions_keep_their_names),
        TEST(a_word_without_an_entry_takes_the_one_before_in_its_function),
        TEST(variables_show_their_types_and_values),
        TEST(memory_that_is_not_at_hand_leaves_values_empty),
        TEST(the_files_beside_an_artifact_are_found_by_name),
        TEST(a_file_of_another_build_is_named_and_not_used),
        TEST(a_damaged_map_is_named),
        TEST(damaged_elf_files_give_no_answer_or_a_wrong_one_but_no_harm),
    };
    return CHECK_RUN(tests);
}
