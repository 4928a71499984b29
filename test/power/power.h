/* power: cuts the power at every flash operation of a scenario that runs the real code, and again while it recovers.
 *
 * A scenario is a row: set_up makes what is there before, work is what is cut, boot is a start after a cut: it recovers
 * and holds what it finds against the scenario's state, which is what the world outside knows; proceed goes on as a
 * device would. For each operation of work, in each way that power goes, a run is: work until the cut; boot and
 * proceed, cut once or twice more; boot and proceed; several boots, of which one and one for each cut may write;
 * proceed, and boot again.
 *
 * A run has an id, which a failure prints and which runs it again:
 *     SCENARIO:GEOMETRY:MODE.CUT[/MODE.CUT...]:SEED.CHANCE */
#ifndef SKEP_TEST_POWER_POWER_H
#define SKEP_TEST_POWER_POWER_H

#include <setjmp.h>

#include "device/port/sim/sim_flash.h"
#include "test/oracle/random.h"

enum { POWER_AREAS_MAX = 4, POWER_CUTS_MAX = 3, POWER_MEMORY_BYTES = 1 << 20, POWER_STATE_BYTES = 1 << 16 };

/* Memory to run on, by the name it has in ids. */
struct power_geometry {
    const char *name;
    uint32_t erase_bytes, program_bytes;
    uint8_t erased_value;
    bool program_once, writable;
};

struct power_rig {
    const struct power_geometry *geometry;
    struct random random; /* of the scenario's choices; the same in every run of a seed */
    struct sim_flash area[POWER_AREAS_MAX];
    uint32_t areas;
    void *state; /* POWER_STATE_BYTES that no power cut touches, zeros before set_up */

    /* below: private to power.c */
    struct sim_power power;
    uint8_t *memory;
    size_t memory_used;
    jmp_buf cut, failed;
    const char *id;
};

struct power_scenario {
    const char *name;
    void (*set_up)(struct power_rig *rig);
    void (*work)(struct power_rig *rig);
    void (*boot)(struct power_rig *rig);
    void (*proceed)(struct power_rig *rig);
    const char *geometries; /* those it runs on, by the beginning of their names; NULL: all */
};

/* For set_up: another area of so many erase units of the rig's geometry. */
struct sim_flash *power_area(struct power_rig *rig, uint32_t erase_units);
/* Ends the run: what should never be is. */
_Noreturn void power_fail(struct power_rig *rig, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define POWER_CHECK(rig, condition)                                                                                    \
    ((condition) ? (void)0 : power_fail(rig, "line %d: not true: %s", __LINE__, #condition))

/* main of a program with scenarios: [CUTS [SEED]], or one id. Every single cut is made; the rest up to CUTS, shared
 * among scenarios and geometries, are nested ones at places of chance. */
int power_main(const struct power_scenario *scenarios, size_t count, unsigned long cuts, int argc, char **argv);

#endif
