/* Source: spec/keys.md. */
#include "core/trust/keys.h"

#include <string.h>

#include "core/base/bytes.h"
#include "profile.h"

enum { FORMAT = 1, HEADER_BYTES = 16, ROW_BYTES = 80, ROW_ID = 8, ROW_POINT = 16, NUMBER_BYTES = 32 };
static const uint8_t magic[4] = {'S', 'K', 'E', 'Y'};

_Static_assert(HEADER_BYTES + KEYS_MAX * ROW_BYTES + TRUST_HASH_BYTES <= KEYS_REGION_BYTES, "all keys fit the region");
_Static_assert(KEYS_KEY_SET == 1 << (ARTIFACT_KEY_SET - 1), "a role's bit is its type's");

static const uint8_t prime[NUMBER_BYTES] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
};

static enum status refuse(struct artifact_fault *fault, enum status status, size_t offset, const char *reason) {
    *fault = (struct artifact_fault){.offset = (uint32_t)offset, .reason = PROFILE_WORDS(reason)};
    return status;
}

static bool all_are(const uint8_t *bytes, size_t length, uint8_t value) {
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != value) return false;
    return true;
}

static bool are_roles(uint8_t roles) { return roles == KEYS_REVOKED || (roles != 0 && (roles & ~KEYS_ANY) == 0); }

static bool is_point_in_range(const uint8_t point[TRUST_POINT_BYTES]) {
    return memcmp(point, prime, NUMBER_BYTES) < 0 && memcmp(point + NUMBER_BYTES, prime, NUMBER_BYTES) < 0;
}

static size_t row_offset(uint32_t index) { return HEADER_BYTES + (size_t)index * ROW_BYTES; }

struct keys_entry keys_entry_at(const uint8_t *region, uint32_t index) {
    const uint8_t *row = region + row_offset(index);
    struct keys_entry entry = {.roles = row[0]};
    memcpy(entry.key.point, row + ROW_POINT, TRUST_POINT_BYTES);
    return entry;
}

static enum status check_row(const uint8_t *region, uint32_t index, struct artifact_fault *fault) {
    size_t at = row_offset(index);
    const uint8_t *row = region + at;
    struct keys_entry entry = keys_entry_at(region, index);
    uint8_t id[ARTIFACT_KEY_ID_BYTES];
    trust_key_id(&entry.key, id);
    if (!are_roles(entry.roles)) return refuse(fault, ST_CORRUPT, at, "a key has no role, or an unknown one");
    if (!all_are(row + 1, ROW_ID - 1, 0)) return refuse(fault, ST_CORRUPT, at + 1, "a reserved field is not zero");
    if (memcmp(id, row + ROW_ID, sizeof id) != 0)
        return refuse(fault, ST_CORRUPT, at + ROW_ID, "a key id is not that of its key");
    if (index > 0 && memcmp(row + ROW_ID - ROW_BYTES, id, sizeof id) >= 0)
        return refuse(fault, ST_CORRUPT, at + ROW_ID, "the keys are not in ascending order, each once");
    if (!is_point_in_range(row + ROW_POINT))
        return refuse(fault, ST_CORRUPT, at + ROW_POINT, "a key's coordinate is not below p");
    return ST_OK;
}

enum status keys_check(const uint8_t *region, uint32_t bytes, uint32_t *count, struct artifact_fault *fault) {
    *count = 0;
    if (all_are(region, bytes, 0xff)) return ST_OK;
    if (memcmp(region, magic, sizeof magic) != 0)
        return refuse(fault, ST_CORRUPT, 0, "this is no key region: the magic SKEY is missing");
    if (load_le16(region + 4) != FORMAT) return refuse(fault, ST_VERSION, 4, "the format is another one than 1");
    uint16_t rows = load_le16(region + 6);
    if (rows < 1 || rows > KEYS_MAX || row_offset(rows) + TRUST_HASH_BYTES > bytes)
        return refuse(fault, ST_CORRUPT, 6, "the number of keys is not 1 to 16");
    if (!all_are(region + 8, HEADER_BYTES - 8, 0)) return refuse(fault, ST_CORRUPT, 8, "a reserved field is not zero");
    uint8_t hash[TRUST_HASH_BYTES];
    size_t end = row_offset(rows);
    trust_hash_of(region, end, hash);
    if (memcmp(hash, region + end, sizeof hash) != 0) return refuse(fault, ST_CORRUPT, end, "the hash does not match");
    if (!all_are(region + end + sizeof hash, bytes - end - sizeof hash, 0xff))
        return refuse(fault, ST_CORRUPT, end + sizeof hash, "something lies behind the last key");
    for (uint32_t i = 0; i < rows; i++) {
        enum status status = check_row(region, i, fault);
        if (status != ST_OK) return status;
    }
    *count = rows;
    return ST_OK;
}

