/* artifact: the CVM1 file, encoded and decoded. Owns no memory and checks no signature (core/trust does).
 *
 * Order in the file: header, section table with a SHA-256 per section, signature, payload. So a receiver can check the
 * signature before it erases anything, each section as it arrives, and nothing is left unaccounted for.
 * Source: spec/artifact.md. Little-endian. */
#ifndef SKEP_CORE_WIRE_ARTIFACT_H
#define SKEP_CORE_WIRE_ARTIFACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

enum {
    ARTIFACT_NAME_BYTES = 32, /* NUL-terminated, so 31 characters at most */
    ARTIFACT_HASH_BYTES = 32,
    ARTIFACT_BUILD_ID_BYTES = 16,
    ARTIFACT_KEY_ID_BYTES = 8,
    ARTIFACT_SIGNATURE_BYTES = 64, /* r then s, big-endian, as FIPS 186 writes them */
    ARTIFACT_SECTIONS_MAX = 16,
    ARTIFACT_HEADER_BYTES = 128,
    ARTIFACT_ROW_BYTES = 48, /* of the section table, and in it */
    ARTIFACT_ROW_HASH = 16,
    ARTIFACT_SIGNATURE_AREA_BYTES = 80, /* kind, key id, signature */
    ARTIFACT_ALIGNMENT = 8,             /* of sections in the file; what is behind a section up to that is zero */
    ARTIFACT_RAM_BASE = 0x400,
    ARTIFACT_RAM_BYTES_MAX = 0x0ffffbf0,
    ARTIFACT_STACK_BYTES_MIN = 16,
    ARTIFACT_CAPABILITY_BYTES = 16,
};

enum artifact_type { ARTIFACT_GUEST = 1, ARTIFACT_FIRMWARE, ARTIFACT_POLICY, ARTIFACT_PATCH, ARTIFACT_KEY_SET };

enum artifact_section_id {
    ARTIFACT_SECTION_CODE = 1,         /* bytecode words, 4-byte aligned in the file */
    ARTIFACT_SECTION_FUNCTIONS = 2,    /* function table, spec/isa.md section 5 */
    ARTIFACT_SECTION_CALLS = 3,        /* declared host calls, ascending u16 */
    ARTIFACT_SECTION_CAPABILITIES = 4, /* rows of spec/artifact.md section 6 */
    ARTIFACT_SECTION_READ_ONLY = 5,    /* read-only window; its last VM_PAD_BYTES are zero and not part of the window */
    ARTIFACT_SECTION_DATA = 6,         /* first bytes of the task's data, placed at data_address */
    ARTIFACT_SECTION_VALUES = 7,       /* rows of spec/value.md */
    ARTIFACT_SECTION_COMMANDS = 8,     /* rows of spec/command.md */
    ARTIFACT_SECTION_MAILBOXES = 9,    /* rows of spec/mailbox.md */
    ARTIFACT_SECTION_BUDGET = 10,      /* one row of section 8 */
    ARTIFACT_SECTION_IMAGE = 16,       /* of firmware: what is executed where it lies, spec/image.md */
    ARTIFACT_SECTION_KEYS = 17,        /* of key sets, spec/keyset.md */
    ARTIFACT_SECTION_CRITICAL = 0x8000, /* an id with this bit that is not known refuses the artifact */
};

enum artifact_flag { ARTIFACT_MAY_RUN_TWICE = 1, ARTIFACT_DEBUG_ALLOWED = 2 };
enum artifact_restart { ARTIFACT_RESTART_NEVER, ARTIFACT_RESTART_ON_FAULT, ARTIFACT_RESTART_ALWAYS };

/* What the header says of a guest; every field is signed. */
struct artifact_manifest {
    uint8_t type;              /* enum artifact_type */
    uint8_t flags;             /* enum artifact_flag, ored */
    uint8_t priority;          /* 0 highest .. 255 */
    uint8_t restart;           /* enum artifact_restart */
    uint32_t product_id;       /* 0: any product */
    uint16_t abi_min, abi_max; /* host ABI versions it runs on, inclusive */
    uint32_t version;          /* major << 24 | minor << 16 | patch */
    uint32_t security_version;
    uint8_t build_id[ARTIFACT_BUILD_ID_BYTES];
    char name[ARTIFACT_NAME_BYTES];
    uint32_t stack_bytes;    /* RAM from ISA_RAM_BASE up */
    uint32_t ram_bytes;      /* stack, data, bss and heap together */
    uint32_t data_address;   /* guest address where ARTIFACT_SECTION_DATA goes; ISA_RAM_BASE + stack_bytes or above */
    uint32_t entry_function; /* row of the function table */
    uint16_t return_entries; /* return stack, in words */
    uint16_t trial_s;        /* after an update: seconds until it counts as confirmed; 0: at once */
    uint32_t check_in_ms;    /* longest time between two check-ins; 0: none asked */
    uint32_t health_value;   /* object id of the value that tells health; 0: none */
};

