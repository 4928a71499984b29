/* libFuzzer's changes, or ours; half of the time what stands for the rest is made right again. */
#include "test/fuzz/fuzz.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t capacity);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t capacity, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t capacity, unsigned seed) {
    struct random random = {seed};
    length = random_percent(&random, 70) ? LLVMFuzzerMutate(bytes, length, capacity)
                                         : fuzz_change(&random, bytes, length, capacity);
    if (random_percent(&random, 50)) fuzz_mend(bytes, length);
    return length;
}
