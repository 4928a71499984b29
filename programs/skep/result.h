/* result: what an operation answered, for people: a list as a table that fits the terminal, fields as lines. It knows
 * no operation; the table of operations says what there is. */
#ifndef SKEP_PROGRAMS_SKEP_RESULT_H
#define SKEP_PROGRAMS_SKEP_RESULT_H

#include "host/link/codec.h"

void result_print(const struct operation_name *row, const json_t *result);

/* The parameters that words like "pid=3" say. NULL: the message says which word is wrong, and what stands there. */
enum { RESULT_MESSAGE_BYTES = 400 };
json_t *result_parameters(const struct operation_name *row, const char *const *words, size_t count,
                          char message[RESULT_MESSAGE_BYTES]);

#endif
