/* Any bytes as words; those that make an accepted program run on all three interpreters alike. Input: a seed of 8
 * bytes, then words. What a fuzzer would rarely hit is supplied: STOP at word 0, an entry at word 1, runs that suffice,
 * and a table with a row for every entry. */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "test/fuzz/fuzz.h"
#include "test/oracle/differential.h"
#include "test/oracle/random_program.h"

enum { SEED_BYTES = 8, WORDS_MAX = 4000, CALL_NUMBERS = 4096 };

static bool is_entry(uint32_t word) { return (word & 0xff) >= OP_ENTRY0 && (word & 0xff) <= OP_ENTRY2; }

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length) {
    static uint8_t calls[2 * CALL_NUMBERS];
    static const uint8_t read_only[RANDOM_READ_ONLY_BYTES + VM_PAD_BYTES] = {1, 2, 3, 4, 0x80, 0xff};
    if (length < SEED_BYTES + 8) return 0;
    uint32_t words = (uint32_t)(length - SEED_BYTES) / 4, count = 0;
    if (words > WORDS_MAX) words = WORDS_MAX;
    uint32_t *code = malloc(words * sizeof *code);
    uint8_t *functions = malloc((size_t)words * VM_FUNCTION_BYTES);
    if (!code || !functions) abort();
    memcpy(code, input + SEED_BYTES, words * sizeof *code);
    code[0] = OP_STOP;
    if (!is_entry(code[1])) code[1] = OP_ENTRY0;
    for (uint32_t i = 0; i < words; i++) {
        if (!is_entry(code[i])) continue;
        code[i] = (code[i] & 0x7ff000ff) | VM_RUN_WORDS_MAX << 8;
        assembly_row_put(functions, count++, (struct assembly_row){i, VM_UNBOUNDED, VM_UNBOUNDED, VM_UNBOUNDED, 0});
    }
    for (uint32_t i = 0; i < CALL_NUMBERS; i++) store_le16(calls + 2 * i, (uint16_t)i);
    struct vm_program program = {.code = code,
                                 .code_words = words,
                                 .functions = functions,
                                 .function_count = count,
                                 .read_only = read_only,
                                 .read_only_bytes = RANDOM_READ_ONLY_BYTES,
                                 .calls = calls,
                                 .call_count = CALL_NUMBERS};
    struct vm_verdict verdict;
    char difference[DIFFERENCE_BYTES];
    if (vm_verify(&program, &verdict) == ST_OK && !differential_run(&program, load_le64(input), NULL, difference))
        fuzz_failed(difference);
    free(code);
    free(functions);
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static struct assembly assembly;
    static char text[RANDOM_PROGRAM_BYTES];
    do random_program_text(random, text);
    while (!assemble(text, &assembly));
    store_le64(to, random_64(random));
    memcpy(to + SEED_BYTES, assembly.words, assembly.word_count * 4);
    return SEED_BYTES + assembly.word_count * 4;
}

void fuzz_mend(uint8_t *bytes, size_t length) {
    (void)bytes;
    (void)length;
}
