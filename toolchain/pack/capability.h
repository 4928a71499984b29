/* capability: rows of spec/artifact.md section 6 as people write and read them: "gpio output 13", "gpio
 * input,output 2..5 100/s", "console write". GROUP [MODE[,MODE]] [FIRST[..LAST]] [N/s]; what is left out is not
 * limited. */
#ifndef SKEP_TOOLCHAIN_PACK_CAPABILITY_H
#define SKEP_TOOLCHAIN_PACK_CAPABILITY_H

#include <stddef.h>

#include "core/base/status.h"
#include "core/wire/artifact.h"

enum { CAPABILITY_TEXT_BYTES = 128 };

/* ST_INVALID: the message says which word is wrong and what could stand there. */
enum status capability_parse(const char *text, struct artifact_capability *to, char *message, size_t message_bytes);
/* What capability_parse would read back as the same row. */
void capability_format(const struct artifact_capability *capability, char to[CAPABILITY_TEXT_BYTES]);

#endif
