/* Source: spec/image.md section 1 and spec/artifact.md sections 2 to 4. */
#include "core/wire/image.h"

#include <string.h>

#include "core/base/bytes.h"

enum { FORMAT = 1, KIND_P256 = 1 };

static enum status refuse(enum status status, uint32_t offset, uint32_t *fault) {
    *fault = offset;
    return status;
}

static bool is_zero(const uint8_t *bytes, uint32_t length) {
    uint8_t any = 0;
    for (uint32_t i = 0; i < length; i++) any |= bytes[i];
    return any == 0;
}

static bool is_name_letter(uint8_t c, bool first) {
    const uint8_t lower = c | 0x20;
    if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) return true;
    return !first && (c == '_' || c == '-' || c == '.');
}

static bool is_name(const uint8_t *name) {
    uint32_t length = 0;
    while (length < ARTIFACT_NAME_BYTES && is_name_letter(name[length], length == 0)) length++;
    return length > 0 && length < ARTIFACT_NAME_BYTES && is_zero(name + length, ARTIFACT_NAME_BYTES - length);
}

/* Runs of bytes that have one value in whatever a bootloader takes. */
static const struct fixed {
    uint8_t offset, length;
    uint8_t bytes[4];
} fixed[] = {
    {0, 4, {'C', 'V', 'M', '1'}},
    {6, 2, {ARTIFACT_HEADER_BYTES, 0}},
    {13, 3, {0}}, /* flags, priority, restart */
    {80, 4, {0}},
    {84, 4, {0}},
    {96, 2, {0}},
    {100, 4, {0}},
    {104, 4, {0}},
    {108, 4, {1, 0, 0, 0}}, /* one section */
    {116, 4, {0}},
    {120, 4, {0}},
    {124, 4, {0}},
    {130, 2, {0}},
    {132, 4, {IMAGE_HEAD_BYTES & 0xff, IMAGE_HEAD_BYTES >> 8, 0, 0}},
    {140, 4, {0}},
    {180, 4, {0}},
};
enum { FIXED = sizeof fixed / sizeof *fixed };

static void take(const uint8_t *head, struct image *to) {
    to->type = head[12];
    to->product_id = load_le32(head + 16);
    to->abi_min = load_le16(head + 20);
    to->abi_max = load_le16(head + 22);
    to->version = load_le32(head + 24);
    to->security_version = load_le32(head + 28);
    to->address = load_le32(head + 88);
    to->vector_offset = load_le32(head + 92);
    to->trial_s = load_le16(head + 98);
    to->total_bytes = load_le32(head + 8);
    to->section_bytes = load_le32(head + ARTIFACT_HEADER_BYTES + 8);
    to->is_signed = load_le32(head + IMAGE_SIGNED_BYTES) == KIND_P256;
    memcpy(to->hash, head + ARTIFACT_HEADER_BYTES + 16, sizeof to->hash);
    memcpy(to->key_id, head + IMAGE_SIGNED_BYTES + 8, sizeof to->key_id);
    memcpy(to->signature, head + IMAGE_SIGNED_BYTES + 16, sizeof to->signature);
}

static enum status check_type(const struct image *image, uint16_t section, uint32_t *fault) {
    if (image->type == ARTIFACT_FIRMWARE) {
        if (section != ARTIFACT_SECTION_IMAGE) return refuse(ST_CORRUPT, 128, fault);
        if (image->section_bytes % 4 != 0) return refuse(ST_CORRUPT, 136, fault);
        return ST_OK;
    }
    if (image->type != ARTIFACT_KEY_SET) return refuse(ST_CORRUPT, 12, fault);
    if ((image->address | image->vector_offset) != 0) return refuse(ST_CORRUPT, 88, fault);
    return section == ARTIFACT_SECTION_KEYS ? ST_OK : refuse(ST_CORRUPT, 128, fault);
}

enum status image_decode(const uint8_t head[IMAGE_HEAD_BYTES], struct image *to, uint32_t *fault) {
    struct image image;
    for (uint32_t i = 0; i < FIXED; i++)
        if (memcmp(head + fixed[i].offset, fixed[i].bytes, fixed[i].length) != 0)
            return refuse(ST_CORRUPT, fixed[i].offset, fault);
    if (load_le16(head + 4) != FORMAT) return refuse(ST_VERSION, 4, fault);
    if (load_le32(head + 112) != 0) return refuse(ST_VERSION, 112, fault);
    if (!is_name(head + 48)) return refuse(ST_CORRUPT, 48, fault);
    take(head, &image);
    if (image.abi_min < 1 || image.abi_min > image.abi_max) return refuse(ST_CORRUPT, 20, fault);
    const uint64_t end = IMAGE_HEAD_BYTES + artifact_stored_bytes(image.section_bytes);
    if (image.section_bytes == 0 || end != image.total_bytes) return refuse(ST_CORRUPT, 136, fault);
    const uint32_t kind = load_le32(head + IMAGE_SIGNED_BYTES);
    if (kind > KIND_P256) return refuse(ST_VERSION, IMAGE_SIGNED_BYTES, fault);
    if (kind != KIND_P256 && !is_zero(head + IMAGE_SIGNED_BYTES + 8, ARTIFACT_SIGNATURE_AREA_BYTES - 8))
        return refuse(ST_CORRUPT, IMAGE_SIGNED_BYTES + 8, fault);
    const enum status status = check_type(&image, load_le16(head + ARTIFACT_HEADER_BYTES), fault);
    if (status == ST_OK) *to = image;
    return status;
}