static int order_of_ids(const struct keys_entry *a, const struct keys_entry *b) {
    uint8_t id_a[ARTIFACT_KEY_ID_BYTES], id_b[ARTIFACT_KEY_ID_BYTES];
    trust_key_id(&a->key, id_a);
    trust_key_id(&b->key, id_b);
    return memcmp(id_a, id_b, sizeof id_a);
}

static void sort_entries(struct keys_entry *entries, uint32_t count) {
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t j = i; j > 0 && order_of_ids(&entries[j - 1], &entries[j]) > 0; j--) {
            struct keys_entry moved = entries[j];
            entries[j] = entries[j - 1];
            entries[j - 1] = moved;
        }
}

enum status keys_encode(struct keys_entry *entries, uint32_t count, uint8_t region[KEYS_REGION_BYTES]) {
    if (count < 1 || count > KEYS_MAX) return ST_INVALID;
    sort_entries(entries, count);
    for (uint32_t i = 0; i < count; i++) {
        if (!are_roles(entries[i].roles)) return ST_CORRUPT;
        if (!is_point_in_range(entries[i].key.point)) return ST_CORRUPT;
        if (i > 0 && order_of_ids(&entries[i - 1], &entries[i]) == 0) return ST_EXISTS;
    }
    memset(region, 0xff, KEYS_REGION_BYTES);
    memset(region, 0, row_offset(count));
    memcpy(region, magic, sizeof magic);
    store_le16(region + 4, FORMAT);
    store_le16(region + 6, (uint16_t)count);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *row = region + row_offset(i);
        row[0] = entries[i].roles;
        trust_key_id(&entries[i].key, row + ROW_ID);
        memcpy(row + ROW_POINT, entries[i].key.point, TRUST_POINT_BYTES);
    }
    trust_hash_of(region, row_offset(count), region + row_offset(count));
    return ST_OK;
}

enum status keys_find(const uint8_t *region, uint32_t bytes, const struct artifact *artifact, struct trust_key *key,
                      struct artifact_fault *fault) {
    uint32_t count;
    enum status status = keys_check(region, bytes, &count, fault);
    if (status != ST_OK) return status;
    if (!artifact->is_signed) return refuse(fault, ST_SIGNATURE, artifact->signed_bytes, "the artifact is not signed");
    for (uint32_t i = 0; i < count; i++) {
        if (memcmp(region + row_offset(i) + ROW_ID, artifact->key_id, ARTIFACT_KEY_ID_BYTES) != 0) continue;
        struct keys_entry entry = keys_entry_at(region, i);
        if (entry.roles == KEYS_REVOKED)
            return refuse(fault, ST_SIGNATURE, artifact->signed_bytes + 8, "its key was revoked");
        if ((entry.roles >> (artifact->manifest.type - 1) & 1) == 0)
            return refuse(fault, ST_SIGNATURE, artifact->signed_bytes + 8,
                          "its key is trusted here, but not for artifacts of this type");
        *key = entry.key;
        return ST_OK;
    }
    return refuse(fault, ST_SIGNATURE, artifact->signed_bytes + 8, "its key is not one that is trusted here");
}

enum status keys_check_artifact(const uint8_t *region, uint32_t bytes, const struct artifact *artifact,
                                const void *head, struct artifact_fault *fault) {
    struct trust_key key;
    enum status status = keys_find(region, bytes, artifact, &key, fault);
    if (status != ST_OK) return status;
    uint8_t hash[TRUST_HASH_BYTES];
    trust_artifact_hash(artifact, head, hash);
    if (trust_check(&key, hash, artifact->signature) != ST_OK)
        return refuse(fault, ST_SIGNATURE, artifact->signed_bytes + 16, "the signature is not that of this artifact");
    return ST_OK;
}
