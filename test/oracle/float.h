/* oracle float: spec/isa.md section 8 done the slow and certain way: every result is first had exactly, as a whole
 * number times a power of two, and rounded once. Shares nothing with core/vm. */
#ifndef SKEP_TEST_ORACLE_FLOAT_H
#define SKEP_TEST_ORACLE_FLOAT_H

#include <stdbool.h>
#include <stdint.h>

enum oracle_format { ORACLE_SINGLE, ORACLE_HALF };

/* Rounding as the `rm` field has it. */
enum oracle_rounding { ORACLE_NEAREST_EVEN, ORACLE_TOWARDS_ZERO, ORACLE_DOWN, ORACLE_UP, ORACLE_NEAREST_AWAY };

/* Operands and results are registers: a binary16 operand is the low half, a binary16 result has its sign in the upper
 * half. */
uint32_t oracle_multiply_add(enum oracle_format format, uint32_t b, uint32_t c, uint32_t d, bool negate_product,
                             bool negate_d);
uint32_t oracle_add(enum oracle_format format, uint32_t b, uint32_t c, bool negate_c);
uint32_t oracle_multiply(enum oracle_format format, uint32_t b, uint32_t c);
uint32_t oracle_divide(enum oracle_format format, uint32_t b, uint32_t c);
uint32_t oracle_square_root(enum oracle_format format, uint32_t b);
uint32_t oracle_extreme(enum oracle_format format, uint32_t b, uint32_t c, bool largest);
bool oracle_equal(enum oracle_format format, uint32_t b, uint32_t c);
bool oracle_less(enum oracle_format format, uint32_t b, uint32_t c);
/* b's magnitude with a sign of: 0 c's, 1 the inverse of c's, 2 b's xor c's. */
uint32_t oracle_sign(enum oracle_format format, uint32_t b, uint32_t c, int how);
uint32_t oracle_class(enum oracle_format format, uint32_t b);
uint32_t oracle_to_integer(enum oracle_format format, uint32_t b, bool is_signed, enum oracle_rounding rounding);
uint32_t oracle_from_integer(enum oracle_format format, uint32_t b, bool is_signed, enum oracle_rounding rounding);
uint32_t oracle_convert(enum oracle_format from, enum oracle_format to, uint32_t b);

#endif
