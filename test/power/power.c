#include "test/power/power.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/require.h"

enum { ID_BYTES = 160, FAILURES_SHOWN_MAX = 20, BOOTS = 6 };

static const struct power_geometry geometries[] = {
    {"page-2k-unit-8-once", 2048, 8, 0xff, true, false},
    {"page-4k-unit-8", 4096, 8, 0xff, false, false},
    {"page-4k-unit-4", 4096, 4, 0xff, false, false},
    {"page-2k-unit-1", 2048, 1, 0xff, false, false},
    {"page-16k-unit-16", 16384, 16, 0xff, false, false},
    {"page-4k-unit-16-once-zero", 4096, 16, 0x00, true, false},
    {"page-4k-unit-4-zero", 4096, 4, 0x00, false, false},
    {"page-2k-unit-1-zero", 2048, 1, 0x00, false, false},
    {"fram-1k", 1024, 1, 0xff, false, true},
    {"fram-1k-zero", 1024, 1, 0x00, false, true},
};
enum { GEOMETRIES = sizeof geometries / sizeof geometries[0] };
static const char *const modes[SIM_POWER_MODES] = {"before", "torn", "unstable"};

struct plan {
    uint32_t cuts;
    struct {
        uint32_t mode, at;
    } cut[POWER_CUTS_MAX];
    uint64_t seed, chance; /* of the scenario's choices; of what cells do when the power goes */
};

struct driver {
    struct power_rig rig;
    struct power_rig start; /* as after set_up, to begin each run with; and what it points to */
    uint8_t *start_memory;
    void *start_state;
    const struct power_scenario *scenario;
    unsigned long runs, cuts, failed;
};

struct sim_flash *power_area(struct power_rig *rig, uint32_t erase_units) {
    const struct power_geometry *const given = rig->geometry;
    const struct flash_area area = {.size_bytes = erase_units * given->erase_bytes,
                                    .erase_bytes = given->erase_bytes,
                                    .program_bytes = given->program_bytes,
                                    .erase_us = 20000,
                                    .program_us = 90,
                                    .erased_value = given->erased_value,
                                    .program_once = given->program_once,
                                    .writable = given->writable};
    struct sim_flash *const flash = &rig->area[rig->areas++];
    require(rig->areas <= POWER_AREAS_MAX && rig->memory_used + sim_flash_memory_bytes(&area) <= POWER_MEMORY_BYTES);
    sim_flash_init(flash, &area, rig->memory + rig->memory_used, &rig->power);
    rig->memory_used += sim_flash_memory_bytes(&area);
    return flash;
}

void power_fail(struct power_rig *rig, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("FAILED %s: ", rig->id);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    longjmp(rig->failed, 1);
}

static void lost(void *context) {
    struct power_rig *const rig = context;
    longjmp(rig->cut, 1);
}

/* ---- ids ---- */

static void write_id(char id[ID_BYTES], const struct power_scenario *scenario, const struct power_geometry *geometry,
                     const struct plan *plan) {
    int length = snprintf(id, ID_BYTES, "%s:%s:", scenario->name, geometry->name);
    for (uint32_t i = 0; i < plan->cuts; i++)
        length += snprintf(id + length, ID_BYTES - (size_t)length, "%s%s.%" PRIu32, i > 0 ? "/" : "",
                           modes[plan->cut[i].mode], plan->cut[i].at);
    snprintf(id + length, ID_BYTES - (size_t)length, ":%" PRIu64 ".%" PRIu64, plan->seed, plan->chance);
}

static bool read_plan(const char *text, struct plan *plan) {
    *plan = (struct plan){0};
    for (;;) {
        const size_t name = strcspn(text, ".");
        uint32_t mode = 0;
        while (mode < SIM_POWER_MODES && (strlen(modes[mode]) != name || strncmp(text, modes[mode], name) != 0)) mode++;
        if (mode == SIM_POWER_MODES || plan->cuts == POWER_CUTS_MAX || text[name] != '.') return false;
        char *end;
        plan->cut[plan->cuts].mode = mode;
        plan->cut[plan->cuts++].at = (uint32_t)strtoul(text + name + 1, &end, 10);
        text = end + 1;
        if (*end == ':') plan->seed = strtoull(text, &end, 10);
        if (*end == '.') plan->chance = strtoull(end + 1, &end, 10);
        if (*end != '/') return *end == '\0';
    }
}

