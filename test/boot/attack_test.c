/* Files made to be installed although they must not be: each is refused with its own reason, before anything is erased
 * where the head can show it, and the slot that runs is untouched. Identifiers are those of a catalogue of attacks on
 * bootloaders. */
#include <stdlib.h>

#include "core/base/bytes.h"
#include "test/boot/rig.h"
#include "test/unit/check.h"

enum seal { AS_SIGNED, SIGNED_AGAIN, SEALED_AGAIN };
/* A change to the head or section of a good image: `length` bytes of `value` at `offset`. */
struct attack {
    const char *name;
    uint32_t offset, length, value;
    enum seal seal;
    enum rig_key key;
    enum boot_reason reason;
    uint32_t detail;
};
enum { SECTION = 256, VECTORS = 512, SLOT_0_ADDRESS = RIG_ADDRESS + 6 * 2048 + 256 };

/* What is signed again is signed by the key that the row says: it was made by somebody who may sign, or wants to. */
static const struct attack attacks[] = {
    {"C14 another key", 26, 1, 0, SIGNED_AGAIN, KEY_STRANGER, BOOT_REASON_KEY, 0},
    {"C14 a key for guests", 26, 1, 0, SIGNED_AGAIN, KEY_GUEST, BOOT_REASON_ROLE, KEYS_GUEST},
    {"C14 the root key, which signs key sets alone", 26, 1, 0, SIGNED_AGAIN, KEY_ROOT, BOOT_REASON_KEY, 0},
    {"C14 a revoked key", 26, 1, 0, SIGNED_AGAIN, KEY_OTHER_FIRMWARE, BOOT_REASON_REVOKED, 0},
    {"C14 unsigned, with a signature", 176, 4, 0, AS_SIGNED, 0, BOOT_REASON_FORMAT, 176},
    {"C14 a signature of an unknown kind", 176, 4, 2, AS_SIGNED, 0, BOOT_REASON_FORMAT, 176},
    {"C14 the key id of nobody", 184, 4, 0, AS_SIGNED, 0, BOOT_REASON_KEY, 0},
    {"C14 r of zero, in part", 192, 4, 0, AS_SIGNED, 0, BOOT_REASON_SIGNATURE, 0},
    {"C14 s above half the order", 224, 4, 0xffffffff, AS_SIGNED, 0, BOOT_REASON_SIGNATURE, 0},
    {"C14 an artifact of a guest", 12, 1, ARTIFACT_GUEST, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 12},
    {"C14 a policy", 12, 1, ARTIFACT_POLICY, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 12},
    {"C14 an image that says it is a key set", 12, 1, ARTIFACT_KEY_SET, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT,
     88},
    {"C15 another format", 4, 1, 2, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 4},
    {"C15 a feature that is not known", 112, 4, 1, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 112},
    {"C16 two sections", 108, 2, 2, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 108},
    {"C17 more bytes than are signed for", 8, 4, 100000, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 136},
    {"C17 a section behind a gap", 132, 4, 512, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 132},
    {"C18 a lower security version", 28, 4, 9, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_SECURITY, 10},
    {"C18 the highest security version", 28, 4, 0xffffffff, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_STEP, 110},
    {"C18 one too far", 28, 4, 111, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_STEP, 110},
    {"C20 another product", 16, 4, 7, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_PRODUCT, 7},
    {"C20 any product", 16, 4, 0, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_PRODUCT, 0},
    {"C20 another slot's address", 88, 4, SLOT_0_ADDRESS, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_ACTIVE, 0},
    {"C20 an address of no slot", 88, 4, 0x20000000, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_ADDRESS, 0x20000000},
    {"C20 a later bootloader", 20, 4, 0x00020002, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_ABI, 1},
    {"C25 a section of no bytes", 136, 4, 0, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 136},
    {"C25 a section of 4 GiB", 136, 4, 0xffffffff, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 136},
    {"C25 a section that wraps to nothing", 136, 4, 0xfffffff9, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 136},
    {"C25 a head of another size", 6, 2, 120, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 6},
    {"C25 a vector table outside", 92, 4, 0x10000, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_VECTORS, 0x10000},
    {"C25 a vector table at the end", 92, 4, 0xfffffffc, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_VECTORS, 0xfffffffc},
    {"C25 a vector table out of line", 92, 4, 260, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_VECTORS, 260},
    {"C25 a stack above the RAM", VECTORS, 4, RIG_RAM_ADDRESS + RIG_RAM_BYTES + 8, SEALED_AGAIN, KEY_FIRMWARE,
     BOOT_REASON_VECTORS, 256},
    {"C25 a stack below the RAM", VECTORS, 4, RIG_RAM_ADDRESS, SEALED_AGAIN, KEY_FIRMWARE, BOOT_REASON_VECTORS, 256},
    {"C25 a stack out of line", VECTORS, 4, RIG_RAM_ADDRESS + 12, SEALED_AGAIN, KEY_FIRMWARE, BOOT_REASON_VECTORS, 256},
    {"C25 a first instruction in the other slot", VECTORS + 4, 4, SLOT_0_ADDRESS + 1, SEALED_AGAIN, KEY_FIRMWARE,
     BOOT_REASON_VECTORS, 256},
    {"C25 a first instruction that is not Thumb", VECTORS + 4, 4, RIG_ADDRESS + 6 * 2048 + 8192 + 600, SEALED_AGAIN,
     KEY_FIRMWARE, BOOT_REASON_VECTORS, 256},
    {"C26 a row with a field that is not known", 130, 2, 1, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 130},
    {"C26 another section", 128, 2, 0x8010, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 128},
    {"C26 a field of guests", 84, 4, 8, SIGNED_AGAIN, KEY_FIRMWARE, BOOT_REASON_FORMAT, 80},
    {"C28 content that is not the signed one", SECTION + 400, 1, 0x5a, AS_SIGNED, 0, BOOT_REASON_CONTENT, 256},
    {"C28 a hash that is not the signed one", 160, 4, 0, AS_SIGNED, 0, BOOT_REASON_SIGNATURE, 0},
};
enum { ATTACKS = sizeof attacks / sizeof *attacks };

