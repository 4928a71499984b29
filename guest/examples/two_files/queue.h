/* queue: a ring of bytes between one writer and one reader. */
#ifndef QUEUE_H
#define QUEUE_H

#include <stdbool.h>
#include <stdint.h>

enum { QUEUE_BYTES = 8 }; /* a power of two: positions wrap by a mask */

struct queue {
    uint8_t byte[QUEUE_BYTES];
    unsigned written, taken; /* in all; their difference is what is inside */
};

bool queue_put(struct queue *queue, uint8_t byte);   /* false: full */
bool queue_take(struct queue *queue, uint8_t *byte); /* false: empty */

#endif
