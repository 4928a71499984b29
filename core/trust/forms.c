/* What is hashed of keys and artifacts, made of trust.h's first four functions: so that an image may have those from
 * elsewhere. */
#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/trust.h"

enum { UNCOMPRESSED = 4 };

void trust_hash_of(const void *bytes, size_t length, uint8_t to[TRUST_HASH_BYTES]) {
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, bytes, length);
    trust_hash_end(&hash, to);
}

void trust_key_id(const struct trust_key *key, uint8_t id[ARTIFACT_KEY_ID_BYTES]) {
    static const uint8_t form = UNCOMPRESSED;
    uint8_t digest[TRUST_HASH_BYTES];
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, &form, sizeof form);
    trust_hash_add(&hash, key->point, sizeof key->point);
    trust_hash_end(&hash, digest);
    memcpy(id, digest, ARTIFACT_KEY_ID_BYTES);
}

void trust_artifact_hash(const struct artifact *artifact, const void *head, uint8_t to[TRUST_HASH_BYTES]) {
    const char *domain = artifact_domain(artifact->manifest.type);
    struct trust_hash hash;
    trust_hash_start(&hash);
    trust_hash_add(&hash, domain, text_length(domain) + 1);
    trust_hash_add(&hash, head, artifact->signed_bytes);
    trust_hash_end(&hash, to);
}
