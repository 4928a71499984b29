/* skep blackbox. */
#include "device/executive/blackbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "device/executive/evidence.h"
#include "host/json/json.h"
#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "programs/skep/kept_record.h"

static void read_file(void *context, uint32_t offset, void *to, uint32_t length) {
    const struct file_bytes *const file = context;
    memcpy(to, file->bytes + offset, length);
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

static int print_all(const char *path, struct file_bytes *file, const struct kept_artifacts *artifacts, bool json) {
    struct blackbox blackbox;
    struct blackbox_record record;
    const struct blackbox_area area = {file, file->length > UINT32_MAX ? 0 : (uint32_t)file->length, read_file,
                                       write_nothing};
    if (blackbox_open(&blackbox, &area) != ST_OK || (!blackbox.whole && blackbox.kept == 0))
        return command_fail(EXIT_ARTIFACT, "%s: no blackbox; skep run --blackbox FILE makes one", path);
    print_head(&blackbox, json);
    for (uint32_t i = blackbox.oldest; i <= blackbox.newest && i > 0; i++) {
        if (blackbox_get(&blackbox, i, &record) != ST_OK) continue;
        if (json)
            kept_record_json(&record, artifacts, stdout);
        else
            kept_record_print(&record, artifacts, stdout);
    }
    return EXIT_DONE;
}

int command_blackbox(int argc, char **argv) {
    bool json = false;
    struct command_words words = {0};
    const struct command_option options[] = {{"--json", OPTION_FLAG, &json}};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count == 0) return command_fail(EXIT_USAGE, "blackbox wants a file; see: skep help blackbox");
    static struct kept_artifacts artifacts;
    struct file_bytes file;
    int code = EXIT_DONE;
    for (size_t i = 1; i < words.count && code == EXIT_DONE; i++) code = kept_artifacts_add(&artifacts, words.word[i]);
    if (code == EXIT_DONE) code = input_file(words.word[0], &file);
    if (code != EXIT_DONE) return code;
    code = print_all(words.word[0], &file, &artifacts, json);
    file_free(&file);
    return code;
}
