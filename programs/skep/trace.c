#include <string.h>

#include "programs/skep/remote.h"

/* `off` is pid 0. */
int command_trace(int argc, char **argv) {
    static char none[] = "0";
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "off") == 0) argv[i] = none;
    }
    return remote_task_command(argc, argv, "task.trace");
}
