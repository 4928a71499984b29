/* Reads ROUNDS messages of one word; the mailbox holds CAPACITY bytes, of which a message takes 12. */
#include <skep.h>

#define FOREVER 0xffffffffu

int main(void) {
    uint32_t box, message[3], got;
    if (skep_mailbox_bind("app:bench", CAPACITY, 0, &box) != 0) return 1;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        if (skep_mailbox_receive(box, message, sizeof message, FOREVER, &got) != 0 || message[2] != i) return 2;
    }
    return 0;
}
