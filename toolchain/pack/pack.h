/* pack: a lowered program and a manifest become a CVM1 file in memory, unsigned. The same input gives the same bytes.
 * Source: spec/artifact.md. */
#ifndef SKEP_TOOLCHAIN_PACK_PACK_H
#define SKEP_TOOLCHAIN_PACK_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/trust/trust.h"
#include "core/wire/artifact.h"
#include "core/wire/budget_row.h"
#include "toolchain/lower/lower.h"

enum {
    PACK_MESSAGE_BYTES = 256,
    PACK_CAPABILITIES_MAX = 64,
    PACK_ENTRIES_SPARE =
        16, /* return-stack words beyond what the program needs: for functions that the executive calls */
};

struct pack_input {
    const struct lower_program *program;
    /* As the author wants it. Pack fills in type, the ABI range, build_id, stack_bytes, ram_bytes, data_address and
     * entry_function, and return_entries where it is 0. */
    struct artifact_manifest manifest;
    struct artifact_capability capability[PACK_CAPABILITIES_MAX]; /* in any order */
    uint32_t capability_count;
    struct budget_row budget;           /* all 0: it asks for none */
    uint8_t elf_hash[TRUST_HASH_BYTES]; /* of the linked ELF: ties the build id to the debug information */
};

/* A block from malloc; pack_free gives it back. */
struct pack_output {
    uint8_t *bytes;
    uint32_t length;
    struct artifact artifact;
};

/* ST_REFUSED: what the manifest declares is less than the program needs, with the message saying what and how much;
 * ST_INVALID: something else that the format does not allow (a name, two equal capabilities). *output is then
 * untouched. */
enum status pack_artifact(const struct pack_input *input, struct pack_output *output, char message[PACK_MESSAGE_BYTES]);
void pack_free(struct pack_output *output);

/* The build id (spec/artifact.md section 7) of the artifact whose first signed_bytes bytes are `head`, made from the
 * ELF of that hash; the id that stands in the head does not count. Precondition: signed_bytes >= ARTIFACT_HEADER_BYTES.
 */
void pack_build_id(const uint8_t elf_hash[TRUST_HASH_BYTES], const uint8_t *head, size_t signed_bytes,
                   uint8_t build_id[ARTIFACT_BUILD_ID_BYTES]);

/* Rows for everything that the program's declared calls can ask for, without limits: what a single file gets. Returns
 * how many. */
uint32_t pack_capabilities_used(const struct lower_program *program,
                                struct artifact_capability to[PACK_CAPABILITIES_MAX]);

#endif
