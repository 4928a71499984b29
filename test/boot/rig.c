#include "test/boot/rig.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"

/* ---- signatures ----
 *
 * A campaign checks the same few signatures a million times: each different one is checked by the real function, and
 * its answer kept. The linker sends calls of trust_check here. */
enum status __real_trust_check(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                               const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);
enum status __wrap_trust_check(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                               const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);

enum { KNOWN = 64 };
static struct known {
    struct trust_key key;
    uint8_t hash[TRUST_HASH_BYTES], signature[ARTIFACT_SIGNATURE_BYTES];
    enum status status;
    bool is_there;
} known[KNOWN];

enum status __wrap_trust_check(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                               const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]) {
    static uint32_t next;
    for (uint32_t i = 0; i < KNOWN; i++)
        if (known[i].is_there && memcmp(&known[i].key, key, sizeof *key) == 0 &&
            memcmp(known[i].hash, hash, TRUST_HASH_BYTES) == 0 &&
            memcmp(known[i].signature, signature, ARTIFACT_SIGNATURE_BYTES) == 0)
            return known[i].status;
    struct known *const to = &known[next++ % KNOWN];
    to->is_there = true;
    to->key = *key;
    memcpy(to->hash, hash, TRUST_HASH_BYTES);
    memcpy(to->signature, signature, ARTIFACT_SIGNATURE_BYTES);
    return to->status = __real_trust_check(key, hash, signature);
}

/* ---- flash ---- */

static uint32_t random_next(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    return *state ^= *state << 5;
}

static void forget_weak(struct flash *flash, uint32_t offset, uint32_t length) {
    for (uint32_t i = flash->weak_count; i-- > 0;)
        if (flash->weak[i].offset >= offset && flash->weak[i].offset < offset + length)
            flash->weak[i] = flash->weak[--flash->weak_count];
}

static void make_weak(struct flash *flash, uint32_t offset, uint32_t length, enum cut_mode mode) {
    forget_weak(flash, offset, length);
    require(flash->weak_count < RIG_WEAK_MAX);
    flash->weak[flash->weak_count].offset = offset;
    flash->weak[flash->weak_count].length = length;
    flash->weak[flash->weak_count++].mode = mode;
}

static enum status flash_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    struct flash *const flash = area->context;
    uint8_t *const bytes = to;
    enum status status = ST_OK;
    if ((uint64_t)offset + length > area->size_bytes) return ST_INVALID;
    memcpy(to, flash->bytes + offset, length);
    for (uint32_t i = 0; i < flash->weak_count; i++)
        for (uint32_t at = 0; at < flash->weak[i].length; at++) {
            const uint32_t here = flash->weak[i].offset + at - offset;
            if (here >= length) continue;
            if (flash->weak[i].mode == CUT_LOST) status = ST_CORRUPT;
            if (flash->weak[i].mode == CUT_UNSTABLE) bytes[here] = (uint8_t)random_next(&flash->random);
            if (flash->weak[i].mode == CUT_AFTER && random_next(&flash->random) % 32 == 0)
                bytes[here] ^= (uint8_t)(1u << (random_next(&flash->random) & 7));
        }
    return status;
}

/* One unit has its turn: true when the power fails in it. */
static bool is_cut(struct flash *flash) { return ++flash->operations == flash->cut_at; }

static void lose_power(struct flash *flash, uint32_t offset, uint32_t length) {
    if (flash->mode != CUT_BEFORE && flash->mode != CUT_TORN) make_weak(flash, offset, length, flash->mode);
    longjmp(*flash->power, 1);
}

static bool is_blank(const struct flash_area *area, uint32_t offset, uint32_t length) {
    const struct flash *const flash = area->context;
    for (uint32_t i = 0; i < length; i++)
        if (flash->bytes[offset + i] != area->erased_value) return false;
    return true;
}

static enum status flash_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    struct flash *const flash = area->context;
    const uint8_t *bytes = from;
    if (!flash_area_holds(area, offset, length, area->program_bytes)) flash->broken = true;
    if (flash->broken) return ST_INVALID;
    for (uint32_t at = 0; at < length; at += area->program_bytes) {
        uint8_t *const unit = flash->bytes + offset + at;
        const bool cut = is_cut(flash);
        if (cut && flash->mode == CUT_BEFORE) lose_power(flash, offset + at, area->program_bytes);
        if (!is_blank(area, offset + at, area->program_bytes)) flash->broken = true;
        for (uint32_t i = 0; i < flash->weak_count; i++)
            if (flash->weak[i].offset <= offset + at && offset + at < flash->weak[i].offset + flash->weak[i].length)
                flash->broken = true; /* half erased, or half programmed */
        for (uint32_t i = 0; i < area->program_bytes; i++) {
            const uint8_t some = cut && flash->mode == CUT_TORN ? (uint8_t)random_next(&flash->random) : 0xff;
            unit[i] = (uint8_t)(unit[i] ^ ((unit[i] ^ bytes[at + i]) & some));
        }
        if (cut) lose_power(flash, offset + at, area->program_bytes);
    }
    return ST_OK;
}

