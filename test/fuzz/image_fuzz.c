/* Any bytes as a file for the bootloader: it is refused with a reason, or it is one that a key of the device signed,
 * and then what starts lies inside its slot. Nothing outside the window is written, and the image that runs stays. The
 * signatures are made anew after a change, so that changes reach what lies behind them: such a file may be accepted. */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "test/boot/rig.h"
#include "test/fuzz/fuzz.h"

static struct rig fresh, rig;
static struct file v1, v2, set;

static void make(void) {
    static const struct geometry usual = {2048, 8, 0xff, 2};
    static const uint8_t keys[] = {KEY_FIRMWARE, KEY_GUEST, KEY_OTHER_FIRMWARE | 16};
    if (v1.bytes) return;
    rig_init(&fresh, &usual);
    rig_blank(&fresh);
    v1 = rig_image(&fresh, 0, 1, 10, KEY_FIRMWARE);
    v2 = rig_image(&fresh, 1, 2, 11, KEY_FIRMWARE);
    set = rig_key_set(2, keys, 3);
    rig_update(&fresh, &v1, 0);
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    make();
    const struct file *const file = random_below(random, 4) == 0 ? &set : &v2;
    memcpy(to, file->bytes, file->length);
    return file->length;
}

void fuzz_mend(uint8_t *bytes, size_t length) {
    struct file file = {bytes, (uint32_t)length};
    if (length <= IMAGE_HEAD_BYTES) return;
    store_le32(bytes + 8, file.length);
    if (bytes[12] == ARTIFACT_FIRMWARE) rig_seal(&file, KEY_FIRMWARE);
    if (bytes[12] == ARTIFACT_KEY_SET) rig_seal(&file, KEY_ROOT);
}

/* The small decoder takes nothing that the one for every artifact refuses, but for a name, which it does not read. */
static void compare_decoders(const uint8_t *bytes, size_t length) {
    struct image image;
    struct artifact artifact;
    struct artifact_fault fault;
    uint32_t at = 0;
    if (length < sizeof image) return;
    memcpy(&image, bytes, sizeof image);
    if (image_check(&image, &at) != ST_OK) return;
    if (artifact_decode(bytes, IMAGE_HEAD_BYTES, &artifact, &fault) != ST_OK && fault.offset != 48)
        fuzz_failed("the bootloader takes a head that is none");
}

static void check_started(const struct boot_verdict *verdict, uint32_t slot) {
    const uint32_t first = RIG_ADDRESS + rig.board.slot[slot].offset;
    if (boot_entry(verdict) < first || boot_entry(verdict) >= first + rig.board.slot[slot].bytes)
        fuzz_failed("what starts lies outside its slot");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct boot boot;
    struct boot_fault fault;
    struct boot_verdict verdict;
    if (length > FUZZ_BYTES_MAX) return 0;
    make();
    compare_decoders(bytes, length);
    rig = fresh;
    rig_bind(&rig);
    boot_open(&boot, &rig.board);
    const struct file file = {(uint8_t *)(uintptr_t)bytes, (uint32_t)length};
    const enum status status = rig_install(&rig, &boot, &file, &fault);
    if ((status == ST_OK) != (fault.reason == BOOT_REASON_NONE)) fuzz_failed("a refusal has no reason");
    if (rig.flash.broken) fuzz_failed("the flash was misused");
    if (!rig_holds(&rig, 0, &v1)) fuzz_failed("the image that runs was written over");
    const uint32_t end = rig.board.slot[1].offset + rig.board.slot[1].bytes;
    if (memcmp(rig.flash.bytes + end, fresh.flash.bytes + end, RIG_FLASH_BYTES - end) != 0)
        fuzz_failed("something behind the slots was written");
    boot_open(&boot, &rig.board);
    const uint32_t slot = boot_choose(&boot, &verdict);
    if (slot == BOOT_NONE && boot.state.key_set_version == 1) fuzz_failed("nothing starts");
    if (slot != BOOT_NONE) check_started(&verdict, slot);
    if (status != ST_OK && slot != 0) fuzz_failed("what was refused starts");
    return 0;
}
