/* flash: brings an artifact into a device that keeps it: a guest into a running hive, firmware into the bootloader. */
#include "programs/skep/flash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/trust/trust.h"
#include "programs/skep/input.h"
#include "programs/skep/load_outcome.h"
#include "programs/skep/table.h"

enum { TRIES = 5, TRY_NS = 500000000, NUMBER_BYTES = 24, VERIFY_POLL_NS = 20000000, SLOT_MAX = 254 };

static json_int_t member(const json_t *object, const char *name) {
    return json_integer_value(json_object_get(object, name));
}
static const char *text(const json_t *object, const char *name) {
    const char *found = json_string_value(json_object_get(object, name));
    return found ? found : "?";
}

/* ---- what the device is */

enum { SLOT, TARGET, STATE, BYTES, VERSION, SECURITY, NAME, COLUMN_COUNT };
static const struct table_column columns[COLUMN_COUNT] = {
    [SLOT] = {"SLOT", 4, 0, true},   [TARGET] = {"TARGET", 8, 4, false},    [STATE] = {"STATE", 9, 1, false},
    [BYTES] = {"BYTES", 9, 3, true}, [VERSION] = {"VERSION", 10, 2, false}, [SECURITY] = {"SECURITY", 8, 5, true},
    [NAME] = {"NAME", 12, 0, false},
};

static void put_version(char to[NUMBER_BYTES], json_int_t version) {
    snprintf(to, NUMBER_BYTES, "%u.%u.%u", (unsigned)(version >> 24 & 0xff), (unsigned)(version >> 16 & 0xff),
             (unsigned)(version & 0xffff));
}

static void print_slot(const struct table *table, const json_t *slot) {
    char number[NUMBER_BYTES], bytes[NUMBER_BYTES], version[NUMBER_BYTES], security[NUMBER_BYTES];
    const char *name = text(slot, "name");
    const bool is_there = name[0] != '\0';
    snprintf(number, sizeof number, "%" PRId64, (int64_t)member(slot, "slot"));
    snprintf(bytes, sizeof bytes, "%" PRId64, (int64_t)member(slot, "bytes"));
    snprintf(security, sizeof security, "%" PRId64, (int64_t)member(slot, "security"));
    put_version(version, member(slot, "version"));
    const char *const cells[COLUMN_COUNT] = {
        [SLOT] = number, [TARGET] = text(slot, "target"),     [STATE] = text(slot, "state"),
        [BYTES] = bytes, [VERSION] = is_there ? version : "", [SECURITY] = is_there ? security : "",
        [NAME] = name};
    table_row(table, cells);
}

static int ask_slots(struct flash *flash, json_t **slots) {
    *slots = json_array();
    int code = remote_list(&flash->remote, "boot.slots", "slot", *slots);
    if (code != EXIT_DONE) json_decref(*slots);
    return code;
}

static int print_info(struct flash *flash) {
    json_t *info, *slots, *slot;
    struct table table;
    char version[NUMBER_BYTES];
    size_t index;
    int code = remote_call(&flash->remote, "boot.info", NULL, &info);
    if (code != EXIT_DONE) return code;
    code = ask_slots(flash, &slots);
    if (code != EXIT_DONE) {
        json_decref(info);
        return code;
    }
    if (flash->options.json) {
        json_object_set_new(info, "slots", slots);
        remote_print(info);
        return EXIT_DONE;
    }
    put_version(version, member(info, "version"));
    printf("%s: %s, %s, version %s, security version %" PRId64 "\n", text(info, "board"), text(info, "role"),
           text(info, "state"), version, (int64_t)member(info, "security"));
    if (json_array_size(slots) > 0) table_begin(&table, columns, COLUMN_COUNT, table_terminal_width());
    json_array_foreach(slots, index, slot) print_slot(&table, slot);
    json_decref(slots);
    json_decref(info);
    return EXIT_DONE;
}

/* ---- verify only */

/* *differs: what is there is something else. */
static int verify_slot(struct flash *flash, json_int_t slot, bool *differs) {
    const struct operation_name *row = operation_named("transfer.verify");
    uint8_t hash[TRANSFER_HASH_BYTES];
    char digits[INPUT_HEX_BYTES];
    trust_hash_of(flash->file.bytes, flash->file.length, hash);
    input_hex(hash, sizeof hash, digits);
    for (;;) {
        struct link_refusal refusal;
        json_t *result, *parameters = json_pack("{s:i, s:I, s:I, s:s}", "target", (int)flash->target, "slot", slot,
                                                "bytes", (json_int_t)flash->file.length, "hash", digits);
        enum status status = link_call(&flash->remote.link, row, parameters, &result, &refusal);
        json_decref(parameters);
        *differs = status == ST_REFUSED && refusal.status == ST_CORRUPT;
        if (status == ST_OK) json_decref(result);
        if (status == ST_OK || *differs) return EXIT_DONE;
        if (status != ST_REFUSED) return remote_broken(&flash->remote);
        if (refusal.status != ST_AGAIN) return remote_refused(&flash->remote, row->name, &refusal);
        nanosleep(&(struct timespec){.tv_nsec = VERIFY_POLL_NS}, NULL);
    }
}

