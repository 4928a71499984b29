/* Hashes and signatures: published vectors, OpenSSL against BearSSL in both directions, and everything that must not
 * verify. */
#include "core/trust/trust.h"

#include <bearssl.h>
#include <stdlib.h>

#include "core/trust/keys.h"
#include "host/keys/keys.h"
#include "test/unit/check.h"

enum { SIGNED_PAIRS = 40, S = 32 };

static void unhex(const char *text, uint8_t *to) {
    for (size_t i = 0; text[2 * i]; i++) {
        unsigned value;
        CHECK_EQ(1, sscanf(text + 2 * i, "%2x", &value));
        to[i] = (uint8_t)value;
    }
}

static void check_bytes(const char *want_hex, const uint8_t *got, size_t length) {
    char hex[2 * 64 + 1] = "";
    for (size_t i = 0; i < length; i++) snprintf(hex + 2 * i, 3, "%02x", got[i]);
    CHECK_TEXT(want_hex, hex);
}

static void hashes_are_those_of_fips_180(void) {
    uint8_t digest[TRUST_HASH_BYTES];
    trust_hash_of("", 0, digest);
    check_bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", digest, sizeof digest);
    trust_hash_of("abc", 3, digest);
    check_bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest, sizeof digest);
    trust_hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, digest);
    check_bytes("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", digest, sizeof digest);
}

static void a_hash_does_not_depend_on_how_the_bytes_were_cut(void) {
    uint8_t bytes[200], want[TRUST_HASH_BYTES], got[TRUST_HASH_BYTES];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7);
    trust_hash_of(bytes, sizeof bytes, want);
    for (size_t piece = 1; piece <= sizeof bytes; piece++) {
        struct trust_hash hash;
        trust_hash_start(&hash);
        for (size_t at = 0; at < sizeof bytes; at += piece)
            trust_hash_add(&hash, bytes + at, piece < sizeof bytes - at ? piece : sizeof bytes - at);
        trust_hash_end(&hash, got);
        CHECK(memcmp(want, got, sizeof want) == 0);
    }
}

/* RFC 6979, A.2.5: P-256, SHA-256, message "sample". Its s is the larger of the two. */
static const char rfc_private[] = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
static const char rfc_public[] = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                                 "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
static const char rfc_r[] = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
static const char rfc_large_s[] = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
static const char rfc_small_s[] = "0834e36ad29a83bf2bc9385e491d6099c8fdf9d1ed67aa7ea5f51f93782857a9";
static const char order[] = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
static const char half_order[] = "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8";

struct signed_hash {
    struct trust_key key;
    uint8_t hash[TRUST_HASH_BYTES], signature[ARTIFACT_SIGNATURE_BYTES];
};

static struct signed_hash rfc_sample(void) {
    struct signed_hash sample;
    unhex(rfc_public, sample.key.point);
    trust_hash_of("sample", 6, sample.hash);
    unhex(rfc_r, sample.signature);
    unhex(rfc_small_s, sample.signature + S);
    return sample;
}

static enum status check(const struct signed_hash *signed_hash) {
    return trust_check(&signed_hash->key, signed_hash->hash, signed_hash->signature);
}

static void published_signature_is_good_and_its_larger_twin_is_not(void) {
    struct signed_hash sample = rfc_sample();
    CHECK_EQ(ST_OK, check(&sample));
    unhex(rfc_large_s, sample.signature + S);
    CHECK_EQ(ST_SIGNATURE, check(&sample));
}

