/* image: the head of what a bootloader takes: firmware and key sets, artifacts of one section, whose head always has
 * 256 bytes. Checked as strictly as artifact.h does, but for the name, in a tenth of the code: it has no words and
 * knows no guests.
 *
 * Owns no memory, checks no signature (but one has to be there) and looks at no section. Source: spec/image.md,
 * spec/keyset.md. */
#ifndef SKEP_CORE_WIRE_IMAGE_H
#define SKEP_CORE_WIRE_IMAGE_H

#include <stdint.h>

#include "core/wire/artifact.h"

enum {
    IMAGE_SIGNED_BYTES = ARTIFACT_HEADER_BYTES + ARTIFACT_ROW_BYTES,
    IMAGE_HEAD_BYTES = IMAGE_SIGNED_BYTES + ARTIFACT_SIGNATURE_AREA_BYTES,
    IMAGE_ID_BYTES = 16,          /* of SHA-256 over the head */
    IMAGE_VECTOR_ALIGNMENT = 512, /* of the vector table in memory */
};

/* A head as it lies in its file: little-endian and without gaps. */
struct image {
    uint8_t magic[4];
    uint16_t format, header_bytes;
    uint32_t total_bytes;
    uint8_t type, flags, priority, restart; /* type: ARTIFACT_FIRMWARE or ARTIFACT_KEY_SET */
    uint32_t product_id;
    uint16_t abi_min, abi_max;
    uint32_t version, security_version;
    uint8_t build_id[ARTIFACT_BUILD_ID_BYTES];
    char name[ARTIFACT_NAME_BYTES];
    uint32_t stack_bytes, ram_bytes;
    uint32_t address;       /* where the section lies when it runs; 0 of a key set */
    uint32_t vector_offset; /* in the section */
    uint16_t return_entries, trial_s;
    uint32_t check_in_ms, health_value;
    uint16_t section_count, zero_header;
    uint32_t features, zero_end[3];

    uint16_t section_id, zero_id;
    uint32_t section_offset, section_bytes, zero_section;
    uint8_t hash[ARTIFACT_HASH_BYTES]; /* of the section with its padding */

    uint32_t kind, zero_kind;
    uint8_t key_id[ARTIFACT_KEY_ID_BYTES];
    uint8_t signature[ARTIFACT_SIGNATURE_BYTES];
};
_Static_assert(sizeof(struct image) == IMAGE_HEAD_BYTES && IMAGE_HEAD_BYTES == 256, "spec/image.md");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "as docs/CAVEATS.md says");

/* ST_CORRUPT or ST_VERSION: *fault is the offset of what is wrong. What it takes artifact_decode takes too, if the name
 * is one. */
enum status image_check(const struct image *image, uint32_t *fault);

#endif
