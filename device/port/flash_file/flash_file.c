#include "device/port/flash_file/flash_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_BYTES = 4096, ERASED = 0xff, PATH_BYTES_MAX = 4096 };

static const char head_text[] = "skep flash 1: erase 4096, program 4\n";

static const struct flash_file *flash_of(const struct flash_area *area) { return area->context; }

static enum status file_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    if (!flash_area_holds(area, offset, length, 1)) return ST_INVALID;
    const off_t at = (off_t)flash_of(area)->first + (off_t)offset;
    return pread(flash_of(area)->file, to, length, at) == (ssize_t)length ? ST_OK : ST_IO;
}

static enum status write_all(const struct flash_file *flash, uint32_t offset, const void *from, size_t length) {
    if (pwrite(flash->file, from, length, (off_t)flash->first + (off_t)offset) != (ssize_t)length) return ST_IO;
    return fdatasync(flash->file) == 0 ? ST_OK : ST_IO;
}

static enum status file_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    const uint8_t *const bytes = from;
    uint8_t there[PIECE_BYTES];
    if (!flash_area_holds(area, offset, length, area->program_bytes)) return ST_INVALID;
    for (size_t done = 0, piece; done < length; done += piece) {
        piece = length - done < sizeof there ? length - done : sizeof there;
        if (file_read(area, offset + (uint32_t)done, there, piece) != ST_OK) return ST_IO;
        for (size_t i = 0; i < piece; i++)
            if (bytes[done + i] & ~there[i]) return ST_IO;
    }
    return write_all(flash_of(area), offset, from, length);
}

static enum status file_erase(const struct flash_area *area, uint32_t offset) {
    uint8_t erased[PIECE_BYTES];
    enum status status = ST_OK;
    if (!flash_area_holds(area, offset, area->erase_bytes, area->erase_bytes)) return ST_INVALID;
    memset(erased, ERASED, sizeof erased);
    for (uint32_t done = 0; done < area->erase_bytes && status == ST_OK; done += PIECE_BYTES) {
        const uint32_t left = area->erase_bytes - done;
        status = write_all(flash_of(area), offset + done, erased, left < PIECE_BYTES ? left : PIECE_BYTES);
    }
    return status;
}

static enum status denied_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    (void)area, (void)offset, (void)from, (void)length;
    return ST_DENIED;
}
static enum status denied_erase(const struct flash_area *area, uint32_t offset) {
    (void)area, (void)offset;
    return ST_DENIED;
}

static void make_area(struct flash_file *flash, uint32_t bytes, uint32_t erase_bytes, uint32_t program_bytes) {
    flash->area = (struct flash_area){.size_bytes = bytes,
                                      .erase_bytes = erase_bytes,
                                      .program_bytes = program_bytes,
                                      .erased_value = ERASED,
                                      .read = file_read,
                                      .program = denied_program,
                                      .erase = denied_erase,
                                      .context = flash};
}

static enum status refused(struct flash_file *flash, enum status status) {
    const int reason = errno;
    flash_file_close(flash);
    errno = reason;
    return status;
}

/* Whole or not at all: under another name first. */
static enum status make_file(const char *path, uint32_t bytes) {
    char other[PATH_BYTES_MAX];
    uint8_t piece[PIECE_BYTES];
    if (snprintf(other, sizeof other, "%s.new", path) >= (int)sizeof other) return errno = ENAMETOOLONG, ST_IO;
    const int file = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = file >= 0;
    memset(piece, ERASED, sizeof piece);
    for (uint32_t at = 0; good && at <= bytes; at += PIECE_BYTES) {
        if (at == 0) memcpy(piece, head_text, sizeof head_text - 1);
        good = write(file, piece, sizeof piece) == (ssize_t)sizeof piece;
        memset(piece, ERASED, sizeof piece);
    }
    good = good && fsync(file) == 0;
    if (file >= 0 && close(file) != 0) good = false;
    return good && rename(other, path) == 0 ? ST_OK : ST_IO;
}

static bool has_head(int file) {
    char text[sizeof head_text];
    const ssize_t length = sizeof head_text - 1;
    return pread(file, text, (size_t)length, 0) == length && memcmp(text, head_text, (size_t)length) == 0;
}

static enum status open_with(struct flash_file *flash, const char *path, int flags) {
    struct stat facts;
    flash->file = open(path, flags | O_CLOEXEC | O_NOFOLLOW);
    if (flash->file < 0 || fstat(flash->file, &facts) != 0) return refused(flash, ST_IO);
    const off_t bytes = facts.st_size - FLASH_FILE_HEAD_BYTES;
    if (!S_ISREG(facts.st_mode) || bytes <= 0 || bytes % FLASH_FILE_ERASE_BYTES != 0 || bytes > INT32_MAX)
        return refused(flash, ST_CORRUPT);
    if (!has_head(flash->file)) return refused(flash, ST_CORRUPT);
    make_area(flash, (uint32_t)bytes, FLASH_FILE_ERASE_BYTES, FLASH_FILE_PROGRAM_BYTES);
    flash->first = FLASH_FILE_HEAD_BYTES;
    return ST_OK;
}

enum status flash_file_open(struct flash_file *flash, const char *path, uint32_t bytes) {
    struct stat facts;
    const bool there = lstat(path, &facts) == 0;
    if (!there && errno != ENOENT) return ST_IO;
    if (!there || (S_ISREG(facts.st_mode) && facts.st_size == 0)) {
        if (make_file(path, bytes) != ST_OK) return ST_IO;
    }
    const enum status status = open_with(flash, path, O_RDWR);
    if (status != ST_OK) return status;
    if (flock(flash->file, LOCK_EX | LOCK_NB) != 0) return refused(flash, ST_BUSY);
    flash->area.program = file_program;
    flash->area.erase = file_erase;
    return ST_OK;
}

enum status flash_file_read(struct flash_file *flash, const char *path) { return open_with(flash, path, O_RDONLY); }

enum status flash_file_read_board(struct flash_file *flash, const char *path, uint32_t bytes, uint32_t erase_bytes,
                                  uint32_t program_bytes) {
    struct stat facts;
    flash->file = open(path, O_RDONLY | O_CLOEXEC);
    if (flash->file < 0 || fstat(flash->file, &facts) != 0) return refused(flash, ST_IO);
    if (!S_ISREG(facts.st_mode) || facts.st_size != (off_t)bytes) return refused(flash, ST_CORRUPT);
    make_area(flash, bytes, erase_bytes, program_bytes);
    flash->first = 0;
    return ST_OK;
}

void flash_file_close(struct flash_file *flash) {
    if (flash->file >= 0) (void)close(flash->file);
    flash->file = -1;
}
