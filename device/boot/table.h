/* table: functions of the boot image that the runtime uses in place of a second copy. None of them keeps anything
 * between calls. Source: spec/boot.md section 8. */
#ifndef SKEP_DEVICE_BOOT_TABLE_H
#define SKEP_DEVICE_BOOT_TABLE_H

#include "core/trust/trust.h"
#include "device/boot/verify.h"

#define BOOT_TABLE_MAGIC 0x31544253u /* SBT1 */
enum { BOOT_TABLE_FUNCTIONS = 6 };

struct boot_table {
    uint32_t magic;
    uint16_t version, count;
    void (*hash_start)(struct trust_hash *hash);
    void (*hash_add)(struct trust_hash *hash, const void *bytes, size_t length);
    void (*hash_end)(struct trust_hash *hash, uint8_t to[TRUST_HASH_BYTES]);
    enum status (*check)(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                         const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);
    enum status (*journal_open)(struct journal *journal, void *body);
    enum status (*journal_write)(struct journal *journal, const void *body);
};

#endif
