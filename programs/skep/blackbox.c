/* skep blackbox. */
#include "device/executive/blackbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/executive/evidence.h"
#include "host/link/json.h"
#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "programs/skep/kept_record.h"
#include "programs/skep/remote.h"

enum { PIECE_BYTES = 256, TRIES_MAX = 3 };

static void read_area(void *context, uint32_t offset, void *to, uint32_t length) {
    memcpy(to, (const uint8_t *)context + offset, length);
}
static void write_nothing(void *context, uint32_t offset, const void *bytes, uint32_t length) {
    (void)context;
    (void)offset;
    (void)bytes;
    (void)length;
}

static void print_head(const struct blackbox *blackbox, bool json) {
    if (json) {
        printf("{\"version\": %d, \"boots\": %" PRIu32 ", \"reason\": \"%s\", \"records\": %" PRIu32
               ", \"damaged\": %" PRIu32 ", \"stale\": %" PRIu32 "}\n",
               JSON_VERSION_OF_LINES, blackbox->boots, evidence_boot_text(blackbox->reason), blackbox->kept,
               blackbox->damaged, blackbox->stale);
        return;
    }
    printf("boots: %" PRIu32 ", the last one by %s; records: %" PRIu32 "\n", blackbox->boots,
           evidence_boot_text(blackbox->reason), blackbox->kept);
    if (!blackbox->whole) puts("both copies of the header are damaged; the count of boots is from the records");
    if (blackbox->damaged > 0) printf("skipped, because damaged: %" PRIu32 "\n", blackbox->damaged);
    if (blackbox->stale > 0)
        printf("skipped, because later ones should have replaced them: %" PRIu32 "\n", blackbox->stale);
}

/* The events that are kept, oldest first. Their texts are constant, but a trap's is not kept. */
static void print_events(struct blackbox *blackbox, bool json) {
    struct blackbox_event kept;
    const uint32_t newest = blackbox->newest_event, most = blackbox->events_max;
    for (uint32_t i = newest > most ? newest - most + 1 : 1; i <= newest; i++) {
        char text[160];
        if (blackbox_get_event(blackbox, i, &kept) != ST_OK) continue;
        struct executive_event event = evidence_event_of(&kept);
        if (event.kind == EVENT_ENDED && event.a == TASK_END_TRAP) event.text = vm_trap_text((enum vm_trap)event.b);
        executive_event_text(&event, text, sizeof text);
        if (!json) {
            printf("  event %" PRIu32 " boot %" PRIu32 " at %" PRIu64 ".%06" PRIu64 " s: %s\n", kept.sequence,
                   kept.boot, kept.time_us / 1000000, kept.time_us % 1000000, text);
            continue;
        }
        remote_print(json_pack("{s:I, s:I, s:I, s:i, s:I, s:I, s:I, s:s}", "event", (json_int_t)kept.sequence, "boot",
                               (json_int_t)kept.boot, "time_us", (json_int_t)kept.time_us, "event_kind", kept.kind,
                               "pid", (json_int_t)kept.pid, "a", (json_int_t)kept.a, "b", (json_int_t)kept.b, "text",
                               text));
    }
}

static int print_all(const char *from, uint8_t *bytes, size_t length, const struct kept_artifacts *artifacts,
                     bool json) {
    struct blackbox blackbox;
    struct blackbox_record record;
    const struct blackbox_area area = {bytes, length > UINT32_MAX ? 0 : (uint32_t)length, read_area, write_nothing};
    if (blackbox_open(&blackbox, &area) != ST_OK || (!blackbox.whole && blackbox.kept == 0))
        return command_fail(EXIT_ARTIFACT, "%s: no blackbox; skep run --blackbox FILE makes one", from);
    print_head(&blackbox, json);
    for (uint32_t i = blackbox.oldest; i <= blackbox.newest && i > 0; i++) {
        if (blackbox_get(&blackbox, i, &record) != ST_OK) continue;
        if (json)
            kept_record_json(&record, artifacts, stdout);
        else
            kept_record_print(&record, artifacts, stdout);
    }
    print_events(&blackbox, json);
    return EXIT_DONE;
}

/* ---- over a link ---- */

static json_int_t number(const json_t *result, const char *name) {
    return json_integer_value(json_object_get(result, name));
}

static int read_pieces(struct remote *remote, uint8_t *bytes, uint32_t length) {
    for (uint32_t at = 0, got; at < length; at += got) {
        json_t *result;
        const uint32_t most = length - at < PIECE_BYTES ? length - at : PIECE_BYTES;
        int code = remote_call(remote, "blackbox.read",
                               json_pack("{s:I, s:I}", "offset", (json_int_t)at, "length", (json_int_t)most), &result);
        if (code != EXIT_DONE) return code;
        const char *digits = json_string_value(json_object_get(result, "data"));
        got = (uint32_t)(strlen(digits) / 2);
        for (uint32_t i = 0; i < got && i < most; i++) {
            const char pair[] = {digits[2 * i], digits[2 * i + 1], '\0'};
            bytes[at + i] = (uint8_t)strtoul(pair, NULL, 16);
        }
        json_decref(result);
        if (got == 0 || got > most)
            return command_fail(EXIT_LINK, "the hive gives %" PRIu32 " bytes for %" PRIu32, got, most);
    }
    return EXIT_DONE;
}

/* While it is read the hive may write; what was written then would look damaged. */
static int read_whole(struct remote *remote, uint8_t **bytes, uint32_t *length) {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        json_t *before, *after;
        int code = remote_call(remote, "blackbox.info", NULL, &before);
        if (code != EXIT_DONE) return code;
        *length = (uint32_t)number(before, "bytes");
        *bytes = realloc(*bytes, *length);
        code = read_pieces(remote, *bytes, *length);
        if (code == EXIT_DONE) code = remote_call(remote, "blackbox.info", NULL, &after);
        bool same = code == EXIT_DONE && json_equal(before, after);
        json_decref(before);
        if (code != EXIT_DONE) return code;
        json_decref(after);
        if (same) return EXIT_DONE;
    }
    command_note("the hive goes on writing; the newest entries may be missing");
    return EXIT_DONE;
}

static int tell_hive(const struct remote_options *given, const struct kept_artifacts *artifacts) {
    static struct remote remote;
    uint8_t *bytes = NULL;
    uint32_t length = 0;
    int code = remote_open(&remote, given, true, false);
    if (code != EXIT_DONE) return code;
    code = read_whole(&remote, &bytes, &length);
    remote_close(&remote);
    if (code == EXIT_DONE) code = print_all("the hive", bytes, length, artifacts, given->json);
    free(bytes);
    return code;
}

int command_blackbox(int argc, char **argv) {
    struct remote_options given = {0};
    struct command_words words = {0};
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    const bool remote = given.to != NULL || words.count == 0;
    static struct kept_artifacts artifacts;
    struct file_bytes file;
    int code = EXIT_DONE;
    for (size_t i = remote ? 0 : 1; i < words.count && code == EXIT_DONE; i++)
        code = kept_artifacts_add(&artifacts, words.word[i]);
    if (code == EXIT_DONE && remote) return tell_hive(&given, &artifacts);
    if (code == EXIT_DONE) code = input_file(words.word[0], &file);
    if (code != EXIT_DONE) return code;
    code = print_all(words.word[0], file.bytes, file.length, &artifacts, given.json);
    file_free(&file);
    return code;
}
