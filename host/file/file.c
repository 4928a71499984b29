#include "host/file/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/require.h"

enum { FIRST_BYTES = 64 << 10 };

static enum status fail(struct file_bytes *file, enum status status) {
    int reason = errno;
    file_free(file);
    errno = reason;
    return status;
}

static enum status read_all(int descriptor, struct file_bytes *to) {
    size_t capacity = FIRST_BYTES;
    to->bytes = malloc(capacity);
    if (!to->bytes) return fail(to, ST_IO);
    for (;;) {
        ssize_t got = read(descriptor, to->bytes + to->length, capacity - 1 - to->length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(to, ST_IO);
        if (got == 0) break;
        to->length += (size_t)got;
        if (to->length > FILE_BYTES_MAX) return fail(to, ST_QUOTA);
        if (to->length < capacity - 1) continue;
        uint8_t *larger = realloc(to->bytes, capacity *= 2);
        if (!larger) return fail(to, ST_IO);
        to->bytes = larger;
    }
    to->bytes[to->length] = 0;
    return ST_OK;
}

enum status file_read(const char *path, struct file_bytes *to) {
    *to = (struct file_bytes){0};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT ? ST_NOT_FOUND : ST_IO;
    enum status status = read_all(descriptor, to);
    int reason = errno;
    close(descriptor);
    errno = reason;
    return status;
}

void file_free(struct file_bytes *file) {
    free(file->bytes);
    *file = (struct file_bytes){0};
}

static bool write_bytes(int descriptor, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t done = write(descriptor, bytes, length);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return false;
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

/* A complete temporary file beside `path`; its name in malloc'd memory, or NULL with nothing left behind. */
static char *write_beside(const char *path, const void *bytes, size_t length, unsigned mode) {
    size_t room = strlen(path) + sizeof ".XXXXXX";
    char *name = malloc(room);
    if (!name) return NULL;
    snprintf(name, room, "%s.XXXXXX", path);
    int descriptor = mkstemp(name);
    if (descriptor >= 0) {
        mode_t mask = umask(0);
        umask(mask);
        bool good = write_bytes(descriptor, bytes, length) && fchmod(descriptor, (mode_t)mode & ~mask) == 0 &&
                    fsync(descriptor) == 0;
        int reason = errno;
        good = close(descriptor) == 0 && good;
        if (good) return name;
        unlink(name);
        errno = reason;
    }
    free(name);
    return NULL;
}

enum status file_write_all(const struct file_output *outputs, size_t count, unsigned mode, size_t *failed) {
    char *temporary[FILE_OUTPUTS_MAX] = {NULL};
    require(count <= FILE_OUTPUTS_MAX);
    enum status status = ST_OK;
    int reason = 0;
    for (size_t i = 0; i < count && status == ST_OK; i++) {
        temporary[i] = write_beside(outputs[i].path, outputs[i].bytes, outputs[i].length, mode);
        if (temporary[i]) continue;
        reason = errno;
        *failed = i;
        status = ST_IO;
    }
    for (size_t i = 0; i < count; i++) {
        if (!temporary[i]) continue;
        if (status == ST_OK && rename(temporary[i], outputs[i].path) != 0) {
            reason = errno;
            *failed = i;
            status = ST_IO;
        }
        if (status != ST_OK) unlink(temporary[i]);
        free(temporary[i]);
    }
    errno = reason;
    return status;
}

enum status file_write(const char *path, const void *bytes, size_t length, unsigned mode) {
    const struct file_output output = {.path = path, .bytes = bytes, .length = length};
    size_t failed;
    return file_write_all(&output, 1, mode, &failed);
}

static enum status map_open(int at, size_t length, struct file_map *map) {
    struct stat is;
    if (fstat(at, &is) != 0) return ST_IO;
    map->is_new = is.st_size == 0;
    map->length = (size_t)is.st_size;
    if (!map->is_new && map->length != length) return ST_RANGE;
    if (map->is_new && ftruncate(at, (off_t)length) != 0) return ST_IO;
    void *const bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, at, 0);
    if (bytes == MAP_FAILED) return ST_IO;
    map->bytes = bytes;
    map->length = length;
    return ST_OK;
}

enum status file_map(const char *path, size_t length, struct file_map *map) {
    *map = (struct file_map){0};
    const int at = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (at < 0) return ST_IO;
    const enum status status = map_open(at, length, map);
    close(at);
    return status;
}

void file_unmap(struct file_map *map) {
    if (map->bytes) munmap(map->bytes, map->length);
    *map = (struct file_map){0};
}
