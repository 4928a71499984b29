/* skep verify: what a device checks, in its order and with its code. */
#include <stdio.h>
#include <string.h>

#include "core/trust/keys.h"
#include "core/vm/load.h"
#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "toolchain/listing/calls_names.h"

static int check_signature(const struct artifact *artifact, const void *head, const char *path, const char *key_path) {
    struct host_key *key;
    int code = input_key(key_path, &key);
    if (code != EXIT_DONE) return code;
    struct keys_entry entry = {.roles = KEYS_ANY, .key = host_key_public(key)};
    host_key_free(key);
    uint8_t region[KEYS_REGION_BYTES];
    struct artifact_fault fault;
    if (keys_encode(&entry, 1, region) != ST_OK)
        return command_fail(EXIT_KEY, "%s: not a key that devices take", key_path);
    if (keys_check_artifact(region, artifact, head, &fault) == ST_OK) return EXIT_DONE;
    return input_refuse(EXIT_SIGNATURE, path, &fault);
}

static int check_payload(const struct file_bytes *file, const char *path) {
    struct load load;
    struct artifact_fault fault;
    enum status status = load_all(&load, file->bytes, file->length, &fault);
    if (status == ST_OK) status = load_check_host(&load, CALLS_NAMES_ABI, 0, &fault);
    if (status == ST_OK) return EXIT_DONE;
    return input_refuse(status == ST_REFUSED ? EXIT_REFUSED : EXIT_ARTIFACT, path, &fault);
}

int command_verify(int argc, char **argv) {
    const char *key_path = NULL;
    const struct command_option options[] = {{"--key", OPTION_TEXT, &key_path}};
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1) return command_fail(EXIT_USAGE, "verify wants: FILE.cvm1 [--key PUBLIC.pem]");
    const char *path = words.word[0];
    struct file_bytes file;
    struct artifact artifact;
    int code = input_artifact(path, &file, &artifact);
    if (code != EXIT_DONE) return code;
    if (key_path) code = check_signature(&artifact, file.bytes, path, key_path);
    if (code == EXIT_DONE) code = check_payload(&file, path);
    if (code == EXIT_DONE)
        printf("%s: good; %s\n", path,
               key_path             ? "signed by that key"
               : artifact.is_signed ? "signed, but no --key was given to check the signature with"
                                    : "not signed");
    file_free(&file);
    return code;
}
