#include "core/wire/mailbox_row.h"

#include "core/base/bytes.h"
#include "core/wire/row_text.h"
#include "profile.h"

static const char *fault_of(const uint8_t *bytes, const struct mailbox_row *row) {
    if (row->space < MAILBOX_ROW_SVC || row->space > MAILBOX_ROW_SHARED)
        return PROFILE_WORDS("a mailbox's namespace is not svc, app or shared");
    if (row->mode > MAILBOX_ROW_BLOCK) return PROFILE_WORDS("a mailbox's mode is not queue, drop or block");
    if ((row->space == MAILBOX_ROW_SHARED) != (row->mode != MAILBOX_ROW_QUEUE))
        return PROFILE_WORDS("a shared mailbox drops or blocks, any other queues");
    if (load_le16(bytes + 2) != 0) return PROFILE_WORDS("a reserved field of a mailbox is not zero");
    if (row->capacity < MAILBOX_ROW_CAPACITY_MIN || row->capacity > UINT16_MAX)
        return PROFILE_WORDS("a mailbox's capacity is not 16 to 65535 bytes");
    if (!row_text_is_name(bytes + 8, MAILBOX_ROW_NAME_BYTES, MAILBOX_ROW_NAME_BYTES - 1))
        return PROFILE_WORDS("a mailbox's name is not 1 to 23 letters, digits, '_', '-', '.', then zeros");
    return NULL;
}

enum status mailbox_row_decode(const uint8_t bytes[MAILBOX_ROW_BYTES], struct mailbox_row *row, const char **reason) {
    *row = (struct mailbox_row){
        .space = bytes[0], .mode = bytes[1], .capacity = load_le32(bytes + 4), .name = (const char *)bytes + 8};
    *reason = fault_of(bytes, row);
    return *reason ? ST_CORRUPT : ST_OK;
}

const char *mailbox_rows_check(const uint8_t *rows, uint32_t count, uint32_t *at) {
    struct mailbox_row row;
    const char *reason;
    for (*at = 0; *at < count * MAILBOX_ROW_BYTES; *at += MAILBOX_ROW_BYTES) {
        if (mailbox_row_decode(rows + *at, &row, &reason) != ST_OK) return reason;
    }
    return NULL;
}
