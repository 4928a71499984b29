/* Source: spec/boot.md section 7, spec/image.md, spec/keyset.md. */
#include "device/boot/verify.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/keys.h"

enum { PIECE_BYTES = 128, STACK_ALIGNMENT = 8, RAM_AFTER = 1 };

/* ---- the number that a verification makes ---- */

enum step {
    STEP_KEY_SET = 0x1c35,
    STEP_TARGET = 0x2e59,
    STEP_COUNTER = 0x34d7,
    STEP_SIGNATURE = 0x47a3,
    STEP_CONTENT = 0x591b,
    STEP_VECTORS = 0x6ac5,
};

/* A step that found a fault leaves the number wrong, whether or not somebody looks at the fault. */
static uint32_t flow(uint32_t token, enum step step, enum boot_reason reason) {
    return (token << 7 | token >> 25) ^ ((uint32_t)step + ((uint32_t)reason << 16));
}

uint32_t verify_good(uint32_t seed) {
    seed = flow(seed, STEP_KEY_SET, BOOT_REASON_NONE);
    seed = flow(seed, STEP_TARGET, BOOT_REASON_NONE);
    seed = flow(seed, STEP_COUNTER, BOOT_REASON_NONE);
    seed = flow(seed, STEP_SIGNATURE, BOOT_REASON_NONE);
    seed = flow(seed, STEP_CONTENT, BOOT_REASON_NONE);
    return flow(seed, STEP_VECTORS, BOOT_REASON_NONE);
}

static struct boot_fault fault_of(enum boot_reason reason, uint32_t detail) {
    return (struct boot_fault){.reason = reason, .detail = detail};
}
static const struct boot_fault no_fault = {.reason = BOOT_REASON_NONE};

enum status verify_hash(const struct flash_area *flash, uint32_t offset, uint32_t length,
                        uint8_t to[TRUST_HASH_BYTES]) {
    uint8_t piece[PIECE_BYTES];
    struct trust_hash hash;
    trust_hash_start(&hash);
    while (length > 0) {
        const uint32_t part = length < PIECE_BYTES ? length : PIECE_BYTES;
        const enum status status = flash->read(flash, offset, piece, part);
        if (status != ST_OK) return status;
        trust_hash_add(&hash, piece, part);
        offset += part;
        length -= part;
    }
    trust_hash_end(&hash, to);
    return ST_OK;
}

/* ---- steps ---- */

static struct boot_fault check_signature(const uint8_t *head, const struct image *image, const struct trust_key *key) {
    const char *const domain = artifact_domain(image->type);
    uint8_t digest[TRUST_HASH_BYTES];
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, domain, strlen(domain) + 1);
    trust_hash_add(&hash, head, IMAGE_SIGNED_BYTES);
    trust_hash_end(&hash, digest);
    return trust_check(key, digest, image->signature) == ST_OK ? no_fault : fault_of(BOOT_REASON_SIGNATURE, 0);
}

static struct boot_fault check_content(const struct boot_board *board, uint32_t offset, const struct image *image) {
    uint8_t digest[TRUST_HASH_BYTES];
    const uint32_t length = (uint32_t)artifact_stored_bytes(image->section_bytes);
    if (verify_hash(board->flash, offset + IMAGE_HEAD_BYTES, length, digest) != ST_OK)
        return fault_of(BOOT_REASON_CONTENT, IMAGE_HEAD_BYTES);
    return memcmp(digest, image->hash, sizeof digest) == 0 ? no_fault : fault_of(BOOT_REASON_CONTENT, IMAGE_HEAD_BYTES);
}

static struct boot_fault read_head(const struct boot_board *board, uint32_t offset, uint8_t *head,
                                   struct image *image) {
    uint32_t at = 0, any = 0;
    if (board->flash->read(board->flash, offset, head, IMAGE_HEAD_BYTES) != ST_OK)
        return fault_of(BOOT_REASON_CONTENT, 0);
    if (image_decode(head, image, &at) == ST_OK) return no_fault;
    for (uint32_t i = 0; i < IMAGE_HEAD_BYTES; i++) any |= head[i] ^ board->flash->erased_value;
    return any == 0 ? fault_of(BOOT_REASON_BLANK, 0) : fault_of(BOOT_REASON_FORMAT, at);
}

