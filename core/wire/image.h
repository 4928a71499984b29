/* image: the head of what a bootloader takes: firmware and key sets, artifacts of one section, whose head always has
 * 256 bytes. Decodes as strictly as artifact.h does, in a tenth of the code: it has no words and knows no guests.
 *
 * Owns no memory, checks no signature and looks at no section. Source: spec/image.md, spec/keyset.md. */
#ifndef SKEP_CORE_WIRE_IMAGE_H
#define SKEP_CORE_WIRE_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/wire/artifact.h"

enum {
    IMAGE_SIGNED_BYTES = ARTIFACT_HEADER_BYTES + ARTIFACT_ROW_BYTES,
    IMAGE_HEAD_BYTES = IMAGE_SIGNED_BYTES + ARTIFACT_SIGNATURE_AREA_BYTES,
    IMAGE_ID_BYTES = 16,          /* of SHA-256 over the head */
    IMAGE_VECTOR_ALIGNMENT = 512, /* of the vector table in memory */
};
_Static_assert(IMAGE_HEAD_BYTES == 256, "spec/image.md");

struct image {
    uint8_t type; /* ARTIFACT_FIRMWARE or ARTIFACT_KEY_SET */
    uint16_t abi_min, abi_max;
    uint32_t product_id, version, security_version;
    uint32_t address;       /* where the section lies when it runs; 0 of a key set */
    uint32_t vector_offset; /* in the section */
    uint32_t section_bytes, total_bytes;
    uint16_t trial_s;
    bool is_signed;
    uint8_t hash[ARTIFACT_HASH_BYTES]; /* of the section with its padding */
    uint8_t key_id[ARTIFACT_KEY_ID_BYTES];
    uint8_t signature[ARTIFACT_SIGNATURE_BYTES];
};

/* ST_CORRUPT or ST_VERSION: *fault is the offset of what is wrong in the head, and *to is not written. What it takes
 * artifact_decode takes too. */
enum status image_decode(const uint8_t head[IMAGE_HEAD_BYTES], struct image *to, uint32_t *fault);

#endif
