#include "device/store/store.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"

enum {
    MAGIC = 0x54534b53,
    HEADER_BYTES = 16,
    RECORD_BYTES = 12,
    CELL_BYTES_MAX = FLASH_AREA_PROGRAM_BYTES_MAX,
    SHORT_BYTES_MAX = 4,
    CRC_BYTES = 4,
    KIND_LONG = 5,
    KIND_REMOVED = 6,
    KIND_MARK = 7,
    ROLE_FIRST = 1,
    ROLE_LAST = 2,
    ROLE_SNAPSHOT = 4,
    ROLE_SINGLE = ROLE_FIRST | ROLE_LAST,
    VERSION_MAX = 254,
    MARK_CLOSING = 0,
    MARK_BEGINNING = 1,
    SETTLE_TRIES = 4,
    SETTLE_READS = 16,
};
_Static_assert(RECORD_BYTES <= CELL_BYTES_MAX && HEADER_BYTES <= CELL_BYTES_MAX, "both pass through a cell's buffer");

struct record {
    uint32_t key, value, crc, cells;
    uint8_t version, kind, role;
};
enum found { FOUND_ERASED, FOUND_BURNT, FOUND_DAMAGED, FOUND_RECORD };

static uint32_t round_up(uint32_t bytes, uint32_t unit) { return (bytes + unit - 1) / unit * unit; }

static const struct flash_area *area_of(const struct store *store) { return store->config->area; }

static uint32_t cell_offset(const struct store *store, uint32_t page, uint32_t cell) {
    return page * store->config->page_bytes + 2 * store->head_bytes + cell * store->cell_bytes;
}

static bool is_all(const uint8_t *bytes, uint32_t length, uint8_t value) {
    while (length > 0 && *bytes == value) bytes++, length--;
    return length == 0;
}

/* ---- index ---- */

static struct store_entry *entry_of(const struct store *store, uint32_t key) {
    struct store_entry *entry = store->config->entries;
    for (uint32_t left = store->count; left > 0; left--, entry++)
        if (entry->key == key) return entry;
    return NULL;
}

const struct store_entry *store_find(const struct store *store, uint32_t key) { return entry_of(store, key); }

static void index_clear(struct store *store) {
    store->count = 0;
    store->live = 0;
}

/* What a record that counts means. False: there is no room for its key. */
static bool index_apply(struct store *store, uint32_t page, uint32_t cell, const struct record *record) {
    struct store_entry *entry = entry_of(store, record->key);
    if (record->kind == KIND_MARK || (record->kind == KIND_REMOVED && !entry)) return true;
    if (entry) store->live -= entry->cells;
    if (record->kind == KIND_REMOVED) {
        *entry = store->config->entries[--store->count];
        return true;
    }
    if (!entry && store->count == store->config->entries_max) return false;
    if (!entry) entry = &store->config->entries[store->count++];
    *entry = (struct store_entry){.key = record->key,
                                  .page = (uint16_t)page,
                                  .cell = (uint16_t)cell,
                                  .cells = (uint16_t)record->cells,
                                  .version = record->version};
    store->live += record->cells;
    return true;
}

/* ---- reading records ---- */

static uint32_t cells_of(const struct store *store, uint32_t length) {
    if (length <= SHORT_BYTES_MAX) return 1;
    return 1 + (length + CRC_BYTES + store->cell_bytes - 1) / store->cell_bytes;
}

/* The CRC of so many bytes there is the four bytes behind them. */
static bool body_is_whole(const struct store *store, uint32_t offset, uint32_t length) {
    uint8_t bytes[CELL_BYTES_MAX];
    uint32_t crc = 0;
    while (length > 0) {
        const uint32_t piece = length < sizeof bytes ? length : sizeof bytes;
        if (area_of(store)->read(area_of(store), offset, bytes, piece) != ST_OK) return false;
        crc = crc32_add(crc, bytes, piece);
        offset += piece;
        length -= piece;
    }
    return area_of(store)->read(area_of(store), offset, bytes, CRC_BYTES) == ST_OK && load_le32(bytes) == crc;
}

