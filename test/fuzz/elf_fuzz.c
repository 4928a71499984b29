/* Any bytes as an ELF: refused with a message that ends, or lowered to a program that the verifier accepts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vm/vm.h"
#include "test/fuzz/fuzz.h"
#include "toolchain/lower/lower.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length) {
    static const struct lower_options options[] = {{0}, {.debug = true}, {.no_fusion = true}};
    struct lower_program program;
    char message[LOWER_MESSAGE_BYTES];
    memset(message, 'x', sizeof message);
    enum status status = lower_elf(input, length, &options[length % 3], &program, message);
    if (status != ST_OK) {
        if (memchr(message, 0, sizeof message) == NULL || message[0] == 0) fuzz_failed("a refusal without a message");
        return 0;
    }
    struct vm_program lowered = {.code = program.words,
                                 .code_words = program.word_count,
                                 .functions = program.function_table,
                                 .function_count = program.function_count,
                                 .read_only = program.read_only,
                                 .read_only_bytes = program.read_only_bytes,
                                 .calls = (const uint8_t *)program.calls,
                                 .call_count = program.call_count,
                                 .entry_function = program.entry_function};
    struct vm_verdict verdict;
    if (vm_verify(&lowered, &verdict) != ST_OK) fuzz_failed("lowered to a program that the verifier refuses");
    lower_free(&program);
    return 0;
}

static size_t read_seed(const char *path, uint8_t to[FUZZ_BYTES_MAX]) {
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(to, 1, FUZZ_BYTES_MAX, file) : 0;
    if (!file || length == 0 || length == FUZZ_BYTES_MAX)
        fuzz_failed("an ELF to begin with cannot be read, or is large");
    fclose(file);
    return length;
}

/* One of the linked guests that the build made: more often the small one, where most bytes mean something. */
size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static uint8_t seed[2][FUZZ_BYTES_MAX];
    static size_t length[2];
    if (length[0] == 0) {
        length[0] = read_seed(FUZZ_ELF "g0.elf", seed[0]);
        length[1] = read_seed(FUZZ_ELF "g1.elf", seed[1]);
    }
    unsigned which = random_percent(random, 25);
    memcpy(to, seed[which], length[which]);
    return length[which];
}

void fuzz_mend(uint8_t *bytes, size_t length) {
    (void)bytes;
    (void)length;
}
