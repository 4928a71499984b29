/* process: runs another program and waits for it: no shell, standard streams inherited, so that its messages reach the
 * user as they are. */
#ifndef SKEP_HOST_PROCESS_PROCESS_H
#define SKEP_HOST_PROCESS_PROCESS_H

#include "core/base/status.h"

/* Runs argv[0], looked up in PATH, with the NULL-terminated argv. ST_OK: it ran and ended with *exit_status (128 + N:
 * killed by signal N). ST_NOT_FOUND: there is no such program. ST_IO: it could not be started (errno says why). */
enum status process_run(const char *const argv[], int *exit_status);

#endif