/* record->cells is how many cells to go on by, whatever was found. */
static enum found record_read(const struct store *store, uint32_t page, uint32_t cell, struct record *record) {
    const uint32_t offset = cell_offset(store, page, cell);
    const uint8_t erased = area_of(store)->erased_value;
    uint8_t bytes[CELL_BYTES_MAX];
    record->cells = 1;
    if (area_of(store)->read(area_of(store), offset, bytes, store->cell_bytes) != ST_OK) return FOUND_DAMAGED;
    if (is_all(bytes, store->cell_bytes, erased)) return FOUND_ERASED;
    if (is_all(bytes, store->cell_bytes, (uint8_t)~erased)) return FOUND_BURNT;
    record->version = bytes[0];
    record->kind = bytes[1] & 7;
    record->role = bytes[1] >> 3 & 7;
    record->key = STORE_KEY(bytes[1] >> 6, load_le16(bytes + 2));
    record->value = load_le32(bytes + 4);
    record->crc = load_le32(bytes + 8);
    if (record->crc != crc32_add(0, bytes, 8)) return FOUND_DAMAGED;
    if (record->version == 0 || record->version > VERSION_MAX) return FOUND_DAMAGED;
    if (record->kind != KIND_LONG) return FOUND_RECORD;
    if (record->value > store->config->page_bytes) return FOUND_DAMAGED;
    const uint32_t cells = cells_of(store, record->value);
    if (cells < 2 || cells > store->cells - cell) return FOUND_DAMAGED;
    record->cells = cells;
    return body_is_whole(store, offset + store->cell_bytes, record->value) ? FOUND_RECORD : FOUND_DAMAGED;
}

/* ---- finding what counts ---- */

/* Of a page that has a header. */
struct page {
    uint32_t index, sequence, steps;
    bool newer, readable;
};

static bool header_decode(const struct store *store, uint32_t offset, struct page *page) {
    uint8_t bytes[HEADER_BYTES];
    if (area_of(store)->read(area_of(store), offset, bytes, sizeof bytes) != ST_OK) return false;
    if (load_le32(bytes) != MAGIC || load_le32(bytes + 12) != crc32_add(0, bytes, 12)) return false;
    page->newer = bytes[4] > STORE_FORMAT;
    page->readable = bytes[5] <= STORE_FORMAT && bytes[6] == store->cell_bytes;
    page->steps = bytes[7];
    page->sequence = load_le32(bytes + 8);
    return true;
}

static bool header_read(const struct store *store, uint32_t index, struct page *page) {
    const uint32_t offset = index * store->config->page_bytes;
    page->index = index;
    return header_decode(store, offset, page) || header_decode(store, offset + store->head_bytes, page);
}

/* The page with the greatest sequence, or the greatest before that of `below`. */
static bool page_find(const struct store *store, const struct page *below, struct page *best) {
    struct page page;
    bool found = false;
    for (uint32_t i = 0; i < store->pages; i++) {
        if (!header_read(store, i, &page) || (below && page.sequence >= below->sequence)) continue;
        if (found && page.sequence <= best->sequence) continue;
        *best = page;
        found = true;
    }
    return found;
}

struct scan {
    bool counts, marked, snapshot_damaged, full;
    uint32_t group, group_end; /* cells of the last commit that counts; marked: it is a closing mark */
    uint32_t end;              /* behind this all is erased */
    uint32_t damaged;          /* before group_end */
};

/* A commit whose last record is the one given; those before it have lasted, for it was written after them. */
static void scan_commit(struct store *store, uint32_t page, uint32_t cell, const struct record *last,
                        struct scan *scan) {
    struct record record;
    for (uint32_t i = scan->group; i < cell; i += record.cells)
        if (record_read(store, page, i, &record) == FOUND_RECORD && !index_apply(store, page, i, &record))
            scan->full = true;
    if (!index_apply(store, page, cell, last)) scan->full = true;
    scan->marked = last->kind == KIND_MARK && last->value == MARK_CLOSING;
    if (!scan->marked) scan->counts = true;
    scan->group_end = cell + last->cells;
}

