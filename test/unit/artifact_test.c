/* Every refusal of artifact_decode, each beside a twin that differs in nothing else and is accepted. */
#include "core/wire/artifact.h"

#include <stdlib.h>

#include "core/base/bytes.h"
#include "test/unit/check.h"

/* Offsets in the header, spec/artifact.md section 2, and of fields in a row of the table, section 3. */
enum {
    AT_FORMAT = 4,
    AT_HEADER_BYTES = 6,
    AT_TOTAL = 8,
    AT_TYPE = 12,
    AT_FLAGS = 13,
    AT_RESTART = 15,
    AT_ABI_MIN = 20,
    AT_ABI_MAX = 22,
    AT_NAME = 48,
    AT_STACK = 80,
    AT_RAM = 84,
    AT_DATA = 88,
    AT_ENTRY = 92,
    AT_ENTRIES = 96,
    AT_SECTIONS = 108,
    AT_ZERO = 110,
    AT_FEATURES = 112,
    AT_TAIL = 116,
    AT_TABLE = 128,
    ROW_ID = 0,
    ROW_ZERO = 2,
    ROW_OFFSET = 4,
    ROW_BYTES = 8,
    ROW_TAIL = 12,
};

/* A guest with the sections code, functions, calls, capabilities, read-only and data. */
enum {
    CODE,
    FUNCTIONS,
    CALLS,
    CAPABILITIES,
    READ_ONLY,
    DATA,
    SECTIONS,
    TOTAL_BYTES = 208 + 48 * SECTIONS + 4 * 16 + 8 + 32
};
static const uint32_t section_bytes[SECTIONS] = {12, 12, 4, 32, 11, 9};

struct head {
    uint8_t bytes[ARTIFACT_HEAD_BYTES_MAX];
    size_t length;
};

static uint8_t hashes[ARTIFACT_SECTIONS_MAX][ARTIFACT_HASH_BYTES];

static struct artifact guest(void) {
    struct artifact artifact = {
        .manifest = {.type = ARTIFACT_GUEST,
                     .flags = ARTIFACT_DEBUG_ALLOWED,
                     .priority = 7,
                     .restart = ARTIFACT_RESTART_ALWAYS,
                     .product_id = 0x11223344,
                     .abi_min = 1,
                     .abi_max = 3,
                     .version = 0x01020003,
                     .security_version = 9,
                     .build_id = {1, 2, 3},
                     .name = "blink-2",
                     .stack_bytes = 64,
                     .ram_bytes = 128,
                     .data_address = ARTIFACT_RAM_BASE + 64,
                     .return_entries = 4,
                     .trial_s = 5,
                     .check_in_ms = 6,
                     .health_value = 8},
        .section_count = SECTIONS,
    };
    for (uint32_t i = 0; i < SECTIONS; i++) {
        artifact.section[i] = (struct artifact_section){.id = (uint16_t)(i + 1), .bytes = section_bytes[i]};
        memset(hashes[i], (int)i + 1, ARTIFACT_HASH_BYTES);
        artifact.section[i].hash = hashes[i];
    }
    return artifact;
}

static struct head encoded(struct artifact artifact) {
    struct head head = {.length = 0};
    CHECK_EQ(ST_OK, artifact_encode_head(&artifact, head.bytes, sizeof head.bytes));
    head.length = artifact.head_bytes;
    return head;
}

static size_t row(uint32_t index) { return AT_TABLE + (size_t)index * ARTIFACT_ROW_BYTES; }

/* Decodes; checks that a refusal names the byte and says why. */
static enum status decode(const struct head *head, uint32_t *fault_offset) {
    struct artifact out;
    struct artifact_fault fault = {.offset = UINT32_MAX};
    memset(&out, 0xa5, sizeof out);
    enum status status = artifact_decode(head->bytes, head->length, &out, &fault);
    if (status != ST_OK) CHECK(fault.reason && strlen(fault.reason) > 8);
    *fault_offset = fault.offset;
    return status;
}

static void refused_at(enum status want, uint32_t want_offset, const struct head *head, const char *what) {
    uint32_t offset;
    enum status got = decode(head, &offset);
    if (got == want && offset == want_offset) return;
    check_failures++;
    printf("  %s: want %d at byte %u, got %d at byte %u\n", what, want, want_offset, got, offset);
}

