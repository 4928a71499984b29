#include "core/base/arena.h"

#include <string.h>

struct arena arena_of(void *base, size_t size_bytes) { return (struct arena){.base = base, .size_bytes = size_bytes}; }

void *arena_take(struct arena *arena, size_t count, size_t size, size_t alignment) {
    uintptr_t next = (uintptr_t)arena->base + arena->used_bytes;
    size_t padding = (size_t)(-next & (alignment - 1));
    size_t room = arena->size_bytes - arena->used_bytes;
    if (padding > room || (size != 0 && count > (room - padding) / size)) return NULL;
    void *taken = arena->base + arena->used_bytes + padding;
    memset(taken, 0, count * size);
    arena->used_bytes += padding + count * size;
    return taken;
}
