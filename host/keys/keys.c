/* The only file that includes OpenSSL's key functions. */
#include "host/keys/keys.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/require.h"

enum { NUMBER_BYTES = 32, DER_BYTES_MAX = 80 };

struct host_key {
    EVP_PKEY *pkey;
    bool is_private;
};

static const char half_order_hex[] = "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8";

static struct host_key *hold(EVP_PKEY *pkey, bool is_private) {
    struct host_key *key = malloc(sizeof *key);
    require(key != NULL);
    *key = (struct host_key){.pkey = pkey, .is_private = is_private};
    return key;
}

struct host_key *host_key_new(void) {
    EVP_PKEY *pkey = EVP_EC_gen("P-256");
    return pkey ? hold(pkey, true) : NULL;
}

void host_key_free(struct host_key *key) {
    if (!key) return;
    EVP_PKEY_free(key->pkey);
    free(key);
}

bool host_key_is_private(const struct host_key *key) { return key->is_private; }

static bool is_p256(EVP_PKEY *pkey) {
    char group[64] = "";
    size_t length;
    return EVP_PKEY_is_a(pkey, "EC") && EVP_PKEY_get_group_name(pkey, group, sizeof group, &length) == 1 &&
           (strcmp(group, "prime256v1") == 0 || strcmp(group, "P-256") == 0);
}

/* An encrypted key is refused; without this OpenSSL would ask the terminal. */
static int no_password(char *to, int capacity, int writing, void *context) {
    (void)to, (void)capacity, (void)writing;
    *(bool *)context = true;
    return -1;
}

static EVP_PKEY *read_either(const void *pem, size_t length, bool *is_private, bool *is_encrypted) {
    BIO *bio = BIO_new_mem_buf(pem, (int)length);
    require(bio != NULL);
    *is_private = true;
    EVP_PKEY *pkey = PEM_read_bio_PrivateKey(bio, NULL, no_password, is_encrypted);
    if (!pkey) {
        *is_private = false;
        (void)BIO_reset(bio);
        pkey = PEM_read_bio_PUBKEY(bio, NULL, no_password, is_encrypted);
    }
    BIO_free(bio);
    return pkey;
}

/* The text's first "-----BEGIN X-----": its line, 0 when there is none, and X. */
static int find_begin(const char *text, size_t length, char label[64]) {
    static const char begin[] = "-----BEGIN ";
    int line = 1;
    for (size_t at = 0; at < length; at++) {
        bool line_start = at == 0 || text[at - 1] == '\n';
        if (line_start && at > 0) line++;
        if (!line_start || length - at < sizeof begin - 1 || memcmp(text + at, begin, sizeof begin - 1) != 0) continue;
        size_t from = at + sizeof begin - 1, count = 0;
        while (from + count < length && count < 63 && text[from + count] != '-' && text[from + count] >= ' ') count++;
        memcpy(label, text + from, count);
        label[count] = '\0';
        return line;
    }
    return 0;
}

static enum status explain(const void *pem, size_t length, bool is_encrypted, char message[HOST_KEY_MESSAGE_BYTES]) {
    char label[64];
    int line = find_begin(pem, length, label);
    if (line == 0)
        snprintf(message, HOST_KEY_MESSAGE_BYTES, "line 1: no PEM key here (no line begins with -----BEGIN)");
    else if (is_encrypted || strstr(label, "ENCRYPTED"))
        snprintf(message, HOST_KEY_MESSAGE_BYTES,
                 "line %d: the key is encrypted; decrypt it first: openssl pkey -in FILE -out FILE", line);
    else if (!strstr(label, "KEY"))
        snprintf(message, HOST_KEY_MESSAGE_BYTES, "line %d: a %s is here, not a key", line, label);
    else
        snprintf(message, HOST_KEY_MESSAGE_BYTES, "line %d: the %s is damaged or of an unknown form", line, label);
    return ST_CORRUPT;
}

enum status host_key_read_pem(const void *pem, size_t length, struct host_key **key,
                              char message[HOST_KEY_MESSAGE_BYTES]) {
    bool is_private, is_encrypted = false;
    if (length > INT32_MAX) {
        snprintf(message, HOST_KEY_MESSAGE_BYTES, "line 1: the file is too large for a key");
        return ST_CORRUPT;
    }
    EVP_PKEY *pkey = read_either(pem, length, &is_private, &is_encrypted);
    if (!pkey) return explain(pem, length, is_encrypted, message);
    if (!is_p256(pkey)) {
        char label[64];
        snprintf(message, HOST_KEY_MESSAGE_BYTES,
                 "line %d: a key of another kind than P-256 (%s); make one with: skep keys new",
                 find_begin(pem, length, label), EVP_PKEY_get0_type_name(pkey));
        EVP_PKEY_free(pkey);
        return ST_CORRUPT;
    }
    *key = hold(pkey, is_private);
    return ST_OK;
}

