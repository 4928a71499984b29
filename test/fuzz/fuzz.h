/* fuzz: what a fuzz target supplies. The same target runs under libFuzzer (run.sh) and under drive.c, which needs
 * nothing but a seed. */
#ifndef SKEP_TEST_FUZZ_FUZZ_H
#define SKEP_TEST_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "test/oracle/random.h"

enum { FUZZ_BYTES_MAX = 1 << 16 };

/* Takes any bytes. Ends the process where the code under test did something that it must not. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* An input that the code under test accepts, to begin with; its length. */
size_t fuzz_begin(struct random *random, uint8_t to[FUZZ_BYTES_MAX]);

/* Makes what stands in an input for the rest of it (hashes, sums) right again, so that changes reach what lies behind
 * them. */
void fuzz_mend(uint8_t *bytes, size_t length);

/* One to several random changes in place: bits, bytes, numbers, pieces moved, dropped or doubled. Gives the new length.
 */
size_t fuzz_change(struct random *random, uint8_t *bytes, size_t length, size_t capacity);

_Noreturn void fuzz_failed(const char *what);

#endif
