/* Random programs on the three interpreters.
 *   differential_test [COUNT [SEED]]
 * prints its seed; program i of a run has seed SEED + i, so that `differential_test 1 SEED` repeats one. A tenth of the
 * programs is spoilt after it was made; those that pass the verifier still must run alike. A difference is shrunk and
 * printed as a program. Memory, code and tables lie between guard pages: leaving them is a crash, which names the seed
 * too. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/oracle/differential.h"
#include "test/oracle/machine.h"
#include "test/oracle/random_program.h"

enum { QUICK_COUNT = 8000, NOP = OP_MOV | 10 << 8 | 10 << 12 };

static struct differential_counts counts;
static volatile uint64_t seed_now;
static uint64_t accepted, spoilt_accepted, spoilt;

/* The program with its code and tables where reading past their ends is noticed. */
struct guarded {
    struct vm_program program;
    uint32_t *code;
    uint8_t *functions, *read_only;
};

static struct guarded guarded_program(const struct assembly *assembly, uint64_t seed) {
    struct guarded guarded;
    size_t code_bytes = sizeof(uint32_t) * assembly->word_count,
           rows_bytes = (size_t)assembly->function_count * VM_FUNCTION_BYTES;
    guarded.code = guarded_take(code_bytes);
    guarded.functions = guarded_take(rows_bytes);
    guarded.read_only = guarded_take(RANDOM_READ_ONLY_BYTES + VM_PAD_BYTES);
    memcpy(guarded.code, assembly->words, code_bytes);
    memcpy(guarded.functions, assembly->functions, rows_bytes);
    struct random random = {seed ^ 0x5eed};
    for (int i = 0; i < RANDOM_READ_ONLY_BYTES; i++) guarded.read_only[i] = (uint8_t)random_64(&random);
    guarded.program = assembly_program(assembly, guarded.read_only, RANDOM_READ_ONLY_BYTES);
    guarded.program.code = guarded.code;
    guarded.program.functions = guarded.functions;
    return guarded;
}

static void guarded_program_give(struct guarded *guarded) {
    guarded_give(guarded->code, sizeof(uint32_t) * guarded->program.code_words);
    guarded_give(guarded->functions, (size_t)guarded->program.function_count * VM_FUNCTION_BYTES);
    guarded_give(guarded->read_only, RANDOM_READ_ONLY_BYTES + VM_PAD_BYTES);
}

/* True when the verifier accepts it and the interpreters differ. */
static bool fails(const struct assembly *assembly, uint64_t seed, struct differential_counts *into, bool *was_accepted,
                  char difference[DIFFERENCE_BYTES]) {
    struct guarded guarded = guarded_program(assembly, seed);
    struct vm_verdict verdict;
    *was_accepted = vm_verify(&guarded.program, &verdict) == ST_OK;
    bool good = !*was_accepted || differential_run(&guarded.program, seed, into, difference);
    guarded_program_give(&guarded);
    return !good;
}

static bool still_fails(const struct assembly *assembly, uint64_t seed) {
    bool was_accepted;
    char difference[DIFFERENCE_BYTES];
    return fails(assembly, seed, NULL, &was_accepted, difference);
}

/* Replaces words by ones that do nothing, and fields by zeros, as long as the difference stays. */
static void shrink(struct assembly *assembly, uint64_t seed) {
    static struct assembly trial;
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (uint32_t i = 1; i < assembly->word_count; i++) {
            uint32_t word = assembly->words[i];
            const uint32_t simpler[] = {NOP, word & 0xffff, word & 0xff00ffff};
            for (size_t s = 0; s < sizeof simpler / sizeof *simpler && assembly->words[i] == word && word != NOP; s++) {
                if (simpler[s] == word) continue;
                trial = *assembly;
                trial.words[i] = simpler[s];
                if (!still_fails(&trial, seed)) continue;
                *assembly = trial;
                smaller = true;
            }
        }
    }
}

static void print_program(const struct assembly *assembly) {
    char text[ASSEMBLY_LINE_BYTES];
    for (uint32_t i = 0, f = 0; i < assembly->word_count; i++) {
        struct assembly_row row = assembly_row_get(assembly->functions, f);
        if (f < assembly->function_count && row.entry == i) {
            printf("  function %" PRIu32 ": frame %u depth %u calls %u\n", f, row.frame, row.depth, row.calls);
            f++;
        }
        assembly_print_word(assembly->words[i], text);
        if (assembly->words[i] != NOP) printf("  %4" PRIu32 ": %s\n", i, text);
    }
}

