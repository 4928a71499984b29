#include "device/port/folder/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/name.h"

/* A link is not followed; what would wait when it is opened (a pipe) does not; whatever it is, it is looked at before
 * it is used. */
enum { SAFELY = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, FOLDER_MODE = 0700, FILE_MODE = 0600 };

static enum status status_of(int error) {
    if (error == ENOENT || error == ELOOP || error == ENOTDIR || error == ENXIO) return ST_NOT_FOUND;
    return error == ENOSPC || error == EDQUOT || error == EFBIG ? ST_FULL : ST_IO;
}

enum status folder_open(struct folder *folder, const char *path) {
    folder->root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->root < 0) return errno == EACCES ? ST_DENIED : ST_NOT_FOUND;
    enum status status = ST_OK;
    if (faccessat(folder->root, ".", R_OK | W_OK | X_OK, AT_EACCESS) != 0) status = ST_DENIED;
    if (status == ST_OK && flock(folder->root, LOCK_EX | LOCK_NB) != 0) status = ST_BUSY;
    if (status != ST_OK) folder_close(folder);
    return status;
}

void folder_close(struct folder *folder) {
    close(folder->root);
    folder->root = -1;
}

/* ---- one file */

static bool is_plain(int fd, uint32_t *bytes) {
    struct stat facts;
    if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
    *bytes = facts.st_size > (off_t)UINT32_MAX ? UINT32_MAX : (uint32_t)facts.st_size;
    return true;
}

static enum status read_bytes(int fd, struct port_file *file) {
    ssize_t got = pread(fd, file->bytes, file->length, (off_t)file->offset);
    if (got < 0) return ST_IO;
    file->length = (uint32_t)got;
    return ST_OK;
}

/* What was written in part is taken back: the file is as long as before. */
static enum status write_bytes(int fd, const struct port_file *file, uint32_t before) {
    for (uint32_t done = 0; done < file->length;) {
        ssize_t put = pwrite(fd, (const uint8_t *)file->bytes + done, file->length - done, (off_t)file->offset + done);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) {
            enum status status = put < 0 ? status_of(errno) : ST_FULL;
            return ftruncate(fd, (off_t)before) == 0 ? status : ST_IO;
        }
        done += (uint32_t)put;
    }
    return ST_OK;
}

static enum status with_file(int at, enum port_file_operation operation, struct port_file *file) {
    bool writes = operation == PORT_FILE_RESIZE || operation == PORT_FILE_WRITE;
    int flags = SAFELY | (writes ? O_RDWR : O_RDONLY) | (operation == PORT_FILE_RESIZE ? O_CREAT : 0);
    int fd = openat(at, file->name, flags, FILE_MODE);
    if (fd < 0) return status_of(errno);
    uint32_t bytes;
    enum status status = ST_NOT_FOUND;
    if (is_plain(fd, &bytes)) {
        if (operation == PORT_FILE_SIZE) status = ST_OK;
        if (operation == PORT_FILE_RESIZE) status = ftruncate(fd, (off_t)file->length) == 0 ? ST_OK : status_of(errno);
        if (operation == PORT_FILE_READ) status = read_bytes(fd, file);
        if (operation == PORT_FILE_WRITE) status = write_bytes(fd, file, bytes);
        if (operation == PORT_FILE_SIZE) file->length = bytes;
    }
    close(fd);
    return status;
}

/* ---- names */

/* The plain files of a good name: true, and how long it is. */
static bool sees(int at, const char *name, uint32_t *bytes) {
    struct stat facts;
    size_t length = strlen(name);
    if (length >= PORT_FILE_NAME_BYTES || !name_is_good(name, length)) return false;
    if (fstatat(at, name, &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode)) return false;
    *bytes = facts.st_size > (off_t)UINT32_MAX ? UINT32_MAX : (uint32_t)facts.st_size;
    return true;
}

static enum status rename_file(int at, const struct port_file *file) {
    uint32_t bytes;
    if (!sees(at, file->name, &bytes)) return ST_NOT_FOUND;
    return renameat(at, file->name, at, file->to) == 0 ? ST_OK : status_of(errno);
}

static enum status delete_file(int at, const struct port_file *file) {
    uint32_t bytes;
    if (!sees(at, file->name, &bytes)) return ST_NOT_FOUND;
    return unlinkat(at, file->name, 0) == 0 ? ST_OK : status_of(errno);
}

/* Looks at every file once: how much there is, and which one comes behind file->name. */
static enum status scan(int at, enum port_file_operation operation, struct port_file *file) {
    int again = openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = again < 0 ? NULL : fdopendir(again);
    if (!entries) return again < 0 ? status_of(errno) : (close(again), ST_IO);
    uint64_t total = 0;
    char next[PORT_FILE_NAME_BYTES] = "";
    uint32_t bytes, count = 0, next_bytes = 0;
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        if (!sees(at, entry->d_name, &bytes)) continue;
        count++;
        total += bytes;
        bool above = operation == PORT_FILE_NEXT && strcmp(entry->d_name, file->name) > 0;
        if (!above || (next[0] != '\0' && strcmp(entry->d_name, next) >= 0)) continue;
        memcpy(next, entry->d_name, strlen(entry->d_name) + 1);
        next_bytes = bytes;
    }
    closedir(entries);
    file->count = count;
    file->length = total > UINT32_MAX ? UINT32_MAX : (uint32_t)total;
    if (operation == PORT_FILE_USAGE) return ST_OK;
    file->length = next_bytes;
    memcpy(file->bytes, next, sizeof next);
    return next[0] != '\0' ? ST_OK : ST_NOT_FOUND;
}

static enum status in_folder(int at, enum port_file_operation operation, struct port_file *file) {
    switch (operation) {
    case PORT_FILE_SIZE:
    case PORT_FILE_RESIZE:
    case PORT_FILE_READ:
    case PORT_FILE_WRITE: return with_file(at, operation, file);
    case PORT_FILE_RENAME: return rename_file(at, file);
    case PORT_FILE_DELETE: return delete_file(at, file);
    case PORT_FILE_NEXT:
    case PORT_FILE_USAGE: return scan(at, operation, file);
    }
    return ST_INVALID;
}

enum status folder_file(const struct folder *folder, enum port_file_operation operation, struct port_file *file) {
    if (operation == PORT_FILE_RESIZE) (void)mkdirat(folder->root, file->folder, FOLDER_MODE);
    int at = openat(folder->root, file->folder, O_RDONLY | O_DIRECTORY | SAFELY);
    if (at < 0 && errno == ENOENT && operation == PORT_FILE_USAGE) {
        file->count = file->length = 0;
        return ST_OK;
    }
    if (at < 0) return status_of(errno);
    enum status status = in_folder(at, operation, file);
    close(at);
    return status;
}
