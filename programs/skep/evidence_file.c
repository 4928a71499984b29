#include "programs/skep/evidence_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "programs/skep/command.h"

static int map(const char *path, int at, size_t length, struct evidence_file *file) {
    struct stat is;
    if (fstat(at, &is) != 0) return command_fail(EXIT_NO_INPUT, "%s: %s", path, strerror(errno));
    file->is_new = is.st_size == 0;
    if (!file->is_new && (uint64_t)is.st_size != length)
        return command_fail(EXIT_ARTIFACT, "%s: a blackbox of this board has %zu bytes, not %lld; name another file",
                            path, length, (long long)is.st_size);
    if (file->is_new && ftruncate(at, (off_t)length) != 0)
        return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    void *const bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, at, 0);
    if (bytes == MAP_FAILED) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    file->bytes = bytes;
    file->length = length;
    return EXIT_DONE;
}

int evidence_file_open(const char *path, size_t length, struct evidence_file *file) {
    *file = (struct evidence_file){0};
    const int at = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (at < 0) return command_fail(EXIT_CANNOT_WRITE, "%s: %s", path, strerror(errno));
    const int code = map(path, at, length, file);
    close(at);
    return code;
}

void evidence_file_close(struct evidence_file *file) {
    if (file->bytes) munmap(file->bytes, file->length);
    *file = (struct evidence_file){0};
}
