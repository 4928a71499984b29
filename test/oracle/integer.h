/* integer: what the oracle's integer rows compute, bit by bit as spec/isa_table.md says it, owing nothing to the VM.
 * Counts are below the width of what is shifted. */
#ifndef SKEP_TEST_ORACLE_INTEGER_H
#define SKEP_TEST_ORACLE_INTEGER_H

#include <stdint.h>

uint64_t shift_left(uint64_t value, uint32_t count);
uint64_t shift_right(uint64_t value, uint32_t count);
uint64_t shift_right_signed(int64_t value, uint32_t count);
uint32_t rotate_right(uint32_t value, uint32_t count);
uint64_t rotate_left_64(uint64_t value, uint32_t count);
uint32_t leading_zeros(uint32_t value);
uint32_t trailing_zeros(uint32_t value);
uint32_t ones(uint32_t value);
uint32_t bytes_set(uint32_t value);
uint32_t bytes_reversed(uint32_t value);

#endif