static bool is_blank_key(const struct trust_key *key) {
    uint8_t all = 0xff;
    for (uint32_t i = 0; i < sizeof key->point; i++) all &= key->point[i];
    return all == 0xff;
}

/* ---- key sets ---- */

enum { SET_HEAD_BYTES = 16, SET_ROW_BYTES = 80, SET_ROW_ID = 8, SET_ROW_POINT = 16 };
static uint32_t row_offset(uint32_t row) { return IMAGE_HEAD_BYTES + SET_HEAD_BYTES + row * SET_ROW_BYTES; }
static uint32_t rows_of(const struct image *set) {
    return (set->section_bytes - SET_HEAD_BYTES - TRUST_HASH_BYTES) / SET_ROW_BYTES;
}

static struct boot_fault check_set_head(const struct boot_board *board, const struct image *set) {
    const uint32_t rows = rows_of(set);
    if (set->type != ARTIFACT_KEY_SET) return fault_of(BOOT_REASON_FORMAT, 12);
    if (set->product_id != 0 && set->product_id != board->product_id)
        return fault_of(BOOT_REASON_PRODUCT, set->product_id);
    if (rows < 1 || rows > KEYS_MAX || set->section_bytes != row_offset(rows) - IMAGE_HEAD_BYTES + TRUST_HASH_BYTES ||
        set->total_bytes > board->flash->erase_bytes)
        return fault_of(BOOT_REASON_SIZE, set->total_bytes);
    return no_fault;
}

static struct boot_fault check_root(const struct boot_board *board, const uint8_t *head, const struct image *set) {
    uint8_t id[ARTIFACT_KEY_ID_BYTES];
    trust_key_id(board->root, id);
    if (is_blank_key(board->root) || !set->is_signed || memcmp(id, set->key_id, sizeof id) != 0)
        return fault_of(BOOT_REASON_KEYS, set->security_version);
    return check_signature(head, set, board->root);
}

static struct boot_fault check_rows(const struct boot_board *board, uint32_t offset, uint32_t rows) {
    static const uint8_t begin[6] = {'S', 'K', 'E', 'Y', 1, 0};
    const struct flash_area *const flash = board->flash;
    uint8_t row[SET_HEAD_BYTES];
    if (flash->read(flash, offset + IMAGE_HEAD_BYTES, row, sizeof row) != ST_OK ||
        memcmp(row, begin, sizeof begin) != 0 || load_le16(row + 6) != rows)
        return fault_of(BOOT_REASON_FORMAT, IMAGE_HEAD_BYTES);
    for (uint32_t i = 0; i < rows; i++) {
        const uint32_t at = row_offset(i);
        if (flash->read(flash, offset + at, row, sizeof row) != ST_OK || !keys_roles_of_set(row[0]))
            return fault_of(BOOT_REASON_FORMAT, at);
    }
    return no_fault;
}

struct boot_fault verify_key_set(const struct boot_board *board, uint32_t index, struct image *set) {
    uint8_t head[IMAGE_HEAD_BYTES];
    if (index >= BOOT_KEY_SETS) return fault_of(BOOT_REASON_KEYS, 0);
    const uint32_t offset = board->key_set[index];
    struct boot_fault fault = read_head(board, offset, head, set);
    if (fault.reason == BOOT_REASON_NONE) fault = check_set_head(board, set);
    if (fault.reason == BOOT_REASON_NONE) fault = check_root(board, head, set);
    if (fault.reason == BOOT_REASON_NONE) fault = check_content(board, offset, set);
    if (fault.reason == BOOT_REASON_NONE) fault = check_rows(board, offset, rows_of(set));
    return fault;
}

