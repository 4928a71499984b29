#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "test/symbols/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/bytes.h"

_Noreturn static void give_up(const char *path) {
    printf("  cannot read or write %s\n", path);
    exit(1);
}

struct bytes read_path(const char *path) {
    struct bytes bytes = {NULL, 0};
    FILE *from = fopen(path, "rb");
    if (!from) give_up(path);
    fseek(from, 0, SEEK_END);
    bytes.length = (size_t)ftell(from);
    rewind(from);
    bytes.at = malloc(bytes.length + 1);
    if (!bytes.at || fread(bytes.at, 1, bytes.length, from) != bytes.length) give_up(path);
    bytes.at[bytes.length] = '\0';
    fclose(from);
    return bytes;
}

struct bytes read_guest(const char *name) {
    char path[PATH_BYTES_MAX];
    snprintf(path, sizeof path, "%s/%s.elf", GUEST_FOLDER, name);
    return read_path(path);
}

void write_path(const char *path, const void *bytes, size_t length) {
    FILE *to = fopen(path, "wb");
    if (!to || fwrite(bytes, 1, length, to) != length || fclose(to) != 0) give_up(path);
}

const uint8_t *plain_map(const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES]) {
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

uint32_t line_of(const char *mark) {
    struct bytes source = read_path(GUEST_SOURCE);
    char want[64];
    snprintf(want, sizeof want, "mark: %s *", mark);
    char *found = strstr((char *)source.at, want);
    uint32_t line = 1;
    for (char *at = (char *)source.at; found && at < found; at++) line += *at == '\n';
    free(source.at);
    return found ? line : 0;
}

uint32_t word_on(const struct symbols *symbols, const char *mark) {
    uint32_t line = line_of(mark), address;
    struct symbols_frame frames[SYMBOLS_FRAMES_MAX];
    for (uint32_t word = 0; word < WORDS; word++) {
        if (!symbols_address(symbols, word, 0, &address)) continue;
        size_t count = symbols_frames(symbols, address, frames);
        if (count > 0 && frames[0].line == line && strcmp(frames[0].file, GUEST_SOURCE) == 0) return word;
    }
    return 0;
}

struct beside write_beside(const char *guest, const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES]) {
    struct beside files = {.folder = "/tmp/symbols_test_XXXXXX"};
    if (!mkdtemp(files.folder)) give_up(files.folder);
    snprintf(files.artifact, sizeof files.artifact, "%s/a.b.cvm1", files.folder);
    snprintf(files.elf, sizeof files.elf, "%s/a.b.elf", files.folder);
    snprintf(files.map, sizeof files.map, "%s/a.b.map", files.folder);
    struct bytes elf = read_guest(guest);
    write_path(files.elf, elf.at, elf.length);
    write_path(files.map, plain_map(build_id), MAP_BYTES);
    free(elf.at);
    return files;
}

void remove_beside(const struct beside *files) {
    unlink(files->artifact);
    unlink(files->elf);
    unlink(files->map);
    rmdir(files->folder);
}
