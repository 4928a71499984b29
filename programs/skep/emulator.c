#include "programs/skep/emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "programs/skep/command.h"

static const char firmware_path[] = "build/mps2_an386/device/firmware/runtime.elf";

int emulator_firmware(char to[EMULATOR_PATH_BYTES]) {
    const char *const named = getenv("SKEP_FIRMWARE");
    if (named) {
        if (snprintf(to, EMULATOR_PATH_BYTES, "%s", named) < EMULATOR_PATH_BYTES && access(to, R_OK) == 0)
            return EXIT_DONE;
        return command_fail(EXIT_UNAVAILABLE, "SKEP_FIRMWARE names %s, which cannot be read", named);
    }
    char folder[EMULATOR_PATH_BYTES];
    const ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    if (length < 0)
        return command_fail(EXIT_UNAVAILABLE, "cannot find out where this program lies: %s", strerror(errno));
    folder[length] = '\0';
    for (char *end = strrchr(folder, '/'); end; end = strrchr(folder, '/')) {
        *end = '\0';
        if (snprintf(to, EMULATOR_PATH_BYTES, "%s/%s", folder, firmware_path) < EMULATOR_PATH_BYTES &&
            access(to, R_OK) == 0)
            return EXIT_DONE;
    }
    return command_fail(EXIT_UNAVAILABLE,
                        "no firmware for the emulated board at %s; run make firmware, or set SKEP_FIRMWARE",
                        firmware_path);
}

/* The lines, in the order of the board's UARTs; then the emulator's own. */
enum { CONSOLE, REPORTS, SERIAL, MONITOR, LINES };
enum { CHILD_LINE_FIRST = 3, ARGUMENTS_MAX = 40, CHARDEV_BYTES = 40 };

static size_t lines_of(const struct emulator_options *options) { return options->all_lines ? LINES : SERIAL; }

/* In the child: the lines get the numbers that the command line names, QEMU reads nothing from the terminal, and ends
 * when we do, however that comes. */
static bool place_lines(int line[LINES], size_t count) {
    const int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
    for (size_t i = 0; i < count; i++) {
        line[i] = fcntl(line[i], F_DUPFD_CLOEXEC, CHILD_LINE_FIRST + LINES);
        if (line[i] < 0) return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (dup2(line[i], CHILD_LINE_FIRST + (int)i) < 0) return false;
    }
    return true;
}

_Noreturn static void become_emulator(const struct emulator_options *options, int line[LINES]) {
    static const char *const ends[LINES] = {"-serial", "-serial", "-serial", "-monitor"};
    static char chardev[LINES][CHARDEV_BYTES], end[LINES][CHARDEV_BYTES];
    char machine_memory[EMULATOR_PATH_BYTES + 128];
    const size_t lines = lines_of(options);
    snprintf(machine_memory, sizeof machine_memory, "memory-backend-file,id=flash,size=16M,share=on,mem-path=%s",
             options->flash);
    const char *arguments[ARGUMENTS_MAX] = {
        "qemu-system-arm", "-M",           "mps2-an386,memory-backend=flash",
        "-object",         machine_memory, "-kernel",
        options->firmware, "-display",     "none",
    };
    size_t count = 0;
    while (arguments[count]) count++;
    for (size_t i = 0; i < lines; i++) {
        snprintf(chardev[i], CHARDEV_BYTES, "socket,id=line%zu,fd=%zu", i, CHILD_LINE_FIRST + i);
        snprintf(end[i], CHARDEV_BYTES, "chardev:line%zu", i);
        arguments[count++] = "-chardev";
        arguments[count++] = chardev[i];
        arguments[count++] = ends[i];
        arguments[count++] = end[i];
    }
    if (lines < LINES) {
        arguments[count++] = "-monitor";
        arguments[count++] = "none";
    }
    if (!options->real_time) {
        arguments[count++] = "-icount";
        arguments[count++] = options->waits ? "shift=5,align=off,sleep=on" : "shift=5,align=off,sleep=off";
    }
    if (options->gdb) {
        arguments[count++] = "-gdb";
        arguments[count++] = options->gdb;
        arguments[count++] = "-S"; /* the debugger says when to begin */
    }
    setpgid(0, 0); /* Ctrl-C is for us; we end it */
    if (!place_lines(line, lines)) _exit(126);
    execvp(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static void close_all(const int *files, size_t count) {
    for (size_t i = 0; i < count; i++) close(files[i]);
}

int emulator_start(const struct emulator_options *options, struct emulator *emulator) {
    int ours[LINES] = {-1, -1, -1, -1}, theirs[LINES];
    const size_t lines = lines_of(options);
    for (size_t i = 0; i < lines; i++) {
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
            close_all(ours, i);
            close_all(theirs, i);
            return command_fail(EXIT_UNAVAILABLE, "no sockets for the board's serial lines: %s", strerror(errno));
        }
        ours[i] = pair[0];
        theirs[i] = pair[1];
    }
    emulator->process = fork();
    if (emulator->process == 0) become_emulator(options, theirs);
    close_all(theirs, lines);
    emulator->console = ours[CONSOLE];
    emulator->reports = ours[REPORTS];
    emulator->serial = ours[SERIAL];
    emulator->monitor = ours[MONITOR];
    if (emulator->process > 0) return EXIT_DONE;
    close_all(ours, lines);
    return command_fail(EXIT_UNAVAILABLE, "cannot start the emulator: %s", strerror(errno));
}

void emulator_end(struct emulator *emulator) {
    int status;
    const int lines[] = {emulator->console, emulator->reports, emulator->serial, emulator->monitor};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i] >= 0) close(lines[i]);
    }
    kill(emulator->process, SIGKILL); /* it has nothing to save: the flash file is shared memory */
    while (waitpid(emulator->process, &status, 0) < 0 && errno == EINTR) {
    }
}
