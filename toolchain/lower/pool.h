/* pool: memory for one translation, given back all at once. Running out of memory ends the program. */
#ifndef SKEP_TOOLCHAIN_LOWER_POOL_H
#define SKEP_TOOLCHAIN_LOWER_POOL_H

#include <stddef.h>

struct pool {
    struct pool_chunk *chunks;
};

/* `count` zeroed elements of `size` bytes; never NULL, not even for none. */
void *pool_take(struct pool *pool, size_t count, size_t size);
void pool_free(struct pool *pool);
#define POOL_ARRAY(pool, type, count) ((type *)pool_take((pool), (count), sizeof(type)))

#endif
