/* steps: guests that are lists of host calls: each call's status and value are kept for the test to look at. */
#ifndef SKEP_TEST_SIM_STEPS_H
#define SKEP_TEST_SIM_STEPS_H

#include "test/sim/rig.h"

enum { STEPS_BUFFER = 0x800, STEPS_MAX = 48 };
#define RESULT_OF(step) (INT32_MIN + (step)) /* as an argument: the value that an earlier step gave */

/* One call; with a name that is a0, and the arguments follow it. */
struct step {
    const char *call, *name;
    int32_t argument[6];
};
#define CALL(...)  {__VA_ARGS__}
#define STEPS(...) ((const struct step[]){__VA_ARGS__, {NULL, NULL, {0}}})

/* A guest that makes these calls one after the other, and ends. The bytes 1, 2, 3... are at STEPS_BUFFER; read_only of
 * the guest, if any, is at the start of the read-only window; its text comes before the calls. */
uint32_t steps_add(struct rig *rig, const struct step *steps);
uint32_t steps_add_with(struct rig *rig, const struct step *steps, struct rig_guest guest);
int32_t steps_status(const struct rig *rig, uint32_t pid, size_t step);
uint32_t steps_value(const struct rig *rig, uint32_t pid, size_t step);
const uint8_t *steps_memory(const struct rig *rig, uint32_t pid, uint32_t address);

#endif
