#include "host/process/process.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

enum { SIGNAL_STATUS = 128 };

/* Starts the program with the keyboard's signals as they are usually: the terminal sends them to it as well as to us.
 */
static int start(const char *const argv[], const sigset_t *keyboard, pid_t *pid) {
    posix_spawnattr_t attributes;
    int error = posix_spawnattr_init(&attributes);
    if (error != 0) return error;
    posix_spawnattr_setsigdefault(&attributes, keyboard);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    /* posix_spawnp does not change the words, though its type allows it to. */
    error = posix_spawnp(pid, argv[0], NULL, &attributes, (char *const *)(const void *)argv, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static int wait_for(pid_t pid, int *exit_status) {
    int state;
    while (waitpid(pid, &state, 0) < 0)
        if (errno != EINTR) return errno;
    *exit_status = WIFEXITED(state) ? WEXITSTATUS(state) : SIGNAL_STATUS + WTERMSIG(state);
    return 0;
}

/* Interrupting is left to the program: it ends, and the caller, who sees that, can tidy up. */
enum status process_run(const char *const argv[], int *exit_status) {
    struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt_before, quit_before;
    sigset_t keyboard;
    pid_t pid;
    sigemptyset(&keyboard);
    sigaddset(&keyboard, SIGINT);
    sigaddset(&keyboard, SIGQUIT);
    sigaction(SIGINT, &ignore, &interrupt_before);
    sigaction(SIGQUIT, &ignore, &quit_before);
    int error = start(argv, &keyboard, &pid);
    if (error == 0) error = wait_for(pid, exit_status);
    sigaction(SIGINT, &interrupt_before, NULL);
    sigaction(SIGQUIT, &quit_before, NULL);
    errno = error;
    return error == 0 ? ST_OK : error == ENOENT ? ST_NOT_FOUND : ST_IO;
}
