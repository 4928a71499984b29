/* Signatures, hashes and the journal of an image that a bootloader starts: the bootloader's own code, through its
 * table, in place of a second copy (device/boot/table.h). */
#include "core/base/require.h"
#include "device/port/boot_port.h"

/* That the table has this version is what the image's head asked for, and the bootloader looked at. */
static const struct boot_table *table(void) {
    require(boot_board_table.magic == BOOT_TABLE_MAGIC && boot_board_table.count >= BOOT_TABLE_FUNCTIONS);
    return &boot_board_table;
}

void trust_hash_start(struct trust_hash *hash) { table()->hash_start(hash); }
void trust_hash_add(struct trust_hash *hash, const void *bytes, size_t length) {
    table()->hash_add(hash, bytes, length);
}
void trust_hash_end(struct trust_hash *hash, uint8_t to[TRUST_HASH_BYTES]) { table()->hash_end(hash, to); }
enum status trust_check(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                        const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]) {
    return table()->check(key, hash, signature);
}
enum status journal_open(struct journal *journal, void *body) { return table()->journal_open(journal, body); }
enum status journal_write(struct journal *journal, const void *body) { return table()->journal_write(journal, body); }
