/* busy: guests that have one of everything a task can have: values, a command, mailboxes, subscriptions, timers,
 * commands under way at another. One of them runs, one waits, one sleeps and one fails. For tests of what is left of
 * them. */
#ifndef SKEP_TEST_SIM_BUSY_H
#define SKEP_TEST_SIM_BUSY_H

#include "test/sim/rig.h"

enum { BUSY_KINDS = 4 }; /* the n-th has the value and the command n + 1 */

/* Their places in rig->artifact. The rig holds what they need; it is started already. */
void busy_pack(struct rig *rig, size_t packed[BUSY_KINDS]);

#endif
