/* The key region of a device, and key files on a host. */
#include "core/base/require.h"
#include "core/trust/keys.h"

#include "host/keys/keys.h"
#include "test/unit/check.h"

enum { ROW = 80, ROWS_AT = 16, ROLES = 0, RESERVED = 1, ID = 8, POINT = 16 };

static struct keys_entry fresh_entry(uint8_t roles) {
    struct host_key *key = host_key_new();
    struct keys_entry entry = {.roles = roles, .key = host_key_public(key)};
    host_key_free(key);
    return entry;
}

struct region {
    uint8_t bytes[KEYS_REGION_BYTES];
};

static struct region region_of(struct keys_entry *entries, uint32_t count) {
    struct region region;
    CHECK_EQ(ST_OK, keys_encode(entries, count, region.bytes));
    return region;
}

/* Makes the hash right again, so that what else is wrong is found. */
static void seal(struct region *region, uint32_t count) {
    size_t end = ROWS_AT + (size_t)count * ROW;
    trust_hash_of(region->bytes, end, region->bytes + end);
}

static void refused_at(uint32_t offset, enum status want, const struct region *region) {
    struct artifact_fault fault = {0};
    uint32_t count = 99;
    CHECK_EQ(want, keys_check(region->bytes, KEYS_REGION_BYTES, &count, &fault));
    CHECK_EQ(offset, fault.offset);
    CHECK_EQ(0, count);
}

static void a_region_holds_its_keys_in_order_of_their_ids(void) {
    struct keys_entry entries[KEYS_MAX];
    for (uint32_t i = 0; i < KEYS_MAX; i++) entries[i] = fresh_entry((uint8_t)(1 << i % 5));
    struct region region = region_of(entries, KEYS_MAX);
    uint32_t count;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, keys_check(region.bytes, KEYS_REGION_BYTES, &count, &fault));
    CHECK_EQ(KEYS_MAX, count);
    for (uint32_t i = 0; i < count; i++) {
        struct keys_entry entry = keys_entry_at(region.bytes, i);
        CHECK(memcmp(&entries[i], &entry, sizeof entry) == 0);
        if (i > 0)
            CHECK(memcmp(region.bytes + ROWS_AT + (i - 1) * ROW + ID, region.bytes + ROWS_AT + i * ROW + ID, 8) < 0);
    }
}

static void a_blank_region_trusts_nobody(void) {
    struct region region;
    memset(&region, 0xff, sizeof region);
    uint32_t count = 99;
    struct artifact_fault fault;
    struct artifact artifact = {.manifest.type = ARTIFACT_GUEST, .is_signed = true};
    struct trust_key key;
    CHECK_EQ(ST_OK, keys_check(region.bytes, KEYS_REGION_BYTES, &count, &fault));
    CHECK_EQ(0, count);
    CHECK_EQ(ST_SIGNATURE, keys_find(region.bytes, KEYS_REGION_BYTES, &artifact, &key, &fault));
}

static void every_byte_of_a_region_counts(void) {
    struct keys_entry entries[2] = {fresh_entry(KEYS_GUEST), fresh_entry(KEYS_ANY)};
    struct region region = region_of(entries, 2);
    for (size_t at = 0; at < sizeof region; at++) {
        struct region changed = region;
        uint32_t count;
        struct artifact_fault fault;
        changed.bytes[at] ^= 1;
        CHECK(keys_check(changed.bytes, KEYS_REGION_BYTES, &count, &fault) != ST_OK);
    }
}

static void sealed_regions_are_still_checked_field_by_field(void) {
    struct keys_entry entries[2] = {fresh_entry(KEYS_GUEST), fresh_entry(KEYS_ANY)};
    const struct region good = region_of(entries, 2);
    struct region region = good;
    memcpy(region.bytes, "SKEX", 4);
    refused_at(0, ST_CORRUPT, &region);
    region = good, region.bytes[4] = 2;
    refused_at(4, ST_VERSION, &region);
    region = good, region.bytes[6] = 0;
    refused_at(6, ST_CORRUPT, &region);
    region = good, region.bytes[6] = KEYS_MAX + 1;
    refused_at(6, ST_CORRUPT, &region);
    region = good, region.bytes[15] = 1;
    refused_at(8, ST_CORRUPT, &region);
    region = good, region.bytes[ROWS_AT + ROLES] = 0, seal(&region, 2);
    refused_at(ROWS_AT, ST_CORRUPT, &region);
    region = good, region.bytes[ROWS_AT + ROLES] = 64, seal(&region, 2);
    refused_at(ROWS_AT, ST_CORRUPT, &region);
    region = good, region.bytes[ROWS_AT + ROW + RESERVED + 6] = 1, seal(&region, 2);
    refused_at(ROWS_AT + ROW + RESERVED, ST_CORRUPT, &region);
    region = good, region.bytes[ROWS_AT + ID] ^= 1, seal(&region, 2);
    refused_at(ROWS_AT + ID, ST_CORRUPT, &region);
    region = good, memcpy(region.bytes + ROWS_AT + ROW, region.bytes + ROWS_AT, ROW), seal(&region, 2);
    refused_at(ROWS_AT + ROW + ID, ST_CORRUPT, &region);
    region = good, memset(region.bytes + ROWS_AT + POINT, 0xff, 32), seal(&region, 2);
    struct keys_entry far = keys_entry_at(region.bytes, 0);
    trust_key_id(&far.key, region.bytes + ROWS_AT + ID);
    seal(&region, 2);
    uint32_t count;
    struct artifact_fault fault;
    CHECK_EQ(ST_CORRUPT, keys_check(region.bytes, KEYS_REGION_BYTES, &count, &fault));
    region = good, seal(&region, 2);
    CHECK_EQ(ST_OK, keys_check(region.bytes, KEYS_REGION_BYTES, &count, &fault));
}