static struct boot_fault find_key(const struct boot_board *board, uint32_t index, const struct image *set,
                                  const struct image *image, struct trust_key *key) {
    uint8_t row[SET_ROW_BYTES];
    if (!image->is_signed) return fault_of(BOOT_REASON_KEY, 0);
    for (uint32_t i = 0; i < rows_of(set); i++) {
        const enum status status =
            board->flash->read(board->flash, board->key_set[index] + row_offset(i), row, sizeof row);
        if (status != ST_OK || memcmp(row + SET_ROW_ID, image->key_id, ARTIFACT_KEY_ID_BYTES) != 0) continue;
        if (row[0] == KEYS_REVOKED) return fault_of(BOOT_REASON_REVOKED, 0);
        if ((row[0] & KEYS_FIRMWARE) == 0) return fault_of(BOOT_REASON_ROLE, row[0]);
        memcpy(key->point, row + SET_ROW_POINT, sizeof key->point);
        return no_fault;
    }
    return fault_of(BOOT_REASON_KEY, 0);
}

/* ---- firmware ---- */

static struct boot_fault check_target(const struct boot_board *board, const struct image *image, uint32_t *slot) {
    if (image->type != ARTIFACT_FIRMWARE) return fault_of(BOOT_REASON_FORMAT, 12);
    if (image->product_id != board->product_id) return fault_of(BOOT_REASON_PRODUCT, image->product_id);
    if (image->abi_min > BOOT_TABLE_VERSION || image->abi_max < BOOT_TABLE_VERSION)
        return fault_of(BOOT_REASON_ABI, BOOT_TABLE_VERSION);
    for (*slot = 0; *slot < board->slot_count; (*slot)++) {
        if (image->address != board->address + board->slot[*slot].offset + IMAGE_HEAD_BYTES) continue;
        return image->total_bytes <= board->slot[*slot].bytes ? no_fault
                                                              : fault_of(BOOT_REASON_SIZE, image->total_bytes);
    }
    return fault_of(BOOT_REASON_ADDRESS, image->address);
}

static struct boot_fault check_counter(const struct boot_board *board, const struct boot_state *state,
                                       const struct image *image) {
    const uint32_t counter = state->security_version;
    if (image->security_version < counter) return fault_of(BOOT_REASON_SECURITY, counter);
    if (image->security_version - counter > board->security_step_max)
        return fault_of(BOOT_REASON_STEP, counter + board->security_step_max);
    return no_fault;
}

static struct boot_fault check_vectors(const struct boot_board *board, uint32_t slot, const struct image *image) {
    uint8_t vectors[8];
    const uint32_t at = image->vector_offset, table = image->address + at;
    const struct boot_fault bad = fault_of(BOOT_REASON_VECTORS, at);
    if (table % IMAGE_VECTOR_ALIGNMENT != 0 || image->section_bytes < sizeof vectors ||
        at > image->section_bytes - sizeof vectors)
        return bad;
    const uint32_t offset = board->slot[slot].offset + IMAGE_HEAD_BYTES + at;
    if (board->flash->read(board->flash, offset, vectors, sizeof vectors) != ST_OK) return bad;
    const uint32_t stack = load_le32(vectors), first = load_le32(vectors + 4);
    if (stack % STACK_ALIGNMENT != 0 || stack - board->ram_address - RAM_AFTER >= board->ram_bytes) return bad;
    if ((first & 1) == 0 || first - 1 - image->address >= image->section_bytes) return bad;
    return no_fault;
}

/* The steps that a head alone can show. `set` is the key set that counts, verified. */
static struct boot_fault check_firmware_signature(const struct boot_board *board, const struct boot_state *state,
                                                  const struct image *set, const uint8_t *head,
                                                  const struct image *image) {
    struct trust_key key;
    const struct boot_fault fault = find_key(board, state->key_set, set, image, &key);
    return fault.reason == BOOT_REASON_NONE ? check_signature(head, image, &key) : fault;
}