static bool could_hold_it(const struct flash *flash, const json_t *slot) {
    static const char *const targets[] = {"guest", "firmware", "keys"};
    const char *state = text(slot, "state");
    return strcmp(text(slot, "target"), targets[flash->target]) == 0 && strcmp(state, "empty") != 0 &&
           (flash->slot == 0 || member(slot, "slot") == (json_int_t)flash->slot);
}

static int verify(struct flash *flash) {
    json_t *slots, *slot;
    size_t index;
    int code = ask_slots(flash, &slots);
    if (code != EXIT_DONE) return code;
    json_int_t found = 0;
    json_array_foreach(slots, index, slot) {
        bool differs = true;
        if (!could_hold_it(flash, slot)) continue;
        code = verify_slot(flash, member(slot, "slot"), &differs);
        if (code != EXIT_DONE) break;
        if (!differs) found = member(slot, "slot");
        if (!differs) break;
    }
    json_decref(slots);
    if (code != EXIT_DONE) return code;
    if (flash->options.json)
        remote_print(
            json_pack("{s:s, s:s, s:I}", "operation", "verify", "status", found ? "OK" : "NOT_FOUND", "slot", found));
    else if (found)
        printf("slot %" PRId64 " holds %s, byte for byte\n", (int64_t)found, flash->path);
    if (found) return EXIT_DONE;
    return command_fail(EXIT_HIVE, "%s: no slot of the device holds these bytes", flash->path);
}

/* ---- sending */

static void show(void *context, uint32_t done) {
    struct flash *flash = context;
    if (!flash->begun) progress_begin(&flash->progress, flash->delivery.length, flash->delivery.from);
    flash->begun = true;
    if (!flash->options.json) progress_show(&flash->progress, done);
}

/* In words, what a device answers most. */
static const char *advice(const struct flash *flash, const struct link_refusal *refusal) {
    const char *reason = operation_reasons[refusal->reason];
    if (strcmp(reason, "target") == 0 && flash->target == TRANSFER_FIRMWARE)
        return "; this device has no bootloader that could take firmware";
    if (strcmp(reason, "target") == 0) return "; a bootloader takes no guests: start the device first";
    if (strcmp(reason, "slot") == 0)
        return "; that slot is in use, or there is none of that number: skep flash --info shows them";
    if (strcmp(reason, "room") == 0) return "; it has no room for that: skep flash --info shows the slots";
    if (strcmp(reason, "hash") == 0) return "; what it kept is not what was sent: try again";
    return "";
}

int flash_refused(const struct flash *flash, const struct link_refusal *refusal) {
    size_t reasons = 0;
    while (operation_reasons[reasons]) reasons++;
    if (flash->options.json || refusal->reason >= reasons) return remote_refused(&flash->remote, "transfer", refusal);
    return command_fail(EXIT_HIVE, "%s%s", flash->remote.link.message, advice(flash, refusal));
}

/* The link broke: again, from where it was. */
static int reopen(struct flash *flash) {
    link_close(&flash->remote.link);
    nanosleep(&(struct timespec){.tv_nsec = TRY_NS}, NULL);
    int code = remote_open_board(&flash->remote, &flash->options);
    return code == EXIT_DONE && flash->target == TRANSFER_GUEST ? load_outcome_begin(&flash->remote) : code;
}

static int answered(const struct flash *flash, enum status status, const struct link_refusal *refusal) {
    if (status == ST_OK) return EXIT_DONE;
    return status == ST_REFUSED ? flash_refused(flash, refusal) : remote_broken(&flash->remote);
}

int flash_send(struct flash *flash, uint32_t *took_ms) {
    struct link_refusal refusal = {0};
    enum status status = ST_IO;
    const uint32_t begin_ms = link_now_ms();
    for (int tries = TRIES;; tries--) {
        status = deliver(&flash->remote.link, &flash->delivery, &refusal);
        if ((status != ST_IO && status != ST_TIMEOUT) || tries == 1) break;
        progress_end(&flash->progress);
        command_note("%s; trying again", flash->remote.link.message);
        flash->begun = false;
        int code = EXIT_LINK;
        while (code == EXIT_LINK && --tries > 1) code = reopen(flash);
        if (code != EXIT_DONE) return code;
    }
    progress_end(&flash->progress);
    flash->begun = false;
    *took_ms = link_now_ms() - begin_ms;
    return answered(flash, status, &refusal);
}

int flash_end(struct flash *flash, json_t **result, struct link_refusal *refusal) {
    struct link_refusal why;
    enum status status = deliver_end(&flash->remote.link, &flash->delivery, result, &why);
    if (!refusal || status != ST_REFUSED) return answered(flash, status, &why);
    *refusal = why;
    return EXIT_HIVE;
}

/* Ends the task of that name, so that the new one can take its place. */
static int end_namesake(struct flash *flash) {
    json_t *tasks = json_array(), *task;
    size_t index;
    int code = remote_list(&flash->remote, "task.list", "pid", tasks);
    json_array_foreach(tasks, index, task) {
        if (code != EXIT_DONE || strcmp(text(task, "name"), flash->artifact.manifest.name) != 0) continue;
        code = remote_order(&flash->remote, "task.kill", json_pack("{s:I}", "pid", member(task, "pid")));
    }
    json_decref(tasks);
    return code;
}