static const struct geometry usual = {2048, 8, 0xff, 2};
static struct rig fresh;
static struct file v1, v2;

static void start(struct rig *rig) {
    static const uint8_t keys[] = {KEY_FIRMWARE, KEY_GUEST, KEY_OTHER_FIRMWARE | 16};
    if (!v1.bytes) {
        struct boot boot;
        struct boot_fault fault;
        struct file set = rig_key_set(2, keys, 3);
        rig_init(&fresh, &usual);
        rig_blank(&fresh);
        v1 = rig_image(&fresh, 0, 1, 10, KEY_FIRMWARE);
        v2 = rig_image(&fresh, 1, 2, 11, KEY_FIRMWARE);
        rig_update(&fresh, &v1, 0);
        boot_open(&boot, &fresh.board);
        CHECK_EQ(ST_OK, rig_install(&fresh, &boot, &set, &fault));
        free(set.bytes);
    }
    *rig = fresh;
    rig_bind(rig);
}

static struct file copy_of(const struct file *file) {
    struct file copy = {malloc(file->length), file->length};
    memcpy(copy.bytes, file->bytes, file->length);
    return copy;
}

static void change(struct file *file, const struct attack *attack) {
    for (uint32_t i = 0; i < attack->length; i++)
        file->bytes[attack->offset + i] = (uint8_t)(attack->value >> 8 * (i % 4));
    if (attack->seal == SIGNED_AGAIN) rig_sign(file, attack->key);
    if (attack->seal == SEALED_AGAIN) rig_seal(file, attack->key);
}

