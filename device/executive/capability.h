/* capability: what a task may ask of the host: {group, resource range, mode, rate}. Artifacts request rows, the
 * executive's configuration grants rows, and every call is held against what was granted.
 *
 * Owns no memory. Rows of one task lie in that task's own block. Source: spec/capability.md. */
#ifndef SKEP_DEVICE_EXECUTIVE_CAPABILITY_H
#define SKEP_DEVICE_EXECUTIVE_CAPABILITY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/wire/artifact.h"
#include "device/executive/calls_table.h"

/* A right that a task holds. */
struct capability {
    uint8_t group, mode;
    uint32_t first, last;
    uint32_t interval_us; /* mean time between two calls; 0: not limited */
    uint64_t due_us;      /* when the calls made so far would have been spread out to */
};

/* Calls may come together as long as they are no more than this ahead of their rate: a tenth of a second's worth, and
 * at least one. */
enum { CAPABILITY_BURST_US = 100000 };

/* Whether one of the grants covers the request as a whole: same group, all its modes, all its resources. On true
 * *held is what the task gets: the request, at the lower of the two rates. */
bool capability_grant(const struct artifact_capability *request, const struct artifact_capability *grants,
                      uint32_t grant_count, struct capability *held);

/* Whether the call may be made now, and if so, that it was made. ST_DENIED: some of what it needs is in no row.
 * ST_QUOTA: each row that covers the call limits it, and one of them is used up. */
enum status capability_use(struct capability *rows, uint32_t count, uint32_t group, const struct call_need *need,
                           uint64_t now_us);

/* Whether the id is among the resources of some row of the group and mode: for data that comes without a call
 * asking for it. */
bool capability_covers(const struct capability *rows, uint32_t count, uint32_t group, uint8_t mode, uint32_t resource);

#endif