static void accepted(const struct head *head, const char *what) {
    uint32_t offset;
    enum status got = decode(head, &offset);
    if (got == ST_OK) return;
    check_failures++;
    printf("  %s: want accepted, got %d at byte %u\n", what, got, offset);
}

/* The same head with one field changed. */
static struct head with(size_t at, int width, uint32_t value) {
    struct head head = encoded(guest());
    if (width == 1)
        head.bytes[at] = (uint8_t)value;
    else if (width == 2)
        store_le16(head.bytes + at, (uint16_t)value);
    else
        store_le32(head.bytes + at, value);
    return head;
}

struct change {
    size_t at;
    int width;
    uint32_t value;
    enum status want;
    uint32_t offset; /* of the fault; not looked at when accepted */
};

static void try_changes(const struct change *changes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct head head = with(changes[i].at, changes[i].width, changes[i].value);
        char what[64];
        snprintf(what, sizeof what, "0x%x at byte %zu", changes[i].value, changes[i].at);
        if (changes[i].want == ST_OK)
            accepted(&head, what);
        else
            refused_at(changes[i].want, changes[i].offset, &head, what);
    }
}
#define TRY(...)                                                                                                       \
    do {                                                                                                               \
        const struct change list[] = {__VA_ARGS__};                                                                    \
        try_changes(list, sizeof list / sizeof *list);                                                                 \
    } while (0)

static void head_comes_back_as_it_was_encoded(void) {
    struct artifact want = guest(), got;
    struct artifact_fault fault;
    struct head head = encoded(want);
    CHECK_EQ(ST_OK, artifact_decode(head.bytes, head.length, &got, &fault));
    CHECK(memcmp(&want.manifest, &got.manifest, sizeof want.manifest) == 0);
    CHECK_EQ(SECTIONS, got.section_count);
    CHECK_EQ(TOTAL_BYTES, got.total_bytes);
    CHECK_EQ(128 + 48 * SECTIONS, got.signed_bytes);
    CHECK_EQ(208 + 48 * SECTIONS, got.head_bytes);
    CHECK_EQ(got.head_bytes, got.section[CODE].offset);
    CHECK_EQ(got.head_bytes + 16, got.section[FUNCTIONS].offset);
    CHECK_EQ(11, artifact_section_find(&got, ARTIFACT_SECTION_READ_ONLY)->bytes);
    CHECK_EQ(6, got.section[DATA].hash[31]);
    CHECK(artifact_section_find(&got, ARTIFACT_SECTION_VALUES) == NULL);
    CHECK(!got.is_signed);
}

static void every_shorter_head_is_refused(void) {
    struct head whole = encoded(guest());
    for (size_t length = 0; length < whole.length; length++) {
        uint8_t *copy = malloc(length + 1); /* so that a sanitizer sees a read behind the end */
        struct artifact artifact;
        struct artifact_fault fault = {.offset = UINT32_MAX};
        memcpy(copy + 1, whole.bytes, length);
        CHECK_EQ(ST_CORRUPT, artifact_decode(copy + 1, length, &artifact, &fault));
        CHECK_EQ(length < 4 ? 0 : length, fault.offset);
        free(copy);
    }
    accepted(&whole, "the whole head");
}

static void another_format_is_refused(void) {
    TRY({0, 1, 'X', ST_CORRUPT, 0}, {3, 1, '2', ST_CORRUPT, 0}, {AT_FORMAT, 2, 0, ST_VERSION, AT_FORMAT},
        {AT_FORMAT, 2, 2, ST_VERSION, AT_FORMAT}, {AT_FORMAT, 2, 0x100, ST_VERSION, AT_FORMAT},
        {AT_FORMAT, 2, 1, ST_OK, 0}, {AT_HEADER_BYTES, 2, 127, ST_CORRUPT, AT_HEADER_BYTES},
        {AT_HEADER_BYTES, 2, 136, ST_CORRUPT, AT_HEADER_BYTES}, {AT_FEATURES, 4, 1, ST_VERSION, AT_FEATURES},
        {AT_FEATURES, 4, 0x80000000, ST_VERSION, AT_FEATURES});
}

