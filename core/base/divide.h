/* divide: 64 bits by 32, where a processor has no instruction for it, and a library's function is larger than what uses
 * it. */
#ifndef SKEP_CORE_BASE_DIVIDE_H
#define SKEP_CORE_BASE_DIVIDE_H

#include <stdint.h>

/* Precondition: `by` is not 0. */
uint64_t divide_u64(uint64_t number, uint32_t by);

#endif