/* Takes what counts in a page into the index. */
static void scan_page(struct store *store, uint32_t page, struct scan *scan) {
    struct record record;
    struct scan now = {0};
    uint32_t group = UINT32_MAX, damaged = 0; /* the commit under way; cells since the last one */
    for (uint32_t cell = 0; cell < store->cells; cell += record.cells) {
        const enum found found = record_read(store, page, cell, &record);
        if (found != FOUND_ERASED) now.end = cell + record.cells;
        if (found == FOUND_DAMAGED) damaged++;
        if (found != FOUND_RECORD || record.role & (ROLE_SNAPSHOT | ROLE_FIRST)) group = UINT32_MAX;
        if (found != FOUND_RECORD) continue;
        if (record.role & ROLE_SNAPSHOT) {
            if (!now.counts && !index_apply(store, page, cell, &record)) now.full = true;
            continue;
        }
        if (record.role & ROLE_FIRST) group = cell;
        if ((record.role & ROLE_LAST) == 0 || group == UINT32_MAX) continue;
        if (!now.counts) now.snapshot_damaged = damaged > 0;
        now.group = group;
        scan_commit(store, page, cell, &record, &now);
        now.damaged += damaged;
        damaged = 0;
        group = UINT32_MAX;
    }
    *scan = now;
}

/* The page that one was copied from. */
static bool origin_find(const struct store *store, const struct page *page, struct page *origin) {
    for (uint32_t i = 0; page->steps > 0 && i < store->pages; i++)
        if (header_read(store, i, origin) && origin->sequence == page->sequence - page->steps) return true;
    return false;
}

/* Reads the page that counts, and under it the one that it was copied from, if its copy is damaged. ST_AGAIN: what
 * counted did not when it was read again, for it is half done. */
static enum status load_once(struct store *store, struct scan *scan) {
    struct page page, before, origin;
    *scan = (struct scan){0};
    index_clear(store);
    store->head = store->newest = store->under = STORE_PAGE_NONE;
    bool found = page_find(store, NULL, &page);
    if (found) {
        store->newest = page.index;
        store->sequence = page.sequence;
    }
    for (uint32_t tries = store->pages; found && tries > 0; tries--) {
        scan_page(store, page.index, scan);
        if (scan->counts) break;
        index_clear(store);
        before = page;
        found = page_find(store, &before, &page);
    }
    if (!scan->counts) return ST_OK;
    if (scan->snapshot_damaged && origin_find(store, &page, &origin)) {
        index_clear(store);
        scan_page(store, origin.index, scan);
        if (!scan->counts) index_clear(store);
        scan_page(store, page.index, scan);
        if (!scan->counts) return ST_AGAIN;
        store->under = origin.index;
    }
    store->head = page.index;
    store->head_sequence = page.sequence;
    store->end = scan->end;
    store->fresh = false;
    store->damaged = scan->damaged;
    return scan->full ? ST_FULL : ST_OK;
}

static enum status load(struct store *store, struct scan *scan) {
    enum status status = ST_AGAIN;
    for (uint32_t tries = SETTLE_TRIES; status == ST_AGAIN && tries > 0; tries--) status = load_once(store, scan);
    return status;
}

/* ---- writing ---- */

static enum status write_checked(const struct store *store, uint32_t offset, const uint8_t *bytes, uint32_t length) {
    const struct flash_area *const area = area_of(store);
    uint8_t back[CELL_BYTES_MAX];
    if (area->program(area, offset, bytes, length) != ST_OK) return ST_IO;
    if (area->read(area, offset, back, length) != ST_OK) return ST_IO;
    return memcmp(back, bytes, length) == 0 ? ST_OK : ST_IO;
}

/* The next cell of the page that counts. */
static enum status cell_write(struct store *store, const uint8_t bytes[CELL_BYTES_MAX]) {
    if (store->end == store->cells) return ST_FULL;
    const uint32_t offset = cell_offset(store, store->head, store->end++);
    return write_checked(store, offset, bytes, store->cell_bytes);
}

static enum status record_write(struct store *store, const struct record *record) {
    uint8_t bytes[CELL_BYTES_MAX] = {record->version,
                                     (uint8_t)(record->kind | (uint32_t)record->role << 3 | record->key >> 16 << 6)};
    store_le16(bytes + 2, (uint16_t)record->key);
    store_le32(bytes + 4, record->value);
    store_le32(bytes + 8, crc32_add(0, bytes, 8));
    return cell_write(store, bytes);
}

static enum status mark_write(struct store *store, uint32_t value) {
    return record_write(store, &(struct record){.version = 1, .kind = KIND_MARK, .role = ROLE_SINGLE, .value = value});
}

