/* What the bootloader promises, one behaviour a test; cuts of the power are in power_test.c, hostile files in
 * attack_test.c. */
#include <stdlib.h>

#include "core/base/bytes.h"
#include "core/base/crc.h"

#include "test/boot/rig.h"
#include "test/unit/check.h"

static const struct geometry usual = {2048, 8, 0xff, 2};

/* v1 in slot 0, confirmed. */
static struct file with_v1_on(struct rig *rig, const struct geometry *geometry) {
    rig_init(rig, geometry);
    rig_blank(rig);
    struct file v1 = rig_image(rig, 0, 1, 10, KEY_FIRMWARE);
    rig_update(rig, &v1, 0);
    return v1;
}
static struct file with_v1(struct rig *rig) { return with_v1_on(rig, &usual); }

static void install(struct rig *rig, struct boot *boot, const struct file *file) {
    struct boot_fault fault;
    CHECK_EQ(ST_OK, rig_install(rig, boot, file, &fault));
}

static void a_blank_board_is_in_recovery_and_takes_a_signed_image(void) {
    struct rig rig;
    struct boot boot;
    rig_init(&rig, &usual);
    rig_blank(&rig);
    CHECK_EQ(BOOT_NONE, rig_boot(&rig, &boot));
    struct file v1 = rig_image(&rig, 0, 1, 10, KEY_FIRMWARE);
    install(&rig, &boot, &v1);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK(rig_holds(&rig, 0, &v1));
    CHECK_EQ(BOOT_TRIAL, boot.state.slot[0].state);
    free(v1.bytes);
}

static void an_update_runs_on_trial_and_counts_once_it_is_confirmed(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 11, KEY_FIRMWARE);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(10, boot.state.security_version);
    install(&rig, &boot, &v2);
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(1, boot.state.slot[1].attempts);
    CHECK_EQ(10, boot.state.security_version); /* not before it is confirmed */
    CHECK_EQ(ST_OK, rig_confirm(&rig, 1));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_CONFIRMED, boot.state.slot[1].state);
    CHECK_EQ(11, boot.state.security_version);
    CHECK_EQ(1, boot.state.active);
    free(v1.bytes);
    free(v2.bytes);
}

static void an_image_that_is_not_confirmed_is_reverted_with_the_reason(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 11, KEY_FIRMWARE);
    rig_boot(&rig, &boot);
    install(&rig, &boot, &v2);
    for (uint32_t i = 1; i <= rig.board.attempts_max; i++) {
        CHECK_EQ(1, rig_boot(&rig, &boot));
        CHECK_EQ(i, boot.state.slot[1].attempts);
    }
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REVERTED, boot.state.slot[1].state);
    CHECK_EQ(BOOT_REASON_NOT_CONFIRMED, boot.state.reason);
    CHECK_EQ(1, boot.state.reason_slot);
    CHECK_EQ(rig.board.attempts_max, boot.state.detail);
    CHECK_EQ(10, boot.state.security_version);
    CHECK_EQ(0, rig_boot(&rig, &boot)); /* and stays so */
    CHECK_EQ(BOOT_REASON_NOT_CONFIRMED, boot.state.slot[1].reason);
    free(v1.bytes);
    free(v2.bytes);
}

static void of_two_images_on_trial_the_newer_one_is_tried(void) {
    struct rig rig;
    struct boot boot;
    rig_init(&rig, &usual);
    rig_blank(&rig);
    struct file v1 = rig_image(&rig, 0, 1, 10, KEY_FIRMWARE), v2 = rig_image(&rig, 1, 2, 10, KEY_FIRMWARE);
    boot_open(&boot, &rig.board);
    install(&rig, &boot, &v1);
    install(&rig, &boot, &v2);
    for (uint32_t i = 0; i < rig.board.attempts_max; i++) CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(0, rig_boot(&rig, &boot)); /* neither was confirmed: one that verifies is better than none */
    free(v1.bytes);
    free(v2.bytes);
}

static void a_confirmation_of_another_image_confirms_nothing(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 11, KEY_FIRMWARE);
    rig_boot(&rig, &boot);
    install(&rig, &boot, &v2);
    struct boot_request request = {.wants = BOOT_WANT_CONFIRM, .slot = 1, .id = {1, 2, 3}};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &request));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_TRIAL, boot.state.slot[1].state);
    CHECK_EQ(10, boot.state.security_version);
    free(v1.bytes);
    free(v2.bytes);
}

