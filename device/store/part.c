#include "device/store/part.h"

#include "core/base/require.h"

static enum status part_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    const struct flash_part *const part = area->context;
    if (!flash_area_holds(area, offset, length, 1)) return ST_INVALID;
    return part->whole->read(part->whole, part->first + offset, to, length);
}
static enum status part_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    const struct flash_part *const part = area->context;
    if (!flash_area_holds(area, offset, length, area->program_bytes)) return ST_INVALID;
    return part->whole->program(part->whole, part->first + offset, from, length);
}
static enum status part_erase(const struct flash_area *area, uint32_t offset) {
    const struct flash_part *const part = area->context;
    if (!flash_area_holds(area, offset, area->erase_bytes, area->erase_bytes)) return ST_INVALID;
    return part->whole->erase(part->whole, part->first + offset);
}

void flash_part_init(struct flash_part *part, const struct flash_area *whole, uint32_t first, uint32_t bytes) {
    require(flash_area_holds(whole, first, bytes, whole->erase_bytes));
    *part = (struct flash_part){.area = *whole, .whole = whole, .first = first};
    part->area.size_bytes = bytes;
    part->area.mapped = whole->mapped ? whole->mapped + first : NULL;
    part->area.read = part_read;
    part->area.program = part_program;
    part->area.erase = part_erase;
    part->area.context = part;
}
