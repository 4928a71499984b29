/* Runs a fuzz target without a fuzzer: changed inputs from a seed.
 *   NAME [COUNT [SEED]]           input i of a run comes from SEED + i; prints the seed
 *   NAME --corpus FOLDER COUNT    writes inputs to begin with, for libFuzzer
 *   NAME --file FILE ..           runs those files */
#define _DEFAULT_SOURCE
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test/fuzz/fuzz.h"

enum { QUICK_COUNT = 3000 };

static uint8_t input[FUZZ_BYTES_MAX];
static volatile uint64_t seed_now;

static void crashed(int signal_number) {
    char text[96];
    int length = snprintf(text, sizeof text, "signal %d with the input of seed %" PRIu64 "\n", signal_number,
                          (uint64_t)seed_now);
    if (write(STDERR_FILENO, text, (size_t)length) < 0) _exit(3);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static int write_corpus(const char *folder, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        struct random random = {i};
        char path[4096];
        size_t length = fuzz_begin(&random, input);
        snprintf(path, sizeof path, "%s/seed-%u", folder, i);
        FILE *file = fopen(path, "wb");
        if (!file || fwrite(input, 1, length, file) != length || fclose(file) != 0)
            return fprintf(stderr, "cannot write %s\n", path), 1;
    }
    return 0;
}

static int run_files(char **paths) {
    for (; *paths; paths++) {
        FILE *file = fopen(*paths, "rb");
        if (!file) return fprintf(stderr, "cannot read %s\n", *paths), 1;
        size_t length = fread(input, 1, sizeof input, file);
        fclose(file);
        LLVMFuzzerTestOneInput(input, length);
    }
    return 0;
}

/* A block of exactly the input's size, so that a sanitizer sees a byte too far. */
static void run_one(uint64_t seed) {
    struct random random = {seed};
    seed_now = seed;
    size_t length = fuzz_begin(&random, input);
    if (random_percent(&random, 95)) length = fuzz_change(&random, input, length, sizeof input);
    if (random_percent(&random, 50)) fuzz_mend(input, length);
    uint8_t *exact = malloc(length + (length == 0));
    if (!exact) abort();
    memcpy(exact, input, length);
    LLVMFuzzerTestOneInput(exact, length);
    free(exact);
}

int main(int count, char **arguments) {
    if (count == 4 && strcmp(arguments[1], "--corpus") == 0)
        return write_corpus(arguments[2], (unsigned)strtoul(arguments[3], NULL, 0));
    if (count > 2 && strcmp(arguments[1], "--file") == 0) return run_files(arguments + 2);
    uint64_t inputs = count > 1 ? strtoull(arguments[1], NULL, 0) : QUICK_COUNT;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 0) : 1;
    signal(SIGSEGV, crashed);
    signal(SIGBUS, crashed);
    signal(SIGABRT, crashed);
    signal(SIGFPE, crashed);
    printf("seed %" PRIu64 "\n", seed);
    fflush(stdout);
    for (uint64_t i = 0; i < inputs; i++) run_one(seed + i);
    printf("%" PRIu64 " tests, 0 failed\n", inputs);
    return 0;
}
