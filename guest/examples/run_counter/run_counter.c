/* run_counter: counts its own runs in a file, which stays when the program ends: skep run --files FOLDER.
 *
 * The new count is written under another name and then takes the old one's place, so that there is a whole one at any
 * time. */
#include <skep_file.h>
#include <stdio.h>

static uint32_t read_count(void) {
    uint32_t handle, got = 0, count = 0;
    if (skep_file_open("count", SKEP_FILE_READ, &handle) != SKEP_OK) return 0; /* the first run */
    skep_file_read(handle, &count, sizeof count, &got);
    skep_file_close(handle);
    return got == sizeof count ? count : 0;
}

static int32_t write_count(uint32_t count) {
    uint32_t handle;
    int32_t status = skep_file_open("count.new", SKEP_FILE_WRITE | SKEP_FILE_CREATE | SKEP_FILE_TRUNCATE, &handle);
    if (status != SKEP_OK) return status;
    status = skep_file_write(handle, &count, sizeof count);
    skep_file_close(handle);
    return status == SKEP_OK ? skep_file_rename("count.new", "count") : status;
}

int main(void) {
    uint32_t count = read_count() + 1;
    int32_t status = write_count(count);
    if (status == SKEP_UNSUPPORTED) printf("no files here; skep run has --files FOLDER\n");
    if (status != SKEP_OK) return 1;
    printf("run %u\n", (unsigned)count);

    struct skep_file_facts file = {.name = ""};
    while (skep_file_next(file.name, &file) == SKEP_OK) printf("%s: %u bytes\n", file.name, (unsigned)file.size);
    return 0;
}
