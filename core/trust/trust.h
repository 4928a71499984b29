/* trust: hashes and signatures as a device checks them: SHA-256, and ECDSA over P-256. Owns no keys (keys.h does) and
 * signs nothing.
 *
 * A hash is taken in pieces of any size. trust_check is one long computation of bounded length (17 million cycles on a
 * Cortex-M4, 2.5 KB of stack): the executive runs it as a job. Source: spec/artifact.md section 4. */
#ifndef SKEP_CORE_TRUST_TRUST_H
#define SKEP_CORE_TRUST_TRUST_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/wire/artifact.h"

enum {
    TRUST_HASH_BYTES = ARTIFACT_HASH_BYTES,
    TRUST_POINT_BYTES = 64, /* x then y, big-endian */
};

/* A hash being taken; copy it to take two hashes with the same beginning. */
struct trust_hash {
    uint64_t state[14]; /* private to trust.c */
};
void trust_hash_start(struct trust_hash *hash);
void trust_hash_add(struct trust_hash *hash, const void *bytes, size_t length);
void trust_hash_end(struct trust_hash *hash, uint8_t to[TRUST_HASH_BYTES]);

/* The same in one call. */
void trust_hash_of(const void *bytes, size_t length, uint8_t to[TRUST_HASH_BYTES]);

/* A public key, as a point. */
struct trust_key {
    uint8_t point[TRUST_POINT_BYTES];
};
void trust_key_id(const struct trust_key *key, uint8_t id[ARTIFACT_KEY_ID_BYTES]);

/* The hash that an artifact's signature signs: its domain string, then head[0 .. signed_bytes). Precondition:
 * `artifact` was decoded from `head`. */
void trust_artifact_hash(const struct artifact *artifact, const void *head, uint8_t to[TRUST_HASH_BYTES]);

/* ST_OK when `signature` (r then s) is that of `hash` under `key`. ST_SIGNATURE when it is not, when r or s is not in
 * its range (s: the lower half), or when the key is no point of the curve. */
enum status trust_check(const struct trust_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                        const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);

#endif