static void each_attack_is_refused_with_its_reason(void) {
    for (uint32_t i = 0; i < ATTACKS; i++) {
        const struct attack *const attack = &attacks[i];
        struct rig rig;
        struct boot boot;
        struct boot_fault fault;
        start(&rig);
        struct file file = copy_of(&v2);
        change(&file, attack);
        CHECK_EQ(0, rig_boot(&rig, &boot));
        const uint64_t before = rig.flash.operations;
        const enum status status = rig_install(&rig, &boot, &file, &fault);
        const bool refused_with_its_reason =
            fault.reason == attack->reason && fault.detail == attack->detail && status == boot_status(attack->reason);
        if (!refused_with_its_reason)
            printf("%s: reason %d, detail 0x%x, status %d\n", attack->name, (int)fault.reason, (unsigned)fault.detail,
                   (int)status);
        CHECK(refused_with_its_reason);
        const bool needs_content = attack->reason == BOOT_REASON_CONTENT || attack->reason == BOOT_REASON_VECTORS;
        if (!needs_content) CHECK_EQ(before, rig.flash.operations); /* nothing was erased, nothing noted */
        CHECK(rig_holds(&rig, 0, &v1));
        CHECK_EQ(0, rig_boot(&rig, &boot));
        CHECK(boot.state.slot[1].state != BOOT_TRIAL);
        free(file.bytes);
    }
}

/* What gets into a slot by another way than the bootloader's is not started either. */
static void what_is_put_into_the_slot_behind_its_back_is_not_started(void) {
    for (uint32_t i = 0; i < ATTACKS; i++) {
        const struct attack *const attack = &attacks[i];
        struct rig rig;
        struct boot boot;
        struct boot_fault fault;
        start(&rig);
        boot_open(&boot, &rig.board);
        CHECK_EQ(ST_OK, rig_install(&rig, &boot, &v2, &fault));
        struct file file = copy_of(&v2);
        change(&file, attack);
        memcpy(rig.flash.bytes + rig.board.slot[1].offset, file.bytes, file.length);
        CHECK_EQ(0, rig_boot(&rig, &boot));
        const enum boot_reason want = attack->reason == BOOT_REASON_ACTIVE ? BOOT_REASON_ADDRESS : attack->reason;
        const bool its_reason_is_kept = (enum boot_reason)boot.state.slot[1].reason == want;
        if (!its_reason_is_kept) printf("%s: reason %d\n", attack->name, boot.state.slot[1].reason);
        CHECK(its_reason_is_kept);
        CHECK_EQ(BOOT_REVERTED, boot.state.slot[1].state);
        free(file.bytes);
    }
}

static void files_of_every_wrong_length_are_refused(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    start(&rig);
    boot_open(&boot, &rig.board);
    const uint32_t lengths[] = {0, 1, 255, 256, 257, v2.length - 8, v2.length - 1, v2.length + 1, v2.length + 8};
    for (uint32_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct file file = {calloc(1, v2.length + 8), lengths[i]};
        memcpy(file.bytes, v2.bytes, lengths[i] < v2.length ? lengths[i] : v2.length);
        CHECK_EQ(ST_CORRUPT, rig_install(&rig, &boot, &file, &fault));
        CHECK_EQ(BOOT_REASON_SIZE, fault.reason);
        free(file.bytes);
    }
    CHECK_EQ(0, rig_boot(&rig, &boot));
}

static void an_image_larger_than_its_slot_is_refused(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    start(&rig);
    rig.board.slot[1].bytes = 2048;
    boot_open(&boot, &rig.board);
    CHECK_EQ(ST_CORRUPT, rig_install(&rig, &boot, &v2, &fault));
    CHECK_EQ(BOOT_REASON_SIZE, fault.reason);
    CHECK_EQ(v2.length, fault.detail);
}

/* D04, D05, D06: pieces that overlap, leave a gap, come twice or lie behind the end. */
static void pieces_out_of_order_end_the_transfer(void) {
    static const struct {
        uint32_t first, offset, length;
    } rows[] = {{300, 0, 300}, {300, 299, 10}, {300, 301, 10}, {300, 4096, 10}, {300, 300, 100000}, {0, 1, 10}};
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static uint8_t zeros[100000];
        struct rig rig;
        struct boot boot;
        struct boot_install install;
        uint8_t hash[TRUST_HASH_BYTES];
        start(&rig);
        boot_open(&boot, &rig.board);
        trust_hash_of(v2.bytes, v2.length, hash);
        CHECK_EQ(ST_OK, boot_install_begin(&install, &boot, v2.length, hash));
        CHECK_EQ(ST_OK, boot_install_write(&install, 0, v2.bytes, rows[i].first));
        CHECK_EQ(ST_INVALID, boot_install_write(&install, rows[i].offset, zeros, rows[i].length));
        CHECK_EQ(BOOT_REASON_OFFSET, install.fault.reason);
        CHECK_EQ(rows[i].first, install.fault.detail);
        CHECK_EQ(ST_INVALID, boot_install_write(&install, rows[i].first, v2.bytes + rows[i].first, 8)); /* it is over */
        CHECK_EQ(ST_INVALID, boot_install_end(&install));
        CHECK_EQ(0, rig_boot(&rig, &boot));
    }
}

