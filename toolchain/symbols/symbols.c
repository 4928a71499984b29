#include "toolchain/symbols/symbols.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "toolchain/symbols/dwarf.h"

enum { MAP_VERSION = 1, MAP_HEAD_BYTES = 28, MAP_ENTRY_BYTES = 12, PATH_BYTES = 4096, FILE_BYTES_MAX = 1 << 28 };

struct symbols {
    struct dwarf_source *source;
    uint8_t *map; /* count entries of MAP_ENTRY_BYTES, ascending by word */
    uint32_t map_count;
};

struct file {
    char path[PATH_BYTES];
    uint8_t *bytes;
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void say(char message[SYMBOLS_MESSAGE_BYTES], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, SYMBOLS_MESSAGE_BYTES, format, arguments);
    va_end(arguments);
}

void symbols_build_id(const void *code, size_t code_bytes, const void *elf, size_t elf_bytes,
                      uint8_t build_id[SYMBOLS_BUILD_ID_BYTES]) {
    uint8_t hash[EVP_MAX_MD_SIZE] = {0};
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) && EVP_DigestUpdate(context, code, code_bytes) &&
        EVP_DigestUpdate(context, elf, elf_bytes))
        EVP_DigestFinal_ex(context, hash, NULL);
    EVP_MD_CTX_free(context);
    memcpy(build_id, hash, SYMBOLS_BUILD_ID_BYTES);
}

/* Everything that lookups rely on is checked here, so that they need no checks of their own. */
static bool map_is_sound(const uint8_t *bytes, size_t length) {
    if (length < MAP_HEAD_BYTES || memcmp(bytes, "SKMP", 4) != 0 || load_le32(bytes + 4) != MAP_VERSION) return false;
    uint32_t count = load_le32(bytes + 24);
    if (length - MAP_HEAD_BYTES != (uint64_t)count * MAP_ENTRY_BYTES) return false;
    const uint8_t *entry = bytes + MAP_HEAD_BYTES;
    for (uint32_t i = 1; i < count; i++, entry += MAP_ENTRY_BYTES)
        if (load_le32(entry) >= load_le32(entry + MAP_ENTRY_BYTES)) return false;
    return true;
}

enum status symbols_of(const void *elf, size_t elf_bytes, const void *map, size_t map_bytes, struct symbols **out) {
    *out = NULL;
    if (!map_is_sound(map, map_bytes)) return ST_CORRUPT;
    struct dwarf_source *source = dwarf_source_open(elf, elf_bytes);
    if (!source) return ST_CORRUPT;
    struct symbols *symbols = calloc(1, sizeof *symbols);
    uint8_t *entries = malloc(map_bytes);
    if (!symbols || !entries) {
        free(symbols);
        free(entries);
        dwarf_source_close(source);
        return ST_FULL;
    }
    memcpy(entries, (const uint8_t *)map + MAP_HEAD_BYTES, map_bytes - MAP_HEAD_BYTES);
    *symbols = (struct symbols){source, entries, load_le32((const uint8_t *)map + 24)};
    *out = symbols;
    return ST_OK;
}

void symbols_close(struct symbols *symbols) {
    if (!symbols) return;
    dwarf_source_close(symbols->source);
    free(symbols->map);
    free(symbols);
}

/* "dir/name.cvm1" and ".elf" give "dir/name.elf". */
static bool path_beside(const char *artifact_path, const char *extension, char to[PATH_BYTES]) {
    const char *name = strrchr(artifact_path, '/');
    name = name ? name + 1 : artifact_path;
    const char *dot = strrchr(name, '.');
    size_t stem = dot && dot != name ? (size_t)(dot - artifact_path) : strlen(artifact_path);
    if (stem + strlen(extension) >= PATH_BYTES) return false;
    memcpy(to, artifact_path, stem);
    memcpy(to + stem, extension, strlen(extension) + 1);
    return true;
}

static bool read_all(FILE *from, struct file *file) {
    if (fseek(from, 0, SEEK_END) != 0) return false;
    long length = ftell(from);
    if (length < 0 || length > FILE_BYTES_MAX || fseek(from, 0, SEEK_SET) != 0) return false;
    file->length = (size_t)length;
    file->bytes = malloc(file->length + 1);
    return file->bytes && fread(file->bytes, 1, file->length, from) == file->length;
}

static enum status read_beside(const char *artifact_path, const char *extension, struct file *file,
                               char message[SYMBOLS_MESSAGE_BYTES]) {
    if (!path_beside(artifact_path, extension, file->path)) {
        say(message, "the artifact's path is too long");
        return ST_NOT_FOUND;
    }
    FILE *from = fopen(file->path, "rb");
    if (!from) {
        say(message, "%s: %s; `skep build` writes it beside the artifact: keep them together", file->path,
            strerror(errno));
        return ST_NOT_FOUND;
    }
    bool good = read_all(from, file);
    fclose(from);
    if (good) return ST_OK;
    say(message, "%s: cannot be read, or is larger than %d bytes", file->path, FILE_BYTES_MAX);
    return ST_NOT_FOUND;
}

static enum status check_and_open(const struct file *elf, const struct file *map,
                                  const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES], const void *code, size_t code_bytes,
                                  struct symbols **out, char message[SYMBOLS_MESSAGE_BYTES]) {
    uint8_t computed[SYMBOLS_BUILD_ID_BYTES];
    if (!map_is_sound(map->bytes, map->length)) {
        say(message, "%s: this is no map file, or it is damaged; build again", map->path);
        return ST_CORRUPT;
    }
    if (memcmp(map->bytes + 8, build_id, SYMBOLS_BUILD_ID_BYTES) != 0) {
        say(message, "%s: belongs to another build than the artifact, and is not used; build again", map->path);
        return ST_VERSION;
    }
    symbols_build_id(code, code_bytes, elf->bytes, elf->length, computed);
    if (memcmp(computed, build_id, SYMBOLS_BUILD_ID_BYTES) != 0) {
        say(message, "%s: belongs to another build than the artifact, and is not used; build again", elf->path);
        return ST_VERSION;
    }
    enum status status = symbols_of(elf->bytes, elf->length, map->bytes, map->length, out);
    if (status != ST_OK) say(message, "%s: this is no RV32 ELF file, or it is damaged; build again", elf->path);
    return status;
}

enum status symbols_open(const char *artifact_path, const uint8_t build_id[SYMBOLS_BUILD_ID_BYTES], const void *code,
                         size_t code_bytes, struct symbols **out, char message[SYMBOLS_MESSAGE_BYTES]) {
    struct file elf = {0}, map = {0};
    *out = NULL;
    message[0] = '\0';
    enum status status = read_beside(artifact_path, ".map", &map, message);
    if (status == ST_OK) status = read_beside(artifact_path, ".elf", &elf, message);
    if (status == ST_OK) status = check_and_open(&elf, &map, build_id, code, code_bytes, out, message);
    free(elf.bytes);
    free(map.bytes);
    return status;
}

bool symbols_address(const struct symbols *symbols, uint32_t word, uint32_t function_entry, uint32_t *address) {
    uint32_t low = 0, high = symbols->map_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (load_le32(symbols->map + (size_t)middle * MAP_ENTRY_BYTES) <= word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return false;
    const uint8_t *entry = symbols->map + (size_t)(low - 1) * MAP_ENTRY_BYTES;
    if (load_le32(entry) < function_entry) return false;
    *address = load_le32(entry + 4);
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
