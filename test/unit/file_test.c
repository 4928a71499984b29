/* Files are read whole and written whole, or not at all. */
#include "host/file/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/unit/check.h"

enum { PATH_BYTES = 256 };
static char folder[] = "/tmp/skep_file_test.XXXXXX";

static const char *in_folder(const char *name, char to[PATH_BYTES]) {
    snprintf(to, PATH_BYTES, "%s/%s", folder, name);
    return to;
}

static void content_is(const char *want, const char *path) {
    struct file_bytes file;
    CHECK_EQ(ST_OK, file_read(path, &file));
    CHECK_TEXT(want, (const char *)file.bytes);
    file_free(&file);
}

/* How many names the folder holds, by listing it in the shell's own way. */
static int names_in_folder(void) {
    char command[PATH_BYTES + 32];
    snprintf(command, sizeof command, "ls -A %s | wc -l", folder);
    FILE *listing = popen(command, "r");
    int count = -1;
    CHECK(listing && fscanf(listing, "%d", &count) == 1);
    pclose(listing);
    return count;
}

static void what_is_written_is_read_back(void) {
    char path[PATH_BYTES];
    enum { LARGE = 300000 };
    uint8_t *bytes = malloc(LARGE);
    for (size_t i = 0; i < LARGE; i++) bytes[i] = (uint8_t)(i * 31 >> 3);
    for (size_t length = 0; length <= LARGE; length = length * 3 + 1) {
        struct file_bytes file;
        CHECK_EQ(ST_OK, file_write(in_folder("data", path), bytes, length, 0666));
        CHECK_EQ(ST_OK, file_read(path, &file));
        CHECK_EQ(length, file.length);
        CHECK(memcmp(bytes, file.bytes, length) == 0);
        CHECK_EQ(0, file.bytes[length]);
        file_free(&file);
    }
    free(bytes);
    unlink(path);
}

static void a_missing_file_is_told_from_an_unreadable_one(void) {
    char path[PATH_BYTES];
    struct file_bytes file;
    CHECK_EQ(ST_NOT_FOUND, file_read(in_folder("missing", path), &file));
    CHECK(file.bytes == NULL && file.length == 0);
    CHECK_EQ(ST_IO, file_read(folder, &file));
    CHECK(file.bytes == NULL && file.length == 0);
}

static void a_file_gets_the_mode_less_the_umask(void) {
    char path[PATH_BYTES];
    struct stat seen;
    mode_t before = umask(027);
    CHECK_EQ(ST_OK, file_write(in_folder("mode", path), "x", 1, 0666));
    CHECK_EQ(0, stat(path, &seen));
    CHECK_EQ(0640, seen.st_mode & 0777);
    CHECK_EQ(ST_OK, file_write(path, "x", 1, 0600));
    CHECK_EQ(0, stat(path, &seen));
    CHECK_EQ(0600, seen.st_mode & 0777);
    umask(before);
    unlink(path);
}

static void one_of_several_that_fails_leaves_all_as_they_were(void) {
    char first[PATH_BYTES], second[PATH_BYTES], nowhere[PATH_BYTES];
    CHECK_EQ(ST_OK, file_write(in_folder("first", first), "old", 3, 0666));
    in_folder("second", second);
    in_folder("no/where", nowhere);
    for (size_t bad = 0; bad < 3; bad++) {
        struct file_output outputs[3] = {{first, "new", 3}, {second, "new", 3}, {first, "new", 3}};
        size_t failed = 99;
        outputs[bad].path = nowhere;
        CHECK_EQ(ST_IO, file_write_all(outputs, 3, 0666, &failed));
        CHECK_EQ(bad, failed);
        content_is("old", first);
        CHECK_EQ(1, names_in_folder());
    }
    const struct file_output both[] = {{first, "new", 3}, {second, "more", 4}};
    size_t failed;
    CHECK_EQ(ST_OK, file_write_all(both, 2, 0666, &failed));
    content_is("new", first);
    content_is("more", second);
    CHECK_EQ(2, names_in_folder());
}

int main(void) {
    if (!mkdtemp(folder)) return 1;
    static const struct check_test tests[] = {
        TEST(what_is_written_is_read_back),
        TEST(a_missing_file_is_told_from_an_unreadable_one),
        TEST(a_file_gets_the_mode_less_the_umask),
        TEST(one_of_several_that_fails_leaves_all_as_they_were),
    };
    int failed = CHECK_RUN(tests);
    char path[PATH_BYTES];
    unlink(in_folder("first", path));
    unlink(in_folder("second", path));
    return rmdir(folder) != 0 || failed;
}