static void the_previous_slot_is_booted_by_command_and_back_again(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 10, KEY_FIRMWARE);
    rig_update(&rig, &v2, 1);
    const struct boot_request previous = {.wants = BOOT_WANT_PREVIOUS};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &previous));
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REASON_ORDERED, boot.state.reason);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &previous));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    free(v1.bytes);
    free(v2.bytes);
}

static void the_previous_slot_is_not_booted_below_the_counter(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 11, KEY_FIRMWARE);
    rig_update(&rig, &v2, 1);
    const struct boot_request previous = {.wants = BOOT_WANT_PREVIOUS};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &previous));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REASON_SECURITY, boot.state.slot[0].reason);
    CHECK_EQ(ST_NOT_FOUND, boot_previous(&boot));
    free(v1.bytes);
    free(v2.bytes);
}

static void a_trial_is_given_up_by_command(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 10, KEY_FIRMWARE);
    rig_boot(&rig, &boot);
    install(&rig, &boot, &v2);
    CHECK_EQ(1, rig_boot(&rig, &boot));
    const struct boot_request previous = {.wants = BOOT_WANT_PREVIOUS};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &previous));
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REVERTED, boot.state.slot[1].state);
    CHECK_EQ(BOOT_REASON_ORDERED, boot.state.slot[1].reason);
    free(v1.bytes);
    free(v2.bytes);
}

static void requests_add_up_until_they_are_done_and_are_done_once(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig);
    struct boot_request stay = {.wants = BOOT_WANT_STAY}, counter = {.wants = 0};
    boot_name_hash("blink", counter.counter[0].name);
    counter.counter[0].value = 7;
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &stay));
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &counter));
    rig_boot(&rig, &boot);
    CHECK(boot.stay);
    CHECK_EQ(7, boot_counter_of(boot.state.counter, counter.counter[0].name));
    rig_boot(&rig, &boot);
    CHECK(!boot.stay);
    struct boot_request pending;
    CHECK_EQ(ST_OK, boot_request_pending(&rig.board, &pending));
    CHECK_EQ(0, pending.number);
    free(v1.bytes);
}

static void counters_of_guests_never_go_down_and_a_ninth_name_is_refused(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig);
    for (uint32_t i = 0; i < BOOT_COUNTERS; i++) {
        struct boot_request request = {.counter[0] = {.name = {(uint8_t)(i + 1)}, .value = 100 + i}};
        CHECK_EQ(ST_OK, boot_request_add(&rig.board, &request));
    }
    rig_boot(&rig, &boot);
    struct boot_request lower = {.counter[0] = {.name = {1}, .value = 5}};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &lower));
    rig_boot(&rig, &boot);
    CHECK_EQ(100, boot_counter_of(boot.state.counter, lower.counter[0].name));
    struct boot_request ninth = {.counter[0] = {.name = {99}, .value = 5}};
    CHECK_EQ(ST_OK, boot_request_add(&rig.board, &ninth));
    rig_boot(&rig, &boot);
    CHECK_EQ(0, boot_counter_of(boot.state.counter, ninth.counter[0].name));
    CHECK_EQ(BOOT_REASON_FULL, boot.state.reason);
    free(v1.bytes);
}

static void the_slot_that_runs_is_not_overwritten(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 0, 2, 11, KEY_FIRMWARE);
    rig_boot(&rig, &boot);
    CHECK_EQ(ST_BUSY, rig_install(&rig, &boot, &v2, &fault));
    CHECK_EQ(BOOT_REASON_ACTIVE, fault.reason);
    CHECK(rig_holds(&rig, 0, &v1));
    CHECK_EQ(0, rig_boot(&rig, &boot));
    free(v1.bytes);
    free(v2.bytes);
}

static void an_image_that_rotted_is_passed_over_for_the_other_one(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 10, KEY_FIRMWARE);
    rig_update(&rig, &v2, 1);
    rig.flash.bytes[rig.board.slot[1].offset + 1000] ^= 4;
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REASON_CONTENT, boot.state.reason);
    CHECK_EQ(1, boot.state.reason_slot);
    const uint64_t before = rig.flash.operations;
    CHECK_EQ(0, rig_boot(&rig, &boot)); /* and nothing more is written */
    CHECK_EQ(before, rig.flash.operations);
    rig.flash.bytes[rig.board.slot[1].offset + 1000] ^= 4;
    CHECK_EQ(1, rig_boot(&rig, &boot)); /* it was the reading: the image is still the active one */
    free(v1.bytes);
    free(v2.bytes);
}