static void every_reserved_bit_is_refused(void) {
    for (size_t at = AT_ZERO; at < AT_TABLE; at++)
        for (int bit = 0; bit < 8; bit++) {
            bool is_feature = at >= AT_FEATURES && at < AT_TAIL;
            struct head head = with(at, 1, 1u << bit);
            uint32_t offset = at < AT_FEATURES ? AT_ZERO : is_feature ? AT_FEATURES : AT_TAIL;
            refused_at(is_feature ? ST_VERSION : ST_CORRUPT, offset, &head, "a reserved bit");
        }
    TRY({row(2) + ROW_ZERO, 2, 1, ST_CORRUPT, (uint32_t)row(2) + ROW_ZERO},
        {row(5) + ROW_TAIL, 4, 0x80000000, ST_CORRUPT, (uint32_t)row(5) + ROW_ZERO},
        {row(2) + ROW_ZERO, 2, 0, ST_OK, 0});
}

static void total_must_be_where_the_sections_end(void) {
    TRY({AT_TOTAL, 4, TOTAL_BYTES, ST_OK, 0}, {AT_TOTAL, 4, TOTAL_BYTES + 1, ST_CORRUPT, AT_TOTAL},
        {AT_TOTAL, 4, TOTAL_BYTES + 8, ST_CORRUPT, AT_TOTAL},
        {AT_TOTAL, 4, TOTAL_BYTES - 1, ST_CORRUPT, (uint32_t)row(DATA) + ROW_BYTES},
        {AT_TOTAL, 4, 0, ST_CORRUPT, (uint32_t)row(CODE) + ROW_BYTES}, {AT_TOTAL, 4, UINT32_MAX, ST_CORRUPT, AT_TOTAL});
}

static void sums_that_wrap_are_refused(void) {
    uint32_t bytes_at = (uint32_t)row(DATA) + ROW_BYTES, offset_at = (uint32_t)row(DATA) + ROW_OFFSET;
    TRY({bytes_at, 4, UINT32_MAX, ST_CORRUPT, bytes_at}, {bytes_at, 4, 0xfffffff8, ST_CORRUPT, bytes_at},
        {bytes_at, 4, 16, ST_OK, 0}, {bytes_at, 4, 17, ST_CORRUPT, bytes_at},
        {offset_at, 4, 0xfffffff8, ST_CORRUPT, offset_at}, {AT_DATA, 4, 0xffffffff, ST_CORRUPT, AT_DATA},
        {AT_RAM, 4, 0xfffffff0, ST_CORRUPT, AT_RAM}, {AT_STACK, 4, 0xfffffff8, ST_CORRUPT, AT_STACK});
}

static void sections_that_overlap_or_leave_gaps_are_refused(void) {
    struct head head = encoded(guest());
    for (uint32_t i = 0; i < SECTIONS; i++) {
        uint32_t at = (uint32_t)row(i) + ROW_OFFSET, good = load_le32(head.bytes + at);
        TRY({at, 4, good, ST_OK, 0}, {at, 4, good - 8, ST_CORRUPT, at}, {at, 4, good + 8, ST_CORRUPT, at},
            {at, 4, good + 1, ST_CORRUPT, at}, {at, 4, 0, ST_CORRUPT, at}, {at, 4, 128, ST_CORRUPT, at});
    }
}

static void section_count_is_one_to_sixteen(void) {
    TRY({AT_SECTIONS, 2, 0, ST_CORRUPT, AT_SECTIONS}, {AT_SECTIONS, 2, 17, ST_CORRUPT, AT_SECTIONS},
        {AT_SECTIONS, 2, 65535, ST_CORRUPT, AT_SECTIONS},
        {AT_SECTIONS, 2, 7, ST_CORRUPT, 208 + 48 * SECTIONS}); /* more than there are: the head is too short */
    struct artifact most = guest();
    for (most.section_count = SECTIONS; most.section_count < ARTIFACT_SECTIONS_MAX; most.section_count++)
        most.section[most.section_count] =
            (struct artifact_section){.id = (uint16_t)(most.section_count + 0x100), .bytes = 1};
    struct head head = encoded(most);
    CHECK_EQ(ARTIFACT_HEAD_BYTES_MAX, head.length);
    accepted(&head, "sixteen sections");
}

