#include "device/store/slot.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"

enum { PROGRESS_BYTES = 4, STATE_AT = 0, BYTES_AT = 4, HASH_AT = 8 };
_Static_assert(HASH_AT + SLOT_HASH_BYTES == SLOT_RECORD_BYTES, "the hash comes last");

static uint32_t record_key(const struct slot *slot) { return STORE_KEY(STORE_SLOTS, 2u * slot->number); }
static uint32_t progress_key(const struct slot *slot) { return record_key(slot) + 1; }

enum slot_is slot_state(const struct slot *slot, struct slot_image *image) {
    uint8_t record[SLOT_RECORD_BYTES];
    uint32_t length;
    const enum status status = store_get(slot->store, record_key(slot), record, sizeof record, &length);
    if (status == ST_NOT_FOUND) return SLOT_IS_UNKNOWN;
    if (status != ST_OK || length != sizeof record) return SLOT_IS_GIVEN_UP;
    image->bytes = load_le32(record + BYTES_AT);
    memcpy(image->hash, record + HASH_AT, sizeof image->hash);
    const bool known = record[STATE_AT] == SLOT_IS_RECEIVING || record[STATE_AT] == SLOT_IS_WHOLE;
    return known ? (enum slot_is)record[STATE_AT] : SLOT_IS_GIVEN_UP;
}

static struct store_change change_state(const struct slot *slot, enum slot_is state, const struct slot_image *image,
                                        uint8_t record[SLOT_RECORD_BYTES]) {
    memset(record, 0, SLOT_RECORD_BYTES);
    record[STATE_AT] = (uint8_t)state;
    store_le32(record + BYTES_AT, image->bytes);
    memcpy(record + HASH_AT, image->hash, sizeof image->hash);
    return (struct store_change){.key = record_key(slot), .bytes = record, .length = SLOT_RECORD_BYTES};
}

static uint32_t progress_of(const struct slot *slot) {
    uint8_t bytes[PROGRESS_BYTES];
    uint32_t length;
    if (store_get(slot->store, progress_key(slot), bytes, sizeof bytes, &length) != ST_OK) return 0;
    const uint32_t progress = load_le32(bytes);
    return length == PROGRESS_BYTES && progress % slot->area->erase_bytes == 0 ? progress : 0;
}

enum status slot_begin(struct slot_writer *writer, const struct slot *slot, const struct slot_image *image) {
    uint8_t record[SLOT_RECORD_BYTES], none[PROGRESS_BYTES] = {0};
    struct slot_image there;
    require(slot->number <= SLOT_NUMBER_MAX);
    if (image->bytes > slot->area->size_bytes) return ST_FULL;
    *writer = (struct slot_writer){.slot = *slot, .image = *image};
    if (slot_state(slot, &there) == SLOT_IS_RECEIVING && there.bytes == image->bytes &&
        memcmp(there.hash, image->hash, sizeof there.hash) == 0) {
        const uint32_t progress = progress_of(slot);
        writer->received = progress <= image->bytes ? progress : 0;
        return ST_OK;
    }
    const struct store_change changes[] = {
        change_state(slot, SLOT_IS_RECEIVING, image, record),
        {.key = progress_key(slot), .bytes = none, .length = sizeof none},
    };
    return store_commit(slot->store, changes, sizeof changes / sizeof changes[0]);
}

static enum status write_unit(const struct slot_writer *writer, uint32_t offset) {
    const struct flash_area *const area = writer->slot.area;
    uint8_t back[FLASH_AREA_PROGRAM_BYTES_MAX];
    if (offset % area->erase_bytes == 0 && area->erase(area, offset) != ST_OK) return ST_IO;
    if (area->program(area, offset, writer->unit, area->program_bytes) != ST_OK) return ST_IO;
    if (area->read(area, offset, back, area->program_bytes) != ST_OK) return ST_IO;
    return memcmp(back, writer->unit, area->program_bytes) == 0 ? ST_OK : ST_IO;
}

static enum status keep_progress(const struct slot_writer *writer) {
    uint8_t bytes[PROGRESS_BYTES];
    store_le32(bytes, writer->received);
    return store_put(writer->slot.store, progress_key(&writer->slot), bytes, sizeof bytes);
}

/* What has come of a unit, the rest erased. */
static enum status end_unit(struct slot_writer *writer) {
    const struct flash_area *const area = writer->slot.area;
    const uint32_t filled = writer->received % area->program_bytes;
    if (filled == 0) return ST_OK;
    memset(writer->unit + filled, area->erased_value, area->program_bytes - filled);
    return write_unit(writer, writer->received - filled);
}

enum status slot_write(struct slot_writer *writer, const void *bytes, uint32_t length) {
    const struct flash_area *const area = writer->slot.area;
    const uint8_t *from = bytes;
    enum status status = ST_OK;
    if (length > writer->image.bytes - writer->received) return ST_INVALID;
    while (length > 0 && status == ST_OK) {
        const uint32_t filled = writer->received % area->program_bytes, room = area->program_bytes - filled;
        const uint32_t piece = length < room ? length : room;
        memcpy(writer->unit + filled, from, piece);
        from += piece;
        length -= piece;
        writer->received += piece;
        if (piece == room) status = write_unit(writer, writer->received - area->program_bytes);
        if (status == ST_OK && writer->received % area->erase_bytes == 0) status = keep_progress(writer);
    }
    if (status == ST_OK && writer->received == writer->image.bytes) status = end_unit(writer);
    return status;
}

enum status slot_end(struct slot_writer *writer, const struct slot *instead_of) {
    uint8_t record[SLOT_RECORD_BYTES], other[SLOT_RECORD_BYTES];
    const struct slot_image nothing = {0};
    uint32_t count = 1;
    if (writer->received != writer->image.bytes) return ST_AGAIN;
    struct store_change changes[3] = {change_state(&writer->slot, SLOT_IS_WHOLE, &writer->image, record)};
    if (store_find(writer->slot.store, progress_key(&writer->slot)))
        changes[count++] = (struct store_change){.key = progress_key(&writer->slot), .remove = true};
    if (instead_of) changes[count++] = change_state(instead_of, SLOT_IS_GIVEN_UP, &nothing, other);
    return store_commit(writer->slot.store, changes, count);
}

enum status slot_give_up(const struct slot *slot) {
    uint8_t record[SLOT_RECORD_BYTES];
    const struct slot_image nothing = {0};
    const struct store_change change = change_state(slot, SLOT_IS_GIVEN_UP, &nothing, record);
    return store_commit(slot->store, &change, 1);
}