static void every_changed_bit_is_noticed(void) {
    struct signed_hash sample = rfc_sample();
    for (int bit = 0; bit < 8 * TRUST_HASH_BYTES; bit += 5) {
        sample.hash[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(ST_SIGNATURE, check(&sample));
        sample.hash[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (int bit = 0; bit < 8 * ARTIFACT_SIGNATURE_BYTES; bit += 5) {
        sample.signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(ST_SIGNATURE, check(&sample));
        sample.signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (int bit = 0; bit < 8 * TRUST_POINT_BYTES; bit += 5) {
        sample.key.point[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(ST_SIGNATURE, check(&sample));
        sample.key.point[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    CHECK_EQ(ST_OK, check(&sample));
}

static void numbers_outside_their_range_are_refused(void) {
    static const char *const numbers[] = {"0000000000000000000000000000000000000000000000000000000000000000", order,
                                          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                          half_order};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct signed_hash sample = rfc_sample();
        unhex(numbers[i], sample.signature);
        CHECK_EQ(ST_SIGNATURE, check(&sample));
        sample = rfc_sample();
        unhex(numbers[i], sample.signature + S);
        CHECK_EQ(ST_SIGNATURE, check(&sample));
        unhex(numbers[i], sample.signature);
        CHECK_EQ(ST_SIGNATURE, check(&sample));
    }
}

static void points_off_the_curve_are_refused(void) {
    struct signed_hash sample = rfc_sample();
    memset(sample.key.point, 0, sizeof sample.key.point);
    CHECK_EQ(ST_SIGNATURE, check(&sample));
    memset(sample.key.point, 0xff, sizeof sample.key.point);
    CHECK_EQ(ST_SIGNATURE, check(&sample));
}

/* A hash and its signature by a fresh key, through OpenSSL. */
static struct host_key *sign_with_openssl(unsigned seed, struct signed_hash *to) {
    struct host_key *key = host_key_new();
    to->key = host_key_public(key);
    trust_hash_of(&seed, sizeof seed, to->hash);
    CHECK_EQ(ST_OK, host_key_sign(key, to->hash, to->signature));
    return key;
}

static void what_openssl_signs_the_device_accepts(void) {
    for (unsigned i = 0; i < SIGNED_PAIRS; i++) {
        struct signed_hash made;
        struct host_key *key = sign_with_openssl(i, &made);
        CHECK_EQ(ST_OK, check(&made));
        CHECK_EQ(ST_OK, host_key_check(key, made.hash, made.signature));
        made.hash[i % 32] ^= 1;
        CHECK_EQ(ST_SIGNATURE, check(&made));
        CHECK_EQ(ST_SIGNATURE, host_key_check(key, made.hash, made.signature));
        host_key_free(key);
    }
}

/* The public key in the file format that every tool reads. */
static struct host_key *openssl_key(const struct trust_key *key) {
    static const uint8_t prefix[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                                     0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};
    uint8_t der[sizeof prefix + TRUST_POINT_BYTES];
    memcpy(der, prefix, sizeof prefix);
    memcpy(der + sizeof prefix, key->point, TRUST_POINT_BYTES);
    char pem[512];
    size_t length = br_pem_encode(pem, der, sizeof der, "PUBLIC KEY", 0);
    struct host_key *read = NULL;
    char message[HOST_KEY_MESSAGE_BYTES] = "";
    CHECK_EQ(ST_OK, host_key_read_pem(pem, length, &read, message));
    return read;
}

static void what_bearssl_signs_openssl_accepts(void) {
    uint8_t secret[32];
    unhex(rfc_private, secret);
    const br_ec_private_key private_key = {BR_EC_secp256r1, secret, sizeof secret};
    struct signed_hash made = rfc_sample();
    struct host_key *key = openssl_key(&made.key);
    int small = 0;
    for (unsigned i = 0; i < SIGNED_PAIRS && key; i++) {
        trust_hash_of(&i, sizeof i, made.hash);
        CHECK_EQ(64,
                 br_ecdsa_i31_sign_raw(&br_ec_p256_m31, &br_sha256_vtable, made.hash, &private_key, made.signature));
        enum status want = check(&made);
        CHECK_EQ(want, host_key_check(key, made.hash, made.signature));
        small += want == ST_OK;
    }
    CHECK(small > 5 && small < SIGNED_PAIRS - 5);
    host_key_free(key);
}

static void key_ids_are_the_hash_of_the_uncompressed_point(void) {
    uint8_t point[1 + TRUST_POINT_BYTES] = {4}, digest[TRUST_HASH_BYTES], id[ARTIFACT_KEY_ID_BYTES];
    struct trust_key key = rfc_sample().key;
    memcpy(point + 1, key.point, sizeof key.point);
    trust_hash_of(point, sizeof point, digest);
    trust_key_id(&key, id);
    CHECK(memcmp(digest, id, sizeof id) == 0);
}

static void a_type_has_its_own_domain(void) {
    struct artifact artifact = {.manifest = {.abi_min = 1, .abi_max = 1, .name = "x"}, .section_count = 1};
    uint8_t head[ARTIFACT_HEAD_BYTES_MAX], hash[ARTIFACT_KEY_SET + 1][TRUST_HASH_BYTES];
    for (uint8_t type = ARTIFACT_FIRMWARE; type <= ARTIFACT_KEY_SET; type++) {
        artifact.manifest.type = ARTIFACT_FIRMWARE;
        artifact.section[0] = (struct artifact_section){.id = 0x100, .bytes = 8};
        CHECK_EQ(ST_OK, artifact_encode_head(&artifact, head, sizeof head));
        artifact.manifest.type = type; /* the same bytes, taken for another type */
        trust_artifact_hash(&artifact, head, hash[type]);
        for (uint8_t other = ARTIFACT_FIRMWARE; other < type; other++)
            CHECK(memcmp(hash[type], hash[other], TRUST_HASH_BYTES) != 0);
    }
    uint8_t message[19 + sizeof head], want[TRUST_HASH_BYTES];
    memcpy(message, "Skep CVM1 firmware", 19);
    memcpy(message + 19, head, artifact.signed_bytes);
    trust_hash_of(message, 19 + artifact.signed_bytes, want);
    CHECK(memcmp(want, hash[ARTIFACT_FIRMWARE], sizeof want) == 0);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(hashes_are_those_of_fips_180),
        TEST(a_hash_does_not_depend_on_how_the_bytes_were_cut),
        TEST(published_signature_is_good_and_its_larger_twin_is_not),
        TEST(every_changed_bit_is_noticed),
        TEST(numbers_outside_their_range_are_refused),
        TEST(points_off_the_curve_are_refused),
        TEST(what_openssl_signs_the_device_accepts),
        TEST(what_bearssl_signs_openssl_accepts),
        TEST(key_ids_are_the_hash_of_the_uncompressed_point),
        TEST(a_type_has_its_own_domain),
    };
    return CHECK_RUN(tests);
}