static enum status body_write(struct store *store, const uint8_t *from, uint32_t length) {
    uint8_t crc[CRC_BYTES], bytes[CELL_BYTES_MAX];
    enum status status = ST_OK;
    store_le32(crc, crc32_add(0, from, length));
    for (uint32_t at = 0; at < length + CRC_BYTES && status == ST_OK; at += store->cell_bytes) {
        for (uint32_t i = 0; i < store->cell_bytes; i++) {
            const uint32_t k = at + i;
            bytes[i] = k < length ? from[k] : k < length + CRC_BYTES ? crc[k - length] : 0;
        }
        status = cell_write(store, bytes);
    }
    return status;
}

/* A record from where it lies to the next cells, with another role, and into the index. ST_CORRUPT: it is no longer
 * whole. Its body is read where it came to lie, for what half-done cells give may change. */
static enum status record_copy(struct store *store, uint32_t page, uint32_t cell, uint8_t role) {
    const uint32_t to = store->end;
    struct record record;
    uint8_t bytes[CELL_BYTES_MAX];
    if (record_read(store, page, cell, &record) != FOUND_RECORD) return ST_CORRUPT;
    record.role = role;
    const uint32_t cells = record.cells;
    enum status status = record_write(store, &record);
    for (uint32_t i = 1; i < cells && status == ST_OK; i++) {
        if (area_of(store)->read(area_of(store), cell_offset(store, page, cell + i), bytes, store->cell_bytes) != ST_OK)
            return ST_CORRUPT;
        status = cell_write(store, bytes);
    }
    if (status != ST_OK) return status;
    if (record_read(store, store->head, to, &record) != FOUND_RECORD) return ST_CORRUPT;
    (void)index_apply(store, store->head, to, &record); /* its key is there already */
    return ST_OK;
}

static enum status burn(const struct store *store, uint32_t offset, uint32_t length) {
    uint8_t bytes[CELL_BYTES_MAX];
    memset(bytes, (uint8_t)~area_of(store)->erased_value, sizeof bytes);
    return write_checked(store, offset, bytes, length);
}

static enum status burn_cells(struct store *store, uint32_t from, uint32_t to) {
    enum status status = ST_OK;
    for (uint32_t cell = from; cell < to && status == ST_OK; cell++)
        status = burn(store, cell_offset(store, store->head, cell), store->cell_bytes);
    return status;
}

static uint32_t cells_of_change(const struct store *store, const struct store_change *change) {
    return change->remove ? 1 : cells_of(store, change->length);
}

static struct record record_of(const struct store *store, const struct store_change *change) {
    const struct store_entry *const entry = entry_of(store, change->key);
    struct record record = {.key = change->key, .cells = cells_of_change(store, change)};
    uint8_t value[SHORT_BYTES_MAX] = {0};
    record.version = (uint8_t)(entry && entry->version < VERSION_MAX ? entry->version + 1 : 1);
    record.kind = (uint8_t)(change->remove ? KIND_REMOVED : record.cells > 1 ? KIND_LONG : change->length);
    if (record.kind <= SHORT_BYTES_MAX && change->length > 0) memcpy(value, change->bytes, change->length);
    record.value = record.kind == KIND_LONG ? change->length : load_le32(value);
    return record;
}

/* All of a commit, or marks when it is empty; the index last. Precondition: there is room. */
static enum status changes_write(struct store *store, const struct store_change *changes, uint32_t count) {
    uint32_t cell = store->end;
    struct record record;
    enum status status = count == 0 ? mark_write(store, MARK_BEGINNING) : ST_OK;
    if (count == 0 && status == ST_OK) status = mark_write(store, MARK_CLOSING);
    for (uint32_t i = 0; i < count && status == ST_OK; i++) {
        record = record_of(store, &changes[i]);
        record.role = (uint8_t)((i == 0 ? ROLE_FIRST : 0) | (i == count - 1 ? ROLE_LAST : 0));
        status = record_write(store, &record);
        if (status == ST_OK && record.kind == KIND_LONG)
            status = body_write(store, changes[i].bytes, changes[i].length);
    }
    for (uint32_t i = 0; i < count && status == ST_OK; i++, cell += record.cells) {
        record = record_of(store, &changes[i]);
        (void)index_apply(store, store->head, cell, &record); /* commit_check found room */
    }
    return status;
}

/* ---- pages ---- */