static enum status flash_erase(const struct flash_area *area, uint32_t offset) {
    struct flash *const flash = area->context;
    if (!flash_area_holds(area, offset, area->erase_bytes, area->erase_bytes)) flash->broken = true;
    if (flash->broken) return ST_INVALID;
    const bool cut = is_cut(flash);
    if (cut && flash->mode == CUT_BEFORE) lose_power(flash, offset, area->erase_bytes);
    forget_weak(flash, offset, area->erase_bytes);
    for (uint32_t i = 0; i < area->erase_bytes; i++)
        if (!cut || flash->mode != CUT_TORN || random_next(&flash->random) % 2)
            flash->bytes[offset + i] = area->erased_value;
    if (cut) lose_power(flash, offset, area->erase_bytes);
    return ST_OK;
}

/* ---- the device ---- */

void rig_init(struct rig *rig, const struct geometry *geometry) {
    enum { SLOT_UNITS_BYTES = 8192 };
    const uint32_t unit = geometry->erase_bytes;
    *rig = (struct rig){.root = host_key_public(rig_key(KEY_ROOT))};
    rig->flash.random = 0x9e3779b9;
    rig->area = (struct flash_area){
        .size_bytes = RIG_FLASH_BYTES,
        .erase_bytes = unit,
        .program_bytes = geometry->program_bytes,
        .erased_value = geometry->erased,
        .program_once = true,
        .read = flash_read,
        .program = flash_program,
        .erase = flash_erase,
        .context = &rig->flash,
    };
    rig->board = (struct boot_board){
        .flash = &rig->area,
        .root = &rig->root,
        .product_id = RIG_PRODUCT,
        .address = RIG_ADDRESS,
        .ram_address = RIG_RAM_ADDRESS,
        .ram_bytes = RIG_RAM_BYTES,
        .journal = 0,
        .requests = 2 * unit,
        .key_set = {4 * unit, 5 * unit},
        .slot_count = geometry->slots,
        .slot = {{6 * unit, SLOT_UNITS_BYTES}, {6 * unit + SLOT_UNITS_BYTES, SLOT_UNITS_BYTES}},
        .security_step_max = 100,
        .attempts_max = 3,
    };
    require(rig->board.slot[1].offset + SLOT_UNITS_BYTES <= RIG_FLASH_BYTES);
    memset(rig->flash.bytes, geometry->erased, RIG_FLASH_BYTES);
}

void rig_bind(struct rig *rig) {
    rig->area.context = &rig->flash;
    rig->board.flash = &rig->area;
    rig->board.root = &rig->root;
}

void rig_blank(struct rig *rig) {
    static const uint8_t keys[] = {KEY_FIRMWARE};
    struct boot boot;
    struct boot_fault fault;
    struct file set = rig_key_set(1, keys, 1);
    memset(rig->flash.bytes, rig->area.erased_value, RIG_FLASH_BYTES);
    rig->flash.weak_count = 0;
    boot_open(&boot, &rig->board);
    require(rig_install(rig, &boot, &set, &fault) == ST_OK);
    free(set.bytes);
}

/* ---- what comes from outside ---- */

const struct host_key *rig_key(enum rig_key key) {
    static struct host_key *keys[RIG_KEYS];
    if (!keys[key]) keys[key] = host_key_new();
    require(keys[key] != NULL);
    return keys[key];
}

void rig_sign(struct file *file, enum rig_key key) {
    uint8_t hash[TRUST_HASH_BYTES], id[ARTIFACT_KEY_ID_BYTES], signature[ARTIFACT_SIGNATURE_BYTES];
    const char *const domain = artifact_domain(file->bytes[12]);
    const struct trust_key public_key = host_key_public(rig_key(key));
    struct trust_hash running;
    trust_hash_start(&running);
    trust_hash_add(&running, domain, strlen(domain) + 1);
    trust_hash_add(&running, file->bytes, IMAGE_SIGNED_BYTES);
    trust_hash_end(&running, hash);
    require(host_key_sign(rig_key(key), hash, signature) == ST_OK);
    trust_key_id(&public_key, id);
    const struct artifact artifact = {.signed_bytes = IMAGE_SIGNED_BYTES};
    artifact_encode_signature(&artifact, file->bytes, id, signature);
}

