/* The map's wire form, and any bytes as ELF: a refusal that says why, never anything else. The good ELF file that is
 * damaged here is the first argument; a second one is how many damaged copies to try. */
#include <stdlib.h>

#include "core/base/bytes.h"
#include "test/unit/check.h"
#include "toolchain/lower/lower.h"
#include "toolchain/lower/map.h"

static uint8_t *elf;
static size_t elf_bytes;
static long damaged_copies = 400;
static const struct lower_options plain;

static enum status lower(const void *bytes, size_t length, char message[LOWER_MESSAGE_BYTES]) {
    struct lower_program program;
    enum status status = lower_elf(bytes, length, &plain, &program, message);
    if (status == ST_OK) lower_free(&program);
    return status;
}

static void a_good_file_is_lowered_and_described(void) {
    struct lower_program program;
    char message[LOWER_MESSAGE_BYTES];
    CHECK_EQ(ST_OK, lower_elf(elf, elf_bytes, &plain, &program, message));
    CHECK(program.function_count > 0 && program.entry_function < program.function_count);
    CHECK_EQ(OP_STOP, program.words[0]);
    for (uint32_t i = 0; i < program.function_count; i++) {
        const struct lower_function *f = &program.functions[i];
        CHECK_EQ(i ? program.functions[i - 1].end : 1, f->entry);
        CHECK(f->name[0] != 0);
        CHECK_EQ(f->entry, load_le32(program.function_table + (size_t)i * VM_FUNCTION_BYTES));
    }
    CHECK_EQ(program.word_count, program.functions[program.function_count - 1].end);
    for (uint32_t m = 1; m < program.map_count; m++) CHECK(program.map[m - 1].word < program.map[m].word);
    for (uint32_t m = 0; m < program.map_count; m++) CHECK(program.map[m].first <= program.map[m].last);
    lower_free(&program);
}

static void a_file_cut_short_anywhere_is_refused(void) {
    char message[LOWER_MESSAGE_BYTES];
    for (size_t length = 0; length < elf_bytes; length += 1 + elf_bytes / 200) {
        CHECK(lower(elf, length, message) != ST_OK);
        CHECK(message[0] != 0);
    }
}

/* Headers and tables are hit more often than the rest, because that is where a reader goes wrong. */
static void a_damaged_file_is_refused_by_name_or_lowered(void) {
    uint8_t *copy = malloc(elf_bytes);
    uint32_t random = 1;
    for (long i = 0; copy && i < damaged_copies; i++) {
        char message[LOWER_MESSAGE_BYTES];
        memcpy(copy, elf, elf_bytes);
        for (int hit = 0; hit < 1 + i % 3; hit++) {
            random = random * 1664525u + 1013904223u;
            size_t reach = i % 4 == 0 ? 52 : i % 4 == 1 ? elf_bytes / 8 : elf_bytes;
            size_t at = i % 4 == 2 ? elf_bytes - 1 - (random >> 8) % 1200 : (random >> 8) % reach;
            random = random * 1664525u + 1013904223u;
            copy[at] = (uint8_t)(random >> 24);
        }
        enum status status = lower(copy, elf_bytes, message);
        CHECK(status == ST_OK || status == ST_REFUSED || status == ST_CORRUPT);
        CHECK(status == ST_OK || message[0] != 0);
    }
    free(copy);
}

static void what_is_no_elf_file_is_called_so(void) {
    char message[LOWER_MESSAGE_BYTES];
    CHECK_EQ(ST_CORRUPT, lower("hello", 5, message));
    CHECK_TEXT("not an ELF file", message);
}

static const struct lower_map_entry entries[] = {{1, 0x40000000, 0x40000004}, {3, 0x40000008, 0x40000008}};
static const uint8_t build_id[MAP_BUILD_ID_BYTES] = {1, 2, 3};

static void a_map_comes_back_as_it_was(void) {
    uint8_t bytes[128];
    struct map map;
    struct lower_map_entry found;
    map_encode(entries, 2, build_id, bytes);
    CHECK_EQ(ST_OK, map_decode(bytes, map_bytes(2), &map));
    CHECK_EQ(2, map.count);
    CHECK_EQ(0, memcmp(build_id, map.build_id, sizeof build_id));
    CHECK(!map_find(&map, 0, &found));
    CHECK(map_find(&map, 2, &found));
    CHECK_EQ(0x40000004, found.last);
    CHECK(map_find(&map, 1000, &found));
    CHECK_EQ(3, found.word);
}

static void a_map_that_is_cut_or_disordered_is_refused(void) {
    uint8_t bytes[128];
    struct map map;
    map_encode(entries, 2, build_id, bytes);
    for (size_t length = 0; length < map_bytes(2); length++) CHECK_EQ(ST_CORRUPT, map_decode(bytes, length, &map));
    store_le32(bytes + MAP_HEAD_BYTES, 3);
    CHECK_EQ(ST_CORRUPT, map_decode(bytes, map_bytes(2), &map));
    store_le32(bytes + 4, MAP_VERSION + 1);
    CHECK_EQ(ST_VERSION, map_decode(bytes, map_bytes(2), &map));
}

static const struct check_test tests[] = {
    TEST(a_good_file_is_lowered_and_described),
    TEST(a_file_cut_short_anywhere_is_refused),
    TEST(a_damaged_file_is_refused_by_name_or_lowered),
    TEST(what_is_no_elf_file_is_called_so),
    TEST(a_map_comes_back_as_it_was),
    TEST(a_map_that_is_cut_or_disordered_is_refused),
};

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file || fseek(file, 0, SEEK_END) != 0) return fprintf(stderr, "usage: lower_test FILE.elf [COPIES]\n"), 2;
    elf_bytes = (size_t)ftell(file);
    elf = malloc(elf_bytes);
    rewind(file);
    if (!elf || fread(elf, 1, elf_bytes, file) != elf_bytes) return 2;
    fclose(file);
    if (argc > 2) damaged_copies = strtol(argv[2], NULL, 10);
    int failed = CHECK_RUN(tests);
    free(elf);
    return failed;
}
