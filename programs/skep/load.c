#include <inttypes.h>
#include <stdio.h>

#include "programs/skep/input.h"
#include "programs/skep/load_outcome.h"

enum { HEX_CHUNK_BYTES = 512 };

static json_int_t member(const json_t *object, const char *name) {
    return json_integer_value(json_object_get(object, name));
}

static int send_chunk(struct remote *remote, json_int_t upload, const struct file_bytes *file, size_t at, size_t most) {
    char digits[2 * HEX_CHUNK_BYTES + 1];
    size_t length = file->length - at < most ? file->length - at : most;
    for (size_t i = 0; i < length; i++) snprintf(digits + 2 * i, 3, "%02x", file->bytes[at + i]);
    return remote_order(remote, "task.load_chunk",
                        json_pack("{s:I, s:I, s:s}", "upload", upload, "offset", (json_int_t)at, "data", digits));
}

static int send_file(struct remote *remote, const struct file_bytes *file, json_int_t *load) {
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
    *load = member(result, "load");
    json_decref(result);
    return EXIT_DONE;
}

static int load(struct remote *remote, const struct file_bytes *file, const char *path) {
    json_int_t number, pid;
    int code = load_outcome_begin(remote);
    if (code == EXIT_DONE) code = send_file(remote, file, &number);
    if (code == EXIT_DONE) code = load_outcome_wait(remote, number, path, &pid);
    if (code == EXIT_DONE && !remote->options.json) printf("%" PRId64 "\n", (int64_t)pid);
    return code;
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
