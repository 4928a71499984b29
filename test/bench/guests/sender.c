/* Sends what receiver.c reads. */
#include <skep.h>

#define FOREVER 0xffffffffu

int main(void) {
    uint32_t box;
    if (skep_mailbox_open("app:bench", 0, FOREVER, &box) != 0) return 1;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        if (skep_mailbox_send(box, &i, sizeof i, 0, 0, FOREVER) != 0) return 2;
    }
    return 0;
}
