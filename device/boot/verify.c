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

static enum boot_reason refuse(struct boot_fault *fault, enum boot_reason reason, uint32_t detail) {
    fault->detail = detail;
    return fault->reason = reason;
}

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

/* Functions of their own, so that what they take of the stack is free again when a signature is checked: that takes
 * 4 KiB. */
#define APART __attribute__((noinline))

APART static void hash_of_head(const struct image *image, uint8_t to[TRUST_HASH_BYTES]) {
    const char *const domain = image->type == ARTIFACT_KEY_SET ? "Skep CVM1 key set" : "Skep CVM1 firmware";
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, domain, text_length(domain) + 1);
    trust_hash_add(&hash, image, IMAGE_SIGNED_BYTES);
    trust_hash_end(&hash, to);
}

static enum boot_reason check_signature(const struct image *image, const struct trust_key *key,
                                        struct boot_fault *fault) {
    uint8_t digest[TRUST_HASH_BYTES];
    hash_of_head(image, digest);
    const enum status status = trust_check(key, digest, image->signature);
    return refuse(fault, status == ST_OK ? BOOT_REASON_NONE : BOOT_REASON_SIGNATURE, 0);
}

APART static enum boot_reason check_content(const struct boot_board *board, uint32_t offset, const struct image *image,
                                            struct boot_fault *fault) {
    uint8_t digest[TRUST_HASH_BYTES];
    const uint32_t length = (uint32_t)artifact_stored_bytes(image->section_bytes);
    if (verify_hash(board->flash, offset + IMAGE_HEAD_BYTES, length, digest) != ST_OK ||
        memcmp(digest, image->hash, sizeof digest) != 0)
        return refuse(fault, BOOT_REASON_CONTENT, IMAGE_HEAD_BYTES);
    return BOOT_REASON_NONE;
}

static enum boot_reason check_image(const struct image *image, struct boot_fault *fault) {
    uint32_t at = 0;
    const enum status status = image_check(image, &at);
    return refuse(fault, status == ST_OK ? BOOT_REASON_NONE : BOOT_REASON_FORMAT, at);
}