static void section_ids_ascend_and_critical_ones_must_be_known(void) {
    uint32_t last = (uint32_t)row(DATA), calls = (uint32_t)row(CALLS), first = (uint32_t)row(CODE);
    TRY({last, 2, ARTIFACT_SECTION_READ_ONLY, ST_CORRUPT, last}, {last, 2, ARTIFACT_SECTION_CODE, ST_CORRUPT, last},
        {calls, 2, ARTIFACT_SECTION_FUNCTIONS, ST_CORRUPT, calls}, {first, 2, 0, ST_CORRUPT, first},
        {last, 2, 0x8000, ST_VERSION, last}, {last, 2, 0x8006, ST_VERSION, last}, {last, 2, 0xffff, ST_VERSION, last},
        {last, 2, 0x7fff, ST_OK, 0}, {last, 2, 11, ST_OK, 0},
        {last, 2, ARTIFACT_SECTION_MAILBOXES, ST_CORRUPT, last + 8});
}

static void sections_have_the_sizes_of_their_kind(void) {
    struct artifact artifact = guest();
    static const struct {
        uint32_t section, bytes;
        enum status want;
    } tries[] = {
        {CODE, 0, ST_INVALID},
        {CODE, 2, ST_INVALID},
        {CODE, 4, ST_OK},
        {CODE, 4 << 20, ST_OK},
        {CODE, (4 << 20) + 4, ST_INVALID},
        {FUNCTIONS, 0, ST_INVALID},
        {FUNCTIONS, 11, ST_INVALID},
        {FUNCTIONS, 13, ST_INVALID},
        {FUNCTIONS, 24, ST_OK},
        {CALLS, 0, ST_INVALID},
        {CALLS, 3, ST_INVALID},
        {CALLS, 8192, ST_OK},
        {CALLS, 8194, ST_INVALID},
        {CAPABILITIES, 0, ST_INVALID},
        {CAPABILITIES, 15, ST_INVALID},
        {CAPABILITIES, 1024, ST_OK},
        {CAPABILITIES, 1040, ST_INVALID},
        {READ_ONLY, 7, ST_INVALID},
        {READ_ONLY, 8, ST_OK},
        {READ_ONLY, 0x0fffffff, ST_OK},
        {READ_ONLY, 0x10000000, ST_INVALID},
        {DATA, 0, ST_INVALID},
        {DATA, 64, ST_OK},
        {DATA, 65, ST_INVALID},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct artifact changed = artifact;
        uint8_t head[ARTIFACT_HEAD_BYTES_MAX];
        changed.section[tries[i].section].bytes = tries[i].bytes;
        if (tries[i].section == DATA && tries[i].bytes == 0) changed.section[DATA].id = 0x100; /* of no kind */
        if (tries[i].want == artifact_encode_head(&changed, head, sizeof head)) continue;
        check_failures++;
        printf("  section %u with %u bytes: want %d\n", tries[i].section + 1, tries[i].bytes, tries[i].want);
    }
}

static void guest_needs_code_and_functions(void) {
    struct artifact whole = guest();
    for (uint32_t missing = 0; missing < SECTIONS; missing++) {
        struct artifact without = whole;
        uint8_t head[ARTIFACT_HEAD_BYTES_MAX];
        without.section_count--;
        memmove(&without.section[missing], &whole.section[missing + 1],
                (SECTIONS - missing - 1) * sizeof *whole.section);
        CHECK_EQ(missing <= FUNCTIONS ? ST_INVALID : ST_OK, artifact_encode_head(&without, head, sizeof head));
    }
}

static void entry_must_be_a_row_of_the_function_table(void) {
    TRY({AT_ENTRY, 4, 0, ST_OK, 0}, {AT_ENTRY, 4, 1, ST_CORRUPT, AT_ENTRY},
        {AT_ENTRY, 4, UINT32_MAX, ST_CORRUPT, AT_ENTRY});
}

