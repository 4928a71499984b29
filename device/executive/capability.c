#include "device/executive/capability.h"

static uint32_t lower_rate(uint32_t a, uint32_t b) {
    if (a == 0 || b == 0) return a + b;
    return a < b ? a : b;
}

/* A rate above a million a second is a million: time is counted in microseconds. */
static uint32_t interval_of(uint32_t rate) {
    if (rate == 0) return 0;
    return rate >= 1000000 ? 1 : (1000000u + rate - 1) / rate;
}

bool capability_grant(const struct artifact_capability *request, const struct artifact_capability *grants,
                      uint32_t grant_count, struct capability *held) {
    for (uint32_t i = 0; i < grant_count; i++) {
        const struct artifact_capability *grant = &grants[i];
        if (grant->group != request->group || (request->mode & ~grant->mode) != 0) continue;
        if (request->first < grant->first || request->last > grant->last) continue;
        *held = (struct capability){.group = request->group,
                                    .mode = request->mode,
                                    .first = request->first,
                                    .last = request->last,
                                    .interval_us = interval_of(lower_rate(request->rate, grant->rate))};
        return true;
    }
    return false;
}

/* The modes of the need that this row gives, for all its resources. */
static uint8_t gives(const struct capability *row, uint32_t group, const struct call_need *need) {
    if (row->group != group) return 0;
    if (need->ranged && (need->first < row->first || need->last > row->last)) return 0;
    return row->mode & need->mode;
}

static bool used_up(const struct capability *row, uint64_t now_us) {
    uint32_t ahead_us = row->interval_us < CAPABILITY_BURST_US ? CAPABILITY_BURST_US - row->interval_us : 0;
    return row->interval_us > 0 && row->due_us > now_us + ahead_us;
}

static void spend(struct capability *row, uint64_t now_us) {
    if (row->due_us < now_us) row->due_us = now_us;
    row->due_us += row->interval_us;
}

enum status capability_use(struct capability *rows, uint32_t count, uint32_t group, const struct call_need *need,
                           uint64_t now_us) {
    uint8_t given = 0;
    bool over = false;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t modes = gives(&rows[i], group, need);
        given |= modes;
        over = over || (modes != 0 && used_up(&rows[i], now_us));
    }
    if (need->any ? given == 0 : given != need->mode) return ST_DENIED;
    if (over) return ST_QUOTA;
    for (uint32_t i = 0; i < count; i++) {
        if (gives(&rows[i], group, need) != 0) spend(&rows[i], now_us);
    }
    return ST_OK;
}

bool capability_covers(const struct capability *rows, uint32_t count, uint32_t group, uint8_t mode, uint32_t resource) {
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].group != group || (rows[i].mode & mode) == 0) continue;
        if (resource >= rows[i].first && resource <= rows[i].last) return true;
    }
    return false;
}