static enum boot_reason read_head(const struct boot_board *board, uint32_t offset, struct image *image,
                                  struct boot_fault *fault) {
    uint32_t any = 0;
    if (board->flash->read(board->flash, offset, image, sizeof *image) != ST_OK)
        return refuse(fault, BOOT_REASON_CONTENT, 0);
    for (uint32_t i = 0; i < sizeof *image; i++) any |= ((const uint8_t *)image)[i] ^ board->flash->erased_value;
    return any == 0 ? refuse(fault, BOOT_REASON_BLANK, 0) : check_image(image, fault);
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

static enum boot_reason check_set_head(const struct boot_board *board, const struct image *set,
                                       struct boot_fault *fault) {
    const uint32_t rows = rows_of(set);
    if (set->type != ARTIFACT_KEY_SET) return refuse(fault, BOOT_REASON_FORMAT, 12);
    if (set->product_id != 0 && set->product_id != board->product_id)
        return refuse(fault, BOOT_REASON_PRODUCT, set->product_id);
    if (rows < 1 || rows > KEYS_MAX || set->section_bytes != row_offset(rows) - IMAGE_HEAD_BYTES + TRUST_HASH_BYTES ||
        set->total_bytes > board->flash->erase_bytes)
        return refuse(fault, BOOT_REASON_SIZE, set->total_bytes);
    return BOOT_REASON_NONE;
}

APART static bool is_key(const struct trust_key *key, const uint8_t want[ARTIFACT_KEY_ID_BYTES]) {
    uint8_t id[ARTIFACT_KEY_ID_BYTES];
    trust_key_id(key, id);
    return memcmp(id, want, sizeof id) == 0;
}

static enum boot_reason check_root(const struct boot_board *board, const struct image *set, struct boot_fault *fault) {
    if (is_blank_key(board->root) || !is_key(board->root, set->key_id))
        return refuse(fault, BOOT_REASON_KEYS, set->security_version);
    return check_signature(set, board->root, fault);
}

static enum boot_reason check_rows(const struct boot_board *board, uint32_t offset, uint32_t rows,
                                   struct boot_fault *fault) {
    static const uint8_t begin[6] = {'S', 'K', 'E', 'Y', 1, 0};
    const struct flash_area *const flash = board->flash;
    uint8_t row[SET_HEAD_BYTES];
    uint32_t at = IMAGE_HEAD_BYTES;
    if (flash->read(flash, offset + at, row, sizeof row) != ST_OK || memcmp(row, begin, sizeof begin) != 0 ||
        load_le16(row + 6) != rows)
        return refuse(fault, BOOT_REASON_FORMAT, at);
    for (uint32_t i = 0; i < rows; i++) {
        at = row_offset(i);
        if (flash->read(flash, offset + at, row, sizeof row) != ST_OK || !keys_roles_of_set(row[0]))
            return refuse(fault, BOOT_REASON_FORMAT, at);
    }
    return BOOT_REASON_NONE;
}

APART enum boot_reason verify_key_set(const struct boot_board *board, uint32_t index, struct boot_key_set *set,
                                      struct boot_fault *fault) {
    struct image image;
    if (index >= BOOT_KEY_SETS) return refuse(fault, BOOT_REASON_KEYS, 0);
    const uint32_t offset = board->key_set[index];
    enum boot_reason reason = read_head(board, offset, &image, fault);
    if (reason == BOOT_REASON_NONE) reason = check_set_head(board, &image, fault);
    if (reason == BOOT_REASON_NONE) reason = check_root(board, &image, fault);
    if (reason == BOOT_REASON_NONE) reason = check_content(board, offset, &image, fault);
    set->version = image.security_version;
    set->rows = rows_of(&image);
    return reason == BOOT_REASON_NONE ? check_rows(board, offset, set->rows, fault) : reason;
}

static enum boot_reason find_key(const struct boot_board *board, uint32_t index, uint32_t rows,
                                 const struct image *image, struct trust_key *key, struct boot_fault *fault) {
    uint8_t row[SET_ROW_BYTES];
    for (uint32_t i = 0; i < rows; i++) {
        const enum status status =
            board->flash->read(board->flash, board->key_set[index] + row_offset(i), row, sizeof row);
        if (status != ST_OK || memcmp(row + SET_ROW_ID, image->key_id, ARTIFACT_KEY_ID_BYTES) != 0) continue;
        if (row[0] == KEYS_REVOKED) return refuse(fault, BOOT_REASON_REVOKED, 0);
        if ((row[0] & KEYS_FIRMWARE) == 0) return refuse(fault, BOOT_REASON_ROLE, row[0]);
        memcpy(key->point, row + SET_ROW_POINT, sizeof key->point);
        return BOOT_REASON_NONE;
    }
    return refuse(fault, BOOT_REASON_KEY, 0);
}

/* ---- firmware ---- */

static enum boot_reason check_target(const struct boot_board *board, const struct image *image, uint32_t *slot,
                                     struct boot_fault *fault) {
    if (image->type != ARTIFACT_FIRMWARE) return refuse(fault, BOOT_REASON_FORMAT, 12);
    if (image->product_id != board->product_id) return refuse(fault, BOOT_REASON_PRODUCT, image->product_id);
    if (image->abi_min > BOOT_TABLE_VERSION || image->abi_max < BOOT_TABLE_VERSION)
        return refuse(fault, BOOT_REASON_ABI, BOOT_TABLE_VERSION);
    for (*slot = 0; *slot < board->slot_count; (*slot)++) {
        if (image->address != board->address + board->slot[*slot].offset + IMAGE_HEAD_BYTES) continue;
        return image->total_bytes <= board->slot[*slot].bytes ? BOOT_REASON_NONE
                                                              : refuse(fault, BOOT_REASON_SIZE, image->total_bytes);
    }
    return refuse(fault, BOOT_REASON_ADDRESS, image->address);
}

static enum boot_reason check_counter(const struct boot_board *board, const struct boot_basis *basis,
                                      const struct image *image, struct boot_fault *fault) {
    const uint32_t counter = basis->security_version;
    if (image->security_version < counter) return refuse(fault, BOOT_REASON_SECURITY, counter);
    if (image->security_version - counter > board->security_step_max)
        return refuse(fault, BOOT_REASON_STEP, counter + board->security_step_max);
    return BOOT_REASON_NONE;
}

static enum boot_reason check_vectors(const struct boot_board *board, uint32_t slot, const struct image *image,
                                      struct boot_fault *fault) {
    uint8_t vectors[8];
    const uint32_t at = image->vector_offset;
    bool good = (image->address + at) % IMAGE_VECTOR_ALIGNMENT == 0 && image->section_bytes >= sizeof vectors &&
                at <= image->section_bytes - sizeof vectors;
    if (good) {
        const uint32_t offset = board->slot[slot].offset + IMAGE_HEAD_BYTES + at;
        good = board->flash->read(board->flash, offset, vectors, sizeof vectors) == ST_OK;
    }
    if (good) {
        const uint32_t stack = load_le32(vectors), first = load_le32(vectors + 4);
        good = stack % STACK_ALIGNMENT == 0 && stack - board->ram_address - RAM_AFTER < board->ram_bytes &&
               (first & 1) != 0 && first - 1 - image->address < image->section_bytes;
    }
    return good ? BOOT_REASON_NONE : refuse(fault, BOOT_REASON_VECTORS, at);
}

/* `rows` is of the key set that counts, verified. */
static enum boot_reason check_firmware_signature(const struct boot_board *board, const struct boot_basis *basis,
                                                 uint32_t rows, const struct image *image, struct boot_fault *fault) {
    struct trust_key key;
    const enum boot_reason reason = find_key(board, basis->key_set, rows, image, &key, fault);
    return reason == BOOT_REASON_NONE ? check_signature(image, &key, fault) : reason;
}

enum boot_reason verify_head(const struct boot_board *board, const struct boot_state *state, const struct image *image,
                             uint32_t *slot, struct boot_fault *fault) {
    const struct boot_basis basis = boot_basis_of(state);
    struct boot_key_set set;
    if (check_image(image, fault) != BOOT_REASON_NONE) return fault->reason;
    if (image->type == ARTIFACT_KEY_SET) {
        const enum boot_reason reason = check_set_head(board, image, fault);
        if (reason != BOOT_REASON_NONE) return reason;
        if (image->security_version <= state->key_set_version)
            return refuse(fault, BOOT_REASON_SECURITY, state->key_set_version);
        return check_root(board, image, fault);
    }
    enum boot_reason reason = check_target(board, image, slot, fault);
    if (reason == BOOT_REASON_NONE) reason = check_counter(board, &basis, image, fault);
    if (reason == BOOT_REASON_NONE) reason = verify_key_set(board, basis.key_set, &set, fault);
    if (reason == BOOT_REASON_NONE) reason = check_firmware_signature(board, &basis, set.rows, image, fault);
    return reason;
}

APART static uint32_t verify_firmware(const struct boot_board *board, const struct boot_basis *basis, uint32_t slot,
                                      uint32_t rows, uint32_t token, struct boot_verdict *verdict) {
    uint32_t linked_for = 0;
    struct boot_fault *const fault = &verdict->fault;
    struct image image;
    enum boot_reason reason = read_head(board, board->slot[slot].offset, &image, fault);
    if (reason == BOOT_REASON_NONE) reason = check_target(board, &image, &linked_for, fault);
    if (reason == BOOT_REASON_NONE && linked_for != slot) reason = refuse(fault, BOOT_REASON_ADDRESS, image.address);
    token = flow(token, STEP_TARGET, reason);
    if (reason != BOOT_REASON_NONE) return token;
    reason = check_counter(board, basis, &image, fault);
    token = flow(token, STEP_COUNTER, reason);
    if (reason != BOOT_REASON_NONE) return token;
    reason = check_firmware_signature(board, basis, rows, &image, fault);
    token = flow(token, STEP_SIGNATURE, reason);
    if (reason != BOOT_REASON_NONE) return token;
    reason = check_content(board, board->slot[slot].offset, &image, fault);
    token = flow(token, STEP_CONTENT, reason);
    if (reason != BOOT_REASON_NONE) return token;
    verdict->vectors = image.address + image.vector_offset;
    verdict->version = image.version;
    verdict->security_version = image.security_version;
    return flow(token, STEP_VECTORS, check_vectors(board, slot, &image, fault));
}

uint32_t verify_slot(const struct boot_board *board, const struct boot_basis *basis, uint32_t slot, uint32_t seed,
                     struct boot_verdict *verdict) {
    struct boot_key_set set;
    const enum boot_reason reason = verify_key_set(board, basis->key_set, &set, &verdict->fault);
    const uint32_t token = flow(seed, STEP_KEY_SET, reason);
    if (reason != BOOT_REASON_NONE) return token;
    return verify_firmware(board, basis, slot, set.rows, token, verdict);
}

APART static struct boot_basis basis_in_flash(const struct boot_board *board) {
    struct journal journal;
    struct boot_state state;
    if (boot_state_open(board, &journal, &state) != ST_OK) state = boot_state_blank();
    return boot_basis_of(&state);
}

void boot_verify(const struct boot_board *board, const struct boot_state *state, uint32_t slot,
                 struct boot_verdict *verdict) {
    struct boot_basis basis = boot_basis_of(state);
    verdict->second = 0;
    verdict->first = verify_slot(board, &basis, slot, VERIFY_SEED, verdict);
    if (verdict->first != verify_good(VERIFY_SEED)) return;
    basis = basis_in_flash(board);
    verdict->second = verify_slot(board, &basis, slot, ~VERIFY_SEED, verdict);
    if (verdict->second != verify_good(~VERIFY_SEED)) (void)refuse(&verdict->fault, BOOT_REASON_DISAGREE, slot);
}

/* 0 if both numbers are right. Apart, and reading them anew for each who asks: a compiler that has seen them compared
 * would take them for right from there on, and leave them out of the address. */
APART static uint32_t wrong(const struct boot_verdict *verdict) {
    const uint32_t first = *(const volatile uint32_t *)&verdict->first;
    const uint32_t second = *(const volatile uint32_t *)&verdict->second;
    return (first ^ verify_good(VERIFY_SEED)) | (second ^ verify_good(~VERIFY_SEED));
}

bool boot_verdict_is_good(const struct boot_verdict *verdict) { return wrong(verdict) == 0; }
uint32_t boot_entry(const struct boot_verdict *verdict) { return verdict->vectors + wrong(verdict); }
