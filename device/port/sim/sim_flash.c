#include "device/port/sim/sim_flash.h"

#include <string.h>

/* The last three are unstable: each bit reads as it likes; all together do; all together, and the same until the power
 * comes back. */
enum unit_state { UNIT_ERASED, UNIT_PROGRAMMED, UNIT_BITS, UNIT_WHOLE, UNIT_SLOW };

static uint32_t chance(struct sim_power *power, uint32_t limit) {
    power->random = power->random * 6364136223846793005u + 1442695040888963407u;
    uint64_t mixed = power->random ^ power->random >> 29;
    mixed *= 0xbf58476d1ce4e5b9u;
    return (uint32_t)((mixed >> 32) % limit);
}

static struct sim_flash *flash_of(const struct flash_area *area) { return area->context; }

/* Whether the power goes now; before an operation it does so at once. */
static bool is_cut(struct sim_power *power) {
    const bool cut = ++power->operations == power->cut_at;
    if (cut && power->mode == SIM_POWER_BEFORE) power->lost(power->context);
    return cut;
}

static void set_state(struct sim_flash *flash, uint32_t unit, enum unit_state state) {
    flash->unstable -= flash->state[unit] >= UNIT_BITS;
    flash->unstable += state >= UNIT_BITS;
    flash->state[unit] = (uint8_t)state;
}

static uint8_t fault_at(const struct sim_flash *flash, uint32_t offset) {
    return flash->fault[offset / flash->area.erase_bytes];
}

/* ---- reading ---- */

static void read_unstable(struct sim_flash *flash, uint32_t unit, uint32_t from, uint32_t to, uint8_t *into) {
    const bool whole = flash->state[unit] >= UNIT_WHOLE;
    bool first = chance(flash->power, 2) == 0;
    if (flash->state[unit] == UNIT_SLOW) first = ((unit + flash->power->starts) * 0x9e3779b9u & 1u << 30) == 0;
    for (uint32_t i = from; i < to; i++) {
        const uint8_t mask = whole ? (uint8_t)(first ? 0xff : 0) : (uint8_t)chance(flash->power, 256);
        into[i - from] = (uint8_t)((flash->bytes[i] & mask) | (flash->other[i] & ~mask));
    }
}

static enum status sim_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    struct sim_flash *const flash = flash_of(area);
    const uint32_t unit_bytes = area->program_bytes, end = offset + (uint32_t)length;
    enum status status = ST_OK;
    uint8_t *into = to;
    if (!flash_area_holds(area, offset, length, 1)) return ST_INVALID;
    flash->bytes_read += length;
    memcpy(into, flash->bytes + offset, length);
    for (uint32_t i = offset / area->erase_bytes; i * area->erase_bytes < end; i++)
        if (flash->fault[i] == SIM_FLASH_UNREADABLE) status = ST_CORRUPT;
    if (flash->unstable == 0) return status;
    for (uint32_t at = offset, next; at < end; at = next) {
        const uint32_t unit = at / unit_bytes;
        next = (unit + 1) * unit_bytes < end ? (unit + 1) * unit_bytes : end;
        if (flash->state[unit] < UNIT_BITS) continue;
        read_unstable(flash, unit, at, next, into + (at - offset));
        if (area->program_once && flash->state[unit] != UNIT_SLOW && chance(flash->power, 2) == 0) status = ST_CORRUPT;
    }
    return status;
}

/* ---- programming ---- */

static bool is_all_programmed(const struct flash_area *area, const uint8_t *bytes) {
    const uint8_t all = (uint8_t)~area->erased_value;
    uint32_t i = 0;
    while (i < area->program_bytes && bytes[i] == all) i++;
    return i == area->program_bytes;
}

static uint8_t programmed(const struct flash_area *area, uint8_t old, uint8_t data) {
    if (area->writable) return data;
    return area->erased_value ? old & data : old | data;
}

