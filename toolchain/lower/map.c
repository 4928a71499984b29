#include "toolchain/lower/map.h"

#include <string.h>

#include "core/base/bytes.h"

static const char magic[4] = {'S', 'K', 'M', 'P'};

size_t map_bytes(uint32_t count) { return MAP_HEAD_BYTES + (size_t)count * MAP_ROW_BYTES; }

void map_encode(const struct lower_map_entry *entries, uint32_t count, const uint8_t build_id[MAP_BUILD_ID_BYTES],
                void *to) {
    struct writer out = writer_of(to, map_bytes(count));
    put_bytes(&out, magic, sizeof magic);
    put_u32(&out, MAP_VERSION);
    put_bytes(&out, build_id, MAP_BUILD_ID_BYTES);
    put_u32(&out, count);
    for (uint32_t i = 0; i < count; i++) {
        put_u32(&out, entries[i].word);
        put_u32(&out, entries[i].first);
        put_u32(&out, entries[i].last);
    }
}

enum status map_decode(const void *bytes, size_t length, struct map *out) {
    struct reader in = reader_of(bytes, length);
    struct map map;
    const uint8_t *start = take_bytes(&in, sizeof magic);
    uint32_t version = take_u32(&in);
    const uint8_t *build_id = take_bytes(&in, MAP_BUILD_ID_BYTES);
    map.count = take_u32(&in);
    if (in.bad || memcmp(start, magic, sizeof magic) != 0) return ST_CORRUPT;
    if (version != MAP_VERSION) return ST_VERSION;
    if (length - MAP_HEAD_BYTES != (size_t)map.count * MAP_ROW_BYTES) return ST_CORRUPT;
    memcpy(map.build_id, build_id, MAP_BUILD_ID_BYTES);
    map.rows = take_bytes(&in, length - MAP_HEAD_BYTES);
    for (uint32_t i = 1; i < map.count; i++)
        if (map_entry(&map, i).word <= map_entry(&map, i - 1).word) return ST_CORRUPT;
    *out = map;
    return ST_OK;
}

struct lower_map_entry map_entry(const struct map *map, uint32_t index) {
    const uint8_t *row = map->rows + (size_t)index * MAP_ROW_BYTES;
    return (struct lower_map_entry){load_le32(row), load_le32(row + 4), load_le32(row + 8)};
}

bool map_find(const struct map *map, uint32_t word, struct lower_map_entry *out) {
    uint32_t low = 0, high = map->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (map_entry(map, middle).word <= word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return false;
    *out = map_entry(map, low - 1);
    return true;
}
