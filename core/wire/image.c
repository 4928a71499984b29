/* Source: spec/image.md section 1 and spec/artifact.md sections 2 to 4. */
#include "core/wire/image.h"

#include <stddef.h>

#include "core/base/bytes.h"

_Static_assert(offsetof(struct image, address) == 88 && offsetof(struct image, section_count) == 108 &&
                   offsetof(struct image, section_bytes) == 136 && offsetof(struct image, kind) == 176,
               "the fields lie where the page says");

enum { FORMAT = 1, KIND_P256 = 1, MAGIC = 0x314d5643 /* CVM1 */ };

static enum status refuse(enum status status, uint32_t offset, uint32_t *fault) {
    *fault = offset;
    return status;
}

/* Runs of bytes that are zero in whatever a bootloader takes. */
static const struct run {
    uint8_t offset, length;
} zeros[] = {{13, 3}, {80, 8}, {96, 2}, {100, 8}, {110, 2}, {116, 12}, {130, 2}, {140, 4}, {180, 4}};
enum { ZEROS = sizeof zeros / sizeof *zeros };

/* Words of one value. */
static const struct word {
    uint8_t offset;
    uint16_t value;
} words[] = {{6, ARTIFACT_HEADER_BYTES}, {108, 1}, {132, IMAGE_HEAD_BYTES}, {134, 0}, {176, KIND_P256}, {178, 0}};
enum { WORDS = sizeof words / sizeof *words };

static enum status check_fixed(const uint8_t *head, uint32_t *fault) {
    if (load_le32(head) != MAGIC) return refuse(ST_CORRUPT, 0, fault);
    for (uint32_t i = 0; i < WORDS; i++)
        if (load_le16(head + words[i].offset) != words[i].value) return refuse(ST_CORRUPT, words[i].offset, fault);
    for (uint32_t i = 0; i < ZEROS; i++)
        for (uint32_t at = zeros[i].offset; at < (uint32_t)zeros[i].offset + zeros[i].length; at++)
            if (head[at] != 0) return refuse(ST_CORRUPT, zeros[i].offset, fault);
    return ST_OK;
}

static enum status check_type(const struct image *image, uint32_t *fault) {
    if (image->type == ARTIFACT_FIRMWARE) {
        if (image->section_id != ARTIFACT_SECTION_IMAGE) return refuse(ST_CORRUPT, 128, fault);
        return image->section_bytes % 4 == 0 ? ST_OK : refuse(ST_CORRUPT, 136, fault);
    }
    if (image->type != ARTIFACT_KEY_SET) return refuse(ST_CORRUPT, 12, fault);
    if ((image->address | image->vector_offset) != 0) return refuse(ST_CORRUPT, 88, fault);
    return image->section_id == ARTIFACT_SECTION_KEYS ? ST_OK : refuse(ST_CORRUPT, 128, fault);
}

enum status image_check(const struct image *image, uint32_t *fault) {
    if (check_fixed((const uint8_t *)image, fault) != ST_OK) return ST_CORRUPT;
    if (image->format != FORMAT) return refuse(ST_VERSION, 4, fault);
    if (image->features != 0) return refuse(ST_VERSION, 112, fault);
    if (image->abi_min < 1 || image->abi_min > image->abi_max) return refuse(ST_CORRUPT, 20, fault);
    const uint32_t stored = image->total_bytes - IMAGE_HEAD_BYTES; /* what it is is seen by the next line */
    if (image->section_bytes == 0 || image->total_bytes < IMAGE_HEAD_BYTES || stored % ARTIFACT_ALIGNMENT != 0 ||
        image->section_bytes > stored || stored - image->section_bytes >= ARTIFACT_ALIGNMENT)
        return refuse(ST_CORRUPT, 136, fault);
    return check_type(image, fault);
}
