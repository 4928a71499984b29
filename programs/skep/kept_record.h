/* kept_record: a record of the blackbox in words, for people or as JSON. A task's trap comes with its source lines, if
 * an artifact with the record's build id is among those named. */
#ifndef SKEP_PROGRAMS_SKEP_KEPT_RECORD_H
#define SKEP_PROGRAMS_SKEP_KEPT_RECORD_H

#include <stddef.h>
#include <stdio.h>

#include "device/executive/blackbox.h"

enum { KEPT_ARTIFACTS_MAX = 256 };

/* Artifacts by their build ids. The paths must outlive it. */
struct kept_artifacts {
    size_t count;
    const char *path[KEPT_ARTIFACTS_MAX];
    uint8_t build_id[KEPT_ARTIFACTS_MAX][BLACKBOX_BUILD_ID_BYTES];
};

/* Returns EXIT_DONE, or says what is wrong with the file. Precondition: fewer than KEPT_ARTIFACTS_MAX are there. */
int kept_artifacts_add(struct kept_artifacts *artifacts, const char *path);

void kept_record_print(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to);
/* One object on one line: {"sequence", "boot", "time_us", "kind", "reason", "detail"}, and of a task "task", "pid",
 * "build_id", "pc", "registers", "trace", and of one that trapped "report" (trap_report.h); of a reset "file", "line".
 */
void kept_record_json(const struct blackbox_record *record, const struct kept_artifacts *artifacts, FILE *to);

/* What a line {"event": "kept", ..} of the firmware says. */
struct blackbox_record kept_record_of_line(const char *line);

#endif
