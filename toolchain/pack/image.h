/* image: firmware and key sets as CVM1 files in memory, unsigned. The same input gives the same bytes.
 * Source: spec/image.md, spec/keyset.md. */
#ifndef SKEP_TOOLCHAIN_PACK_IMAGE_H
#define SKEP_TOOLCHAIN_PACK_IMAGE_H

#include "core/trust/keys.h"
#include "core/wire/image.h"
#include "toolchain/pack/pack.h"

enum {
    IMAGE_CODE_OFFSET = 512, /* of the vector table in a slot: what an image is linked for is the slot's address plus
                                this */
    IMAGE_BYTES_MAX = 16 << 20,
};

struct image_input {
    /* Name, version, security_version, product_id, trial_s and the ABI range; the rest is filled in. */
    struct artifact_manifest manifest;
    uint32_t slot_address; /* a multiple of 512 */
    const void *code;      /* from the vector table on */
    uint32_t code_bytes;
};

/* ST_INVALID with a message: empty or too long, or an address or name that the format does not allow. */
enum status image_pack(const struct image_input *input, struct pack_output *output, char message[PACK_MESSAGE_BYTES]);

/* Makes a key set of `version`. Sorts the entries. ST_INVALID, ST_EXISTS, ST_CORRUPT with a message. */
enum status image_pack_key_set(const char *name, uint32_t product_id, uint32_t version, struct keys_entry *entries,
                               uint32_t count, struct pack_output *output, char message[PACK_MESSAGE_BYTES]);

#endif
