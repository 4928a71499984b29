/* Any bytes as a program's tables and words, each table in a block of exactly its size: the verifier stays inside them,
 * and says the same twice. Input: six counts as u16, then the tables. */
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/vm/vm.h"
#include "test/fuzz/fuzz.h"
#include "test/oracle/random_program.h"

enum { HEAD_BYTES = 8 };

static void *copy(const uint8_t **from, const uint8_t *end, size_t bytes) {
    size_t there = (size_t)(end - *from);
    uint8_t *to = calloc(1, bytes + (bytes == 0));
    if (!to) abort();
    if (bytes > 0) memcpy(to, *from, bytes < there ? bytes : there);
    *from += bytes < there ? bytes : there;
    return to;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length) {
    if (length < HEAD_BYTES) return 0;
    const uint8_t *at = input + HEAD_BYTES, *end = input + length;
    struct vm_program program = {
        .code_words = load_le16(input),
        .function_count = load_le16(input + 2),
        .call_count = load_le16(input + 4),
        .entry_function = load_le16(input + 6),
    };
    uint8_t *functions = copy(&at, end, (size_t)program.function_count * VM_FUNCTION_BYTES);
    uint8_t *calls = copy(&at, end, (size_t)program.call_count * 2);
    uint32_t *code = copy(&at, end, (size_t)program.code_words * 4);
    static const uint8_t no_window[VM_PAD_BYTES];
    program.functions = functions;
    program.calls = calls;
    program.code = code;
    program.read_only = no_window;
    struct vm_verdict first, second;
    enum status status = vm_verify(&program, &first);
    if (status != vm_verify(&program, &second) || memcmp(&first, &second, sizeof first) != 0)
        fuzz_failed("two verdicts");
    if ((status == ST_OK) != (first.refusal == VM_ACCEPTED)) fuzz_failed("status and refusal disagree");
    if (status != ST_OK && program.code_words > 0 && first.word > program.code_words)
        fuzz_failed("a word behind the end");
    if (status == ST_OK && (first.run_words == 0 || first.run_words > VM_RUN_WORDS_MAX))
        fuzz_failed("a run out of range");
    free(functions);
    free(calls);
    free(code);
    return 0;
}

size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]) {
    static struct assembly assembly;
    static char text[RANDOM_PROGRAM_BYTES];
    do random_program_text(random, text);
    while (!assemble(text, &assembly));
    uint8_t *at = to + HEAD_BYTES;
    store_le16(to, (uint16_t)assembly.word_count);
    store_le16(to + 2, (uint16_t)assembly.function_count);
    store_le16(to + 4, (uint16_t)assembly.call_count);
    store_le16(to + 6, (uint16_t)assembly.entry_function);
    memcpy(at, assembly.functions, assembly.function_count * VM_FUNCTION_BYTES);
    at += assembly.function_count * VM_FUNCTION_BYTES;
    memcpy(at, assembly.calls, assembly.call_count * 2);
    at += assembly.call_count * 2;
    memcpy(at, assembly.words, assembly.word_count * 4);
    return (size_t)(at - to) + assembly.word_count * 4;
}

/* The table's entries made to be where entry words are, and the number of words what there is. */
void fuzz_mend(uint8_t *bytes, size_t length) {
    if (length < HEAD_BYTES) return;
    size_t rows = load_le16(bytes + 2), code = HEAD_BYTES + rows * VM_FUNCTION_BYTES + 2 * (size_t)load_le16(bytes + 4);
    if (code > length) return;
    size_t words = (length - code) / 4, row = 0;
    store_le16(bytes, (uint16_t)words);
    for (size_t i = 1; i < words && row < rows; i++) {
        uint8_t op = bytes[code + 4 * i];
        if (op < OP_ENTRY0 || op > OP_ENTRY2) continue;
        store_le32(bytes + HEAD_BYTES + VM_FUNCTION_BYTES * row++, (uint32_t)i);
    }
}