static void ram_must_hold_stack_and_data_exactly(void) {
    TRY({AT_STACK, 4, 64, ST_OK, 0}, {AT_STACK, 4, 72, ST_CORRUPT, AT_DATA}, {AT_STACK, 4, 136, ST_CORRUPT, AT_STACK},
        {AT_STACK, 4, 0, ST_CORRUPT, AT_STACK}, {AT_STACK, 4, 8, ST_CORRUPT, AT_STACK},
        {AT_STACK, 4, 60, ST_CORRUPT, AT_STACK}, {AT_RAM, 4, 80, ST_OK, 0}, {AT_RAM, 4, 72, ST_CORRUPT, AT_DATA},
        {AT_RAM, 4, 76, ST_CORRUPT, AT_RAM}, {AT_RAM, 4, ARTIFACT_RAM_BYTES_MAX, ST_OK, 0},
        {AT_RAM, 4, ARTIFACT_RAM_BYTES_MAX + 8, ST_CORRUPT, AT_RAM},
        {AT_DATA, 4, ARTIFACT_RAM_BASE + 63, ST_CORRUPT, AT_DATA}, {AT_DATA, 4, ARTIFACT_RAM_BASE + 128 - 9, ST_OK, 0},
        {AT_DATA, 4, ARTIFACT_RAM_BASE + 128 - 8, ST_CORRUPT, AT_DATA}, {AT_DATA, 4, 0, ST_CORRUPT, AT_DATA},
        {AT_ENTRIES, 2, 0, ST_CORRUPT, AT_ENTRIES}, {AT_ENTRIES, 2, 1, ST_OK, 0});
}

static void manifest_fields_stay_in_their_ranges(void) {
    TRY({AT_TYPE, 1, 0, ST_CORRUPT, AT_TYPE}, {AT_TYPE, 1, 6, ST_CORRUPT, AT_TYPE},
        {AT_TYPE, 1, 255, ST_CORRUPT, AT_TYPE}, {AT_FLAGS, 1, 3, ST_OK, 0}, {AT_FLAGS, 1, 4, ST_CORRUPT, AT_FLAGS},
        {AT_FLAGS, 1, 0x80, ST_CORRUPT, AT_FLAGS}, {AT_RESTART, 1, 2, ST_OK, 0},
        {AT_RESTART, 1, 3, ST_CORRUPT, AT_RESTART}, {AT_ABI_MIN, 2, 3, ST_OK, 0},
        {AT_ABI_MIN, 2, 4, ST_CORRUPT, AT_ABI_MIN}, {AT_ABI_MIN, 2, 0, ST_CORRUPT, AT_ABI_MIN},
        {AT_ABI_MAX, 2, 0, ST_CORRUPT, AT_ABI_MIN}, {AT_ABI_MAX, 2, 0xffff, ST_OK, 0});
}

static void names_are_short_plain_and_end_with_zeros(void) {
    static const struct {
        const char *name;
        bool good;
    } names[] = {
        {"a", true},        {"A.b-c_9", true}, {"0", true},         {"abcdefghijklmnopqrstuvwxyz01234", true},
        {"", false},        {".a", false},     {"-a", false},       {"a b", false},
        {"a/b", false},     {"a\n", false},    {"\xc3\xa4", false}, {"a\x7f", false},
        {"\x1b[2J", false},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct head head = encoded(guest());
        memset(head.bytes + AT_NAME, 0, ARTIFACT_NAME_BYTES);
        memcpy(head.bytes + AT_NAME, names[i].name, strlen(names[i].name));
        if (names[i].good)
            accepted(&head, names[i].name);
        else
            refused_at(ST_CORRUPT, AT_NAME, &head, names[i].name);
    }
    struct head endless = encoded(guest());
    memset(endless.bytes + AT_NAME, 'a', ARTIFACT_NAME_BYTES);
    refused_at(ST_CORRUPT, AT_NAME, &endless, "a name without an end");
    struct head hidden = with(AT_NAME + 31, 1, 'x');
    refused_at(ST_CORRUPT, AT_NAME, &hidden, "bytes behind the name's end");
}