static void tear_unit(struct sim_flash *flash, uint32_t unit, const uint8_t *data) {
    struct sim_power *const power = flash->power;
    const bool done = power->mode == SIM_POWER_UNSTABLE;
    const uint32_t kind = chance(power, 4);
    const uint8_t *const before = chance(power, 2) == 0 ? flash->bytes : flash->other; /* of one that was unstable */
    for (uint32_t i = 0; i < flash->area.program_bytes; i++) {
        const uint32_t at = unit * flash->area.program_bytes + i;
        const uint8_t old = flash->state[unit] < UNIT_BITS ? flash->bytes[at] : before[at];
        const uint8_t full = programmed(&flash->area, old, data[i]);
        const uint8_t changed = old ^ full;
        const uint8_t some = (uint8_t)(changed & chance(power, 256)),
                      few = (uint8_t)(some & chance(power, 256) & chance(power, 256));
        flash->bytes[at] = done ? full : (uint8_t)(old ^ some);
        flash->other[at] = done ? (uint8_t)(full ^ few) : (uint8_t)(old ^ some ^ few);
        if (kind >= 2) flash->other[at] = old; /* all or nothing */
        if (kind >= 2) flash->bytes[at] = full;
        if (kind == 1 && !done) flash->other[at] = flash->bytes[at]; /* half done, but for good */
    }
    set_state(flash, unit, kind == 2 ? UNIT_WHOLE : kind == 3 ? UNIT_SLOW : UNIT_BITS);
    power->lost(power->context);
}

static void program_unit(struct sim_flash *flash, uint32_t unit, const uint8_t *data) {
    const struct flash_area *const area = &flash->area;
    const uint32_t begin = unit * area->program_bytes;
    const bool dead = is_all_programmed(area, data), unstable = flash->state[unit] >= UNIT_BITS;
    bool differs = false;
    for (uint32_t i = 0; i < area->program_bytes; i++) {
        const uint8_t full = programmed(area, flash->bytes[begin + i], data[i]);
        if (!unstable && full != data[i]) flash->power->violations++;
        flash->bytes[begin + i] = full;
        if (unstable) flash->other[begin + i] = programmed(area, flash->other[begin + i], data[i]);
        differs |= unstable && flash->other[begin + i] != full;
    }
    if (area->program_once && flash->state[unit] != UNIT_ERASED && !dead) {
        flash->power->violations += !unstable;
        differs = true;
    }
    set_state(flash, unit, differs ? UNIT_BITS : UNIT_PROGRAMMED);
}

static enum status sim_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    struct sim_flash *const flash = flash_of(area);
    const uint8_t *data = from;
    if (!flash_area_holds(area, offset, length, area->program_bytes)) return ST_INVALID;
    for (size_t done = 0; done < length; done += area->program_bytes) {
        const uint32_t at = offset + (uint32_t)done, unit = at / area->program_bytes;
        const uint8_t fault = fault_at(flash, at);
        const bool cut = is_cut(flash->power);
        flash->power->time_us += area->program_us;
        if (fault == SIM_FLASH_PROGRAM_NOTHING) continue;
        if (fault == SIM_FLASH_PROGRAM_FAILS) {
            flash->bytes[at] = (uint8_t)~area->erased_value;
            set_state(flash, unit, UNIT_PROGRAMMED);
            return ST_IO;
        }
        if (cut) tear_unit(flash, unit, data + done);
        program_unit(flash, unit, data + done);
        if (fault == SIM_FLASH_STUCK)
            flash->bytes[at] = (uint8_t)((flash->bytes[at] & ~0x10) | (area->erased_value & 0x10));
        flash->bytes_programmed += area->program_bytes;
    }
    return ST_OK;
}

/* ---- erasing ---- */

