#include "programs/skep/kit.h"

#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "programs/skep/command.h"

static const char picolibc[] = "/usr/lib/picolibc/riscv64-unknown-elf";
static const char libgcc_pattern[] = "/usr/lib/gcc/riscv64-unknown-elf/*/rv32em/ilp32e/libgcc.a";

/* "folder/name" at `to`, if it fits. */
static bool join(char to[KIT_PATH_BYTES], const char *folder, const char *name) {
    int length = snprintf(to, KIT_PATH_BYTES, "%s/%s", folder, name);
    return length > 0 && length < KIT_PATH_BYTES;
}

static bool is_kit(const char *folder) {
    char path[KIT_PATH_BYTES];
    return join(path, folder, "lib/skep.ld") && access(path, R_OK) == 0;
}

static void cut_last(char *path) {
    char *slash = strrchr(path, '/');
    if (slash) *slash = '\0';
}

/* The running program's folder. */
static bool program_folder(char to[KIT_PATH_BYTES]) {
    ssize_t length = readlink("/proc/self/exe", to, KIT_PATH_BYTES - 1);
    if (length <= 0) return false;
    to[length] = '\0';
    cut_last(to);
    return true;
}

static bool find_source(char to[KIT_PATH_BYTES], const char *program) {
    const char *given = getenv("SKEP_GUEST");
    if (given) return snprintf(to, KIT_PATH_BYTES, "%s", given) < KIT_PATH_BYTES && is_kit(to);
    char folder[KIT_PATH_BYTES];
    for (snprintf(folder, sizeof folder, "%s", program); folder[0]; cut_last(folder))
        if (join(to, folder, "guest") && is_kit(to)) return true;
    return false;
}

static bool find_library(char to[KIT_PATH_BYTES], const char *program) {
    const char *given = getenv("SKEP_GUEST_LIBRARY");
    if (given) return snprintf(to, KIT_PATH_BYTES, "%s", given) < KIT_PATH_BYTES && access(to, R_OK) == 0;
    char folder[KIT_PATH_BYTES];
    snprintf(folder, sizeof folder, "%s", program);
    cut_last(folder);
    return join(to, folder, "guest/libskep.a") && access(to, R_OK) == 0;
}

static bool find_libgcc(char to[KIT_PATH_BYTES]) {
    glob_t found;
    if (glob(libgcc_pattern, 0, NULL, &found) != 0) return false;
    bool fits = snprintf(to, KIT_PATH_BYTES, "%s", found.gl_pathv[found.gl_pathc - 1]) < KIT_PATH_BYTES;
    globfree(&found);
    return fits;
}

int kit_find(struct kit *kit) {
    char program[KIT_PATH_BYTES];
    if (!program_folder(program))
        return command_fail(EXIT_UNAVAILABLE, "/proc/self/exe does not say where this program is");
    if (!find_source(kit->source, program))
        return command_fail(EXIT_UNAVAILABLE, "no guest kit: SKEP_GUEST or a folder above %s has no guest/lib/skep.ld",
                            program);
    if (!find_library(kit->library, program))
        return command_fail(EXIT_UNAVAILABLE, "no libskep.a at %s; run make, or set SKEP_GUEST_LIBRARY", kit->library);
    if (!join(kit->libc_include, picolibc, "include") ||
        !join(kit->libc, picolibc, "lib/release/rv32em/ilp32e/libc.a") || access(kit->libc, R_OK) != 0)
        return command_fail(EXIT_UNAVAILABLE, "no picolibc at %s; install picolibc-riscv64-unknown-elf", picolibc);
    if (!find_libgcc(kit->libgcc))
        return command_fail(EXIT_UNAVAILABLE, "no libgcc at %s; install gcc-riscv64-unknown-elf", libgcc_pattern);
    return EXIT_DONE;
}