void flash_tell(const struct flash *flash, uint32_t took_ms, json_t *more, const char *runs) {
    char rate[PROGRESS_RATE_BYTES];
    const struct delivery *delivery = &flash->delivery;
    progress_rate(rate, delivery->length - delivery->from, took_ms);
    if (flash->options.json) {
        json_t *line = json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "operation", "flash", "status", "OK", "file",
                                 flash->path, "bytes", (json_int_t)delivery->length, "from", (json_int_t)delivery->from,
                                 "sent_again", (json_int_t)delivery->sent_again, "ms", (json_int_t)took_ms);
        json_object_update(line, more);
        json_decref(more);
        remote_print(line);
        return;
    }
    json_decref(more);
    printf("%s: %" PRIu32 " bytes", flash->path, delivery->length);
    if (delivery->from > 0) printf(", from byte %" PRIu32 " on", delivery->from);
    printf(", in %" PRIu32 ".%" PRIu32 " s (%s)%s\n", took_ms / 1000, took_ms / 100 % 10, rate, runs);
    fflush(stdout);
}

static int bring_guest(struct flash *flash) {
    json_t *result;
    json_int_t pid = 0;
    uint32_t took_ms;
    char runs[40];
    int code = load_outcome_begin(&flash->remote);
    if (code == EXIT_DONE) code = flash_send(flash, &took_ms);
    if (code == EXIT_DONE && flash->replace) code = end_namesake(flash);
    if (code == EXIT_DONE) code = flash_end(flash, &result, NULL);
    if (code != EXIT_DONE) return code;
    code = load_outcome_wait(&flash->remote, member(result, "load"), flash->path, &pid);
    json_decref(result);
    if (code != EXIT_DONE) return code;
    snprintf(runs, sizeof runs, ", runs as task %" PRId64, (int64_t)pid);
    flash_tell(flash, took_ms, json_pack("{s:I}", "pid", pid), runs);
    return EXIT_DONE;
}

/* ---- the command */

int flash_read(struct flash *flash, const char *path) {
    flash->path = path;
    int code = input_artifact(path, &flash->file, &flash->artifact);
    if (code != EXIT_DONE) return code;
    switch ((enum artifact_type)flash->artifact.manifest.type) {
    case ARTIFACT_GUEST: flash->target = TRANSFER_GUEST; break;
    case ARTIFACT_FIRMWARE: flash->target = TRANSFER_FIRMWARE; break;
    case ARTIFACT_KEY_SET: flash->target = TRANSFER_KEYS; break;
    case ARTIFACT_POLICY:
    case ARTIFACT_PATCH:
        file_free(&flash->file);
        return command_fail(EXIT_USAGE, "%s: no device takes policies or patches so far", path);
    }
    flash->delivery = (struct delivery){
        .target = (uint8_t)flash->target,
        .slot = flash->slot > 0 ? (uint8_t)flash->slot : TRANSFER_SLOT_ANY,
        .bytes = flash->file.bytes,
        .length = (uint32_t)flash->file.length,
        .progress = show,
        .context = flash,
    };
    return EXIT_DONE;
}

static int run(struct flash *flash) {
    int code = remote_open_board(&flash->remote, &flash->options);
    if (code != EXIT_DONE) return code;
    if (flash->info)
        code = print_info(flash);
    else if (flash->verify_only)
        code = verify(flash);
    else if (flash->target == TRANSFER_GUEST)
        code = bring_guest(flash);
    else
        code = flash_firmware(flash);
    remote_close(&flash->remote);
    return code;
}

int command_flash(int argc, char **argv) {
    static struct flash flash;
    flash = (struct flash){0};
    const struct command_option options[] = {
        REMOTE_OPTIONS(flash.options),
        {"--slot", OPTION_COUNT, &flash.slot},
        {"--verify-only", OPTION_FLAG, &flash.verify_only},
        {"--info", OPTION_FLAG, &flash.info},
        {"--replace", OPTION_FLAG, &flash.replace},
        {"--emergency", OPTION_FLAG, &flash.emergency},
    };
    if (!COMMAND_OPTIONS(argc, argv, options, &flash.words)) return EXIT_USAGE;
    if ((flash.words.count == 0) != flash.info)
        return command_fail(EXIT_USAGE, "flash takes a file, or --info and none; see: skep help flash");
    if (flash.slot > SLOT_MAX) return command_fail(EXIT_USAGE, "--slot: slots are numbered from 1 to %d", SLOT_MAX);
    if (flash.info) return run(&flash);
    int code = flash_read(&flash, flash.words.word[0]);
    if (code != EXIT_DONE) return code;
    if (flash.words.count > 1 && (flash.target != TRANSFER_FIRMWARE || flash.verify_only))
        code = command_fail(EXIT_USAGE, "one file at a time, but for firmware that is linked for several slots");
    if (code == EXIT_DONE) code = run(&flash);
    file_free(&flash.file);
    return code;
}
