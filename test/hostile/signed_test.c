/* Signed artifacts: no bit of the head may change, and no signature serves for anything but what was signed. Signed by
 * OpenSSL, checked as a device does. */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/keys.h"
#include "core/vm/load.h"
#include "host/keys/keys.h"
#include "test/hostile/attack.h"
#include "test/unit/check.h"

static struct host_key *key, *other_key;
static uint8_t region[KEYS_REGION_BYTES];
static struct attack_case made;

/* p and n of P-256, big-endian. */
static const uint8_t order[32] = {0xff, 0xff, 0xff, 0xff, 0,    0,    0,    0,    0xff, 0xff, 0xff,
                                  0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                                  0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

static uint32_t signature_area(const struct forge *forge) { return forge_head_bytes(forge) - 80; }

static void sign(struct forge *forge, const struct host_key *with) {
    struct artifact artifact;
    struct artifact_fault fault;
    uint8_t hash[TRUST_HASH_BYTES], *area = forge->bytes + signature_area(forge);
    memset(area, 0, 80);
    if (artifact_decode(forge->bytes, forge->length, &artifact, &fault) != ST_OK) abort();
    trust_artifact_hash(&artifact, forge->bytes, hash);
    struct trust_key point = host_key_public(with);
    store_le32(area, 1);
    trust_key_id(&point, area + 8);
    if (host_key_sign(with, hash, area + 16) != ST_OK) abort();
}

static enum status checked(const struct forge *forge) {
    struct artifact artifact;
    struct artifact_fault fault;
    enum status status = artifact_decode(forge->bytes, forge->length, &artifact, &fault);
    return status == ST_OK ? keys_check_artifact(region, KEYS_REGION_BYTES, &artifact, forge->bytes, &fault) : status;
}

static void setup(uint64_t seed) {
    struct random random = {seed};
    attack_begin(&made, &random);
    sign(&made.twin, key);
    made.hostile = made.twin;
}

static void a_signed_artifact_is_trusted(void) {
    for (uint64_t seed = 1; seed < 10; seed++) {
        setup(seed);
        CHECK_EQ(ST_OK, checked(&made.twin));
    }
}

static void no_byte_of_the_head_may_change(void) {
    setup(1);
    struct random random = {1};
    for (uint32_t i = 0; i < forge_head_bytes(&made.twin); i++) {
        uint8_t bit = (uint8_t)(1u << random_below(&random, 8));
        made.hostile.bytes[i] ^= bit;
        CHECK(checked(&made.hostile) != ST_OK);
        made.hostile.bytes[i] ^= bit;
    }
    CHECK_EQ(ST_OK, checked(&made.hostile));
}

static void another_artifacts_signature_is_refused(void) {
    setup(1);
    static struct attack_case first;
    first = made;
    setup(2);
    memcpy(made.hostile.bytes + signature_area(&made.hostile), first.twin.bytes + signature_area(&first.twin), 80);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
}

static void unsigned_and_unknown_keys_are_refused(void) {
    setup(3);
    memset(made.hostile.bytes + signature_area(&made.hostile), 0, 80);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
    made.hostile = made.twin;
    sign(&made.hostile, other_key);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
    memcpy(made.hostile.bytes + signature_area(&made.hostile) + 8, made.twin.bytes + signature_area(&made.twin) + 8, 8);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile)); /* claims the trusted key's id */
}

static void values_that_are_no_signature_are_refused(void) {
    setup(4);
    uint8_t *r = made.hostile.bytes + signature_area(&made.hostile) + 16, *s = r + 32;
    memset(r, 0, 32);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile)); /* r = 0 */
    made.hostile = made.twin;
    memset(s, 0, 32);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile)); /* s = 0 */
    memset(r, 0, 64);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
    memset(r, 0xff, 64);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
    made.hostile = made.twin;
    memcpy(r, order, 32);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
    made.hostile = made.twin;
    memcpy(s, order, 32);
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
}

/* n - s signs as s does; only the smaller of the two is taken, so that a signed file has one form. */
static void the_other_form_of_a_signature_is_refused(void) {
    setup(5);
    uint8_t *s = made.hostile.bytes + signature_area(&made.hostile) + 48;
    int borrow = 0;
    for (int i = 31; i >= 0; i--) {
        int difference = order[i] - s[i] - borrow;
        borrow = difference < 0;
        s[i] = (uint8_t)difference;
    }
    CHECK_EQ(ST_SIGNATURE, checked(&made.hostile));
}

/* What a firmware key signs for firmware is no guest, even where the bytes are the same. */
static void a_key_for_another_type_is_refused(void) {
    setup(6);
    struct keys_entry entry = {.roles = KEYS_FIRMWARE, .key = host_key_public(key)};
    uint8_t trusted[KEYS_REGION_BYTES];
    memcpy(trusted, region, sizeof region);
    CHECK_EQ(ST_OK, keys_encode(&entry, 1, region));
    CHECK_EQ(ST_SIGNATURE, checked(&made.twin));
    memcpy(region, trusted, sizeof region);
    CHECK_EQ(ST_OK, checked(&made.twin));
}

static void a_region_with_any_bit_wrong_trusts_nobody(void) {
    setup(7);
    struct random random = {7};
    for (uint32_t i = 0; i < 128; i++) {
        uint8_t bit = (uint8_t)(1u << random_below(&random, 8));
        region[i] ^= bit;
        CHECK(checked(&made.twin) != ST_OK);
        region[i] ^= bit;
    }
    CHECK_EQ(ST_OK, checked(&made.twin));
}

int main(void) {
    key = host_key_new();
    other_key = host_key_new();
    if (!key || !other_key) abort();
    struct keys_entry entry = {.roles = KEYS_GUEST, .key = host_key_public(key)};
    if (keys_encode(&entry, 1, region) != ST_OK) abort();
    static const struct check_test tests[] = {
        TEST(a_signed_artifact_is_trusted),
        TEST(no_byte_of_the_head_may_change),
        TEST(another_artifacts_signature_is_refused),
        TEST(unsigned_and_unknown_keys_are_refused),
        TEST(values_that_are_no_signature_are_refused),
        TEST(the_other_form_of_a_signature_is_refused),
        TEST(a_key_for_another_type_is_refused),
        TEST(a_region_with_any_bit_wrong_trusts_nobody),
    };
    int result = CHECK_RUN(tests);
    host_key_free(key);
    host_key_free(other_key);
    return result;
}
