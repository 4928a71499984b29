/* Two source files: this one fills and empties the queue of the other. */
#include <stdio.h>

#include "queue.h"

int main(void) {
    const char *message = "bytes in order";
    struct queue queue = {0};
    uint8_t byte;

    while (*message) {
        while (*message && queue_put(&queue, (uint8_t)*message)) message++;
        printf("[%u queued] ", queue.written - queue.taken);
        while (queue_take(&queue, &byte)) putchar(byte);
        putchar('\n');
    }
    return 0;
}
