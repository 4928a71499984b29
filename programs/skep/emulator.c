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

enum { CHILD_CONSOLE = 3, CHILD_REPORTS = 4, ARGUMENTS_MAX = 40 };

/* In the child: the serial lines get the numbers that the command line names, QEMU reads nothing from the terminal, and
 * ends when we do, however that comes. */
_Noreturn static void become_emulator(const struct emulator_options *options, int console, int reports) {
    char machine_memory[EMULATOR_PATH_BYTES + 128];
    console = fcntl(console, F_DUPFD_CLOEXEC, CHILD_REPORTS + 1);
    reports = fcntl(reports, F_DUPFD_CLOEXEC, CHILD_REPORTS + 1);
    snprintf(machine_memory, sizeof machine_memory, "memory-backend-file,id=flash,size=16M,share=on,mem-path=%s",
             options->flash);
    const char *arguments[ARGUMENTS_MAX] = {
        "qemu-system-arm",
        "-M",
        "mps2-an386,memory-backend=flash",
        "-object",
        machine_memory,
        "-kernel",
        options->firmware,
        "-display",
        "none",
        "-monitor",
        "none",
        "-chardev",
        "socket,id=console,fd=3",
        "-serial",
        "chardev:console",
        "-chardev",
        "socket,id=reports,fd=4",
        "-serial",
        "chardev:reports",
    };
    size_t count = 0;
    while (arguments[count]) count++;
    if (!options->real_time) {
        arguments[count++] = "-icount";
        arguments[count++] = "shift=5,align=off,sleep=off";
    }
    if (options->gdb) {
        arguments[count++] = "-gdb";
        arguments[count++] = options->gdb;
        arguments[count++] = "-S"; /* the debugger says when to begin */
    }
    setpgid(0, 0); /* Ctrl-C is for us; we end it */
    const int nothing = open("/dev/null", O_RDONLY);
    if (console < 0 || reports < 0 || nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(console, CHILD_CONSOLE) < 0 || dup2(reports, CHILD_REPORTS) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        _exit(126);
    execvp(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

int emulator_start(const struct emulator_options *options, struct emulator *emulator) {
    int console[2], reports[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, console) != 0 ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, reports) != 0)
        return command_fail(EXIT_UNAVAILABLE, "no sockets for the board's serial lines: %s", strerror(errno));
    emulator->process = fork();
    if (emulator->process == 0) become_emulator(options, console[1], reports[1]);
    close(console[1]);
    close(reports[1]);
    emulator->console = console[0];
    emulator->reports = reports[0];
    if (emulator->process > 0) return EXIT_DONE;
    close(console[0]);
    close(reports[0]);
    return command_fail(EXIT_UNAVAILABLE, "cannot start the emulator: %s", strerror(errno));
}

void emulator_end(struct emulator *emulator) {
    int status;
    close(emulator->console);
    close(emulator->reports);
    kill(emulator->process, SIGKILL); /* it has nothing to save: the flash file is shared memory */
    while (waitpid(emulator->process, &status, 0) < 0 && errno == EINTR) {
    }
}
