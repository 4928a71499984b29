/* The only file that includes BearSSL. The curve's arithmetic is the build's choice: TRUST_CURVE is quick, or small. */
#include "core/trust/trust.h"

#include "core/base/bytes.h"

#include <bearssl.h>
#include <string.h>

_Static_assert(sizeof(br_sha256_context) <= sizeof(struct trust_hash), "the hash fits its place");
_Static_assert(_Alignof(br_sha256_context) <= _Alignof(struct trust_hash), "and is aligned there");

enum { NUMBER_BYTES = 32, UNCOMPRESSED = 4 };

/* (n - 1) / 2 for P-256's order n: the largest s that is accepted. */
static const uint8_t half_order[NUMBER_BYTES] = {
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
};

static br_sha256_context *context_of(struct trust_hash *hash) { return (br_sha256_context *)(void *)hash->state; }

void trust_hash_start(struct trust_hash *hash) { br_sha256_init(context_of(hash)); }

void trust_hash_add(struct trust_hash *hash, const void *bytes, size_t length) {
    br_sha256_update(context_of(hash), bytes, length);
}

void trust_hash_end(struct trust_hash *hash, uint8_t to[TRUST_HASH_BYTES]) { br_sha256_out(context_of(hash), to); }

static int is_zero(const uint8_t number[NUMBER_BYTES]) {
    uint8_t any = 0;
    for (int i = 0; i < NUMBER_BYTES; i++) any |= number[i];
    return any == 0;
}

enum status trust_check(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                        const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]) {
    const uint8_t *r = signature, *s = signature + NUMBER_BYTES;
    if (is_zero(r) || is_zero(s) || memcmp(s, half_order, NUMBER_BYTES) > 0) return ST_SIGNATURE;
    uint8_t point[1 + TRUST_POINT_BYTES] = {UNCOMPRESSED};
    memcpy(point + 1, key->point, TRUST_POINT_BYTES);
    const br_ec_public_key public_key = {.curve = BR_EC_secp256r1, .q = point, .qlen = sizeof point};
    uint32_t good =
        br_ecdsa_i31_vrfy_raw(&TRUST_CURVE, hash, TRUST_HASH_BYTES, &public_key, signature, ARTIFACT_SIGNATURE_BYTES);
    return good == 1 ? ST_OK : ST_SIGNATURE;
}
