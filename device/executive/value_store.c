#include "device/executive/value_store.h"

#include "core/base/bytes.h"

enum { VALUE_BYTES = 4 };

static enum status load_value(void *context, uint16_t id, uint32_t *bits) {
    uint8_t bytes[VALUE_BYTES];
    uint32_t length;
    const enum status status = store_get(context, STORE_KEY(STORE_VALUES, id), bytes, sizeof bytes, &length);
    if (status != ST_OK || length != sizeof bytes) return status != ST_OK ? status : ST_CORRUPT;
    *bits = load_le32(bytes);
    return ST_OK;
}

static enum status save_value(void *context, uint16_t id, uint32_t bits) {
    uint8_t bytes[VALUE_BYTES];
    store_le32(bytes, bits);
    return store_put(context, STORE_KEY(STORE_VALUES, id), bytes, sizeof bytes);
}

struct executive_store value_store_of(struct store *store) {
    return (struct executive_store){.context = store, .load = load_value, .save = save_value};
}
