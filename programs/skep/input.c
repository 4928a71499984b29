#include "programs/skep/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "programs/skep/command.h"

int input_file(const char *path, struct file_bytes *file) {
    enum status status = file_read(path, file);
    if (status == ST_OK) return EXIT_DONE;
    if (status == ST_QUOTA) return command_fail(EXIT_NO_INPUT, "%s: larger than %d bytes", path, FILE_BYTES_MAX);
    return command_fail(EXIT_NO_INPUT, "%s: %s", path, strerror(errno));
}

int input_refuse(enum exit_code code, const char *path, const struct artifact_fault *fault) {
    return command_fail(code, "%s: byte %u: %s", path, (unsigned)fault->offset, fault->reason);
}

int input_artifact(const char *path, struct file_bytes *file, struct artifact *artifact) {
    struct artifact_fault fault;
    int code = input_file(path, file);
    if (code != EXIT_DONE) return code;
    enum status status = artifact_decode(file->bytes, file->length, artifact, &fault);
    if (status == ST_OK && file->length != artifact->total_bytes) {
        bool is_short = file->length < artifact->total_bytes;
        status = ST_CORRUPT;
        fault.offset = is_short ? (uint32_t)file->length : artifact->total_bytes;
        fault.reason = is_short ? "the file ends before the artifact does" : "bytes follow behind the artifact's end";
    }
    if (status == ST_OK) return EXIT_DONE;
    file_free(file);
    return input_refuse(EXIT_ARTIFACT, path, &fault);
}

int input_key(const char *path, struct host_key **key) {
    struct file_bytes file;
    char message[HOST_KEY_MESSAGE_BYTES];
    int code = input_file(path, &file);
    if (code != EXIT_DONE) return code;
    enum status status = host_key_read_pem(file.bytes, file.length, key, message);
    file_free(&file);
    return status == ST_OK ? EXIT_DONE : command_fail(EXIT_KEY, "%s: %s", path, message);
}

int input_private_key(const char *path, struct host_key **key) {
    int code = input_key(path, key);
    if (code != EXIT_DONE || host_key_is_private(*key)) return code;
    host_key_free(*key);
    *key = NULL;
    return command_fail(EXIT_KEY, "%s: line 1: this is a public key; signing takes the private one", path);
}

void input_hex(const uint8_t *bytes, size_t length, char to[INPUT_HEX_BYTES]) {
    for (size_t i = 0; i < length; i++) snprintf(to + 2 * i, 3, "%02x", bytes[i]);
}
