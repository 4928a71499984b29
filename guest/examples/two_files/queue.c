#include "queue.h"

bool queue_put(struct queue *queue, uint8_t byte) {
    if (queue->written - queue->taken == QUEUE_BYTES) return false;
    queue->byte[queue->written++ % QUEUE_BYTES] = byte;
    return true;
}

bool queue_take(struct queue *queue, uint8_t *byte) {
    if (queue->written == queue->taken) return false;
    *byte = queue->byte[queue->taken++ % QUEUE_BYTES];
    return true;
}
