#include "device/executive/pressure.h"

#include "core/base/divide.h"
#include "device/executive/events.h"

void pressure_check(struct executive *executive, enum executive_table table, uint32_t used, uint32_t max) {
    uint32_t bit = 1u << table;
    uint32_t percent = max > 0 ? (uint32_t)divide_u64((uint64_t)used * 100, max) : 0;
    bool warned = executive->tables_pressed & bit;
    if (used < max) executive->tables_full &= ~bit;
    if (warned ? percent > PRESSURE_CLEAR_PERCENT : percent < PRESSURE_WARN_PERCENT) return;
    executive->tables_pressed ^= bit;
    struct executive_event event = {
        .kind = warned ? EVENT_RELIEVED : EVENT_PRESSURE, .a = (uint32_t)table, .b = percent};
    event_put(executive, event);
}

enum status pressure_full(struct executive *executive, enum executive_table table, uint32_t pid) {
    uint32_t bit = 1u << table;
    if (executive->tables_full & bit) return ST_FULL;
    executive->tables_full |= bit;
    struct executive_event event = {.kind = EVENT_EXHAUSTED, .pid = pid, .a = (uint32_t)table};
    event_put(executive, event);
    return ST_FULL;
}
