#include "toolchain/pack/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/require.h"

enum { TABLE_VERSION = 1, SET_HEAD_BYTES = 16, SET_ROW_BYTES = 80 };

static enum status refuse(enum status status, char *message, const char *text) {
    snprintf(message, PACK_MESSAGE_BYTES, "%s", text);
    return status;
}

/* One section, from `bytes`; the build id ties it to them. */
static enum status encode(struct artifact *artifact, uint16_t id, const uint8_t *bytes, uint32_t length,
                          struct pack_output *output, char *message) {
    const size_t stored = (size_t)artifact_stored_bytes(length);
    uint8_t *const file = calloc(1, IMAGE_HEAD_BYTES + stored);
    uint8_t hash[TRUST_HASH_BYTES];
    require(file != NULL);
    memcpy(file + IMAGE_HEAD_BYTES, bytes, length);
    artifact->section_count = 1;
    uint8_t *const in_table = file + ARTIFACT_HEADER_BYTES + ARTIFACT_ROW_HASH;
    artifact->section[0] = (struct artifact_section){.id = id, .bytes = length, .hash = in_table};
    trust_hash_of(file + IMAGE_HEAD_BYTES, stored, in_table);
    memset(artifact->manifest.build_id, 0, sizeof artifact->manifest.build_id);
    enum status status = artifact_encode_head(artifact, file, IMAGE_HEAD_BYTES);
    if (status == ST_OK) {
        trust_hash_of(bytes, length, hash);
        pack_build_id(hash, file, artifact->signed_bytes, artifact->manifest.build_id);
        status = artifact_encode_head(artifact, file, IMAGE_HEAD_BYTES);
    }
    struct image image;
    uint32_t fault;
    memcpy(&image, file, sizeof image);
    image.kind = 1; /* as if it were signed, which is what a bootloader sees */
    if (status != ST_OK || image_check(&image, &fault) != ST_OK) {
        free(file);
        return refuse(ST_INVALID, message,
                      "the format does not allow it; a name is 1 to 31 letters, digits, '_', '-', '.'");
    }
    *output = (struct pack_output){.bytes = file, .length = artifact->total_bytes, .artifact = *artifact};
    return ST_OK;
}

enum status image_pack(const struct image_input *input, struct pack_output *output, char message[PACK_MESSAGE_BYTES]) {
    enum { PAD = IMAGE_CODE_OFFSET - IMAGE_HEAD_BYTES };
    if (input->slot_address % IMAGE_VECTOR_ALIGNMENT != 0)
        return refuse(ST_INVALID, message, "a slot's address is a multiple of 512");
    if (input->code_bytes < 8 || input->code_bytes > IMAGE_BYTES_MAX)
        return refuse(ST_INVALID, message, "the code is not 8 bytes to 16 MiB long");
    struct artifact artifact = {.manifest = input->manifest};
    struct artifact_manifest *const manifest = &artifact.manifest;
    manifest->type = ARTIFACT_FIRMWARE;
    if (manifest->abi_max == 0) manifest->abi_min = manifest->abi_max = TABLE_VERSION;
    manifest->data_address = input->slot_address + IMAGE_HEAD_BYTES;
    manifest->entry_function = PAD;
    const uint32_t length = PAD + (input->code_bytes + 3) / 4 * 4;
    uint8_t *const section = calloc(1, length);
    require(section != NULL);
    memcpy(section + PAD, input->code, input->code_bytes);
    const enum status status = encode(&artifact, ARTIFACT_SECTION_IMAGE, section, length, output, message);
    free(section);
    return status;
}

enum status image_pack_key_set(const char *name, uint32_t product_id, uint32_t version, struct keys_entry *entries,
                               uint32_t count, struct pack_output *output, char message[PACK_MESSAGE_BYTES]) {
    uint8_t region[KEYS_REGION_BYTES];
    for (uint32_t i = 0; i < count; i++)
        if (!keys_roles_of_set(entries[i].roles))
            return refuse(ST_INVALID, message, "a key set has no keys that sign key sets: only the root key does");
    if (version == 0) return refuse(ST_INVALID, message, "the version of a key set begins at 1");
    const enum status status = keys_encode(entries, count, region);
    if (status == ST_EXISTS) return refuse(status, message, "a key is there twice");
    if (status != ST_OK) return refuse(status, message, "a key set has 1 to 16 keys, each with a role");
    struct artifact artifact = {.manifest = {.type = ARTIFACT_KEY_SET,
                                             .abi_min = TABLE_VERSION,
                                             .abi_max = TABLE_VERSION,
                                             .product_id = product_id,
                                             .version = version,
                                             .security_version = version}};
    snprintf(artifact.manifest.name, sizeof artifact.manifest.name, "%s", name);
    const uint32_t length = SET_HEAD_BYTES + count * SET_ROW_BYTES + TRUST_HASH_BYTES;
    return encode(&artifact, ARTIFACT_SECTION_KEYS, region, length, output, message);
}