struct boot_fault verify_head(const struct boot_board *board, const struct boot_state *state,
                              const uint8_t head[IMAGE_HEAD_BYTES], struct image *image, uint32_t *slot) {
    uint32_t at = 0;
    struct image set;
    struct boot_fault fault;
    if (image_decode(head, image, &at) != ST_OK) return fault_of(BOOT_REASON_FORMAT, at);
    if (image->type == ARTIFACT_KEY_SET) {
        fault = check_set_head(board, image);
        if (fault.reason == BOOT_REASON_NONE && image->security_version <= state->key_set_version)
            fault = fault_of(BOOT_REASON_SECURITY, state->key_set_version);
        return fault.reason == BOOT_REASON_NONE ? check_root(board, head, image) : fault;
    }
    fault = check_target(board, image, slot);
    if (fault.reason == BOOT_REASON_NONE) fault = check_counter(board, state, image);
    if (fault.reason == BOOT_REASON_NONE) fault = verify_key_set(board, state->key_set, &set);
    if (fault.reason == BOOT_REASON_NONE) fault = check_firmware_signature(board, state, &set, head, image);
    return fault;
}

uint32_t verify_slot(const struct boot_board *board, const struct boot_state *state, uint32_t slot, uint32_t seed,
                     struct boot_verdict *verdict) {
    uint8_t head[IMAGE_HEAD_BYTES];
    uint32_t linked_for = 0;
    struct boot_fault *const fault = &verdict->fault;
    struct image set, *const image = &verdict->image;
    uint32_t token = seed;
    *fault = verify_key_set(board, state->key_set, &set);
    token = flow(token, STEP_KEY_SET, fault->reason);
    if (fault->reason != BOOT_REASON_NONE) return token;
    *fault = read_head(board, board->slot[slot].offset, head, image);
    if (fault->reason == BOOT_REASON_NONE) *fault = check_target(board, image, &linked_for);
    if (fault->reason == BOOT_REASON_NONE && linked_for != slot) *fault = fault_of(BOOT_REASON_ADDRESS, image->address);
    token = flow(token, STEP_TARGET, fault->reason);
    if (fault->reason != BOOT_REASON_NONE) return token;
    *fault = check_counter(board, state, image);
    token = flow(token, STEP_COUNTER, fault->reason);
    if (fault->reason != BOOT_REASON_NONE) return token;
    *fault = check_firmware_signature(board, state, &set, head, image);
    token = flow(token, STEP_SIGNATURE, fault->reason);
    if (fault->reason != BOOT_REASON_NONE) return token;
    *fault = check_content(board, board->slot[slot].offset, image);
    token = flow(token, STEP_CONTENT, fault->reason);
    if (fault->reason != BOOT_REASON_NONE) return token;
    *fault = check_vectors(board, slot, image);
    return flow(token, STEP_VECTORS, fault->reason);
}

void boot_verify(const struct boot_board *board, const struct boot_state *state, uint32_t slot,
                 struct boot_verdict *verdict) {
    struct journal journal;
    struct boot_state again;
    *verdict = (struct boot_verdict){.first = 0};
    verdict->first = verify_slot(board, state, slot, VERIFY_SEED, verdict);
    if (verdict->first != verify_good(VERIFY_SEED)) return;
    if (boot_state_open(board, &journal, &again) != ST_OK) again = boot_state_blank();
    verdict->second = verify_slot(board, &again, slot, ~VERIFY_SEED, verdict);
    if (verdict->second != verify_good(~VERIFY_SEED)) verdict->fault = fault_of(BOOT_REASON_DISAGREE, slot);
}

bool boot_verdict_is_good(const struct boot_verdict *verdict) {
    return verdict->first == verify_good(VERIFY_SEED) && verdict->second == verify_good(~VERIFY_SEED);
}

uint32_t boot_entry(const struct boot_verdict *verdict) {
    const uint32_t wrong =
        (verdict->first ^ verify_good(VERIFY_SEED)) * 3 + (verdict->second ^ verify_good(~VERIFY_SEED)) * 5;
    return verdict->image.address + verdict->image.vector_offset + wrong;
}
