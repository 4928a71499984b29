/* A device that writes a pair of numbers one after the other and expects to find a pair: what power_test.py shows the
 * harness to find. */
#include "test/power/power.h"

static void write_unit(struct power_rig *rig, uint32_t offset, uint8_t number) {
    const struct flash_area *const area = &rig->area[0].area;
    uint8_t unit[FLASH_AREA_PROGRAM_BYTES_MAX] = {number, number, number};
    POWER_CHECK(rig, area->program(area, offset, unit, area->program_bytes) == ST_OK);
}
static uint8_t number_at(struct power_rig *rig, uint32_t offset) {
    uint8_t number;
    (void)rig->area[0].area.read(&rig->area[0].area, offset, &number, 1);
    return number;
}

static void set_up(struct power_rig *rig) { power_area(rig, 2); }
static void work(struct power_rig *rig) {
    write_unit(rig, 0, 7);
    write_unit(rig, rig->geometry->program_bytes, 7);
}
static void boot(struct power_rig *rig) {
    if (number_at(rig, 0) != number_at(rig, rig->geometry->program_bytes)) power_fail(rig, "half a pair");
}
static void proceed(struct power_rig *rig) { (void)rig; }

int main(int argc, char **argv) {
    static const struct power_scenario scenario = {"careless", set_up, work, boot, proceed, "page-4k-unit-8"};
    return power_main(&scenario, 1, 10, argc, argv);
}
