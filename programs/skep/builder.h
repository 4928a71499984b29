/* builder: from C and C++ sources (also objects, archives, or one linked ELF) to an artifact: compiler, linker,
 * translator, packer, signature. The compiler and the linker run as they are; their messages go to stderr unchanged and
 * their exit status becomes ours. */
#ifndef SKEP_PROGRAMS_SKEP_BUILDER_H
#define SKEP_PROGRAMS_SKEP_BUILDER_H

#include <stdbool.h>

#include "programs/skep/settings.h"

/* Whether the compiler takes it: C, C++ or assembly, by its suffix. */
bool builder_is_source(const char *path);

/* Builds what the settings say and writes settings->output (or NAME.cvm1) with NAME.elf and NAME.map beside it: all
 * three, or, on any refusal, none. `notices`: say on stderr what was assumed. Returns what the command ends with. */
int builder_build(const struct settings *settings, bool notices);

#endif
