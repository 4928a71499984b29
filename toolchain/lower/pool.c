#include "toolchain/lower/pool.h"

#include <stdlib.h>

#include "core/base/require.h"

enum { POOL_CHUNK_BYTES = 1 << 18, POOL_ALIGNMENT = 16 };

struct pool_chunk {
    struct pool_chunk *next;
    size_t used, bytes;
    max_align_t memory[];
};

void *pool_take(struct pool *pool, size_t count, size_t size) {
    require(size == 0 || count < (size_t)1 << 40);
    require(size < (size_t)1 << 20);
    size_t bytes = (count * size + POOL_ALIGNMENT) & ~(size_t)(POOL_ALIGNMENT - 1);
    struct pool_chunk *chunk = pool->chunks;
    if (!chunk || chunk->bytes - chunk->used < bytes) {
        size_t wanted = bytes > POOL_CHUNK_BYTES ? bytes : POOL_CHUNK_BYTES;
        chunk = calloc(1, sizeof *chunk + wanted);
        require(chunk != NULL);
        chunk->bytes = wanted;
        chunk->next = pool->chunks;
        pool->chunks = chunk;
    }
    void *taken = (char *)chunk->memory + chunk->used;
    chunk->used += bytes;
    return taken;
}

void pool_free(struct pool *pool) {
    while (pool->chunks) {
        struct pool_chunk *next = pool->chunks->next;
        free(pool->chunks);
        pool->chunks = next;
    }
}
