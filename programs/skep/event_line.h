/* event_line: an event of a hive as a line for people. */
#ifndef SKEP_PROGRAMS_SKEP_EVENT_LINE_H
#define SKEP_PROGRAMS_SKEP_EVENT_LINE_H

#include <jansson.h>
#include <stdio.h>

/* "     12    1.500000  task.ended  pid 3, end exit, detail 0". Texts are cleared of what a terminal obeys. */
void event_line_print(const json_t *event, FILE *to);

#endif
