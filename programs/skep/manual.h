/* manual: the manual pages, made from the table of commands. */
#ifndef SKEP_PROGRAMS_SKEP_MANUAL_H
#define SKEP_PROGRAMS_SKEP_MANUAL_H

#include <stdio.h>

struct command;

/* The source of one page, for man(1). NULL: of skep itself. */
void manual_print(const struct command *command, FILE *to);
/* skep.1 and skep-COMMAND.1 for each command, in the folder, which is made if need be. Returns an exit code. */
int manual_write_all(const char *folder);

#endif
