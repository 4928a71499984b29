/* ring: bytes that an interrupt puts in and one reader takes out. Neither waits for the other, and what does not fit is
 * dropped. head is written by who puts alone, tail by who takes alone. */
#ifndef SKEP_CORE_BASE_RING_H
#define SKEP_CORE_BASE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
    volatile uint8_t *bytes;
    uint32_t size; /* a power of two */
    volatile uint32_t head, tail;
    volatile uint32_t lost, most; /* by who puts alone: bytes that were dropped; bytes that were in it at once */
};

/* False: it is full, and the byte is dropped. */
static inline bool ring_put(struct ring *ring, uint8_t byte) {
    const uint32_t head = ring->head, used = head - ring->tail;
    if (used == ring->size) {
        ring->lost = ring->lost + 1;
        return false;
    }
    if (used >= ring->most) ring->most = used + 1;
    ring->bytes[head & (ring->size - 1)] = byte;
    ring->head = head + 1;
    return true;
}

/* Gives how many there were, at most capacity. */
static inline size_t ring_take(struct ring *ring, uint8_t *to, size_t capacity) {
    size_t done = 0;
    while (done < capacity && ring->tail != ring->head) {
        to[done++] = ring->bytes[ring->tail & (ring->size - 1)];
        ring->tail = ring->tail + 1;
    }
    return done;
}

#endif
