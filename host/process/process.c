#include "host/process/process.h"

#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

enum { SIGNAL_STATUS = 128 };

enum status process_run(const char *const argv[], int *exit_status) {
    pid_t pid;
    /* posix_spawnp does not change the words, though its type allows it to. */
    int error = posix_spawnp(&pid, argv[0], NULL, NULL, (char *const *)(const void *)argv, environ);
    if (error != 0) {
        errno = error;
        return error == ENOENT ? ST_NOT_FOUND : ST_IO;
    }
    int state;
    while (waitpid(pid, &state, 0) < 0)
        if (errno != EINTR) return ST_IO;
    *exit_status = WIFEXITED(state) ? WEXITSTATUS(state) : SIGNAL_STATUS + WTERMSIG(state);
    return ST_OK;
}
