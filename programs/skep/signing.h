/* signing: puts a signature into an artifact's bytes. */
#ifndef SKEP_PROGRAMS_SKEP_SIGNING_H
#define SKEP_PROGRAMS_SKEP_SIGNING_H

#include "core/wire/artifact.h"
#include "host/keys/keys.h"

/* Signs the artifact whose bytes begin at `head`, replacing a signature that is there. Returns EXIT_DONE, or what the
 * command ends with. */
int signing_sign(const struct artifact *artifact, void *head, const struct host_key *key);

#endif
