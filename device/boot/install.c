/* Source: spec/boot.md section 9. */
#include <string.h>

#include "device/boot/boot.h"

/* For the reason that install->fault has. */
static enum status refuse(struct boot_install *install) {
    install->is_open = false;
    boot_guard_close(&install->boot->guard);
    return boot_status(install->fault.reason);
}
static enum status refuse_for(struct boot_install *install, enum boot_reason reason, uint32_t detail) {
    install->fault.reason = reason;
    install->fault.detail = detail;
    return refuse(install);
}

static const struct flash_area *flash_of(const struct boot_install *install) { return &install->boot->guard.area; }

static struct boot_slot *slot_of(const struct boot_install *install) {
    return &install->boot->state.slot[install->slot];
}

static enum status enter(struct boot_install *install, enum boot_slot_state state) {
    slot_of(install)->state = (uint8_t)state;
    return boot_commit(install->boot);
}

/* ---- going on ---- */

static bool unit_is_blank(const struct flash_area *flash, uint32_t offset) {
    uint8_t piece[32];
    for (uint32_t at = 0; at < flash->erase_bytes; at += sizeof piece) {
        if (flash->read(flash, offset + at, piece, sizeof piece) != ST_OK) return false;
        for (uint32_t i = 0; i < sizeof piece; i++)
            if (piece[i] != flash->erased_value) return false;
    }
    return true;
}

static enum status erase_units(struct boot_install *install, uint32_t from, uint32_t end) {
    const struct flash_area *const flash = flash_of(install);
    for (uint32_t at = from; at < end; at += flash->erase_bytes)
        if (flash->erase(flash, install->offset + at) != ST_OK)
            return refuse_for(install, BOOT_REASON_FLASH, install->offset + at);
    return ST_OK;
}

/* Takes the content up to `end` into the hash, as it lies in the flash. */
static enum status hash_what_is_there(struct boot_install *install, uint32_t end) {
    const struct flash_area *const flash = flash_of(install);
    trust_hash_start(&install->hash);
    for (uint32_t at = IMAGE_HEAD_BYTES; at < end; at += sizeof install->piece) {
        const enum status status = flash->read(flash, install->offset + at, install->piece, sizeof install->piece);
        if (status != ST_OK) return status;
        trust_hash_add(&install->hash, install->piece, sizeof install->piece);
    }
    return ST_OK;
}

/* The last unit with anything in it may be torn, or the one behind it half programmed and look blank. */
static uint32_t last_unit_begun(const struct boot_install *install) {
    const struct flash_area *const flash = flash_of(install);
    uint32_t unit = (install->total + flash->erase_bytes - 1) / flash->erase_bytes;
    do {
        unit--;
    } while (unit > 0 && unit_is_blank(flash, install->offset + unit * flash->erase_bytes));
    return unit;
}

/* From a unit on everything is erased again; the journal says from which, so that a cut in it is gone on with, not
 * mistaken for what had arrived. */
static enum status erase_from(struct boot_install *install, uint32_t unit) {
    struct boot *const boot = install->boot;
    slot_of(install)->unit = (uint8_t)unit;
    if (enter(install, BOOT_ERASING) != ST_OK) return refuse_for(install, BOOT_REASON_FLASH, boot->board->journal);
    boot_guard_open(&boot->guard, install->offset, boot->board->slot[install->slot].bytes);
    const enum status status =
        erase_units(install, unit * boot->board->flash->erase_bytes, boot->board->slot[install->slot].bytes);
    if (status != ST_OK) return status;
    return enter(install, BOOT_RECEIVING) == ST_OK ? ST_OK
                                                   : refuse_for(install, BOOT_REASON_FLASH, boot->board->journal);
}

/* Whether a part of this very file is in a slot. */
static bool find_part(struct boot_install *install) {
    const struct boot *const boot = install->boot;
    for (install->slot = 0; install->slot < boot->board->slot_count; install->slot++) {
        const struct boot_slot *const slot = slot_of(install);
        if (slot->state != BOOT_RECEIVING && (slot->state != BOOT_ERASING || slot->unit == 0)) continue;
        if (memcmp(slot->id, install->file_id, IMAGE_ID_BYTES) != 0) continue;
        install->offset = boot->board->slot[install->slot].offset;
        return install->total <= boot->board->slot[install->slot].bytes;
    }
    return false;
}

