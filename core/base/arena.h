/* arena: one block of memory handed over at start and carved once; nothing is given back. */
#ifndef SKEP_CORE_BASE_ARENA_H
#define SKEP_CORE_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena {
    uint8_t *base;
    size_t used_bytes, size_bytes;
};

struct arena arena_of(void *base, size_t size_bytes);
/* `count` zeroed elements of `size` bytes, aligned; NULL when they do not fit. Precondition: alignment is a power of
 * two. */
void *arena_take(struct arena *arena, size_t count, size_t size, size_t alignment);

#define ARENA_ARRAY(arena, type, count) ((type *)arena_take((arena), (count), sizeof(type), _Alignof(type)))

#endif