static enum status page_erase(const struct store *store, uint32_t page) {
    const struct flash_area *const area = area_of(store);
    const uint32_t begin = page * store->config->page_bytes, end = begin + store->config->page_bytes;
    uint8_t bytes[CELL_BYTES_MAX];
    for (uint32_t at = begin; at < end; at += area->erase_bytes)
        if (area->erase(area, at) != ST_OK) return ST_IO;
    for (uint32_t at = begin; at < end; at += sizeof bytes) {
        const uint32_t piece = end - at < sizeof bytes ? end - at : sizeof bytes;
        if (area->read(area, at, bytes, piece) != ST_OK || !is_all(bytes, piece, area->erased_value)) return ST_IO;
    }
    return ST_OK;
}

static enum status header_write(const struct store *store, uint32_t page, uint32_t steps) {
    const uint32_t offset = page * store->config->page_bytes;
    uint8_t bytes[CELL_BYTES_MAX] = {0};
    store_le32(bytes, MAGIC);
    bytes[4] = bytes[5] = STORE_FORMAT;
    bytes[6] = (uint8_t)store->cell_bytes;
    bytes[7] = (uint8_t)steps;
    store_le32(bytes + 8, store->sequence);
    store_le32(bytes + 12, crc32_add(0, bytes, 12));
    const enum status status = write_checked(store, offset, bytes, store->head_bytes);
    return status != ST_OK ? status : write_checked(store, offset + store->head_bytes, bytes, store->head_bytes);
}

/* Both headers of a page are burnt: it never counts. */
static enum status page_kill(const struct store *store, uint32_t page) {
    const uint32_t offset = page * store->config->page_bytes;
    const enum status first = burn(store, offset, store->head_bytes);
    const enum status second = burn(store, offset + store->head_bytes, store->head_bytes);
    return first != ST_OK ? first : second;
}

/* A copy of all values in the page, then the commit. Only a whole one makes it count. */
static enum status page_fill(struct store *store, uint32_t page, const struct store_change *changes, uint32_t count) {
    const uint32_t steps = store->head == STORE_PAGE_NONE ? 0 : store->sequence + 1 - store->head_sequence;
    enum status status = page_erase(store, page);
    store->newest = page;
    store->sequence++;
    if (status == ST_OK) status = header_write(store, page, steps <= UINT8_MAX ? steps : 0);
    store->head = page;
    store->head_sequence = store->sequence;
    store->end = 0;
    store->fresh = true;
    for (uint32_t i = 0; i < store->count && status == ST_OK; i++) {
        const struct store_entry entry = store->config->entries[i];
        status = record_copy(store, entry.page, entry.cell, ROLE_SNAPSHOT);
    }
    store->under = STORE_PAGE_NONE;
    return status == ST_OK ? changes_write(store, changes, count) : status;
}

/* Where to go on: not over what is still read, unless there are only two. */
static uint32_t page_after(const struct store *store) {
    uint32_t page = store->newest == STORE_PAGE_NONE ? 0 : (store->newest + 1) % store->pages;
    while (page == store->head || (page == store->under && store->pages > 2)) page = (page + 1) % store->pages;
    return page;
}

/* Goes on in the next page that takes it, with the commit. A page that failed is made not to count, as far as it lets.
 */
static enum status page_next(struct store *store, const struct store_change *changes, uint32_t count) {
    struct scan scan;
    if (store->live + 2 > store->cells) return store->status = ST_FULL; /* of another's making */
    for (uint32_t tries = store->pages; tries > 0 && store->sequence < UINT32_MAX; tries--) {
        const uint32_t page = page_after(store);
        if (page_fill(store, page, changes, count) == ST_OK) return ST_OK;
        const uint32_t sequence = store->sequence;
        (void)page_kill(store, page);
        (void)load(store, &scan);
        store->newest = page;
        store->sequence = sequence;
    }
    store->status = ST_IO;
    return ST_IO;
}

/* ---- opening ---- */

/* A page that was begun after the one that counts, and does not, may have a commit that is half done. */
static enum status kill_newer_pages(const struct store *store) {
    enum status status = ST_OK;
    struct page page;
    for (uint32_t i = 0; i < store->pages && status == ST_OK; i++) {
        if (i == store->head || !header_read(store, i, &page)) continue;
        if (store->head == STORE_PAGE_NONE || page.sequence > store->head_sequence) status = page_kill(store, i);
    }
    return status;
}