static enum status resume(struct boot_install *install) {
    struct boot *const boot = install->boot;
    const struct flash_area *const flash = flash_of(install);
    uint32_t linked_for = BOOT_NONE;
    if (!find_part(install)) return ST_OK;
    const struct boot_slot *const slot = slot_of(install);
    const uint32_t unit = slot->state == BOOT_ERASING ? slot->unit : last_unit_begun(install);
    if (unit == 0 || flash->read(flash, install->offset, &install->head, sizeof install->head) != ST_OK) return ST_OK;
    struct boot_fault none;
    if (verify_head(boot->board, &boot->state, &install->head, &linked_for, &none) != BOOT_REASON_NONE ||
        linked_for != install->slot || install->head.total_bytes != install->total)
        return ST_OK;
    memcpy(install->content_hash, install->head.hash, sizeof install->content_hash);
    const enum status status = erase_from(install, unit);
    if (status != ST_OK) return status;
    if (hash_what_is_there(install, unit * flash->erase_bytes) == ST_OK) install->received = unit * flash->erase_bytes;
    return ST_OK;
}

enum status boot_install_begin(struct boot_install *install, struct boot *boot, uint32_t bytes,
                               const uint8_t file_hash[TRUST_HASH_BYTES]) {
    *install = (struct boot_install){.boot = boot, .total = bytes, .is_open = true};
    memcpy(install->file_id, file_hash, sizeof install->file_id);
    if (!boot->safe) return refuse_for(install, BOOT_REASON_JOURNAL, 1);
    if (bytes <= IMAGE_HEAD_BYTES) return refuse_for(install, BOOT_REASON_SIZE, bytes);
    return resume(install);
}

/* ---- beginning ---- */

/* Between two entries of the journal everything there is erased: so nothing old is taken for what has arrived. */
static enum status begin_slot(struct boot_install *install) {
    struct boot *const boot = install->boot;
    struct boot_slot *const slot = slot_of(install);
    *slot = (struct boot_slot){.version = install->head.version, .security_version = install->head.security_version};
    memcpy(slot->id, install->file_id, sizeof slot->id);
    if (boot->state.active == install->slot) boot->state.active = BOOT_NONE;
    return erase_from(install, 0);
}

static enum status begin_key_set(struct boot_install *install) {
    struct boot *const boot = install->boot;
    install->is_key_set = true;
    install->slot = boot->state.key_set == 0 ? 1 : 0;
    install->offset = boot->board->key_set[install->slot];
    boot_guard_open(&boot->guard, install->offset, boot->board->flash->erase_bytes);
    return erase_units(install, 0, boot->board->flash->erase_bytes);
}

/* The head is there: from here on it is known whether the rest is wanted. */
static enum status take_head(struct boot_install *install) {
    struct boot *const boot = install->boot;
    struct boot_verdict running;
    if (verify_head(boot->board, &boot->state, &install->head, &install->slot, &install->fault) != BOOT_REASON_NONE)
        return refuse(install);
    if (install->head.total_bytes != install->total)
        return refuse_for(install, BOOT_REASON_SIZE, install->head.total_bytes);
    memcpy(install->content_hash, install->head.hash, sizeof install->content_hash);
    trust_hash_start(&install->hash);
    if (install->head.type == ARTIFACT_KEY_SET) return begin_key_set(install);
    if (boot_confirmed(boot, &running) == install->slot && boot->board->slot_count > 1)
        return refuse_for(install, BOOT_REASON_ACTIVE, install->slot);
    install->offset = boot->board->slot[install->slot].offset;
    return begin_slot(install);
}

/* ---- what arrives ---- */

/* Whether the flash keeps the piece; what was read back is what is hashed. */
static bool read_back(struct boot_install *install, uint32_t from, uint32_t length) {
    const struct flash_area *const flash = flash_of(install);
    uint8_t there[32];
    for (uint32_t at = 0; at < length; at += sizeof there) {
        const uint32_t part = length - at < sizeof there ? length - at : (uint32_t)sizeof there;
        if (flash->read(flash, install->offset + from + at, there, part) != ST_OK ||
            memcmp(there, install->piece + at, part) != 0)
            return false;
        if (from >= IMAGE_HEAD_BYTES) trust_hash_add(&install->hash, there, part);
    }
    return true;
}

