/* hostile_forge IN.cvm1 OUT.cvm1 --key KEY.pem: makes one branch of a good artifact leave its function, and signs what
 * came out. So the hashes are right and the signature is right; only a verifier sees that something is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/trust.h"
#include "core/vm/isa.h"
#include "core/wire/artifact.h"
#include "host/file/file.h"
#include "host/keys/keys.h"

enum { DISPLACEMENT = 0xffff, EXIT_BAD_USAGE = 64, EXIT_BAD_INPUT = 65 };

static int stop(int status, const char *what, const char *path) {
    fprintf(stderr, "hostile_forge: %s: %s\n", path, what);
    return status;
}

/* The word whose displacement is to lie; 0 when there is no branch. */
static uint32_t find_branch(const uint8_t *code, uint32_t words) {
    for (uint32_t i = 1; i < words; i++) {
        uint32_t word = load_le32(code + 4 * (size_t)i);
        if ((word & 0xff) >= OP_BEQ && (word & 0xff) <= OP_BGEU_B && word >> 16 != DISPLACEMENT) return i;
    }
    return 0;
}

static enum status sign(uint8_t *file, const struct artifact *artifact, const struct host_key *key) {
    uint8_t hash[TRUST_HASH_BYTES], id[ARTIFACT_KEY_ID_BYTES], signature[ARTIFACT_SIGNATURE_BYTES];
    struct trust_key point = host_key_public(key);
    trust_artifact_hash(artifact, file, hash);
    enum status status = host_key_sign(key, hash, signature);
    if (status != ST_OK) return status;
    trust_key_id(&point, id);
    artifact_encode_signature(artifact, file, id, signature);
    return ST_OK;
}

/* Changes the file in place; gives the word that lies, or 0. */
static uint32_t change(uint8_t *file, const struct artifact *artifact) {
    for (uint32_t i = 0; i < artifact->section_count; i++) {
        const struct artifact_section *section = &artifact->section[i];
        if (section->id != ARTIFACT_SECTION_CODE) continue;
        uint8_t *code = file + section->offset,
                *hash = file + ARTIFACT_HEADER_BYTES + (size_t)i * ARTIFACT_ROW_BYTES + 16;
        uint32_t word = find_branch(code, section->bytes / 4);
        if (word == 0) return 0;
        store_le16(code + 4 * (size_t)word + 2, DISPLACEMENT);
        trust_hash_of(code, (size_t)artifact_stored_bytes(section->bytes), hash);
        return word;
    }
    return 0;
}

int main(int count, char **arguments) {
    struct file_bytes file, pem;
    struct artifact artifact;
    struct artifact_fault fault;
    struct host_key *key;
    char message[HOST_KEY_MESSAGE_BYTES];
    if (count != 5 || strcmp(arguments[3], "--key") != 0) {
        fprintf(stderr, "usage: hostile_forge IN.cvm1 OUT.cvm1 --key KEY.pem\n");
        return EXIT_BAD_USAGE;
    }
    if (file_read(arguments[1], &file) != ST_OK) return stop(EXIT_BAD_INPUT, "cannot be read", arguments[1]);
    if (file_read(arguments[4], &pem) != ST_OK) return stop(EXIT_BAD_INPUT, "cannot be read", arguments[4]);
    if (artifact_decode(file.bytes, file.length, &artifact, &fault) != ST_OK || artifact.total_bytes != file.length)
        return stop(EXIT_BAD_INPUT, "is no artifact to begin with", arguments[1]);
    if (host_key_read_pem(pem.bytes, pem.length, &key, message) != ST_OK)
        return stop(EXIT_BAD_INPUT, message, arguments[4]);
    if (!host_key_is_private(key))
        return stop(EXIT_BAD_INPUT, "is a public key; signing takes the private one", arguments[4]);
    uint32_t word = change(file.bytes, &artifact);
    if (word == 0) return stop(EXIT_BAD_INPUT, "has no branch to change", arguments[1]);
    if (sign(file.bytes, &artifact, key) != ST_OK) return stop(EXIT_FAILURE, "could not be signed", arguments[2]);
    if (file_write(arguments[2], file.bytes, file.length, 0666) != ST_OK)
        return stop(EXIT_FAILURE, "cannot be written", arguments[2]);
    printf("%s: word %u's branch now leads %d words on, out of its function; hashed and signed anew\n", arguments[2],
           word, DISPLACEMENT);
    host_key_free(key);
    file_free(&file);
    file_free(&pem);
    return 0;
}