static void with_both_slots_bad_only_a_signed_image_at_the_counter_is_taken(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    struct file v1 = with_v1(&rig);
    struct file old = rig_image(&rig, 1, 3, 9, KEY_FIRMWARE), same = rig_image(&rig, 1, 3, 10, KEY_FIRMWARE);
    rig.flash.bytes[rig.board.slot[0].offset + 1000] ^= 4;
    CHECK_EQ(BOOT_NONE, rig_boot(&rig, &boot));
    CHECK_EQ(ST_REFUSED, rig_install(&rig, &boot, &old, &fault));
    CHECK_EQ(BOOT_REASON_SECURITY, fault.reason);
    CHECK_EQ(10, fault.detail);
    install(&rig, &boot, &same);
    CHECK_EQ(1, rig_boot(&rig, &boot));
    install(&rig, &boot, &v1); /* the slot that rotted is free to be written */
    free(v1.bytes);
    free(old.bytes);
    free(same.bytes);
}

static void an_image_with_nothing_to_revert_to_goes_on_running(void) {
    struct rig rig;
    struct boot boot;
    rig_init(&rig, &usual);
    rig_blank(&rig);
    struct file v1 = rig_image(&rig, 0, 1, 10, KEY_FIRMWARE);
    rig_boot(&rig, &boot);
    install(&rig, &boot, &v1);
    for (int i = 0; i < 10; i++) CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(rig.board.attempts_max, boot.state.slot[0].attempts);
    const uint64_t before = rig.flash.operations;
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(before, rig.flash.operations);
    free(v1.bytes);
}

static void a_board_with_one_slot_is_updated_in_recovery(void) {
    static const struct geometry one = {2048, 8, 0xff, 1};
    struct rig rig;
    struct boot boot;
    rig_init(&rig, &one);
    rig_blank(&rig);
    struct file v1 = rig_image(&rig, 0, 1, 10, KEY_FIRMWARE), v2 = rig_image(&rig, 0, 2, 11, KEY_FIRMWARE);
    rig_update(&rig, &v1, 0);
    rig_update(&rig, &v2, 0);
    CHECK(rig_holds(&rig, 0, &v2));
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(11, boot.state.security_version);
    free(v1.bytes);
    free(v2.bytes);
}

static void keys_are_rotated_and_what_a_revoked_key_signed_stops_at_the_next_boot(void) {
    static const uint8_t both[] = {KEY_FIRMWARE, KEY_OTHER_FIRMWARE}, later[] = {KEY_FIRMWARE | 16, KEY_OTHER_FIRMWARE};
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 10, KEY_OTHER_FIRMWARE);
    struct file second = rig_key_set(2, both, 2), third = rig_key_set(3, later, 2);
    rig_boot(&rig, &boot);
    CHECK_EQ(ST_SIGNATURE, rig_install(&rig, &boot, &v2, &fault));
    CHECK_EQ(BOOT_REASON_KEY, fault.reason);
    install(&rig, &boot, &second);
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(2, boot.state.key_set_version);
    rig_update(&rig, &v2, 1);
    rig_boot(&rig, &boot);
    install(&rig, &boot, &third);
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(ST_NOT_FOUND, boot_previous(&boot));
    CHECK_EQ(BOOT_REASON_REVOKED, boot.state.slot[0].reason);
    CHECK_EQ(ST_REFUSED, rig_install(&rig, &boot, &second, &fault)); /* and no way back */
    CHECK_EQ(BOOT_REASON_SECURITY, fault.reason);
    CHECK_EQ(3, fault.detail);
    free(v1.bytes);
    free(v2.bytes);
    free(second.bytes);
    free(third.bytes);
}

static void a_revoked_key_brings_recovery_when_nothing_else_is_there(void) {
    static const uint8_t later[] = {KEY_FIRMWARE | 16, KEY_OTHER_FIRMWARE};
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 10, KEY_OTHER_FIRMWARE);
    struct file set = rig_key_set(2, later, 2);
    rig_boot(&rig, &boot);
    install(&rig, &boot, &set);
    CHECK_EQ(BOOT_NONE, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REASON_REVOKED, boot.state.reason);
    install(&rig, &boot, &v2);
    CHECK_EQ(1, rig_boot(&rig, &boot));
    free(v1.bytes);
    free(v2.bytes);
    free(set.bytes);
}

