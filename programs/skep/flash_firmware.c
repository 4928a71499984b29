/* Firmware and key sets: only the bootloader takes them. A hive that runs is told to leave for it, and comes back. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "device/boot/boot.h"
#include "device/boot/server.h"
#include "programs/skep/flash.h"

enum { ANSWER_MS = 700, LEAVE_MS = 20000, START_MS = 90000, QUIET_MS = 1000, POLL_MS = 100, WORDS_BYTES = 160 };

static const char *text(const json_t *object, const char *name) {
    const char *found = json_string_value(json_object_get(object, name));
    return found ? found : "?";
}

/* NULL: nothing answers in that time; 0: as long as for anything else. */
static json_t *ask_info(struct flash *flash, uint32_t answer_ms) {
    struct link_refusal refusal;
    json_t *info;
    flash->remote.link.answer_ms = answer_ms;
    enum status status = link_call(&flash->remote.link, operation_named("boot.info"), NULL, &info, &refusal);
    flash->remote.link.answer_ms = 0;
    return status == ST_OK ? info : NULL;
}

static void wait_ms(uint32_t ms) {
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000}, NULL);
}

static bool is_role(const json_t *info, const char *role) { return info && strcmp(text(info, "role"), role) == 0; }

/* A line stays when the device begins anew. */
static bool wait_for_bootloader(struct flash *flash) {
    const uint32_t begin_ms = link_now_ms();
    bool is_there = false;
    while (!is_there && link_now_ms() - begin_ms < LEAVE_MS) {
        json_t *info = ask_info(flash, ANSWER_MS);
        is_there = is_role(info, "bootloader");
        json_decref(info);
        if (!is_there) wait_ms(POLL_MS);
    }
    return is_there;
}

static int to_bootloader(struct flash *flash, bool *came_from_hive) {
    json_t *info = ask_info(flash, 0);
    if (!info) return remote_broken(&flash->remote);
    *came_from_hive = !is_role(info, "bootloader");
    json_decref(info);
    if (!*came_from_hive) return EXIT_DONE;
    int code = remote_order(&flash->remote, "boot.enter", json_pack("{s:b}", "emergency", flash->emergency));
    if (code != EXIT_DONE) return code;
    flash->remote.link.session = 0; /* it ends with the hive */
    if (wait_for_bootloader(flash)) return EXIT_DONE;
    return command_fail(EXIT_LINK, "the device left for its bootloader, which does not answer");
}

static bool is_of_bootloader(const struct link_refusal *refusal, enum boot_reason reason) {
    return refusal->reason == BOOT_REASON_REFUSED && refusal->detail == (uint32_t)reason;
}

static int refused(const struct flash *flash, const struct link_refusal *refusal) {
    if (refusal->reason != BOOT_REASON_REFUSED) return flash_refused(flash, refusal);
    const bool is_signature =
        is_of_bootloader(refusal, BOOT_REASON_KEY) || is_of_bootloader(refusal, BOOT_REASON_ROLE) ||
        is_of_bootloader(refusal, BOOT_REASON_REVOKED) || is_of_bootloader(refusal, BOOT_REASON_SIGNATURE);
    return command_fail(is_signature ? EXIT_SIGNATURE : EXIT_REFUSED, "%s: the bootloader refuses it: %s", flash->path,
                        boot_reason_text((enum boot_reason)refusal->detail));
}

/* Of several files that are linked for several slots, the one whose slot is not the one that runs. */
static int bring_one(struct flash *flash, uint32_t *took_ms) {
    struct link_refusal refusal;
    json_t *result;
    for (size_t i = 0; i < flash->words.count; i++) {
        int code = EXIT_DONE;
        if (i > 0) {
            file_free(&flash->file);
            flash->file = (struct file_bytes){0};
            code = flash_read(flash, flash->words.word[i]);
        }
        if (code == EXIT_DONE) code = flash_send(flash, took_ms);
        if (code != EXIT_DONE) return code;
        code = flash_end(flash, &result, &refusal);
        if (code == EXIT_DONE) json_decref(result);
        if (code != EXIT_HIVE) return code;
        const bool is_last = i + 1 == flash->words.count;
        if (is_last || !is_of_bootloader(&refusal, BOOT_REASON_ACTIVE)) return refused(flash, &refusal);
    }
    return EXIT_DONE;
}

/* Has the bootloader start what it chooses; *info is what answers then. After the order nothing is said for a while: a
 * bootloader that hears a frame when it begins stays for who sent it. One that stayed is told again, and left alone for
 * longer. */
static int start(struct flash *flash, json_t **info) {
    const uint32_t begin_ms = link_now_ms();
    uint32_t quiet_ms = QUIET_MS;
    bool stays = true;
    while (!*info && link_now_ms() - begin_ms < START_MS) {
        int code = stays ? remote_order(&flash->remote, "boot.start", NULL) : EXIT_DONE;
        if (code != EXIT_DONE) return code;
        wait_ms(quiet_ms);
        *info = ask_info(flash, ANSWER_MS);
        stays = is_role(*info, "bootloader");
        if (stays) {
            json_decref(*info);
            *info = NULL;
            quiet_ms *= 2;
        }
    }
    if (*info) return EXIT_DONE;
    return command_fail(EXIT_LINK,
                        "what was started does not answer; the bootloader takes the image before it when this "
                        "one does not come to be confirmed");
}

/* A device that ran goes on running, whatever came of it. */
int flash_firmware(struct flash *flash) {
    char runs[WORDS_BYTES] = ", and the bootloader has it";
    uint32_t took_ms = 0;
    bool came_from_hive = false;
    json_t *info = NULL;
    int code = to_bootloader(flash, &came_from_hive);
    if (code != EXIT_DONE) return code;
    code = bring_one(flash, &took_ms);
    const bool starts = came_from_hive || (code == EXIT_DONE && flash->target == TRANSFER_FIRMWARE);
    const int started = starts ? start(flash, &info) : EXIT_DONE;
    if (info) snprintf(runs, sizeof runs, ", and the device runs: %s", text(info, "state"));
    if (code == EXIT_DONE && started == EXIT_DONE)
        flash_tell(flash, took_ms, info ? json_incref(info) : json_object(), runs);
    json_decref(info);
    return code != EXIT_DONE ? code : started;
}
