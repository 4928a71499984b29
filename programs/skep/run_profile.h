/* run_profile: where the words of guests went that ran on the simulated board, by function. */
#ifndef SKEP_PROGRAMS_SKEP_RUN_PROFILE_H
#define SKEP_PROGRAMS_SKEP_RUN_PROFILE_H

#include "device/executive/executive.h"

/* Before anything runs: samples of all tasks. */
void run_profile_start(struct executive *executive);
/* On stderr: those of one task, of this artifact. Says nothing where there are none. */
void run_profile_print(const struct executive *executive, uint32_t pid, const char *artifact_path);

#endif