/* ---- runs ---- */

static void set_up(struct driver *driver, const struct power_geometry *geometry, uint64_t seed) {
    struct power_rig *const rig = &driver->rig;
    *rig = (struct power_rig){.geometry = geometry, .memory = rig->memory, .state = rig->state, .random = {seed}};
    rig->power = (struct sim_power){.random = seed, .lost = lost, .context = rig};
    rig->id = driver->scenario->name;
    memset(rig->state, 0, POWER_STATE_BYTES);
    if (setjmp(rig->failed) != 0) exit(EXIT_FAILURE);
    driver->scenario->set_up(rig);
    driver->start = *rig;
    memcpy(driver->start_memory, rig->memory, rig->memory_used);
    memcpy(driver->start_state, rig->state, POWER_STATE_BYTES);
}

/* Runs both until they end or the power goes in operation `at`; 0: it does not. */
static bool is_cut(struct power_rig *rig, uint32_t mode, uint32_t at, void (*first)(struct power_rig *),
                   void (*then)(struct power_rig *)) {
    rig->power.starts++;
    rig->power.mode = mode;
    rig->power.cut_at = at > 0 ? rig->power.operations + at : 0;
    if (setjmp(rig->cut) != 0) return true;
    first(rig);
    then(rig);
    return false;
}

static void nothing(struct power_rig *rig) { (void)rig; }

/* What is half done may read as settled for some boots; whoever sees that it is not settles it for good. So a cut can
 * make one boot write, not every boot. */
static void end_run(struct power_rig *rig, const struct power_scenario *scenario, uint32_t cuts) {
    uint32_t wrote = 0;
    (void)is_cut(rig, 0, 0, scenario->boot, scenario->proceed);
    for (uint32_t boots = 0; boots < BOOTS; boots++) {
        const uint64_t operations = rig->power.operations;
        (void)is_cut(rig, 0, 0, scenario->boot, nothing);
        wrote += rig->power.operations != operations;
    }
    if (wrote > cuts + 1) power_fail(rig, "%u of %d boots write", wrote, BOOTS);
    (void)is_cut(rig, 0, 0, scenario->proceed, scenario->boot);
    if (rig->power.violations > 0) power_fail(rig, "flash was programmed as it cannot be");
}

/* How many operations the part after the planned cuts took without one; 0: a cut came too late to be one. */
static uint64_t run(struct driver *driver, const struct plan *plan) {
    struct power_rig *const rig = &driver->rig;
    const struct power_scenario *const scenario = driver->scenario;
    char id[ID_BYTES];
    *rig = driver->start;
    memcpy(rig->memory, driver->start_memory, rig->memory_used);
    memcpy(rig->state, driver->start_state, POWER_STATE_BYTES);
    write_id(id, scenario, rig->geometry, plan);
    rig->id = id;
    rig->power.random = (plan->seed + plan->chance * 0x10001) * 0x9e3779b97f4a7c15u;
    for (uint32_t i = 0; i < plan->cuts; i++)
        rig->power.random = (rig->power.random + plan->cut[i].at * 4 + plan->cut[i].mode + 1) * 0xbf58476d1ce4e5b9u;
    driver->runs++;
    if (setjmp(rig->failed) != 0) {
        driver->failed++;
        return 0;
    }
    for (uint32_t i = 0; i < plan->cuts; i++) {
        const bool first = i == 0;
        if (!is_cut(rig, plan->cut[i].mode, plan->cut[i].at, first ? scenario->work : scenario->boot,
                    first ? nothing : scenario->proceed))
            return 0;
        driver->cuts++;
    }
    const uint64_t before = rig->power.operations;
    end_run(rig, scenario, plan->cuts);
    return rig->power.operations - before;
}