static void encoding_refuses_what_checking_would(void) {
    struct keys_entry entry = fresh_entry(KEYS_GUEST);
    struct keys_entry twice[2] = {entry, entry}, many[KEYS_MAX + 1];
    uint8_t region[KEYS_REGION_BYTES];
    CHECK_EQ(ST_EXISTS, keys_encode(twice, 2, region));
    CHECK_EQ(ST_INVALID, keys_encode(twice, 0, region));
    for (uint32_t i = 0; i <= KEYS_MAX; i++) many[i] = entry;
    CHECK_EQ(ST_INVALID, keys_encode(many, KEYS_MAX + 1, region));
    entry.roles = 0;
    CHECK_EQ(ST_CORRUPT, keys_encode(&entry, 1, region));
    entry.roles = 64;
    CHECK_EQ(ST_CORRUPT, keys_encode(&entry, 1, region));
    entry.roles = KEYS_GUEST;
    memset(entry.key.point + 32, 0xff, 32);
    CHECK_EQ(ST_CORRUPT, keys_encode(&entry, 1, region));
}

/* A small signed artifact of a type. */
struct signed_head {
    uint8_t bytes[ARTIFACT_HEAD_BYTES_MAX];
    struct artifact artifact;
};

/* The artifact leads into the bytes of what is kept here. */
static struct signed_head sign(uint8_t type, const struct host_key *key) {
    static struct signed_head kept[8];
    static size_t count;
    require(count < sizeof kept / sizeof *kept);
    struct signed_head *const head = &kept[count++];
    struct artifact_fault fault;
    head->artifact =
        (struct artifact){.manifest = {.type = type, .abi_min = 1, .abi_max = 1, .name = "x"}, .section_count = 1};
    head->artifact.section[0] = (struct artifact_section){.id = 0x100, .bytes = 8};
    CHECK_EQ(ST_OK, artifact_encode_head(&head->artifact, head->bytes, sizeof head->bytes));
    uint8_t hash[TRUST_HASH_BYTES], signature[ARTIFACT_SIGNATURE_BYTES], id[ARTIFACT_KEY_ID_BYTES];
    struct trust_key public_key = host_key_public(key);
    trust_artifact_hash(&head->artifact, head->bytes, hash);
    CHECK_EQ(ST_OK, host_key_sign(key, hash, signature));
    trust_key_id(&public_key, id);
    artifact_encode_signature(&head->artifact, head->bytes, id, signature);
    CHECK_EQ(ST_OK, artifact_decode(head->bytes, sizeof head->bytes, &head->artifact, &fault));
    return *head;
}

static enum status check(const struct region *region, const struct signed_head *head) {
    struct artifact_fault fault = {.reason = NULL};
    enum status status = keys_check_artifact(region->bytes, KEYS_REGION_BYTES, &head->artifact, head->bytes, &fault);
    CHECK((status == ST_OK) == (fault.reason == NULL));
    return status;
}

