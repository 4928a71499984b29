/* load: an artifact's bytes, where they lie, become a program that may run: hashed, checked, verified. Copies nothing,
 * needs no signature (core/trust/keys.h checks that, between load_start and load_step) and grants nothing.
 *
 * In steps, so that it can be a job, and so that sections can be checked while they arrive: load_start once the head is
 * there, then load_step until it no longer says ST_AGAIN. The bytes must not change from load_start on, for as long as
 * the program runs. Source: spec/artifact.md section 5. */
#ifndef SKEP_CORE_VM_LOAD_H
#define SKEP_CORE_VM_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/trust/trust.h"
#include "core/vm/vm.h"
#include "core/wire/artifact.h"

struct load {
    struct artifact artifact; /* after load_start */

    /* after load_step said ST_OK; the pointers lead into the artifact */
    struct vm_program program;
    struct vm_verdict verdict;
    const uint8_t *data; /* data_bytes, to be copied to manifest.data_address */
    uint32_t data_bytes;
    const uint8_t *capabilities; /* capability_count rows of ARTIFACT_CAPABILITY_BYTES */
    uint32_t capability_count;
    const uint8_t *values; /* value_count rows of VALUE_ROW_BYTES, each checked alone */
    uint32_t value_count;
    const uint8_t *commands; /* command_count rows of COMMAND_ROW_BYTES, likewise */
    uint32_t command_count;
    const uint8_t *mailboxes; /* mailbox_count rows of MAILBOX_ROW_BYTES, likewise */
    uint32_t mailbox_count;

    /* below: private to load.c */
    const uint8_t *bytes;
    uint32_t section, section_done; /* how far hashing is */
    struct trust_hash hash;
};

/* Decodes the head of an artifact of type guest. `bytes` is aligned to ARTIFACT_ALIGNMENT; `length` is what is there
 * now, at least the head. ST_CORRUPT or ST_VERSION with the fault filled. */
enum status load_start(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault);

/* Refuses an artifact made for another host ABI or another product (ST_VERSION). `product_id` 0: this host takes any.
 */
enum status load_check_host(const struct load *load, uint16_t abi, uint32_t product_id, struct artifact_fault *fault);

/* Goes on checking: hashes at most `budget_bytes` (1 or more) of what is there (the first `length` bytes of the file);
 * the last step verifies the bytecode as a whole. ST_AGAIN: call again (with more bytes, if all that is there was
 * hashed). ST_OK: the program may run. ST_CORRUPT, ST_REFUSED with the fault filled; if the verifier refused, verdict
 * says more, and the fault's offset is the word's. */
enum status load_step(struct load *load, size_t length, uint32_t budget_bytes, struct artifact_fault *fault);

/* All steps at once, for a file that is there as a whole: also refuses bytes behind its end. */
enum status load_all(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault);

/* The same two for any type, for those who keep or check artifacts that they do not run: of other types than guest, the
 * sections are hashed and nothing more, and there is no program. */
enum status load_start_any(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault);
enum status load_all_any(struct load *load, const void *bytes, size_t length, struct artifact_fault *fault);

/* Makes a VM, which vm_init has set up for this program with the manifest's ram_bytes and return_entries, ready to run
 * from the entry function: data in place, stack pointer at the stack's end. */
enum status load_place(const struct load *load, struct vm *vm);

#endif
