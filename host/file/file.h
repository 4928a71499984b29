/* file: whole files in and out. Reading gives one block; writing is all or nothing (a temporary file beside the target,
 * renamed over it when it is complete). */
#ifndef SKEP_HOST_FILE_FILE_H
#define SKEP_HOST_FILE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum { FILE_BYTES_MAX = 256 << 20 }; /* larger files are refused, whatever they are */

/* A block from malloc with `length` bytes and a NUL behind them; file_free gives it back. */
struct file_bytes {
    uint8_t *bytes;
    size_t length;
};

/* ST_NOT_FOUND, ST_IO (errno says what), or ST_QUOTA when it is larger than FILE_BYTES_MAX; *to is then empty. */
enum status file_read(const char *path, struct file_bytes *to);
void file_free(struct file_bytes *file);

/* The mode is `mode` less the umask (0666 for most, 0600 for secrets). ST_IO (errno says what): nothing is at `path`
 * that was not there before. */
enum status file_write(const char *path, const void *bytes, size_t length, unsigned mode);

/* Several files, all of which are complete on disk before the first is renamed; so a full disk or a missing folder
 * leaves none. */
struct file_output {
    const char *path;
    const void *bytes;
    size_t length;
};
enum { FILE_OUTPUTS_MAX = 8 };
/* *failed is the index of the one that could not be written. Precondition: count <= FILE_OUTPUTS_MAX. */
enum status file_write_all(const struct file_output *outputs, size_t count, unsigned mode, size_t *failed);

/* A file whose bytes are memory: what is written there is in it, however the process ends. */
struct file_map {
    uint8_t *bytes; /* NULL: none is open */
    size_t length;
    bool is_new; /* it was not there, or empty */
};
/* Makes the file of `length` zeros if it is not there. ST_RANGE: it has another length, which is in map->length; ST_IO:
 * errno says why. Then none is open. */
enum status file_map(const char *path, size_t length, struct file_map *map);
void file_unmap(struct file_map *map);

#endif
