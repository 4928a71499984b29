/* budget_row: what an artifact asks for its budget: 32 bytes. Source: spec/artifact.md section 8. */
#ifndef SKEP_CORE_WIRE_BUDGET_ROW_H
#define SKEP_CORE_WIRE_BUDGET_ROW_H

#include <stdint.h>

#include "core/base/status.h"

enum { BUDGET_ROW_BYTES = 32 };

/* 0: it asks for nothing of that kind. */
struct budget_row {
    uint64_t fuel_words;
    uint32_t period_ms, period_words; /* both or none */
    uint32_t calls, messages, log_bytes, live_ms;
};

void budget_row_encode(const struct budget_row *row, uint8_t to[BUDGET_ROW_BYTES]);
/* ST_CORRUPT: what is wrong, for people, in *reason. */
enum status budget_row_decode(const uint8_t bytes[BUDGET_ROW_BYTES], struct budget_row *row, const char **reason);

#endif