/* C36: the same beginning with another end is another transfer. */
static void a_transfer_does_not_go_on_with_another_file(void) {
    struct rig rig;
    struct boot boot;
    struct boot_install install;
    struct boot_fault fault;
    uint8_t hash[TRUST_HASH_BYTES];
    start(&rig);
    boot_open(&boot, &rig.board);
    trust_hash_of(v2.bytes, v2.length, hash);
    CHECK_EQ(ST_OK, boot_install_begin(&install, &boot, v2.length, hash));
    CHECK_EQ(ST_OK, boot_install_write(&install, 0, v2.bytes, 3000));
    struct file other = copy_of(&v2);
    other.bytes[other.length - 100] ^= 1;
    trust_hash_of(other.bytes, other.length, hash);
    CHECK_EQ(ST_OK, boot_install_begin(&install, &boot, other.length, hash));
    CHECK_EQ(0, install.received);
    CHECK_EQ(ST_CORRUPT, rig_install(&rig, &boot, &other, &fault));
    CHECK_EQ(BOOT_REASON_CONTENT, fault.reason);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    free(other.bytes);
}

/* C08, C09, C10: an image that crashes over and over, and a device that is reset a thousand times. */
static void a_thousand_resets_in_a_row_leave_the_old_image_running(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    start(&rig);
    boot_open(&boot, &rig.board);
    CHECK_EQ(ST_OK, rig_install(&rig, &boot, &v2, &fault));
    uint32_t trials = 0;
    for (int i = 0; i < 1000; i++) trials += rig_boot(&rig, &boot) == 1;
    CHECK_EQ(rig.board.attempts_max, trials);
    CHECK_EQ(BOOT_REASON_NOT_CONFIRMED, boot.state.reason);
    CHECK_EQ(10, boot.state.security_version);
}

/* C24: a request that was done is not done again, whatever it asked for. */
static void a_request_is_done_once(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    start(&rig);
    boot_open(&boot, &rig.board);
    CHECK_EQ(ST_OK, rig_install(&rig, &boot, &v2, &fault));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    const struct boot_request previous = {.wants = BOOT_WANT_PREVIOUS};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &previous));
    uint8_t pages[2 * 2048];
    memcpy(pages, rig.flash.bytes + rig.board.requests, sizeof pages);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(ST_OK, rig_install(&rig, &boot, &v2, &fault));
    memcpy(rig.flash.bytes + rig.board.requests, pages, sizeof pages); /* played back */
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_TRIAL, boot.state.slot[1].state);
}

/* ---- every bit ---- */

