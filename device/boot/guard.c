/* Source: spec/boot.md section 11. */
#include "device/boot/boot.h"

static bool is_inside(uint32_t offset, size_t length, uint32_t from, uint32_t bytes) {
    return offset >= from && offset - from <= bytes && length <= bytes - (offset - from);
}

static bool may_write(const struct boot_guard *guard, uint32_t offset, size_t length) {
    return is_inside(offset, length, guard->board->journal, 2 * guard->area.erase_bytes) ||
           is_inside(offset, length, guard->open_offset, guard->open_bytes);
}

static enum status guarded_read(const struct flash_area *area, uint32_t offset, void *to, size_t length) {
    const struct boot_guard *const guard = area->context;
    return guard->board->flash->read(guard->board->flash, offset, to, length);
}
static enum status guarded_program(const struct flash_area *area, uint32_t offset, const void *from, size_t length) {
    const struct boot_guard *const guard = area->context;
    if (!may_write(guard, offset, length)) return ST_DENIED;
    return guard->board->flash->program(guard->board->flash, offset, from, length);
}
static enum status guarded_erase(const struct flash_area *area, uint32_t offset) {
    const struct boot_guard *const guard = area->context;
    if (!may_write(guard, offset, area->erase_bytes)) return ST_DENIED;
    return guard->board->flash->erase(guard->board->flash, offset);
}

void boot_guard_init(struct boot_guard *guard, const struct boot_board *board) {
    guard->area = *board->flash;
    guard->area.read = guarded_read;
    guard->area.program = guarded_program;
    guard->area.erase = guarded_erase;
    guard->area.context = guard;
    guard->board = board;
    boot_guard_close(guard);
}
void boot_guard_open(struct boot_guard *guard, uint32_t offset, uint32_t bytes) {
    guard->open_offset = offset;
    guard->open_bytes = bytes;
}
void boot_guard_close(struct boot_guard *guard) { boot_guard_open(guard, 0, 0); }