/* Each operation of work, each way; then again with more cuts at places of chance, so many in all. */
static void cut_everywhere(struct driver *driver, uint64_t seed, unsigned long cuts) {
    struct random random = {seed};
    const unsigned long enough = driver->cuts + cuts, failed = driver->failed;
    uint32_t works = 0;
    for (struct plan plan = {.cuts = 1, .cut[0].at = 1, .seed = seed}; driver->failed == failed; plan.cut[0].at++) {
        const unsigned long before = driver->cuts;
        for (plan.cut[0].mode = 0; plan.cut[0].mode < SIM_POWER_MODES; plan.cut[0].mode++) (void)run(driver, &plan);
        if (driver->cuts == before) break;
        works = plan.cut[0].at;
    }
    while (works > 0 && driver->cuts < enough && driver->failed - failed < FAILURES_SHOWN_MAX) {
        struct plan plan = {.seed = seed, .chance = random_64(&random) >> 40};
        uint64_t operations = works;
        for (uint32_t depth = 1 + random_below(&random, POWER_CUTS_MAX); depth > 0 && operations > 0; depth--) {
            plan.cut[plan.cuts].mode = random_below(&random, SIM_POWER_MODES);
            plan.cut[plan.cuts++].at = 1 + random_below(&random, (uint32_t)operations);
            if (depth > 1) operations = run(driver, &plan);
        }
        if (operations > 0) (void)run(driver, &plan);
    }
}

static bool runs_on(const struct power_scenario *scenario, const struct power_geometry *geometry) {
    return !scenario->geometries || strncmp(geometry->name, scenario->geometries, strlen(scenario->geometries)) == 0;
}

static int run_id(struct driver *driver, const struct power_scenario *scenarios, size_t count, const char *id) {
    const char *const geometry = strchr(id, ':') + 1, *const rest = strchr(geometry, ':');
    struct plan plan;
    for (size_t i = 0; i < count && rest && read_plan(rest + 1, &plan); i++)
        for (size_t k = 0; k < GEOMETRIES; k++) {
            const size_t name = strlen(scenarios[i].name), on = strlen(geometries[k].name);
            if ((size_t)(geometry - 1 - id) != name || strncmp(id, scenarios[i].name, name) != 0) continue;
            if ((size_t)(rest - geometry) != on || strncmp(geometry, geometries[k].name, on) != 0) continue;
            driver->scenario = &scenarios[i];
            set_up(driver, &geometries[k], plan.seed);
            const bool reached = run(driver, &plan) > 0;
            printf("%s: %s\n", id, driver->failed > 0 ? "failed" : reached ? "good" : "the work ends before the cut");
            return driver->failed > 0 || !reached;
        }
    printf("%s: no such run\n", id);
    return EXIT_FAILURE;
}

static int run_all(struct driver *driver, const struct power_scenario *scenarios, size_t count, unsigned long cuts,
                   uint64_t seed) {
    unsigned long pairs = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < GEOMETRIES; k++) pairs += runs_on(&scenarios[i], &geometries[k]);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < GEOMETRIES; k++) {
            if (!runs_on(&scenarios[i], &geometries[k])) continue;
            driver->scenario = &scenarios[i];
            set_up(driver, &geometries[k], seed);
            cut_everywhere(driver, seed, cuts / pairs + 1);
        }
    printf("power: %lu cuts in %lu runs of %zu scenarios on up to %d geometries, seed %" PRIu64 "; %lu failed\n",
           driver->cuts, driver->runs, count, GEOMETRIES, seed, driver->failed);
    return driver->failed > 0 || driver->cuts < cuts;
}

int power_main(const struct power_scenario *scenarios, size_t count, unsigned long cuts, int argc, char **argv) {
    static struct driver driver;
    driver.rig.memory = malloc(POWER_MEMORY_BYTES);
    driver.rig.state = malloc(POWER_STATE_BYTES);
    driver.start_memory = malloc(POWER_MEMORY_BYTES);
    driver.start_state = malloc(POWER_STATE_BYTES);
    require(driver.rig.memory && driver.rig.state && driver.start_memory && driver.start_state);
    if (argc > 1 && strchr(argv[1], ':')) return run_id(&driver, scenarios, count, argv[1]);
    if (argc > 1) cuts = strtoul(argv[1], NULL, 10);
    return run_all(&driver, scenarios, count, cuts, argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
}
