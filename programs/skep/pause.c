#include "programs/skep/remote.h"

int command_pause(int argc, char **argv) { return remote_task_command(argc, argv, "task.pause"); }