static void no_bit_of_an_image_may_be_changed_on_its_way(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    start(&rig);
    boot_open(&boot, &rig.board);
    uint32_t taken = 0;
    for (uint32_t bit = 0; bit < 8 * v2.length; bit++) {
        v2.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        taken += rig_install(&rig, &boot, &v2, &fault) == ST_OK;
        v2.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQ(0, taken);
    CHECK(rig_holds(&rig, 0, &v1));
    CHECK_EQ(0, rig_boot(&rig, &boot));
}

static void no_bit_of_an_image_may_change_in_its_slot(void) {
    struct rig rig;
    struct boot_verdict verdict;
    struct boot boot;
    start(&rig);
    boot_open(&boot, &rig.board);
    uint32_t started = 0;
    for (uint32_t bit = 0; bit < 8 * v1.length; bit++) {
        uint8_t *const at = rig.flash.bytes + rig.board.slot[0].offset + bit / 8;
        *at ^= (uint8_t)(1u << bit % 8);
        boot_verify(&rig.board, &boot.state, 0, &verdict);
        started += boot_verdict_is_good(&verdict);
        *at ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQ(0, started);
    CHECK_EQ(0, rig_boot(&rig, &boot));
}

static void no_bit_of_a_key_set_may_be_changed(void) {
    static const uint8_t keys[] = {KEY_FIRMWARE, KEY_STRANGER};
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    struct boot_key_set image;
    struct file set = rig_key_set(3, keys, 2);
    start(&rig);
    boot_open(&boot, &rig.board);
    uint32_t taken = 0;
    for (uint32_t bit = 0; bit < 8 * set.length; bit++) {
        set.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        taken += rig_install(&rig, &boot, &set, &fault) == ST_OK;
        set.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQ(0, taken);
    CHECK_EQ(2, boot.state.key_set_version);
    uint8_t *const there = rig.flash.bytes + rig.board.key_set[boot.state.key_set]; /* and where one lies */
    for (uint32_t bit = 0; bit < 8 * load_le32(there + 8); bit++) {
        uint8_t *const at = there + bit / 8;
        *at ^= (uint8_t)(1u << bit % 8);
        taken += verify_key_set(&rig.board, boot.state.key_set, &image, &fault) == BOOT_REASON_NONE;
        *at ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQ(0, taken);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    free(set.bytes);
}

static void key_sets_of_others_and_older_ones_are_refused(void) {
    static const uint8_t keys[] = {KEY_STRANGER};
    static const struct {
        uint32_t version;
        enum rig_key key;
        enum boot_reason reason;
    } rows[] = {
        {3, KEY_FIRMWARE, BOOT_REASON_KEYS},
        {3, KEY_STRANGER, BOOT_REASON_KEYS},
        {2, KEY_ROOT, BOOT_REASON_SECURITY},
        {1, KEY_ROOT, BOOT_REASON_SECURITY},
    };
    for (uint32_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rig rig;
        struct boot boot;
        struct boot_fault fault;
        start(&rig);
        boot_open(&boot, &rig.board);
        struct file set = rig_key_set(rows[i].version, keys, 1);
        rig_sign(&set, rows[i].key);
        const uint64_t before = rig.flash.operations;
        CHECK(rig_install(&rig, &boot, &set, &fault) != ST_OK);
        CHECK_EQ(rows[i].reason, fault.reason);
        CHECK_EQ(before, rig.flash.operations);
        free(set.bytes);
    }
}

static void a_board_without_a_root_key_trusts_nothing(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    static const uint8_t keys[] = {KEY_FIRMWARE};
    struct file set = rig_key_set(3, keys, 1);
    start(&rig);
    memset(rig.root.point, 0xff, sizeof rig.root.point);
    CHECK_EQ(BOOT_NONE, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REASON_KEYS, boot.state.reason);
    CHECK_EQ(ST_SIGNATURE, rig_install(&rig, &boot, &set, &fault));
    CHECK_EQ(ST_SIGNATURE, rig_install(&rig, &boot, &v2, &fault));
    free(set.bytes);
}

static const struct check_test tests[] = {
    TEST(each_attack_is_refused_with_its_reason),
    TEST(what_is_put_into_the_slot_behind_its_back_is_not_started),
    TEST(files_of_every_wrong_length_are_refused),
    TEST(an_image_larger_than_its_slot_is_refused),
    TEST(pieces_out_of_order_end_the_transfer),
    TEST(a_transfer_does_not_go_on_with_another_file),
    TEST(a_thousand_resets_in_a_row_leave_the_old_image_running),
    TEST(a_request_is_done_once),
    TEST(no_bit_of_an_image_may_be_changed_on_its_way),
    TEST(no_bit_of_an_image_may_change_in_its_slot),
    TEST(no_bit_of_a_key_set_may_be_changed),
    TEST(key_sets_of_others_and_older_ones_are_refused),
    TEST(a_board_without_a_root_key_trusts_nothing),
};

int main(void) { return CHECK_RUN(tests); }