static void a_journal_that_was_lost_is_made_anew_from_what_verifies(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 12, KEY_FIRMWARE);
    struct file old = rig_image(&rig, 0, 3, 11, KEY_FIRMWARE);
    rig_update(&rig, &v2, 1);
    for (uint32_t i = 0; i < 2 * rig.area.erase_bytes; i += 3) rig.flash.bytes[rig.board.journal + i] ^= 0x10;
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK_EQ(BOOT_REASON_JOURNAL, boot.state.reason);
    CHECK_EQ(12, boot.state.security_version);
    CHECK_EQ(1, boot.state.key_set_version);
    CHECK_EQ(ST_REFUSED, rig_install(&rig, &boot, &old, &fault));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    free(v1.bytes);
    free(v2.bytes);
    free(old.bytes);
}

static void every_bit_of_the_journal_may_rot_and_nothing_goes_back(void) {
    struct rig rig, worn;
    struct boot boot;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 12, KEY_FIRMWARE);
    rig_update(&rig, &v2, 1);
    for (uint32_t at = 0; at < 2 * rig.area.erase_bytes; at++)
        for (uint32_t bit = 0; bit < 8; bit++) {
            worn = rig;
            rig_bind(&worn);
            worn.flash.bytes[worn.board.journal + at] ^= (uint8_t)(1u << bit);
            CHECK_EQ(1, rig_boot(&worn, &boot));
            CHECK_EQ(12, boot.state.security_version);
            CHECK_EQ(BOOT_CONFIRMED, boot.state.slot[1].state);
            CHECK(!worn.flash.broken);
        }
    free(v1.bytes);
    free(v2.bytes);
}

static void a_journal_of_a_newer_format_is_never_written(void) {
    struct rig rig;
    struct boot boot;
    struct boot_fault fault;
    struct file v1 = with_v1(&rig), v2 = rig_image(&rig, 1, 2, 12, KEY_FIRMWARE);
    uint8_t *const entry = rig.flash.bytes + rig.board.journal;
    store_le16(entry + 4, 2);
    store_le32(entry + JOURNAL_HEAD_BYTES + BOOT_STATE_BYTES,
               crc32_add(0, entry, JOURNAL_HEAD_BYTES + BOOT_STATE_BYTES));
    const uint64_t before = rig.flash.operations;
    CHECK_EQ(BOOT_NONE, rig_boot(&rig, &boot));
    CHECK(!boot.safe);
    CHECK_EQ(ST_VERSION, rig_install(&rig, &boot, &v2, &fault));
    CHECK_EQ(BOOT_REASON_JOURNAL, fault.reason);
    CHECK_EQ(before, rig.flash.operations);
    free(v1.bytes);
    free(v2.bytes);
}

static void the_journals_number_wraps(void) {
    struct rig rig;
    rig_init(&rig, &usual);
    uint8_t body[BOOT_REQUEST_BYTES] = {0}, got[BOOT_REQUEST_BYTES];
    struct journal journal = {
        .area = &rig.area, .offset = 0, .magic = JOURNAL_REQUEST_MAGIC, .body_bytes = sizeof body};
    CHECK_EQ(ST_OK, journal_open(&journal, got));
    journal.sequence = UINT32_MAX - 20;
    for (uint8_t i = 1; i < 60; i++) {
        body[7] = i;
        CHECK_EQ(ST_OK, journal_write(&journal, body));
        CHECK_EQ(ST_OK, journal_open(&journal, got));
        CHECK(journal.has && journal.clean);
        CHECK_EQ(i, got[7]);
    }
}

static void a_transfer_that_was_cut_off_goes_on(void) {
    struct rig rig;
    struct boot boot;
    struct boot_install transfer;
    static const struct geometry small = {1024, 8, 0xff, 2}; /* several units in an image */
    struct file v1 = with_v1_on(&rig, &small), v2 = rig_image(&rig, 1, 2, 11, KEY_FIRMWARE);
    uint8_t hash[TRUST_HASH_BYTES];
    trust_hash_of(v2.bytes, v2.length, hash);
    rig_boot(&rig, &boot);
    CHECK_EQ(ST_OK, boot_install_begin(&transfer, &boot, v2.length, hash));
    CHECK_EQ(0, transfer.received);
    CHECK_EQ(ST_OK, boot_install_write(&transfer, 0, v2.bytes, 1300));
    CHECK_EQ(0, rig_boot(&rig, &boot));
    CHECK_EQ(ST_OK, boot_install_begin(&transfer, &boot, v2.length, hash));
    CHECK_EQ(1024, transfer.received);
    CHECK_EQ(ST_OK, boot_install_write(&transfer, 1024, v2.bytes + 1024, v2.length - 1024));
    CHECK_EQ(ST_OK, boot_install_end(&transfer));
    CHECK_EQ(1, rig_boot(&rig, &boot));
    CHECK(!rig.flash.broken);
    free(v1.bytes);
    free(v2.bytes);
}

