/* map: the sidecar that leads from bytecode words back to the ELF, NAME.map. Little-endian: magic "SKMP", u32 version,
 * 16-byte build id of the artifact it belongs to, u32 count, then count rows {u32 word, u32 first, u32 last}, ascending
 * by word. */
#ifndef SKEP_TOOLCHAIN_LOWER_MAP_H
#define SKEP_TOOLCHAIN_LOWER_MAP_H

#include "toolchain/lower/lower.h"

enum { MAP_VERSION = 1, MAP_HEAD_BYTES = 28, MAP_ROW_BYTES = 12, MAP_BUILD_ID_BYTES = 16 };

/* What decoding finds; rows lie in the bytes that were decoded. */
struct map {
    uint8_t build_id[MAP_BUILD_ID_BYTES];
    uint32_t count;
    const uint8_t *rows;
};

size_t map_bytes(uint32_t count);
/* Writes map_bytes(count) bytes at `to`. */
void map_encode(const struct lower_map_entry *entries, uint32_t count, const uint8_t build_id[MAP_BUILD_ID_BYTES],
                void *to);

/* ST_CORRUPT: no map, or cut short, or rows out of order. ST_VERSION: made by another version. *out is set only on
 * ST_OK. */
enum status map_decode(const void *bytes, size_t length, struct map *out);
struct lower_map_entry map_entry(const struct map *map, uint32_t index);
/* The row that covers a word: the last one at or before it. False when there is none. */
bool map_find(const struct map *map, uint32_t word, struct lower_map_entry *out);

#endif