/* Whether the last commit reads the same however often it is read. One that was acknowledged does. */
static bool last_commit_lasts(const struct store *store, const struct scan *scan) {
    struct record record;
    for (uint32_t reads = 0; reads < SETTLE_READS; reads++)
        for (uint32_t cell = scan->group; cell < scan->group_end; cell += record.cells)
            if (record_read(store, store->head, cell, &record) != FOUND_RECORD) return false;
    return true;
}

/* Makes what a power cut may have left half done either whole or dead. ST_AGAIN: look again at what is there now. */
static enum status settle(struct store *store, const struct scan *scan) {
    struct record record;
    if (kill_newer_pages(store) != ST_OK) return page_next(store, NULL, 0);
    if (store->head == STORE_PAGE_NONE || (scan->marked && scan->end == scan->group_end)) return ST_OK;
    if (!scan->marked && !last_commit_lasts(store, scan))
        return burn_cells(store, scan->group, scan->group_end) == ST_OK ? ST_AGAIN : page_next(store, NULL, 0);
    const uint32_t copied = scan->marked ? 0 : scan->group_end - scan->group;
    if (scan->end + copied + 2 > store->cells) return page_next(store, NULL, 0);
    enum status status = burn_cells(store, scan->group_end, scan->end + 1);
    store->end = scan->end + 1;
    store->fresh = true;
    for (uint32_t cell = scan->group; cell < scan->group + copied && status == ST_OK; cell += record.cells) {
        if (record_read(store, store->head, cell, &record) != FOUND_RECORD) return ST_AGAIN;
        status = record_copy(store, store->head, cell, record.role);
    }
    if (status == ST_CORRUPT) return ST_AGAIN;
    if (status == ST_OK) status = mark_write(store, MARK_CLOSING);
    return status == ST_OK ? ST_OK : page_next(store, NULL, 0);
}

/* What only the page before has is written again while that page is there. */
static enum status rescue(struct store *store) {
    enum status status = ST_OK;
    for (uint32_t i = 0; i < store->count && status == ST_OK; i++) {
        const struct store_entry entry = store->config->entries[i];
        if (entry.page == store->head || store->end + entry.cells + 1 > store->cells) continue;
        status = record_copy(store, entry.page, entry.cell, ROLE_SINGLE);
    }
    return status;
}

static bool geometry_is_sound(const struct store_config *config) {
    const struct flash_area *const area = config->area;
    const uint32_t unit = area->program_bytes, page = config->page_bytes;
    if (unit == 0 || unit > FLASH_AREA_PROGRAM_BYTES_MAX || (unit & (unit - 1)) != 0) return false;
    if (area->erase_bytes == 0 || area->erase_bytes % unit != 0) return false;
    if (area->erased_value != 0xff && area->erased_value != 0) return false;
    if (page < 16 * CELL_BYTES_MAX || page > 1u << 19 || page % area->erase_bytes != 0) return false;
    return area->size_bytes / page >= 2 && area->size_bytes / page < STORE_PAGE_NONE;
}

/* False: there is a page that this format cannot read. */
static bool formats_are_known(struct store *store) {
    struct page page;
    for (uint32_t i = 0; i < store->pages; i++) {
        if (!header_read(store, i, &page)) continue;
        if (page.newer || !page.readable) store->status = ST_VERSION;
        if (!page.readable) return false;
    }
    return true;
}

enum status store_open(struct store *store, const struct store_config *config) {
    struct scan scan;
    *store = (struct store){.config = config, .status = ST_INVALID, .head = STORE_PAGE_NONE};
    if (!geometry_is_sound(config)) return ST_INVALID;
    const uint32_t unit = config->area->program_bytes;
    store->cell_bytes = round_up(RECORD_BYTES, unit);
    store->head_bytes = round_up(HEADER_BYTES, unit);
    store->cells = (config->page_bytes - 2 * store->head_bytes) / store->cell_bytes;
    store->pages = config->area->size_bytes / config->page_bytes;
    store->status = config->read_only ? ST_DENIED : ST_OK;
    if (!formats_are_known(store)) return ST_VERSION;
    for (uint32_t tries = SETTLE_TRIES; tries > 0; tries--) {
        const enum status loaded = load(store, &scan);
        if (loaded != ST_OK) return store->status = loaded;
        if (store->status != ST_OK) return store->status == ST_DENIED ? ST_OK : store->status;
        const enum status settled = settle(store, &scan);
        if (settled == ST_OK) return store->status = rescue(store);
        if (settled != ST_AGAIN) return store->status = settled;
    }
    return store->status = ST_IO;
}