static void other_types_carry_no_guest_fields(void) {
    struct artifact firmware = {
        .manifest = {.type = ARTIFACT_FIRMWARE, .abi_min = 1, .abi_max = 1, .name = "firmware"},
        .section_count = 1,
        .section = {{.id = 0x100, .bytes = 5}},
    };
    uint8_t head[ARTIFACT_HEAD_BYTES_MAX];
    for (uint8_t type = ARTIFACT_FIRMWARE; type <= ARTIFACT_KEY_SET; type++) {
        struct artifact good = firmware;
        good.manifest.type = type;
        CHECK_EQ(ST_OK, artifact_encode_head(&good, head, sizeof head));
        struct artifact with_stack = good;
        with_stack.manifest.stack_bytes = 8;
        CHECK_EQ(ST_INVALID, artifact_encode_head(&with_stack, head, sizeof head));
        struct artifact with_code = good;
        with_code.section[0] = (struct artifact_section){.id = ARTIFACT_SECTION_CODE, .bytes = 4};
        CHECK_EQ(ST_INVALID, artifact_encode_head(&with_code, head, sizeof head));
    }
}

static void signature_area_is_all_or_nothing(void) {
    struct head unsigned_head = encoded(guest());
    uint32_t area = 128 + 48 * SECTIONS;
    TRY({area, 4, 2, ST_VERSION, area}, {area, 4, UINT32_MAX, ST_VERSION, area}, {area, 4, 1, ST_OK, 0},
        {area + 4, 4, 1, ST_CORRUPT, area + 4}, {area + 8, 1, 1, ST_CORRUPT, area + 8},
        {area + 79, 1, 1, ST_CORRUPT, area + 8});

    static const uint8_t id[ARTIFACT_KEY_ID_BYTES] = {1, 2, 3, 4, 5, 6, 7, 8};
    uint8_t signature[ARTIFACT_SIGNATURE_BYTES];
    memset(signature, 0xcc, sizeof signature);
    struct artifact artifact;
    struct artifact_fault fault;
    CHECK_EQ(ST_OK, artifact_decode(unsigned_head.bytes, unsigned_head.length, &artifact, &fault));
    artifact_encode_signature(&artifact, unsigned_head.bytes, id, signature);
    CHECK_EQ(ST_OK, artifact_decode(unsigned_head.bytes, unsigned_head.length, &artifact, &fault));
    CHECK(artifact.is_signed);
    CHECK(memcmp(id, artifact.key_id, sizeof id) == 0);
    CHECK(memcmp(signature, artifact.signature, sizeof signature) == 0);
}

static void every_bit_of_a_head_is_kept_or_refused(void) {
    struct head head = encoded(guest());
    for (size_t bit = 0; bit < head.length * 8; bit++) {
        struct head changed = head;
        changed.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        struct artifact artifact;
        struct artifact_fault fault;
        if (artifact_decode(changed.bytes, changed.length, &artifact, &fault) != ST_OK) continue;
        uint8_t again[ARTIFACT_HEAD_BYTES_MAX];
        struct artifact copy = artifact;
        CHECK_EQ(ST_OK, artifact_encode_head(&copy, again, sizeof again));
        if (artifact.is_signed) artifact_encode_signature(&artifact, again, artifact.key_id, artifact.signature);
        if (memcmp(again, changed.bytes, head.length) == 0) continue;
        check_failures++;
        printf("  bit %zu of byte %zu is read by nothing\n", bit % 8, bit / 8);
    }
}

static void encoding_says_when_there_is_no_room(void) {
    struct artifact artifact = guest();
    uint8_t head[ARTIFACT_HEAD_BYTES_MAX];
    CHECK_EQ(ST_FULL, artifact_encode_head(&artifact, head, 208 + 48 * SECTIONS - 1));
    CHECK_EQ(ST_OK, artifact_encode_head(&artifact, head, 208 + 48 * SECTIONS));
    artifact.section_count = ARTIFACT_SECTIONS_MAX + 1;
    CHECK_EQ(ST_INVALID, artifact_encode_head(&artifact, head, sizeof head));
}

