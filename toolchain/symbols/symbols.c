#include "toolchain/symbols/symbols.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/trust/trust.h"
#include "toolchain/lower/map.h"
#include "toolchain/pack/pack.h"
#include "toolchain/symbols/dwarf.h"

struct symbols {
    struct dwarf_source *source;
    uint8_t *map_bytes;
    struct map map; /* its rows lie in map_bytes */
};

enum status symbols_of(const struct symbols_files *files, struct symbols **out) {
    *out = NULL;
    struct dwarf_source *source = dwarf_source_open(files->elf, files->elf_bytes);
    struct symbols *symbols = calloc(1, sizeof *symbols);
    uint8_t *bytes = malloc(files->map_bytes + 1);
    if (symbols && bytes) {
        memcpy(bytes, files->map, files->map_bytes);
        *symbols = (struct symbols){.source = source, .map_bytes = bytes};
    }
    if (source && symbols && bytes && map_decode(bytes, files->map_bytes, &symbols->map) == ST_OK) {
        *out = symbols;
        return ST_OK;
    }
    free(symbols);
    free(bytes);
    dwarf_source_close(source);
    return ST_CORRUPT;
}

void symbols_close(struct symbols *symbols) {
    if (!symbols) return;
    dwarf_source_close(symbols->source);
    free(symbols->map_bytes);
    free(symbols);
}

static enum status refuse(enum status status, char message[SYMBOLS_MESSAGE_BYTES], const char *text) {
    snprintf(message, SYMBOLS_MESSAGE_BYTES, "%s; build again", text);
    return status;
}

enum status symbols_open(const struct symbols_files *files, const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES],
                         const void *head, size_t signed_bytes, struct symbols **out,
                         char message[SYMBOLS_MESSAGE_BYTES]) {
    uint8_t elf_hash[TRUST_HASH_BYTES], computed[SYMBOLS_BUILD_ID_BYTES];
    struct map map;
    *out = NULL;
    message[0] = '\0';
    if (map_decode(files->map, files->map_bytes, &map) != ST_OK)
        return refuse(ST_CORRUPT, message, "the .map file is none, or is damaged");
    if (memcmp(map.build_id, build_id, SYMBOLS_BUILD_ID_BYTES) != 0)
        return refuse(ST_VERSION, message, "the .map file belongs to another build than the artifact and is not used");
    trust_hash_of(files->elf, files->elf_bytes, elf_hash);
    pack_build_id(elf_hash, head, signed_bytes, computed);
    if (memcmp(computed, build_id, SYMBOLS_BUILD_ID_BYTES) != 0)
        return refuse(ST_VERSION, message, "the .elf file belongs to another build than the artifact and is not used");
    enum status status = symbols_of(files, out);
    return status == ST_OK ? ST_OK : refuse(status, message, "the .elf file is no RV32 ELF file, or is damaged");
}

bool symbols_address(const struct symbols *symbols, uint32_t word, uint32_t function_entry, uint32_t *address) {
    struct lower_map_entry entry;
    if (!map_find(&symbols->map, word, &entry) || entry.word < function_entry) return false;
    *address = entry.first;
    return true;
}

size_t symbols_frames(const struct symbols *symbols, uint32_t address,
                      struct symbols_frame frames[SYMBOLS_FRAMES_MAX]) {
    size_t count = dwarf_frames(symbols->source, address, frames);
    const char *name = dwarf_function_name(symbols->source, address);
    if (count == 0 && name) frames[count++] = (struct symbols_frame){.function = name};
    if (count > 0 && !frames[count - 1].function) frames[count - 1].function = name;
    return count;
}

size_t symbols_locals(const struct symbols *symbols, uint32_t address, const struct symbols_state *state,
                      struct symbols_local *locals, size_t capacity) {
    return dwarf_locals(symbols->source, address, state, locals, capacity);
}