/* The piece that ends at install->received into the flash. */
static enum status put_piece(struct boot_install *install, uint32_t length) {
    const struct flash_area *const flash = flash_of(install);
    const uint32_t from = install->received - length;
    const uint32_t padded = (length + flash->program_bytes - 1) / flash->program_bytes * flash->program_bytes;
    memset(install->piece + length, flash->erased_value, padded - length);
    if (flash->program(flash, install->offset + from, install->piece, padded) != ST_OK ||
        !read_back(install, from, length))
        return refuse_for(install, BOOT_REASON_FLASH, install->offset + from);
    return ST_OK;
}

/* All of the content has arrived: it is what was signed, or the slot is empty again. */
static enum status check_content(struct boot_install *install) {
    uint8_t digest[TRUST_HASH_BYTES];
    trust_hash_end(&install->hash, digest);
    if (memcmp(digest, install->content_hash, sizeof digest) == 0) return ST_OK;
    if (!install->is_key_set) (void)enter(install, BOOT_EMPTY);
    return refuse_for(install, BOOT_REASON_CONTENT, IMAGE_HEAD_BYTES);
}

enum status boot_install_write(struct boot_install *install, uint32_t offset, const uint8_t *bytes, size_t length) {
    if (!install->is_open) return boot_status(install->fault.reason);
    if (offset != install->received || length > install->total - offset)
        return refuse_for(install, BOOT_REASON_OFFSET, install->received);
    while (length > 0) {
        const uint32_t filled = install->received % sizeof install->piece;
        const uint32_t room = (uint32_t)sizeof install->piece - filled;
        const uint32_t part = length < room ? (uint32_t)length : room;
        memcpy(install->piece + filled, bytes, part);
        bytes += part;
        length -= part;
        install->received += part;
        if (part < room && install->received < install->total) continue;
        enum status status = ST_OK;
        if (install->received == IMAGE_HEAD_BYTES) status = take_head(install);
        if (status == ST_OK) status = put_piece(install, filled + part);
        if (status == ST_OK && install->received == install->total) status = check_content(install);
        if (status != ST_OK) return status;
    }
    return ST_OK;
}

/* ---- the end ---- */

static enum status end_key_set(struct boot_install *install) {
    struct boot *const boot = install->boot;
    struct boot_key_set set;
    if (verify_key_set(boot->board, install->slot, &set, &install->fault) != BOOT_REASON_NONE) return refuse(install);
    boot->state.key_set = (uint8_t)install->slot;
    boot->state.key_set_version = set.version;
    return boot_commit(boot) == ST_OK ? ST_OK : refuse_for(install, BOOT_REASON_FLASH, boot->board->journal);
}

static enum status end_slot(struct boot_install *install) {
    struct boot *const boot = install->boot;
    struct boot_slot *const slot = slot_of(install);
    struct boot_verdict verdict;
    uint8_t hash[TRUST_HASH_BYTES];
    boot_verify(boot->board, &boot->state, install->slot, &verdict);
    if (!boot_verdict_is_good(&verdict) ||
        verify_hash(boot->board->flash, install->offset, IMAGE_HEAD_BYTES, hash) != ST_OK) {
        install->fault = verdict.fault;
        slot->reason = (uint8_t)verdict.fault.reason;
        (void)enter(install, BOOT_EMPTY);
        return refuse(install);
    }
    memcpy(slot->id, hash, sizeof slot->id);
    for (uint32_t i = 0; i < BOOT_SLOTS_MAX; i++) /* an older trial gives way */
        if (boot->state.slot[i].state == BOOT_TRIAL) boot->state.slot[i].attempts = boot->board->attempts_max;
    slot->attempts = 0;
    return enter(install, BOOT_TRIAL) == ST_OK ? ST_OK : refuse_for(install, BOOT_REASON_FLASH, boot->board->journal);
}

enum status boot_install_end(struct boot_install *install) {
    if (!install->is_open) return boot_status(install->fault.reason);
    if (install->received != install->total) return refuse_for(install, BOOT_REASON_OFFSET, install->received);
    const enum status status = install->is_key_set ? end_key_set(install) : end_slot(install);
    install->is_open = false;
    boot_guard_close(&install->boot->guard);
    return status;
}