static void nothing_outside_the_window_is_written(void) {
    struct rig rig;
    struct boot boot;
    struct file v1 = with_v1(&rig);
    uint8_t bytes[8] = {0};
    rig_boot(&rig, &boot);
    const struct flash_area *const area = &boot.guard.area;
    for (uint32_t at = 2 * area->erase_bytes; at < RIG_FLASH_BYTES; at += area->erase_bytes) {
        CHECK_EQ(ST_DENIED, area->erase(area, at));
        CHECK_EQ(ST_DENIED, area->program(area, at, bytes, sizeof bytes));
    }
    boot_guard_open(&boot.guard, rig.board.slot[1].offset, rig.board.slot[1].bytes);
    CHECK_EQ(ST_DENIED, area->erase(area, rig.board.slot[0].offset));
    CHECK_EQ(ST_DENIED, area->erase(area, rig.board.slot[1].offset + rig.board.slot[1].bytes));
    CHECK_EQ(ST_OK, area->erase(area, rig.board.slot[1].offset));
    free(v1.bytes);
}

static void an_address_to_jump_to_takes_both_verifications(void) {
    struct rig rig;
    struct boot boot;
    struct boot_verdict verdict;
    struct file v1 = with_v1(&rig);
    boot_open(&boot, &rig.board);
    CHECK_EQ(0, boot_choose(&boot, &verdict));
    const uint32_t entry = RIG_ADDRESS + rig.board.slot[0].offset + IMAGE_CODE_OFFSET;
    CHECK_EQ(entry, boot_entry(&verdict));
    CHECK_EQ(~verify_good(VERIFY_SEED), verify_good(~VERIFY_SEED));
    for (uint32_t bit = 0; bit < 32; bit++) {
        struct boot_verdict wrong = verdict;
        wrong.first ^= 1u << bit;
        CHECK(boot_entry(&wrong) != entry && !boot_verdict_is_good(&wrong));
        wrong = verdict;
        wrong.second ^= 1u << bit;
        CHECK(boot_entry(&wrong) != entry && !boot_verdict_is_good(&wrong));
    }
    free(v1.bytes);
}

static const struct check_test tests[] = {
    TEST(a_blank_board_is_in_recovery_and_takes_a_signed_image),
    TEST(an_update_runs_on_trial_and_counts_once_it_is_confirmed),
    TEST(an_image_that_is_not_confirmed_is_reverted_with_the_reason),
    TEST(of_two_images_on_trial_the_newer_one_is_tried),
    TEST(a_confirmation_of_another_image_confirms_nothing),
    TEST(the_previous_slot_is_booted_by_command_and_back_again),
    TEST(the_previous_slot_is_not_booted_below_the_counter),
    TEST(a_trial_is_given_up_by_command),
    TEST(requests_add_up_until_they_are_done_and_are_done_once),
    TEST(counters_of_guests_never_go_down_and_a_ninth_name_is_refused),
    TEST(the_slot_that_runs_is_not_overwritten),
    TEST(an_image_that_rotted_is_passed_over_for_the_other_one),
    TEST(with_both_slots_bad_only_a_signed_image_at_the_counter_is_taken),
    TEST(an_image_with_nothing_to_revert_to_goes_on_running),
    TEST(a_board_with_one_slot_is_updated_in_recovery),
    TEST(keys_are_rotated_and_what_a_revoked_key_signed_stops_at_the_next_boot),
    TEST(a_revoked_key_brings_recovery_when_nothing_else_is_there),
    TEST(a_journal_that_was_lost_is_made_anew_from_what_verifies),
    TEST(every_bit_of_the_journal_may_rot_and_nothing_goes_back),
    TEST(a_journal_of_a_newer_format_is_never_written),
    TEST(the_journals_number_wraps),
    TEST(a_transfer_that_was_cut_off_goes_on),
    TEST(nothing_outside_the_window_is_written),
    TEST(an_address_to_jump_to_takes_both_verifications),
};

int main(void) { return CHECK_RUN(tests); }
