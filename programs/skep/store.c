/* skep store: what lies in a store (spec/store.md), read by the code that a device reads it with. */
#include "device/store/store.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "device/port/flash_file/flash_file.h"
#include "device/port/mps2_an386/flash_map.h"
#include "device/store/part.h"
#include "host/link/json.h"
#include "programs/skep/command.h"
#include "programs/state/state_file.h"

enum { KEYS_MAX = 4096, VALUE_BYTES_MAX = 1 << 19, SHORT_BYTES = 4 };

struct shown {
    struct flash_file file;
    struct flash_part part;
    struct store_entry entries[KEYS_MAX];
    struct store_config config;
    struct store store;
    uint8_t value[VALUE_BYTES_MAX];
};

static const char *const spaces[STORE_SPACES] = {"values", "hive", "slots", "files"};

static int by_key(const void *one, const void *other) {
    const struct store_entry *const a = one, *const b = other;
    return (a->key > b->key) - (a->key < b->key);
}

/* A board's flash file has the board's size; all else is a state file. */
static int open_file(struct shown *shown, const char *path) {
    uint32_t page_bytes = STATE_PAGE_BYTES;
    const bool board =
        flash_file_read_board(&shown->file, path, FLASH_BYTES, FLASH_SECTOR_BYTES, FLASH_PROGRAM_BYTES) == ST_OK;
    enum status status = board ? ST_OK : flash_file_read(&shown->file, path);
    if (status == ST_IO) return command_fail(EXIT_NO_INPUT, "%s: %s", path, strerror(errno));
    if (status != ST_OK) return command_fail(EXIT_ARTIFACT, "%s: no flash file and no state file", path);
    if (board) {
        flash_part_init(&shown->part, &shown->file.area, FLASH_STORE_FIRST, FLASH_STORE_BYTES);
        page_bytes = FLASH_SECTOR_BYTES;
    } else {
        flash_part_init(&shown->part, &shown->file.area, 0, shown->file.area.size_bytes);
    }
    shown->config = (struct store_config){&shown->part.area, page_bytes, shown->entries, KEYS_MAX, true};
    status = store_open(&shown->store, &shown->config);
    if (status == ST_INVALID) return command_fail(EXIT_ARTIFACT, "%s: no flash file and no state file", path);
    if (status == ST_FULL) return command_fail(EXIT_ARTIFACT, "%s: it has more than %d values", path, KEYS_MAX);
    if (status == ST_VERSION && shown->store.count == 0)
        return command_fail(EXIT_ARTIFACT, "%s: it is of a newer format than %d", path, STORE_FORMAT);
    return EXIT_DONE;
}

static void print_head(const struct store *store, bool json) {
    if (json)
        printf("{\"version\": %d, \"sequence\": %" PRIu32 ", \"values\": %u, \"damaged\": %" PRIu32
               ", \"cells\": %" PRIu32 ", \"used\": %" PRIu32 "}\n",
               JSON_VERSION_OF_LINES, store->sequence, store->count, store->damaged, store->cells, store->end);
    else
        printf("values: %u; pages begun: %" PRIu32 "; of the newest, cells used: %" PRIu32 " of %" PRIu32 "\n",
               store->count, store->sequence, store->end, store->cells);
    if (!json && store->damaged > 0) printf("passed over, because damaged: %" PRIu32 "\n", store->damaged);
}

static void print_value(struct shown *shown, const struct store_entry *entry, bool json) {
    const char *const space = spaces[entry->key >> 16];
    const unsigned id = entry->key & 0xffff;
    uint32_t length = 0;
    const bool there = store_get(&shown->store, entry->key, shown->value, sizeof shown->value, &length) == ST_OK;
    if (json)
        printf("{\"version\": %d, \"space\": \"%s\", \"key\": %u, \"writes\": %u, \"bytes\": %" PRIu32
               ", \"value\": \"",
               JSON_VERSION_OF_LINES, space, id, entry->version, length);
    else
        printf("%-6s %u.%-4u %6" PRIu32 " bytes  ", space, id >> 8, id & 0xff, length);
    for (uint32_t i = 0; there && i < length; i++) printf("%02x", shown->value[i]);
    if (json) printf("\"}");
    if (!json && length == SHORT_BYTES) printf("  = %" PRIu32, load_le32(shown->value));
    putchar('\n');
}

int command_store(int argc, char **argv) {
    bool json = false;
    struct command_words words = {0};
    const struct command_option options[] = {{"--json", OPTION_FLAG, &json}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1) return command_fail(EXIT_USAGE, "store wants one file; see: skep help store");
    struct shown *const shown = malloc(sizeof *shown);
    if (!shown) abort();
    const int code = open_file(shown, words.word[0]);
    if (code == EXIT_DONE) {
        print_head(&shown->store, json);
        qsort(shown->entries, shown->store.count, sizeof shown->entries[0], by_key);
        for (uint32_t i = 0; i < shown->store.count; i++) print_value(shown, &shown->entries[i], json);
    }
    flash_file_close(&shown->file);
    free(shown);
    return code;
}
