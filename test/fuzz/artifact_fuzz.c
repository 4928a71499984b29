/* Any bytes as an artifact: decoded, loaded whole and in pieces with the same end, and run where they are accepted. */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/trust/trust.h"
#include "core/vm/load.h"
#include "test/fuzz/fuzz.h"
#include "test/hostile/attack.h"

enum { RAM_MAX = 1 << 20, FUEL = 20000, STOPS_MAX = 50 };

static void run(const struct load *load) {
    const struct artifact_manifest *manifest = &load->artifact.manifest;
    if (manifest->ram_bytes > RAM_MAX) return;
    uint8_t *ram = malloc(manifest->ram_bytes + VM_PAD_BYTES);
    uint32_t *return_stack = malloc(sizeof *return_stack * manifest->return_entries);
    if (!ram || !return_stack) abort();
    struct vm vm;
    vm_init(&vm, &load->program, ram, manifest->ram_bytes, return_stack, manifest->return_entries);
    if (load_place(load, &vm) != ST_OK) fuzz_failed("an accepted artifact could not be placed");
    vm.fuel = FUEL;
    for (int stops = 0; stops < STOPS_MAX; stops++) {
        enum vm_stop stop = vm_run(&vm);
        if (stop != VM_STOP_CALL && stop != VM_STOP_BREAK) break;
    }
    free(ram);
    free(return_stack);
}

/* Arriving in pieces, an artifact fares as it does when it is there as a whole. */
static void compare_in_pieces(const uint8_t *bytes, size_t length, enum status whole, uint32_t whole_offset) {
    static struct load load;
    struct artifact_fault fault = {0, ""};
    enum status status = load_start(&load, bytes, length, &fault);
    for (size_t there = length / 3; status == ST_OK || status == ST_AGAIN;
         there = there + 1 < length ? there + 37 : length) {
        status = load_step(&load, there < length ? there : length, 53, &fault);
        if (status == ST_OK) break;
    }
    if (status != whole || (status != ST_OK && fault.offset != whole_offset))
        fuzz_failed("pieces fare unlike the whole");
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length) {
    static struct load load;
    struct artifact_fault fault = {0, NULL};
    uint8_t *bytes = aligned_alloc(8, (length + 8) / 8 * 8); /* artifacts lie at multiples of 8 */
    if (!bytes) abort();
    memcpy(bytes, input, length);
    enum status status = load_all(&load, bytes, length, &fault);
    if (status != ST_OK && (fault.reason == NULL || fault.offset > length + ARTIFACT_HEAD_BYTES_MAX))
        fuzz_failed("a refusal does not say why or where");
    bool has_all = length >= ARTIFACT_HEADER_BYTES && load_le32(bytes + 8) == length;
    if (has_all) compare_in_pieces(bytes, length, status, fault.offset);
    if (status == ST_OK) run(&load);
    free(bytes);
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static struct attack_case made;
    do attack_begin(&made, random);
    while (made.twin.length > FUZZ_BYTES_MAX);
    memcpy(to, made.twin.bytes, made.twin.length);
    return made.twin.length;
}

/* Sizes, offsets and hashes made to agree with what is there. */
void fuzz_mend(uint8_t *bytes, size_t length) {
    if (length < ARTIFACT_HEADER_BYTES) return;
    store_le32(bytes + 8, (uint32_t)length);
    uint64_t count = load_le16(bytes + 108), start = ARTIFACT_HEADER_BYTES + ARTIFACT_ROW_BYTES * count + 80;
    for (uint64_t i = 0; i < count && ARTIFACT_HEADER_BYTES + ARTIFACT_ROW_BYTES * (i + 1) <= length; i++) {
        uint8_t *row = bytes + ARTIFACT_HEADER_BYTES + ARTIFACT_ROW_BYTES * i;
        uint64_t stored = artifact_stored_bytes(load_le32(row + 8));
        if (start + stored > length) return;
        store_le32(row + 4, (uint32_t)start);
        trust_hash_of(bytes + start, (size_t)stored, row + 16);
        start += stored;
    }
}