void rig_seal(struct file *file, enum rig_key key) {
    trust_hash_of(file->bytes + IMAGE_HEAD_BYTES, file->length - IMAGE_HEAD_BYTES,
                  file->bytes + ARTIFACT_HEADER_BYTES + 16);
    rig_sign(file, key);
}

struct file rig_image(const struct rig *rig, uint32_t slot, uint32_t version, uint32_t security, enum rig_key key) {
    uint8_t code[RIG_CODE_BYTES];
    uint32_t random = version * 0x9e3779b9u + slot + 1;
    for (uint32_t i = 0; i < sizeof code; i++) code[i] = (uint8_t)random_next(&random);
    const uint32_t address = RIG_ADDRESS + rig->board.slot[slot].offset;
    store_le32(code, RIG_RAM_ADDRESS + RIG_RAM_BYTES);
    store_le32(code + 4, (address + IMAGE_CODE_OFFSET + 64) | 1);
    struct image_input input = {
        .manifest = {.product_id = RIG_PRODUCT,
                     .version = version,
                     .security_version = security,
                     .trial_s = 5,
                     .name = "runtime"},
        .slot_address = address,
        .code = code,
        .code_bytes = sizeof code,
    };
    struct pack_output output;
    char message[PACK_MESSAGE_BYTES];
    require(image_pack(&input, &output, message) == ST_OK);
    struct file file = {output.bytes, output.length};
    rig_sign(&file, key);
    return file;
}

struct file rig_key_set(uint32_t version, const uint8_t *keys, uint32_t count) {
    struct keys_entry entries[KEYS_MAX];
    for (uint32_t i = 0; i < count; i++) {
        const enum rig_key key = keys[i] & 15;
        const uint8_t role = key == KEY_GUEST ? KEYS_GUEST : KEYS_FIRMWARE;
        entries[i] =
            (struct keys_entry){.roles = keys[i] & 16 ? KEYS_REVOKED : role, .key = host_key_public(rig_key(key))};
    }
    struct pack_output output;
    char message[PACK_MESSAGE_BYTES];
    require(image_pack_key_set("keys", RIG_PRODUCT, version, entries, count, &output, message) == ST_OK);
    struct file file = {output.bytes, output.length};
    rig_sign(&file, KEY_ROOT);
    return file;
}

/* ---- acts ---- */

enum status rig_install(struct rig *rig, struct boot *boot, const struct file *file, struct boot_fault *fault) {
    enum { CHUNK_BYTES = 200 };
    struct boot_install install;
    uint8_t hash[TRUST_HASH_BYTES];
    (void)rig;
    trust_hash_of(file->bytes, file->length, hash);
    enum status status = boot_install_begin(&install, boot, file->length, hash);
    while (status == ST_OK && install.received < file->length) {
        const uint32_t left = file->length - install.received, part = left < CHUNK_BYTES ? left : CHUNK_BYTES;
        status = boot_install_write(&install, install.received, file->bytes + install.received, part);
    }
    if (status == ST_OK) status = boot_install_end(&install);
    *fault = install.fault;
    return status;
}

enum status rig_confirm(struct rig *rig, uint32_t slot) {
    struct journal journal;
    struct boot_state state;
    const enum status status = boot_state_open(&rig->board, &journal, &state);
    if (status != ST_OK) return status;
    struct boot_request request = {.wants = BOOT_WANT_CONFIRM, .slot = (uint8_t)slot};
    memcpy(request.id, state.slot[slot].id, sizeof request.id);
    return boot_request_add(&rig->board, &request);
}

uint32_t rig_boot(struct rig *rig, struct boot *boot) {
    struct boot_verdict verdict;
    boot_open(boot, &rig->board);
    const uint32_t slot = boot_choose(boot, &verdict);
    if (slot != BOOT_NONE) {
        require(boot_verdict_is_good(&verdict));
        require(boot_entry(&verdict) == RIG_ADDRESS + rig->board.slot[slot].offset + IMAGE_CODE_OFFSET);
    }
    return slot;
}

void rig_update(struct rig *rig, const struct file *file, uint32_t slot) {
    struct boot boot;
    struct boot_fault fault;
    rig_boot(rig, &boot);
    require(rig_install(rig, &boot, file, &fault) == ST_OK);
    require(rig_boot(rig, &boot) == slot);
    require(rig_confirm(rig, slot) == ST_OK);
    require(rig_boot(rig, &boot) == slot && boot.state.slot[slot].state == BOOT_CONFIRMED);
}

bool rig_holds(const struct rig *rig, uint32_t slot, const struct file *file) {
    return memcmp(rig->flash.bytes + rig->board.slot[slot].offset, file->bytes, file->length) == 0;
}
