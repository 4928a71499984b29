/* keys: P-256 keys in PEM files, on a host, through OpenSSL. Makes them, signs with them, verifies with them; what a
 * device does with the same keys is core/trust. Signatures are r then s with the smaller s (spec/artifact.md section
 * 4). */
#ifndef SKEP_HOST_KEYS_KEYS_H
#define SKEP_HOST_KEYS_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/trust/trust.h"

struct host_key; /* a private key, or a public one */

enum { HOST_KEY_MESSAGE_BYTES = 256, HOST_KEY_PEM_BYTES_MAX = 1024 };

/* A new private key; NULL when OpenSSL has no random numbers. */
struct host_key *host_key_new(void);
/* Reads a private key (SEC 1 or PKCS#8, not encrypted) or a public one (SubjectPublicKeyInfo). On refusal (ST_CORRUPT)
 * the message says what it is instead, and at which line. */
enum status host_key_read_pem(const void *pem, size_t length, struct host_key **key,
                              char message[HOST_KEY_MESSAGE_BYTES]);
void host_key_free(struct host_key *key);

bool host_key_is_private(const struct host_key *key);
struct trust_key host_key_public(const struct host_key *key);
/* Writes PEM text (PKCS#8 or SubjectPublicKeyInfo) and returns its length. Precondition: for `private_half`, the key is
 * private. */
size_t host_key_write_pem(const struct host_key *key, bool private_half, char to[HOST_KEY_PEM_BYTES_MAX]);

/* Signs a hash. The nonce is fresh, so that two signatures differ. Precondition: the key is private. ST_IO: OpenSSL
 * failed. */
enum status host_key_sign(const struct host_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                          uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);
/* As trust_check, through OpenSSL. */
enum status host_key_check(const struct host_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                           const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);

#endif
