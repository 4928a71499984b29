/* skep verify: what a device checks, in its order and with its code. */
#include <stdio.h>
#include <string.h>

#include "core/trust/keys.h"
#include "core/vm/load.h"
#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "toolchain/listing/calls_names.h"

/* Under the keys of a region, with their roles. */
static int check_signature(const struct artifact *artifact, const void *head, const char *path, const uint8_t *region) {
    struct artifact_fault fault;
    enum status status = keys_check_artifact(region, KEYS_REGION_BYTES, artifact, head, &fault);
    if (status == ST_OK) return EXIT_DONE;
    if (status == ST_SIGNATURE) return input_refuse(EXIT_SIGNATURE, path, &fault);
    return command_fail(EXIT_KEY, "the key region: byte %u: %s", (unsigned)fault.offset, fault.reason);
}

static int region_of_key(const char *path, uint8_t region[KEYS_REGION_BYTES]) {
    struct host_key *key;
    int code = input_key(path, &key);
    if (code != EXIT_DONE) return code;
    struct keys_entry entry = {.roles = KEYS_ANY, .key = host_key_public(key)};
    host_key_free(key);
    if (keys_encode(&entry, 1, region) == ST_OK) return EXIT_DONE;
    return command_fail(EXIT_KEY, "%s: not a key that devices take", path);
}

static int region_of_flash(const char *path, uint8_t region[KEYS_REGION_BYTES]) {
    struct file_bytes flash;
    int code = input_file(path, &flash);
    if (code != EXIT_DONE) return code;
    if (flash.length < KEYS_REGION_OFFSET + KEYS_REGION_BYTES)
        code = command_fail(EXIT_KEY, "%s: byte %zu: the file ends inside the key region", path, flash.length);
    else
        memcpy(region, flash.bytes + KEYS_REGION_OFFSET, KEYS_REGION_BYTES);
    file_free(&flash);
    return code;
}

static int check_payload(const struct file_bytes *file, const char *path) {
    struct load load;
    struct artifact_fault fault;
    enum status status = load_all_any(&load, file->bytes, file->length, &fault);
    if (status == ST_OK) status = load_check_host(&load, CALLS_NAMES_ABI, 0, &fault);
    if (status == ST_OK) return EXIT_DONE;
    return input_refuse(status == ST_REFUSED ? EXIT_REFUSED : EXIT_ARTIFACT, path, &fault);
}

static const char *signature_text(const struct artifact *artifact, bool was_checked) {
    if (was_checked) return "signed by a key that is trusted";
    return artifact->is_signed ? "signed, but no --key or --flash was given to check the signature with" : "not signed";
}

int command_verify(int argc, char **argv) {
    const char *key_path = NULL, *flash_path = NULL;
    const struct command_option options[] = {{"--key", OPTION_TEXT, &key_path}, {"--flash", OPTION_TEXT, &flash_path}};
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1 || (key_path && flash_path))
        return command_fail(EXIT_USAGE, "verify wants: FILE.cvm1 [--key PUBLIC.pem | --flash FLASHFILE]");
    const char *path = words.word[0];
    struct file_bytes file;
    struct artifact artifact;
    uint8_t region[KEYS_REGION_BYTES];
    int code = key_path     ? region_of_key(key_path, region)
               : flash_path ? region_of_flash(flash_path, region)
                            : EXIT_DONE;
    if (code == EXIT_DONE) code = input_artifact(path, &file, &artifact);
    if (code != EXIT_DONE) return code;
    bool checks_signature = key_path || flash_path;
    if (checks_signature) code = check_signature(&artifact, file.bytes, path, region);
    if (code == EXIT_DONE) code = check_payload(&file, path);
    if (code == EXIT_DONE) printf("%s: good; %s\n", path, signature_text(&artifact, checks_signature));
    file_free(&file);
    return code;
}
