#include "core/wire/budget_row.h"

#include "core/base/bytes.h"
#include "profile.h"

void budget_row_encode(const struct budget_row *row, uint8_t to[BUDGET_ROW_BYTES]) {
    struct writer out = writer_of(to, BUDGET_ROW_BYTES);
    put_u64(&out, row->fuel_words);
    put_u32(&out, row->period_ms);
    put_u32(&out, row->period_words);
    put_u32(&out, row->calls);
    put_u32(&out, row->messages);
    put_u32(&out, row->log_bytes);
    put_u32(&out, row->live_ms);
}

enum status budget_row_decode(const uint8_t bytes[BUDGET_ROW_BYTES], struct budget_row *row, const char **reason) {
    struct reader in = reader_of(bytes, BUDGET_ROW_BYTES);
    row->fuel_words = take_u64(&in);
    row->period_ms = take_u32(&in);
    row->period_words = take_u32(&in);
    row->calls = take_u32(&in);
    row->messages = take_u32(&in);
    row->log_bytes = take_u32(&in);
    row->live_ms = take_u32(&in);
    *reason = PROFILE_WORDS("a budget's period and its fuel are not both there");
    return (row->period_ms == 0) == (row->period_words == 0) ? ST_OK : ST_CORRUPT;
}
