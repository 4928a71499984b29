/* Symbols against a guest whose lines are known by name (guest/deep.c), as two compilers write it down at several
 * levels. The map is the simplest one: word i is the instruction at 0x40000000 + 4 * i. */
#include "toolchain/symbols/symbols.h"

#include <stdlib.h>

#include "core/base/bytes.h"
#include "core/trust/trust.h"
#include "test/symbols/fixture.h"
#include "test/unit/check.h"
#include "toolchain/pack/pack.h"

static const char *const optimised[] = {"clang_O0", "clang_Og", "clang_O2", "gcc_O0", "gcc_Og", "gcc_O2"};
enum { OPTIMISED = sizeof optimised / sizeof *optimised };

static struct symbols *open_guest(const char *name) {
    static const uint8_t no_id[SYMBOLS_BUILD_ID_BYTES];
    struct bytes elf = read_guest(name);
    struct symbols *symbols = NULL;
    CHECK_EQ(ST_OK, symbols_of(&(struct symbols_files){elf.at, plain_map(no_id), elf.length, MAP_BYTES}, &symbols));
    free(elf.at);
    return symbols;
}

/* Frames of the first word whose innermost frame is on that line. */
static size_t frames_on(const struct symbols *symbols, const char *mark,
                        struct symbols_frame frames[SYMBOLS_FRAMES_MAX], uint32_t *address) {
    *address = TEXT_BASE + 4 * word_on(symbols, mark);
    return symbols_frames(symbols, *address, frames);
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

static bool has_function(const struct symbols *symbols, const char *name) {
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    for (uint32_t word = 0; word < WORDS; word++) {
        size_t count = symbols_frames(symbols, TEXT_BASE + 4 * word, frames);
        if (count > 0 && strcmp(frames[count - 1].function, name) == 0) return true;
    }
    return false;
}

static void names_of_cpp_carry_their_class_and_namespace(void) {
    static const char *const builds[] = {"cpp_O0", "cpp_O2"};
    for (int i = 0; i < 2; i++) {
        struct symbols *symbols = open_guest(builds[i]);
        CHECK(has_function(symbols, "shapes::Square::area"));
        CHECK(has_function(symbols, "shapes::Square::scaled<int>"));
        CHECK(has_function(symbols, "shapes::twice"));
        CHECK(has_function(symbols, "_start"));
        symbols_close(symbols);
    }
}

static void assembly_has_a_line_and_its_label(void) {
    struct symbols *symbols = open_guest("assembly");
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    CHECK_EQ(1, symbols_frames(symbols, TEXT_BASE + 4, frames));
    CHECK_TEXT("_start", frames[0].function);
    CHECK(frames[0].file && strstr(frames[0].file, "guest/start.S"));
    CHECK_EQ(5, frames[0].line);
    symbols_close(symbols);
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
    CHECK_EQ(ST_OK, symbols_of(&(struct symbols_files){elf.at, map, elf.length, sizeof map}, &symbols));
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

/* Where the value of `name` lies, by moving a marker through memory until it shows: no knowledge of the frame's layout.
 */
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

/* A head with one section hash in it, as far as the build id is concerned. */
struct build {
    uint8_t head[176], build_id[SYMBOLS_BUILD_ID_BYTES];
    struct bytes elf;
    uint8_t map[MAP_BYTES];
};

static struct build build_of(const char *guest, uint8_t code_hash) {
    struct build build = {.head = "CVM1", .elf = read_guest(guest)};
    uint8_t elf_hash[TRUST_HASH_BYTES];
    build.head[150] = code_hash;
    trust_hash_of(build.elf.at, build.elf.length, elf_hash);
    pack_build_id(elf_hash, build.head, sizeof build.head, build.build_id);
    memcpy(build.head + 32, build.build_id, sizeof build.build_id);
    memcpy(build.map, plain_map(build.build_id), MAP_BYTES);
    return build;
}

/* The artifact of one build with the ELF and the map of two others. */
static enum status open_build(const struct build *artifact, const struct build *elf, const struct build *map,
                              size_t map_bytes, char message[SYMBOLS_MESSAGE_BYTES]) {
    struct symbols *symbols;
    struct symbols_files files = {elf->elf.at, map->map, elf->elf.length, map_bytes};
    enum status status =
        symbols_open(&files, artifact->build_id, artifact->head, sizeof artifact->head, &symbols, message);
    CHECK((status == ST_OK) == (symbols != NULL));
    symbols_close(symbols);
    return status;
}

static void files_of_another_build_are_named_and_not_used(void) {
    char message[SYMBOLS_MESSAGE_BYTES];
    static struct build mine, other_elf, other_code;
    mine = build_of("clang_O2", 1);
    other_elf = build_of("clang_O0", 1);
    other_code = build_of("clang_O2", 2);
    CHECK_EQ(ST_OK, open_build(&mine, &mine, &mine, MAP_BYTES, message));
    CHECK_TEXT("", message);
    CHECK_EQ(ST_VERSION, open_build(&mine, &mine, &other_elf, MAP_BYTES, message));
    CHECK(strstr(message, ".map") && strstr(message, "another build"));
    CHECK_EQ(ST_VERSION, open_build(&mine, &other_elf, &mine, MAP_BYTES, message));
    CHECK(strstr(message, ".elf") && strstr(message, "another build"));
    CHECK_EQ(ST_VERSION, open_build(&mine, &mine, &other_code, MAP_BYTES, message));
    CHECK(strstr(message, ".map") && strstr(message, "another build"));
    free(mine.elf.at);
    free(other_elf.elf.at);
    free(other_code.elf.at);
}

static void a_damaged_map_is_named(void) {
    char message[SYMBOLS_MESSAGE_BYTES];
    static struct build build;
    build = build_of("clang_O2", 1);
    for (size_t length = 0; length < 64; length++) {
        CHECK_EQ(ST_CORRUPT, open_build(&build, &build, &build, length, message));
        CHECK(strstr(message, "damaged"));
    }
    free(build.elf.at);
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
        if (symbols_of(&(struct symbols_files){copy, plain_map(no_id), length, MAP_BYTES}, &symbols) != ST_OK) continue;
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
        TEST(names_of_cpp_carry_their_class_and_namespace),
        TEST(assembly_has_a_line_and_its_label),
        TEST(without_debugging_information_functions_keep_their_names),
        TEST(a_word_without_an_entry_takes_the_one_before_in_its_function),
        TEST(variables_show_their_types_and_values),
        TEST(memory_that_is_not_at_hand_leaves_values_empty),
        TEST(files_of_another_build_are_named_and_not_used),
        TEST(a_damaged_map_is_named),
        TEST(damaged_elf_files_give_no_answer_or_a_wrong_one_but_no_harm),
    };
    return CHECK_RUN(tests);
}