static enum status capabilities(const struct artifact_capability *rows, uint32_t count, struct artifact_fault *fault) {
    uint8_t wire[8 * ARTIFACT_CAPABILITY_BYTES];
    for (uint32_t i = 0; i < count; i++) artifact_capability_encode(&rows[i], wire + i * ARTIFACT_CAPABILITY_BYTES);
    return artifact_capabilities_check(wire, count * ARTIFACT_CAPABILITY_BYTES, fault);
}

static void capability_rows_are_checked_one_by_one(void) {
    struct artifact_fault fault;
    struct artifact_capability good[] = {{.group = 4, .mode = 2, .first = 13, .last = 13, .rate = 100},
                                         {.group = 4, .mode = 1, .first = 13, .last = 14},
                                         {.group = 63, .mode = 128, .first = 0, .last = UINT32_MAX}};
    CHECK_EQ(ST_OK, capabilities(good, 3, &fault));
    CHECK_EQ(ST_OK, artifact_capabilities_check(NULL, 0, &fault));
    struct artifact_capability group = {.group = 64, .mode = 1}, mode = {.group = 4},
                               range = {.group = 4, .mode = 1, .first = 2, .last = 1};
    CHECK_EQ(ST_CORRUPT, capabilities(&group, 1, &fault));
    CHECK_EQ(0, fault.offset);
    CHECK_EQ(ST_CORRUPT, capabilities(&mode, 1, &fault));
    CHECK_EQ(1, fault.offset);
    CHECK_EQ(ST_CORRUPT, capabilities(&range, 1, &fault));
    CHECK_EQ(4, fault.offset);
    uint8_t wire[ARTIFACT_CAPABILITY_BYTES];
    artifact_capability_encode(&good[0], wire);
    CHECK_EQ(ST_OK, artifact_capabilities_check(wire, sizeof wire, &fault));
    CHECK_EQ(ST_CORRUPT, artifact_capabilities_check(wire, sizeof wire - 1, &fault));
    wire[2] = 1;
    CHECK_EQ(ST_CORRUPT, artifact_capabilities_check(wire, sizeof wire, &fault));
    CHECK_EQ(2, fault.offset);
}

static void capability_rows_ascend_each_once(void) {
    struct artifact_fault fault;
    struct artifact_capability twice[] = {{.group = 4, .mode = 2, .last = 3},
                                          {.group = 4, .mode = 2, .last = 3, .rate = 5}};
    struct artifact_capability back[] = {{.group = 5, .mode = 1, .last = 3}, {.group = 4, .mode = 1, .last = 3}};
    CHECK_EQ(ST_CORRUPT, capabilities(twice, 2, &fault));
    CHECK_EQ(ARTIFACT_CAPABILITY_BYTES, fault.offset);
    CHECK_EQ(ST_CORRUPT, capabilities(back, 2, &fault));
    twice[1].mode = 3;
    CHECK_EQ(ST_OK, capabilities(twice, 2, &fault));
}

int main(void) {
    static const struct check_test tests[] = {
        TEST(head_comes_back_as_it_was_encoded),
        TEST(every_shorter_head_is_refused),
        TEST(another_format_is_refused),
        TEST(every_reserved_bit_is_refused),
        TEST(total_must_be_where_the_sections_end),
        TEST(sums_that_wrap_are_refused),
        TEST(sections_that_overlap_or_leave_gaps_are_refused),
        TEST(section_count_is_one_to_sixteen),
        TEST(section_ids_ascend_and_critical_ones_must_be_known),
        TEST(sections_have_the_sizes_of_their_kind),
        TEST(guest_needs_code_and_functions),
        TEST(entry_must_be_a_row_of_the_function_table),
        TEST(ram_must_hold_stack_and_data_exactly),
        TEST(manifest_fields_stay_in_their_ranges),
        TEST(names_are_short_plain_and_end_with_zeros),
        TEST(other_types_carry_no_guest_fields),
        TEST(signature_area_is_all_or_nothing),
        TEST(every_bit_of_a_head_is_kept_or_refused),
        TEST(encoding_says_when_there_is_no_room),
        TEST(capability_rows_are_checked_one_by_one),
        TEST(capability_rows_ascend_each_once),
    };
    return CHECK_RUN(tests);
}
