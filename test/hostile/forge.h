/* forge: CVM1 files written byte by byte from spec/artifact.md, right or wrong in any place. Shares no code with
 * core/wire and toolchain/pack but SHA-256. */
#ifndef SKEP_TEST_HOSTILE_FORGE_H
#define SKEP_TEST_HOSTILE_FORGE_H

#include <stdbool.h>
#include <stdint.h>

#include "test/assembler/assembler.h"
#include "test/oracle/random.h"

enum { FORGE_BYTES_MAX = 1 << 17, FORGE_SECTIONS_MAX = 16, FORGE_HEADER_BYTES = 128, FORGE_ROW_BYTES = 48 };

struct forge {
    _Alignas(8) uint8_t bytes[FORGE_BYTES_MAX];
    uint32_t length, section_count;
};

/* What goes into a file besides its program. */
struct forge_parts {
    const struct assembly *program;
    uint32_t stack_bytes, ram_bytes, data_bytes, read_only_bytes, capability_count;
    uint16_t return_entries;
    uint16_t extra_id;              /* a section of its own, 16 bytes, behind the others; 0: none */
    const uint8_t *capability_rows; /* in wire form; NULL: at random */
    const void *data;               /* data_bytes of it; NULL: at random */
};

/* Sizes at random, large enough for the program by its own table. */
struct forge_parts forge_parts_random(struct random *random, const struct assembly *program);
void forge_make(struct forge *forge, const struct forge_parts *parts, struct random *random);

/* Offset of section `id`'s row in the file, and of its bytes; 0 when it is not there. */
uint32_t forge_row(const struct forge *forge, uint16_t id);
uint32_t forge_section(const struct forge *forge, uint16_t id, uint32_t *bytes);
/* Writes every row's hash anew for what lies there now. */
void forge_rehash(struct forge *forge);
/* Gives the whole file's length, as read from its header. */
uint32_t forge_head_bytes(const struct forge *forge);

#endif
