#include "test/hostile/forge.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/trust.h"

enum { MAGIC = 0x314d5643, SIGNATURE_BYTES = 80, PAD_BYTES = 8 };

static uint32_t padded(uint32_t bytes) { return (bytes + 7) / 8 * 8; }

struct forge_parts forge_parts_random(struct random *random, const struct assembly *program) {
    struct assembly_row row = assembly_row_get(program->functions, program->entry_function);
    uint32_t depth_bytes = row.depth == VM_UNBOUNDED ? 256 : 4u * row.depth;
    uint32_t calls = row.calls == VM_UNBOUNDED ? 8 : row.calls;
    struct forge_parts parts = {.program = program};
    parts.stack_bytes = padded(depth_bytes) + 16 + 8 * random_below(random, 40);
    parts.data_bytes = random_percent(random, 70) ? 1 + random_below(random, 90) : 0;
    parts.ram_bytes = parts.stack_bytes + 64 + padded(parts.data_bytes) + 8 * random_below(random, 40);
    parts.read_only_bytes = random_percent(random, 70) ? 1 + random_below(random, 60) : 0;
    parts.capability_count = random_below(random, 4);
    parts.return_entries = (uint16_t)(calls + 1 + random_below(random, 5));
    parts.extra_id = (uint16_t)(random_percent(random, 20) ? 10 + random_below(random, 0x7ff0) : 0);
    return parts;
}

static void add_section(struct forge *forge, uint16_t id, const void *bytes, uint32_t length) {
    uint8_t *row = forge->bytes + FORGE_HEADER_BYTES + (size_t)forge->section_count++ * FORGE_ROW_BYTES;
    store_le16(row, id);
    store_le32(row + 4, forge->length);
    store_le32(row + 8, length);
    memcpy(forge->bytes + forge->length, bytes, length);
    forge->length += padded(length);
}

static void put_header(struct forge *forge, const struct forge_parts *parts, struct random *random) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    uint8_t *header = forge->bytes;
    store_le32(header, MAGIC);
    store_le16(header + 4, 1);
    store_le16(header + 6, FORGE_HEADER_BYTES);
    header[12] = 1;
    header[13] = (uint8_t)random_below(random, 4);
    header[14] = (uint8_t)random_below(random, 256);
    header[15] = (uint8_t)random_below(random, 3);
    store_le32(header + 16, random_percent(random, 50) ? 0 : random_edge(random));
    store_le16(header + 20, 1);
    store_le16(header + 22, (uint16_t)(1 + random_below(random, 9)));
    for (int i = 24; i < 48; i++) header[i] = (uint8_t)random_64(random);
    uint32_t name_length = 1 + random_below(random, 31);
    for (uint32_t i = 0; i < name_length; i++)
        header[48 + i] = (uint8_t)letters[random_below(random, i == 0 ? 62 : (uint32_t)sizeof letters - 1)];
    store_le32(header + 80, parts->stack_bytes);
    store_le32(header + 84, parts->ram_bytes);
    store_le32(header + 88, ISA_RAM_BASE + parts->stack_bytes);
    store_le32(header + 92, parts->program->entry_function);
    store_le16(header + 96, parts->return_entries);
    store_le16(header + 98, (uint16_t)random_64(random));
    store_le32(header + 100, random_edge(random));
    store_le32(header + 104, random_edge(random));
}

static void add_capabilities(struct forge *forge, uint32_t count, struct random *random) {
    uint8_t rows[16 * 8] = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = random_below(random, 100);
        rows[16 * i] = (uint8_t)(10 * i + random_below(random, 10)); /* ascends by group */
        rows[16 * i + 1] = (uint8_t)(1 + random_below(random, 255));
        store_le32(rows + 16 * i + 4, first);
        store_le32(rows + 16 * i + 8, first + random_below(random, 3));
        store_le32(rows + 16 * i + 12, random_edge(random));
    }
    if (count > 0) add_section(forge, 4, rows, 16 * count);
}

void forge_make(struct forge *forge, const struct forge_parts *parts, struct random *random) {
    const struct assembly *program = parts->program;
    uint8_t some[512] = {0};
    memset(forge, 0, sizeof *forge);
    uint32_t sections = 2u + (program->call_count > 0) + (parts->capability_count > 0) + (parts->read_only_bytes > 0) +
                        (parts->data_bytes > 0) + (parts->extra_id != 0);
    put_header(forge, parts, random);
    forge->length = FORGE_HEADER_BYTES + sections * FORGE_ROW_BYTES + SIGNATURE_BYTES;
    add_section(forge, 1, program->words, 4 * program->word_count);
    add_section(forge, 2, program->functions, VM_FUNCTION_BYTES * program->function_count);
    if (program->call_count > 0) add_section(forge, 3, program->calls, 2 * program->call_count);
    if (parts->capability_rows)
        add_section(forge, 4, parts->capability_rows, 16 * parts->capability_count);
    else
        add_capabilities(forge, parts->capability_count, random);
    for (uint32_t i = 0; i < parts->read_only_bytes; i++) some[i] = (uint8_t)random_64(random);
    if (parts->read_only_bytes > 0) add_section(forge, 5, some, parts->read_only_bytes + PAD_BYTES);
    if (parts->data_bytes > 0) add_section(forge, 6, parts->data ? parts->data : some, parts->data_bytes);
    if (parts->extra_id != 0) add_section(forge, parts->extra_id, some, 16);
    store_le32(forge->bytes + 8, forge->length);
    store_le16(forge->bytes + 108, (uint16_t)forge->section_count);
    forge_rehash(forge);
}

uint32_t forge_row(const struct forge *forge, uint16_t id) {
    for (uint32_t i = 0; i < forge->section_count; i++) {
        uint32_t at = FORGE_HEADER_BYTES + i * FORGE_ROW_BYTES;
        if (load_le16(forge->bytes + at) == id) return at;
    }
    return 0;
}

uint32_t forge_section(const struct forge *forge, uint16_t id, uint32_t *bytes) {
    uint32_t row = forge_row(forge, id);
    if (row == 0) return 0;
    *bytes = load_le32(forge->bytes + row + 8);
    return load_le32(forge->bytes + row + 4);
}

void forge_rehash(struct forge *forge) {
    for (uint32_t i = 0; i < forge->section_count; i++) {
        uint8_t *row = forge->bytes + FORGE_HEADER_BYTES + (size_t)i * FORGE_ROW_BYTES;
        uint32_t offset = load_le32(row + 4), bytes = load_le32(row + 8);
        if (offset > forge->length || bytes > forge->length - offset || padded(bytes) > forge->length - offset)
            continue;
        trust_hash_of(forge->bytes + offset, padded(bytes), row + 16);
    }
}

uint32_t forge_head_bytes(const struct forge *forge) {
    return FORGE_HEADER_BYTES + forge->section_count * FORGE_ROW_BYTES + SIGNATURE_BYTES;
}
