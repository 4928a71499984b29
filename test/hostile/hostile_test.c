/* Hostile artifacts, each with the benign twin that must pass.
 *   hostile_test [CASES_PER_ATTACK [SEED]]      (prints its seed; the case that failed is repeated by its own)
 * Each case loads the twin, which must be accepted and run to its end, and the hostile one, which must be refused with
 * that status at that byte, or be accepted and end in exactly that trap. Files lie between guard pages. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vm/load.h"
#include "test/hostile/attack.h"
#include "test/oracle/machine.h"

enum { QUICK_CASES = 40, FUEL = 200000, CALLS_MAX = 100 };

static volatile uint64_t seed_now;
static unsigned cases, failures;

/* Runs an accepted artifact in memory of exactly the size it states. */
static bool runs_as(const struct load *load, const struct outcome *want, char *why, size_t why_bytes) {
    const struct artifact_manifest *manifest = &load->artifact.manifest;
    uint8_t *ram = guarded_take(manifest->ram_bytes + VM_PAD_BYTES);
    uint32_t *return_stack = guarded_take(sizeof *return_stack * manifest->return_entries);
    struct vm vm;
    vm_init(&vm, &load->program, ram, manifest->ram_bytes, return_stack, manifest->return_entries);
    enum status placed = load_place(load, &vm);
    enum vm_stop stop = VM_STOP_CALL;
    vm.fuel = FUEL;
    for (int calls = 0; stop == VM_STOP_CALL && calls < CALLS_MAX; calls++) stop = vm_run(&vm);
    bool good = placed == ST_OK && stop == want->stop;
    if (stop == VM_STOP_TRAP && good) good = vm.trap == want->trap && vm.trap_detail == want->detail;
    snprintf(why, why_bytes, "stop %d trap %u detail 0x%x; want %d %u 0x%x", stop, vm.trap, vm.trap_detail, want->stop,
             want->trap, want->detail);
    guarded_give(ram, manifest->ram_bytes + VM_PAD_BYTES);
    guarded_give(return_stack, sizeof *return_stack * manifest->return_entries);
    return good;
}

static bool fares_as(const struct forge *forge, const struct outcome *want, char *why, size_t why_bytes) {
    size_t room = (forge->length + 7u) / 8 * 8; /* a file may have any length, and begins at a multiple of 8 */
    uint8_t *memory = guarded_take(room);
    memcpy(memory, forge->bytes, forge->length);
    struct load load;
    struct artifact_fault fault = {0, "accepted"};
    enum status status = load_all(&load, memory, forge->length, &fault);
    uint32_t offset = want->offset;
    bool anywhere = offset == UINT32_MAX;
    if (want->status == ST_REFUSED && want->refusal != VM_ACCEPTED && !anywhere) {
        uint32_t bytes;
        offset = forge_section(forge, ARTIFACT_SECTION_CODE, &bytes) + 4 * offset;
    }
    bool good = status == want->status && (status == ST_OK || anywhere || fault.offset == offset);
    if (status == ST_REFUSED && want->refusal != VM_ACCEPTED) good = good && load.verdict.refusal == want->refusal;
    snprintf(why, why_bytes, "status %d at byte %u (%s); want %d at byte %u", status, fault.offset, fault.reason,
             want->status, offset);
    if (good && status == ST_OK && want->is_run) good = runs_as(&load, want, why, why_bytes);
    guarded_give(memory, room);
    return good;
}

static void one_case(const struct attack *attack, uint64_t seed) {
    static struct attack_case c;
    struct random random = {seed};
    char why[200];
    seed_now = seed;
    cases++;
    c.text[0] = 0;
    attack->make(&c, &random);
    bool twin_good = fares_as(&c.twin, &c.twin_outcome, why, sizeof why);
    if (!twin_good)
        printf("%s %s, seed %" PRIu64 ": the benign twin: %s\n  %s\n", attack->id, attack->name, seed, why, c.text);
    bool hostile_good = fares_as(&c.hostile, &c.hostile_outcome, why, sizeof why);
    if (!hostile_good) printf("%s %s, seed %" PRIu64 ": %s\n  %s\n", attack->id, attack->name, seed, why, c.text);
    failures += !twin_good || !hostile_good;
}

static void all_cases(const struct attack *attacks, unsigned count, uint64_t each, uint64_t seed) {
    for (unsigned i = 0; i < count; i++) {
        unsigned before = failures;
        for (uint64_t n = 0; n < each && failures < before + 3; n++) one_case(&attacks[i], seed + n);
    }
}

int main(int argument_count, char **arguments) {
    uint64_t each = argument_count > 1 ? strtoull(arguments[1], NULL, 0) : QUICK_CASES;
    uint64_t seed = argument_count > 2 ? strtoull(arguments[2], NULL, 0) : 1;
    guarded_crash(&seed_now);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("seed %" PRIu64 ", %u attacks\n", seed, container_attack_count + program_attack_count);
    all_cases(container_attacks, container_attack_count, each, seed);
    all_cases(program_attacks, program_attack_count, each, seed);
    printf("%u tests, %u failed\n", cases, failures);
    return failures != 0;
}