static bool one_program(uint64_t seed) {
    static struct assembly assembly;
    static char text[RANDOM_PROGRAM_BYTES];
    struct random random = {seed};
    char difference[DIFFERENCE_BYTES];
    bool was_accepted;
    seed_now = seed;
    random_program_text(&random, text);
    if (!assemble(text, &assembly)) return printf("seed %" PRIu64 ": %s\n", seed, assembly.error), false;
    bool is_spoilt = random_percent(&random, 10);
    if (is_spoilt) random_program_spoil(&random, &assembly);
    bool bad = fails(&assembly, seed, &counts, &was_accepted, difference);
    spoilt += is_spoilt;
    spoilt_accepted += is_spoilt && was_accepted;
    accepted += was_accepted;
    if (!bad) return true;
    printf("seed %" PRIu64 ": %s\n", seed, difference);
    shrink(&assembly, seed);
    fails(&assembly, seed, NULL, &was_accepted, difference);
    printf("shrunk: %s\n", difference);
    print_program(&assembly);
    return false;
}

/* Each word of one program in turn, changed in many ways: what the verifier lets pass stays in its memory and runs
 * alike. */
static bool one_mutated(uint64_t seed) {
    static struct assembly original, mutant;
    static char text[RANDOM_PROGRAM_BYTES];
    struct random random = {seed};
    char difference[DIFFERENCE_BYTES];
    bool was_accepted;
    seed_now = seed;
    random_program_text(&random, text);
    if (!assemble(text, &original)) return false;
    for (uint32_t i = 0; i < original.word_count; i++) {
        for (int way = 0; way < 6; way++) {
            mutant = original;
            uint32_t *word = &mutant.words[i];
            if (way < 3)
                *word ^= 1u << random_below(&random, 32);
            else if (way == 3)
                *word = (*word & 0xffffff00) | random_below(&random, 256);
            else if (way == 4)
                *word = (*word & 0xffff) | random_edge(&random) << 16;
            else
                *word = (uint32_t)random_64(&random);
            bool bad = fails(&mutant, seed, &counts, &was_accepted, difference);
            spoilt++;
            spoilt_accepted += was_accepted;
            if (!bad) continue;
            printf("seed %" PRIu64 ", word %" PRIu32 " mutated: %s\n", seed, i, difference);
            shrink(&mutant, seed);
            print_program(&mutant);
            return false;
        }
    }
    return true;
}

/* A row that random programs never reach would be a row that is not compared. */
static unsigned rows_missed(void) {
    unsigned missed = 0;
    for (int code = 0; code < 256; code++) {
        if (!isa_op_name((uint8_t)code) || counts.executed[code]) continue;
        missed++;
        printf("%s was never executed\n", isa_op_name((uint8_t)code));
    }
    for (int trap = 1; trap <= VM_TRAP_JUMP; trap++) {
        if (counts.traps[trap]) continue;
        missed++;
        printf("never trapped: %s\n", vm_trap_text((enum vm_trap)trap));
    }
    return missed;
}

int main(int argument_count, char **arguments) {
    uint64_t count = argument_count > 1 ? strtoull(arguments[1], NULL, 0) : QUICK_COUNT;
    uint64_t seed = argument_count > 2 ? strtoull(arguments[2], NULL, 0) : 1, failed = 0, words = 0;
    guarded_crash(&seed_now);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("seed %" PRIu64 ", %" PRIu64 " programs\n", seed, count);
    for (uint64_t i = 0; i < count && failed < 5; i++) failed += !one_program(seed + i);
    for (uint64_t i = 0; i < (count + 199) / 200 && failed < 5; i++) failed += !one_mutated(seed + i);
    for (int code = 0; code < 256; code++) words += counts.executed[code];
    printf("%" PRIu64 " accepted; %" PRIu64 " of %" PRIu64 " spoilt ones accepted; %" PRIu64 " words; stops: %" PRIu64
           " budget, %" PRIu64 " call, %" PRIu64 " break, %" PRIu64 " return, %" PRIu64 " trap\n",
           accepted, spoilt_accepted, spoilt, words, counts.stops[0], counts.stops[1], counts.stops[2], counts.stops[3],
           counts.stops[4]);
    if (count >= QUICK_COUNT) failed += rows_missed();
    printf("%" PRIu64 " tests, %" PRIu64 " failed\n", count, failed);
    return failed != 0;
}