struct artifact_section {
    uint16_t id;
    uint32_t offset, bytes; /* in the file; the hash covers artifact_stored_bytes(bytes) */
    const uint8_t *hash;    /* ARTIFACT_HASH_BYTES, in the head */
};

/* A decoded head, which leads into the bytes that it was decoded from. `head_bytes` is where the payload starts:
 * header, table and signature. */
struct artifact {
    struct artifact_manifest manifest;
    uint32_t total_bytes, head_bytes, signed_bytes; /* the signature covers [0, signed_bytes) behind a domain string */
    uint32_t section_count;
    struct artifact_section section[ARTIFACT_SECTIONS_MAX];
    bool is_signed;
    const uint8_t *key_id;    /* ARTIFACT_KEY_ID_BYTES, in the head, and */
    const uint8_t *signature; /* ARTIFACT_SIGNATURE_BYTES; zeros, if it is not signed */
};

/* Where and why decoding refused; reason is a constant sentence fragment for people: "<file>: byte <offset>: <reason>".
 */
struct artifact_fault {
    uint32_t offset;
    const char *reason;
};

/* Bytes of the longest possible head: enough to have before calling artifact_decode. */
enum {
    ARTIFACT_HEAD_BYTES_MAX =
        ARTIFACT_HEADER_BYTES + ARTIFACT_SECTIONS_MAX * ARTIFACT_ROW_BYTES + ARTIFACT_SIGNATURE_AREA_BYTES
};

/* Decodes the head from the first `length` bytes of a file. Checks everything that the head alone can show: sizes,
 * order, overlap, alignment, critical ids, ranges of fields; never looks at the payload. ST_CORRUPT or ST_VERSION with
 * the fault filled; *out means something only on ST_OK. */
enum status artifact_decode(const void *bytes, size_t length, struct artifact *out, struct artifact_fault *fault);

/* What a section of `bytes` takes in the file, and what its hash covers: rounded up to ARTIFACT_ALIGNMENT. */
static inline uint64_t artifact_stored_bytes(uint32_t bytes) {
    return ((uint64_t)bytes + ARTIFACT_ALIGNMENT - 1) & ~(uint64_t)(ARTIFACT_ALIGNMENT - 1);
}

/* The section with that id, or NULL. */
const struct artifact_section *artifact_section_find(const struct artifact *artifact, uint16_t id);

/* Encodes header and table (not the signature area's contents, which are zero and "unsigned") and computes section
 * offsets. In: manifest, section_count, and per section id, bytes, hash. Out: the offsets and sizes in *artifact, and
 * head_bytes bytes at `to`. ST_FULL when capacity is short, ST_INVALID when decode would refuse it. */
enum status artifact_encode_head(struct artifact *artifact, void *to, size_t capacity);

/* Writes key id and signature into an encoded head. */
void artifact_encode_signature(const struct artifact *artifact, void *head, const uint8_t key_id[ARTIFACT_KEY_ID_BYTES],
                               const uint8_t signature[ARTIFACT_SIGNATURE_BYTES]);

/* What is signed begins with this string, its NUL included. Precondition: the type is one of the enum's. */
const char *artifact_domain(uint8_t type);

/* A request for the right to use resources of one group of host calls; spec/artifact.md section 6. */
struct artifact_capability {
    uint8_t group, mode; /* mode: bits, meaning by group */
    uint32_t first, last;
    uint32_t rate; /* calls per second; 0: not limited */
};
struct artifact_capability artifact_capability_decode(const uint8_t row[ARTIFACT_CAPABILITY_BYTES]);
void artifact_capability_encode(const struct artifact_capability *capability, uint8_t row[ARTIFACT_CAPABILITY_BYTES]);
/* Order of rows: by group, first, last, mode. Below, equal to or above 0. */
int artifact_capability_order(const struct artifact_capability *a, const struct artifact_capability *b);
/* Checks the content of an ARTIFACT_SECTION_CAPABILITIES: each row, and their order. The fault's offset counts from
 * `rows`. */
enum status artifact_capabilities_check(const uint8_t *rows, uint32_t bytes, struct artifact_fault *fault);

#endif
