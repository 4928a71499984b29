#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/event_line.h"
#include "programs/skep/input.h"
#include "programs/skep/interrupt.h"
#include "programs/skep/remote.h"

enum { HEX_CHUNK_BYTES = 512, RESULT_MS = 30000 };

/* What the hive tells of one load. */
struct outcome {
    struct remote *remote;
    json_int_t load;
    json_int_t pid; /* 0: no task yet */
    bool known, refused;
};

static json_int_t member(const json_t *object, const char *name) {
    return json_integer_value(json_object_get(object, name));
}

static void hear(void *context, json_t *event) {
    struct outcome *outcome = context;
    const char *name = json_string_value(json_object_get(event, "event"));
    bool of_load = name && strncmp(name, "load.", 5) == 0 && member(event, "load") == outcome->load;
    if (!of_load) return;
    outcome->known = strcmp(name, "load.refused") != 0;
    outcome->refused = strcmp(name, "load.accepted") != 0;
    outcome->pid = member(event, "pid");
    if (outcome->remote->options.json)
        remote_print(json_incref(event));
    else if (strcmp(name, "load.refused") == 0)
        event_line_print(event, stderr);
}

static int send_chunk(struct remote *remote, json_int_t upload, const struct file_bytes *file, size_t at, size_t most) {
    char digits[2 * HEX_CHUNK_BYTES + 1];
    size_t length = file->length - at < most ? file->length - at : most;
    for (size_t i = 0; i < length; i++) snprintf(digits + 2 * i, 3, "%02x", file->bytes[at + i]);
    return remote_order(remote, "task.load_chunk",
                        json_pack("{s:I, s:I, s:s}", "upload", upload, "offset", (json_int_t)at, "data", digits));
}

static int send_file(struct remote *remote, const struct file_bytes *file, struct outcome *outcome) {
    json_t *result;
    int code = remote_call(remote, "task.load_begin", json_pack("{s:I}", "bytes", (json_int_t)file->length), &result);
    if (code != EXIT_DONE) return code;
    json_int_t upload = member(result, "upload"), most = member(result, "chunk_max");
    json_decref(result);
    if (most < 1 || most > HEX_CHUNK_BYTES) most = HEX_CHUNK_BYTES;
    for (size_t at = 0; at < file->length && code == EXIT_DONE; at += (size_t)most)
        code = send_chunk(remote, upload, file, at, (size_t)most);
    if (code == EXIT_DONE) code = remote_call(remote, "task.load_end", json_pack("{s:I}", "upload", upload), &result);
    if (code != EXIT_DONE) return code;
    outcome->load = member(result, "load");
    json_decref(result);
    return EXIT_DONE;
}

/* Subscribed from now on, before anything is sent: so no event of the load can be missed, and none comes before its
 * number is known, because it comes in answer to a later step of the hive. */
static int load(struct remote *remote, const struct file_bytes *file, const char *path) {
    struct outcome outcome = {.remote = remote, .load = -1};
    int code = remote_order(remote, "event.subscribe", json_pack("{s:s}", "since", "18446744073709551615"));
    if (code == EXIT_DONE) code = send_file(remote, file, &outcome);
    if (code != EXIT_DONE) return code;
    remote->link.listener = (struct link_listener){.event = hear, .context = &outcome};
    while (!outcome.known) {
        enum status status = link_hear(&remote->link, RESULT_MS);
        if (interrupt_exit() != 0) return interrupt_exit();
        if (status != ST_OK && status != ST_AGAIN) return remote_broken(remote);
    }
    if (outcome.refused) return command_fail(EXIT_REFUSED, "%s: refused by the hive", path);
    if (!remote->options.json) printf("%" PRId64 "\n", (int64_t)outcome.pid);
    return EXIT_DONE;
}

int command_load(int argc, char **argv) {
    static struct remote remote;
    struct remote_options given = {0};
    struct command_words words;
    struct file_bytes file;
    struct artifact artifact;
    const struct command_option options[] = {REMOTE_OPTIONS(given)};
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1) return command_fail(EXIT_USAGE, "load takes one artifact; see: skep help load");
    int code = input_artifact(words.word[0], &file, &artifact);
    if (code != EXIT_DONE) return code;
    code = remote_open(&remote, &given, false, false);
    if (code == EXIT_DONE) {
        code = load(&remote, &file, words.word[0]);
        remote_close(&remote);
    }
    file_free(&file);
    return code;
}