static void an_artifact_is_trusted_only_with_its_key_role_and_bytes(void) {
    struct host_key *key = host_key_new(), *stranger = host_key_new();
    struct keys_entry entries[2] = {{KEYS_FIRMWARE | KEYS_PATCH, host_key_public(key)}, fresh_entry(KEYS_ANY)};
    struct region region = region_of(entries, 2);
    struct signed_head good = sign(ARTIFACT_FIRMWARE, key);
    CHECK_EQ(ST_OK, check(&region, &good));

    struct signed_head head = sign(ARTIFACT_PATCH, key);
    CHECK_EQ(ST_OK, check(&region, &head));
    head = sign(ARTIFACT_POLICY, key);
    CHECK_EQ(ST_SIGNATURE, check(&region, &head)); /* not its role */
    head = sign(ARTIFACT_FIRMWARE, stranger);
    CHECK_EQ(ST_SIGNATURE, check(&region, &head)); /* not a trusted key */
    head.artifact.key_id = good.artifact.key_id;
    CHECK_EQ(ST_SIGNATURE, check(&region, &head)); /* a stranger under a trusted key's id */
    head = good;
    head.bytes[24] ^= 1;
    CHECK_EQ(ST_SIGNATURE, check(&region, &head)); /* another version number */
    head = good;
    head.artifact.is_signed = false;
    CHECK_EQ(ST_SIGNATURE, check(&region, &head));
    head = sign(ARTIFACT_PATCH, key);
    head.artifact.signature = good.artifact.signature;
    CHECK_EQ(ST_SIGNATURE, check(&region, &head)); /* another artifact's signature */
    region.bytes[20] ^= 1;
    CHECK_EQ(ST_CORRUPT, check(&region, &good)); /* a damaged region trusts nobody */
    host_key_free(key);
    host_key_free(stranger);
}

static void key_files_come_back(void) {
    struct host_key *key = host_key_new(), *private_key, *public_key;
    char pem[HOST_KEY_PEM_BYTES_MAX], message[HOST_KEY_MESSAGE_BYTES];
    struct trust_key want = host_key_public(key);
    size_t length = host_key_write_pem(key, true, pem);
    CHECK_EQ(ST_OK, host_key_read_pem(pem, length, &private_key, message));
    CHECK(host_key_is_private(private_key));
    struct trust_key got = host_key_public(private_key);
    CHECK(memcmp(&want, &got, sizeof want) == 0);
    length = host_key_write_pem(private_key, false, pem);
    CHECK_EQ(ST_OK, host_key_read_pem(pem, length, &public_key, message));
    CHECK(!host_key_is_private(public_key));
    got = host_key_public(public_key);
    CHECK(memcmp(&want, &got, sizeof want) == 0);
    host_key_free(key);
    host_key_free(private_key);
    host_key_free(public_key);
}

static void damaged_key_files_are_refused_with_their_line(void) {
    struct host_key *key = host_key_new(), *read;
    char pem[HOST_KEY_PEM_BYTES_MAX], message[HOST_KEY_MESSAGE_BYTES];
    size_t length = host_key_write_pem(key, true, pem);
    for (size_t cut = 0; cut < length - 2; cut++) {
        message[0] = '\0';
        CHECK_EQ(ST_CORRUPT, host_key_read_pem(pem, cut, &read, message));
        CHECK(strncmp(message, "line ", 5) == 0);
    }
    host_key_free(key);
    static const struct {
        const char *text, *reason;
    } files[] = {
        {"", "line 1: no PEM key here"},
        {"hello\n", "line 1: no PEM key here"},
        {"\n\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
         "line 3: a CERTIFICATE is here, not a key"},
        {"x\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
         "line 2: the key is encrypted"},
        {"-----BEGIN PUBLIC KEY-----\n????\n-----END PUBLIC KEY-----\n", "line 1: the PUBLIC KEY is damaged"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        CHECK_EQ(ST_CORRUPT, host_key_read_pem(files[i].text, strlen(files[i].text), &read, message));
        message[strlen(files[i].reason)] = '\0';
        CHECK_TEXT(files[i].reason, message);
    }
}

static void keys_of_another_kind_are_refused_by_name(void) {
    static const char ed25519[] = "-----BEGIN PUBLIC KEY-----\n"
                                  "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                                  "-----END PUBLIC KEY-----\n";
    struct host_key *read;
    char message[HOST_KEY_MESSAGE_BYTES] = "";
    CHECK_EQ(ST_CORRUPT, host_key_read_pem(ed25519, sizeof ed25519 - 1, &read, message));
    CHECK(strstr(message, "another kind than P-256 (ED25519)") != NULL);
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(a_region_holds_its_keys_in_order_of_their_ids),
        TEST(a_blank_region_trusts_nobody),
        TEST(every_byte_of_a_region_counts),
        TEST(sealed_regions_are_still_checked_field_by_field),
        TEST(encoding_refuses_what_checking_would),
        TEST(an_artifact_is_trusted_only_with_its_key_role_and_bytes),
        TEST(key_files_come_back),
        TEST(damaged_key_files_are_refused_with_their_line),
        TEST(keys_of_another_kind_are_refused_by_name),
    };
    return CHECK_RUN(tests);
}
