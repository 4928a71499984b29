/* skep sign. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"
#include "programs/skep/input.h"
#include "programs/skep/signing.h"

int signing_sign(const struct artifact *artifact, void *head, const struct host_key *key) {
    uint8_t hash[TRUST_HASH_BYTES], signature[ARTIFACT_SIGNATURE_BYTES], id[ARTIFACT_KEY_ID_BYTES];
    struct trust_key public_key = host_key_public(key);
    trust_artifact_hash(artifact, head, hash);
    trust_key_id(&public_key, id);
    if (host_key_sign(key, hash, signature) != ST_OK)
        return command_fail(EXIT_KEY, "OpenSSL cannot sign with this key");
    artifact_encode_signature(artifact, head, id, signature);
    return EXIT_DONE;
}

static int sign_file(const char *path, const char *to, const struct host_key *key) {
    struct file_bytes file;
    struct artifact artifact;
    int code = input_artifact(path, &file, &artifact);
    if (code != EXIT_DONE) return code;
    code = signing_sign(&artifact, file.bytes, key);
    if (code == EXIT_DONE && file_write(to, file.bytes, file.length, 0666) != ST_OK)
        code = command_fail(EXIT_CANNOT_WRITE, "%s: %s", to, strerror(errno));
    file_free(&file);
    return code;
}

int command_sign(int argc, char **argv) {
    const char *key_path = NULL, *to = NULL;
    const struct command_option options[] = {{"--key", OPTION_TEXT, &key_path}, {"-o", OPTION_TEXT, &to}};
    struct command_words words;
    if (!COMMAND_OPTIONS(argc, argv, options, &words)) return EXIT_USAGE;
    if (words.count != 1 || !key_path) return command_fail(EXIT_USAGE, "sign wants: --key KEY.pem FILE.cvm1 [-o FILE]");
    struct host_key *key;
    int code = input_private_key(key_path, &key);
    if (code != EXIT_DONE) return code;
    code = sign_file(words.word[0], to ? to : words.word[0], key);
    host_key_free(key);
    return code;
}