static void number_bytes(const struct host_key *key, const char *name, uint8_t to[NUMBER_BYTES]) {
    BIGNUM *number = NULL;
    require(EVP_PKEY_get_bn_param(key->pkey, name, &number) == 1);
    require(BN_bn2binpad(number, to, NUMBER_BYTES) == NUMBER_BYTES);
    BN_free(number);
}

struct trust_key host_key_public(const struct host_key *key) {
    struct trust_key public_key;
    number_bytes(key, OSSL_PKEY_PARAM_EC_PUB_X, public_key.point);
    number_bytes(key, OSSL_PKEY_PARAM_EC_PUB_Y, public_key.point + NUMBER_BYTES);
    return public_key;
}

size_t host_key_write_pem(const struct host_key *key, bool private_half, char to[HOST_KEY_PEM_BYTES_MAX]) {
    require(key->is_private || !private_half);
    BIO *bio = BIO_new(BIO_s_mem());
    require(bio != NULL);
    int good = private_half ? PEM_write_bio_PKCS8PrivateKey(bio, key->pkey, NULL, NULL, 0, NULL, NULL)
                            : PEM_write_bio_PUBKEY(bio, key->pkey);
    char *text;
    long length = BIO_get_mem_data(bio, &text);
    require(good == 1 && length > 0 && length <= HOST_KEY_PEM_BYTES_MAX);
    memcpy(to, text, (size_t)length);
    BIO_free(bio);
    return (size_t)length;
}

/* Of s and n - s, which verify alike, the smaller one. */
static void make_small(BIGNUM *s, const EVP_PKEY *pkey) {
    BIGNUM *half = NULL, *order = NULL;
    require(BN_hex2bn(&half, half_order_hex) > 0);
    require(EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_EC_ORDER, &order) == 1);
    if (BN_cmp(s, half) > 0) require(BN_sub(s, order, s) == 1);
    BN_free(half);
    BN_free(order);
}

static enum status sign_der(EVP_PKEY *pkey, const uint8_t *hash, uint8_t der[DER_BYTES_MAX], size_t *length) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(pkey, NULL);
    *length = DER_BYTES_MAX;
    bool good =
        context && EVP_PKEY_sign_init(context) == 1 && EVP_PKEY_sign(context, der, length, hash, TRUST_HASH_BYTES) == 1;
    EVP_PKEY_CTX_free(context);
    return good ? ST_OK : ST_IO;
}

enum status host_key_sign(const struct host_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                          uint8_t signature[ARTIFACT_SIGNATURE_BYTES]) {
    require(key->is_private);
    uint8_t der[DER_BYTES_MAX];
    size_t length;
    enum status status = sign_der(key->pkey, hash, der, &length);
    if (status != ST_OK) return status;
    const uint8_t *at = der;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)length);
    require(pair != NULL);
    BIGNUM *s = BN_dup(ECDSA_SIG_get0_s(pair));
    require(s != NULL);
    make_small(s, key->pkey);
    require(BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, NUMBER_BYTES) == NUMBER_BYTES);
    require(BN_bn2binpad(s, signature + NUMBER_BYTES, NUMBER_BYTES) == NUMBER_BYTES);
    BN_free(s);
    ECDSA_SIG_free(pair);
    return ST_OK;
}

/* r and s as OpenSSL wants them, in malloc'd DER. */
static int encode_der(const uint8_t signature[ARTIFACT_SIGNATURE_BYTES], uint8_t **der) {
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, NUMBER_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(signature + NUMBER_BYTES, NUMBER_BYTES, NULL);
    require(pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1);
    *der = NULL;
    int length = i2d_ECDSA_SIG(pair, der);
    require(length > 0);
    ECDSA_SIG_free(pair);
    return length;
}

static bool is_small(const uint8_t s[NUMBER_BYTES]) {
    BIGNUM *half = NULL, *number = BN_bin2bn(s, NUMBER_BYTES, NULL);
    require(number && BN_hex2bn(&half, half_order_hex) > 0);
    bool small = BN_cmp(number, half) <= 0;
    BN_free(half);
    BN_free(number);
    return small;
}

enum status host_key_check(const struct host_key *key, const uint8_t hash[TRUST_HASH_BYTES],
                           const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]) {
    if (!is_small(signature + NUMBER_BYTES)) return ST_SIGNATURE;
    uint8_t *der;
    int length = encode_der(signature, &der);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->pkey, NULL);
    bool good = context && EVP_PKEY_verify_init(context) == 1 &&
                EVP_PKEY_verify(context, der, (size_t)length, hash, TRUST_HASH_BYTES) == 1;
    EVP_PKEY_CTX_free(context);
    OPENSSL_free(der);
    return good ? ST_OK : ST_SIGNATURE;
}
