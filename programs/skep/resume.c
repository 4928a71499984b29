#include "programs/skep/remote.h"

int command_resume(int argc, char **argv) { return remote_task_command(argc, argv, "task.resume"); }
