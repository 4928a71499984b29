/* Source: spec/boot.md section 3. */
#include "device/boot/journal.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"

enum { FORMAT = 1, COPIES = 2, UNITS = 2, ENTRY_BYTES_MAX = 224, PIECE_BYTES = 32 };
_Static_assert(JOURNAL_HEAD_BYTES + JOURNAL_BODY_BYTES_MAX + JOURNAL_CRC_BYTES + FLASH_AREA_PROGRAM_BYTES_MAX <=
                   ENTRY_BYTES_MAX,
               "the longest entry, padded");

static uint32_t whole_bytes(const struct journal *journal) {
    return JOURNAL_HEAD_BYTES + journal->body_bytes + JOURNAL_CRC_BYTES;
}
static uint32_t entry_bytes(const struct journal *journal) {
    const uint32_t unit = journal->area->program_bytes;
    return (whole_bytes(journal) + unit - 1) / unit * unit;
}
static uint32_t entries_of_unit(const struct journal *journal) {
    return journal->area->erase_bytes / entry_bytes(journal);
}
static uint32_t place(const struct journal *journal, uint32_t unit, uint32_t entry) {
    return journal->offset + unit * journal->area->erase_bytes + entry * entry_bytes(journal);
}

/* Bytes that the flash says are lost are not blank. */
static bool is_blank(const struct journal *journal, uint32_t unit, uint32_t entry) {
    uint8_t piece[PIECE_BYTES];
    uint32_t at = place(journal, unit, entry);
    const uint32_t end = journal->offset + (unit + 1) * journal->area->erase_bytes;
    while (at < end) {
        const uint32_t length = end - at < PIECE_BYTES ? end - at : PIECE_BYTES;
        if (journal->area->read(journal->area, at, piece, length) != ST_OK) return false;
        for (uint32_t i = 0; i < length; i++)
            if (piece[i] != journal->area->erased_value) return false;
        at += length;
    }
    return true;
}

/* ST_OK: the entry is whole. ST_VERSION: it is whole, and of a newer format. */
static enum status read_entry(const struct journal *journal, uint32_t unit, uint32_t entry, uint8_t *to) {
    if (journal->area->read(journal->area, place(journal, unit, entry), to, whole_bytes(journal)) != ST_OK)
        return ST_CORRUPT;
    const uint32_t checked = JOURNAL_HEAD_BYTES + load_le16(to + 6);
    if (load_le32(to) != journal->magic || checked + JOURNAL_CRC_BYTES > whole_bytes(journal) ||
        load_le32(to + checked) != crc32_add(0, to, checked))
        return ST_CORRUPT;
    if (load_le16(to + 4) > FORMAT) return ST_VERSION;
    return checked + JOURNAL_CRC_BYTES == whole_bytes(journal) ? ST_OK : ST_CORRUPT;
}

/* All entries of one unit; whichever is newer than what was found so far counts. */
static void scan(struct journal *journal, uint32_t unit, void *body) {
    uint8_t entry[ENTRY_BYTES_MAX];
    for (uint32_t i = 0; i < entries_of_unit(journal); i++) {
        const enum status status = read_entry(journal, unit, i, entry);
        if (status == ST_VERSION) journal->newer = true;
        if (status != ST_OK) continue;
        const uint32_t sequence = load_le32(entry + 8);
        const bool same = journal->has && sequence == journal->sequence &&
                          memcmp(body, entry + JOURNAL_HEAD_BYTES, journal->body_bytes) == 0;
        if (journal->has && !same && (int32_t)(sequence - journal->sequence) <= 0) continue;
        journal->copies = same && unit == journal->unit ? journal->copies + 1 : 1;
        journal->has = true;
        journal->sequence = sequence;
        journal->unit = unit;
        journal->next = i + 1;
        memcpy(body, entry + JOURNAL_HEAD_BYTES, journal->body_bytes);
    }
}

enum status journal_open(struct journal *journal, void *body) {
    journal->has = journal->newer = false;
    journal->sequence = journal->unit = journal->next = journal->copies = 0;
    for (uint32_t unit = 0; unit < UNITS; unit++) scan(journal, unit, body);
    if (journal->has)
        journal->clean = journal->copies == COPIES && is_blank(journal, journal->unit, journal->next);
    else
        journal->clean = is_blank(journal, 0, 0) && is_blank(journal, 1, 0);
    if (journal->clean && journal->has) return journal->newer ? ST_VERSION : ST_OK;
    journal->next = entries_of_unit(journal); /* no room: the next state begins a unit */
    return journal->newer ? ST_VERSION : ST_OK;
}

static enum status write_copy(const struct journal *journal, uint32_t unit, uint32_t entry, const uint8_t *bytes) {
    uint8_t there[ENTRY_BYTES_MAX];
    const enum status status =
        journal->area->program(journal->area, place(journal, unit, entry), bytes, entry_bytes(journal));
    if (status != ST_OK) return status;
    if (read_entry(journal, unit, entry, there) != ST_OK) return ST_IO;
    return memcmp(bytes, there, whole_bytes(journal)) == 0 ? ST_OK : ST_IO;
}

static enum status write_pair(const struct journal *journal, uint32_t unit, uint32_t entry, const uint8_t *bytes) {
    enum status status = entry > 0 ? ST_OK : journal->area->erase(journal->area, place(journal, unit, 0));
    for (uint32_t copy = 0; copy < COPIES && status == ST_OK; copy++)
        status = write_copy(journal, unit, entry + copy, bytes);
    return status;
}

enum status journal_write(struct journal *journal, const void *body) {
    uint8_t bytes[ENTRY_BYTES_MAX] = {0};
    if (journal->newer) return ST_VERSION;
    uint32_t unit = journal->unit, entry = journal->next;
    if (entry + COPIES > entries_of_unit(journal)) {
        unit = journal->has ? 1 - unit : 0;
        entry = 0;
    }
    /* A torn entry may carry the next number, and read as whole another day. */
    const uint32_t sequence = journal->sequence + (journal->clean ? 1 : 2);
    store_le32(bytes, journal->magic);
    store_le16(bytes + 4, FORMAT);
    store_le16(bytes + 6, journal->body_bytes);
    store_le32(bytes + 8, sequence);
    memcpy(bytes + JOURNAL_HEAD_BYTES, body, journal->body_bytes);
    const uint32_t checked = JOURNAL_HEAD_BYTES + journal->body_bytes;
    store_le32(bytes + checked, crc32_add(0, bytes, checked));
    enum status status = write_pair(journal, unit, entry, bytes);
    if (status != ST_OK && entry > 0) { /* this unit takes no more */
        unit = 1 - unit;
        entry = 0;
        status = write_pair(journal, unit, entry, bytes);
    }
    if (status != ST_OK) {
        journal->clean = false;
        journal->next = entries_of_unit(journal);
        return ST_IO;
    }
    journal->has = journal->clean = true;
    journal->sequence = sequence;
    journal->unit = unit;
    journal->next = entry + COPIES;
    journal->copies = COPIES;
    return ST_OK;
}
