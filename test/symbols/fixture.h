/* fixture: the compiled guests of test/symbols, their lines by name, and the simplest map: word i is the instruction at
 * TEXT_BASE + 4 * i. A file that cannot be read or written ends the test. */
#ifndef SKEP_TEST_SYMBOLS_FIXTURE_H
#define SKEP_TEST_SYMBOLS_FIXTURE_H

#include "toolchain/symbols/symbols.h"

enum { TEXT_BASE = 0x40000000, WORDS = 4096, MAP_BYTES = 28 + WORDS * 12, PATH_BYTES_MAX = 1024 };

struct bytes {
    uint8_t *at; /* to be freed */
    size_t length;
};

struct bytes read_path(const char *path);
struct bytes read_guest(const char *name);
void write_path(const char *path, const void *bytes, size_t length);

const uint8_t *plain_map(const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES]);
/* The line of guest/deep.c that carries "mark: NAME", 0 when none does. */
uint32_t line_of(const char *mark);
/* The first word whose innermost frame is on that line; 0 when none is. */
uint32_t word_on(const struct symbols *symbols, const char *mark);

/* Files beside an artifact, in a folder of their own. */
struct beside {
    char folder[64], artifact[128], elf[128], map[128];
};
/* Writes the guest's ELF and a map with that build id. */
struct beside write_beside(const char *guest, const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES]);
void remove_beside(const struct beside *files);

#endif