static void tear_erase(struct sim_flash *flash, uint32_t offset) {
    const struct flash_area *const area = &flash->area;
    struct sim_power *const power = flash->power;
    const uint32_t units = area->erase_bytes / area->program_bytes, reached = chance(power, units + 1),
                   kind = chance(power, 4);
    for (uint32_t i = 0; i < units; i++) {
        const uint32_t unit = offset / area->program_bytes + i;
        if (area->writable && i > reached) break; /* a fill goes byte by byte */
        for (uint32_t k = 0; k < area->program_bytes; k++) {
            const uint32_t at = unit * area->program_bytes + k;
            const uint8_t old = flash->bytes[at], some = (uint8_t)chance(power, 256);
            const uint8_t mixed = (uint8_t)((old & some) | (area->erased_value & ~some));
            flash->other[at] = area->erased_value;
            if (kind == 1) flash->other[at] = flash->bytes[at] = mixed;
            if (kind == 2 && i < reached) flash->bytes[at] = area->erased_value;
            if (power->mode == SIM_POWER_UNSTABLE) flash->bytes[at] = area->erased_value, flash->other[at] = old;
        }
        set_state(flash, unit, kind == 0 ? UNIT_WHOLE : kind == 3 ? UNIT_SLOW : UNIT_BITS);
        if (area->writable && i < reached) {
            memset(flash->bytes + unit * area->program_bytes, area->erased_value, area->program_bytes);
            set_state(flash, unit, UNIT_ERASED);
        }
    }
    power->lost(power->context);
}

static enum status sim_erase(const struct flash_area *area, uint32_t offset) {
    struct sim_flash *const flash = flash_of(area);
    if (!flash_area_holds(area, offset, area->erase_bytes, area->erase_bytes)) return ST_INVALID;
    const uint32_t page = offset / area->erase_bytes;
    const bool cut = is_cut(flash->power);
    flash->power->time_us += area->erase_us;
    flash->erases[page]++;
    if (flash->endurance > 0 && flash->erases[page] > flash->endurance && flash->fault[page] == SIM_FLASH_SOUND)
        flash->fault[page] = (uint8_t)flash->worn;
    if (flash->fault[page] == SIM_FLASH_ERASE_FAILS) return ST_IO;
    if (flash->fault[page] == SIM_FLASH_ERASE_NOTHING) return ST_OK;
    if (cut) tear_erase(flash, offset);
    memset(flash->bytes + offset, area->erased_value, area->erase_bytes);
    for (uint32_t i = 0; i < area->erase_bytes / area->program_bytes; i++)
        set_state(flash, offset / area->program_bytes + i, UNIT_ERASED);
    return ST_OK;
}

/* ---- making one ---- */

static size_t round_up(size_t bytes) { return (bytes + 7) / 8 * 8; }

size_t sim_flash_memory_bytes(const struct flash_area *geometry) {
    const size_t pages = geometry->size_bytes / geometry->erase_bytes;
    return round_up(pages * sizeof(uint32_t)) + round_up(pages) + 2 * round_up(geometry->size_bytes) +
           round_up(geometry->size_bytes / geometry->program_bytes);
}

void sim_flash_init(struct sim_flash *flash, const struct flash_area *geometry, void *memory, struct sim_power *power) {
    const size_t pages = geometry->size_bytes / geometry->erase_bytes;
    *flash = (struct sim_flash){.area = *geometry, .power = power, .erases = memory};
    memset(memory, 0, sim_flash_memory_bytes(geometry));
    flash->fault = (uint8_t *)memory + round_up(pages * sizeof(uint32_t));
    flash->bytes = flash->fault + round_up(pages);
    flash->other = flash->bytes + round_up(geometry->size_bytes);
    flash->state = flash->other + round_up(geometry->size_bytes);
    memset(flash->bytes, geometry->erased_value, geometry->size_bytes);
    flash->area.mapped = NULL; /* what is read in place would never be unstable */
    flash->area.read = sim_read;
    flash->area.program = sim_program;
    flash->area.erase = sim_erase;
    flash->area.context = flash;
}