uint64_t store_us_max(const struct flash_area *area, uint32_t page_bytes) {
    const uint64_t erase_us = (uint64_t)(page_bytes / area->erase_bytes) * area->erase_us;
    const uint64_t program_us = (uint64_t)(page_bytes / area->program_bytes) * area->program_us;
    return (area->size_bytes / page_bytes) * (erase_us + program_us) + SETTLE_TRIES * program_us;
}

/* ---- values ---- */

/* Nothing is written before all refusals. */
static enum status commit_check(const struct store *store, const struct store_change *changes, uint32_t count,
                                uint32_t *cells) {
    uint32_t live = store->live, keys = store->count;
    *cells = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct store_entry *const entry = entry_of(store, changes[i].key);
        if (changes[i].key >= STORE_KEY(STORE_SPACES, 0)) return ST_INVALID;
        for (uint32_t k = 0; k < i; k++)
            if (changes[k].key == changes[i].key) return ST_INVALID;
        if (changes[i].remove && !entry) return ST_NOT_FOUND;
        if (!changes[i].remove && changes[i].length > store->config->page_bytes) return ST_FULL;
        const uint32_t own = cells_of_change(store, &changes[i]);
        *cells += own;
        if (*cells > store->cells) return ST_FULL;
        live += (changes[i].remove ? 0 : own) - (entry ? entry->cells : 0u);
        keys += (changes[i].remove ? 0u : 1u) - (entry ? 1u : 0u);
    }
    if (keys > store->config->entries_max || live > store->cells - store->cells / 4) return ST_FULL;
    return store->live + *cells + 2 > store->cells ? ST_FULL : ST_OK;
}

enum status store_commit(struct store *store, const struct store_change *changes, uint32_t count) {
    uint32_t cells;
    if (store->status != ST_OK) return store->status;
    const enum status refused = commit_check(store, changes, count, &cells);
    if (refused != ST_OK || count == 0) return refused;
    const uint32_t begin = store->end + (store->fresh ? 0 : 1);
    if (store->head == STORE_PAGE_NONE || begin + cells > store->cells) return page_next(store, changes, count);
    enum status status = burn_cells(store, store->end, begin);
    store->end = begin;
    store->fresh = true;
    if (status == ST_OK) status = changes_write(store, changes, count);
    return status == ST_OK ? ST_OK : page_next(store, changes, count);
}

enum status store_put(struct store *store, uint32_t key, const void *bytes, uint32_t length) {
    return store_commit(store, &(struct store_change){.key = key, .bytes = bytes, .length = length}, 1);
}

enum status store_remove(struct store *store, uint32_t key) {
    return store_commit(store, &(struct store_change){.key = key, .remove = true}, 1);
}

static enum status value_read(const struct store *store, const struct store_entry *entry, void *to, uint32_t capacity,
                              uint32_t *length) {
    const struct flash_area *const area = area_of(store);
    struct record record;
    uint8_t value[SHORT_BYTES_MAX];
    if (record_read(store, entry->page, entry->cell, &record) != FOUND_RECORD || record.key != entry->key)
        return ST_CORRUPT;
    *length = record.kind == KIND_LONG ? record.value : record.kind;
    const uint32_t bytes = *length < capacity ? *length : capacity;
    store_le32(value, record.value);
    if (record.kind != KIND_LONG && bytes > 0) memcpy(to, value, bytes);
    if (record.kind != KIND_LONG) return ST_OK;
    return area->read(area, cell_offset(store, entry->page, entry->cell + 1u), to, bytes);
}

enum status store_get(struct store *store, uint32_t key, void *to, uint32_t capacity, uint32_t *length) {
    struct scan scan;
    const struct store_entry *entry = entry_of(store, key);
    if (!entry) return ST_NOT_FOUND;
    if (value_read(store, entry, to, capacity, length) == ST_OK) return ST_OK;
    const enum status status = load(store, &scan);
    entry = entry_of(store, key);
    return status == ST_OK && entry ? value_read(store, entry, to, capacity, length) : ST_CORRUPT;
}
