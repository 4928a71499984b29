/* keys: the key region, the list of public keys that a device trusts and what each may sign. Read in place; written by
 * `skep keys install` alone. Source: spec/keys.md. */
#ifndef SKEP_CORE_TRUST_KEYS_H
#define SKEP_CORE_TRUST_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/trust/trust.h"
#include "core/wire/artifact.h"

enum {
    KEYS_REGION_OFFSET = 0, /* in the flash */
    KEYS_REGION_BYTES = 4096,
    KEYS_MAX = 16,
};

/* What a key may sign: bit (type - 1) for enum artifact_type. */
enum keys_role {
    KEYS_GUEST = 1,
    KEYS_FIRMWARE = 2,
    KEYS_POLICY = 4,
    KEYS_PATCH = 8,
    KEYS_KEY_SET = 16,
    KEYS_DEBUG = 32, /* who may debug a device in production; no artifact */
    KEYS_ANY = 63,
    KEYS_REVOKED = 128, /* and no other: trusted for nothing, and told so */
};

/* Whether these are the roles of a row in a key set: some, but not key set, which the root key alone has; or revoked.
 */
static inline bool keys_roles_of_set(uint8_t roles) {
    return roles == KEYS_REVOKED || (roles != 0 && (roles & ~(KEYS_ANY & ~KEYS_KEY_SET)) == 0);
}

struct keys_entry {
    uint8_t roles; /* enum keys_role, ored */
    struct trust_key key;
};

/* How many keys a region of so many bytes holds (KEYS_REGION_BYTES, or what lies behind a key set's head), after
 * checking all of it: 0 when it is blank. ST_CORRUPT or ST_VERSION with the fault filled. */
enum status keys_check(const uint8_t *region, uint32_t bytes, uint32_t *count, struct artifact_fault *fault);
/* The key in row `index`. Precondition: keys_check gave a larger count. */
struct keys_entry keys_entry_at(const uint8_t *region, uint32_t index);
/* Makes a region. Sorts `entries` by key id. ST_INVALID: none or too many; ST_EXISTS: one key twice; ST_CORRUPT: no
 * role, or a coordinate not below p. */
enum status keys_encode(struct keys_entry *entries, uint32_t count, uint8_t region[KEYS_REGION_BYTES]);

/* The key that must have signed this artifact. ST_SIGNATURE with the fault's reason: unsigned, no such key, or the key
 * is there for other types; ST_CORRUPT, ST_VERSION: the region itself. */
enum status keys_find(const uint8_t *region, uint32_t bytes, const struct artifact *artifact, struct trust_key *key,
                      struct artifact_fault *fault);

/* All of it: finds the key, hashes domain and head, checks the signature. As long as trust_check. */
enum status keys_check_artifact(const uint8_t *region, uint32_t bytes, const struct artifact *artifact,
                                const void *head, struct artifact_fault *fault);

#endif
