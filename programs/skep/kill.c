#include "programs/skep/remote.h"

int command_kill(int argc, char **argv) { return remote_task_command(argc, argv, "task.kill"); }
