#include "programs/skep/command.h"

int command_sign(int argc, char **argv) {
    (void)argc;
    return command_fail(EXIT_UNAVAILABLE, "%s is not built yet", argv[0]);
}
