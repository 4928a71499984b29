/* input: files that commands take, opened with one way of refusing. Each function says on stderr what is wrong and
 * where, and returns what the command then ends with; EXIT_DONE means the file or key is there and the caller frees it;
 * else there is nothing to free. */
#ifndef SKEP_PROGRAMS_SKEP_INPUT_H
#define SKEP_PROGRAMS_SKEP_INPUT_H

#include "core/wire/artifact.h"
#include "host/file/file.h"
#include "host/keys/keys.h"
#include "programs/skep/exit_code.h"

int input_file(const char *path, struct file_bytes *file);
/* A file that is an artifact as far as its head goes, with the length that the head says. */
int input_artifact(const char *path, struct file_bytes *file, struct artifact *artifact);
int input_key(const char *path, struct host_key **key);
int input_private_key(const char *path, struct host_key **key);

/* "skep: PATH: byte N: reason" on stderr; returns `code`. */
int input_refuse(enum exit_code code, const char *path, const struct artifact_fault *fault);

enum { INPUT_HEX_BYTES = 2 * 64 + 1 };
/* Bytes as hexadecimal digits. Precondition: length <= 64. */
void input_hex(const uint8_t *bytes, size_t length, char to[INPUT_HEX_BYTES]);

#endif
